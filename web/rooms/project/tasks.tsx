/** All tasks of the project, by phase. */
import { Button, Checkbox, CloseButton, Group, Paper, Select, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useCallback, useDeferredValue, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schema } from '../../data/api';
import { useMe } from '../../data/me';
import { projectTasksQuery } from '../../data/project';
import { Empty } from '../../parts/empty';
import { Day } from '../../parts/when';
import { RoomLink } from '../../parts/link';
import { AssignMany } from '../../parts/task/assign-many';
import { idOf, ManyAnswer, type ManyResult } from '../../parts/task/many';
import { standingOf } from '../../parts/task/standing';
import { TaskPanel } from '../../parts/task/task-panel';
import type { Parts } from './parts';
import classes from './tasks.module.css';
import { TASK_FILTERS, type TaskFilter } from './search';

type Task = Schema<'Task'>;

const isOpen = ({ status }: Task): boolean => status !== 'done' && status !== 'dropped';
const isLate = (task: Task, now: number): boolean => isOpen(task) && task.dueAt !== null && Date.parse(task.dueAt) < now;

function matches(task: Task, filter: TaskFilter, me: { readonly id: string; readonly roles: ReadonlySet<string> }, now: number): boolean {
  switch (filter) {
    case 'open': return isOpen(task);
    case 'mine': return isOpen(task) && (task.assignee ? task.assignee.id === me.id : me.roles.has(task.role.key));
    case 'late': return isLate(task, now);
    case 'blocked': return task.blocked !== null;
    case 'done': return task.status === 'done';
    case 'all': return true;
    default: return filter satisfies never;
  }
}

/** The task of an address. */
function pathOf(project: string, open: string): { readonly project: string; readonly phase: string; readonly task: string } {
  const slash = open.indexOf('/');
  return { project, phase: open.slice(0, slash), task: open.slice(slash + 1) };
}

type Row = { readonly phase: string; readonly name: string; readonly count: number } | Task;

const route = getRouteApi('/inside/projects/$project');

// Scrolling draws new rows only: links and dates are dear.
interface RowProps {
  readonly task: Task;
  readonly isOpen: boolean;
  readonly now: number;
  /** Whether the list can be chosen from, and this task is chosen; undefined for one that the reader can do nothing with. */
  readonly isChosen: boolean | undefined;
  readonly choose: ((id: string) => void) | undefined;
}

const TaskRow = memo(function TaskRow({ task, isOpen: isShown, now, isChosen, choose }: RowProps): React.JSX.Element {
  const { t } = useTranslation('project');
  return (
    <div className={classes['task']} data-choosing={choose !== undefined || undefined}>
      {choose && <div className={`no-print ${classes['choose']}`}>{isChosen !== undefined && <Checkbox size="xs" checked={isChosen} onChange={() => choose(idOf(task))} aria-label={t('choose', { name: task.name })} />}</div>}
      <div className={classes['what']}>
        <Text size="sm" component="span" className="said"><RoomLink inherit to="/projects/$project" params={{ project: task.project }} search={(before) => ({ ...before, tab: 'tasks', open: `${task.phase}/${task.task}` })} resetScroll={false} aria-current={isShown || undefined}>{task.name}</RoomLink></Text>
        {task.blocked && <Text size="xs" className={`said ${classes['late']}`} lineClamp={2}>{t('blocked-by', { person: task.blocked.person.name, reason: task.blocked.reason ?? t('erased') })}</Text>}
      </div>
      <Text size="sm" c="dimmed" className="said">{task.doneBy?.name ?? task.assignee?.name ?? task.role.name}</Text>
      <Text size="sm">{t(`task-${task.status}`)}</Text>
      <Text size="sm" className={isLate(task, now) ? classes['late'] : undefined}>{task.doneAt ? <Day at={task.doneAt} /> : task.dueAt ? <><Day at={task.dueAt} />{isLate(task, now) && ` · ${t('late')}`}</> : ''}</Text>
    </div>
  );
});

export function Tasks({ project }: Parts): React.JSX.Element {
  // What appears once tasks are chosen has its words already: the list does not blink.
  const { t } = useTranslation(['project', 'task']);
  const { tasks: filter = 'open', phase, q = '', open } = route.useSearch();
  const navigate = useNavigate({ from: '/projects/$project' });
  const { data: tasks } = useSuspenseQuery(projectTasksQuery(project.id));
  const me = useMe();
  const [typed, setTyped] = useState(q);
  const words = useDeferredValue(typed.trim().toLowerCase());
  const roles = useMemo(() => new Set(project.roles.filter(({ persons }) => persons.some(({ id }) => id === me.id)).map(({ key }) => key)), [project.roles, me.id]);
  const [now] = useState(Date.now);
  const rows = useMemo((): Row[] => {
    const found = tasks.filter((task) => matches(task, filter, { id: me.id, roles }, now) && (phase === undefined || task.phase === phase)
      && (words === '' || `${task.name} ${task.role.name} ${task.assignee?.name ?? ''}`.toLowerCase().includes(words)));
    return [...Map.groupBy(found, (task) => task.phase)].flatMap(([key, each]) => [{ phase: key, name: each[0]?.phaseName ?? key, count: each.length }, ...each]);
  }, [tasks, filter, phase, words, me.id, roles, now]);
  const assignable = useMemo(() => new Set(tasks.filter((task) => standingOf(task, me).mayAssign).map(idOf)), [tasks, me]);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [result, setResult] = useState<ManyResult>();
  const choose = useCallback((id: string): void => setChosen((before) => {
    const next = new Set(before);
    if (!next.delete(id)) next.add(id);
    return next;
  }), []);
  const shown = rows.flatMap((row) => ('task' in row && assignable.has(idOf(row)) ? [idOf(row)] : []));
  const picked = tasks.filter((task) => chosen.has(idOf(task)) && assignable.has(idOf(task)));
  const set = (search: object): void => void navigate({ search: (before) => ({ ...before, ...search }), replace: true, resetScroll: false });
  const scroll = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => scroll.current, estimateSize: (index) => ('task' in (rows[index] as Row) ? 42 : 48), overscan: 12 });
  return (
    <Stack gap="md">
      <Group gap="sm" align="flex-end" className="no-print">
        <Select label={t('show')} w={176} allowDeselect={false} data={TASK_FILTERS.map((each) => ({ value: each, label: t(`filter-${each}`) }))} value={filter} onChange={(chosen) => set({ tasks: chosen ?? undefined })} />
        <Select label={t('phase')} w={224} clearable clearButtonProps={{ 'aria-label': t('all-phases') }} placeholder={t('all-phases')} data={project.phases.map((each) => ({ value: each.phase, label: each.name }))} value={phase ?? null} onChange={(chosen) => set({ phase: chosen ?? undefined })} />
        <TextInput label={t('find')} w={224} leftSection={<IconSearch size={16} aria-hidden />} value={typed} onChange={(event) => { setTyped(event.currentTarget.value); set({ q: event.currentTarget.value || undefined }); }} />
        <Text size="sm" c="dimmed" role="status" pb={8}>{t('tasks-shown', { count: rows.filter((row) => 'task' in row).length })}</Text>
        {shown.length > 0 && (
          <Checkbox label={t('choose-shown', { count: shown.length })} pb={8} checked={shown.every((id) => chosen.has(id))} indeterminate={picked.length > 0 && !shown.every((id) => chosen.has(id))}
            onChange={(event) => setChosen(event.currentTarget.checked ? new Set(shown) : new Set())} />
        )}
      </Group>
      {result && <ManyAnswer result={result} close={() => setResult(undefined)} />}
      {rows.length === 0 && <Empty title={t('no-tasks')}>{t('no-tasks-text')}</Empty>}
      <div className={classes['halves']} data-open={open !== undefined || undefined}>
        <div ref={scroll} className={classes['scroll']} tabIndex={0} role="region" aria-label={t('tab-tasks')} data-few={rows.length < 40 || undefined}>
          <ul className={classes['rows']} style={{ height: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map(({ index, key, start }) => {
              const row = rows[index] as Row;
              return (
                <li key={key} ref={virtual.measureElement} data-index={index} className={classes['row']} style={{ transform: `translateY(${start}px)` }}>
                  {'task' in row ? <TaskRow task={row} now={now} isOpen={open === `${row.phase}/${row.task}`} isChosen={assignable.has(idOf(row)) ? chosen.has(idOf(row)) : undefined} choose={assignable.size > 0 ? choose : undefined} /> : <Title order={2} className={`said ${classes['phase']}`}>{row.name} <Text span c="dimmed">{row.count}</Text></Title>}
                </li>
              );
            })}
          </ul>
        </div>
        {open !== undefined && (
          <section className={classes['panel']} aria-label={t('the-task')}>
            <CloseButton className={classes['close']} aria-label={t('close')} onClick={() => set({ open: undefined })} />
            <TaskPanel key={open} path={pathOf(project.id, open)} />
          </section>
        )}
      </div>
      {picked.length > 0 && (
        <Paper withBorder shadow="sm" p="sm" className={`no-print ${classes['bulk']}`} role="region" aria-label={t('chosen', { count: picked.length })}>
          <Group gap="sm">
            <Text size="sm" fw={600}>{t('chosen', { count: picked.length })}</Text>
            <AssignMany tasks={picked} tell={(found) => { setResult(found); setChosen(new Set()); }} />
            <Button size="sm" variant="subtle" onClick={() => setChosen(new Set())}>{t('choose-none')}</Button>
          </Group>
        </Paper>
      )}
    </Stack>
  );
}
