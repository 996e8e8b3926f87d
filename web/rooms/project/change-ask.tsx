/** Asks for a change of the plan: what, why, and what it would do. */
import { Alert, Button, Group, Stack, Text, Textarea, TextInput, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answerOf, api, ApiProblem } from '../../data/api';
import { useCommand } from '../../data/command';
import { changing, useDraft } from '../../data/draft';
import { projectKey } from '../../data/project';
import { DraftNote } from '../../parts/draft-note';
import { NumberField } from '../../parts/number-field';
import { ProblemAlert } from '../../parts/problem';
import { sayFinding, type NameOf } from '../../parts/proof/words';
import { isUnreadable, type Written } from '../../parts/written';
import { Difference, Size } from './change-difference';
import { OperationFields } from './change-operation';
import { emptyDraft, isComplete, operationsOf, placesFor, type Draft, type Operations } from './change-operations';
import type { Parts } from './parts';

interface Asked {
  readonly title: string;
  readonly reason: string;
  readonly operations: Operations;
  readonly impact: { readonly cost?: number; readonly scope?: string };
}

/** What the form has of it. */
interface Asking {
  readonly title: string;
  readonly reason: string;
  readonly cost?: Written;
  readonly drafts: readonly Draft[];
}

/** What the plan calls its parts; what it does not know, as what the change adds, by its key. */
const nameIn = ({ phases }: Parts['plan']): NameOf => (kind, key, within) => {
  const inside = within === undefined ? phases : phases.filter(({ phase }) => phase === within);
  const found = kind === 'phase' ? phases.find(({ phase }) => phase === key)?.name : kind === 'task' ? inside.flatMap(({ tasks }) => tasks).find(({ task }) => task === key)?.name
    : kind === 'gate' ? phases.find(({ gate }) => gate?.gate === key)?.gate?.name : undefined;
  return found ?? key;
};

export function AskChange({ project, plan, close }: Parts & { readonly close: () => void }): React.JSX.Element {
  const { t } = useTranslation('changes');
  const { t: told } = useTranslation('proof');
  const first = project.phases.find(({ status, former }) => status === 'open' && !former)?.phase ?? plan.phases[0]?.phase ?? '';
  const draft = useDraft<Asking>(`change ${project.id}`, { title: '', reason: '', drafts: [emptyDraft(0, first)] });
  const { title, reason, cost, drafts } = draft.value;
  const path = { project: project.id };
  const operations = drafts.every(isComplete) && !isUnreadable(cost) ? operationsOf(drafts, plan) : null;
  const impact = cost === undefined ? {} : { cost };
  const preview = useMutation({ mutationFn: (asked: Pick<Asked, 'operations' | 'impact'>) => answerOf(api.POST('/api/v1/projects/{project}/changes/preview', { params: { path }, body: asked })) });
  const command = useCommand((body: Asked, header) => answerOf(api.POST('/api/v1/projects/{project}/changes', { params: { path, header }, body })), [projectKey(project.id), ['approvals'], ['tasks'], ['portfolio']], () => { draft.clear(); close(); }, draft.name);
  const failed = preview.error ?? command.error;
  const problems = failed instanceof ApiProblem ? (failed.problem.errors ?? []) : [];
  // What was previewed is no longer what is asked for once something is changed.
  const write = changing(draft);
  const edit = (changed: Partial<Asking>): void => { write(changed); preview.reset(); command.reset(); };
  const set = (id: number, changed: Partial<Draft>): void => edit({ drafts: drafts.map((each) => (each.id === id ? { ...each, ...changed } : each)) });
  const found = preview.data;
  const isReady = found && operations && title.trim() !== '' && reason.trim() !== '' && found.findings.length === 0;
  const notNow = <Button variant="default" onClick={close}>{t('not-now')}</Button>;
  return (
    <Stack component="section" gap="md" maw={960}>
      <Title order={2}>{t('ask')}</Title>
      <DraftNote draft={draft} />
      {drafts.map((each, place) => (
        <OperationFields key={each.id} draft={each} places={placesFor(each, drafts, plan)} project={project} set={(changed) => set(each.id, changed)} error={problems.find(({ pointer }) => `${pointer}/`.startsWith(`/operations/${place}/`))?.detail}
          {...(drafts.length > 1 && { remove: () => edit({ drafts: drafts.filter(({ id }) => id !== each.id) }) })} />
      ))}
      <NumberField label={t('cost')} w={176} min={0} decimals={2} grouped value={cost} onChange={(value) => edit({ cost: value })} />
      <Group gap="sm" align="flex-end">
        <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => edit({ drafts: [...drafts, emptyDraft(Math.max(...drafts.map(({ id }) => id)) + 1, drafts.at(-1)?.phase ?? first)] })}>{t('another')}</Button>
        <Button disabled={!operations} loading={preview.isPending} variant={found ? 'default' : 'filled'} onClick={() => { if (operations) preview.mutate({ operations, impact }); }}>{t('preview')}</Button>
        {!found && notNow}
      </Group>
      {failed && <ProblemAlert error={failed} />}
      {found && (
        <Stack gap="sm">
          <Title order={3}>{t('would')}</Title>
          <Size size={found.size} currency={plan.currency} />
          <Text size="sm" fw={500}>{found.decides === 'nobody' ? t('decides-nobody') : t('decides-level', { level: found.level?.name ?? '' })}</Text>
          <Difference difference={found.difference} currency={plan.currency} />
          {found.findings.length > 0 && <Alert color="red" title={t('unsound')}><Text size="sm" className="said">{found.findings.map((each) => sayFinding(told, { ...each, confirmed: true }, nameIn(plan))).join(' ')}</Text></Alert>}
          <TextInput label={t('name')} required maxLength={200} value={title} onChange={(event) => write({ title: event.currentTarget.value })} />
          <Textarea label={t('reason')} required autosize minRows={2} maxRows={8} maxLength={4000} value={reason} onChange={(event) => write({ reason: event.currentTarget.value })} />
        </Stack>
      )}
      {found && (
        <Group gap="sm">
          <Button disabled={!isReady} loading={command.isPending} onClick={() => { if (isReady) command.mutate({ title: title.trim(), reason: reason.trim(), operations, impact }); }}>{found.decides === 'nobody' ? t('do-it') : t('ask-it')}</Button>
          {notNow}
        </Group>
      )}
    </Stack>
  );
}
