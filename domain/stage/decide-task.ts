/** Judges what people want to do with a task: may they, and does it fit? */
import { checkEvidence } from '../evidence';
import { refuse } from '../errors';
import { own } from '../fold';
import { entitlingRole, holdersOf, steeringRoles } from '../permissions';
import type { Authority, Context, Decision, Instant, Key, PersonId } from '../process';
import { OTHERS_SEND_BACK, RULES } from '../rules';
import { dueAt, waitsFor } from './advance';
import { decideWork, type WorkCommand } from './decide-work';
import { openApproval, plannedTask, responsibleRole } from './gate';
import { isFormer, tasksOf } from './tasks';
import type { StageCommand, StageEvent, StageState, TaskState } from './types';
import { openItems } from './work';

export type TaskCommand = Extract<StageCommand, { task: Key }>;

const accept = (...events: StageEvent[]): Decision<StageEvent> => ({ ok: true, events });

/** What must be delivered to show that a condition is met. */
export const CONDITION_EVIDENCE = [{ key: 'proof', required: true, type: 'text' as const }];

/** Commands that leave the course of the phase as it is: they are taken on hold too. */
const isWork = (command: TaskCommand): command is WorkCommand =>
  command.type === 'comment' || command.type === 'change-checklist' || command.type === 'change-attachments' || command.type === 'log-effort';

type Person = Extract<Authority, { kind: 'person' }>;

/** Roles of which one would do; undefined: whoever has a part in the project may. */
function mayDo(state: StageState, { type, task }: TaskCommand): readonly Key[] | undefined {
  const responsible = responsibleRole(state, task);
  const rasci = plannedTask(state, task)?.rasci;
  const answering = [responsible, ...(rasci ? [rasci.a] : [])];
  const steering = steeringRoles(state.input.managerRole);
  switch (type) {
    case 'claim':
    case 'complete':
    case 'withdraw': return [responsible];
    case 'confirm':
    case 'send-back': return answering;
    case 'change-checklist':
    case 'change-attachments':
    case 'log-effort': return [...answering, ...(rasci?.s ?? []), ...steering];
    case 'comment': return undefined;
    default: return [...answering, ...steering];
  }
}

/** Judges a command of a person on one task. */
export function decideTask(state: StageState, command: TaskCommand, context: Context): Decision<StageEvent> {
  const { authority } = context;
  const task = own(state.tasks, command.task);
  if (!task) return refuse('unknown-task', { task: command.task });
  if (authority.kind === 'person' && authority.onBehalfOf !== undefined && authority.roles.length === 0) return refuse('not-delegate', { person: authority.onBehalfOf });
  const allowed = mayDo(state, command);
  const role = allowed ? entitlingRole(authority, allowed) : authority.kind === 'person' ? authority.roles[0] : undefined;
  if (authority.kind !== 'person' || role === undefined) return refuse('not-permitted', { roles: allowed ?? [] });
  if (state.status !== 'open' && state.status !== 'passed') return refuse('phase-closed', { status: state.status });
  if (state.revision) return refuse('project-changing');
  if (state.heldAt !== undefined && !isWork(command)) return refuse('project-held');
  const decision = isWork(command) ? decideWork(state, task, command, authority.person) : judge(state, task, command, actorOf(state, command.task, authority, context));
  return decision.ok ? { ...decision, role } : decision;
}

interface Actor {
  /** In whose name. */
  readonly person: PersonId;
  /** Who is at it themselves. */
  readonly through: PersonId;
  /** The line manager of who is at it. */
  readonly manager?: PersonId | undefined;
  readonly isSteering: boolean;
  readonly isAccountable: boolean;
  /** Whoever still holds the role that does the task. */
  readonly holders: readonly PersonId[];
  readonly now: Instant;
  /** The rules that the run follows. */
  readonly rules: number;
}

function actorOf(state: StageState, task: Key, { person, onBehalfOf, roles, manager }: Person, { now, rules = RULES }: Context): Actor {
  const steering = steeringRoles(state.input.managerRole);
  const accountable = plannedTask(state, task)?.rasci.a;
  return {
    person: onBehalfOf ?? person, through: person, manager, now, rules,
    isSteering: roles.some((each) => steering.includes(each)), isAccountable: accountable !== undefined && roles.includes(accountable),
    holders: holdersOf(responsibleRole(state, task), state.input.planRoles, state.roles),
  };
}

function judge(state: StageState, task: TaskState, command: Exclude<TaskCommand, WorkCommand>, actor: Actor): Decision<StageEvent> {
  const { task: key } = command;
  switch (command.type) {
    case 'claim':
      if (task.status === 'claimed' && task.assignee === actor.person) return accept();
      return notOpen(state, key, task) ?? ofOther(task, actor) ?? accept({ type: 'task-claimed', task: key, person: actor.person });
    case 'release':
      if (task.assignee === undefined || isOver(task) || task.status === 'to-check') return refuse('task-not-claimed');
      if (isOthers(task.assignee, actor) && !actor.isSteering) return refuse('task-claimed-by-other', { person: task.assignee });
      return accept({ type: 'task-released', task: key });
    case 'assign': return assign(state, task, command, actor);
    case 'complete': {
      const refused = notOpen(state, key, task) ?? ofOther(task, actor) ?? ifBlocked(task);
      if (refused) return refused;
      const fields = checkEvidence(plannedTask(state, key)?.evidence ?? CONDITION_EVIDENCE, command.evidence);
      if (fields.length > 0) return refuse('evidence-invalid', { task: key }, fields);
      const items = openItems(state, key);
      if (items.length > 0) return refuse('checklist-open', { task: key, items });
      const type = plannedTask(state, key)?.fourEyes ? 'task-delivered' : 'task-completed';
      const isAsked = state.input.phase.gate?.policy.notBy?.includes('line-manager');
      return accept({ type, task: key, person: actor.person, evidence: command.evidence, ...(isAsked && actor.manager !== undefined && { manager: actor.manager }) });
    }
    case 'confirm': {
      if (task.status !== 'to-check') return refuse('task-not-to-check', { status: task.status });
      if (tookPart(task, actor)) return refuse('four-eyes', { task: key });
      return ifBlocked(task) ?? accept({ type: 'task-confirmed', task: key, person: actor.person });
    }
    case 'send-back':
      if (task.status !== 'to-check') return refuse('task-not-to-check', { status: task.status });
      if (actor.rules >= OTHERS_SEND_BACK && tookPart(task, actor)) return refuse('four-eyes', { task: key });
      return accept({ type: 'task-sent-back', task: key, person: actor.person, reason: command.reason, ...dueAt(state, plannedTask(state, key), actor.now) });
    case 'withdraw': return withdraw(state, task, key, actor);
    case 'reopen': {
      if (task.status !== 'done') return refuse('task-not-done');
      if (isDecidedOn(state, task)) return refuse('change-request-required', { task: key });
      if (isFormer(state.input.phase, key)) return refuse('task-former', { task: key });
      const reopened: StageEvent = { type: 'task-reopened', task: key, reason: command.reason, ...dueAt(state, plannedTask(state, key), actor.now) };
      return openApproval(state) === undefined ? accept(reopened) : accept({ type: 'gate-withdrawn', round: state.gate.round }, reopened);
    }
    case 'block':
      if (isOver(task)) return refuse('task-already-done');
      return accept({ type: 'task-blocked', task: key, person: actor.through, reason: command.reason });
    case 'unblock':
      return task.blocked ? accept({ type: 'task-unblocked', task: key, person: actor.through }) : refuse('task-not-blocked');
    default: return refuse('unknown-command', { command: (command as { type: string }).type });
  }
}

/** A task goes to somebody who could take it; from another's hands only by who steers, who answers for it, or that other. */
function assign(state: StageState, task: TaskState, { task: key, person }: Extract<TaskCommand, { type: 'assign' }>, actor: Actor): Decision<StageEvent> {
  if (isOver(task) || task.status === 'to-check') return refuse('task-already-done');
  const { assignee } = task;
  if (assignee === person) return accept();
  if (isOthers(assignee, actor) && !actor.isSteering && !actor.isAccountable) return refuse('task-assigned-to-other', { person: assignee });
  const responsible = responsibleRole(state, key);
  if (!actor.holders.includes(person)) {
    return refuse('assignee-not-eligible', { role: responsible, person }, [{ pointer: '/person', code: 'choice', expected: responsible }]);
  }
  return accept({ type: 'task-assigned', task: key, person, ...(assignee !== undefined && { before: assignee }) });
}

/** Who completed a task may take that back for as long as nobody built on it: see `docs/tasks.md`. */
function withdraw(state: StageState, task: TaskState, key: Key, actor: Actor): Decision<StageEvent> {
  if (task.status !== 'done' && task.status !== 'to-check') return refuse('task-not-done');
  if (task.adopted || task.doneBy !== actor.person) return refuse('not-completed-by-you', { task: key });
  if (isDecidedOn(state, task)) return refuse('change-request-required', { task: key });
  if (isFormer(state.input.phase, key)) return refuse('task-former', { task: key });
  if (openApproval(state) !== undefined) return refuse('task-frozen-by-gate');
  if (task.checkedBy !== undefined) return refuse('completion-built-on', { tasks: [key] });
  const building = tasksOf(state.input.phase).filter(({ after }) => after.some((one) => 'task' in one && one.task === key)).map((each) => each.key)
    .filter((each) => ['claimed', 'to-check', 'done'].includes(own(state.tasks, each)?.status ?? ''));
  if (building.length > 0) return refuse('completion-built-on', { tasks: building });
  return accept({ type: 'completion-withdrawn', task: key, person: actor.person });
}

/** A delegate and the person they act for count as one. */
const tookPart = ({ doneBy, doneThrough }: TaskState, { person, through }: Actor): boolean =>
  [doneBy, doneThrough].some((each) => each === person || each === through);

/** The gate has decided on what the task delivered; a condition that it set is looked at by nobody after it. */
const isDecidedOn = (state: StageState, task: TaskState): boolean => state.status === 'passed' && !task.condition;

const isOver = ({ status }: TaskState): boolean => status === 'done' || status === 'dropped';

/** Enough of what a task waits for to know why it can't be worked on. */
const WAITS_AT_MOST = 3;

function notOpen(state: StageState, key: Key, { status }: TaskState): Decision<StageEvent> | null {
  if (status === 'done' || status === 'to-check') return refuse('task-already-done');
  if (status === 'ready' || status === 'claimed') return null;
  const planned = status === 'waiting' ? plannedTask(state, key) : undefined;
  const waitingFor = planned ? waitsFor(state, planned).slice(0, WAITS_AT_MOST) : [];
  return refuse('task-not-ready', { status, ...(waitingFor.length > 0 && { waitingFor }) });
}

/** Whether a task is somebody else's; what is theirs who no longer hold the role is for whoever does. */
const isOthers = (assignee: PersonId | undefined, { person, holders }: Actor): assignee is PersonId =>
  assignee !== undefined && assignee !== person && holders.includes(assignee);

function ofOther({ status, assignee }: TaskState, actor: Actor): Decision<StageEvent> | null {
  if (!isOthers(assignee, actor)) return null;
  return refuse(status === 'claimed' ? 'task-claimed-by-other' : 'task-assigned-to-other', { person: assignee });
}

const ifBlocked = ({ blocked }: TaskState): Decision<StageEvent> | null => (blocked ? refuse('task-blocked', { person: blocked.person }) : null);
