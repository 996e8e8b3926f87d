/** The anonymous pulse of a team: answered once by each of its people, shown when nobody answers any more and from four answers on. */
import { Alert, Button, Group, Radio, Stack, Text, Title, VisuallyHidden } from '@mantine/core';
import { IconCheck, IconLock } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api, ApiProblem, type Schema } from '../../data/api';
import { part } from '../../parts/part';
import { ProblemAlert } from '../../parts/problem';
import classes from './pulse.module.css';
import { tenths } from './tenths';
import { pathOf, pulseQuery, pulseTrendQuery, type SprintPlace } from './queries';

type PulseView = Schema<'Pulse'>;
type Result = Schema<'PulseAnswer'>;

/** The feed tells nobody that somebody answered: while it is open it is looked at again now and then. */
const LOOK_AGAIN_MS = 20_000;
const VALUES = [1, 2, 3, 4, 5] as const;
const Trend = part(() => import('./pulse-trend'), 'PulseTrend');

/** Answering and closing are no commands: nothing of them is kept that could be told apart. */
function useAct(at: SprintPlace, act: 'answer' | 'close') {
  const client = useQueryClient();
  return useMutation({
    retry: false,
    mutationFn: (answers: Readonly<Record<string, number>>) => (act === 'answer'
      ? answerOf(api.POST('/api/v1/projects/{project}/phases/{phase}/sprints/{team}/{number}/pulse/answer', { params: { path: pathOf(at) }, body: { answers } }))
      : answerOf(api.POST('/api/v1/projects/{project}/phases/{phase}/sprints/{team}/{number}/pulse/close', { params: { path: pathOf(at) }, body: {} }))),
    onSettled: () => Promise.all([client.invalidateQueries({ queryKey: pulseQuery(at).queryKey }), client.invalidateQueries({ queryKey: pulseTrendQuery(at, at.team).queryKey })]),
  });
}

function Questions({ pulse, at }: { readonly pulse: PulseView; readonly at: SprintPlace }): React.JSX.Element {
  const { t } = useTranslation('agile');
  const [given, setGiven] = useState<Readonly<Record<string, number>>>({});
  const sending = useAct(at, 'answer');
  const isWhole = pulse.questions.every(({ key }) => given[key] !== undefined);
  // Who is told that they answered before did: a first try had arrived.
  const failed = sending.error instanceof ApiProblem && sending.error.problem?.code === 'pulse-answered' ? null : sending.error;
  return (
    <Stack component="form" gap="lg" maw={720} onSubmit={(event) => { event.preventDefault(); sending.mutate(given); }}>
      <Alert variant="light" color="blue" icon={<IconLock aria-hidden />} title={t('pulse-promise')}><Text size="sm">{t('pulse-promise-text', { needs: pulse.needs })}</Text></Alert>
      {pulse.questions.map(({ key, name }) => (
        <Radio.Group key={key} label={name} value={given[key] === undefined ? null : String(given[key])} onChange={(value) => setGiven((before) => ({ ...before, [key]: Number(value) }))}>
          <div className={classes['scale']}>
            <Text size="xs" c="dimmed" aria-hidden>{t('pulse-least')}</Text>
            <Group gap={0} wrap="nowrap" className={classes['values']}>
              {VALUES.map((value) => <Radio key={value} value={String(value)} label={<>{value}{value === 1 && <VisuallyHidden>, {t('pulse-least')}</VisuallyHidden>}{value === 5 && <VisuallyHidden>, {t('pulse-most')}</VisuallyHidden>}</>} />)}
            </Group>
            <Text size="xs" c="dimmed" aria-hidden>{t('pulse-most')}</Text>
          </div>
        </Radio.Group>
      ))}
      {failed && <ProblemAlert error={failed} />}
      <Group gap="sm"><Button type="submit" disabled={!isWhole} loading={sending.isPending}>{t('pulse-send')}</Button><Text size="sm" c="dimmed">{t(isWhole ? 'pulse-for-good' : 'pulse-answer-all')}</Text></Group>
    </Stack>
  );
}

/** One statement with how often each value was given: the bar carries what its text says. */
function Bar({ result }: { readonly result: Result }): React.JSX.Element {
  const { t } = useTranslation('agile');
  const said = result.counts.map((count, place) => t('pulse-gave', { count, value: place + 1 })).join(', ');
  return (
    <li className={classes['result']}>
      <Text size="sm">{result.question.name}</Text>
      <div className={classes['bar']} role="img" aria-label={said} title={said}>
        {result.counts.map((count, place) => (count === 0 ? null : <span key={place} data-value={place + 1} style={{ flexGrow: count }}>{place + 1}</span>))}
      </div>
      <Text fw={600} className={classes['average']}>{tenths(result.average)}<VisuallyHidden> {t('pulse-average')}</VisuallyHidden></Text>
    </li>
  );
}

export function Pulse({ at }: { readonly at: SprintPlace }): React.JSX.Element | null {
  const { t } = useTranslation('agile');
  const query = useQuery({ ...pulseQuery(at), refetchInterval: ({ state }) => (state.data?.state === 'open' ? LOOK_AGAIN_MS : false) });
  const trend = useQuery(pulseTrendQuery(at, at.team));
  const closing = useAct(at, 'close');
  const pulse = query.data;
  if (query.error && !pulse) return <ProblemAlert error={query.error} again={() => void query.refetch()} />;
  if (!pulse || pulse.state === 'none') return null;
  const sofar = pulse.state === 'open' && <Text size="sm" role="status">{t('pulse-sofar', { count: pulse.answers, members: pulse.members })}</Text>;
  return (
    <Stack component="section" gap="sm">
      <Title order={2}>{t('pulse')}</Title>
      {pulse.state === 'waiting' && <Text size="sm" c="dimmed">{t('pulse-waiting')}</Text>}
      {pulse.state === 'too-small' && <Text size="sm" c="dimmed">{t('pulse-too-small', { needs: pulse.needs })}</Text>}
      {pulse.state === 'off' && <Text size="sm" c="dimmed">{t('pulse-off')}</Text>}
      {pulse.state === 'open' && pulse.mine === 'may' && <Questions key={`${at.team}/${at.number}`} pulse={pulse} at={at} />}
      {pulse.state === 'open' && pulse.mine === 'answered' && <Group gap={6} c="var(--on-course)"><IconCheck size={18} aria-hidden /><Text size="sm" role="status">{t('pulse-thanks')}</Text></Group>}
      {pulse.state === 'open' && pulse.mine === 'not-in-team' && <Text size="sm" c="dimmed">{t('pulse-of-team')}</Text>}
      {sofar}
      {pulse.mayClose && <Group gap="sm" className="no-print"><Button variant="default" loading={closing.isPending} onClick={() => closing.mutate({})}>{t('pulse-close')}</Button><Text size="sm" c="dimmed">{t('pulse-close-text')}</Text></Group>}
      {closing.error && <ProblemAlert error={closing.error} />}
      {pulse.results && (
        <>
          <Text size="sm" c="dimmed">{t('pulse-basis', { count: pulse.answers, members: pulse.members })}</Text>
          <ul className={classes['results']}>{pulse.results.map((result) => <Bar key={result.question.key} result={result} />)}</ul>
        </>
      )}
      {pulse.state === 'closed' && !pulse.results && <Text size="sm" c="dimmed">{t('pulse-too-few', { needs: pulse.needs })}</Text>}
      {trend.data && trend.data.length > 1 && <Suspense fallback={null}><Trend items={trend.data} /></Suspense>}
    </Stack>
  );
}
