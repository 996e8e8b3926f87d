/** When projects of a version or a draft would end: played many times, and compared with what is supposed otherwise. */
import { Alert, Group, Loader, Stack, Text, Title } from '@mantine/core';
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { language } from '../../app/i18n';
import { answerOf, api } from '../../data/api';
import { dayOf } from '../../parts/days';
import { ProblemAlert } from '../../parts/problem';
import type { Template } from '../start/template';
import type { Question } from './moving';
import type { PartProps } from './parts';
import { Compared, Critical, Ends, Gates, Load } from './simulation-result';
import { isSupposed, NOTHING_SUPPOSED, type Supposed, toWhatIf } from './supposed';
import { WhatIf } from './what-if';

const RUNS = 200;

const simulationQuery = (question: Question, start: string, supposed: Supposed) => queryOptions({
  queryKey: ['simulation', question, start, supposed, language()], staleTime: Infinity, placeholderData: keepPreviousData,
  queryFn: ({ signal }) => answerOf(api.POST('/api/v1/templates/simulate', { body: { ...question, start, runs: RUNS, ...(isSupposed(supposed) && { whatIf: toWhatIf(supposed) }) }, signal })),
});

const today = (): string => dayOf(Date.now());

export function Simulation({ question, template }: { readonly question: Question; readonly template: Template }): React.JSX.Element {
  const { t } = useTranslation('simulation');
  const [asked, setAsked] = useState({ start: today(), supposed: NOTHING_SUPPOSED });
  const simulation = useQuery(simulationQuery(question, asked.start, asked.supposed));
  const { result = null, whatIf = null, problems = [] } = simulation.data ?? {};
  return (
    <Stack gap="xl">
      <Text size="sm" c="dimmed" className="reading">{t('hint')}</Text>
      {simulation.isError && <ProblemAlert error={simulation.error} again={() => void simulation.refetch()} />}
      {simulation.isFetching && <Group gap="sm" wrap="nowrap" role="status"><Loader size="sm" aria-hidden /><Text size="sm">{t('playing', { runs: RUNS })}</Text></Group>}
      {problems.length > 0 && <Alert color="red" role="alert" title={t('wrong')}>{problems.map(({ pointer, detail }) => <Text key={pointer + detail} size="sm" className="said">{pointer} {detail}</Text>)}</Alert>}
      {result && (
        <>
          <section><Title order={2} mb="sm">{t('when')}</Title><Ends result={result} other={whatIf?.result} wanted={RUNS} /></section>
          {whatIf && <section><Title order={2} mb="sm">{t('compared')}</Title><Compared whatIf={whatIf} before={result} /></section>}
        </>
      )}
      {!simulation.isPending && (
        <section><Title order={2} mb={4}>{t('what-if')}</Title><WhatIf template={template} busy={simulation.isFetching} ask={(start, supposed) => setAsked({ start, supposed })} start={asked.start} /></section>
      )}
      {result && (
        <>
          <section><Title order={2} mb={4}>{t('critical')}</Title><Critical result={whatIf?.result ?? result} /></section>
          <section><Title order={2} mb={4}>{t('load')}</Title><Load result={whatIf?.result ?? result} /></section>
          {result.gates.length > 0 && <section><Title order={2} mb="sm">{t('gates')}</Title><Gates result={whatIf?.result ?? result} /></section>}
        </>
      )}
    </Stack>
  );
}

export function SimulationPart({ template }: PartProps): React.JSX.Element {
  return <Simulation key={template.version} question={{ template: template.key, version: template.version }} template={template} />;
}
