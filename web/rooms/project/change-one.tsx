/** One change of the plan. */
import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { answerOf, api, type Schema } from '../../data/api';
import { useCommand } from '../../data/command';
import { useMe } from '../../data/me';
import { projectKey } from '../../data/project';
import { labelOf } from '../../parts/label';
import { moneyText } from '../../parts/money';
import { ProblemAlert } from '../../parts/problem';
import { When } from '../../parts/when';
import { Difference, Size } from './change-difference';
import { useLinks } from './links';
import type { Parts } from './parts';

export function OneChange({ change, project, plan, may, close }: Parts & { readonly change: Schema<'Change'>; readonly close: () => void }): React.JSX.Element {
  const { t } = useTranslation('changes');
  const me = useMe();
  const links = useLinks(project.id);
  const withdraw = useCommand((_: null, header) => answerOf(api.POST('/api/v1/projects/{project}/changes/{change}/withdraw', { params: { path: { project: project.id, change: change.id }, header }, body: {} })), [projectKey(project.id), ['approvals']]);
  const mayWithdraw = change.status === 'open' && (may.steer || change.requestedBy.id === me.id);
  const said = [[t('scope'), change.impact.scope], [t('quality'), change.impact.quality], [t('said-days'), change.impact.days === null ? null : String(change.impact.days)], [t('cost'), change.impact.cost === null ? null : moneyText(change.impact.cost, plan.currency)]] as const;
  return (
    <Stack component="section" gap="md">
      <Group justify="space-between" align="flex-start">
        <Title order={2} className="said">{change.title ?? t('erased')}</Title>
        <Button variant="default" size="xs" onClick={close}>{t('all')}</Button>
      </Group>
      <Text size="sm">{t(`status-${change.status}`)}{change.level && change.status === 'open' && ` · ${t('decides-level', { level: change.level.name })}`}{change.approval !== null && <> · {links('').approval(change.approval, t('to-approval'))}</>}</Text>
      <Text size="sm" c="dimmed" className="said">{t('asked-by', { person: change.requestedBy.name })} <When at={change.requestedAt} /></Text>
      <Text className="reading said">{change.reason ?? t('erased')}</Text>
      {change.decision !== null && <Text className="reading said">{labelOf(t('decision'))} {change.decision}</Text>}
      <Size size={change.size} currency={plan.currency} />
      {said.map(([label, value]) => value !== null && <Text key={label} size="sm" className="said">{labelOf(label)} {value}</Text>)}
      <Difference difference={change.difference} currency={plan.currency} />
      {change.problems.length > 0 && <Text size="sm" c="var(--off-course)" className="said">{t('problems')} {change.problems.map(({ pointer, code }) => `${pointer} ${code}`).join(', ')}</Text>}
      {withdraw.isError && <ProblemAlert error={withdraw.error} />}
      {mayWithdraw && <Group><Button variant="default" loading={withdraw.isPending} onClick={() => withdraw.mutate(null)}>{t('withdraw')}</Button></Group>}
    </Stack>
  );
}
