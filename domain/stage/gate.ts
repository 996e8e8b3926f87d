/** The gate of a stage: what its criteria say, what approvers are shown, and who may decide. */
import { digestOf } from '../digest';
import { holds } from '../evidence';
import { own } from '../fold';
import { type Expression, isTrue, type Resolve } from '../expression';
import { exportedFacts, factKeyOf, type Facts, toScalar } from '../facts';
import { type Criterion, type EvidenceTest, isAssignable, type PlanGate, type PlanPolicy, type Reached } from '../plan';
import type { Key, PersonId, StreamId } from '../process';
import { unreachable } from '../unreachable';
import { electorateFor } from '../approval/electorate';
import type { ApprovalInput, Electorate } from '../approval/types';
import { ofPlanned, type StageTask, taskOf, tasksOf } from './tasks';
import type { StageState, TaskState } from './types';

/** Id of the approval that asks about a gate for the given time. */
export const approvalStream = (stage: StreamId, gate: Key, round: number): StreamId => `${stage}/approval/${gate}/${round}`;

/** The approval that decides on the gate now, if one is open. */
export function openApproval(state: StageState): StreamId | undefined {
  const { gate } = state.input.phase;
  return gate && state.gate.status === 'open' ? approvalStream(state.input.id, gate.key, state.gate.round) : undefined;
}

const isDone = (task: TaskState | undefined): boolean => task?.status === 'done';

/** Evidence of a task as long as the task stands as done. */
const evidenceOf = (state: StageState) => (key: Key) => {
  const task = own(state.tasks, key);
  return isDone(task) ? task?.evidence : undefined;
};

/** What a condition of the phase refers to, as it stands. */
export function resolveIn(state: StageState): Resolve {
  return (to) => {
    switch (to[0]) {
      case 'evidence': return toScalar(own(evidenceOf(state)(to[1]) ?? {}, to[2]));
      case 'done': return isDone(own(state.tasks, to[1]));
      case 'fact':
      case 'gate': return own(state.input.facts ?? {}, factKeyOf(to) ?? '') ?? null;
      // These were put in their place when the plan was made.
      case 'parameter':
      case 'item': return null;
      default: return unreachable(to);
    }
  };
}

/** What other phases want to know of this one. */
export function factsOf(state: StageState): Facts {
  const { key, exports } = state.input.phase;
  return exportedFacts(key, exports ?? [], evidenceOf(state));
}

/** Whether a test holds for a task, or, of one that is done per item, for all its items. */
function holdsForAll(state: StageState, test: EvidenceTest): boolean {
  const { phase } = state.input;
  const keys = tasksOf(phase).filter((task) => task.planned === test.task).map((task) => task.key);
  return keys.length > 0 && keys.every((task) => holds({ ...test, task }, evidenceOf(state)));
}

const applies = (state: StageState, when: EvidenceTest | Expression | undefined): boolean =>
  when === undefined || ('kind' in when ? isTrue(when, resolveIn(state)) : holdsForAll(state, when));

const hasReached = (reached: Reached | undefined, asked: Reached): boolean => reached === 'transferred' || reached === asked;

/** Whether all tasks that produce a deliverable are done. */
export function isDelivered(state: StageState, deliverable: Key): boolean {
  const producers = state.input.phase.tasks.filter((task) => task.produces.includes(deliverable));
  return producers.length > 0 && producers.every((task) => ofPlanned(state.input.phase, task.key, state.tasks).every(isDone));
}

/** Whether a criterion is met; null for those that only the approvers can judge. */
export function isMet(state: StageState, criterion: Criterion): boolean | null {
  switch (criterion.kind) {
    case 'judged': return null;
    case 'evidence': return holdsForAll(state, criterion.test);
    case 'condition': return isTrue(criterion.condition, resolveIn(state));
    case 'backlog': return own(state.backlog ?? {}, criterion.key) ?? false;
    case 'handover': return hasReached(own(state.handovers ?? {}, criterion.phase), criterion.services);
    case 'conditions': return !criterion.phases.some((phase) => state.openConditions?.includes(phase));
    case 'deliverable': return isDelivered(state, criterion.deliverable);
    default: return unreachable(criterion);
  }
}

/** Whether every mandatory criterion that the engine can evaluate is met. */
export function criteriaMet(state: StageState, gate: PlanGate): boolean {
  return gate.criteria.every((criterion) => !criterion.mandatory || isMet(state, criterion) !== false);
}

/** What approvers are shown. */
export interface GateContent {
  readonly project: string;
  readonly phase: Key;
  readonly round: number;
  readonly gate: Key;
  readonly criteria: readonly { readonly criterion: Criterion; readonly met: boolean | null }[];
  readonly tasks: readonly (Pick<TaskState, 'evidence' | 'doneBy' | 'checkedBy' | 'doneThrough' | 'checkedThrough' | 'adopted'> & { readonly key: Key; readonly produces: readonly Key[]; readonly status?: string })[];
}

/** Exactly what approvers are shown: criteria, and per task its evidence with who delivered it, or that it was adopted. */
export function gateContent(state: StageState, gate: PlanGate): GateContent {
  const { project, phase, round } = state.input;
  return {
    project, phase: phase.key, round, gate: gate.key,
    criteria: gate.criteria.map((criterion) => ({ criterion, met: isMet(state, criterion) })),
    tasks: tasksOf(phase).map(({ key, produces }) => {
      const task = own(state.tasks, key);
      const checked = task?.checkedBy === undefined ? {} : { checkedBy: task.checkedBy };
      const adopted = task?.adopted ? { adopted: task.adopted } : {};
      const through = {
        ...(task?.doneThrough !== undefined && { doneThrough: task.doneThrough }), ...(task?.checkedThrough !== undefined && { checkedThrough: task.checkedThrough }),
      };
      return { key, produces, status: task?.status, evidence: task?.evidence, doneBy: task?.doneBy, ...checked, ...through, ...adopted };
    }),
  };
}

// States never change, and most events leave the tasks as they are: the digest of what stands there was asked for before.
const digests = new WeakMap<StageState['tasks'], Pick<StageState, 'input' | 'openConditions' | 'handovers'> & { readonly gate: PlanGate; readonly digest: string }>();

/** SHA-256 of what approvers are shown. */
export function gateDigest(state: StageState, gate: PlanGate): string {
  const known = digests.get(state.tasks);
  if (known && known.input === state.input && known.gate === gate && known.openConditions === state.openConditions && known.handovers === state.handovers) return known.digest;
  const digest = digestOf(gateContent(state, gate));
  digests.set(state.tasks, { input: state.input, gate, digest, ...(state.openConditions && { openConditions: state.openConditions }), ...(state.handovers && { handovers: state.handovers }) });
  return digest;
}

/** The steps that apply to the evidence as it stands. */
export function applyingPolicy(state: StageState, gate: PlanGate): PlanPolicy {
  return { ...gate.policy, steps: gate.policy.steps.filter((step) => applies(state, step.when)) };
}

/** Who may vote now, and in whose name; and who may not. */
export function electorateOf(state: StageState, policy: PlanPolicy): Electorate {
  const { input: { planRoles }, roles: holders, absences } = state;
  return electorateFor(policy, { planRoles, holders, absences }, barredFrom(state, policy));
}

/** Who may not vote: who did the work, who asked for it, the line managers of those who did it; undefined where the policy keeps nobody away. */
function barredFrom(state: StageState, { separationOfDuties, notBy }: PlanPolicy): readonly PersonId[] | undefined {
  if (!separationOfDuties && !notBy) return undefined;
  const requester = notBy?.includes('requester') && state.input.requester !== undefined ? [state.input.requester] : [];
  const managers = notBy?.includes('line-manager') ? Object.values(state.tasks).flatMap(({ doneUnder }) => doneUnder ?? []) : [];
  return [...new Set([...(separationOfDuties ? deliverers(state) : []), ...requester, ...managers])].sort();
}

/** Who delivered evidence that the gate looks at, or confirmed it, and the delegates who did so for them. */
export function deliverers(state: StageState): ReadonlySet<PersonId> {
  return new Set(Object.values(state.tasks).flatMap(({ doneBy, checkedBy, doneThrough, checkedThrough }) => [doneBy, checkedBy, doneThrough, checkedThrough])
    .filter((person) => person !== undefined));
}

/** What the approval of the gate's present round starts with. */
export function approvalInput(state: StageState, gate: PlanGate): ApprovalInput {
  const { project, id, phase, calendar, planRoles, managerRole } = state.input;
  const policy = applyingPolicy(state, gate);
  return {
    project, phase: phase.key, gate: gate.key, parent: id, calendar, policy,
    id: approvalStream(id, gate.key, state.gate.round),
    round: state.gate.round,
    digest: state.gate.digest ?? gateDigest(state, gate),
    ...electorateOf(state, policy),
    roles: planRoles.filter(isAssignable).map((role) => role.key),
    tasks: tasksOf(phase).filter((task) => isDone(own(state.tasks, task.key))).map((task) => task.key),
    managerRole, ...(gate.onRework && { reworkPhases: gate.onRework }), ...(state.heldAt !== undefined && { held: true as const }),
  };
}

/** The plan of a task; tasks that a gate set as conditions have none. */
export function plannedTask(state: StageState, key: Key): StageTask | undefined {
  return taskOf(state.input.phase, key);
}

/** The role that does a task: as planned, or the owner of the condition it stands for. */
export function responsibleRole(state: StageState, key: Key): Key {
  return plannedTask(state, key)?.rasci.r ?? own(state.tasks, key)?.condition?.owner ?? state.input.managerRole;
}
