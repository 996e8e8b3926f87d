/** The room before a gate: may it pass? */
import { Alert, Badge, Button, Code, Group, Stack, Text } from '@mantine/core';
import { IconArrowDown, IconHistory, IconPrinter, IconRefresh } from '@tabler/icons-react';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Suspense, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Structure } from '../../app/fallbacks';
import { useMe } from '../../data/me';
import { Helped } from '../../parts/help';
import { headed } from '../../parts/label';
import { RoomButton, RoomLink } from '../../parts/link';
import { Page } from '../../parts/page';
import { Day, momentText, When } from '../../parts/when';
import { Decide } from './decide';
import { DifferenceView } from './difference';
import classes from './gate.module.css';
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

function Fingerprint({ digest }: { readonly digest: string }): React.JSX.Element {
  const { t } = useTranslation('gate');
  return <Helped topic="fingerprint"><Text size="xs" c="dimmed">{t('digest')} <Code className={classes['digest']}>{digest}</Code></Text></Helped>;
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

/** Why somebody has nothing to decide here, and who has. */
function NotYours({ approval }: { readonly approval: Approval }): React.JSX.Element {
  const { t } = useTranslation('gate');
  const me = useMe();
  const voted = approval.votes.some(({ person, castBy }) => person.id === me.id || castBy?.id === me.id);
  return <Text size="sm" c="dimmed">{t(voted ? 'you-decided' : 'not-yours')}</Text>;
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
  const decision = useRef<HTMLDivElement>(null);
  return (
    <Page title={titleOf(shown)} action={<Print />}>
      <Stack gap={4}>
        <Place approval={shown} />
        <Standing approval={latest} />
        {mayDecide && <Button className="no-print" hiddenFrom="md" variant="light" w="fit-content" mt="xs" leftSection={<IconArrowDown size={16} aria-hidden />} onClick={() => decision.current?.scrollIntoView()}>{t('your-decision')}</Button>}
      </Stack>
      {isOutdated && (
        <Alert color="yellow" role="status" icon={<IconRefresh aria-hidden />} title={t('changed-just-now')}>
          <Stack gap="xs" align="flex-start"><Text size="sm">{t('changed-just-now-text')}</Text><Button size="xs" onClick={() => { setFrom(shown.digest); lookAgain(); }}>{t('show-now')}</Button></Stack>
        </Alert>
      )}
      {difference.data && from !== undefined && <DifferenceView difference={difference.data} title={t('changed-since')} />}
      <div className={classes['columns']}>
        <Stack gap="xl" miw={0}><Asked approval={shown} /><Criteria approval={shown} /><Evidence approval={shown} /><HandedOver approval={shown} /></Stack>
        <Stack gap="xl" className={classes['side']} ref={decision}>
          {mayDecide ? <Suspense fallback={<Structure />}><Decide approval={shown} lookAgain={() => { setFrom(shown.digest); lookAgain(); }} /></Suspense> : <NotYours approval={latest} />}
          <Votes approval={latest} />
          <Fingerprint digest={shown.digest} />
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
    const hasVoted = latest.votes.some(({ person, castBy }) => person.id === me.id || castBy?.id === me.id);
    setShown((before) => (before.id === latest.id && waitsFor(before, me.id) && !hasVoted && isOther(before, latest) ? before : latest));
  }, [latest, me.id]);
  return <Room key={id} shown={shown.id === latest.id ? shown : latest} latest={latest} lookAgain={() => setShown(latest)} />;
}
