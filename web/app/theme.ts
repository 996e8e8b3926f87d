/** Colours, type and spacing of the whole app. */
import { createTheme, type MantineColorsTuple } from '@mantine/core';

/** Deep water blue: white on shade 7, and shade 4 on the dark ground, keep a contrast of at least 4.5 : 1. */
const water: MantineColorsTuple = ['#e9f5fb', '#d3e8f2', '#a5d0e6', '#74b7da', '#4ea2d0', '#3695ca', '#1f7fb4', '#0b5f8a', '#0b4f6c', '#073a52'];

export const theme = createTheme({
  primaryColor: 'water',
  primaryShade: 7,
  colors: { water },
  autoContrast: true,
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  defaultRadius: 'sm',
  respectReducedMotion: true,
  headings: { fontWeight: '600', sizes: { h1: { fontSize: '1.5rem', lineHeight: '2rem' }, h2: { fontSize: '1.125rem', lineHeight: '1.5rem' }, h3: { fontSize: '1rem', lineHeight: '1.5rem' } } },
  components: {
    Tooltip: { defaultProps: { events: { hover: true, focus: true, touch: true }, withArrow: true } },
    // What is wider than it scrolls within it.
    Alert: { styles: { title: { color: 'var(--mantine-color-text)' }, body: { minWidth: 0 } } },
    // What scrolls sideways on a phone can be scrolled by keys.
    TableScrollContainer: { defaultProps: { scrollAreaProps: { viewportProps: { tabIndex: 0 } } } },
    // They go by themselves, and say nothing that the page does not show.
    Notification: { defaultProps: { withCloseButton: false } },
    Badge: { defaultProps: { tt: 'none', variant: 'light', fw: 500 } },
  },
});
