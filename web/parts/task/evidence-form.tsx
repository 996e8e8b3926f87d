/** Deliver a task: its evidence, in place. */
import { Button, Group, Stack, Text } from '@mantine/core';
import { useEffect, useEffectEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem, answerOf, api } from '../../data/api';
import { useCommand } from '../../data/command';
import { useDraft } from '../../data/draft';
import { DraftNote } from '../draft-note';
import { ProblemAlert } from '../problem';
import { EvidenceField } from './field';
import { idOf } from './many';
import { fromEvidence, missingIn, type Task, toEvidence, type Value, type Values } from './values';
import { staleAfterTask } from './stale';
import { useVoice } from './voice';

/** What the API says of fields, by field, then by pointer below it. */
function errorsOf(error: Error | null): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const found = new Map<string, Map<string, string>>();
  for (const { pointer, detail } of error instanceof ApiProblem ? error.problem.errors ?? [] : []) {
    const [, key, rest = ''] = /^\/evidence\/([^/]+)(.*)$/.exec(pointer) ?? [];
    if (key !== undefined) found.set(key, (found.get(key) ?? new Map<string, string>()).set(rest, detail));
  }
  return found;
}

/** What of a field is to be mended has the focus, in the middle of the window. */
function focusOnFault(field: HTMLElement | null): void {
  const fault = field?.querySelector<HTMLElement>('[aria-invalid=true]') ?? field?.querySelector<HTMLElement>('button, textarea, input:not([type=file])');
  fault?.focus({ preventScroll: true });
  fault?.scrollIntoView({ block: 'center' });
}

interface Props {
  readonly task: Task;
  readonly done?: () => void;
  /** Beside the button: what else can be done. */
  readonly beside?: React.ReactNode;
}

export function EvidenceForm({ task, done, beside }: Props): React.JSX.Element {
  const { t } = useTranslation('task');
  const id = useId();
  const voice = useVoice();
  const { project, phase, task: key, fields } = task;
  const draft = useDraft(`evidence ${idOf(task)}`, fromEvidence(task.deliveredBefore));
  const { value: values } = draft;
  const [tried, setTried] = useState(0);
  const completing = useCommand<Values, unknown>((given, header) => answerOf(api.POST('/api/v1/projects/{project}/phases/{phase}/tasks/{task}/complete', {
    params: { path: { project, phase, task: key }, header }, body: { evidence: toEvidence(given), ...voice },
  })), staleAfterTask(project), (_, given) => { draft.clear(given); done?.(); }, draft.name);
  const missing = missingIn(fields, values);
  const told = errorsOf(completing.error);
  const errorsFor = (field: string): ReadonlyMap<string, string> => told.get(field) ?? new Map(tried > 0 ? missing.get(field)?.map((pointer) => [pointer, t('needed')]) : []);
  const set = (field: string, value: Value | undefined): void => {
    draft.set(({ [field]: _, ...others }) => (value === undefined ? others : { ...others, [field]: value }));
  };
  const send = (event: React.FormEvent): void => {
    event.preventDefault();
    setTried(tried + 1);
    if (missing.size === 0) completing.mutate(values);
  };
  const toFirst = useEffectEvent(() => {
    const first = fields.find(({ key: field }) => errorsFor(field).size > 0);
    if (first) focusOnFault(document.getElementById(`${id}-${first.key}`));
  });
  // Whoever sent it sees what keeps it from being sent, wherever that stands.
  useEffect(() => toFirst(), [tried, completing.error]);
  const isTold = completing.error !== null && told.size > 0;
  return (
    <form onSubmit={send} noValidate>
      <Stack gap="md">
        <DraftNote draft={draft} />
        {fields.map((field) => (
          <div key={field.key} id={`${id}-${field.key}`}><EvidenceField project={project} field={field} value={values[field.key]} change={(value) => set(field.key, value)} errors={errorsFor(field.key)} /></div>
        ))}
        {completing.error && !isTold && <ProblemAlert error={completing.error} />}
        {isTold && <Text role="alert" size="sm" c="var(--off-course)">{completing.error instanceof ApiProblem ? completing.error.problem.detail : ''}</Text>}
        <Group gap="sm"><Button type="submit" loading={completing.isPending}>{t('complete')}</Button>{beside}</Group>
      </Stack>
    </form>
  );
}
