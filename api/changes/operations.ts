/** Changes of the plan as a client sends them. */
import { z } from 'zod';
import type { Operation } from '../../domain/change/types';
import type { TextRef } from '../../domain/evidence-types';
import { freeText, key } from '../schemas';

const title = freeText(200);
const days = z.int().min(0).max(1000);
const date = z.iso.date().meta({ example: '2027-01-31' });
const money = z.number().min(0).max(1e12);
const some = z.array(key).max(50);
const estimate = z.tuple([z.number().min(0).max(1000), z.number().min(0).max(1000), z.number().min(0).max(1000)])
  .meta({ description: 'Working days at best, most likely and at worst.' });

const fieldBase = { key, title, required: z.boolean().default(true) };
const field = z.discriminatedUnion('type', [
  z.strictObject({ ...fieldBase, type: z.enum(['document', 'link', 'text', 'date']) }),
  z.strictObject({ ...fieldBase, type: z.literal('number'), min: z.number().optional(), max: z.number().optional() }),
  z.strictObject({ ...fieldBase, type: z.literal('choice'), choices: z.array(key).min(1).max(50) }),
  z.strictObject({ ...fieldBase, type: z.literal('checkbox'), mustBeChecked: z.boolean().default(true) }),
]);

const task = z.strictObject({
  key, title, responsible: key.meta({ description: 'The role that does it.' }), accountable: key.optional(), after: some.optional(),
  dueDays: days.optional().meta({ description: 'Working days after it is ready.' }), dueDate: date.optional(), estimate: estimate.optional(), budget: money.optional(),
  fourEyes: z.literal(true).optional(), evidence: z.array(field).max(20).optional(),
});
const gate = z.strictObject({
  key, title, criteria: z.array(z.strictObject({ key, title })).max(50).optional().meta({ description: 'What the approvers judge; what the engine evaluates stays.' }),
  steps: z.array(z.strictObject({
    key, roles: some.min(1), quorum: z.union([z.enum(['any', 'all', 'majority']), z.int().min(1).max(100), z.strictObject({ percent: z.int().min(1).max(100) })]),
  })).min(1).max(20),
  separationOfDuties: z.literal(true).optional(),
});

const operation = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('add-task'), phase: key, task }),
  z.strictObject({ op: z.literal('remove-task'), phase: key, task: key }),
  z.strictObject({ op: z.literal('set-task'), phase: key, task: key, set: z.strictObject({
    responsible: key.optional(), accountable: key.optional(), after: some.optional(),
    items: z.array(z.strictObject({ backlog: key, item: z.string().regex(/^[1-9]\d{0,5}$/) })).max(30).optional()
      .meta({ description: 'Items of backlogs of other phases that it waits for, in place of all that it waited for there.' }),
    dueDays: days.nullable().optional(), dueDate: date.nullable().optional(),
    estimate: estimate.nullable().optional(), budget: money.nullable().optional(),
  }) }),
  z.strictObject({ op: z.literal('add-phase'), phase: z.strictObject({
    key, title, after: some.optional(), before: some.optional().meta({ description: 'Phases that wait for it.' }), budget: money.optional(), tasks: z.array(task).min(1).max(200), gate: gate.optional(),
  }) }),
  z.strictObject({ op: z.literal('remove-phase'), phase: key }),
  z.strictObject({ op: z.literal('set-phase'), phase: key, set: z.strictObject({ after: some.optional(), budget: money.nullable().optional() }) }),
  z.strictObject({ op: z.literal('set-gate'), phase: key, gate }),
  z.strictObject({ op: z.literal('remove-gate'), phase: key }),
  z.strictObject({ op: z.literal('set-scope'), phase: key, set: z.strictObject({
    add: z.number().positive().max(1e6).optional().meta({ description: 'Estimates by which the backlog may grow beyond its tolerance, on top of what was allowed before.' }),
    goal: freeText(4000).optional().meta({ description: 'The new Product Goal.' }),
    release: z.array(z.string().regex(/^[1-9]\d{0,5}$/)).max(200).optional().meta({ description: 'Items of what was promised that may be dropped.' }),
  }) }),
  z.strictObject({ op: z.literal('redo-phase'), phase: key }),
]);

export const operations = z.array(operation).min(1).max(100).meta({
  description: 'What changes, in order: tasks, phases and gates that come, go or are set anew. `null` takes away what was set.',
  example: [{ op: 'set-task', phase: 'build', task: 'cable', set: { dueDate: '2027-01-31' } }],
});

export const impact = z.strictObject({
  scope: freeText(4000).optional(), quality: freeText(4000).optional(),
  days: z.number().min(0).max(10_000).optional().meta({ description: 'Working days that it is said to take.' }),
  cost: money.optional().meta({ description: 'What it is said to cost, in the currency of the template.' }),
});

type OperationsInput = z.output<typeof operations>;

/** Titles of an operation, in a fixed order, replaced by what `visit` gives for each. */
function mapTitles(operation: OperationsInput[number], visit: (title: string) => TextRef): Operation {
  const ofTask = (given: z.output<typeof task>) => ({ ...given, title: visit(given.title), ...(given.evidence && { evidence: given.evidence.map((each) => ({ ...each, title: visit(each.title) })) }) });
  const ofGate = (given: z.output<typeof gate>) => ({ ...given, title: visit(given.title), ...(given.criteria && { criteria: given.criteria.map((each) => ({ ...each, title: visit(each.title) })) }) });
  switch (operation.op) {
    case 'add-task': return { ...operation, task: ofTask(operation.task) } as Operation;
    case 'add-phase': {
      const { phase } = operation;
      return { ...operation, phase: { ...phase, title: visit(phase.title), tasks: phase.tasks.map(ofTask), ...(phase.gate && { gate: ofGate(phase.gate) }) } } as Operation;
    }
    case 'set-scope': {
      const { goal, ...set } = operation.set;
      return { ...operation, set: { ...set, ...(goal !== undefined && { goal: visit(goal) }) } } as Operation;
    }
    case 'set-gate': return { ...operation, gate: ofGate(operation.gate) } as Operation;
    default: return operation as Operation;
  }
}

/** All titles, in order. */
export function titlesIn(given: OperationsInput): string[] {
  const found: string[] = [];
  for (const each of given) mapTitles(each, (text) => { found.push(text); return { text: '' }; });
  return found;
}

/** Operations with references in place of their titles. @param refs in the order of {@link titlesIn}. */
export function withTitles(given: OperationsInput, refs: readonly TextRef[]): Operation[] {
  const left = [...refs];
  return given.map((each) => mapTitles(each, () => left.shift() as TextRef));
}
