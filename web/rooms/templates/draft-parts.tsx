/** What a draft means, below its text: roles and parameters, simulation, differences, running projects. */
import { Stack, Tabs, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Structure } from '../../app/fallbacks';
import { mayStart, useMe } from '../../data/me';
import { part } from '../../parts/part';
import { ProblemAlert } from '../../parts/problem';
import { templatesQuery, type Template } from '../start/template';
import { DifferenceView } from './difference';
import { draftDifferenceQuery } from './draft-difference';
import { namesOf } from './names';
import { Outline } from './outline';
import { RunningProjects } from './running';

const Simulation = part(() => import('./simulation'), 'Simulation');

interface Props {
  readonly text: string;
  readonly template: Template;
  /** Whether the text can be published: else only what was understood of it is told. */
  readonly isRight: boolean;
}

function DraftDifference({ text, template }: Omit<Props, 'isRight'>): React.JSX.Element {
  const { t } = useTranslation('templates');
  const published = useQuery(templatesQuery());
  const highest = published.data?.find(({ key }) => key === template.key)?.versions[0]?.version;
  const difference = useQuery(draftDifferenceQuery(template.key, highest ?? '', text));
  if (published.data && highest === undefined) return <Text>{t('first-version')}</Text>;
  if (difference.isError) return <ProblemAlert error={difference.error} again={() => void difference.refetch()} />;
  return difference.data ? <DifferenceView difference={difference.data} /> : <Structure />;
}

export function DraftParts({ text, template, isRight }: Props): React.JSX.Element {
  const { t } = useTranslation('templates');
  const me = useMe();
  const [tab, setTab] = useState('outline');
  const tabs = ['outline', ...(mayStart(me) ? ['simulation'] : []), 'difference', ...(mayStart(me) ? ['projects'] : [])] as const;
  const labels = { 'outline': t('tab-outline'), 'simulation': t('tab-simulation'), 'difference': t('tab-difference'), 'projects': t('tab-running') };
  return (
    <Tabs value={tab} onChange={(chosen) => setTab(chosen ?? 'outline')} keepMounted={false}>
      <Tabs.List aria-label={t('draft-parts')}>{tabs.map((each) => <Tabs.Tab key={each} value={each}>{labels[each as keyof typeof labels]}</Tabs.Tab>)}</Tabs.List>
      <Tabs.Panel value={tab} pt="lg">
        <Stack gap="md">
          {tab === 'outline' && <Outline template={template} />}
          {tab !== 'outline' && !isRight && <Text c="dimmed">{t('draft-not-right')}</Text>}
          {isRight && tab === 'simulation' && <Suspense fallback={<Structure />}><Simulation key={text} question={{ text }} template={template} /></Suspense>}
          {isRight && tab === 'difference' && <DraftDifference text={text} template={template} />}
          {isRight && tab === 'projects' && <RunningProjects key={text} question={{ text }} parameters={template.parameters ?? []} nameOf={namesOf(template)} />}
        </Stack>
      </Tabs.Panel>
    </Tabs>
  );
}
