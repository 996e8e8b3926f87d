/** The handover of a phase: may operations take the services over, and what is missing. */
import { Alert, Badge, Button, Group, MultiSelect, SegmentedControl, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQuery, useSuspenseQueries } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Structure } from '../../app/fallbacks';
import { language } from '../../app/i18n';
import { planQuery, projectQuery } from '../../data/project';
import { useChosenInSight } from '../../parts/in-sight';
import { RoomLink } from '../../parts/link';
import { Page } from '../../parts/page';
import { part } from '../../parts/part';
import { ProblemAlert } from '../../parts/problem';
import classes from './handover.module.css';
import { type Handover as View, handoverQuery, inventoryQuery, type May, type Place, serviceQuery, useDo, useMayInHandover } from './queries';
import { type HandoverSearch, VIEWS } from './search';

const ROOMS = {
  board: part(() => import('./board'), 'Board'),
  support: part(() => import('./support'), 'SupportView'),
  document: part(() => import('./document'), 'DocumentView'),
} as const;

const route = getRouteApi('/inside/projects/$project/phases/$phase/handover');
const TONES = { 'preparing': 'gray', 'early-life': 'blue', 'handed-back': 'orange', 'transferred': 'green', 'withdrawn': 'gray' } as const;

/** Of an inventory of thousands so many are offered at once: the others are found by their name. */
const OFFERED = 100;

function AddService({ place, isFirst }: { readonly place: Place; readonly isFirst: boolean }): React.JSX.Element {
  const { t } = useTranslation('handover');
  const [isOpen, setIsOpen] = useState(isFirst);
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<string[]>([]);
  const doing = useDo(place, () => { setName(''); setChosen([]); });
  const { data: { items } = { items: [] } } = useQuery({ ...inventoryQuery(place), enabled: isOpen });
  const add = (services: readonly object[]): void => doing.mutate({ at: 'services', body: { services } });
  const leave = (): void => { setIsOpen(false); setName(''); setChosen([]); doing.reset(); };
  if (!isOpen) return <Button className="no-print" variant="default" w="fit-content" onClick={() => setIsOpen(true)}>{t('add-service')}</Button>;
  return (
    <Stack gap="sm" className="no-print reading">
      <Group component="form" gap="sm" align="flex-end" onSubmit={(event) => { event.preventDefault(); if (name.trim() !== '') add([{ name }]); }}>
        <TextInput label={t('add-service')} maxLength={200} flex="1 1 16rem" value={name} onChange={(event) => setName(event.currentTarget.value)} />
        <Button type="submit" variant="default" disabled={name.trim() === ''} loading={doing.isPending}>{t('add')}</Button>
        {!isFirst && <Button variant="subtle" onClick={leave}>{t('cancel')}</Button>}
      </Group>
      {items.length > 0 && (
        <Group component="form" gap="sm" align="flex-end" onSubmit={(event) => { event.preventDefault(); add(items.filter(({ key }) => chosen.includes(key)).map(({ key, name: called }) => ({ name: called, item: key }))); }}>
          <MultiSelect label={t('from-inventory')} flex="1 1 16rem" searchable clearable hidePickedOptions limit={OFFERED} data={items.map(({ key, name: label }) => ({ value: key, label }))} value={chosen} onChange={setChosen} />
          <Button type="submit" variant="default" disabled={chosen.length === 0} loading={doing.isPending} aria-label={t('add-from-inventory')}>{t('add')}</Button>
        </Group>
      )}
      {doing.error && <ProblemAlert error={doing.error} />}
    </Stack>
  );
}

/** With more services than these one is found by its name, and the others scroll. */
const MANY = 12;

/** Each service with how far it is. */
function Services({ handover, chosen, choose }: { readonly handover: View; readonly chosen: string | undefined; readonly choose: (service: string) => void }): React.JSX.Element {
  const { t } = useTranslation('handover');
  const [wanted, setWanted] = useState('');
  const isMany = handover.services.length > MANY;
  const row = useChosenInSight<HTMLUListElement>(chosen ?? '');
  const words = wanted.trim().toLocaleLowerCase(language());
  const shown = words === '' ? handover.services : handover.services.filter(({ name }) => name?.toLocaleLowerCase(language()).includes(words));
  const list = (
    <ul ref={row} className={`no-print ${classes['services'] ?? ''}`} data-row={isMany ? undefined : true} aria-label={t('services')}>
      {shown.map(({ service, name, status, met, asked, missing, conditions, signOff, overdue }) => (
        <li key={service}>
          <button type="button" className={classes['service']} aria-current={service === chosen ? 'true' : undefined} data-active={service === chosen || undefined} onClick={() => choose(service)}>
            <Text fw={600} className="said">{name ?? t('erased')}</Text>
            <Group gap={6}><Badge variant="light" color={TONES[status]}>{t(`status-${status}`)}</Badge>{signOff.approval !== null && <Badge variant="light" color="blue">{t('waits-for-signature')}</Badge>}{conditions.some((each) => each.status === 'expired') ? <Badge variant="light" color="red">{t('condition-expired')}</Badge> : conditions.some((each) => each.status === 'open') && <Badge variant="light" color="yellow">{t('under-condition')}</Badge>}{overdue > 0 && <Badge variant="light" color="red">{t('overdue-count', { count: overdue })}</Badge>}</Group>
            {(status === 'preparing' || status === 'handed-back') && <Text size="sm" c="dimmed">{t('met-of', { met, asked })}{missing.length > 0 && ` · ${t('missing-count', { count: missing.length })}`}</Text>}
          </button>
        </li>
      ))}
    </ul>
  );
  if (!isMany) return list;
  return (
    <Stack gap="sm" className="no-print">
      <TextInput type="search" label={t('find-service')} maw={320} value={wanted} onChange={(event) => setWanted(event.currentTarget.value)} />
      <Text size="sm" c="dimmed" role="status">{t('shown-of', { shown: shown.length, all: handover.services.length })}</Text>
      <div className={classes['many']} tabIndex={0} role="region" aria-label={t('services')}>{list}</div>
    </Stack>
  );
}

/** What somebody else has to take: who did has left. */
function Unmanned({ unmanned }: { readonly unmanned: View['unmanned'] }): React.JSX.Element | null {
  const { t } = useTranslation('handover');
  if (unmanned.length === 0) return null;
  return (
    <Alert color="orange" title={t('unmanned')}>
      <ul className={classes['plain']}>
        {unmanned.map(({ what, of, role, person }) => <li key={`${what}/${of?.key ?? ''}/${person?.id ?? ''}`} className="said">{t(`unmanned-${what}`, { of: of?.name ?? '', role: role?.name ?? '', person: person?.name ?? '' })}</li>)}
      </ul>
    </Alert>
  );
}

function One({ place, handover, service, search, set, managerRole }: { readonly place: Place; readonly handover: View; readonly service: string; readonly search: HandoverSearch; readonly set: (changed: HandoverSearch) => void; readonly managerRole: string }): React.JSX.Element {
  const { t } = useTranslation('handover');
  const query = useQuery(serviceQuery(place, service));
  const may: May = useMayInHandover(handover, managerRole, query.data?.teams);
  if (query.error && !query.data) return <ProblemAlert error={query.error} again={() => void query.refetch()} />;
  if (!query.data) return <Structure />;
  const hasSupport = query.data.status !== 'preparing' && query.data.status !== 'withdrawn';
  const views = VIEWS.filter((each) => each !== 'support' || hasSupport);
  const { view: chosen = query.data.status === 'early-life' ? 'support' : 'board' } = search;
  const view = views.includes(chosen) ? chosen : 'board';
  const Room = ROOMS[view];
  return (
    <Stack gap="lg">
      <Group justify="space-between" gap="sm">
        <Title order={2} className={`said ${view === 'document' ? 'no-print' : ''}`}>{query.data.name ?? t('erased')}</Title>
        <SegmentedControl className={`no-print ${classes['views'] ?? ''}`} aria-label={t('view')} value={view} onChange={(next) => set({ view: next as (typeof VIEWS)[number] })} data={views.map((each) => ({ value: each, label: t(`view-${each}`) }))} />
      </Group>
      <Unmanned unmanned={handover.unmanned.filter((each) => each.service === service)} />
      <Suspense fallback={<Structure />}><Room key={service} place={place} handover={handover} service={query.data} may={may} /></Suspense>
    </Stack>
  );
}

export function Handover(): React.JSX.Element {
  const { t } = useTranslation('handover');
  const { project, phase } = route.useParams();
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/projects/$project/phases/$phase/handover' });
  const place = { project, phase };
  const [{ data: handover }, { data: plan }, { data: view }] = useSuspenseQueries({ queries: [handoverQuery(place), planQuery(project), projectQuery(project)] });
  const may = useMayInHandover(handover, plan.managerRole.key, undefined);
  const set = (changed: HandoverSearch): void => void navigate({ search: (before) => ({ ...before, ...changed }), replace: true, resetScroll: false });
  const chosen = handover.services.find(({ service }) => service === search.service)?.service ?? handover.services[0]?.service;
  return (
    <Page title={handover.phaseName}>
      <Stack gap={4} className={classes['where']}>
        <Text className="said"><RoomLink to="/projects/$project" params={{ project }} underline="always">{view.name ?? t('nameless')}</RoomLink></Text>
        <Text size="sm" c="dimmed">{t(`reached-${handover.reached}`)}{handover.isHeld && ` · ${t('held')}`}</Text>
      </Stack>
      {handover.services.length === 0 && <Text c="dimmed">{t('no-services')}</Text>}
      {handover.services.length > 0 && <Services handover={handover} chosen={chosen} choose={(service) => set({ service })} />}
      {may.give && handover.isOpen && !handover.isHeld && <AddService place={place} isFirst={handover.services.length === 0} />}
      {chosen !== undefined && <One key={chosen} place={place} handover={handover} service={chosen} search={search} set={set} managerRole={plan.managerRole.key} />}
    </Page>
  );
}
