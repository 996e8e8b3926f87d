/** Judges what people keep beside a task: comments, its checklist, hours. */
import type { FieldProblem } from '../errors';
import { refuse } from '../errors';
import { own } from '../fold';
import type { Decision, Key, PersonId } from '../process';
import { unreachable } from '../unreachable';
import type { StageCommand, StageEvent, StageState, TaskState } from './types';
import { checklistOf, inHours } from './work';

export type WorkCommand = Extract<StageCommand, { type: 'comment' | 'change-checklist' | 'change-attachments' | 'log-effort' }>;

/** So many at most per task: a state stays small, and a history short. */
export const MAX_COMMENTS = 500;
export const MAX_OWN_ITEMS = 50;
export const MAX_ATTACHMENTS = 50;
/** Hours of one entry, and of a task. */
const MAX_HOURS = 10_000;

const accept = (event: StageEvent): Decision<StageEvent> => ({ ok: true, events: [event] });

/** @param person who is at it themselves, whoever's name it is in. */
export function decideWork(state: StageState, task: TaskState, command: WorkCommand, person: PersonId): Decision<StageEvent> {
  switch (command.type) {
    case 'comment': {
      const comment = (own(state.work ?? {}, command.task)?.comments ?? 0) + 1;
      if (comment > MAX_COMMENTS) return refuse('task-full', { limit: MAX_COMMENTS });
      return accept({ type: 'task-commented', task: command.task, comment, person, text: command.text, mentions: command.mentions });
    }
    case 'change-checklist': return changeChecklist(state, task, command, person);
    case 'change-attachments': return changeAttachments(state, command, person);
    case 'log-effort': return logEffort(state, command, person);
    default: return unreachable(command);
  }
}

/** What was completed stays as it was completed. */
function changeChecklist(state: StageState, task: TaskState, command: Extract<WorkCommand, { type: 'change-checklist' }>, person: PersonId): Decision<StageEvent> {
  if (task.status === 'done' || task.status === 'dropped' || task.status === 'to-check') return refuse('task-already-done');
  const { add = [], tick = [], untick = [], remove = [] } = command;
  const items = new Map(checklistOf(state, command.task).map((item) => [item.key, item]));
  const fields = (['tick', 'untick', 'remove'] as const).flatMap((list) => (command[list] ?? []).flatMap((key, index): FieldProblem[] => {
    const item = items.get(key);
    const fits = item !== undefined && (list !== 'remove' || item.text !== undefined);
    return fits ? [] : [{ pointer: `/${list}/${index}`, code: 'choice', expected: [...items.keys()].join(', ') }];
  }));
  const named = [...tick, ...untick, ...remove];
  if (new Set(named).size < named.length) fields.push({ pointer: '', code: 'duplicate', expected: '/tick, /untick, /remove' });
  if (named.length + add.length === 0) fields.push({ pointer: '', code: 'required' });
  if (fields.length > 0) return refuse('checklist-invalid', { task: command.task }, fields);
  const ownItems = [...items.values()].filter(({ text }) => text).length;
  if (ownItems - remove.length + add.length > MAX_OWN_ITEMS) return refuse('task-full', { limit: MAX_OWN_ITEMS });
  const ticked = tick.filter((key) => items.get(key)?.by === undefined);
  const unticked = untick.filter((key) => items.get(key)?.by !== undefined);
  const first = (own(state.work ?? {}, command.task)?.ownItems ?? 0) + 1;
  const added = add.map((text, index): { key: Key; text: typeof text } => ({ key: String(first + index), text }));
  if (ticked.length + unticked.length + added.length + remove.length === 0) return { ok: true, events: [] };
  return accept({
    type: 'checklist-changed', task: command.task, person, ...(added.length > 0 && { added }), ...(ticked.length > 0 && { ticked }),
    ...(unticked.length > 0 && { unticked }), ...(remove.length > 0 && { removed: remove }),
  });
}

/** Files are told apart by their content: the same one again takes the place of what it was called. */
function changeAttachments(state: StageState, command: Extract<WorkCommand, { type: 'change-attachments' }>, person: PersonId): Decision<StageEvent> {
  const { task, add = [], remove = [] } = command;
  const known = own(state.work ?? {}, task)?.attachments ?? {};
  const fields = remove.flatMap((sha256, index): FieldProblem[] => (own(known, sha256) ? [] : [{ pointer: `/remove/${index}`, code: 'choice' }]));
  const named = [...add.map(({ sha256 }) => sha256), ...remove];
  if (new Set(named).size < named.length) fields.push({ pointer: '', code: 'duplicate', expected: '/add, /remove' });
  if (named.length === 0) fields.push({ pointer: '', code: 'required' });
  if (fields.length > 0) return refuse('attachments-invalid', { task }, fields);
  const files = new Set([...Object.keys(known), ...named]).size - remove.length;
  if (files > MAX_ATTACHMENTS) return refuse('task-full', { limit: MAX_ATTACHMENTS });
  return accept({ type: 'attachments-changed', task, person, ...(add.length > 0 && { added: add }), ...(remove.length > 0 && { removed: remove }) });
}

/** Hours below none correct what was said before; a task never took fewer than none. */
function logEffort(state: StageState, { task, hours = 0, remaining }: Extract<WorkCommand, { type: 'log-effort' }>, person: PersonId): Decision<StageEvent> {
  const spent = inHours((own(state.work ?? {}, task)?.spent ?? 0) + hours);
  const fields: FieldProblem[] = [];
  if (hours === 0 && remaining === undefined) fields.push({ pointer: '/hours', code: 'required' });
  if (!Number.isFinite(hours) || Math.abs(hours) > MAX_HOURS || spent < 0 || spent > MAX_HOURS) fields.push({ pointer: '/hours', code: 'range', expected: `0 – ${MAX_HOURS}` });
  if (remaining !== undefined && !(remaining >= 0 && remaining <= MAX_HOURS)) fields.push({ pointer: '/remaining', code: 'range', expected: `0 – ${MAX_HOURS}` });
  if (fields.length > 0) return refuse('effort-invalid', { task }, fields);
  return accept({ type: 'effort-logged', task, person, hours: inHours(hours), ...(remaining !== undefined && { remaining: inHours(remaining) }) });
}
