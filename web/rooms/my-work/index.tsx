/** What people wait for me to do, the most urgent first. */
import { Badge, Button, Checkbox, Group, SegmentedControl, Select, Stack, Text, Title, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useQuery, useSuspenseInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { memo, Suspense, useCallback, useDeferredValue, useId, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schema } from '../../data/api';
import { anyProjectQuery } from '../../data/project';
import { Empty } from '../../parts/empty';
import { focusOn } from '../../parts/focus';
import { joined } from '../../parts/joined';
import { useListKeys } from '../../parts/keys';
import { headed } from '../../parts/label';
import { RoomButton, RoomLink } from '../../parts/link';
import { Page } from '../../parts/page';
import { part } from '../../parts/part';
import { idOf } from '../../parts/task/many';
import { Day, When } from '../../parts/when';
import { Structure } from '../../app/fallbacks';
import { Bulk } from './bulk';
import { isOfKind, type MyTask, URGENCIES, urgencyOf } from './group';
import { Items } from './items';
import classes from './my-work.module.css';
import { myApprovals, myItems, myTasks } from './queries';
import { KINDS, type Kind, type MyWorkSearch } from './search';

// Filling in is loaded when a task is opened: the list comes at once.
const FirstMinutes = part(() => import('../../parts/first-minutes'), 'FirstMinutes');
const TaskPanel = part(() => import('../../parts/task/task-panel'), 'TaskPanel');

function Approval({ approval }: { readonly approval: Schema<'ApprovalItem'> }): React.JSX.Element {
  const { t } = useTranslation('my-work');
  return (
    <li className={classes['item']}>
      <div className={classes['what']}>
        <Text fw={600} className="said">{headed(approval.gateName ?? approval.change?.title ?? '')}</Text>
        <Text size="sm" c="dimmed" className="said">{joined([approval.projectName, approval.phaseName ?? t('change')])}</Text>
        {approval.onBehalfOf.length > 0 && <Badge>{t('on-behalf-of', { names: approval.onBehalfOf.map(({ name }) => name).join(', ') })}</Badge>}
      </div>
      <Text size="sm">{approval.dueAt === null ? <>{t('since')} <When at={approval.openedAt} /></> : <>{t('due')} <Day at={approval.dueAt} /></>}</Text>
      <RoomButton to="/approvals/$" params={{ _splat: approval.id }} data-row size="sm">{t('look')}</RoomButton>
    </li>
  );
}

interface TaskProps {
  readonly task: MyTask;
  readonly isOpen: boolean;
  readonly isChosen: boolean;
  readonly toggle: (id: string) => void;
  readonly choose: (id: string) => void;
}

/** The one after a task in the list, or before it; the heading where it was the only one. */
function focusBeside(ref: string): void {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-row]')];
  const at = rows.findIndex((row) => row.dataset['id'] === ref);
  const next = rows[at + 1] ?? rows[at - 1];
  if (next) next.focus();
  else focusOn(document.querySelector('main'));
}

// Whoever opens or chooses one of a hundred waits for that one only.
const Task = memo(function Task({ task, isOpen, isChosen, toggle, choose }: TaskProps): React.JSX.Element {
  const { t } = useTranslation('my-work');
  const id = useId();
  const ref = idOf(task);
  const close = useCallback(() => toggle(ref), [toggle, ref]);
  // Done, it is about to go: the next one has the focus.
  const done = useCallback(() => {
    close();
    focusBeside(ref);
  }, [close, ref]);
  // It opens at once, and is filled in after that.
  const isFilled = useDeferredValue(isOpen);
  const Icon = isOpen ? IconChevronDown : IconChevronRight;
  return (
    <li className={classes['entry']} data-open={isOpen || undefined}>
      <div className={classes['item']}>
        {/* Many at once are done in one name: one's own. */}
        <Checkbox checked={isChosen} disabled={task.onBehalfOf.length > 0} onChange={() => choose(ref)} aria-label={t('choose', { name: task.name })} className={classes['choose'] ?? ''} />
        <UnstyledButton className={classes['what']} onClick={close} aria-expanded={isOpen} aria-controls={id} data-row data-id={ref}>
          <Text fw={600} className="said" component="span"><Icon size={16} aria-hidden className={classes['chevron'] ?? ''} />{task.name}</Text>
          <Text size="sm" c="dimmed" className="said" component="span" display="block">{joined([task.projectName, task.phaseName, task.item?.name])}</Text>
        </UnstyledButton>
        <Group gap="xs">
          {task.onBehalfOf.length > 0 && <Badge>{t('on-behalf-of', { names: task.onBehalfOf.map(({ name }) => name).join(', ') })}</Badge>}
          {task.status === 'to-check' && <Badge color="violet">{t('to-check')}</Badge>}
          {task.status === 'claimed' && <Badge color="gray">{t('at-work')}</Badge>}
          {task.condition && <Badge color="yellow">{t('condition')}</Badge>}
          {task.reopened > 0 && <Badge color="yellow">{t('again')}</Badge>}
          {task.blocked && <Badge color="red">{t('blocked')}</Badge>}
          {task.dueAt !== null && <Text size="sm">{t('due')} <Day at={task.dueAt} /></Text>}
        </Group>
      </div>
      <div id={id} className={classes['panel']} hidden={!isOpen}>{isOpen && (isFilled ? <Suspense fallback={<Structure />}><TaskPanel path={task} titled={false} done={done} /></Suspense> : <Structure />)}</div>
    </li>
  );
});

function More({ query }: { readonly query: { readonly hasNextPage: boolean; readonly isFetchingNextPage: boolean; readonly fetchNextPage: () => unknown } }): React.JSX.Element | null {
  const { t } = useTranslation('app');
  return query.hasNextPage ? <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{t('more')}</Button> : null;
}

function Filters({ search, set, tasks }: { readonly search: MyWorkSearch; readonly set: (search: MyWorkSearch) => void; readonly tasks: readonly MyTask[] }): React.JSX.Element | null {
  const { t } = useTranslation('my-work');
  const projects = [...new Map(tasks.map(({ project, projectName }) => [project, projectName ?? project])).entries()];
  const kinds = KINDS.filter((kind) => tasks.some((task) => isOfKind(task, kind)) || kind === search.kind);
  if (projects.length < 2 && kinds.length < 2) return null;
  const { project: _, ...others } = search;
  const { kind: __, ...anyKind } = search;
  return (
    <Group gap="sm">
      {projects.length > 1 && (
        <Select size="sm" w={260} aria-label={t('project')} placeholder={t('all-projects')} clearable searchable value={search.project ?? null} data={projects.map(([value, label]) => ({ value, label }))}
          onChange={(project) => set(project === null ? others : { ...search, project })} clearButtonProps={{ 'aria-label': t('all-projects') }} />
      )}
      {kinds.length > 1 && (
        <SegmentedControl size="sm" aria-label={t('kind')} value={search.kind ?? 'all'} data={kinds.map((kind) => ({ value: kind, label: t(`kind-${kind}`) }))}
          onChange={(kind) => set(kind === 'all' ? anyKind : { ...search, kind: kind as Exclude<Kind, 'all'> })} />
      )}
    </Group>
  );
}

/** Nothing waits: of an empty product, the way to the first project. */
function Nothing(): React.JSX.Element {
  const { t } = useTranslation('my-work');
  const any = useQuery(anyProjectQuery());
  if (any.isPending) return <Structure />;
  if (any.data === false) return <Suspense fallback={<Structure />}><FirstMinutes /></Suspense>;
  return <Empty title={t('nothing')}>{t('nothing-text')} <RoomLink to="/portfolio" underline="always">{t('to-portfolio')}</RoomLink></Empty>;
}

export function MyWork(): React.JSX.Element {
  const { t } = useTranslation('my-work');
  const search = useSearch({ from: '/inside/' });
  const navigate = useNavigate({ from: '/' });
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const list = useRef<HTMLDivElement>(null);
  const approvals = useSuspenseInfiniteQuery(myApprovals());
  const tasks = useSuspenseInfiniteQuery(myTasks());
  const { data: items } = useSuspenseQuery(myItems());
  const { kind = 'all', project } = search;
  const shown = useMemo(() => tasks.data.filter((task) => isOfKind(task, kind) && (project === undefined || task.project === project)), [tasks.data, kind, project]);
  const groups = useMemo(() => {
    const now = Date.now();
    return Map.groupBy(shown, (task) => urgencyOf(task.dueAt, now));
  }, [shown]);
  const set = (next: MyWorkSearch): void => void navigate({ search: next, replace: true });
  const toggle = useCallback((id: string): void => void navigate({ search: ({ open, ...others }: MyWorkSearch) => (open === id ? others : { ...others, open: id }), replace: true, resetScroll: false }), [navigate]);
  const choose = useCallback((id: string): void => setChosen((before) => {
    const next = new Set(before);
    if (!next.delete(id)) next.add(id);
    return next;
  }), []);
  useListKeys(() => [...(list.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])], (row) => { if (row.dataset['id'] !== undefined) choose(row.dataset['id']); });
  const isEmpty = approvals.data.length === 0 && tasks.data.length === 0 && items.length === 0;
  return (
    <Page title={t('title')} help="my-work">
      {isEmpty && <Nothing />}
      <Stack gap="lg" ref={list}>
        {approvals.data.length > 0 && (
          <Stack component="section" gap="xs">
            <Title order={2}>{t('decide')} <Text span c="dimmed">{approvals.data.length}</Text></Title>
            <ul className={classes['list']}>{approvals.data.map((each) => <Approval key={each.id} approval={each} />)}</ul>
            <More query={approvals} />
          </Stack>
        )}
        {items.length > 0 && <Items items={items} />}
        <Filters search={search} set={set} tasks={tasks.data} />
        {!isEmpty && shown.length === 0 && tasks.data.length > 0 && <Text c="dimmed">{t('none-of-these')}</Text>}
        {URGENCIES.map((urgency) => {
          const found = groups.get(urgency);
          return found && (
            <Stack component="section" gap="xs" key={urgency}>
              <Title order={2} data-urgency={urgency} className={classes['urgency']}>{t(urgency)} <Text span c="dimmed">{found.length}</Text></Title>
              <ul className={classes['list']}>
                {found.map((each) => (
                  <Task key={idOf(each)} task={each} isOpen={search.open === idOf(each)} isChosen={chosen.has(idOf(each))} toggle={toggle} choose={choose} />
                ))}
              </ul>
            </Stack>
          );
        })}
        <More query={tasks} />
      </Stack>
      <Bulk chosen={tasks.data.filter((task) => chosen.has(idOf(task)) && task.onBehalfOf.length === 0)} clear={() => setChosen(new Set())} />
    </Page>
  );
}
