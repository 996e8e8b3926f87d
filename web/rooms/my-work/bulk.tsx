/** Many tasks at once, with an answer for each. */
import { Alert, Button, Group, List, Paper, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../data/api';
import { useCommand } from '../../data/command';
import { ProblemAlert } from '../../parts/problem';
import { idOf, type MyTask, needsNothing } from './group';
import classes from './my-work.module.css';

interface Result { readonly done: number; readonly refused: readonly { readonly id: string; readonly name: string; readonly why: string }[] }
type Ref = Pick<MyTask, 'project' | 'phase' | 'task'>;

const STALE = [['tasks'], ['approvals'], ['project'], ['portfolio']];
const refsOf = (tasks: readonly MyTask[]): Ref[] => tasks.map(({ project, phase, task }) => ({ project, phase, task }));

export function Bulk({ chosen, clear }: { readonly chosen: readonly MyTask[]; readonly clear: () => void }): React.JSX.Element | null {
  const { t } = useTranslation('my-work');
  const [result, setResult] = useState<Result>();
  const tell = ({ items }: { readonly items: readonly (Ref & { readonly outcome: string; readonly problem: { readonly detail: string } | null })[] }): void => {
    const names = new Map(chosen.map((each) => [idOf(each), each.name]));
    const refused = items.flatMap((each) => (each.problem ? [{ id: idOf(each), name: names.get(idOf(each)) ?? each.task, why: each.problem.detail }] : []));
    setResult({ done: items.length - refused.length, refused });
    clear();
  };
  const completing = useCommand((tasks: Ref[], header) => answerOf(api.POST('/api/v1/tasks/complete', { params: { header }, body: { tasks: tasks.map((each) => ({ ...each, evidence: {} })) } })), STALE, tell);
  const confirming = useCommand((tasks: Ref[], header) => answerOf(api.POST('/api/v1/tasks/confirm', { params: { header }, body: { tasks } })), STALE, tell);
  const [free, toCheck] = [chosen.filter(needsNothing), chosen.filter(({ status }) => status === 'to-check')];
  const error = completing.error ?? confirming.error;
  const rest = chosen.length - free.length - toCheck.length;
  return (
    <>
      {result && (
        <Alert role="status" color={result.refused.length > 0 ? 'yellow' : 'green'} title={t('done-many', { count: result.done })} withCloseButton closeButtonLabel={t('close')} onClose={() => setResult(undefined)}>
          {result.refused.length > 0 && <List size="sm">{result.refused.map(({ id, name, why }) => <List.Item key={id}><span className="said">{name}</span>: {why}</List.Item>)}</List>}
        </Alert>
      )}
      {chosen.length > 0 && (
        <Paper withBorder shadow="sm" p="sm" className={classes['bulk']} role="region" aria-label={t('chosen', { count: chosen.length })}>
          <Group gap="sm">
            <Text size="sm" fw={600}>{t('chosen', { count: chosen.length })}</Text>
            {free.length > 0 && <Button size="sm" loading={completing.isPending} onClick={() => completing.mutate(refsOf(free))}>{t('complete-many', { count: free.length })}</Button>}
            {toCheck.length > 0 && <Button size="sm" loading={confirming.isPending} onClick={() => confirming.mutate(refsOf(toCheck))}>{t('confirm-many', { count: toCheck.length })}</Button>}
            <Button size="sm" variant="subtle" onClick={clear}>{t('choose-none')}</Button>
            {rest > 0 && <Text size="sm" c="dimmed">{t('need-more', { count: rest })}</Text>}
          </Group>
          {error && <ProblemAlert error={error} />}
        </Paper>
      )}
    </>
  );
}
