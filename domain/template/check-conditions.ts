/** Are the conditions of a template written right, and can they be answered where they are asked? */
import type { Expression } from '../expression';
import { referencesOf } from '../expression';
import { reachable } from '../reachable';
import { namesIn, namesOfItems, toExpression } from './conditions';
import type { Names } from './feel';
import { type Problem, toPointer } from './problem';
import type { Template, TemplatePhase, TemplateTask } from './schema';
import { say, told } from './say';

/** All problems of conditions, in the order of the template. */
export function checkConditions(template: Template): Problem[] {
  const problems: Problem[] = [];
  const check = (text: string, names: Names, path: readonly (string | number)[]): Expression | undefined =>
    toExpression(text, names, (problem) => problems.push({ pointer: toPointer(path), ...problem }));
  template.phases.forEach((phase, index) => {
    const at = ['phases', index];
    const names = namesIn(template, phase, true);
    if (phase.when !== undefined) check(phase.when, namesIn(template, phase, false), [...at, 'when']);
    phase.tasks.forEach((task, place) => {
      const path = [...at, 'tasks', place];
      if (task.when !== undefined) {
        const condition = check(task.when, names, [...path, 'when']);
        if (condition) problems.push(...tooEarly(phase, task, condition, toPointer([...path, 'when'])));
      }
      if (task.forEach?.where !== undefined) {
        check(task.forEach.where, namesOfItems(template, template.inventory.find(({ kind }) => kind === task.forEach?.kind)), [...path, 'forEach', 'where']);
      }
    });
    phase.gate?.criteria.forEach((criterion, place) => {
      if (criterion.kind === 'condition') check(criterion.condition, names, [...at, 'gate', 'criteria', place, 'condition']);
    });
    phase.gate?.approval.steps.forEach((step, place) => {
      if (typeof step.when === 'string') check(step.when, names, [...at, 'gate', 'approval', 'steps', place, 'when']);
    });
  });
  return problems;
}

/** A task's condition is looked at when the task could begin: what it asks for must be there by then. */
function tooEarly(phase: TemplatePhase, task: TemplateTask, condition: Expression, pointer: string): Problem[] {
  const before = tasksBefore(phase, task.key);
  return referencesOf(condition).flatMap((to): Problem[] => {
    if ((to[0] !== 'evidence' && to[0] !== 'done') || before.has(to[1])) return [];
    return [{
      pointer, code: 'condition-too-early',
      ...told(say`"${task.key}" may begin before "${to[1]}" is done; let it wait for that (after: [${to[1]}])`),
    }];
  });
}

/** The tasks of the phase that are done for certain when a task begins. */
export function tasksBefore(phase: TemplatePhase, task: string): ReadonlySet<string> {
  const after = new Map(phase.tasks.map((each) => [each.key, each.after.filter((one) => typeof one === 'string')]));
  const before = (from: string): readonly string[] => after.get(from) ?? [];
  return reachable(before(task), before);
}
