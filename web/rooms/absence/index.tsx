/** Who is away and who stands in: mine, and of those for whom I may say it. */
import { Checkbox, Select, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Structure } from '../../app/fallbacks';
import { isOffice, useMe } from '../../data/me';
import { peopleQuery } from '../../data/project';
import { Page } from '../../parts/page';
import { ProblemAlert } from '../../parts/problem';
import { ReportAbsence } from './form';
import { Delegations } from './list';
import { delegationsQuery } from './queries';

const route = getRouteApi('/inside/absence');

export function Absence(): React.JSX.Element {
  const { t } = useTranslation('absence');
  const { person: asked, ended = false } = route.useSearch();
  const navigate = useNavigate({ from: '/absence' });
  const me = useMe();
  const of = asked === me.id ? undefined : asked;
  const people = useQuery({ ...peopleQuery(), enabled: isOffice(me) || of !== undefined });
  const query = useQuery(delegationsQuery(of, ended));
  const others = (isOffice(me) ? people.data ?? [] : me.reports).filter(({ id }) => id !== me.id);
  const person = of === undefined ? undefined : { id: of, name: [...others, ...people.data ?? []].find(({ id }) => id === of)?.name ?? of };
  const may = of === undefined || others.some(({ id }) => id === of);
  const absent = query.data?.filter((each) => each.absent.id === (of ?? me.id)) ?? [];
  const standsIn = query.data?.filter((each) => each.delegate.id === (of ?? me.id)) ?? [];
  return (
    <Page title={person ? t('title-of', { name: person.name }) : t('title')} action={others.length > 0 && (
      <Select aria-label={t('whose')} w={{ base: '100%', xs: 260 }} searchable allowDeselect={false} nothingFoundMessage={t('nobody-found')} value={of ?? me.id} data={[{ value: me.id, label: t('mine') }, ...others.map(({ id, name }) => ({ value: id, label: name }))]}
        onChange={(id) => void navigate({ search: (before) => ({ ...(before.ended && { ended: true }), ...(id !== null && id !== me.id && { person: id }) }) })} />
    )}>
      {query.error && <ProblemAlert error={query.error} again={() => void query.refetch()} />}
      {query.isPending && <Structure />}
      {query.data && (
        <>
          {absent.length > 0 && <Stack component="section" gap="xs"><Title order={2}>{person ? t('absences-of', { name: person.name }) : t('absences')}</Title><Delegations delegations={absent} names="delegate" mayEnd={may} /></Stack>}
          {standsIn.length > 0 && <Stack component="section" gap="xs"><Title order={2}>{person ? t('stands-in-of', { name: person.name }) : t('i-stand-in')}</Title><Delegations delegations={standsIn} names="absent" mayEnd={of === undefined || isOffice(me)} /></Stack>}
          {query.data.length === 0 && <Text c="dimmed" className="reading">{person ? t('none-of', { name: person.name }) : t('none')}</Text>}
          <Checkbox label={t('also-ended')} checked={ended} onChange={(event) => { const { checked } = event.currentTarget; void navigate({ search: (before) => ({ ...(before.person !== undefined && { person: before.person }), ...(checked && { ended: true }) }), replace: true }); }} />
          {may && <ReportAbsence key={of ?? 'me'} person={person} />}
        </>
      )}
    </Page>
  );
}
