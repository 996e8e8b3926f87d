/** Decide: the outcome, what it asks for, and what it will do. */
import { ActionIcon, Button, Checkbox, Group, Radio, Select, Stack, Text, Textarea, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api, ApiProblem, type Schema } from '../../data/api';
import { useCommand } from '../../data/command';
import { changing, useDraft } from '../../data/draft';
import { useMe } from '../../data/me';
import { projectQuery } from '../../data/project';
import { DraftNote } from '../../parts/draft-note';
import { Helped } from '../../parts/help';
import { NumberField } from '../../parts/number-field';
import { ProblemAlert } from '../../parts/problem';
import { roleChoices, type RoleOfProject } from '../../parts/role-choices';
import { isNumber } from '../../parts/written';
import { type Condition, type Deciding, draftOf, NO_CONDITION, type Outcome, OUTCOMES, UNDECIDED } from './deciding';
import { Delegate } from './delegate';
import { DifferenceView } from './difference';
import { type Approval, projectOf } from './queries';

type Complete = Condition & { readonly dueDays: number };
interface Decision { readonly outcome: Outcome; readonly digest: string; readonly reason?: string; readonly conditions?: Complete[]; readonly rework?: string[]; readonly onBehalfOf?: string }

function Conditions({ conditions, set, roles }: { readonly conditions: readonly Condition[]; readonly set: (conditions: Condition[]) => void; readonly roles: readonly RoleOfProject[] }): React.JSX.Element {
  const { t } = useTranslation('gate');
  const { t: common } = useTranslation();
  const change = (place: number, more: Partial<Condition>): void => set(conditions.map((each, index) => (index === place ? { ...each, ...more } : each)));
  return (
    <Stack gap="md">
      {conditions.map((each, place) => (
        // oxlint-disable-next-line react/no-array-index-key -- a condition has no name until it is given
        <Stack key={place} gap="xs" component="fieldset" style={{ border: '1px solid var(--line)', borderRadius: 4, margin: 0, padding: 12 }}>
          <Group justify="space-between"><Text component="legend" size="sm" fw={600}>{t('condition', { number: place + 1 })}</Text>
            {conditions.length > 1 && <ActionIcon variant="subtle" size={30} aria-label={t('remove-condition', { number: place + 1 })} onClick={() => set(conditions.filter((_, index) => index !== place))}><IconX size={16} aria-hidden /></ActionIcon>}</Group>
          <Textarea label={t('defect')} required autosize minRows={1} maxLength={4000} value={each.defect} onChange={(event) => change(place, { defect: event.currentTarget.value })} />
          <Textarea label={t('plan')} required autosize minRows={1} maxLength={4000} value={each.plan} onChange={(event) => change(place, { plan: event.currentTarget.value })} />
          <Group gap="sm" align="flex-end">
            <Select label={t('owner')} required searchable nothingFoundMessage={common('nobody-by-name')} data={roleChoices(roles)} value={each.owner === '' ? null : each.owner} onChange={(owner) => change(place, { owner: owner ?? '' })} flex="1 1 220px" />
            <NumberField label={t('days')} required min={0} max={500} decimals={0} w={140} value={each.dueDays} onChange={(dueDays) => change(place, { dueDays })} />
          </Group>
        </Stack>
      ))}
      <Button variant="default" size="xs" w="fit-content" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => set([...conditions, NO_CONDITION])}>{t('add-condition')}</Button>
    </Stack>
  );
}

const isComplete = (given: Condition): given is Complete => isNumber(given.dueDays) && given.defect.trim() !== '' && given.plan.trim() !== '' && given.owner !== '';

/**
 * @param lookAgain shows what is there now; the difference stays in sight.
 * @param decided is told that it was done here.
 */
export function Decide({ approval, lookAgain, decided }: { readonly approval: Approval; readonly lookAgain: () => void; readonly decided: () => void }): React.JSX.Element {
  const { t } = useTranslation('gate');
  const me = useMe();
  const client = useQueryClient();
  const project = projectOf(approval.id);
  const { data: view } = useSuspenseQuery(projectQuery(project));
  const own = approval.waitingFor.some(({ id }) => id === me.id);
  const voices = [...(own ? [{ id: me.id, name: t('my-own-name') }] : []), ...approval.onBehalfOf];
  const [voice, setVoice] = useState(voices[0]?.id ?? me.id);
  const draft = useDraft<Deciding>(draftOf(approval.id), UNDECIDED);
  const { reason, conditions } = draft.value;
  const write = changing(draft);
  const deciding = useCommand<Decision, unknown>((body, header) => answerOf(api.POST('/api/v1/approvals/{approval}/decide', { params: { path: { approval: approval.id }, header }, body })), [['approvals'], ['tasks'], ['project', project], ['portfolio']], () => { draft.clear(); decided(); notifications.show({ message: t('decided') }); }, draft.name);
  const isChange = approval.change !== null;
  const { handedOver } = approval;
  // Nobody stops a project where a service is signed off.
  const outcomes = OUTCOMES.filter((each) => (!isChange || each !== 'approve-with-conditions') && (handedOver === null || each !== 'stop'));
  const redoable = handedOver ? [
    ...handedOver.entries.filter(({ status }) => status === 'met' || status === 'waived').map(({ key, name }) => ({ key, name })), ...handedOver.sessions.filter(({ status }) => status === 'confirmed').map(({ key, name }) => ({ key, name: name ?? key })),
  ] : approval.evidence.filter(({ status }) => status === 'done').map(({ task, name }) => ({ key: task, name }));
  // What was chosen before may not be on offer any more.
  const outcome = outcomes.find((each) => each === draft.value.outcome);
  const rework = draft.value.rework.filter((key) => redoable.some((each) => each.key === key));
  const complete = conditions.filter(isComplete);
  const missing = outcome === undefined ? 'choose-outcome' : outcome === 'approve-with-conditions' && complete.length < conditions.length ? 'needs-conditions'
    : outcome === 'rework' && !isChange && rework.length === 0 ? 'needs-rework' : outcome === 'stop' && reason.trim() === '' ? 'needs-reason' : null;
  const send = (): void => {
    if (!outcome || missing !== null) return;
    deciding.mutate({
      outcome, digest: approval.digest, ...(reason.trim() !== '' && { reason }), ...(outcome === 'approve-with-conditions' && { conditions: complete }), ...(outcome === 'rework' && !isChange && { rework }),
      ...(voice !== me.id && { onBehalfOf: voice }),
    });
  };
  const difference = deciding.error instanceof ApiProblem ? deciding.error.problem.difference as Schema<'EvidenceDifference'> | undefined : undefined;
  const isOutdated = deciding.error instanceof ApiProblem && ['evidence-changed', 'approval-closed'].includes(deciding.error.problem.code);
  return (
    <Stack component="form" gap="md" onSubmit={(event) => { event.preventDefault(); send(); }} className="no-print">
      <Helped topic="decide"><Title order={2}>{t('your-decision')}</Title></Helped>
      {voices.length > 1 && <Select label={t('in-whose-name')} data={voices.map(({ id, name }) => ({ value: id, label: name }))} value={voice} onChange={(id) => setVoice(id ?? me.id)} allowDeselect={false} maw={320} />}
      {voices.length === 1 && voice !== me.id && <Text size="sm">{t('decides-for', { name: voices[0]?.name ?? '' })}</Text>}
      <DraftNote draft={draft} />
      <Radio.Group value={outcome ?? null} onChange={(value) => write({ outcome: value as Outcome })} aria-label={t('your-decision')}>
        <Stack gap="xs">{outcomes.map((each) => <Radio key={each} value={each} label={t(`decide-${each}`)} description={t(approval.handedOver && each !== 'abstain' && each !== 'stop' ? `does-service-${each}` : isChange && (each === 'rework' || each === 'stop' || each === 'approve') ? `does-change-${each}` : `does-${each}`)} />)}</Stack>
      </Radio.Group>
      {outcome === 'approve-with-conditions' && <Conditions conditions={conditions} set={(next) => write({ conditions: next })} roles={view.roles.filter(({ body, former }) => !body && !former)} />}
      {outcome === 'rework' && !isChange && (
        <Checkbox.Group label={t('choose-rework')} value={rework} onChange={(next) => write({ rework: next })} required>
          <Stack gap="xs" mt={8}>{redoable.map(({ key, name }) => <Checkbox key={key} value={key} label={<span className="said">{name}</span>} />)}</Stack>
        </Checkbox.Group>
      )}
      {outcome !== undefined && <Textarea label={t('reason')} description={outcome === 'approve' ? t('reason-optional') : undefined} required={outcome === 'stop'} autosize minRows={2} maxLength={4000} value={reason} onChange={(event) => write({ reason: event.currentTarget.value })} />}
      {deciding.error && (
        <ProblemAlert error={deciding.error}>
          {isOutdated && <Button size="xs" onClick={() => { deciding.reset(); lookAgain(); void client.invalidateQueries({ queryKey: ['project', project] }); }}>{t('look-again')}</Button>}
        </ProblemAlert>
      )}
      {difference && <DifferenceView difference={difference} title={t('changed-meanwhile')} />}
      <Group gap="sm">
        <Button type="submit" size="md" loading={deciding.isPending} disabled={missing !== null} {...(outcome === 'stop' && { color: 'red' })}>{t(outcome === undefined ? 'decide' : `decide-${outcome}`)}</Button>
        {missing !== null && <Text size="sm" c="dimmed">{t(missing)}</Text>}
      </Group>
      {own && <Delegate approval={approval} />}
    </Stack>
  );
}
