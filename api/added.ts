/** What changes added to the plan of a project, as parts of its template: so that it is named and filled in as everything else is. */
import type { NewGate, NewPhase, NewTask, Operation } from '../domain/change/types';
import type { TextRef } from '../domain/evidence-types';
import type { Template, TemplateGate, TemplatePhase, TemplateTask, Text } from '../domain/template/schema';

type ReadText = (ref: TextRef) => string | null;

/** A text that was given in one language stands for all; an erased one is called by its key. */
const inAll = (text: string | null, key: string): Text => ({ nl: text ?? key, fr: text ?? key, en: text ?? key });

/**
 * A template with what changes of the plan added to it. What they took away stays, so that it still has a name; but a gate that is gone is not waited for.
 * @param added operations that add something, in their order.
 */
export function withAdded(template: Template, added: readonly Operation[] | null | undefined, read: ReadText): Template {
  if (!added || added.length === 0) return template;
  let { phases } = template;
  const change = (key: string, how: (phase: TemplatePhase) => TemplatePhase): void => {
    phases = phases.map((phase) => (phase.key === key ? how(phase) : phase));
  };
  for (const each of added) {
    if (each.op === 'add-phase') phases = [...phases.filter(({ key }) => key !== each.phase.key), toPhase(each.phase, read)];
    if (each.op === 'add-task') change(each.phase, (phase) => ({ ...phase, tasks: [...phase.tasks.filter(({ key }) => key !== each.task.key), toTask(each.task, read)] }));
    if (each.op === 'remove-gate') change(each.phase, ({ gate: _, ...phase }) => phase);
    if (each.op === 'set-gate') change(each.phase, (phase) => ({ ...phase, gate: toGate(each.gate, phase.gate, read) }));
  }
  return { ...template, phases };
}

function toPhase(phase: NewPhase, read: ReadText): TemplatePhase {
  const { key, title, after, tasks, gate } = phase;
  return {
    key, name: inAll(read(title), key), kind: 'stage', after: [...(after ?? [])], deliverables: [], tasks: tasks.map((task) => toTask(task, read)),
    ...(gate && { gate: toGate(gate, undefined, read) }),
  };
}

function toTask({ key, title, responsible, accountable, evidence = [] }: NewTask, read: ReadText): TemplateTask {
  return {
    key, name: inAll(read(title), key), rasci: { r: responsible, a: accountable ?? responsible, s: [], c: [], i: [] }, after: [], fourEyes: false, produces: [],
    evidence: evidence.map(({ title: named, ...field }) => ({
      ...field, name: inAll(read(named), field.key), ...(field.type === 'choice' && { choices: field.choices.map((choice) => ({ key: choice, name: inAll(choice, choice) })) }),
    })) as TemplateTask['evidence'],
  };
}

function toGate({ key, title, criteria = [], steps }: NewGate, before: TemplateGate | undefined, read: ReadText): TemplateGate {
  return {
    key, name: inAll(read(title), key),
    criteria: [
      ...(before?.criteria ?? []).filter(({ kind }) => kind !== 'judged'),
      ...criteria.map((each) => ({ key: each.key, name: inAll(read(each.title), each.key), kind: 'judged' as const, mandatory: true })),
    ],
    approval: {
      steps: steps.map(({ key: step, roles, quorum }) => ({ key: step, roles: [...roles], quorum })), reasonRequired: [], outcomes: [], separationOfDuties: false,
    },
  };
}
