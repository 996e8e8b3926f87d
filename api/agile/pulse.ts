/** The anonymous pulse of a team: a few questions about a sprint that is over. Why it is no command, and what is kept: ADR 19. */
import { createHash, createHmac } from 'node:crypto';
import { z } from 'zod';
import { sprintStream } from '../../domain/backlog/streams';
import type { FieldProblem } from '../../domain/errors';
import type { Key, StreamId } from '../../domain/process';
import type { SprintRow } from '../../domain/rows';
import type { Template } from '../../domain/template/schema';
import type { Deps } from '../deps';
import { type Call, endpoint } from '../http/endpoint';
import { readNames, readTemplateOf } from '../naming';
import type { Names } from '../names';
import { Problem } from '../problem';
import { PULSE_NEEDS, PULSE_VALUES, type PulseCounts } from '../reads';
import { key, namedKey, phaseParams } from '../schemas';
import { enterBacklog, SPRINT_PATH, sprintParams } from './send';

/** What a team is asked where its template says nothing; they are called by texts of our own. */
const OWN_QUESTIONS: readonly Key[] = ['goal', 'means', 'team', 'pace'];
const PULSE_PATH = `${SPRINT_PATH}/pulse`;

const result = z.strictObject({
  question: namedKey, average: z.number().meta({ description: 'To the tenth.' }),
  counts: z.array(z.int()).length(PULSE_VALUES).meta({ description: 'How often each value from 1 to 5 was given.' }),
}).meta({ id: 'PulseAnswer' });
const pulseView = z.strictObject({
  state: z.enum(['none', 'too-small', 'off', 'waiting', 'open', 'closed']).meta({
    description: '`waiting`: it opens when the time of the sprint is over. `none`: nothing is asked here. `too-small`: the team has fewer people than a result needs. `off`: this installation has no secret for it.',
  }),
  questions: z.array(namedKey), needs: z.int().meta({ description: 'Answers from which on a result is shown.' }), answers: z.int().meta({ description: 'So many have answered.' }),
  members: z.int().meta({ description: 'So many can: who was in the team when the sprint started.' }), mine: z.enum(['may', 'answered', 'not-in-team']),
  mayClose: z.boolean(), results: z.array(result).nullable().meta({ description: 'Once no answers are taken any more, and there are enough of them.' }),
}).meta({ id: 'Pulse' });
const pulseTrend = z.strictObject({ items: z.array(z.strictObject({ number: z.int(), answers: z.int(), results: z.array(result) })) }).meta({ id: 'PulseTrend' });

/** Keys of the questions of a phase. */
const questionsOf = (template: Template, phase: Key): readonly Key[] =>
  template.phases.find((each) => each.key === phase)?.iterations?.pulse?.map((each) => each.key) ?? OWN_QUESTIONS;

const called = (names: Names, phase: Key, question: Key): z.output<typeof namedKey> => ({ key: question, name: names.at(`pulse:${phase}/${question}`) ?? names.at(`pulse/${question}`) ?? question });

function resultsOf(counts: PulseCounts, order: readonly Key[], name: (question: Key) => z.output<typeof namedKey>): z.output<typeof result>[] {
  const asked = [...order.filter((each) => Object.hasOwn(counts, each)), ...Object.keys(counts).filter((each) => !order.includes(each))];
  return asked.map((question) => {
    const given = [...counts[question] ?? []];
    const all = given.reduce((sum, each) => sum + each, 0);
    return { question: name(question), counts: given, average: all === 0 ? 0 : Math.round(10 * given.reduce((sum, each, place) => sum + each * (place + 1), 0) / all) / 10 };
  });
}

/** That somebody answered about a sprint: names nobody to whom the secret is not known. */
const markOf = (secret: string, sprint: StreamId, person: string): string => createHmac('sha256', secret).update(`${sprint}\n${person}`).digest('hex');
const keyIdOf = (secret: string): string => createHash('sha256').update(`sluis pulse ${secret}`).digest('hex').slice(0, 16);

async function enterPulse(call: Pick<Call<z.output<typeof sprintParams>>, 'caller' | 'params' | 'language'>, deps: Deps) {
  const { access, backlog } = await enterBacklog(call, deps);
  const { team, number, phase } = call.params;
  const sprint = sprintStream(backlog, team, Number(number));
  const [of, found, template] = await Promise.all([deps.reads.backlog(backlog), deps.reads.sprint(sprint), readTemplateOf(deps, access)]);
  if (!found || !of) throw new Problem('unknown-sprint', { facts: { team, number } });
  const { teams, facilitator } = of.iterations;
  const closers = [...(teams.find((each) => each.key === team)?.roles ?? []), ...(facilitator === undefined ? [] : [facilitator])];
  return { access, backlog, sprint, row: found.sprint, questions: questionsOf(template, phase), closers };
}

const membersOf = ({ capacity }: SprintRow): readonly string[] => (capacity ?? []).map(({ person }) => person);

function stateOf(row: SprintRow, questions: readonly Key[], secret: string | undefined, pulse: { readonly closed: boolean; readonly keyId: string } | null): z.output<typeof pulseView>['state'] {
  if (questions.length === 0 || row.days === null) return 'none';
  if (pulse?.closed || row.status === 'closed' || row.status === 'ended') return 'closed';
  if (row.capacity !== null && row.capacity.length < PULSE_NEEDS) return 'too-small';
  if (secret === undefined) return 'off';
  if (row.status !== 'over') return 'waiting';
  return pulse !== null && pulse.keyId !== keyIdOf(secret) ? 'closed' : 'open';
}

export const pulseEndpoints = [
  endpoint({
    method: 'get', path: PULSE_PATH, id: 'getPulse', tag: 'agile', summary: 'The anonymous pulse of a team about a sprint', params: sprintParams,
    description: 'It opens when the time of the sprint is over. Its result is shown once, when everybody answered, when the team closes it or when the sprint is closed, and from four answers on.',
    answers: { 200: { description: 'The pulse.', schema: pulseView } },
    async handle(call, deps) {
      const { access, sprint, row, questions, closers } = await enterPulse(call, deps);
      const { pulseKey: secret } = deps.settings;
      const mark = secret === undefined ? '' : markOf(secret, sprint, call.caller.id);
      const [pulse, names] = await Promise.all([deps.reads.pulse(sprint, [mark]), readNames(deps, access, call.language, [], [])]);
      const state = stateOf(row, questions, secret, pulse);
      const answers = pulse?.answers ?? 0;
      const members = membersOf(row);
      const name = (question: Key) => called(names, call.params.phase, question);
      return { body: {
        state, questions: questions.map(name), needs: PULSE_NEEDS, answers, members: members.length,
        mine: pulse?.marks.includes(mark) ? 'answered' : members.includes(call.caller.id) ? 'may' : 'not-in-team',
        mayClose: state === 'open' && answers >= PULSE_NEEDS && access.roles.some((role) => closers.includes(role)),
        results: state === 'closed' && answers >= PULSE_NEEDS && pulse ? resultsOf(pulse.counts, questions, name) : null,
      } };
    },
  }),
  endpoint({
    method: 'post', path: `${PULSE_PATH}/answer`, id: 'answerPulse', tag: 'agile', refuses: [403], summary: 'Answer the pulse of my team, once', params: sprintParams, anonymous: true,
    description: 'A value from 1 (not at all) to 5 (entirely) for each question. It is added to sums and can neither be read nor changed by anybody, its giver included. It takes no idempotency key, as nothing of it is kept: '
      + 'who repeats it is told `pulse-answered`.',
    body: z.strictObject({ answers: z.record(key, z.int().min(1).max(PULSE_VALUES)).refine((given) => Object.keys(given).length <= 20) }), answers: { 204: { description: 'Counted.' } },
    async handle(call, deps) {
      const { sprint, row, questions } = await enterPulse(call, deps);
      const { pulseKey: secret } = deps.settings;
      const members = membersOf(row);
      if (!members.includes(call.caller.id)) throw new Problem('pulse-of-team');
      const state = stateOf(row, questions, secret, null);
      if (secret === undefined || state !== 'open') throw new Problem(state === 'too-small' ? 'pulse-too-few' : 'pulse-closed', { facts: { needs: PULSE_NEEDS } });
      const { answers } = call.body;
      const problems = [...questions.filter((each) => !Object.hasOwn(answers, each)).map((each): FieldProblem => ({ pointer: `/answers/${each}`, code: 'required' })),
        ...Object.keys(answers).filter((each) => !questions.includes(each)).map((each): FieldProblem => ({ pointer: `/answers/${each}`, code: 'unknown' }))];
      if (problems.length > 0) throw Problem.fields(problems);
      const { project, phase, team, number } = call.params;
      const answered = await deps.reads.answerPulse({ sprint, project, phase, team, number: Number(number) }, {
        keyId: keyIdOf(secret), mark: markOf(secret, sprint, call.caller.id), everyone: members.map((person) => markOf(secret, sprint, person)), values: answers,
      });
      if (answered !== 'counted') throw new Problem(answered === 'again' ? 'pulse-answered' : 'pulse-closed');
      return { status: 204 };
    },
  }),
  endpoint({
    method: 'post', path: `${PULSE_PATH}/close`, id: 'closePulse', tag: 'agile', refuses: [403], summary: 'Take no more answers, and show the result', params: sprintParams,
    description: 'By the team or who helps it, from four answers on. Repeating it changes nothing.', body: z.strictObject({}), answers: { 204: { description: 'Closed.' } },
    async handle(call, deps) {
      const { access, sprint, closers } = await enterPulse(call, deps);
      if (!access.roles.some((role) => closers.includes(role))) throw new Problem('not-permitted', { facts: { roles: closers } });
      if (!(await deps.reads.closePulse(sprint))) throw new Problem('pulse-too-few', { facts: { needs: PULSE_NEEDS } });
      return { status: 204 };
    },
  }),
  endpoint({
    method: 'get', path: '/projects/{project}/phases/{phase}/pulse', id: 'getPulseTrend', tag: 'agile', summary: 'How the pulse of a team went from sprint to sprint', params: phaseParams,
    query: z.strictObject({ team: key }), answers: { 200: { description: 'Sprints whose result is shown, the first first.', schema: pulseTrend } },
    async handle(call, deps) {
      const { access, backlog } = await enterBacklog(call, deps);
      const { phase } = call.params;
      const [found, template, names] = await Promise.all([deps.reads.pulses(backlog, call.query.team), readTemplateOf(deps, access), readNames(deps, access, call.language, [], [])]);
      const keys = questionsOf(template, phase);
      return { body: { items: found.map(({ number, answers, counts }) => ({ number, answers, results: resultsOf(counts, keys, (question) => called(names, phase, question)) })) } };
    },
  }),
];
