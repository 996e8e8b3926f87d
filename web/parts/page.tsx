/** The frame of a room's content: its title, what can be done on the whole page, and its parts. */
import { Group, Stack, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useEffect, useRef } from 'react';
import { focusOn, isLost } from './focus';
import { Help, type HelpTopic } from './help';
import { joined } from './joined';

interface Props {
  readonly title: string;
  readonly help?: HelpTopic;
  /** Beside the title: the one thing to do here. */
  readonly action?: React.ReactNode;
  readonly children: React.ReactNode;
}

/** Whoever opens a browser begins at its top. */
let isFirst = true;

export function Page({ title, help, action, children }: Props): React.JSX.Element {
  useDocumentTitle(joined([title, 'Sluis']));
  const page = useRef<HTMLDivElement>(null);
  // What led here may be gone with the page it stood on.
  useEffect(() => {
    if (!isFirst && isLost()) focusOn(page.current);
    isFirst = false;
  }, []);
  return (
    <Stack gap="lg" ref={page}>
      <Group justify="space-between" align="flex-start" gap="sm">
        {/* Where a long word and what stands beside it do not fit, that goes below: a word is broken only where it is longer than the page. */}
        <Group gap={6} wrap="nowrap" flex="1 1 16rem" maw="100%"><Title order={1} className="said" miw={0} style={{ overflowWrap: 'break-word' }}>{title}</Title>{help && <Help topic={help} />}</Group>
        {action}
      </Group>
      {children}
    </Stack>
  );
}
