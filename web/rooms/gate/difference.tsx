/** What is different from what the reader looked at: in place, as it was and as it is. */
import { Alert, Stack, Table, Text } from '@mantine/core';
import { IconGitCompare } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Schema } from '../../data/api';
import { EvidenceValue } from '../../parts/task/evidence-view';

type Difference = Schema<'EvidenceDifference'>;
type Change = Difference['changes'][number];

function NameOf({ change }: { readonly change: Change }): React.JSX.Element {
  const { t } = useTranslation('gate');
  return <>{[change.criterion?.name, change.task?.name, change.field?.name].filter(Boolean).join(' · ')}{change.field || change.criterion ? '' : ` · ${t(`changed-${change.kind}`)}`}</>;
}

export function DifferenceView({ difference, title }: { readonly difference: Difference; readonly title: string }): React.JSX.Element | null {
  const { t } = useTranslation('gate');
  if (difference.known && difference.changes.length === 0) return null;
  return (
    <Alert color="yellow" icon={<IconGitCompare aria-hidden />} title={title} role="status">
      {!difference.known ? <Text size="sm">{t('never-shown')}</Text> : (
        <Stack gap="xs">
          <Table.ScrollContainer minWidth={420}>
            <Table verticalSpacing={4}>
              <Table.Thead><Table.Tr><Table.Th>{t('what')}</Table.Th><Table.Th>{t('before')}</Table.Th><Table.Th>{t('after')}</Table.Th></Table.Tr></Table.Thead>
              <Table.Tbody>
                {difference.changes.map((change) => (
                  <Table.Tr key={[change.kind, change.criterion?.key, change.task?.key, change.field?.key].join(' ')}>
                    <Table.Td><NameOf change={change} /></Table.Td>
                    <Table.Td><del><EvidenceValue field={undefined} value={change.before ?? undefined} /></del></Table.Td>
                    <Table.Td><ins><EvidenceValue field={undefined} value={change.after ?? undefined} /></ins></Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        </Stack>
      )}
    </Alert>
  );
}
