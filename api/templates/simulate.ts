/** Plays a template many times, with what is supposed, and once more with something else. Slow: it is done in a process of its own. */
import type { WorkingCalendar } from '../../domain/calendar';
import { type Comparison, compareSimulations } from '../../domain/play/compare';
import { simulate, type SimulationResult } from '../../domain/play/simulate';
import type { Key } from '../../domain/process';
import { compile } from '../../domain/template/compile';
import { sampleInventory, sampleParameters } from '../../domain/template/parameters';
import type { Problem } from '../../domain/template/problem';
import { say, told } from '../../domain/template/say';
import type { Template } from '../../domain/template/schema';
import { withTemplateText } from './read-text';
import type { Target } from './target';

/** What is supposed of a project; where nothing is said, what a template itself says, or what fits it. */
export interface Supposed {
  readonly people?: Readonly<Record<Key, number>>;
  /** How often a voter sends back, from 0 to 1. */
  readonly rejection?: number;
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** Working days at best, most likely and at worst, by `PHASE/TASK`. */
  readonly estimates?: Readonly<Record<string, readonly [number, number, number]>>;
  /** So many items of each kind. */
  readonly items?: number;
}

export interface SimulationToDo {
  readonly target: Target;
  /** The day on which the project starts, as 2027-01-31. */
  readonly start: string;
  readonly runs: number;
  readonly seed: number;
  readonly supposed: Supposed;
  /** Beside what is supposed. */
  readonly whatIf?: Supposed;
}

export type Simulated =
  | { readonly template: Template; readonly result: SimulationResult; readonly whatIf?: { readonly result: SimulationResult; readonly comparison: Comparison } }
  | { readonly problems: readonly Problem[] };

/** After so long the runs that are done are enough; with a comparison, twice that. */
const LIMIT_MS = 20_000;
const ITEMS = 2;

/** Plays a template. Both plays have as many runs, so that nothing but what is supposed makes a difference. Never throws. */
export function simulateTemplate({ target, ...wanted }: SimulationToDo): Simulated {
  if (!('text' in target)) return play(target.template, target.calendar, wanted);
  return withTemplateText<Simulated>(target.text, (problems) => ({ problems }), (template, calendar) => play(template, calendar, wanted));
}

function play(template: Template, calendar: WorkingCalendar, { start, runs, seed, supposed, whatIf }: Omit<SimulationToDo, 'target'>): Simulated {
  const run = (of: Supposed, times: number): SimulationResult | readonly Problem[] => {
    const unknown = unknownIn(template, of);
    if (unknown.length > 0) return unknown;
    const compiled = compile(withEstimates(template, of.estimates ?? {}), { ...sampleParameters(template, start), ...of.parameters }, calendar, sampleInventory(template, of.items ?? ITEMS));
    if (!compiled.ok) return compiled.problems;
    const until = Date.now() + LIMIT_MS;
    return simulate(compiled.plan, {
      runs: times, seed, start: Date.parse(`${start}T09:00:00Z`), people: of.people ?? {}, ...(of.rejection !== undefined && { rejectionRate: of.rejection }),
      isEnough: () => Date.now() > until,
    });
  };
  const result = run(supposed, runs);
  if (!('runs' in result)) return { problems: result };
  if (!whatIf) return { template, result };
  const other = run({
    ...supposed, ...whatIf, people: { ...supposed.people, ...whatIf.people }, parameters: { ...supposed.parameters, ...whatIf.parameters }, estimates: { ...supposed.estimates, ...whatIf.estimates },
  }, result.runs);
  if (!('runs' in other)) return { problems: other.map((problem) => ({ ...problem, pointer: `/whatIf${problem.pointer}` })) };
  return { template, result, whatIf: { result: other, comparison: compareSimulations(result, other) } };
}

function unknownIn({ phases, roles }: Template, { people = {}, estimates = {} }: Supposed): Problem[] {
  const held = roles.filter(({ members }) => !members).map(({ key }) => key);
  const tasks = new Set(phases.flatMap((phase) => phase.tasks.map(({ key }) => `${phase.key}/${key}`)));
  return [
    ...Object.keys(people).filter((role) => !held.includes(role)).map((role) => ({ pointer: `/people/${role}`, code: 'unknown-role' as const, ...told(say`no role that people hold; there are ${held.join(', ')}`) })),
    ...Object.keys(estimates).filter((task) => !tasks.has(task)).map((task) => ({ pointer: `/estimates/${task.replace('/', '~1')}`, code: 'unknown-task' as const, ...told(say`no task of the template`) })),
  ];
}

function withEstimates(template: Template, estimates: NonNullable<Supposed['estimates']>): Template {
  if (Object.keys(estimates).length === 0) return template;
  return {
    ...template, phases: template.phases.map((phase) => ({
      ...phase, tasks: phase.tasks.map((task) => {
        const given = estimates[`${phase.key}/${task.key}`];
        return given ? { ...task, estimate: [...given] } : task;
      }),
    })),
  };
}
