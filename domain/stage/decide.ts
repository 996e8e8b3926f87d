import { digestOf } from '../digest';
import { refuse } from '../errors';
import { cascade, own } from '../fold';
import type { Context, Decision } from '../process';
import type { Replaced } from '../project/types';
import { DIGESTS_BACKLOG, rulesOf } from '../rules';
import { adopt } from './adopt';
import { advance, dropOpenTasks } from './advance';
import { changeCalendar } from './change-calendar';
import { decideApproval } from './decide-approval';
import { decideMany, type ManyCommand } from './decide-many';
import { decideRevision } from './decide-revision';
import { decideTask, type TaskCommand } from './decide-task';
import { evolve } from './evolve';
import { openApproval } from './gate';
import { dueReminders } from './reminders';
import type { StageCommand, StageEvent, StageState } from './types';

const isMany = (command: StageCommand): command is ManyCommand =>
  command.type === 'complete-many' || command.type === 'confirm-many' || command.type === 'assign-many';

/** Judges a command on a stage. Refusals: see `domain/errors.ts`. */
export function decide(state: StageState, command: StageCommand, context: Context): Decision<StageEvent> {
  const decision = isMany(command) ? decideMany(state, command, context)
    : 'task' in command ? decideTask(state, command, context) : decideSystem(state, command, context);
  if (!decision.ok || decision.events.length === 0) return decision;
  return { ...decision, events: cascade(state, decision.events, context, evolve, (each) => advance(each, context.now)) };
}

const accept = (...events: StageEvent[]): Decision<StageEvent> => ({ ok: true, events });

function decideSystem(state: StageState, command: Exclude<StageCommand, TaskCommand | ManyCommand>, context: Context): Decision<StageEvent> {
  if (context.authority.kind !== 'system') return refuse('system-only');
  if (command.type === 'open') return state.status === 'opening' ? accept({ type: 'stage-opened' }, ...adopt(state)) : accept();
  if (state.status !== 'open' && state.status !== 'passed') return accept();
  switch (command.type) {
    case 'approval-decided':
    case 'approval-withdrawn':
    case 'child-lost': return accept(...decideApproval(state, command, context));
    case 'roles-changed': return accept({ type: 'roles-changed', roles: command.roles }, ...handOver(state, command.replaced));
    case 'absences-changed': return accept({ type: 'absences-changed', absences: command.absences });
    case 'phase-reached':
      return own(state.phases, command.phase) === command.reach ? accept() : accept({ type: 'phase-reached', phase: command.phase, reach: command.reach });
    case 'conditions-met':
      return state.openConditions?.includes(command.phase) ? accept({ type: 'conditions-met', phase: command.phase }) : accept();
    case 'backlog-stands': {
      const anew = rulesOf(context) < DIGESTS_BACKLOG ? {} : { anew: true as const };
      return accept(...(digestOf(command.met) === digestOf(state.backlog ?? {}) ? [] : shownAnew(state, { type: 'backlog-stood', met: command.met, ...anew })));
    }
    case 'handover-stands':
      return accept(...(own(state.handovers ?? {}, command.phase) === command.reached ? [] : shownAnew(state, { type: 'handover-stood', phase: command.phase, reached: command.reached })));
    case 'items-stand': return digestOf(command.stands) === digestOf(state.stands ?? {}) ? accept() : accept({ type: 'items-stood', stands: command.stands });
    case 'prepare':
    case 'prepared':
    case 'commit':
    case 'abort': return accept(...decideRevision(state, command, context));
    case 'calendar-changed': return accept(...changeCalendar(state, command.calendar, context));
    case 'supersede': return accept(...supersede(state));
    case 'remind': return accept(...dueReminders(state, context.now));
    case 'look': return accept({ type: 'children-looked-at' });
    default: return refuse('unknown-command', { command: (command as { type: string }).type });
  }
}

/** What approvers look at is another now: they are asked anew, if it is to be asked. While a change of the whole project settles, their outcome is refused instead. */
function shownAnew(state: StageState, stood: StageEvent): StageEvent[] {
  if (state.status !== 'open') return [];
  const isAsked = openApproval(state) !== undefined && !state.revision;
  return [...(isAsked ? [{ type: 'gate-withdrawn' as const, round: state.gate.round }] : []), stood];
}

/** What somebody who left was at, or was to be at, goes to who takes their place. */
function handOver(state: StageState, replaced: Replaced | undefined): StageEvent[] {
  if (!replaced) return [];
  return Object.entries(state.tasks).filter(([, { assignee }]) => assignee === replaced.person).flatMap(([task, { status }]): StageEvent[] => {
    if (status === 'claimed') return [{ type: 'task-released', task }, { type: 'task-claimed', task, person: replaced.by }];
    return status === 'ready' || status === 'waiting' ? [{ type: 'task-assigned', task, person: replaced.by }] : [];
  });
}

/** The phase is done again in another round: what is still open of this one is not needed any more. */
function supersede(state: StageState): StageEvent[] {
  const asked: StageEvent[] = openApproval(state) === undefined ? [] : [{ type: 'gate-withdrawn', round: state.gate.round }];
  return [...asked, ...dropOpenTasks(state), { type: 'stage-ended', status: 'cancelled' }];
}
