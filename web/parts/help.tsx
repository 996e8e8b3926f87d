/** Help beside the thing: what a word means here, in a few lines, for who asks. */
import { ActionIcon, Group, Popover, Stack, Text } from '@mantine/core';
import { IconHelp } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Resources } from '../texts';

type Topics = { [K in keyof Resources['help']]: K extends `${infer Topic}-text` ? Topic : never }[keyof Resources['help']];
/** What there is help on: each has a name and a text of its own. */
export type HelpTopic = Exclude<Topics, ''>;

/** A small button that opens the help on a topic; Escape or a click elsewhere closes it. */
export function Help({ topic }: { readonly topic: HelpTopic }): React.JSX.Element {
  const { t } = useTranslation('help');
  const name = t(topic);
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Popover opened={isOpen} onChange={setIsOpen} width={340} position="bottom-start" withArrow shadow="md">
      <Popover.Target>
        <ActionIcon className="no-print" variant="subtle" color="gray" size={24} aria-label={t('about', { topic: name })} onClick={() => setIsOpen(!isOpen)} onKeyDown={(event) => { if (event.key === 'Escape') setIsOpen(false); }}><IconHelp size={18} aria-hidden /></ActionIcon>
      </Popover.Target>
      <Popover.Dropdown maw="calc(100vw - 32px)" aria-label={name}>
        <Stack gap={4}>
          <Text size="sm" fw={600}>{name}</Text>
          <Text size="sm" style={{ whiteSpace: 'pre-line' }}>{t(`${topic}-text`)}</Text>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

/** A heading, or another name of a thing, with help on it beside. */
export function Helped({ topic, children }: { readonly topic: HelpTopic; readonly children: React.ReactNode }): React.JSX.Element {
  return <Group gap={4} wrap="nowrap" align="center">{children}<Help topic={topic} /></Group>;
}
