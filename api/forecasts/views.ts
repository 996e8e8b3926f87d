/** What the API says about the future of a project. */
import { z } from 'zod';
import type { ConditionAsked } from '../../domain/approval/types';
import type { SimulationResult } from '../../domain/play/simulate';
import type { Instant, Key } from '../../domain/process';
import { toIso } from '../http/instant';
import type { Names } from '../names';
import { instant, key, namedKey } from '../schemas';

const spread = { p50: instant, p80: instant, p95: instant };
const days = z.number().meta({ description: 'Working days, on average over the runs.' });
const taskRef = { phase: namedKey, task: namedKey };
/** As many tasks are told that decide on the end. */
const CRITICAL_AT_MOST = 100;

export const forecastView = z.strictObject({
  project: z.string(), start: instant.meta({ description: 'When it was made: the runs begin there.' }), runs: z.int(), seed: z.int(),
  people: z.record(key, z.int()).meta({ description: 'The numbers of people that were asked for.', example: { engineer: 2 } }),
  held: z.boolean().meta({ description: 'The project is on hold: it is forecast as if it were resumed now.' }),
  unassigned: z.array(namedKey).readonly().meta({ description: 'Roles that nobody holds although they have something to do: somebody is supposed to hold them.' }),
  end: z.strictObject(spread).nullable().meta({ description: 'Half of the runs that come to an end do so by `p50`, and so on. null: none does.' }),
  workingDays: z.strictObject({ p50: z.number(), p80: z.number(), p95: z.number() }).nullable().meta({ description: 'From now to the end.' }),
  outcomes: z.record(z.string(), z.int())
    .meta({ description: 'How the runs ended. `stuck`: nothing could happen any more, as where nobody may decide.', example: { completed: 190, stuck: 10 } }),
  stuck: z.array(z.strictObject({ phase: namedKey, runs: z.int() })).readonly().meta({ description: 'Phases that were open when runs got stuck.' }),
  gates: z.array(z.strictObject({ gate: namedKey, reached: z.number().meta({ description: 'Share of the runs that pass it.' }), ...spread })).readonly(),
  critical: z.array(z.strictObject({ ...taskRef, share: z.number() })).readonly()
    .meta({ description: `The share of the runs in which a task decides on the end; the most critical first, at most ${CRITICAL_AT_MOST}.` }),
  load: z.array(z.strictObject({
    role: namedKey, people: z.int(), peak: z.number(), weeks: z.array(z.number()).readonly(), waitedDays: days,
  })).readonly().meta({ description: 'Share of the time of the people of each role that is taken, per week from now and at its most.' }),
  waiting: z.strictObject({
    tasks: z.array(z.strictObject({ role: namedKey, ...taskRef, days })).readonly(),
    gates: z.array(z.strictObject({ gate: namedKey, step: namedKey, roles: z.array(namedKey).readonly(), days })).readonly(),
  }).meta({ description: 'What waits for whom: tasks for somebody of their role, gates for those who decide in a step; the most costly first, at most twenty.' }),
}).meta({ id: 'Forecast' });

/** What the runs were made for, beside their result. */
export interface Asked {
  readonly project: string;
  readonly people: Readonly<Record<Key, number>>;
  /** Conditions that gates have set, by `PHASE/TASK`. */
  readonly conditions: ReadonlyMap<string, ConditionAsked>;
}

/** Phase and key of a task written as `PHASE/TASK`. */
export function splitTask(written: string): readonly [Key, Key] {
  const slash = written.indexOf('/');
  return [written.slice(0, slash), written.slice(slash + 1)];
}

export function toForecastView(result: SimulationResult, { project, people, conditions }: Asked, names: Names): z.output<typeof forecastView> {
  const phase = (of: Key) => ({ key: of, name: names.phase(of) });
  const task = (written: string) => {
    const [within, of] = splitTask(written);
    return { phase: phase(within), task: { key: of, name: names.task(within, of, conditions.get(written), project) } };
  };
  const gate = (of: Key) => ({ key: of, name: names.at(`gate:${of}`) ?? of });
  const step = (of: Key, at: Key) => {
    const within = names.template.phases.find((each) => each.gate?.key === at)?.key ?? '';
    return { key: of, name: names.at(`step:${within}/${of}`) ?? of };
  };
  const dates = ({ p50, p80, p95 }: Readonly<Record<'p50' | 'p80' | 'p95', Instant>>) => ({ p50: toIso(p50), p80: toIso(p80), p95: toIso(p95) });
  const hasEnd = (result.outcomes['stuck'] ?? 0) < result.runs;
  return {
    project, start: toIso(result.start), runs: result.runs, seed: result.seed, people, held: result.held, unassigned: result.unassigned.map((role) => names.role(role)),
    end: hasEnd ? dates(result.end) : null, workingDays: hasEnd ? result.workingDays : null, outcomes: result.outcomes,
    stuck: result.stuck.map((each) => ({ phase: phase(each.phase), runs: each.runs })),
    gates: result.gates.map((each) => ({ gate: gate(each.gate), reached: each.reached, ...dates(each) })),
    critical: result.critical.slice(0, CRITICAL_AT_MOST).map((each) => ({ ...task(each.task), share: each.share })),
    load: result.load.map((each) => ({ ...each, role: names.role(each.role) })),
    waiting: {
      tasks: result.waiting.tasks.map((each) => ({ role: names.role(each.role), ...task(each.task), days: each.days })),
      gates: result.waiting.gates.map((each) => ({ gate: gate(each.gate), step: step(each.step, each.gate), roles: each.roles.map((role) => names.role(role)), days: each.days })),
    },
  };
}
