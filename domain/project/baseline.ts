/** What a project promised, what it costs, and when it leaves what it may deviate by. */
import { addWorkingDays } from '../calendar';
import { costOf, costOfPhase, datesOf, lengthsOf, type Dates } from '../change/schedule';
import { type FieldProblem, refuse } from '../errors';
import { own, withKey } from '../fold';
import { allPhases, type PlanPhase } from '../plan';
import type { Decision, Instant, Key } from '../process';
import type { ProjectCommand, ProjectEvent, ProjectState } from './types';

/** What was promised: as the plan stood when the project started, or when a change was approved last. */
export interface Baseline {
  readonly at: Instant;
  /** The change that set it anew; none: the plan that the project started with. */
  readonly change?: Key;
  /** Working days on the longest way. */
  readonly days: number;
  /** In the currency of the template. */
  readonly cost: number;
  readonly endAt: Instant;
  readonly phases: Readonly<Record<Key, Dates & { readonly cost: number }>>;
}

/** Money of a phase, or of a task, in the currency of the template. That of a phase includes that of its tasks. */
export interface PhaseCosts {
  /** Ordered or agreed, paid or not. */
  readonly committed: number;
  readonly actual: number;
  /** What is expected to come on top of the actual; not given: what the plan still has. */
  readonly toComplete?: number;
}

/** The project left what it may deviate by. */
export interface ProjectException {
  readonly kind: 'cost' | 'time';
  /** Of time: the phase that is late. */
  readonly phase?: Key;
  readonly at: Instant;
  /** What is expected, and up to what it may go: money, or a moment. */
  readonly expected: number;
  readonly limit: number;
}

/** The baseline of a project; of one whose plan never changed it follows from the plan. */
export function baselineOf(state: Pick<ProjectState, 'plan' | 'startedAt' | 'phases'> & { readonly baseline?: Baseline | undefined }, set?: Pick<Baseline, 'at' | 'change'>): Baseline {
  if (state.baseline) return state.baseline;
  const { plan } = state;
  const startAt = state.startedAt ?? set?.at ?? 0;
  // The first promise was made when nothing had begun.
  const { phases, endAt } = datesOf(plan, startAt, (key) => {
    const phase = set ? own(state.phases, key) : undefined;
    return { ...(phase?.openedAt !== undefined && { openedAt: phase.openedAt }), ...(phase?.passedAt !== undefined && { passedAt: phase.passedAt }) };
  });
  return {
    at: set?.at ?? startAt, ...(set?.change !== undefined && { change: set.change }), days: lengthsOf(plan).total, cost: costOf(plan), endAt,
    phases: Object.fromEntries(plan.phases.map((phase) => [phase.key, { ...(own(phases, phase.key) as Dates), cost: costOfPhase(phase) }])),
  };
}

const NOTHING: PhaseCosts = { committed: 0, actual: 0 };

/** @param of a phase, or a task as `PHASE/TASK`. */
export const costsOf = ({ costs }: Pick<ProjectState, 'costs'>, of: string): PhaseCosts => own(costs ?? {}, of) ?? NOTHING;

/** What a phase will have cost when it is over, as it stands. Money, in the currency of the template. */
export function costAtCompletion(state: Pick<ProjectState, 'costs' | 'plan' | 'phases'>, phase: Key): number {
  const planned = state.plan.phases.find(({ key }) => key === phase);
  const { committed, actual, toComplete } = costsOf(state, phase);
  const isOver = ['passed', 'ended', 'skipped'].includes(own(state.phases, phase)?.status ?? '');
  const rest = toComplete ?? (isOver || !planned ? 0 : restOf(state, planned, actual));
  return Math.max(committed, actual + rest);
}

/** What is still to come of a phase: of each task what is expected of it, and what the phase has beside its tasks. */
function restOf(state: Pick<ProjectState, 'costs'>, phase: PlanPhase, actual: number): number {
  const tasks = phase.tasks.map(({ key, budget = 0, items }) => ({ budget: budget * (items?.length ?? 1), ...costsOf(state, `${phase.key}/${key}`) }));
  const beside = costOfPhase(phase) - tasks.reduce((sum, { budget }) => sum + budget, 0);
  const besideSpent = actual - tasks.reduce((sum, task) => sum + task.actual, 0);
  const ofTasks = tasks.reduce((sum, task) => sum + (task.toComplete ?? Math.max(0, task.budget - task.actual)), 0);
  return Math.max(0, ofTasks + beside - besideSpent);
}

export function totalAtCompletion(state: Pick<ProjectState, 'costs' | 'plan' | 'phases'>): number {
  return allPhases(state.plan).reduce((sum, { key }) => sum + costAtCompletion(state, key), 0);
}

type RecordCost = Extract<ProjectCommand, { type: 'record-cost' }>;

/** Judges money that is recorded: commitments and actual cost add up (a negative amount corrects), the estimate to complete is what it is now. */
export function recordCost(state: ProjectState, command: RecordCost): Decision<ProjectEvent> {
  const { type: _, ...cost } = command;
  const phase = allPhases(state.plan).find(({ key }) => key === cost.phase);
  if (!phase) return refuse('unknown-phase');
  const { committed, actual } = costsOf(state, cost.task === undefined ? cost.phase : `${cost.phase}/${cost.task}`);
  const fields: FieldProblem[] = [];
  if (cost.committed === undefined && cost.actual === undefined && cost.toComplete === undefined) fields.push({ pointer: '', code: 'required', expected: 'committed, actual or toComplete' });
  if (committed + (cost.committed ?? 0) < 0) fields.push({ pointer: '/committed', code: 'range', expected: `≥ ${-committed}` });
  if (actual + (cost.actual ?? 0) < 0) fields.push({ pointer: '/actual', code: 'range', expected: `≥ ${-actual}` });
  if (cost.task !== undefined && !phase.tasks.some(({ key }) => key === cost.task)) fields.push({ pointer: '/task', code: 'unknown' });
  return fields.length > 0 ? refuse('cost-invalid', undefined, fields) : { ok: true, events: [{ type: 'cost-recorded', ...cost }] };
}

export function evolveCost(state: ProjectState, { phase, task, ...cost }: Extract<ProjectEvent, { type: 'cost-recorded' }>): ProjectState {
  if (task === undefined) return { ...state, costs: withKey(state.costs ?? {}, phase, addedTo(costsOf(state, phase), cost)) };
  const { toComplete: _, ...ofPhase } = cost;
  const at = `${phase}/${task}`;
  const costs = withKey(state.costs ?? {}, at, addedTo(costsOf(state, at), cost));
  return { ...state, costs: withKey(costs, phase, addedTo(costsOf(state, phase), ofPhase)) };
}

/** What is spent is no longer to come. */
function addedTo(before: PhaseCosts, { committed = 0, actual = 0, toComplete }: Partial<PhaseCosts>): PhaseCosts {
  const round = (amount: number): number => Math.round(amount * 100) / 100;
  const left = toComplete ?? (before.toComplete === undefined ? undefined : Math.max(0, round(before.toComplete - actual)));
  return { committed: round(before.committed + committed), actual: round(before.actual + actual), ...(left !== undefined && { toComplete: left }) };
}

/** Until when a phase that is open may last before it is an exception; none where the template sets no tolerance of time. */
function limitOf(state: ProjectState, phase: Key): Instant | undefined {
  const days = state.plan.changeControl?.tolerance?.days;
  if (days === undefined || own(state.phases, phase)?.status !== 'open') return undefined;
  const promised = own(baselineOf(state).phases, phase);
  return promised && addWorkingDays(state.plan.calendar, promised.endAt, Math.ceil(days));
}

const exceptionOf = (state: ProjectState, kind: ProjectException['kind'], phase?: Key): ProjectException | undefined =>
  state.exceptions?.find((each) => each.kind === kind && each.phase === phase);

/** When a phase will be later than it may be, if nothing happens before. */
export function nextException(state: ProjectState): Instant | undefined {
  if (state.plan.changeControl?.tolerance?.days === undefined || state.status !== 'running') return undefined;
  const limits = state.plan.phases.filter(({ key }) => !exceptionOf(state, 'time', key)).map(({ key }) => limitOf(state, key)).filter((at) => at !== undefined);
  return limits.length > 0 ? Math.min(...limits) + 1 : undefined;
}

/** Phases that are later than they may be. */
export function lateExceptions(state: ProjectState, now: Instant): ProjectEvent[] {
  return state.plan.phases.flatMap(({ key }): ProjectEvent[] => {
    const limit = limitOf(state, key);
    return limit === undefined || now <= limit || exceptionOf(state, 'time', key) ? [] : [{ type: 'exception-raised', kind: 'time', phase: key, expected: now, limit }];
  });
}

/** Exceptions that the state calls for or that are over. */
export function advanceExceptions(state: ProjectState): readonly ProjectEvent[] {
  const tolerance = state.plan.changeControl?.tolerance;
  if (!tolerance) return [];
  const events: ProjectEvent[] = [];
  const expected = tolerance.cost === undefined ? 0 : totalAtCompletion(state);
  const limit = tolerance.cost === undefined ? 0 : baselineOf(state).cost + tolerance.cost;
  const raised = exceptionOf(state, 'cost');
  if (expected > limit && !raised) events.push({ type: 'exception-raised', kind: 'cost', expected, limit });
  if (expected <= limit && raised) events.push({ type: 'exception-cleared', kind: 'cost' });
  for (const { kind, phase, limit: until } of state.exceptions ?? []) {
    if (kind !== 'time' || phase === undefined) continue;
    const now = limitOf(state, phase);
    // It has passed, or a change that was approved since gives it more time.
    if (now === undefined || now > until) events.push({ type: 'exception-cleared', kind, phase });
  }
  return events;
}

export function evolveException(state: ProjectState, event: Extract<ProjectEvent, { type: `exception-${string}` }>, at: Instant): ProjectState {
  const others = (state.exceptions ?? []).filter((each) => each.kind !== event.kind || each.phase !== event.phase);
  if (event.type === 'exception-cleared') return { ...state, exceptions: others };
  const { kind, phase, expected, limit } = event;
  return { ...state, exceptions: [...others, { kind, at, expected, limit, ...(phase !== undefined && { phase }) }] };
}
