/** A task with all that can be done with it by whoever looks; the rest says who could. */
import { Alert, Badge, Button, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconArrowBackUp, IconHandStop, IconUserShare } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../data/me';
import { projectQuery } from '../../data/project';
import { useFocusAfter } from '../focus';
import { joined } from '../joined';
import { labelOf } from '../label';
import { RoomLink } from '../link';
import { ProblemAlert } from '../problem';
import { Day, When } from '../when';
import { useDeed } from './act';
import { Assign } from './assign';
import { useAwaited } from './awaited';
import { Attachments, Checklist, Effort, Talk } from './beside';
import { EvidenceForm } from './evidence-form';
import { EvidenceView } from './evidence-view';
import { idOf } from './many';
import { type TaskPath, taskQuery } from './queries';
import { ReasonButton } from './reason-button';
import { type Standing, standingOf, UNDELIVERED } from './standing';
import type { Task } from './values';
import { VoiceProvider } from './voice';

const useStanding = (task: Task): Standing => standingOf(task, useMe());

function Head({ task, place }: { readonly task: Task; readonly place: React.RefObject<HTMLDivElement | null> }): React.JSX.Element {
  const { t } = useTranslation('task');
  const { mayAssign } = useStanding(task);
  const awaited = useAwaited()(task);
  return (
    <Stack gap={4} ref={place}>
      <Group gap="xs">
        <Badge color="gray">{t(`status-${task.status}`)}</Badge>
        {task.condition && <Badge color="yellow">{t('condition')}</Badge>}
        {task.reopened > 0 && UNDELIVERED.includes(task.status) && <Badge color="yellow">{t('again')}</Badge>}
        <Text size="sm">{task.assignee ? t('assigned-to', { name: task.assignee.name }) : t('by-role', { role: task.role.name })}</Text>
        {mayAssign && <Assign key={task.assignee?.id ?? ''} task={task} />}
        {task.dueAt !== null && task.status !== 'done' && <Text size="sm">{t('due')} <Day at={task.dueAt} />{task.dueIsProvisional ? ` (${t('provisional')})` : ''}</Text>}
      </Group>
      {task.guidance !== null && <Text size="sm" className="reading said">{task.guidance}</Text>}
      {task.condition && <Text size="sm" className="reading said">{labelOf(t('plan'))} {task.condition.plan ?? t('erased')}</Text>}
      {awaited !== '' && <Text size="sm" c="dimmed" className="said">{t('waits-for', { what: awaited })}</Text>}
      {task.adopted && <Text size="sm" c="dimmed">{t('adopted')} <span className="said">{joined([task.adopted.source, task.adopted.by])}</span></Text>}
      {task.doneBy && task.doneAt !== null && (
        <Text size="sm">
          {t('done-by', { name: task.doneBy.name })}{task.doneThrough ? ` ${t('done-through', { name: task.doneThrough.name })}` : ''}, <When at={task.doneAt} />
          {task.checkedBy ? `; ${t('checked-by', { name: task.checkedBy.name })}` : ''}
        </Text>
      )}
    </Stack>
  );
}

/** Whoever has to do it again wants to know why first, and whoever checks it what was asked for. */
function SentBack({ task: { sentBack, project, status } }: { readonly task: Task }): React.JSX.Element | null {
  const { t } = useTranslation('task');
  if (!sentBack) return null;
  const { person, through, at, reason, gate } = sentBack;
  const isAhead = UNDELIVERED.includes(status);
  const title = (): string => {
    if (person) return `${t(isAhead ? 'again-by' : 'done-again-by', { name: person.name })}${through ? ` ${t('done-through', { name: through.name })}` : ''}`;
    return gate ? t(isAhead ? 'again-gate' : 'done-again-gate', { gate: gate.name }) : t(isAhead ? 'again-title' : 'done-again');
  };
  return (
    <Alert color={isAhead ? 'yellow' : 'gray'} icon={<IconArrowBackUp aria-hidden />} title={title()}>
      <Stack gap="xs" align="flex-start">
        {reason !== null && <Text size="sm" className="said">{reason}</Text>}
        <Text size="xs"><When at={at} />{' · '}{gate ? <RoomLink inherit underline="always" to="/approvals/$" params={{ _splat: gate.approval }}>{t('to-decision')}</RoomLink>
          : <RoomLink inherit underline="always" to="/projects/$project" params={{ project }} search={{ tab: 'record' }}>{t('to-record')}</RoomLink>}</Text>
      </Stack>
    </Alert>
  );
}

function Blocked({ task }: { readonly task: Task }): React.JSX.Element | null {
  const { t } = useTranslation('task');
  const deed = useDeed(task);
  const { answers } = useStanding(task);
  if (!task.blocked) return null;
  return (
    <Alert color="red" icon={<IconHandStop aria-hidden />} title={t('blocked-by', { name: task.blocked.person.name })}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm" className="said">{task.blocked.reason ?? t('erased')}</Text>
        <Text size="xs"><When at={task.blocked.since} /></Text>
        {answers && <Button size="compact-sm" variant="default" loading={deed.isPending} onClick={() => deed.mutate({ do: 'unblock' })}>{t('unblock')}</Button>}
        {deed.error && <ProblemAlert error={deed.error} />}
      </Stack>
    </Alert>
  );
}

/** What only goes until the gate has decided; what a gate set as a condition is done after it. */
function IfOpen({ task: { project, phase, condition }, children }: { readonly task: Task; readonly children: React.ReactNode }): React.ReactNode {
  const { data } = useQuery(projectQuery(project));
  const status = data?.phases.find((each) => each.phase === phase)?.status;
  return status === 'open' || (condition !== null && status === 'passed') ? children : null;
}

function Work({ task, done }: { readonly task: Task; readonly done?: (() => void) | undefined }): React.JSX.Element | null {
  const { t } = useTranslation('task');
  const { holds, isMine, mayWork, mayCheck, didIt, deliveredFor, answers } = useStanding(task);
  const deed = useDeed(task, ({ do: what }) => { if (what === 'confirm') done?.(); });
  const button = (what: 'claim' | 'release' | 'confirm' | 'withdraw', variant: 'default' | 'filled' = 'default') => (
    <Button variant={variant} loading={deed.isPending && deed.variables.do === what} onClick={() => deed.mutate(what === 'withdraw' ? { do: what, ...(deliveredFor !== undefined && { onBehalfOf: deliveredFor }) } : { do: what })}>{t(what)}</Button>
  );
  const because = (what: 'send-back' | 'block' | 'reopen') => (
    <ReasonButton place={`${idOf(task)} ${what}`} label={t(what)} busy={deed.isPending && deed.variables.do === what} act={(reason) => deed.mutateAsync({ do: what, reason })} />
  );
  const problem = deed.error && <ProblemAlert error={deed.error} />;
  if (mayWork && !task.blocked) {
    return (
      <Stack gap="sm">
        <EvidenceForm key={task.status} task={task} done={() => { notifications.show({ message: t('completed-said', { name: task.name }) }); done?.(); }}
          beside={<>{task.status === 'ready' ? button('claim') : button('release')}{because('block')}</>} />
        {problem}
      </Stack>
    );
  }
  return (
    <Stack gap="sm">
      <EvidenceView task={task} />
      {task.status === 'to-check' && <Text size="sm">{t(mayCheck ? 'to-check-by-you' : 'to-check', { name: task.doneBy?.name ?? '' })}</Text>}
      <Group gap="sm" align="flex-start">
        {mayCheck && <>{!task.blocked && button('confirm', 'filled')}{because('send-back')}</>}
        {didIt && button('withdraw')}
        {task.status === 'done' && answers && !task.former && <IfOpen task={task}>{because('reopen')}</IfOpen>}
        {task.status !== 'done' && task.status !== 'dropped' && answers && !task.blocked && !task.former && because('block')}
      </Group>
      {(task.status === 'ready' || task.status === 'claimed') && !holds && !isMine && <Text size="sm" c="dimmed">{t('not-yours', { role: task.role.name })}</Text>}
      {problem}
    </Stack>
  );
}

interface Props {
  readonly path: TaskPath;
  /** Whether the name is shown: left out where it stands above already. */
  readonly titled?: boolean;
  readonly done?: () => void;
}

export function TaskPanel({ path, titled = true, done }: Props): React.JSX.Element {
  const { t } = useTranslation('task');
  const query = useQuery(taskQuery(path));
  const task = query.data;
  if (query.error && !task) return <ProblemAlert error={query.error} again={() => void query.refetch()} />;
  if (!task) return <Stack aria-busy role="status" aria-label={t('evidence')}><Skeleton h={20} w="50%" /><Skeleton h={72} /><Skeleton h={36} w={120} /></Stack>;
  const isOpen = task.status !== 'done' && task.status !== 'dropped' && !task.former;
  return (
    <Opened task={task} titled={titled} done={done} isOpen={isOpen} />
  );
}

function Opened({ task, titled, done, isOpen }: { readonly task: Task; readonly titled: boolean; readonly done: (() => void) | undefined; readonly isOpen: boolean }): React.JSX.Element {
  const { t } = useTranslation('task');
  const { mayWork, absent } = useStanding(task);
  const may = mayWork && isOpen;
  const head = useFocusAfter(task.status);
  return (
    <VoiceProvider value={absent?.id}>
      <Stack gap="lg">
        {titled && <Title order={2} className="said">{task.name}</Title>}
        {absent && <Alert color="violet" icon={<IconUserShare aria-hidden />}>{t('in-the-name-of', { name: absent.name })}</Alert>}
        <Head task={task} place={head} />
        <SentBack task={task} />
        <Blocked task={task} />
        <Work task={task} done={done} />
        <Checklist task={task} mayWork={may} />
        <Attachments task={task} mayWork={may} />
        <Effort task={task} mayWork={may} />
        <Talk task={task} />
      </Stack>
    </VoiceProvider>
  );
}
