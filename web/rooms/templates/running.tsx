/** The running projects of a lifecycle: what a version would do to each, and moving those that are chosen. */
import { Alert, Badge, Button, Checkbox, Group, Loader, Paper, Stack, Text, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronRight, IconCircleCheck, IconCircleX, IconEqual, IconHelpTriangle, IconPlayerPause, type TablerIcon } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../data/api';
import { useCommand } from '../../data/command';
import { Empty } from '../../parts/empty';
import { labelOf } from '../../parts/label';
import { RoomLink } from '../../parts/link';
import { ProblemAlert } from '../../parts/problem';
import type { NameOf } from '../../parts/proof/words';
import type { Parameter } from '../start/template';
import { changesOf, impactQuery, NO_WISH, type Impacted, type Moved, type Question, type Wish } from './moving';
import { ImpactDetail } from './running-one';
import classes from './running.module.css';

const MARKS: Readonly<Record<Impacted['outcome'], readonly [TablerIcon, string]>> = {
  'moves': [IconCircleCheck, 'var(--on-course)'], 'same': [IconEqual, 'var(--quiet)'], 'needs-decision': [IconHelpTriangle, 'var(--at-risk)'],
  'refused': [IconPlayerPause, 'var(--off-course)'], 'impossible': [IconCircleX, 'var(--off-course)'],
};
/** So many move in one request: what has moved is told between two. */
const AT_ONCE = 10;
const STALE = [['templates'], ['portfolio'], ['project'], ['tasks'], ['approvals']];

interface RowProps {
  readonly asTold: Impacted;
  readonly parameters: readonly Parameter[];
  readonly nameOf: NameOf;
  readonly moved: Moved | undefined;
  /** Absent: of a draft nothing moves. */
  readonly choice?: { readonly isChosen: boolean; readonly choose: (isChosen: boolean, wish: Wish) => void };
}

function useAgain(project: string, version: string) {
  return useMutation({
    mutationFn: ({ decisions, parameters }: Wish) => answerOf(api.POST('/api/v1/projects/{project}/migrations/preview', { params: { path: { project } }, body: { version, decisions: { ...decisions }, parameters: { ...parameters } } })),
  });
}

function Row({ asTold, parameters, nameOf, moved, choice }: RowProps): React.JSX.Element {
  const { t } = useTranslation('moves');
  const [isOpen, setOpen] = useState(false);
  const [wish, setWish] = useState<Wish>(NO_WISH);
  const [judged, setJudged] = useState<Impacted>(asTold);
  const again = useAgain(asTold.project, asTold.to.version);
  const name = asTold.name ?? t('nameless');
  const changes = changesOf(judged);
  const give = (given: Wish): void => {
    setWish(given);
    // What was looked at is no longer what would happen.
    if (choice?.isChosen) choice.choose(false, given);
    setJudged(asTold);
  };
  const isMoved = moved?.outcome === 'migrated';
  const [Icon, color] = isMoved ? MARKS.same : MARKS[judged.outcome];
  return (
    <li className={classes['row']}>
      <div className={classes['head']} data-told={choice ? undefined : true}>
        {choice && <Checkbox aria-label={t('choose', { name })} checked={choice.isChosen} disabled={judged.outcome !== 'moves' || isMoved} onChange={(event) => choice.choose(event.currentTarget.checked, wish)} />}
        <div className={classes['name']}>
          <RoomLink to="/projects/$project" params={{ project: asTold.project }} className="said">{name}</RoomLink>
          <Text size="sm" c="dimmed">{t('on-version', { version: isMoved ? asTold.to.version : asTold.from.version })}</Text>
        </div>
        <div><Badge variant="outline" color="gray" c={color} leftSection={<Icon size={14} aria-hidden />}>{isMoved ? t('ended-migrated') : t(`outcome-${judged.outcome}`)}</Badge></div>
        <Text size="sm" className={classes['summary']}>{changes.map(({ change, names }) => `${labelOf(t(`change-${change}`))} ${names.length}`).join(' · ')}</Text>
        {judged.outcome !== 'same' && (
          <UnstyledButton fz="sm" aria-expanded={isOpen} aria-label={t('details-of', { name })} onClick={() => setOpen(!isOpen)} className={classes['more']}>
            {isOpen ? <IconChevronDown size={16} aria-hidden /> : <IconChevronRight size={16} aria-hidden />} {t('details')}
          </UnstyledButton>
        )}
      </div>
      {moved && !isMoved && <Alert role="status" color={moved.outcome === 'refused' ? 'red' : 'yellow'} title={t(`ended-${moved.outcome}`)}>{moved.problem?.detail}</Alert>}
      {isOpen && (
        <ImpactDetail item={judged} asTold={asTold} parameters={parameters} nameOf={nameOf} wish={wish} {...(choice && { give })}
          look={{ busy: again.isPending, error: again.error, again: () => again.mutate(wish, { onSuccess: (found) => setJudged({ ...found, name: asTold.name }) }) }} />
      )}
    </li>
  );
}

/** Moves what was chosen, some at a time, and tells what became of each. */
function useMoving(target: { readonly template: string; readonly version: string } | undefined, told: (moved: readonly Moved[]) => void) {
  const command = useCommand((projects: { project: string; decisions: Record<string, string>; parameters: Wish['parameters'] }[], header) => answerOf(api.POST('/api/v1/templates/{template}/versions/{version}/migrations', {
    params: { path: target ?? { template: '', version: '' }, header }, body: { projects: projects.map((each) => ({ ...each, parameters: { ...each.parameters } })) },
  })), STALE, ({ items }) => told(items));
  const [progress, setProgress] = useState<{ done: number; all: number }>();
  const move = async (chosen: ReadonlyMap<string, Wish>): Promise<void> => {
    const all = [...chosen].map(([project, { decisions, parameters }]) => ({ project, decisions: { ...decisions }, parameters }));
    try {
      for (let from = 0; from < all.length; from += AT_ONCE) {
        setProgress({ done: from, all: all.length });
        await command.mutateAsync(all.slice(from, from + AT_ONCE));
      }
    } catch {
      // What failed is shown; what has moved was told already.
    } finally {
      setProgress(undefined);
    }
  };
  return { move, progress, error: command.error };
}

interface Props {
  readonly question: Question;
  readonly parameters: readonly Parameter[];
  readonly nameOf: NameOf;
  /** Where the version is published: projects can move to it. */
  readonly target?: { readonly template: string; readonly version: string };
}

export function RunningProjects({ question, parameters, nameOf, target }: Props): React.JSX.Element {
  const { t } = useTranslation('moves');
  const impact = useInfiniteQuery(impactQuery(question));
  const [chosen, setChosen] = useState<ReadonlyMap<string, Wish>>(new Map());
  const [moved, setMoved] = useState<ReadonlyMap<string, Moved>>(new Map());
  // What was given for a project is forgotten once all is judged again.
  const [round, setRound] = useState(0);
  const moving = useMoving(target, (items) => {
    setMoved((before) => new Map([...before, ...items.map((each) => [each.project, each] as const)]));
    setChosen((before) => new Map([...before].filter(([project]) => !items.some((each) => each.project === project))));
  });
  if (impact.isPending) return <Group gap="sm" wrap="nowrap" role="status"><Loader size="sm" aria-hidden /><Text size="sm">{t('judging')}</Text></Group>;
  if (impact.isError) return <ProblemAlert error={impact.error} again={() => void impact.refetch()} />;
  const items = impact.data.pages.flatMap((page) => page.items);
  const choose = (project: string) => (isChosen: boolean, wish: Wish): void => setChosen((before) => {
    const next = new Map(before);
    if (isChosen) next.set(project, wish);
    else next.delete(project);
    return next;
  });
  const ready = items.filter(({ project, outcome }) => outcome === 'moves' && moved.get(project)?.outcome !== 'migrated');
  const counts = (['moves', 'needs-decision', 'refused', 'impossible', 'same'] as const).map((outcome) => ({ outcome, count: items.filter((each) => each.outcome === outcome).length })).filter(({ count }) => count > 0);
  const again = async (): Promise<void> => {
    await impact.refetch();
    setMoved(new Map());
    setChosen(new Map());
    setRound(round + 1);
  };
  if (items.length === 0) return <Empty title={t('none')}>{t('none-text')}</Empty>;
  return (
    <Stack gap="md">
      <Group gap="sm" justify="space-between">
        <Text size="sm">{counts.map(({ outcome, count }) => `${labelOf(t(`outcome-${outcome}`))} ${count}`).join(' · ')}{impact.hasNextPage ? ' …' : ''}</Text>
        <Group gap="sm">
          {target && ready.length > 0 && <Button size="xs" variant="default" onClick={() => setChosen(new Map([...chosen, ...ready.filter(({ project }) => !chosen.has(project)).map(({ project }) => [project, NO_WISH] as const)]))}>{t('choose-all', { count: ready.length })}</Button>}
          <Button size="xs" variant="subtle" loading={impact.isRefetching} onClick={() => void again()}>{t('judge-again')}</Button>
        </Group>
      </Group>
      <ul className={classes['list']}>
        {items.map((each) => (
          <Row key={`${each.project} ${round}`} asTold={each} parameters={parameters} nameOf={nameOf} moved={moved.get(each.project)}
            {...(target && { choice: { isChosen: chosen.has(each.project), choose: choose(each.project) } })} />
        ))}
      </ul>
      {impact.hasNextPage && <Group><Button variant="default" loading={impact.isFetchingNextPage} onClick={() => void impact.fetchNextPage()}>{t('more')}</Button></Group>}
      {moving.error && <ProblemAlert error={moving.error} />}
      {target && (chosen.size > 0 || moving.progress) && (
        <Paper withBorder shadow="sm" p="sm" className={classes['bar']} role="region" aria-label={t('chosen', { count: chosen.size })}>
          <Group gap="sm">
            <Button loading={moving.progress !== undefined} onClick={() => void moving.move(chosen)}>{t('move', { count: chosen.size, version: target.version })}</Button>
            <Button variant="subtle" disabled={moving.progress !== undefined} onClick={() => setChosen(new Map())}>{t('choose-none')}</Button>
            {moving.progress && <Text size="sm" role="status">{t('moving', moving.progress)}</Text>}
          </Group>
        </Paper>
      )}
    </Stack>
  );
}
