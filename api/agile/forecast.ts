/** What teams did, and when their backlog will be done by that. */
import { z } from 'zod';
import { workingDaysBetween, type WorkingCalendar } from '../../domain/calendar';
import type { Instant } from '../../domain/process';
import type { BacklogRow, ItemRow, SprintRow } from '../../domain/rows';
import { forecastBacklog, HISTORY_AT_MOST, LEAST_HISTORY, rangeOf, type TeamHistory, weeksOf, withTooLittle } from '../../domain/sprint/forecast';
import type { Deps } from '../deps';
import { endpoint } from '../http/endpoint';
import { toIso } from '../http/instant';
import { readNames } from '../naming';
import { Problem } from '../problem';
import { instant, namedKey, phaseParams, whole } from '../schemas';
import { BACKLOG_PATH, enterBacklog } from './send';
import { resultView } from './views';

const RUNS_AT_MOST = 10_000;
const SPRINTS_AT_MOST = 500;
const WEEK_DAYS = 5;
const percent = z.union([z.literal(50), z.literal(80), z.literal(95)]);

const velocity = z.strictObject({
  teams: z.array(z.strictObject({
    team: namedKey, days: z.int().meta({ description: 'Working days of a sprint; of a team in flow, of a week.' }),
    sprints: z.array(z.strictObject({ number: z.int(), overAt: instant, result: resultView })).meta({ description: 'Those that are over by time, the first first.' }),
    range: z.strictObject({ low: z.number(), median: z.number(), high: z.number() }).nullable().meta({ description: `Of the last ${HISTORY_AT_MOST}: what was delivered in each, in the unit of the backlog; in flow, items per week.` }),
  })),
}).meta({ id: 'Velocity' });

const forecastView = z.strictObject({
  enough: z.boolean().meta({ description: 'false: there is too little history to say anything.' }),
  tooLittle: z.array(z.strictObject({ team: namedKey, has: z.int(), needs: z.int() })).meta({ description: 'Teams that have too little behind them; they are left out where others have enough.' }),
  basis: z.enum(['estimates', 'items']).meta({ description: 'items: not all open items are estimated, or a team works in flow; then items are counted.' }),
  unestimated: z.int(), remaining: z.strictObject({ items: z.int(), amount: z.number() }), runs: z.int(), seed: z.int(),
  done: z.array(z.strictObject({ percent, at: instant })).meta({ description: 'With so much certainty it is done by then; without one that lies too far.' }),
  by: z.array(z.strictObject({ percent, amount: z.number(), items: z.int() })).nullable().meta({ description: 'With so much certainty at least this is done by the date asked for: an amount, and items from the top.' }),
}).meta({ id: 'BacklogForecast' });

/** Sprints of a team whose time ran out, the first first: what was cancelled, or ended with its phase, says nothing of how much a team does. */
const finished = (sprints: readonly SprintRow[], team: string): SprintRow[] => sprints.filter((sprint) => sprint.team === team && sprint.over === 'time' && sprint.result !== null).reverse();

interface Basis {
  readonly isItems: boolean;
  readonly calendar: WorkingCalendar;
  readonly now: Instant;
}

async function historiesOf(deps: Deps, { iterations: { teams } }: BacklogRow, sprints: readonly SprintRow[], backlog: string, { isItems, calendar, now }: Basis): Promise<TeamHistory[]> {
  const delivered = teams.some(({ days }) => days === undefined) ? await deps.reads.deliveries(backlog) : [];
  return teams.map(({ key, days }): TeamHistory => {
    const own = sprints.filter((sprint) => sprint.team === key);
    if (days === undefined) {
      const since = own.reduce((first, { startedAt }) => Math.min(first, startedAt ?? now), now);
      return { team: key, days: WEEK_DAYS, untilNext: WEEK_DAYS, done: weeksOf(calendar, since, now, delivered.filter(({ team }) => team === key).map(({ at, estimate }) => ({ at, amount: isItems ? 1 : estimate ?? 0 }))) };
    }
    const running = own.find(({ status }) => status === 'running');
    const done = finished(sprints, key).slice(-HISTORY_AT_MOST).map(({ result }) => (isItems ? result?.delivered.items : result?.delivered.estimate) ?? 0);
    return { team: key, days, untilNext: running?.endsAt ? workingDaysBetween(calendar, now, running.endsAt) : days, done };
  });
}

async function readCalendar(deps: Deps, project: string): Promise<WorkingCalendar> {
  const plan = await deps.reads.plan(project);
  if (!plan) throw new Problem('unknown-project');
  return plan.calendar;
}

/** What is still to be done, in order: epics are done with what belongs to them. */
async function openItems(deps: Deps, backlog: string): Promise<ItemRow[]> {
  const items = await deps.reads.items(backlog, { statuses: ['open', 'planned'] }, { limit: 5_000 });
  return items.filter(({ kind }) => kind !== 'epic');
}

export const backlogForecasts = [
  endpoint({
    method: 'get', path: '/projects/{project}/phases/{phase}/velocity', id: 'getVelocity', tag: 'agile', summary: 'What each team did in its sprints, as a range', params: phaseParams,
    answers: { 200: { description: 'By team.', schema: velocity } },
    async handle(call, deps) {
      const { access, backlog } = await enterBacklog(call, deps);
      const [row, sprints, calendar, names] = await Promise.all([
        deps.reads.backlog(backlog), deps.reads.sprints(backlog, undefined, SPRINTS_AT_MOST), readCalendar(deps, call.params.project), readNames(deps, access, call.language, [], []),
      ]);
      if (!row) throw new Problem('phase-opening');
      const now = Date.now();
      const [byEstimate, byItems] = await Promise.all([false, true].map((isItems) => historiesOf(deps, row, sprints, backlog, { isItems, calendar, now })));
      return { body: { teams: row.iterations.teams.map(({ key, days }, index) => ({
        team: { key, name: names.at(`team:${row.phase}/${key}`) ?? key, }, days: days ?? WEEK_DAYS,
        sprints: days === undefined ? [] : finished(sprints, key).flatMap(({ number, overAt, result }) => (result && overAt !== null ? [{ number, overAt: toIso(overAt), result }] : [])),
        range: rangeOf((days === undefined ? byItems : byEstimate)?.[index]?.done ?? []),
      })) } };
    },
  }),
  endpoint({
    method: 'get', path: `${BACKLOG_PATH}/forecast`, id: 'forecastBacklog', tag: 'agile', summary: 'When the backlog will be done, by what its teams did before', params: phaseParams,
    description: `What teams did in their last sprints (in flow: weeks) is drawn at random for those to come, many times. A team counts once it has ${LEAST_HISTORY} behind it.`,
    query: z.strictObject({
      runs: whole(1, RUNS_AT_MOST).default(2_000).meta({ description: `At most ${RUNS_AT_MOST}.`, override: { type: 'integer', minimum: 1, maximum: RUNS_AT_MOST, default: 2_000 } }),
      seed: whole(0, 999_999_999).default(1).meta({ description: 'The same seed gives the same answer on the same day.', override: { type: 'integer', minimum: 0, maximum: 999_999_999, default: 1 } }),
      by: z.iso.date().optional().meta({ description: 'What will be done at the end of this day?', example: '2027-03-31' }),
    }),
    answers: { 200: { description: 'The forecast, or that there is too little to go by.', schema: forecastView } },
    async handle(call, deps) {
      const { runs, seed, by } = call.query;
      const { access, backlog } = await enterBacklog(call, deps);
      const [row, sprints, items, calendar, names] = await Promise.all([
        deps.reads.backlog(backlog), deps.reads.sprints(backlog, undefined, SPRINTS_AT_MOST), openItems(deps, backlog), readCalendar(deps, call.params.project),
        readNames(deps, access, call.language, [], []),
      ]);
      if (!row) throw new Problem('phase-opening');
      const now = Date.now();
      const unestimated = items.filter(({ estimate }) => estimate === undefined).length;
      const isItems = unestimated > 0 || row.iterations.teams.some(({ days }) => days === undefined);
      const remaining = items.map(({ estimate = 0 }) => (isItems ? 1 : estimate));
      const histories = await historiesOf(deps, row, sprints, backlog, { isItems, calendar, now });
      const little = withTooLittle(histories);
      const teams = histories.filter((team) => !little.includes(team));
      const until = by === undefined ? undefined : Date.parse(`${by}T23:59:59Z`);
      const result = teams.length > 0 ? forecastBacklog({ teams, remaining, now, calendar, runs, seed, ...(until !== undefined && { by: until }) }) : undefined;
      return { body: {
        enough: result !== undefined, basis: isItems ? 'items' as const : 'estimates' as const, unestimated, runs, seed,
        tooLittle: little.map(({ team, done }) => ({ team: { key: team, name: names.at(`team:${row.phase}/${team}`) ?? team }, has: done.length, needs: LEAST_HISTORY })),
        remaining: { items: items.length, amount: Math.round(remaining.reduce((sum, each) => sum + each, 0) * 100) / 100 },
        done: (result?.done ?? []).map(({ percent: share, at }) => ({ percent: share, at: toIso(at) })), by: result?.by ? [...result.by] : null,
      } };
    },
  }),
];
