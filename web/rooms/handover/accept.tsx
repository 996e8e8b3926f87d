/** Takes a service although exit criteria are not met: what is wrong, how it is mended, whose it is, and for how long. */
import { Button, Checkbox, Group, Select, Stack, Text, Textarea, Title } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { changing, useDraft } from '../../data/draft';
import { projectQuery } from '../../data/project';
import { DraftNote } from '../../parts/draft-note';
import { NumberField } from '../../parts/number-field';
import { ProblemAlert } from '../../parts/problem';
import { roleChoices } from '../../parts/role-choices';
import { isNumber, type Written } from '../../parts/written';
import type { Parts } from './board';
import { atService, placeText, type Support, useDo } from './queries';

interface Accepting {
  readonly criteria: readonly string[];
  readonly defect: string;
  readonly plan: string;
  readonly owner: string | null;
  readonly dueDays?: Written;
}

export function AcceptUnmet({ place, service, support }: Parts & { readonly support: Support }): React.JSX.Element | null {
  const { t } = useTranslation('handover');
  const { t: common } = useTranslation();
  const { data: view } = useSuspenseQuery(projectQuery(place.project));
  const open = support.criteria.filter(({ verdict, accepted }) => verdict !== 'met' && !accepted);
  const draft = useDraft<Accepting>(`${placeText(place)}/${atService(service.service)} accept`, { criteria: [], defect: '', plan: '', owner: null, dueDays: Math.min(10, support.acceptanceDays) });
  const { criteria, defect, plan, owner, dueDays } = draft.value;
  const write = changing(draft);
  const doing = useDo(place, () => draft.clear(), draft.name);
  if (open.length === 0) return null;
  const chosen = criteria.filter((key) => open.some((each) => each.key === key));
  return (
    <Stack component="form" gap="sm" className="no-print reading" onSubmit={(event) => { event.preventDefault(); doing.mutate({ at: `${atService(service.service)}/accept-unmet`, body: { criteria: chosen, defect, plan, owner, dueDays } }); }}>
      <Title order={3}>{t('accept-unmet')}</Title>
      <Text size="sm" c="dimmed">{t('accept-unmet-text', { days: support.acceptanceDays })}</Text>
      <DraftNote draft={draft} />
      <Checkbox.Group aria-label={t('exit-criteria')} value={chosen} onChange={(next) => write({ criteria: next })}><Stack gap={6}>{open.map(({ key, name }) => <Checkbox key={key} value={key} label={name} />)}</Stack></Checkbox.Group>
      <Textarea label={t('defect')} required autosize minRows={1} maxLength={2000} value={defect} onChange={(event) => write({ defect: event.currentTarget.value })} />
      <Textarea label={t('mended-by')} required autosize minRows={1} maxLength={2000} value={plan} onChange={(event) => write({ plan: event.currentTarget.value })} />
      <Group gap="sm" align="flex-end">
        <Select label={t('owner')} required searchable nothingFoundMessage={common('nobody-by-name')} data={roleChoices(view.roles)} value={owner} onChange={(next) => write({ owner: next })} flex="1 1 200px" />
        <NumberField label={t('working-days')} required min={1} max={support.acceptanceDays} decimals={0} w={140} value={dueDays} onChange={(next) => write({ dueDays: next })} />
      </Group>
      {doing.error && <ProblemAlert error={doing.error} />}
      <Button type="submit" variant="default" w="fit-content" disabled={chosen.length === 0 || defect.trim() === '' || plan.trim() === '' || owner === null || !isNumber(dueDays)} loading={doing.isPending}>{t('accept')}</Button>
    </Stack>
  );
}
