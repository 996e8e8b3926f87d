/** One service before operations take it: what is asked of it, what knowledge is passed on, who signs. */
import { Badge, Button, Group, MultiSelect, Select, Stack, Text, TextInput, Title } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { projectQuery } from '../../data/project';
import { labelOf } from '../../parts/label';
import { RoomButton } from '../../parts/link';
import { numberText } from '../../parts/number';
import { ProblemAlert } from '../../parts/problem';
import { EvidenceValue, EvidenceView } from '../../parts/task/evidence-view';
import { ReasonButton } from '../../parts/task/reason-button';
import { Day, dayText, fromField, noon, When } from '../../parts/when';
import { Articles } from './articles';
import { Conditions } from './conditions';
import { ServiceFacts } from './facts';
import classes from './handover.module.css';
import { MeetEntry } from './meet';
import { atService, type Entry, type Handover, isWorkable, type May, type Place, type Service, type Session, placeText, useDo } from './queries';

export interface Parts {
  readonly place: Place;
  readonly handover: Handover;
  readonly service: Service;
  readonly may: May;
}

/** More than these are counted: they stand below. */
const NAMED = 4;
const TONES = { open: 'gray', met: 'green', proposed: 'yellow', waived: 'green' } as const;
const SESSION_TONES = { wanted: 'gray', planned: 'blue', held: 'yellow', confirmed: 'green', incomplete: 'orange', dropped: 'gray' } as const;

const isSettled = ({ status }: Entry): boolean => status === 'met' || status === 'waived';

function EntryRow({ place, handover, service, may, entry }: Parts & { readonly entry: Entry }): React.JSX.Element {
  const { t } = useTranslation('handover');
  const [isMeeting, setIsMeeting] = useState(false);
  const [isFolded, setIsFolded] = useState(isSettled(entry));
  const doing = useDo(place);
  const at = `${atService(service.service)}/entries/${encodeURIComponent(entry.key)}`;
  const works = isWorkable(handover, service);
  const mayMeet = works && (may.give || may.has(entry.owner.key)) && (entry.status === 'open' || entry.status === 'proposed');
  return (
    <li>
      <Stack gap={6}>
        <Group justify="space-between" gap="xs" align="flex-start">
          <div>
            <Text fw={500} className="said">{entry.name}{!entry.mandatory && <Text span c="dimmed"> · {t('optional')}</Text>}</Text>
            <Text size="sm" c="dimmed">{entry.owner.name}{entry.dueAt !== null && entry.status === 'open' && <> · {t('due')} <Day at={entry.dueAt} /></>}{entry.by && <> · {entry.by.name}</>}{entry.at !== null && <>, <Day at={entry.at} /></>}</Text>
          </div>
          <Group gap={6}>
            {entry.evidence && isSettled(entry) && <Button className="no-print" size="compact-sm" variant="subtle" aria-expanded={!isFolded} aria-label={t('evidence-of', { name: entry.name })} onClick={() => setIsFolded(!isFolded)}>{t('evidence')}</Button>}
            {entry.overdue && <Badge color="red" variant="light">{t('overdue')}</Badge>}<Badge color={TONES[entry.status]} variant="light">{t(`entry-${entry.status}`)}</Badge>
          </Group>
        </Group>
        {entry.missing !== null && <Text size="sm" className="said">{t('missing-said', { what: entry.missing })}</Text>}
        {entry.reason !== null && <Text size="sm" className="said">{t('reason-said', { why: entry.reason })}</Text>}
        {entry.evidence && <div className={isFolded ? classes['folded'] : undefined}><EvidenceView task={{ fields: entry.fields, evidence: entry.evidence }} /></div>}
        {isMeeting && <MeetEntry place={place} service={service.service} entry={entry} done={() => setIsMeeting(false)} />}
        {works && isSettled(entry) && may.tell && <Group className="no-print"><ReasonButton place={`${placeText(place)}/${at} reopen-entry`} label={t('reopen-entry')} of={entry.name} busy={doing.isPending} act={(reason) => doing.mutateAsync({ at: `${at}/reopen`, body: { reason } })} /></Group>}
        {!isMeeting && works && (mayMeet || (may.receive && (entry.status === 'proposed' || entry.own))) && (
          <Group gap="xs" className="no-print" align="flex-start">
            {mayMeet && <Button variant="light" onClick={() => setIsMeeting(true)}>{t('meet')}</Button>}
            {mayMeet && entry.kind === 'readiness' && entry.status === 'open' && <ReasonButton place={`${placeText(place)}/${at} propose-waiver`} label={t('propose-waiver')} busy={doing.isPending} act={(reason) => doing.mutateAsync({ at: `${at}/waiver`, body: { reason } })} />}
            {entry.own && may.receive && <Button variant="subtle" loading={doing.isPending} aria-label={t('drop-criterion', { name: entry.name })} onClick={() => doing.mutate({ at: `${at}/drop`, body: {} })}>{t('drop')}</Button>}
            {entry.status === 'proposed' && may.receive && <>
              <Button variant="default" loading={doing.isPending} onClick={() => doing.mutate({ at: `${at}/waiver/answer`, body: { accept: true } })}>{t('accept-waiver')}</Button>
              <ReasonButton place={`${placeText(place)}/${at} refuse-waiver`} label={t('refuse-waiver')} busy={doing.isPending} act={(reason) => doing.mutateAsync({ at: `${at}/waiver/answer`, body: { accept: false, reason } })} />
            </>}
          </Group>
        )}
        {doing.error && <ProblemAlert error={doing.error} />}
      </Stack>
    </li>
  );
}

function Entries({ kind, ...parts }: Parts & { readonly kind: Entry['kind'] }): React.JSX.Element | null {
  const { t } = useTranslation('handover');
  const entries = parts.service.entries.filter((each) => each.kind === kind);
  if (entries.length === 0) return null;
  const settled = entries.filter(isSettled);
  const met = settled.length;
  return (
    <Stack component="section" gap="xs">
      <Title order={3}>{t(`kind-${kind}`)} <Text span c="dimmed">{t('met-of', { met, asked: entries.length })}</Text></Title>
      <ul className={classes['list']}>{[...entries.filter((each) => !isSettled(each)), ...settled].map((entry) => <EntryRow key={`${entry.key} ${entry.status}`} {...parts} entry={entry} />)}</ul>
    </Stack>
  );
}

/** What was shown in a session, as it is sent: named by its address where nothing is said. */
function shownMaterial({ name, url }: { readonly name: string; readonly url: string }): { readonly material?: readonly object[] } {
  const [called, address] = [name.trim(), url.trim()];
  return called === '' && address === '' ? {} : { material: [{ name: called || address, ...(address !== '' && { url: address }) }] };
}

function SessionRow({ place, handover, service, may, session }: Parts & { readonly session: Session }): React.JSX.Element {
  const { t } = useTranslation('handover');
  const doing = useDo(place);
  const [at, setAt] = useState('');
  const [there, setThere] = useState<string[]>([]);
  const [material, setMaterial] = useState({ name: '', url: '' });
  const [asked, setAsked] = useState<'plan' | 'hold'>();
  const { data: view } = useSuspenseQuery(projectQuery(place.project));
  const receiving = new Set(handover.teams.filter(({ key }) => service.teams.some((team) => team.key === key)).flatMap(({ roles }) => roles.map(({ key }) => key)));
  const receivers = [...new Map(view.roles.filter(({ key }) => receiving.has(key)).flatMap(({ persons }) => persons.map(({ id, name }) => [id, name]))).entries()];
  const path = `${atService(service.service)}/sessions/${encodeURIComponent(session.key)}`;
  const works = isWorkable(handover, service);
  const isComing = session.status === 'wanted' || session.status === 'planned';
  return (
    <li>
      <Stack gap={6}>
        <Group justify="space-between" gap="xs" align="flex-start">
          <div>
            <Text fw={500} className="said">{session.name ?? t('session')} <Text span c="dimmed">· {t(`session-${session.kind}`)}</Text></Text>
            <Text size="sm" c="dimmed">{session.heldAt === null ? session.at !== null && <Day at={session.at} /> : <Day at={session.heldAt} />}{session.attended.length > 0 && ` · ${t('attended', { names: session.attended.map(({ name }) => name).join(', ') })}`}</Text>
          </div>
          <Badge color={SESSION_TONES[session.status]} variant="light">{t(`session-is-${session.status}`)}</Badge>
        </Group>
        {session.wanted !== null && <Text size="sm" className="said">{t('wanted-said', { what: session.wanted })}</Text>}
        {session.missing !== null && <Text size="sm" className="said">{t('missing-said', { what: session.missing })}</Text>}
        {session.material.length > 0 && (
          <div>
            <Text size="sm" c="dimmed">{t('material')}</Text>
            {/* oxlint-disable-next-line react/no-array-index-key -- documents are what stands in them, at their place */}
            {session.material.map((each, place) => <Text key={place} size="sm" component="div"><EvidenceValue field={undefined} value={each} /></Text>)}
          </div>
        )}
        {works && ((isComing && may.tell) || (session.status === 'held' && may.receive)) && (
          <Group gap="xs" className="no-print" align="flex-end">
            {isComing && may.tell && asked === undefined && <>
              <Button variant="light" onClick={() => setAsked('hold')}>{t('hold-session')}</Button>
              <Button variant="default" onClick={() => setAsked('plan')}>{t('plan-session')}</Button>
            </>}
            {isComing && may.tell && asked === 'plan' && <>
              <TextInput type="datetime-local" aria-label={t('session-at', { name: session.name ?? t('session') })} value={at} onChange={(event) => setAt(event.currentTarget.value)} />
              <Button disabled={fromField(at) === undefined} loading={doing.isPending} onClick={() => doing.mutate({ at: `${path}/plan`, body: { at: fromField(at) } }, { onSuccess: () => { setAt(''); setAsked(undefined); } })}>{t('plan-session')}</Button>
              <Button variant="subtle" onClick={() => setAsked(undefined)}>{t('cancel')}</Button>
            </>}
            {isComing && may.tell && asked === 'hold' && <>
              <MultiSelect aria-label={t('who-was-there', { name: session.name ?? t('session') })} placeholder={there.length === 0 ? t('who-was-there-short') : ''} w={280} data={receivers.map(([value, label]) => ({ value, label }))} value={there} onChange={setThere} />
              <TextInput label={t('material-name')} maxLength={300} value={material.name} onChange={(event) => setMaterial({ ...material, name: event.currentTarget.value })} />
              <TextInput type="url" label={t('material-url')} placeholder="https://" value={material.url} onChange={(event) => setMaterial({ ...material, url: event.currentTarget.value })} />
              <Button disabled={there.length === 0} loading={doing.isPending} onClick={() => doing.mutate({ at: `${path}/hold`, body: { heldAt: new Date().toISOString(), attended: there, ...shownMaterial(material) } }, { onSuccess: () => { setThere([]); setAsked(undefined); } })}>{t('hold-session')}</Button>
              <Button variant="subtle" onClick={() => setAsked(undefined)}>{t('cancel')}</Button>
            </>}
            {session.status === 'held' && may.receive && <>
              <Button loading={doing.isPending} onClick={() => doing.mutate({ at: `${path}/confirm`, body: {} })}>{t('confirm-session')}</Button>
              <ReasonButton place={`${placeText(place)}/${path} missing`} label={t('session-incomplete')} busy={doing.isPending} act={(missing) => doing.mutateAsync({ at: `${path}/missing`, body: { missing } })} />
            </>}
          </Group>
        )}
        {doing.error && <ProblemAlert error={doing.error} />}
      </Stack>
    </li>
  );
}

const KINDS = ['session', 'shadowing', 'reverse-shadowing'] as const;

/** A session that the template does not ask for. */
function MoreSession({ place, service }: Pick<Parts, 'place' | 'service'>): React.JSX.Element {
  const { t } = useTranslation('handover');
  const [isOpen, setIsOpen] = useState(false);
  const [subject, setSubject] = useState('');
  const [kind, setKind] = useState<(typeof KINDS)[number]>('session');
  const doing = useDo(place, () => { setIsOpen(false); setSubject(''); });
  if (!isOpen) return <Button className="no-print" variant="default" w="fit-content" onClick={() => setIsOpen(true)}>{t('add-session')}</Button>;
  return (
    <Stack component="form" gap="sm" className="no-print reading" onSubmit={(event) => { event.preventDefault(); doing.mutate({ at: `${atService(service.service)}/sessions`, body: { subject, kind } }); }}>
      <Group gap="sm" align="flex-end">
        <TextInput label={t('session-subject')} required maxLength={300} flex="1 1 16rem" value={subject} onChange={(event) => setSubject(event.currentTarget.value)} />
        <Select label={t('session-kind')} allowDeselect={false} w={200} data={KINDS.map((value) => ({ value, label: t(`session-${value}`) }))} value={kind} onChange={(next) => setKind(next ?? kind)} />
      </Group>
      <Group gap="sm"><Button type="submit" disabled={subject.trim() === ''} loading={doing.isPending}>{t('add')}</Button><Button variant="subtle" onClick={() => setIsOpen(false)}>{t('cancel')}</Button></Group>
      {doing.error && <ProblemAlert error={doing.error} />}
    </Stack>
  );
}

function SignOff({ place, handover, service, may }: Parts): React.JSX.Element {
  const { t } = useTranslation('handover');
  const doing = useDo(place);
  const { status, approval, reason, missing, at, wanted } = service.signOff;
  const asks = isWorkable(handover, service) && may.give && !wanted && (status === 'waiting' || status === 'refused');
  return (
    <Stack component="section" gap="xs">
      <Title order={3}>{t('sign-off')}</Title>
      <Group gap="xs"><Badge variant="light" color={status.startsWith('signed') ? 'green' : status === 'refused' ? 'orange' : status === 'open' ? 'blue' : 'gray'}>{t(`sign-off-${status}`)}</Badge>{at !== null && <Text size="sm" c="dimmed"><When at={at} /></Text>}</Group>
      {status !== 'open' && !status.startsWith('signed') && service.missing.length > 0 && <Text size="sm">{service.missing.length > NAMED ? t('waits-for-many', { count: service.missing.length }) : t('waits-for', { what: service.missing.map(({ name }) => name).join(', ') })}</Text>}
      {wanted && status === 'waiting' && <Text size="sm" c="dimmed">{t('asked-by-itself')}</Text>}
      {reason !== null && <Text size="sm" className="said">{reason}</Text>}
      {missing.length > 0 && <Text size="sm">{t('found-missing', { what: missing.map(({ name }) => name).join(', ') })}</Text>}
      <Group gap="sm" className="no-print">
        {approval !== null && <RoomButton to="/approvals/$" params={{ _splat: approval }}>{t('go-to-sign-off')}</RoomButton>}
        {asks && <Button variant="default" disabled={service.missing.length > 0} loading={doing.isPending} onClick={() => doing.mutate({ at: `${atService(service.service)}/sign-off`, body: {} })}>{t('ask-sign-off')}</Button>}
      </Group>
      {doing.error && <ProblemAlert error={doing.error} />}
    </Stack>
  );
}

export function Board(parts: Parts): React.JSX.Element {
  const { t } = useTranslation('handover');
  const { place, handover, service, may } = parts;
  const mayAdd = isWorkable(handover, service) && may.tell;
  return (
    <Stack gap="xl">
      <Stack gap={4}>
      <Text size="sm">{t('received-by', { teams: service.teams.map(({ name }) => name).join(', ') })}{service.owner && ` · ${t('owned-by', { name: service.owner.name })}`}</Text>
      {service.levels.length > 0 && <Text size="sm">{service.levels.map(({ name, target, unit }) => `${labelOf(name ?? t('erased'))} ${numberText(target)} ${t(`unit-${unit}`)}`.trim()).join(' · ')}</Text>}
      {service.adopted && <Text size="sm" className="said">{service.adopted.accepted ? t('adopted-accepted', { day: dayText(noon(service.adopted.accepted.on)), who: service.adopted.accepted.by ?? t('erased') }) : t('adopted-since', { day: dayText(noon(service.adopted.since)) })}</Text>}
      {service.handedBack && <Text size="sm" className="said">{t('handed-back-said', { name: service.handedBack.by.name, why: service.handedBack.reason ?? t('erased') })}</Text>}
      </Stack>
      <ServiceFacts {...parts} />
      <SignOff {...parts} />
      <Conditions {...parts} />
      <Entries {...parts} kind="criterion" />
      <Entries {...parts} kind="readiness" />
      {(service.sessions.length > 0 || mayAdd) && (
        <Stack component="section" gap="xs">
          <Title order={3}>{t('knowledge')}</Title>
          <ul className={classes['list']}>{service.sessions.map((session) => <SessionRow key={session.key} {...parts} session={session} />)}</ul>
          {mayAdd && <MoreSession place={place} service={service} />}
        </Stack>
      )}
      <Articles {...parts} />
    </Stack>
  );
}
