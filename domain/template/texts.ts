/** What people read of a template, by the path of what it names. */
import type { Template, TemplateField, Text } from './schema';

/** The name of a step; the only one of a gate, or of a level of change control, is called as that where it has none. */
const nameOfStep = ({ name }: { readonly name?: Text | undefined }, of: { readonly name: Text; readonly approval: { readonly steps: readonly unknown[] } }): Text | undefined =>
  name ?? (of.approval.steps.length === 1 ? of.name : undefined);

/**
 * All texts of a template as a flat map. Paths: `template`, `role:KEY`, `phase:KEY`, `deliverable:PHASE/KEY`, `task:PHASE/KEY`,
 * `field:PHASE/TASK/KEY` (of a table's column: with its key behind), `choice:PHASE/TASK/FIELD/KEY`, `parameter:KEY`,
 * `parameter:KEY/CHOICE`, `item-kind:KIND`, `attribute:KIND/KEY`, `attribute:KIND/KEY/CHOICE`, `item:PHASE/TASK/KEY` (of a checklist), `gate:KEY`, `criterion:PHASE/KEY`, `step:PHASE/KEY`, `level:KEY`
 * (of change control), `level-step:LEVEL/KEY`; of iterations `team:PHASE/KEY`, `column:PHASE/KEY`, `ready:PHASE/KEY`, `done:PHASE/KEY`, `pulse:PHASE/KEY`; of
 * handovers `receiver:PHASE/KEY`, `entry:PHASE/KEY` (its fields as those of a task), `topic:PHASE/KEY`, `sign-off:PHASE/KEY`, `exit:PHASE/KEY`. A longer text stands
 * under the same path with `.description` or `.guidance` after it; keys hold no dot, so no path has two meanings.
 */
export function texts(template: Template): Record<string, Text> {
  const all: Record<string, Text> = {};
  const put = (path: string, text: Text | undefined): void => {
    if (text) all[path] = text;
  };
  const putField = (path: string, field: TemplateField): void => {
    put(`field:${path}`, field.name);
    if (field.type === 'choice') for (const choice of field.choices) put(`choice:${path}/${choice.key}`, choice.name);
  };
  const putFields = (path: string, fields: readonly TemplateField[]): void => {
    for (const field of fields) {
      putField(`${path}/${field.key}`, field);
      if (field.type === 'table') for (const column of field.columns) putField(`${path}/${field.key}/${column.key}`, column);
    }
  };
  put('template', template.name);
  put('template.description', template.description);
  for (const role of template.roles) {
    put(`role:${role.key}`, role.name);
    put(`role:${role.key}.description`, role.description);
  }
  for (const parameter of template.parameters) {
    put(`parameter:${parameter.key}`, parameter.name);
    put(`parameter:${parameter.key}.description`, parameter.description);
    if (parameter.type === 'choice') for (const choice of parameter.choices) put(`parameter:${parameter.key}/${choice.key}`, choice.name);
  }
  for (const { kind, name, attributes } of template.inventory) {
    put(`item-kind:${kind}`, name);
    for (const attribute of attributes) {
      put(`attribute:${kind}/${attribute.key}`, attribute.name);
      for (const choice of attribute.choices ?? []) put(`attribute:${kind}/${attribute.key}/${choice.key}`, choice.name);
    }
  }
  for (const phase of template.phases) {
    put(`phase:${phase.key}`, phase.name);
    put(`phase:${phase.key}.description`, phase.description);
    for (const deliverable of phase.deliverables) {
      put(`deliverable:${phase.key}/${deliverable.key}`, deliverable.name);
      put(`deliverable:${phase.key}/${deliverable.key}.description`, deliverable.description);
    }
    for (const task of phase.tasks) {
      put(`task:${phase.key}/${task.key}`, task.name);
      put(`task:${phase.key}/${task.key}.guidance`, task.guidance);
      for (const item of task.checklist ?? []) put(`item:${phase.key}/${task.key}/${item.key}`, item.name);
      putFields(`${phase.key}/${task.key}`, task.evidence);
    }
    const { teams = [], criteria = [], readiness = [], knowledge = [], signOff, earlyLife } = phase.handover ?? {};
    for (const team of teams) put(`receiver:${phase.key}/${team.key}`, team.name);
    for (const entry of [...criteria, ...readiness]) {
      put(`entry:${phase.key}/${entry.key}`, entry.name);
      put(`entry:${phase.key}/${entry.key}.guidance`, entry.guidance);
      putFields(`${phase.key}/${entry.key}`, entry.evidence);
    }
    for (const { key, name } of knowledge) put(`topic:${phase.key}/${key}`, name);
    for (const { key, name } of earlyLife?.criteria ?? []) put(`exit:${phase.key}/${key}`, name);
    for (const step of signOff?.steps ?? []) put(`sign-off:${phase.key}/${step.key}`, step.name);
    for (const team of phase.iterations?.teams ?? []) put(`team:${phase.key}/${team.key}`, team.name);
    for (const column of phase.iterations?.columns ?? []) put(`column:${phase.key}/${column.key}`, column.name);
    for (const { key, name } of phase.iterations?.ready ?? []) put(`ready:${phase.key}/${key}`, name);
    for (const { key, name } of phase.iterations?.done ?? []) put(`done:${phase.key}/${key}`, name);
    for (const { key, name } of phase.iterations?.pulse ?? []) put(`pulse:${phase.key}/${key}`, name);
    if (!phase.gate) continue;
    put(`gate:${phase.gate.key}`, phase.gate.name);
    for (const criterion of phase.gate.criteria) put(`criterion:${phase.key}/${criterion.key}`, criterion.name);
    for (const step of phase.gate.approval.steps) put(`step:${phase.key}/${step.key}`, nameOfStep(step, phase.gate));
  }
  for (const level of template.changeControl?.levels ?? []) {
    put(`level:${level.key}`, level.name);
    for (const step of level.approval.steps) put(`level-step:${level.key}/${step.key}`, nameOfStep(step, level));
  }
  return all;
}
