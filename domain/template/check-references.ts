/** Does every name that a template uses exist, once, and is it of a kind that can stand there? */
import { GLOBAL_ROLES } from '../permissions';
import { type Problem, type ProblemCode, suggest, toPointer } from './problem';
import { tasksBefore } from './check-conditions';
import { phasesBefore } from './conditions';
import { checkHandover, checkServicesAsked } from './check-handover';
import { checkAwaited, checkIterations, checkNeeds } from './check-iterations';
import { checkLadder, checkTaskLadder } from './check-ladder';
import { checkNumbers } from './check-numbers';
import type { Template, TemplateField, TemplateGate, TemplatePhase, TemplateTask, TemplateTest } from './schema';
import { didYouMean, say, type Sentence, told } from './say';

type Path = readonly (string | number)[];
export type Report = (path: Path, code: ProblemCode, said: Sentence, suggestion?: string) => void;
type Known = ReadonlySet<string>;

/** All problems of names in a template, in the order of the template. */
export function checkReferences(template: Template): Problem[] {
  const problems: Problem[] = [];
  const report: Report = (path, code, said, suggestion) => {
    problems.push({ pointer: toPointer(path), code, ...told(said), ...(suggestion !== undefined && { suggestion }) });
  };
  const roles = new Set(template.roles.map(({ key }) => key));
  const phases = new Set(template.phases.map(({ key }) => key));
  const need = reference(report);

  need(['managerRole'], template.managerRole, roles, 'role');
  checkRoles(template, roles, report);
  template.separation.forEach((apart, index) => apart.forEach((role, place) => need(['separation', index, place], role, roles, 'role')));
  checkUnique(template.parameters, ['parameters'], say`parameter`, report);
  checkUnique(template.inventory.map(({ kind }) => ({ key: kind })), ['inventory'], say`kind of item`, report);
  checkUnique(template.phases, ['phases'], say`phase`, report);
  template.phases.forEach((phase, index) => {
    checkPhase(phase, template.parameters, ['phases', index], roles, phases, report);
    checkPlaces(template, phase, ['phases', index], report);
  });
  checkGateKeys(template, report);
  if (template.onCancel !== undefined) need(['onCancel'], template.onCancel, phases, 'phase');
  checkChangeControl(template, roles, report);
  return [...problems, ...checkNumbers(template)];
}

const KINDS = {
  role: say`role`, step: say`step`, phase: say`phase`, task: say`task`, deliverable: say`deliverable`, field: say`field`, choice: say`choice`, gate: say`gate`, kind: say`kind`,
} as const;
type Kind = keyof typeof KINDS;

/** A check that a name is known; what was probably meant is suggested. */
function reference(report: Report) {
  return (path: Path, written: string, known: Known, kind: Kind): boolean => {
    if (known.has(written)) return true;
    const suggestion = suggest(written, known);
    report(path, `unknown-${kind}`, say`there is no ${KINDS[kind]} "${written}"${didYouMean(suggestion)}`, suggestion);
    return false;
  };
}

function checkUnique(items: readonly { readonly key: string }[], path: Path, kind: Sentence, report: Report): void {
  const seen = new Set<string>();
  items.forEach(({ key }, index) => {
    if (seen.has(key)) report([...path, index, 'key'], 'duplicate-key', say`another ${kind} has the key "${key}" already`);
    seen.add(key);
  });
}

function checkRoles(template: Template, roles: Known, report: Report): void {
  const need = reference(report);
  const bodies = new Set(template.roles.filter(({ members }) => members).map(({ key }) => key));
  checkUnique(template.roles, ['roles'], say`role`, report);
  template.roles.forEach((role, index) => {
    const path = ['roles', index];
    // Whoever holds a role of that key here would be taken for one who holds it everywhere.
    if ((GLOBAL_ROLES as readonly string[]).includes(role.key)) {
      report([...path, 'key'], 'reserved-role', say`"${role.key}" is a role beyond projects; choose another key`);
    }
    role.members?.forEach((member, place) => {
      const at = [...path, 'members', place];
      if (need(at, member, roles, 'role') && bodies.has(member)) {
        report(at, 'body-of-bodies', say`"${member}" is a body itself; name its members`);
      }
    });
    if (role.chair !== undefined && need([...path, 'chair'], role.chair, roles, 'role') && !role.members?.includes(role.chair)) {
      report([...path, 'chair'], 'chair-not-member', say`"${role.chair}" chairs but is no member`);
    }
  });
  if (bodies.has(template.managerRole)) {
    report(['managerRole'], 'body-not-allowed', say`a project is run by a role, not by a body`);
  }
}

function checkPhase(phase: TemplatePhase, parameters: Template['parameters'], path: Path, roles: Known, phases: Known, report: Report): void {
  const need = reference(report);
  const tasks = new Set(phase.tasks.map(({ key }) => key));
  const deliverables = new Set(phase.deliverables.map(({ key }) => key));
  const produced = new Set(phase.tasks.flatMap(({ produces }) => produces));

  phase.after.forEach((other, index) => need([...path, 'after', index], other, phases, 'phase'));
  if (phase.drivenBy !== undefined) need([...path, 'drivenBy'], phase.drivenBy, roles, 'role');
  checkUnique(phase.deliverables, [...path, 'deliverables'], say`deliverable of the phase`, report);
  phase.deliverables.forEach(({ key }, index) => {
    if (!produced.has(key)) report([...path, 'deliverables', index], 'deliverable-not-produced', say`no task of the phase produces "${key}"`);
  });
  checkUnique(phase.tasks, [...path, 'tasks'], say`task of the phase`, report);
  phase.tasks.forEach((task, index) => {
    const at = [...path, 'tasks', index];
    for (const letter of ['r', 'a'] as const) need([...at, 'rasci', letter], task.rasci[letter], roles, 'role');
    for (const letter of ['s', 'c', 'i'] as const) {
      task.rasci[letter].forEach((role, place) => need([...at, 'rasci', letter, place], role, roles, 'role'));
    }
    task.after.forEach((one, place) => {
      if (typeof one === 'string') need([...at, 'after', place], one, tasks, 'task');
      else if ('backlog' in one) return;
      else if (one.phase === phase.key) report([...at, 'after', place, 'phase'], 'depends-on-own-phase', say`a task can't wait for its own phase`);
      else need([...at, 'after', place, 'phase'], one.phase, phases, 'phase');
    });
    checkTaskLadder(task, at, roles, report, need);
    task.produces.forEach((key, place) => need([...at, 'produces', place], key, deliverables, 'deliverable'));
    checkUnique(task.evidence, [...at, 'evidence'], say`field of the task`, report);
    checkUnique(task.checklist ?? [], [...at, 'checklist'], say`item of the checklist`, report);
    task.evidence.forEach((field, place) => checkField(field, [...at, 'evidence', place], report));
  });
  checkIterations(phase, parameters, path, report, (at, role) => need(at, role, roles, 'role'), (items, at, kind) => checkUnique(items, at, kind, report));
  checkHandover(phase, path, {
    report, needRole: (at, role) => need(at, role, roles, 'role'), unique: (items, at, kind) => checkUnique(items, at, kind, report),
    field: (field, at) => checkField(field, at, report), approval: (approval, at) => checkApproval(approval, at, roles, report),
  });
  if (phase.gate) checkGate(phase.gate, [...path, 'gate'], { phase, roles, phases, tasks, deliverables, produced }, report);
}

/** What a phase says of others: where due dates are counted from, for which items tasks are done, where rework leads. */
function checkPlaces(template: Template, phase: TemplatePhase, path: Path, report: Report): void {
  const need = reference(report);
  const kinds = new Set(template.inventory.map(({ kind }) => kind));
  const before = phasesBefore(template, phase.key);
  const gates = new Set(template.phases.filter(({ key }) => before.has(key)).flatMap(({ gate }) => gate?.key ?? []));
  checkNeeds(template, phase, path, report);
  phase.tasks.forEach((task, index) => {
    const at = [...path, 'tasks', index];
    task.after.forEach((one, place) => {
      if (typeof one !== 'string' && 'backlog' in one) checkAwaited(template, phase, one.backlog, [...at, 'after', place, 'backlog'], report);
    });
    if (task.forEach) need([...at, 'forEach', 'kind'], task.forEach.kind, kinds, 'kind');
    if (task.due && task.dueDays !== undefined) report([...at, 'dueDays'], 'due-twice', say`give either dueDays or due`);
    if (task.due && typeof task.due.after === 'object') checkAnchor(task, task.due.after, phase, [...at, 'due', 'after'], gates, report);
    const [best, likely, worst] = task.estimate ?? [0, 0, 0];
    if (best > likely || likely > worst) report([...at, 'estimate'], 'estimate-order', say`an estimate goes from the best case by the likely to the worst`);
  });
  phase.gate?.criteria.forEach((criterion, index) => {
    if (criterion.kind !== 'conditions') return;
    const at = [...path, 'gate', 'criteria', index];
    criterion.of?.forEach((gate, place) => need([...at, 'of', place], gate, gates, 'gate'));
    if (!criterion.of && gates.size === 0) report([...at, 'kind'], 'no-gate-before', say`no gate comes before this one, so no conditions can be open`);
  });
  checkServicesAsked(template, phase, path, before, report);
  phase.gate?.onRework?.forEach((key, index) => checkRework(template, phase, key, before, [...path, 'gate', 'onRework', index], report));
  if (phase.gate?.onRework && !phase.gate.approval.outcomes.includes('rework')) {
    report([...path, 'gate', 'onRework'], 'rework-not-allowed', say`the approval does not have the outcome ${'rework'}`);
  }
}

type Anchor = Extract<NonNullable<TemplateTask['due']>['after'], object>;

function checkAnchor(task: TemplateTask, anchor: Anchor, phase: TemplatePhase, path: Path, gates: Known, report: Report): void {
  const need = reference(report);
  if ('task' in anchor) {
    if (!need([...path, 'task'], anchor.task, new Set(phase.tasks.map(({ key }) => key)), 'task')) return;
    if (!tasksBefore(phase, task.key).has(anchor.task)) {
      report([...path, 'task'], 'due-anchor-not-before', say`"${task.key}" may begin before "${anchor.task}" is done; let it wait for that (after: [${anchor.task}])`);
    } else if (phase.tasks.find(({ key }) => key === anchor.task)?.forEach && !task.forEach) {
      report([...path, 'task'], 'due-anchor-not-before', say`"${anchor.task}" is done once per item; there is no one moment of it`);
    }
  } else if ('gate' in anchor) need([...path, 'gate'], anchor.gate, gates, 'gate');
}

/** The phases between the one that is redone and the gate are redone too; others that came after it may be under way. */
function checkRework(template: Template, phase: TemplatePhase, target: string, before: Known, path: Path, report: Report): void {
  if (!before.has(target)) {
    report(path, 'rework-not-earlier', say`"${target}" is no phase before "${phase.key}"`);
    return;
  }
  const beside = template.phases.find(({ key }) =>
    key !== phase.key && !before.has(key) && phasesBefore(template, key).has(target) && !phasesBefore(template, key).has(phase.key));
  if (beside) report(path, 'rework-hits-parallel', say`"${beside.key}" builds on "${target}" too and may be under way beside "${phase.key}"; let it come after "${phase.key}"`);
}

function checkField(field: TemplateField, path: Path, report: Report): void {
  if (field.type === 'choice') checkUnique(field.choices, [...path, 'choices'], say`choice of the field`, report);
  if (field.type === 'number' && typeof field.min === 'number' && typeof field.max === 'number' && field.min > field.max) {
    report([...path, 'min'], 'empty-range', say`no number is at least ${field.min} and at most ${field.max}`);
  }
  if (field.type !== 'table') return;
  if (field.minRows > field.maxRows) report([...path, 'minRows'], 'empty-range', say`no table has at least ${field.minRows} and at most ${field.maxRows} rows`);
  checkUnique(field.columns, [...path, 'columns'], say`column of the table`, report);
  field.columns.forEach((column, index) => checkField(column, [...path, 'columns', index], report));
}

interface Scope {
  readonly phase: TemplatePhase;
  readonly roles: Known;
  readonly phases: Known;
  readonly tasks: Known;
  readonly deliverables: Known;
  readonly produced: Known;
}

function checkGate(gate: TemplateGate, path: Path, scope: Scope, report: Report): void {
  const need = reference(report);
  checkUnique(gate.criteria, [...path, 'criteria'], say`criterion of the gate`, report);
  gate.criteria.forEach((criterion, index) => {
    const at = [...path, 'criteria', index];
    if (criterion.kind === 'deliverable' && need([...at, 'deliverable'], criterion.deliverable, scope.deliverables, 'deliverable')
      && !scope.produced.has(criterion.deliverable)) {
      report([...at, 'deliverable'], 'deliverable-not-produced', say`no task of the phase produces "${criterion.deliverable}"`);
    }
    if (criterion.kind === 'evidence') checkTest(criterion.test, [...at, 'test'], scope, report);
    if (criterion.kind === 'backlog' && !scope.phase.iterations) report([...at, 'kind'], 'not-iterations', say`the phase has no backlog: give it iterations`);
  });
  checkApproval(gate.approval, [...path, 'approval'], scope.roles, report);
  gate.approval.steps.forEach((step, index) => {
    if (typeof step.when === 'object') checkTest(step.when, [...path, 'approval', 'steps', index, 'when'], scope, report);
  });
  if (gate.onStop === scope.phase.key) report([...path, 'onStop'], 'stop-to-itself', say`a stop can't lead to the phase that is stopped`);
  else if (gate.onStop !== undefined) need([...path, 'onStop'], gate.onStop, scope.phases, 'phase');
}

/** Who decides, and who is told. */
function checkApproval(approval: TemplateGate['approval'], path: Path, roles: Known, report: Report): void {
  const need = reference(report);
  checkUnique(approval.steps, [...path, 'steps'], say`step of the approval`, report);
  approval.steps.forEach((step, index) => {
    const at = [...path, 'steps', index];
    step.roles.forEach((role, place) => need([...at, 'roles', place], role, roles, 'role'));
    step.veto?.forEach((role, place) => need([...at, 'veto', place], role, roles, 'role'));
  });
  checkLadder(approval, path, roles, report, need);
  const { escalateTo, escalateAfterDays } = approval;
  if (escalateTo !== undefined) need([...path, 'escalateTo'], escalateTo, roles, 'role');
  if ((escalateTo === undefined) !== (escalateAfterDays === undefined)) {
    report(path, 'escalation-incomplete', say`escalateTo and escalateAfterDays need each other`);
  }
}

/** The levels of change control: the smallest first, and the last decides on all that is larger. */
function checkChangeControl({ changeControl }: Template, roles: Known, report: Report): void {
  if (!changeControl) return;
  const { exceptionsTo, levels } = changeControl;
  if (exceptionsTo !== undefined) reference(report)(['changeControl', 'exceptionsTo'], exceptionsTo, roles, 'role');
  checkUnique(levels, ['changeControl', 'levels'], say`level of change control`, report);
  levels.forEach(({ upTo, approval }, index) => {
    const path = ['changeControl', 'levels', index];
    checkApproval(approval, [...path, 'approval'], roles, report);
    approval.steps.forEach(({ when }, place) => {
      if (when !== undefined) report([...path, 'approval', 'steps', place, 'when'], 'change-step-when', say`a change has no evidence that a step could look at`);
    });
    const before = index === 0 ? undefined : levels[index - 1]?.upTo;
    const shrinks = before && upTo && ((upTo.days ?? Infinity) < (before.days ?? Infinity) || (upTo.cost ?? Infinity) < (before.cost ?? Infinity));
    if (shrinks) report([...path, 'upTo'], 'change-level-order', say`decides on less than the level before it`);
    if (!upTo && index < levels.length - 1) report([...path, 'upTo'], 'change-level-order', say`decides on everything, so that the levels after it never do`);
  });
}

function checkTest(test: TemplateTest, path: Path, scope: Scope, report: Report): void {
  const need = reference(report);
  if (!need([...path, 'task'], test.task, scope.tasks, 'task')) return;
  const fields = scope.phase.tasks.find(({ key }) => key === test.task)?.evidence ?? [];
  if (!need([...path, 'field'], test.field, new Set(fields.map(({ key }) => key)), 'field')) return;
  const field = fields.find(({ key }) => key === test.field);
  if (!field) return;
  if (field.type === 'document' || field.type === 'link' || field.type === 'text' || field.type === 'table') {
    report([...path, 'field'], 'field-not-testable', say`a ${field.type} can't be tested; a choice, checkbox, number or date can`);
    return;
  }
  test.is.forEach((value, index) => {
    const at = [...path, 'is', index];
    if (field.type === 'choice' && typeof value === 'string') need(at, value, new Set(field.choices.map(({ key }) => key)), 'choice');
    else if (!canHold(field, value)) report(at, 'test-never-holds', say`"${field.key}" never has the value ${JSON.stringify(value)}`);
  });
}

function canHold(field: TemplateField, value: string | number | boolean): boolean {
  switch (field.type) {
    case 'number': {
      const { min, max } = field;
      return typeof value === 'number' && value >= (typeof min === 'number' ? min : value) && value <= (typeof max === 'number' ? max : value);
    }
    case 'checkbox': return typeof value === 'boolean' && (value || !field.mustBeChecked);
    case 'date': return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value);
    default: return false;
  }
}

/** Gates are found by their key alone, so it must be the only one in the template. */
function checkGateKeys(template: Template, report: Report): void {
  const seen = new Set<string>();
  template.phases.forEach(({ gate }, index) => {
    if (!gate) return;
    if (seen.has(gate.key)) report(['phases', index, 'gate', 'key'], 'duplicate-key', say`another gate has the key "${gate.key}" already`);
    seen.add(gate.key);
  });
}
