/** The frame of a room's content: its title, what can be done on the whole page, and its parts. */
import { Group, Stack, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';

interface Props {
  readonly title: string;
  /** Beside the title: the one thing to do here. */
  readonly action?: React.ReactNode;
  readonly children: React.ReactNode;
}

export function Page({ title, action, children }: Props): React.JSX.Element {
  useDocumentTitle(`${title} · Sluis`);
  return (
    <Stack gap="lg">
      <Group justify="space-between" align="flex-start" gap="sm">
        <Title order={1} className="said" flex="1 1 16rem" miw={0}>{title}</Title>
        {action}
      </Group>
      {children}
    </Stack>
  );
}
