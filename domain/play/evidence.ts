/** Evidence that a played project delivers: values that fit the fields, and, where a gate asks for some, those. */
import { evaluate, type Expression, referencesOf, type Resolve, type Scalar } from '../expression';
import type { Evidence, EvidenceValue } from '../evidence-types';
import { factKeyOf, toScalar } from '../facts';
import type { Criterion, EvidenceField, EvidenceTest, PlanPhase, PlanTask, SimpleField } from '../plan';
import type { Key } from '../process';

/** Picks one of so many, from 0; the same for the same question. */
export type Choose = (question: string, count: number) => number;
export const FIRST: Choose = () => 0;

const TEXT = { text: 'play' };
const SOME_DATE = '2027-01-04';

/** Values of evidence by `TASK/FIELD`. */
export type Wanted = ReadonlyMap<string, Scalar>;
type Facts = Readonly<Record<string, Scalar>>;

/** Conditions in a phase: those that hold its gate shut, or all, those of its tasks and steps too. */
export function conditionsOf(phase: PlanPhase, which: 'mandatory' | 'all'): Expression[] {
  const criteria = (phase.gate?.criteria ?? []).filter((each) => which === 'all' || each.mandatory).flatMap(toCondition);
  if (which === 'mandatory') return criteria;
  const steps = (phase.gate?.policy.steps ?? []).flatMap(({ when }) => (when === undefined ? [] : 'kind' in when ? [when] : [testCondition(when)]));
  const tasks = phase.tasks.flatMap(({ when }) => when ?? []);
  return [...criteria, ...steps, ...tasks, ...(phase.when ? [phase.when] : [])];
}

/** The fields of the same phase (`TASK/FIELD`) that conditions ask for. */
export function referencedFields(conditions: readonly Expression[]): string[] {
  return [...new Set(conditions.flatMap((each) => referencesOf(each)).flatMap((to) => (to[0] === 'evidence' ? [`${to[1]}/${to[2]}`] : [])))];
}

/** The fields that conditions ask for, and those that decide whether the tasks that deliver them are done at all. */
export function fieldsBehind(phase: PlanPhase, conditions: readonly Expression[]): string[] {
  const fields = new Set<string>();
  const open = [...conditions];
  for (let next = open.pop(); next; next = open.pop()) {
    for (const to of referencesOf(next)) {
      if (to[0] !== 'evidence' && to[0] !== 'done') continue;
      const when = phase.tasks.find(({ key }) => key === to[1])?.when;
      const isNew = to[0] === 'evidence' && !fields.has(`${to[1]}/${to[2]}`);
      if (isNew) fields.add(`${to[1]}/${to[2]}`);
      // A task waits for what its condition asks for, so these never lead in a circle.
      if (when && (isNew || to[0] === 'done')) open.push(when);
    }
  }
  return [...fields];
}

/** Values worth trying for a field (`TASK/FIELD`), given what conditions compare. */
export function candidatesFor(phase: PlanPhase, key: string, conditions: readonly Expression[]): Scalar[] {
  const [task, field] = key.split('/');
  const found = phase.tasks.find((each) => each.key === task)?.evidence.find((each) => each.key === field);
  return found ? candidates(found, conditions.flatMap(constantsOf)) : [];
}

/** What is delivered in a field (`TASK/FIELD`) when nothing else is asked. */
export function usualValue(phase: PlanPhase, key: string): Scalar {
  const [task, field] = key.split('/');
  const found = phase.tasks.find((each) => each.key === task)?.evidence.find((each) => each.key === field);
  return found ? toScalar(valueFor(found, FIRST)) : null;
}

/** Whether conditions of a phase hold for values of its evidence, once everything is done. */
export function holdsAll(phase: PlanPhase, conditions: readonly Expression[], values: Wanted, facts: Facts): boolean {
  const resolve = resolveIn(phase, values, facts);
  return conditions.every((condition) => evaluate(condition, resolve) === true);
}

/** What conditions of a phase see once everything is done: a task whose own condition does not hold delivers nothing. */
function resolveIn(phase: PlanPhase, values: Wanted, facts: Facts): Resolve {
  const resolve: Resolve = (to) => {
    if (to[0] === 'evidence') return isDropped(to[1]) ? null : (values.get(`${to[1]}/${to[2]}`) ?? null);
    return to[0] === 'done' ? !isDropped(to[1]) : (facts[factKeyOf(to) ?? ''] ?? null);
  };
  const whens = whensOf(phase);
  // Looked at once for these values: tasks that wait for tasks with conditions would else be evaluated over and over.
  const dropped = new Map<Key, boolean>();
  const isDropped = (task: Key): boolean => {
    const when = whens.get(task);
    if (when === undefined) return false;
    const known = dropped.get(task) ?? evaluate(when, resolve) !== true;
    dropped.set(task, known);
    return known;
  };
  return resolve;
}

// A plan never changes: what follows from it alone is computed once.
const knownWhens = new WeakMap<PlanPhase, ReadonlyMap<Key, Expression>>();

/** The conditions of tasks, by task. */
function whensOf(phase: PlanPhase): ReadonlyMap<Key, Expression> {
  const known = knownWhens.get(phase) ?? new Map(phase.tasks.flatMap(({ key, when }) => (when ? [[key, when] as const] : [])));
  knownWhens.set(phase, known);
  return known;
}

function toCondition(criterion: Criterion): Expression[] {
  if (criterion.kind === 'condition') return [criterion.condition];
  return criterion.kind === 'evidence' ? [testCondition(criterion.test)] : [];
}

function testCondition({ task, field, is }: EvidenceTest): Expression {
  const left: Expression = { kind: 'reference', to: ['evidence', task, field] };
  return { kind: 'any', of: is.map((value): Expression => ({ kind: 'compare', by: '=', left, right: { kind: 'value', value } })) };
}

function constantsOf(expression: Expression): Scalar[] {
  switch (expression.kind) {
    case 'value': return [expression.value];
    case 'reference': return [];
    case 'not': return constantsOf(expression.of);
    case 'if': return [expression.condition, expression.yes, expression.no].flatMap(constantsOf);
    case 'compare':
    case 'calculate': return [expression.left, expression.right].flatMap(constantsOf);
    case 'text': return [expression.text, expression.part].flatMap(constantsOf);
    default: return expression.of.flatMap(constantsOf);
  }
}

/** Values worth trying for a field: those around what it is compared with. */
function candidates(field: EvidenceField, constants: readonly Scalar[]): Scalar[] {
  switch (field.type) {
    case 'choice': return [...field.choices];
    case 'checkbox': return field.mustBeChecked ? [true] : [true, false];
    case 'date': return [SOME_DATE, ...constants.filter((each) => typeof each === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(each)), '2000-01-03', '2099-12-31'];
    case 'number': {
      const { min = 0, max = min + 1_000_000 } = field;
      const near = constants.filter((each) => typeof each === 'number').flatMap((each) => [each, each - 1, each + 1]);
      return [...new Set([min, max, ...near, 1, (min + max) / 2])].filter((each) => each >= min && each <= max);
    }
    default: return [];
  }
}

/** Evidence for a task. @param task as planned; @param wanted what its gate asks for. */
export function evidenceFor(task: Pick<PlanTask, 'evidence'> & { readonly planned: Key }, wanted: Wanted, choose: Choose): Evidence {
  return Object.fromEntries(task.evidence.map((field): [string, EvidenceValue] => {
    const asked = wanted.get(`${task.planned}/${field.key}`);
    if (asked !== undefined && asked !== null) return [field.key, asked];
    return [field.key, valueFor(field, choose)];
  }));
}

function valueFor(field: EvidenceField, choose: Choose): EvidenceValue {
  if (field.type !== 'table') return simpleValue(field, choose);
  const row = Object.fromEntries(field.columns.map((column) => [column.key, simpleValue(column, choose)]));
  return { rows: Array.from({ length: Math.max(1, field.minRows) }, () => row) };
}

function simpleValue(field: SimpleField, choose: Choose): Exclude<EvidenceValue, { rows: unknown }> {
  switch (field.type) {
    case 'document': return { name: TEXT };
    case 'link':
    case 'text': return TEXT;
    case 'date': return SOME_DATE;
    case 'number': return field.min ?? Math.min(0, field.max ?? 0);
    case 'choice': return field.choices[choose(field.key, field.choices.length)] ?? '';
    case 'checkbox': return field.mustBeChecked || choose(field.key, 2) === 0;
  }
}
