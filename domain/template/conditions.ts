/** What the conditions of a template may name, and the trees that are made of them. */
import type { Expression, Reference } from '../expression';
import { OUTCOMES } from '../plan';
import { reachable } from '../reachable';
import { type FeelProblem, type Known, type Names, parseCondition, type ValueType } from './feel';
import type { Template, TemplateField, TemplateItemKind, TemplatePhase, TemplateTask } from './schema';

const TYPES: Readonly<Record<string, ValueType>> = { date: 'date', number: 'number', choice: 'text', checkbox: 'boolean', text: 'text' };

const choicesOf = (of: { readonly choices?: readonly { readonly key: string }[] | undefined }): { choices?: readonly string[] } =>
  (of.choices ? { choices: of.choices.map(({ key }) => key) } : {});

/** Free text, links, documents and tables are for people to read. */
const isComparable = ({ type }: TemplateField): boolean => type === 'date' || type === 'number' || type === 'choice' || type === 'checkbox';

function fieldNames(task: TemplateTask, to: (field: string) => Reference): Names {
  return Object.fromEntries(task.evidence.filter(isComparable).map((field): [string, Known] =>
    [field.key, { to: to(field.key), type: TYPES[field.type] ?? 'text', ...(field.type === 'choice' && choicesOf(field)) }]));
}

function parameterNames(template: Template): Names {
  return Object.fromEntries(template.parameters.map((each): [string, Known] =>
    [each.key, { to: ['parameter', each.key], type: TYPES[each.type] ?? 'text', ...(each.type === 'choice' && choicesOf(each)) }]));
}

/** Tasks that are done once per item have no one answer. */
const singles = (phase: TemplatePhase): readonly TemplateTask[] => phase.tasks.filter((task) => !task.forEach);

/** Outcomes that a gate before can have: one that was passed before the project came here has none of the answers that people give here. */
const OUTCOMES_KNOWN: readonly string[] = [...OUTCOMES, 'adopted'];
// A template never changes: what its conditions may name is gathered once, as what they mean is kept by it.
const namesOf = new WeakMap<Template, Map<string, Names>>();

function once(template: Template, key: string, gather: () => Names): Names {
  const known = namesOf.get(template) ?? new Map<string, Names>();
  namesOf.set(template, known);
  const names = known.get(key) ?? gather();
  known.set(key, names);
  return names;
}

/**
 * What a condition in a phase may name: parameters, what tasks of the phase delivered (unless `own` is false), what tasks of the phases
 * before it delivered, and the outcomes of their gates.
 */
export function namesIn(template: Template, phase: TemplatePhase, own: boolean): Names {
  return once(template, `${template.phases.indexOf(phase)} ${own}`, () => gatherNames(template, phase, own));
}

function gatherNames(template: Template, phase: TemplatePhase, own: boolean): Names {
  const before = phasesBefore(template, phase.key);
  const earlier = template.phases.filter(({ key }) => before.has(key));
  return {
    parameters: parameterNames(template),
    phases: Object.fromEntries(earlier.map((each) => [each.key, Object.fromEntries(singles(each).map((task) =>
      [task.key, fieldNames(task, (field) => ['fact', each.key, task.key, field])]))])),
    gates: Object.fromEntries(earlier.flatMap(({ gate }): [string, Names][] =>
      (gate ? [[gate.key, { outcome: { to: ['gate', gate.key], type: 'text', choices: OUTCOMES_KNOWN } }]] : []))),
    ...(own && {
      evidence: Object.fromEntries(singles(phase).map((task) => [task.key, fieldNames(task, (field) => ['evidence', task.key, field])])),
      done: Object.fromEntries(singles(phase).map((task): [string, Known] => [task.key, { to: ['done', task.key], type: 'boolean' }])),
    }),
  };
}

/** What a condition on inventory items may name. */
export function namesOfItems(template: Template, kind: TemplateItemKind | undefined): Names {
  return once(template, `items ${kind?.kind ?? ''}`, () => ({
    parameters: parameterNames(template),
    item: {
      id: { to: ['item', 'id'], type: 'text' }, name: { to: ['item', 'name'], type: 'text' },
      ...Object.fromEntries((kind?.attributes ?? []).map((each): [string, Known] =>
        [each.key, { to: ['item', each.key], type: TYPES[each.type] ?? 'text', ...(each.type === 'choice' && choicesOf(each)) }])),
    },
  }));
}

/** The phases that have passed for certain when a phase opens. */
export function phasesBefore(template: Template, phase: string): ReadonlySet<string> {
  const after = new Map(template.phases.map(({ key, after: waits }) => [key, waits]));
  const before = (from: string): string[] => (after.get(from) ?? []).filter((key) => after.has(key));
  return reachable(before(phase), before);
}

export type ReportCondition = (problem: FeelProblem) => void;

/** The tree of a condition; undefined when it is wrong, and that was reported. */
export function toExpression(text: string, names: Names, report: ReportCondition = () => undefined): Expression | undefined {
  const parsed = parseCondition(text, names);
  if (parsed.ok) return parsed.expression;
  parsed.problems.forEach(report);
  return undefined;
}
