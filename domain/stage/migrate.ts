/** A stage that moves to another plan while it runs: what was done and decided stays as it is. */
import { digestOf } from '../digest';
import { foldAll, own } from '../fold';
import type { PlanPhase, StageTask } from '../plan';
import type { Context, Key } from '../process';
import { dropOpenTasks, dueAt } from './advance';
import { evolve } from './evolve';
import { applyingPolicy, gateDigest, openApproval } from './gate';
import { taskOf, tasksOf } from './tasks';
import type { StageCommand, StageEvent, StageMove, StageState } from './types';

/** Digest of where a stage stands, without what a revision itself adds: a plan that was proved for it holds as long as it is the same. */
export function standingDigest({ status, tasks, gate, phases, input }: StageState): string {
  return digestOf({ status, tasks, gate, phases, phase: input.phase });
}

/** The tasks that another plan of a phase does not have any more. */
function formerTasks(before: PlanPhase, after: PlanPhase): StageTask[] {
  const kept = new Set(tasksOf(after).map(({ key }) => key));
  return [...(before.former ?? []), ...tasksOf(before)].filter(({ key }) => !kept.has(key));
}

/** The phase of another plan, together with the tasks that it does not have any more. */
function moved(before: PlanPhase, after: PlanPhase): PlanPhase {
  const former = formerTasks(before, after);
  return former.length > 0 ? { ...after, former } : after;
}

/** What follows when a stage moves to another plan. An approval in course whose subject changes is withdrawn, and asked anew by itself. */
export function migrate(state: StageState, command: Extract<StageCommand, { type: 'commit' }>, move: StageMove, context: Context): StageEvent[] {
  const { revision, kind } = command;
  const withdrawn: StageEvent[] = openApproval(state) === undefined ? [] : [{ type: 'gate-withdrawn', round: state.gate.round }];
  if (!move.slice) return [...withdrawn, { type: 'revision-committed', revision, kind }, ...dropOpenTasks(state), { type: 'stage-ended', status: 'cancelled' }];
  // A gate that has decided stays decided: only who is who changes for what is still open behind it.
  const phase = state.status === 'open' ? moved(state.input.phase, move.slice.phase) : state.input.phase;
  const events: StageEvent[] = [{ type: 'revision-committed', revision, kind, slice: { ...move.slice, phase } }];
  let next = foldAll(state, events, context, evolve);
  if (state.status === 'open') {
    const changes = taskChanges(state, next, move.reopen, context.now);
    next = foldAll(next, changes, context, evolve);
    events.push(...changes);
  }
  return subjectOf(state) === subjectOf(next) ? events : [...withdrawn, ...events];
}

/** What an approval in course is about, and by which rules. */
function subjectOf(state: StageState): string {
  const { gate } = state.input.phase;
  return gate ? digestOf({ content: gateDigest(state, gate), policy: applyingPolicy(state, gate), back: gate.onRework ?? [] }) : '';
}

function taskChanges(before: StageState, after: StageState, reopen: readonly Key[], now: number): StageEvent[] {
  const [old, plan] = [before.input.phase, after.input.phase];
  const wasFormer = new Set((old.former ?? []).map(({ key }) => key));
  const gone = new Set((plan.former ?? []).map(({ key }) => key));
  return Object.entries(after.tasks).flatMap(([key, task]): StageEvent[] => {
    if (task.condition) return [];
    if (gone.has(key)) return task.status === 'done' || task.status === 'dropped' ? [] : [{ type: 'task-dropped', task: key }];
    const planned = taskOf(plan, key);
    // What another plan dropped, or one without a condition would not have dropped, is to be done after all; what was dropped elsewhere is not.
    if (task.status === 'dropped') return !task.adopted && (wasFormer.has(key) || !planned?.when) ? [{ type: 'task-waiting', task: key }] : [];
    if (task.status === 'done') return reopen.includes(key) ? [{ type: 'task-reopened', task: key, ...dueAt(after, planned, now) }] : [];
    if (task.status !== 'ready' && task.status !== 'claimed') return [];
    const was = own(before.tasks, key)?.dueAt;
    if (sameRule(taskOf(old, key), planned)) return [];
    const date = dueAt(after, planned, task.readyAt ?? now);
    return date.dueAt === was ? [] : [{ type: 'task-redated', task: key, ...date }];
  });
}

const sameRule = (one: StageTask | undefined, other: StageTask | undefined): boolean =>
  digestOf([one?.dueDays ?? null, one?.due ?? null]) === digestOf([other?.dueDays ?? null, other?.due ?? null]);
