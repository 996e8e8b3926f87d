/** One version of a lifecycle: drawn as a waterway, told phase by phase, and what the office does with it. */
import { Badge, Group, Select, Tabs, Text } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Structure } from '../../app/fallbacks';
import { mayStart, useMe } from '../../data/me';
import { RoomButton } from '../../parts/link';
import { Page } from '../../parts/page';
import { part } from '../../parts/part';
import { Waterway } from '../../parts/waterway';
import { inLanguage, reachesFor, templateQuery, templatesQuery } from '../start/template';
import { Deprecate } from './deprecate';
import { Lifecycle } from './lifecycle';
import type { Tab } from './search';

const LATER = {
  simulation: part(() => import('./simulation'), 'SimulationPart'),
  difference: part(() => import('./versions'), 'Versions'),
  projects: part(() => import('./impact'), 'Impact'),
};

const route = getRouteApi('/inside/templates/$template/$version');

export function Template(): React.JSX.Element {
  const { t } = useTranslation('templates');
  const { template: key, version } = route.useParams();
  const { tab = 'lifecycle' } = route.useSearch();
  const navigate = useNavigate({ from: '/templates/$template/$version' });
  const me = useMe();
  const { data: template } = useSuspenseQuery(templateQuery(key, version));
  const { data: all } = useSuspenseQuery(templatesQuery());
  const versions = all.find((each) => each.key === key)?.versions ?? [];
  const deprecatedAt = versions.find((each) => each.version === version)?.deprecatedAt ?? null;
  const running = versions.reduce((sum, each) => sum + (each.running ?? 0), 0);
  const tabs: readonly Tab[] = mayStart(me) ? ['lifecycle', 'simulation', 'difference', 'projects'] : ['lifecycle', 'difference'];
  const shown = tabs.includes(tab) ? tab : 'lifecycle';
  const Later = shown === 'lifecycle' ? undefined : LATER[shown];
  return (
    <Page title={inLanguage(template.name)} action={mayStart(me) && deprecatedAt === null && <RoomButton to="/projects/new" search={{ template: key, version }}>{t('start')}</RoomButton>}>
      <Text className="reading">{inLanguage(template.description)}</Text>
      <Group gap="sm">
        <Select aria-label={t('version')} w={240} allowDeselect={false} value={version} data={versions.map((each) => ({ value: each.version, label: each.running === null ? each.version : t('version-runs', { version: each.version, count: each.running }) }))}
          onChange={(next) => void navigate({ params: { template: key, version: next ?? version }, search: (before) => before })} />
        {deprecatedAt !== null && <Badge variant="outline" color="gray" c="var(--at-risk)">{t('deprecated')}</Badge>}
        {mayStart(me) && <RoomButton variant="default" to="/templates/edit" search={{ from: `${key}@${version}` }}>{t('copy')}</RoomButton>}
        {mayStart(me) && deprecatedAt === null && <Deprecate template={key} name={inLanguage(template.name)} version={version} running={versions.find((each) => each.version === version)?.running ?? null} />}
      </Group>
      <Waterway reaches={reachesFor(template)} isBrief={tab !== 'lifecycle'} />
      <Tabs value={shown} onChange={(chosen) => void navigate({ search: { tab: (chosen ?? 'lifecycle') as Tab }, resetScroll: false })} keepMounted={false}>
        <Tabs.List className="no-print" aria-label={t('parts')}>
          {tabs.map((each) => <Tabs.Tab key={each} value={each}>{each === 'projects' ? t('tab-projects', { count: running }) : t(`tab-${each}`)}</Tabs.Tab>)}
        </Tabs.List>
        <Tabs.Panel value={shown} pt="lg"><Suspense fallback={<Structure />}>{Later ? <Later template={template} versions={versions} /> : <Lifecycle template={template} />}</Suspense></Tabs.Panel>
      </Tabs>
    </Page>
  );
}
