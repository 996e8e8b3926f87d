/** Chooses a moment between the start of a project and now. */
import { Button, Group, Slider, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fromField, momentText, toField } from '../../parts/when';
import classes from './record.module.css';

interface Props {
  readonly from: string;
  /** When the project ended; null: it goes on. */
  readonly to: string | null;
  readonly at: string | undefined;
  readonly choose: (at: string | undefined) => void;
}

const STEPS = 500;
/** What is said of a moment is exact to the minute: less would be a step that nobody sees. */
const LEAST_MS = 60_000;

const fieldOf = (at: number): string => toField(new Date(at).toISOString());

export function TimeSlider({ from, to, at, choose }: Props): React.JSX.Element {
  const { t } = useTranslation('record');
  const start = Date.parse(from);
  // The reader's now stays where it was, or the slider would run away.
  const [end] = useState(() => (to === null ? Date.now() : Date.parse(to)));
  const chosen = at === undefined ? end : Date.parse(at);
  const [moving, setMoving] = useState<number | null>(null);
  const shown = moving ?? chosen;
  const step = Math.max(LEAST_MS, Math.round((end - start) / STEPS));
  const settle = (value: number): void => {
    setMoving(null);
    choose(value >= end ? undefined : new Date(Math.max(start, value)).toISOString());
  };
  return (
    <Stack gap="xs" className="no-print">
      <Group gap="sm" align="flex-end">
        <TextInput type="datetime-local" label={t('as-known')} value={fieldOf(shown)} min={fieldOf(start)} max={fieldOf(end)}
          onChange={(event) => { const value = fromField(event.currentTarget.value); if (value !== undefined) settle(Date.parse(value)); }} />
        <Button variant="default" disabled={at === undefined} onClick={() => choose(undefined)}>{t('now')}</Button>
        <Text size="sm" role="status" pb={8}>{at === undefined ? t('shows-now') : t('shows-then', { at: momentText(at) })}</Text>
      </Group>
      <Slider className={classes['slider']} min={start} max={end} step={step} value={shown} onChange={setMoving} onChangeEnd={settle} label={(value) => momentText(new Date(value).toISOString())}
        thumbLabel={t('as-known')} thumbValueText={(value) => momentText(new Date(value).toISOString())} />
    </Stack>
  );
}
