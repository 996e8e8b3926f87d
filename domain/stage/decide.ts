import { checkEvidence } from '../evidence';
import { refuse } from '../errors';
import { cascade, own } from '../fold';
import { entitlingRole, steeringRoles } from '../permissions';
import type { Context, Decision, Key } from '../process';
import { adopt } from './adopt';
import { advance, dropOpenTasks, dueAt } from './advance';
import { completeMany } from './complete-many';
import { decideApproval } from './decide-approval';
import { decideRevision } from './decide-revision';
import { evolve } from './evolve';
import { openApproval, plannedTask, responsibleRole } from './gate';
import { dueReminders } from './reminders';
import { isFormer } from './tasks';
import type { StageCommand, StageEvent, StageState, TaskState } from './types';

type TaskCommand = Extract<StageCommand, { task: Key }>;

/** Judges a command on a stage. Refusals: see `domain/errors.ts`. */
export function decide(state: StageState, command: StageCommand, context: Context): Decision<StageEvent> {
  const decision = command.type === 'complete-many' ? completeMany(state, command, context, (each, one) => decideTask(each, one, context))
    : 'task' in command ? decideTask(state, command, context) : decideSystem(state, command, context);
  if (!decision.ok || decision.events.length === 0) return decision;
  return { ...decision, events: cascade(state, decision.events, context, evolve, (each) => advance(each, context.now)) };
}

const accept = (...events: StageEvent[]): Decision<StageEvent> => ({ ok: true, events });

function decideSystem(state: StageState, command: Exclude<StageCommand, TaskCommand | { type: 'complete-many' }>, context: Context): Decision<StageEvent> {
  if (context.authority.kind !== 'system') return refuse('system-only');
  if (command.type === 'open') return state.status === 'opening' ? accept({ type: 'stage-opened' }, ...adopt(state)) : accept();
  if (state.status !== 'open' && state.status !== 'passed') return accept();
  switch (command.type) {
    case 'approval-decided':
    case 'approval-withdrawn':
    case 'child-lost': return accept(...decideApproval(state, command, context));
    case 'roles-changed': return accept({ type: 'roles-changed', roles: command.roles });
    case 'phase-reached':
      return own(state.phases, command.phase) === command.reach ? accept() : accept({ type: 'phase-reached', phase: command.phase, reach: command.reach });
    case 'prepare':
    case 'prepared':
    case 'commit':
    case 'abort': return accept(...decideRevision(state, command, context));
    case 'supersede': return accept(...supersede(state));
    case 'remind': return accept(...dueReminders(state, context.now));
    case 'look': return accept({ type: 'children-looked-at' });
    default: return refuse('unknown-command', { command: (command as { type: string }).type });
  }
}

/** The phase is done again in another round: what is still open of this one is not needed any more. */
function supersede(state: StageState): StageEvent[] {
  return [...dropOpenTasks(state), { type: 'stage-ended', status: 'cancelled' }];
}

function decideTask(state: StageState, command: TaskCommand, context: Context): Decision<StageEvent> {
  const { authority } = context;
  const task = own(state.tasks, command.task);
  if (!task) return refuse('unknown-task', { task: command.task });
  const responsible = responsibleRole(state, command.task);
  const steering = steeringRoles(state.input.managerRole);
  const accountable = plannedTask(state, command.task)?.rasci.a;
  const answering = [responsible, ...(accountable === undefined ? [] : [accountable])];
  const mayDo = command.type === 'claim' || command.type === 'complete' ? [responsible]
    : command.type === 'confirm' || command.type === 'send-back' ? answering : [...answering, ...steering];
  const role = entitlingRole(authority, mayDo);
  if (authority.kind !== 'person' || role === undefined) return refuse('not-permitted', { roles: mayDo });
  if (state.status !== 'open' && state.status !== 'passed') return refuse('phase-closed', { status: state.status });
  if (state.revision) return refuse('project-changing');
  if (state.heldAt !== undefined) return refuse('project-held');
  const person = authority.onBehalfOf ?? authority.person;
  const decision = judgeTask(state, task, command, { person, isSteering: authority.roles.some((each) => steering.includes(each)), now: context.now });
  return decision.ok ? { ...decision, role } : decision;
}

interface Actor {
  readonly person: string;
  readonly isSteering: boolean;
  readonly now: number;
}

function judgeTask(state: StageState, task: TaskState, command: TaskCommand, actor: Actor): Decision<StageEvent> {
  const { task: key } = command;
  switch (command.type) {
    case 'claim':
      if (task.status === 'claimed') return task.assignee === actor.person ? accept() : refuse('task-claimed-by-other', { person: task.assignee ?? '' });
      return notOpen(task) ?? accept({ type: 'task-claimed', task: key, person: actor.person });
    case 'release':
      if (task.status !== 'claimed') return refuse('task-not-claimed');
      if (task.assignee !== actor.person && !actor.isSteering) return refuse('task-claimed-by-other', { person: task.assignee ?? '' });
      return accept({ type: 'task-released', task: key });
    case 'complete': {
      const refused = notOpen(task);
      if (refused) return refused;
      if (task.status === 'claimed' && task.assignee !== actor.person) return refuse('task-claimed-by-other', { person: task.assignee ?? '' });
      const fields = checkEvidence(plannedTask(state, key)?.evidence ?? CONDITION_EVIDENCE, command.evidence);
      if (fields.length > 0) return refuse('evidence-invalid', { task: key }, fields);
      const type = plannedTask(state, key)?.fourEyes ? 'task-delivered' : 'task-completed';
      return accept({ type, task: key, person: actor.person, evidence: command.evidence });
    }
    case 'confirm':
      if (task.status !== 'to-check') return refuse('task-not-to-check', { status: task.status });
      if (task.doneBy === actor.person) return refuse('four-eyes', { task: key });
      return accept({ type: 'task-confirmed', task: key, person: actor.person });
    case 'send-back':
      if (task.status !== 'to-check') return refuse('task-not-to-check', { status: task.status });
      return accept({ type: 'task-sent-back', task: key, person: actor.person, reason: command.reason, ...dueAt(state, plannedTask(state, key), actor.now) });
    case 'reopen': {
      if (task.status !== 'done') return refuse('task-not-done');
      if (state.status !== 'open' && !task.condition) return refuse('task-frozen-by-gate');
      if (isFormer(state.input.phase, key)) return refuse('task-former', { task: key });
      const reopened: StageEvent = { type: 'task-reopened', task: key, reason: command.reason, ...dueAt(state, plannedTask(state, key), actor.now) };
      return openApproval(state) === undefined ? accept(reopened) : accept({ type: 'gate-withdrawn', round: state.gate.round }, reopened);
    }
    default: return refuse('unknown-command', { command: (command as { type: string }).type });
  }
}

/** What must be delivered to show that a condition is met. */
export const CONDITION_EVIDENCE = [{ key: 'proof', required: true, type: 'text' as const }];

function notOpen(task: TaskState): Decision<StageEvent> | null {
  if (task.status === 'done' || task.status === 'to-check') return refuse('task-already-done');
  return task.status === 'ready' || task.status === 'claimed' ? null : refuse('task-not-ready', { status: task.status });
}
