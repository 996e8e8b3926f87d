/** What is different between two versions, per part of the lifecycle. */
import { Badge, Group, Stack, Table, Text, Title } from '@mantine/core';
import { IconArrowRight, IconMinus, IconPencil, IconPlus, type TablerIcon } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import i18next from 'i18next';
import type { Schema } from '../../data/api';
import type en from '../../texts/en/versions';
import classes from './versions.module.css';

type Difference = Schema<'TemplateDifference'>;
type Change = Schema<'TemplateChange'>;
type T = TFunction<'versions'>;

const MARKS: Readonly<Record<Change['kind'], readonly [TablerIcon, string]>> = {
  added: [IconPlus, 'var(--on-course)'], removed: [IconMinus, 'var(--off-course)'], changed: [IconPencil, 'var(--at-risk)'], moved: [IconArrowRight, 'var(--water)'], renamed: [IconArrowRight, 'var(--water)'],
};

/** Where a change is told: by phase, or what else it belongs to. */
function groupOf(t: T, { part, phase, name }: Change): string {
  switch (part) {
    case 'template': return t('whole');
    case 'role': return t('roles');
    case 'parameter': return t('parameters');
    case 'item-kind': return t('inventory');
    case 'phase': return t('in-phase', { name });
    case 'task': case 'gate': return t('in-phase', { name: phase?.name ?? '' });
    default: return part satisfies never;
  }
}

type Property = keyof typeof en & `of-${string}`;
const isProperty = (key: string): key is Property => i18next.exists(key, { ns: 'versions' });

function pathText(t: T, path: Change['values'][number]['path']): string {
  return path.map(({ key, name }) => { const known = `of-${key}`; return name ?? (isProperty(known) ? t(known) : key); }).join(' › ');
}

function Value({ value }: { readonly value: Change['values'][number]['before'] }): React.JSX.Element {
  const { t } = useTranslation('versions');
  if (value === null) return <Text span size="sm" c="dimmed">{t('none')}</Text>;
  return <Text span size="sm" className="said">{typeof value === 'boolean' ? (value ? t('yes') : t('no')) : String(value)}</Text>;
}

function One({ change }: { readonly change: Change }): React.JSX.Element {
  const { t } = useTranslation('versions');
  const [Icon, color] = MARKS[change.kind];
  const kind = change.kind === 'moved' || change.kind === 'renamed' ? t(`kind-${change.kind}`, { from: change.from?.name ?? '' }) : t(`kind-${change.kind}`);
  return (
    <li className={classes['change']}>
      <Group gap="xs">
        <Icon size={16} color={color} aria-hidden />
        <Text span size="sm" c="dimmed">{t(`part-${change.part}`)}</Text>
        <Text span size="sm" fw={600} className="said">{change.name}</Text>
        <Text span size="sm" c={color}>{kind}</Text>
        {change.textOnly && <Badge variant="outline" color="gray" c="var(--quiet)">{t('text-only')}</Badge>}
      </Group>
      {change.values.length > 0 && (
        <Table fz="sm" layout="fixed" withRowBorders={false} className={classes['values']}>
          <Table.Thead><Table.Tr><Table.Th scope="col" w="34%">{t('what')}</Table.Th><Table.Th scope="col">{t('before')}</Table.Th><Table.Th scope="col">{t('after-head')}</Table.Th></Table.Tr></Table.Thead>
          <Table.Tbody>
            {change.values.map(({ path, before, after }) => (
              <Table.Tr key={path.map(({ key }) => key).join('/')}><Table.Td className="said">{pathText(t, path)}</Table.Td><Table.Td><Value value={before} /></Table.Td><Table.Td><Value value={after} /></Table.Td></Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </li>
  );
}

export function DifferenceView({ difference: { before, after, changes } }: { readonly difference: Difference }): React.JSX.Element {
  const { t } = useTranslation('versions');
  if (changes.length === 0) return <Text>{t('same')}</Text>;
  const groups = new Map<string, Change[]>();
  for (const change of changes) {
    const group = groupOf(t, change);
    groups.set(group, [...(groups.get(group) ?? []), change]);
  }
  return (
    <Stack gap="lg">
      <Text size="sm">{t('count', { count: changes.length, before, after })}</Text>
      {[...groups].map(([name, list]) => (
        <section key={name}>
          <Title order={2} mb={4} className="said">{name}</Title>
          <ul className={classes['list']}>{list.map((change) => <One key={`${change.kind} ${change.part} ${change.key}`} change={change} />)}</ul>
        </section>
      ))}
    </Stack>
  );
}
