/** Changes of a running plan: who asks, who decides, and how an approved one takes effect. */
import { amend } from '../change/amend';
import { planDifference, SCOPE_FIELDS } from '../change/difference';
import { costOf, costOfPhase, lengthsOf } from '../change/schedule';
import type { ChangeAsked, ChangeControl, ChangeLevel, ChangeSize, ChangeState, Operation, PlanDifference, StatedImpact, Tolerance } from '../change/types';
import { electorateFor } from '../approval/electorate';
import type { ApprovalInput, Electorate } from '../approval/types';
import { digestOf } from '../digest';
import { type FieldProblem, refuse } from '../errors';
import { own } from '../fold';
import { isSteering } from '../permissions';
import type { Plan, PlanPolicy } from '../plan';
import type { Authority, Decision, Instant, Key, PersonId } from '../process';
import { JUDGES_AGAIN } from '../rules';
import { baselineOf } from './baseline';
import { changeApproval, phasesAfter } from './children';
import { behind } from './migrate';
import { prepare } from './revise';
import type { ProjectCommand, ProjectEvent, ProjectState } from './types';

/** So many changes can be under way in a project, and so many that are over stand with it; the log has all. */
export const OPEN_CHANGES = 20;
const ENDED_CHANGES = 50;

const isUnderWay = ({ status }: ChangeState): boolean => status === 'open' || status === 'approved';

export const openChanges = ({ changes }: ProjectState): readonly ChangeState[] => (changes ?? []).filter(isUnderWay);

export const changeOf = ({ changes }: ProjectState, id: Key): ChangeState | undefined => changes?.find((each) => each.id === id);

/** What an operation is about must not have begun where it would undo or overtake what was done. */
function begunProblems(state: ProjectState, operations: readonly Operation[], next: Plan): FieldProblem[] {
  const past = behind(next, state.phases);
  return operations.flatMap((operation, place): FieldProblem[] => {
    const key = typeof operation.phase === 'string' ? operation.phase : operation.phase.key;
    const pointer = `/operations/${place}/phase`;
    if (operation.op === 'add-phase') return past.has(key) ? [{ pointer: `${pointer}/before`, code: 'begun' }] : [];
    const phase = own(state.phases, key);
    if (!phase) return [];
    if (operation.op === 'redo-phase') return phase.status === 'passed' || phase.status === 'ended' ? [] : [{ pointer, code: 'not-over' }];
    const isFree = operation.op === 'remove-phase' ? phase.status === 'waiting' : phase.status === 'waiting' || phase.status === 'open';
    return isFree ? [] : [{ pointer, code: 'begun' }];
  });
}

export interface JudgedChange {
  readonly plan: Plan;
  readonly difference: readonly PlanDifference[];
  readonly size: ChangeSize;
  /** Phases that are done again. */
  readonly again: readonly Key[];
}

/** What a change does to the plan of a project as it stands, or what is wrong with it. */
export function judgeOperations(state: ProjectState, asked: Pick<ChangeAsked, 'id' | 'operations'>): JudgedChange | readonly FieldProblem[] {
  const amended = amend(state.plan, { change: asked.id, operations: asked.operations });
  if (!amended.ok) return amended.problems;
  const problems = begunProblems(state, asked.operations, amended.plan);
  if (problems.length > 0) return problems;
  const again = doneAgain(state, amended.plan, asked.operations);
  const difference = [...planDifference(state.plan, amended.plan), ...again.map((phase): PlanDifference => ({ kind: 'phase', phase, change: 'again' }))];
  return { plan: amended.plan, difference, size: sizeOf(state.plan, amended.plan, difference), again };
}

/** The phases that are done again: those that are named, and those after them that have begun. */
function doneAgain(state: ProjectState, plan: Plan, operations: readonly Operation[]): Key[] {
  const named = operations.flatMap((operation) => (operation.op === 'redo-phase' ? [operation.phase] : []));
  const again = new Set(named.flatMap((key) => [key, ...phasesAfter(plan, key)]));
  return plan.phases.map(({ key }) => key).filter((key) => again.has(key) && (own(state.phases, key)?.status ?? 'waiting') !== 'waiting');
}

function sizeOf(before: Plan, after: Plan, difference: readonly PlanDifference[]): ChangeSize {
  const lengths = lengthsOf(after);
  const again = difference.filter(({ change }) => change === 'again').map(({ phase }) => phase);
  const spans = again.flatMap((phase) => own(lengths.phases, phase) ?? []);
  // What is done again takes as long, and costs as much, as it did.
  const repeated = spans.length > 0 ? Math.max(...spans.map(({ to }) => to)) - Math.min(...spans.map(({ from }) => from)) : 0;
  const paid = after.phases.filter(({ key }) => again.includes(key)).reduce((sum, phase) => sum + costOfPhase(phase), 0);
  return {
    days: Math.round((lengths.total - lengthsOf(before).total + repeated) * 100) / 100,
    cost: Math.round((costOf(after) - costOf(before) + paid) * 100) / 100,
    tasks: difference.filter(({ kind, change }) => kind === 'task' && change !== 'changed').length,
  };
}

/** The size that decides who decides: what can be computed, or what was said if that is more. */
function weight(size: ChangeSize, impact: StatedImpact): Pick<ChangeSize, 'days' | 'cost'> {
  return { days: Math.max(Math.abs(size.days), impact.days ?? 0), cost: Math.max(Math.abs(size.cost), impact.cost ?? 0) };
}

/** Who decides on a change; the last level decides on what is larger than all. */
export function levelFor({ levels }: ChangeControl, size: ChangeSize, impact: StatedImpact): ChangeLevel | undefined {
  const { days, cost } = weight(size, impact);
  return levels.find(({ upTo }) => !upTo || (days <= (upTo.days ?? Infinity) && cost <= (upTo.cost ?? Infinity))) ?? levels.at(-1);
}

/** Whether the project manager may make a change without asking: the plan stays as near to the baseline as the template allows, and no phase or gate comes or goes. */
export function isWithinTolerance(state: ProjectState, tolerance: Tolerance | undefined, judged: JudgedChange, impact: StatedImpact): boolean {
  if (!tolerance || impact.scope || impact.quality) return false;
  if (judged.difference.some(({ kind, change }) => kind === 'gate' || (kind === 'phase' && change !== 'changed'))) return false;
  if (judged.difference.some(({ fields }) => fields?.some(({ field }) => SCOPE_FIELDS.includes(field)))) return false;
  const baseline = baselineOf(state);
  const { days, cost } = weight(judged.size, impact);
  return lengthsOf(judged.plan).total - baseline.days <= (tolerance.days ?? 0) && days <= (tolerance.days ?? 0)
    && costOf(judged.plan) - baseline.cost <= (tolerance.cost ?? 0) && cost <= (tolerance.cost ?? 0)
    && (state.replanned ?? 0) + judged.size.tasks <= (tolerance.tasks ?? 0);
}

/** How a change would be decided: by whom, or that it is within what the manager may do. */
export function wayOf(state: ProjectState, judged: JudgedChange, impact: StatedImpact, isManager: boolean): { readonly within: true } | { readonly level: ChangeLevel } | undefined {
  const control = state.plan.changeControl;
  if (!control) return undefined;
  if (isManager && isWithinTolerance(state, control.tolerance, judged, impact)) return { within: true };
  const level = levelFor(control, judged.size, impact);
  return level && { level };
}

/** What approvers of a change are shown, as a digest. */
export function changeDigest(state: ProjectState, change: Pick<ChangeState, 'id' | 'title' | 'reason' | 'impact'>, judged: JudgedChange): string {
  const { id, title, reason, impact } = change;
  return digestOf({ project: state.project, change: id, title, reason, impact, difference: judged.difference, size: judged.size });
}

type Command<T extends ProjectCommand['type']> = Extract<ProjectCommand, { type: T }>;
const accept = (...events: ProjectEvent[]): Decision<ProjectEvent> => ({ ok: true, events });

/** Judges a request for a change. Within the tolerance it takes effect at once, else it is asked. */
export function requestChange(state: ProjectState, { change }: Command<'request-change'>, authority: Authority): Decision<ProjectEvent> {
  if (!state.plan.changeControl) return refuse('change-control-missing');
  if (state.stoppedBy !== undefined) return refuse('project-ended', { status: 'stopped' });
  if (changeOf(state, change.id)) return refuse('change-invalid', undefined, [{ pointer: '/id', code: 'duplicate' }]);
  if (openChanges(state).length >= OPEN_CHANGES) return refuse('too-many-changes', { most: OPEN_CHANGES });
  const judged = judgeOperations(state, change);
  if ('length' in judged) return refuse('change-invalid', undefined, judged);
  if (judged.difference.length === 0) return refuse('change-invalid', undefined, [{ pointer: '/operations', code: 'required' }]);
  const way = wayOf(state, judged, change.impact, isSteering(authority, state.plan.managerRole));
  if (!way) return refuse('change-control-missing');
  const { size, difference } = judged;
  if ('within' in way) {
    return accept({ type: 'change-requested', change, size, difference }, { type: 'change-decided', change: change.id, outcome: 'approve', within: true });
  }
  const requester = authority.kind === 'person' ? authority.person : '';
  const empty = emptySteps(state, way.level.policy, requester);
  if (empty.length > 0) return refuse('change-undecidable', { steps: empty });
  return accept(
    { type: 'change-requested', change, size, difference, level: way.level.key },
    { type: 'change-asked', change: change.id, round: 1, level: way.level.key, digest: changeDigest(state, change, judged), size, difference });
}

/** Steps of a policy with nobody to decide. */
function emptySteps(state: ProjectState, policy: PlanPolicy, requester: PersonId): Key[] {
  const { electorate } = changeElectorate(state, policy, requester);
  return policy.steps.map(({ key }) => key).filter((key) => (own(electorate, key) ?? []).length === 0);
}

/** Who may decide on a change: holders of the roles of each step, and where duties are separated not who asked for it. */
export function changeElectorate({ plan, roles, absences }: ProjectState, policy: PlanPolicy, requester: PersonId): Electorate {
  return electorateFor(policy, { planRoles: plan.roles, holders: roles, absences }, policy.separationOfDuties || policy.notBy?.includes('requester') ? [requester] : undefined);
}

/** What the approval of a change starts with; undefined when the plan has no such level any more. */
export function changeApprovalInput(state: ProjectState, id: Key): ApprovalInput | undefined {
  const change = changeOf(state, id);
  const policy = state.plan.changeControl?.levels.find(({ key }) => key === change?.level)?.policy;
  if (!change || !policy) return undefined;
  return {
    project: state.project, phase: '', gate: '', change: id, title: change.title, ...(change.level !== undefined && { level: change.level }), parent: `project/${state.project}`, calendar: state.plan.calendar, policy,
    id: changeApproval(state.project, id, change.round), round: change.round, digest: change.digest ?? '',
    ...changeElectorate(state, policy, change.requestedBy), roles: [], tasks: [], managerRole: state.plan.managerRole, ...(state.heldAt !== undefined && { held: true as const }),
  };
}

export function withdrawChange(state: ProjectState, { change: id }: Command<'withdraw-change'>, authority: Authority): Decision<ProjectEvent> {
  const change = changeOf(state, id);
  if (!change) return refuse('unknown-change');
  if (!isSteering(authority, state.plan.managerRole) && !(authority.kind === 'person' && authority.person === change.requestedBy)) {
    return refuse('not-permitted', { roles: [state.plan.managerRole] });
  }
  return change.status === 'open' ? accept({ type: 'change-withdrawn', change: id }) : refuse('change-closed', { status: change.status });
}

/** The answer of an approval. One that was overtaken by another round means nothing any more. */
export function changeDecided(state: ProjectState, command: Command<'approval-decided'>): ProjectEvent[] {
  const { round, digest, outcome, reason, byPolicy } = command;
  const change = state.changes?.find((each) => each.status === 'open' && each.round === round && each.digest === digest);
  return change ? [{ type: 'change-decided', change: change.id, outcome, ...(reason && { reason }), ...(byPolicy && { byPolicy }) }] : [];
}

/** What open changes call for: those approved take effect, those whose subject changed are asked anew, those that do not fit any more end. */
export function advanceChanges(state: ProjectState, rules: number): readonly ProjectEvent[] {
  for (const change of openChanges(state)) {
    if (state.stoppedBy !== undefined) return [{ type: 'change-failed', change: change.id, problems: [{ pointer: '', code: 'begun' }] }];
    const judged = judgedNow(state, change);
    if ('length' in judged) return [{ type: 'change-failed', change: change.id, problems: judged }];
    const asked = change.status === 'open' || (rules >= JUDGES_AGAIN && !isStillWithin(state, change, judged)) ? askedAnew(state, change, judged) : undefined;
    if (asked) return [asked];
    // It takes effect as a move of the whole project to another plan does: agreed with all that is open, or not at all.
    if (change.status === 'approved') return prepare(state, 'migrate', undefined, {
      plan: judged.plan, basis: {}, change: change.id, ...(judged.again.length > 0 && { again: judged.again }),
    });
  }
  return [];
}

/** Whether a change that was approved by nobody, being within the tolerance, still is: others may have taken effect since. */
const isStillWithin = (state: ProjectState, { level, impact }: ChangeState, judged: JudgedChange): boolean =>
  level === undefined && isWithinTolerance(state, state.plan.changeControl?.tolerance, judged, impact);

function askedAnew(state: ProjectState, change: ChangeState, judged: JudgedChange): ProjectEvent | undefined {
  const level = state.plan.changeControl && levelFor(state.plan.changeControl, judged.size, change.impact);
  if (!level) return { type: 'change-failed', change: change.id, problems: [{ pointer: '/level', code: 'unknown' }] };
  const digest = changeDigest(state, change, judged);
  if (digest === change.digest && level.key === change.level) return undefined;
  return { type: 'change-asked', change: change.id, round: change.round + 1, level: level.key, digest, size: judged.size, difference: judged.difference };
}

// The plan of a project changes seldom, and it is asked after everything that happens.
const judgedOf = new WeakMap<Plan, Map<string, JudgedChange | readonly FieldProblem[]>>();

function judgedNow(state: ProjectState, change: ChangeState): JudgedChange | readonly FieldProblem[] {
  const standing = `${change.id} ${Object.entries(state.phases).map(([key, { status }]) => `${key}:${status}`).join()}`;
  const known = judgedOf.get(state.plan) ?? new Map<string, JudgedChange | readonly FieldProblem[]>();
  judgedOf.set(state.plan, known);
  const judged = known.get(standing) ?? judgeOperations(state, { id: change.id, operations: change.operations ?? [] });
  if (!known.has(standing)) known.clear();
  known.set(standing, judged);
  return judged;
}

const update = (state: ProjectState, id: Key, change: Partial<ChangeState>): ProjectState => {
  const changes = (state.changes ?? []).map((each) => (each.id === id ? { ...each, ...change } : each));
  return { ...state, changes: changes.some((each) => !isUnderWay(each)) ? kept(changes) : changes };
};

/** Of changes that are over the operations are not kept, and of those only the last. */
function kept(changes: readonly ChangeState[]): readonly ChangeState[] {
  const over = changes.filter((each) => !isUnderWay(each));
  const dropped = new Set(over.slice(0, Math.max(0, over.length - ENDED_CHANGES)).map(({ id }) => id));
  return changes.filter(({ id }) => !dropped.has(id)).map((each) => {
    if (isUnderWay(each)) return each;
    const { operations: _, ...rest } = each;
    return rest;
  });
}

type ChangeEvent = Extract<ProjectEvent, { type: `change-${string}` }>;

/** The state after an event of a change. */
export function evolveChange(state: ProjectState, event: ChangeEvent, at: Instant, by: PersonId): ProjectState {
  switch (event.type) {
    case 'change-requested': {
      const { change, size, difference, level } = event;
      const fresh: ChangeState = { ...change, status: 'open', requestedBy: by, requestedAt: at, size, difference, round: 0, ...(level !== undefined && { level }) };
      return { ...state, changes: [...(state.changes ?? []), fresh] };
    }
    case 'change-asked': {
      const { change, round, level, digest, size, difference } = event;
      return update(state, change, { status: 'open', round, level, digest, size, difference });
    }
    case 'change-decided': {
      const { change, outcome, reason, byPolicy } = event;
      const status = outcome === 'approve' ? 'approved' : outcome === 'rework' ? 'returned' : 'rejected';
      return update(state, change, { status, decidedAt: at, ...(status !== 'approved' && { endedAt: at }), ...(reason && { decision: reason }), ...(byPolicy && { byPolicy }) });
    }
    case 'change-withdrawn': return update(state, event.change, { status: 'withdrawn', endedAt: at });
    case 'change-failed': return update(state, event.change, { status: 'failed', endedAt: at, problems: event.problems });
    default: return state;
  }
}

/** The state after a change took effect: it is over, and what was approved is the new baseline. */
export function changeApplied(state: ProjectState, id: Key, at: Instant): ProjectState {
  const change = changeOf(state, id);
  const applied = update(state, id, { status: 'applied', endedAt: at });
  const { replanned: _, ...rest } = applied;
  if (change?.level !== undefined) return { ...rest, baseline: baselineOf({ ...applied, baseline: undefined }, { at, change: id }) };
  // Within the tolerance what was promised stays the same.
  return { ...applied, replanned: (state.replanned ?? 0) + (change?.size.tasks ?? 0) };
}

/** The state of a project in which nobody decides on changes any more. */
export function changesOver(state: ProjectState, at: Instant): ProjectState {
  return openChanges(state).reduce((next, { id }) => update(next, id, { status: 'withdrawn', endedAt: at }), state);
}
