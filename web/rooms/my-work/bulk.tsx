/** Many tasks at once, with an answer for each. */
import { Button, Group, Paper, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../data/api';
import { useCommand } from '../../data/command';
import { useMe } from '../../data/me';
import { ProblemAlert } from '../../parts/problem';
import { AssignMany } from '../../parts/task/assign-many';
import { ManyAnswer, type ManyResult, refsOf, resultOf } from '../../parts/task/many';
import { standingOf } from '../../parts/task/standing';
import { type MyTask, needsNothing } from './group';
import classes from './my-work.module.css';

type Ref = Pick<MyTask, 'project' | 'phase' | 'task'>;

const STALE = [['tasks'], ['approvals'], ['project'], ['portfolio']];

export function Bulk({ chosen, clear }: { readonly chosen: readonly MyTask[]; readonly clear: () => void }): React.JSX.Element | null {
  // What appears once tasks are chosen has its words already: the list does not blink.
  const { t } = useTranslation(['my-work', 'task']);
  const me = useMe();
  const [result, setResult] = useState<ManyResult>();
  const show = (found: ManyResult): void => {
    setResult(found);
    clear();
  };
  const tell = ({ items }: { readonly items: readonly (Ref & { readonly problem: { readonly detail: string } | null })[] }): void => show(resultOf(items, chosen, (count) => t('done-many', { count })));
  const completing = useCommand((tasks: Ref[], header) => answerOf(api.POST('/api/v1/tasks/complete', { params: { header }, body: { tasks: tasks.map((each) => ({ ...each, evidence: {} })) } })), STALE, tell);
  const confirming = useCommand((tasks: Ref[], header) => answerOf(api.POST('/api/v1/tasks/confirm', { params: { header }, body: { tasks } })), STALE, tell);
  const [free, toCheck] = [chosen.filter(needsNothing), chosen.filter(({ status }) => status === 'to-check')];
  const error = completing.error ?? confirming.error;
  const rest = chosen.length - free.length - toCheck.length;
  return (
    <>
      {result && <ManyAnswer result={result} close={() => setResult(undefined)} />}
      {chosen.length > 0 && (
        <Paper withBorder shadow="sm" p="sm" className={classes['bulk']} role="region" aria-label={t('chosen', { count: chosen.length })}>
          <Group gap="sm">
            <Text size="sm" fw={600}>{t('chosen', { count: chosen.length })}</Text>
            {free.length > 0 && <Button size="sm" loading={completing.isPending} onClick={() => completing.mutate(refsOf(free))}>{t('complete-many', { count: free.length })}</Button>}
            {toCheck.length > 0 && <Button size="sm" loading={confirming.isPending} onClick={() => confirming.mutate(refsOf(toCheck))}>{t('confirm-many', { count: toCheck.length })}</Button>}
            <AssignMany tasks={chosen.filter((each) => standingOf(each, me).mayAssign)} tell={show} />
            <Button size="sm" variant="subtle" onClick={clear}>{t('choose-none')}</Button>
            {rest > 0 && <Text size="sm" c="dimmed">{t('need-more', { count: rest })}</Text>}
          </Group>
          {error && <ProblemAlert error={error} />}
        </Paper>
      )}
    </>
  );
}
