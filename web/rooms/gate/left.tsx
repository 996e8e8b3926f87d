/** What somebody wrote at a gate and can not send any more: the round is over, or decided on elsewhere. */
import { Button, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useDraft } from '../../data/draft';
import { labelOf } from '../../parts/label';
import { draftOf, UNDECIDED, type Deciding } from './deciding';
import type { Approval } from './queries';

/** What was written, line by line: it is there to be copied. */
const textOf = ({ reason, conditions }: Deciding, label: (key: 'defect' | 'plan' | 'reason') => string): string => [
  ...conditions.flatMap(({ defect, plan }) => [...(defect === '' ? [] : [`${labelOf(label('defect'))} ${defect}`]), ...(plan === '' ? [] : [`${labelOf(label('plan'))} ${plan}`])]),
  ...(reason === '' ? [] : [`${labelOf(label('reason'))} ${reason}`]),
].join('\n');

export function Left({ approval }: { readonly approval: Approval }): React.JSX.Element | null {
  const { t } = useTranslation('gate');
  const { t: app } = useTranslation();
  const draft = useDraft<Deciding>(draftOf(approval.id), UNDECIDED);
  if (!draft.isWritten) return null;
  const { outcome } = draft.value;
  const text = textOf(draft.value, (key) => t(key));
  return (
    <Stack component="section" gap="xs" className="no-print">
      <Title order={2}>{t('not-sent')}</Title>
      {outcome && <Text size="sm">{t(`decide-${outcome}`)}</Text>}
      {text !== '' && <Text size="sm" className="said">{text}</Text>}
      <Button size="compact-sm" variant="subtle" w="fit-content" onClick={() => draft.clear()}>{app('draft-drop')}</Button>
    </Stack>
  );
}
