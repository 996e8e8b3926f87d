/** The room before a gate: may it pass? */
import { Alert, Badge, Button, Code, Group, Stack, Text } from '@mantine/core';
import { IconArrowDown, IconHistory, IconPrinter, IconRefresh } from '@tabler/icons-react';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Structure } from '../../app/fallbacks';
import { useMe } from '../../data/me';
import { focusOn, useFocusAfter } from '../../parts/focus';
import { Helped } from '../../parts/help';
import { headed, labelOf } from '../../parts/label';
import { RoomButton, RoomLink } from '../../parts/link';
import { Page } from '../../parts/page';
import { Day, momentText, When } from '../../parts/when';
import { Decide } from './decide';
import { DifferenceView } from './difference';
import classes from './gate.module.css';
import { Left } from './left';
import { type Approval, approvalQuery, differenceQuery, projectOf } from './queries';
import { keepSeen, lastSeen } from './seen';
import { Asked, Criteria, Evidence, HandedOver } from './shown';
import { Votes } from './votes';

const COLORS: Readonly<Record<string, string>> = { 'approve': 'green', 'approve-with-conditions': 'yellow', 'rework': 'yellow', 'stop': 'red' };

function Standing({ approval }: { readonly approval: Approval }): React.JSX.Element {
  const { t } = useTranslation('gate');
  return (
    <Group gap="sm">
      {approval.outcome ? <Badge size="lg" color={COLORS[approval.outcome] ?? 'gray'}>{t(`outcome-${approval.outcome}`)}</Badge> : <Badge size="lg" color={approval.status === 'open' ? 'water' : 'gray'}>{t(approval.status === 'open' ? 'open' : 'withdrawn')}</Badge>}
      {approval.byPolicy && <Text size="sm">{t('by-policy')}</Text>}
      <Text size="sm">{t('asked')} <When at={approval.openedAt} />{approval.round > 1 ? ` · ${t('round', { number: approval.round })}` : ''}</Text>
      {approval.endedAt === null ? approval.dueAt !== null && <Text size="sm">{t('due')} <Day at={approval.dueAt} /></Text> : <Text size="sm">{t('ended')} <Day at={approval.endedAt} /></Text>}
    </Group>
  );
}

/** Where a gate belongs to. */
function Place({ approval }: { readonly approval: Approval }): React.JSX.Element {
  return <Text className="said"><RoomLink to="/projects/$project" params={{ project: projectOf(approval.id) }} underline="always">{approval.projectName}</RoomLink>{approval.phaseName === null ? '' : ` · ${approval.phaseName}`}</Text>;
}

const titleOf = ({ gateName, change }: Approval): string => headed(gateName ?? change?.title ?? '');

function Print(): React.JSX.Element {
  const { t } = useTranslation('gate');
  return <Button className="no-print" visibleFrom="sm" variant="default" leftSection={<IconPrinter size={16} aria-hidden />} onClick={() => window.print()}>{t('print')}</Button>;
}

/** @param isPast whether something else is shown by now. */
function Fingerprint({ digest, isPast = false }: { readonly digest: string; readonly isPast?: boolean }): React.JSX.Element {
  const { t } = useTranslation('gate');
  return <Helped topic="fingerprint"><Text size="xs" c="dimmed">{t(isPast ? 'digest-then' : 'digest')} <Code className={classes['digest']}>{digest}</Code></Text></Helped>;
}

/** The room as it was known at a moment: what there was to see and who had decided; nothing can be done in it. */
function Then({ id, asOf }: { readonly id: string; readonly asOf: string }): React.JSX.Element {
  const { t } = useTranslation('gate');
  const { data: approval } = useSuspenseQuery(approvalQuery(id, asOf));
  return (
    <Page title={titleOf(approval)} action={<Print />}>
      <Alert color="yellow" role="status" icon={<IconHistory aria-hidden />} title={t('as-known', { at: momentText(asOf) })} className={classes['then'] ?? ''}>
        <Stack gap="xs" align="flex-start">
          <Text size="sm">{t('as-known-text')}</Text>
          <Group gap="sm" className="no-print">
            <RoomButton size="xs" to="/approvals/$" params={{ _splat: id }} search={{}}>{t('to-now')}</RoomButton>
            <RoomButton size="xs" variant="default" to="/projects/$project" params={{ project: projectOf(id) }} search={{ tab: 'record', at: asOf }}>{t('to-record')}</RoomButton>
          </Group>
        </Stack>
      </Alert>
      <Stack gap={4}><Place approval={approval} /><Standing approval={approval} /></Stack>
      <div className={classes['columns']}>
        <Stack gap="xl" miw={0}><Asked approval={approval} /><Criteria approval={approval} /><Evidence approval={approval} isLinked={false} /></Stack>
        <Stack gap="xl" className={classes['side']}><Votes approval={approval} /><Fingerprint digest={approval.digest} /></Stack>
      </div>
    </Page>
  );
}

const isOf = (me: string) => ({ person, castBy }: Approval['votes'][number]): boolean => person.id === me || castBy?.id === me;

/** Why somebody has nothing to decide here, and who has. */
function NotYours({ approval }: { readonly approval: Approval }): React.JSX.Element {
  const { t } = useTranslation('gate');
  const me = useMe();
  return <Text size="sm" c="dimmed">{t(approval.status !== 'open' ? 'over' : approval.votes.some(isOf(me.id)) ? 'you-decided' : 'not-yours')}</Text>;
}

/** How a round ended, and by whom. */
function Ended({ approval }: { readonly approval: Approval }): React.JSX.Element {
  const { t } = useTranslation('gate');
  const last = approval.votes.toSorted((one, other) => one.at.localeCompare(other.at)).at(-1);
  if (approval.byPolicy) return <>{t('by-policy')}</>;
  if (!approval.outcome || !last) return <>{t('withdrawn')}{approval.endedAt === null ? '' : <>, <When at={approval.endedAt} /></>}</>;
  return <>{labelOf((last.castBy ?? last.person).name)} {t(`outcome-${last.outcome}`)}, <When at={last.at} /></>;
}

/** Says that what is shown is not what there is: it changed, its round is over, or somebody decided in another window. */
function Outdated({ latest, mayDecide, isElsewhere, showNow }: { readonly latest: Approval; readonly mayDecide: boolean; readonly isElsewhere: boolean; readonly showNow: (() => void) | undefined }): React.JSX.Element {
  const { t } = useTranslation('gate');
  const isOver = latest.status !== 'open';
  return (
    <Alert color="yellow" role="status" icon={<IconRefresh aria-hidden />} title={t(isElsewhere ? 'decided-elsewhere' : isOver ? 'round-over' : 'changed-just-now')}>
      <Stack gap="xs" align="flex-start">
        {isOver && <Text size="sm"><Ended approval={latest} /></Text>}
        {!isElsewhere && <Text size="sm">{t(isOver ? 'round-over-text' : mayDecide ? 'changed-just-now-text' : 'asked-no-more')}</Text>}
        {showNow && <Button size="xs" onClick={showNow}>{t('show-now')}</Button>}
      </Stack>
    </Alert>
  );
}

/** Of a round that is over: what stands there is as it is now, where that is not what was decided on. */
function SinceThen({ approval }: { readonly approval: Approval }): React.JSX.Element | null {
  const { t } = useTranslation('gate');
  if (approval.status === 'open' || approval.evidenceIsCurrent || approval.endedAt === null) return null;
  // What a decision does has its own moment: what was decided on is what was known before it.
  const before = new Date(Date.parse(approval.endedAt) - 1).toISOString();
  return (
    <Alert color="gray" icon={<IconHistory aria-hidden />} title={t('since-then')}>
      <Stack gap="xs" align="flex-start"><Text size="sm">{t('since-then-text')}</Text><RoomButton className="no-print" size="xs" variant="default" to="/approvals/$" params={{ _splat: approval.id }} search={{ asOf: before }}>{t('show-then')}</RoomButton></Stack>
    </Alert>
  );
}

const waitsFor = ({ status, waitingFor, onBehalfOf }: Approval, me: string): boolean => status === 'open' && (waitingFor.some(({ id }) => id === me) || onBehalfOf.length > 0);

/** Whether a decision on what was shown would be refused by now. */
const isOther = (shown: Approval, latest: Approval): boolean => latest.digest !== shown.digest || latest.status !== shown.status || (!latest.evidenceIsCurrent && shown.evidenceIsCurrent);

/** @param shown what the reader looks at: it is not exchanged under their eyes. */
function Room({ shown, latest, lookAgain }: { readonly shown: Approval; readonly latest: Approval; readonly lookAgain: () => void }): React.JSX.Element {
  const { t } = useTranslation('gate');
  const [seen] = useState(() => lastSeen(shown.id));
  const [from, setFrom] = useState(seen !== undefined && seen !== shown.digest ? seen : undefined);
  const difference = useQuery({ ...differenceQuery(shown.id, from ?? ''), enabled: from !== undefined && shown.change === null });
  const isOutdated = isOther(shown, latest);
  useEffect(() => keepSeen(shown.id, shown.digest), [shown.id, shown.digest]);
  const me = useMe();
  const mayDecide = waitsFor(latest, me.id);
  const votes = latest.votes.filter(isOf(me.id)).length;
  // Those that were cast here, or were there already.
  const [known, setKnown] = useState(votes);
  const isElsewhere = votes > known;
  const decision = useFocusAfter(mayDecide);
  const jump = (): void => focusOn(decision.current?.querySelector<HTMLElement>('[type=radio]') ?? decision.current);
  return (
    <Page title={titleOf(shown)} action={<Print />}>
      <Stack gap={4}>
        <Place approval={shown} />
        <Standing approval={latest} />
        {mayDecide && <Button className={`no-print ${classes['jump']}`} variant="light" w="fit-content" mt="xs" leftSection={<IconArrowDown size={16} aria-hidden />} onClick={jump}>{t('your-decision')}</Button>}
      </Stack>
      {(isOutdated || isElsewhere) && <Outdated latest={latest} mayDecide={mayDecide} isElsewhere={isElsewhere} showNow={isOutdated ? () => { setFrom(shown.digest); lookAgain(); } : undefined} />}
      {shown.status !== 'open' && <SinceThen approval={shown} />}
      {difference.data && from !== undefined && <DifferenceView difference={difference.data} title={t('changed-since')} />}
      <div className={classes['columns']}>
        <Stack gap="xl" miw={0}><Asked approval={shown} /><Criteria approval={shown} isJudge={mayDecide} /><Evidence approval={shown} /><HandedOver approval={shown} /></Stack>
        <Stack gap="xl" className={classes['side']} ref={decision}>
          {mayDecide ? <Suspense fallback={<Structure />}><Decide approval={shown} decided={() => setKnown((before) => before + 1)} lookAgain={() => { setFrom(shown.digest); lookAgain(); }} /></Suspense> : <><NotYours approval={latest} /><Left approval={shown} /></>}
          <Votes approval={latest} />
          <Fingerprint digest={shown.digest} isPast={shown.status !== 'open' && !shown.evidenceIsCurrent} />
        </Stack>
      </div>
    </Page>
  );
}

const route = getRouteApi('/inside/approvals/$');

export function Gate(): React.JSX.Element {
  const { _splat: id = '' } = route.useParams();
  const { asOf } = route.useSearch();
  return asOf === undefined ? <Now id={id} /> : <Then id={id} asOf={asOf} />;
}

function Now({ id }: { readonly id: string }): React.JSX.Element {
  const { data: latest } = useSuspenseQuery(approvalQuery(id));
  const me = useMe();
  const [shown, setShown] = useState(latest);
  // Whoever reads in order to decide goes on seeing what they read, until they look again; a vote of theirs, or another language, changes nothing of it.
  useEffect(() => {
    const hasVoted = latest.votes.some(isOf(me.id));
    setShown((before) => (before.id === latest.id && waitsFor(before, me.id) && !hasVoted && isOther(before, latest) ? before : latest));
  }, [latest, me.id]);
  return <Room key={id} shown={shown.id === latest.id ? shown : latest} latest={latest} lookAgain={() => setShown(latest)} />;
}
