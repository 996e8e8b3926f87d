/** What is different from what the reader looked at: in place, as it was and as it is. */
import { Alert, Table, Text } from '@mantine/core';
import { IconGitCompare } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Schema } from '../../data/api';
import { joined } from '../../parts/joined';
import { EvidenceValue } from '../../parts/task/evidence-view';
import classes from './gate.module.css';

type Difference = Schema<'EvidenceDifference'>;
type Change = Difference['changes'][number];

// Of tasks; and, where a service is signed off, of its criteria and of its sessions: no state stands in two of them with another meaning.
const OF_TASKS = ['waiting', 'ready', 'claimed', 'to-check', 'done', 'dropped'] as const;
const OF_ENTRIES = ['open', 'met', 'proposed', 'waived'] as const;
const OF_SESSIONS = ['wanted', 'planned', 'held', 'confirmed', 'incomplete'] as const;

const oneOf = <T extends string>(known: readonly T[], value: unknown): T | undefined => known.find((each) => each === value);

/** A value of a change in the reader's words. */
function Value({ kind, value }: { readonly kind: Change['kind']; readonly value: Change['before'] }): React.JSX.Element {
  const { t } = useTranslation(['gate', 'task', 'handover']);
  if (kind === 'criterion' && typeof value === 'boolean') return <>{t(value ? 'met' : 'unmet')}</>;
  if (kind === 'status') {
    const [task, entry, session] = [oneOf(OF_TASKS, value), oneOf(OF_ENTRIES, value), oneOf(OF_SESSIONS, value)];
    if (task) return <>{t(`status-${task}`, { ns: 'task' })}</>;
    if (entry) return <>{t(`entry-${entry}`, { ns: 'handover' })}</>;
    if (session) return <>{t(`session-is-${session}`, { ns: 'handover' })}</>;
  }
  return <EvidenceValue field={undefined} value={value ?? undefined} />;
}

function NameOf({ change }: { readonly change: Change }): React.JSX.Element {
  const { t } = useTranslation('gate');
  return <>{joined([change.criterion?.name, change.task?.name, change.field?.name])}{change.field || change.criterion ? '' : ` · ${t(`changed-${change.kind}`)}`}</>;
}

export function DifferenceView({ difference, title }: { readonly difference: Difference; readonly title: string }): React.JSX.Element | null {
  const { t } = useTranslation('gate');
  if (difference.known && difference.changes.length === 0) return null;
  return (
    <Alert color="yellow" icon={<IconGitCompare aria-hidden />} title={title} role="status">
      {!difference.known ? <Text size="sm">{t('never-shown')}</Text> : (
        <div className={classes['changes']}>
          <Table verticalSpacing={4} role="table">
            <Table.Thead role="rowgroup"><Table.Tr role="row">{(['what', 'before', 'after'] as const).map((column) => <Table.Th key={column} role="columnheader" scope="col">{t(column)}</Table.Th>)}</Table.Tr></Table.Thead>
            <Table.Tbody role="rowgroup">
              {difference.changes.map((change) => (
                <Table.Tr role="row" key={[change.kind, change.criterion?.key, change.task?.key, change.field?.key].join(' ')}>
                  <Table.Td role="cell" className="said"><NameOf change={change} /></Table.Td>
                  <Table.Td role="cell" data-column={t('before')}><del><Value kind={change.kind} value={change.before} /></del></Table.Td>
                  <Table.Td role="cell" data-column={t('after')}><ins><Value kind={change.kind} value={change.after} /></ins></Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
    </Alert>
  );
}
