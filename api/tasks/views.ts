/** What the API says about tasks. */
import { z } from 'zod';
import { ITEM_KINDS } from '../../domain/backlog/types';
import { checkEvidence } from '../../domain/evidence';
import type { Evidence } from '../../domain/evidence-types';
import { splitTaskKey } from '../../domain/inventory';
import type { EvidenceField } from '../../domain/plan';
import type { TaskRow } from '../../domain/rows';
import { gateOf } from '../commands/stream';
import { toIso } from '../http/instant';
import type { ItemRef, Names } from '../names';
import type { EarlierWork } from '../../store/reads/task-log';
import type { ProjectAccess } from '../reads';
import { authoredTask, fieldsOf } from './evidence';
import { instant, key, namedKey, namedPerson } from '../schemas';

const fileLink = z.strictObject({ type: z.string(), size: z.int(), href: z.string() })
  .meta({ id: 'FileLink', description: 'The document is a file of the project: its content is at `href`.' });

const cell = z.union([
  z.string(), z.number(), z.boolean(), z.null(),
  z.strictObject({ name: z.string().nullable(), url: z.string().nullable().optional(), sha256: z.string().optional(), file: fileLink.optional() }),
]);
export const evidenceValue = z.union([cell, z.strictObject({ rows: z.array(z.record(z.string(), cell)) })]);

const fieldBase = {
  key, name: z.string(), required: z.boolean(),
  min: z.number().optional(), max: z.number().optional(), choices: z.array(namedKey).optional(), mustBeChecked: z.boolean().optional(),
};
const column = z.strictObject({ ...fieldBase, type: z.enum(['document', 'link', 'text', 'date', 'number', 'choice', 'checkbox']) });
export const fieldSchema = z.strictObject({
  ...fieldBase, type: z.enum(['document', 'link', 'text', 'date', 'number', 'choice', 'checkbox', 'table']),
  columns: z.array(column).optional(), minRows: z.int().optional(), maxRows: z.int().optional(),
});

export const taskStatus = z.enum(['waiting', 'ready', 'claimed', 'to-check', 'done', 'dropped']);

/** What lists of tasks can be asked for. */
export const taskFilter = z.enum([...taskStatus.options, 'blocked']).meta({ description: '`blocked`: somebody said that it can’t be gone on with, whatever its status is else.' });

const item = z.strictObject({
  key, name: z.string().nullable().meta({ description: 'null: the text of an own item was erased.' }),
  required: z.boolean().meta({ description: 'The task can be completed only once it is ticked.' }),
  own: z.boolean().meta({ description: 'It was added here; the template does not have it.' }), tickedBy: namedPerson.nullable(), tickedAt: instant.nullable(),
});

export const awaitedItems = z.strictObject({
  phase: namedKey.meta({ description: 'The phase whose backlog has them.' }), item: z.string().nullable().meta({ description: 'One item, by its number.' }),
  kind: z.enum(ITEM_KINDS).nullable(), label: z.string().nullable(), accepted: z.int().meta({ description: 'So many must be done at least.' }),
  left: z.array(z.string()).meta({ description: 'Items that are left to do, the first ten.' }),
}).meta({ id: 'AwaitedItems' });

export const taskView = z.strictObject({
  project: z.string(), phase: key, phaseName: z.string(), task: key, name: z.string(), guidance: z.string().nullable(),
  status: taskStatus, role: namedKey, accountable: namedKey.nullable().meta({ description: 'Who answers for it; null where nobody does beside the project manager.' }), assignee: namedPerson.nullable(),
  readyAt: instant.nullable(), dueAt: instant.nullable(),
  dueIsProvisional: z.boolean().meta({ description: 'The due date falls in a year whose replacement days are not announced yet.' }),
  rungs: z.array(z.strictObject({ do: z.enum(['remind', 'raise']), to: namedKey.nullable(), at: instant }))
    .meta({ description: 'What happened by itself around the due date.' }),
  doneBy: namedPerson.nullable(), doneAt: instant.nullable(),
  reopened: z.int(), waitingFor: z.array(z.string()).meta({ description: 'Keys of tasks of the phase, `phase:KEY`, and items of backlogs.' }),
  waitingForNames: z.array(z.string()).meta({ description: 'What of it are tasks and phases, by name.' }),
  waitingForItems: z.array(awaitedItems).meta({ description: 'What of it are items of backlogs.' }),
  checkedBy: namedPerson.nullable().meta({ description: 'Who looked at it, where the template asks for a second pair of eyes.' }),
  doneThrough: namedPerson.nullable().meta({ description: 'The delegate who completed it in that name.' }),
  checkedThrough: namedPerson.nullable().meta({ description: 'The delegate who looked at it in that name.' }),
  blocked: z.strictObject({ person: namedPerson, since: instant, reason: z.string().nullable() }).nullable()
    .meta({ description: 'Who said that it can’t be gone on with, since when and why. It can’t be completed until then.' }),
  checklist: z.array(item),
  attachments: z.array(z.strictObject({ sha256: z.string(), name: z.string().nullable(), person: namedPerson, at: instant, file: fileLink.nullable() }))
    .meta({ description: 'Files that were put beside it. They are not evidence: no gate looks at them.' }),
  comments: z.int().meta({ description: 'Comments in this round of the phase.' }),
  hoursSpent: z.number().nullable().meta({ description: 'Hours worked on it; null: nobody said.' }),
  hoursRemaining: z.number().nullable().meta({ description: 'Hours that it still takes, as was said last; null: nobody said.' }),
  item: namedKey.nullable().meta({ description: 'The inventory item that it is done for.' }),
  adopted: z.strictObject({ source: z.string().nullable(), by: z.string().nullable() }).nullable()
    .meta({ description: 'It was done or dropped elsewhere, before the project came here: where that is known from, and who did it, as it was told.' }),
  budget: z.number().nullable().meta({ description: 'As planned, in the currency of the template; of a task that is done per item, for each. null: none was planned.' }),
  fields: z.array(fieldSchema).meta({ description: 'What the task must deliver.' }),
  evidence: z.record(z.string(), evidenceValue).nullable().meta({ description: 'What it delivered; an erased text is null.' }),
  condition: z.strictObject({ defect: z.string().nullable(), plan: z.string().nullable(), owner: namedKey }).nullable(),
  former: z.boolean().meta({ description: 'It belongs to a plan that the project moved on from; it stays as it is.' }),
}).meta({ id: 'Task' });

const inWhoseName = z.array(namedPerson).meta({ description: 'In whose name you can work on it, check it, or take back what you delivered; empty where it is for yourself, or nothing you can do.' });

export const myTask = taskView.extend({ projectName: z.string().nullable(), onBehalfOf: inWhoseName }).meta({ id: 'MyTask' });
const sentBack = z.strictObject({
  person: namedPerson.nullable().meta({ description: 'null: a gate asked for it, or a change of the plan.' }), at: instant,
  through: namedPerson.nullable().meta({ description: 'The delegate who did it in that name.' }),
  gate: namedKey.extend({ approval: z.string().meta({ description: 'The approval in which that was decided.' }) }).nullable().meta({ description: 'The gate that asked for it, if one did.' }),
  reason: z.string().nullable().meta({ description: 'null: none was given, or it was erased.' }),
}).nullable().meta({ description: 'Who had it done again last, when and why; null where nobody did, and once it is done or dropped.' });
export const taskDetails = taskView.extend({
  onBehalfOf: inWhoseName, sentBack,
  deliveredBefore: z.record(z.string(), evidenceValue).nullable().meta({
    description: 'What it delivered before it was sent back, reopened or withdrawn, as far as its fields still take that: a beginning for what it delivers next. null once it is delivered, and where there was nothing.' }),
}).meta({ id: 'TaskDetails' });

export type TaskView = z.output<typeof taskView>;

function fieldViews(row: TaskRow, names: Names): TaskView['fields'] {
  const { task } = splitTaskKey(row.task);
  return fieldsOf(names.template, row.phase, row.task, row.condition !== null).map((each) => fieldView(each, `${row.phase}/${task}/${each.key}`, names));
}

/** A field of evidence as people read it. @param path its place in the texts of the template. */
export function fieldView(each: EvidenceField, path: string, names: Names): TaskView['fields'][number] {
  const named = { key: each.key, name: names.at(`field:${path}`) ?? names.at(`field:${each.key}`) ?? each.key, type: each.type, required: each.required };
  switch (each.type) {
    case 'number': return { ...named, ...(each.min !== undefined && { min: each.min }), ...(each.max !== undefined && { max: each.max }) };
    case 'choice':
      return { ...named, choices: each.choices.map((choice) => ({ key: choice, name: names.at(`choice:${path}/${choice}`) ?? choice })) };
    case 'checkbox': return { ...named, mustBeChecked: each.mustBeChecked };
    case 'table':
      return {
        ...named, minRows: each.minRows, maxRows: each.maxRows,
        columns: each.columns.map((one) => fieldView(one, `${path}/${one.key}`, names) as z.output<typeof column>),
      };
    default: return named;
  }
}

/** That a task is blocked, as people read it. */
export function blockedView({ person, since, reason }: NonNullable<TaskRow['blocked']>, names: Names): NonNullable<TaskView['blocked']> {
  return { person: names.person(person), since: toIso(since), reason: names.text(reason) };
}

function attachmentViews({ attachments = [], project }: TaskRow, names: Names): TaskView['attachments'] {
  return attachments.map(({ sha256, name, person, at }) => (
    { sha256, name: names.text(name), person: names.person(person), at: toIso(at), file: names.file(project, sha256) ?? null }));
}

function checklistView(row: TaskRow, names: Names): TaskView['checklist'] {
  const path = `${row.phase}/${splitTaskKey(row.task).task}`;
  return (row.checklist ?? []).map(({ key: itemKey, required, text, by, at }) => ({
    key: itemKey, required, own: text !== undefined, name: text ? names.text(text) : (names.at(`item:${path}/${itemKey}`) ?? itemKey),
    tickedBy: by === undefined ? null : names.person(by), tickedAt: toIso(at ?? null),
  }));
}

/** The tasks and phases for which a task waits, by name. */
export const awaitedNamesOf = ({ project, phase, waitingFor }: TaskRow, names: Names): string[] => waitingFor.filter((each) => !each.startsWith('backlog:')).map((each) => names.awaited(phase, each, project));

/** Items of backlogs for which a task waits. */
export const awaitedItemsOf = (row: TaskRow, names: Names): z.output<typeof awaitedItems>[] => (row.waitingForItems ?? []).map(({ backlog, item, items, label, accepted, left }) => (
  { phase: { key: backlog, name: names.phase(backlog) }, item: item ?? null, kind: items ?? null, label: label ?? null, accepted: accepted ?? 0, left: [...left] }));

/** A task in the language of `names`. */
export function taskViewOf(row: TaskRow, names: Names): TaskView {
  const { condition, evidence } = row;
  const accountable = authoredTask(names.template, row.phase, row.task)?.rasci.a;
  return {
    project: row.project, phase: row.phase, phaseName: names.phase(row.phase), task: row.task,
    name: names.task(row.phase, row.task, condition, row.project),
    guidance: names.at(`task:${row.phase}/${splitTaskKey(row.task).task}.guidance`) ?? null,
    status: row.status, role: names.role(row.role), accountable: accountable === undefined ? null : names.role(accountable), assignee: row.assignee === null ? null : names.person(row.assignee),
    readyAt: toIso(row.readyAt), dueAt: toIso(row.dueAt), dueIsProvisional: row.dueIsProvisional ?? false,
    rungs: (row.climbed ?? []).map(({ do: deed, to, at }) => ({ do: deed, to: to === undefined ? null : names.role(to), at: toIso(at) })),
    doneBy: row.doneBy === null ? null : names.person(row.doneBy), doneAt: toIso(row.doneAt),
    reopened: row.reopened, waitingFor: [...row.waitingFor], waitingForNames: awaitedNamesOf(row, names), waitingForItems: awaitedItemsOf(row, names),
    checkedBy: row.checkedBy === undefined ? null : names.person(row.checkedBy), item: row.item === undefined ? null : names.item(row.project, row.item),
    doneThrough: row.doneThrough === undefined ? null : names.person(row.doneThrough),
    checkedThrough: row.checkedThrough === undefined ? null : names.person(row.checkedThrough),
    blocked: row.blocked ? blockedView(row.blocked, names) : null, checklist: checklistView(row, names), attachments: attachmentViews(row, names), comments: row.comments ?? 0,
    hoursSpent: row.spent ?? null, hoursRemaining: row.remaining ?? null,
    adopted: row.adopted ? { source: names.text(row.adopted.source), by: row.adopted.by ? names.text(row.adopted.by) : null } : null,
    budget: row.budget ?? null, fields: fieldViews(row, names),
    evidence: evidence && evidenceView(evidence, row, names),
    former: row.former ?? false,
    condition: condition && { defect: names.text(condition.defect), plan: names.text(condition.plan), owner: names.role(condition.owner) },
  };
}

const evidenceView = (evidence: Evidence, { project }: TaskRow, names: Names): NonNullable<TaskView['evidence']> =>
  Object.fromEntries(Object.entries(evidence).map(([name, value]) => [name, names.evidence(value, project)]));

/** What came of a task before, as people read it. Of what was delivered, what its fields would not take now is left out: what it must deliver can have changed. */
export function earlierView({ sentBack: back, delivered }: EarlierWork, row: TaskRow, names: Names): Pick<z.output<typeof taskDetails>, 'sentBack' | 'deliveredBefore'> {
  const fields = fieldsOf(names.template, row.phase, row.task, row.condition !== null);
  const gate = gateOf(back?.source ?? '');
  const kept = Object.entries(delivered ?? {}).filter(([name, value]) => checkEvidence(fields.filter(({ key: field }) => field === name), { [name]: value }).length === 0);
  return {
    sentBack: back ? {
      person: back.person === null ? null : names.person(back.person), through: back.through === null ? null : names.person(back.through), at: toIso(back.at),
      gate: back.source !== null && gate !== undefined ? { key: gate, name: names.at(`gate:${gate}`) ?? gate, approval: back.source } : null,
      reason: back.reason && names.text(back.reason),
    } : null,
    deliveredBefore: row.evidence === null && kept.length > 0 ? evidenceView(Object.fromEntries(kept), row, names) : null,
  };
}

/** In whose name a person can work on a task or check it, where they can not in their own, as the list of their tasks; and take back what they delivered in that name. */
export function voicesFor(task: TaskRow, { roles, standsInFor = [] }: ProjectAccess, viewer: string): string[] {
  const { status, role, accountable, assignee, doneBy, doneThrough } = task;
  const concerns = (held: readonly string[]): boolean => held.includes(role) || (status === 'to-check' && accountable !== undefined && held.includes(accountable));
  const can = (person: string): boolean => (status === 'to-check' ? ![doneBy, doneThrough].some((each) => each === person || each === viewer)
    : (status === 'ready' || status === 'claimed') && (assignee ?? person) === person);
  const isOver = status === 'done' || status === 'to-check';
  if (isOver && doneThrough === viewer) return standsInFor.some(({ absent, delegated }) => absent === doneBy && delegated.includes(role)) ? [doneBy as string] : [];
  if (assignee === viewer || (concerns(roles) && can(viewer))) return [];
  return [...new Set(standsInFor.flatMap(({ absent, delegated }) => (concerns(delegated) && can(absent) ? [absent] : [])))];
}

/** The persons a row names. */
export function personsIn(rows: readonly TaskRow[]): string[] {
  const found = new Set<string>();
  const note = (person: string | null | undefined): void => { if (typeof person === 'string') found.add(person); };
  for (const { assignee, doneBy, checkedBy, doneThrough, checkedThrough, blocked, checklist = [], attachments = [] } of rows) {
    for (const person of [assignee, doneBy, checkedBy, doneThrough, checkedThrough, blocked?.person]) note(person);
    for (const { by } of checklist) note(by);
    for (const { person } of attachments) note(person);
  }
  return [...found];
}

/** The inventory items that rows are about, or wait for, each once. */
export function itemsIn(rows: readonly TaskRow[]): ItemRef[] {
  const found = new Map<string, ItemRef>();
  for (const { project, item, waitingFor } of rows) {
    for (const each of [item, ...waitingFor.map((awaited) => splitTaskKey(awaited).item)]) if (each !== undefined) found.set(`${project} ${each}`, { project, item: each });
  }
  return [...found.values()];
}
