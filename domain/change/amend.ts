/** Changes a plan: pure, and whole or not at all. */
import type { FieldProblem } from '../errors';
import { referencesOf, type Expression } from '../expression';
import type { Dependency, EvidenceField, Plan, PlanDue, PlanGate, PlanPhase, PlanTask, SimpleField } from '../plan';
import type { Key } from '../process';
import { reachable } from '../reachable';
import { unreachable } from '../unreachable';
import type { Amendment, NewField, NewGate, NewPhase, NewTask, Operation, ScopeSettings, TaskSettings } from './types';

/** Bytes of a plan as JSON, as for one that comes from a template. */
const MAX_PLAN_BYTES = 262_144;
const KEY = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

export type Amended =
  | { readonly ok: true; readonly plan: Plan }
  | { readonly ok: false; readonly problems: readonly FieldProblem[] };

/**
 * Carries out a change on a plan.
 * @returns the new plan, or what is wrong with which operation (`/operations/N/…`); then nothing was changed.
 */
export function amend(plan: Plan, amendment: Amendment): Amended {
  const draft = new Draft(plan);
  amendment.operations.forEach((operation, place) => draft.carryOut(operation, place));
  const changed = draft.finish(amendment);
  return draft.problems.length > 0 ? { ok: false, problems: draft.problems } : { ok: true, plan: changed };
}

/** Carries out what was changed of one plan on another, where it still fits. @returns the plan, and the changes that do not fit. */
export function amendAgain(plan: Plan, amendments: readonly Amendment[]): { readonly plan: Plan; readonly misfits: readonly Key[] } {
  const misfits: Key[] = [];
  let next = plan;
  for (const each of amendments) {
    const amended = amend(next, each);
    if (amended.ok) next = amended.plan;
    else misfits.push(each.change);
  }
  return { plan: next, misfits };
}

class Draft {
  readonly problems: FieldProblem[] = [];
  private phases: readonly PlanPhase[];

  constructor(private readonly plan: Plan) {
    this.phases = plan.phases;
  }

  carryOut(operation: Operation, place: number): void {
    const at = `/operations/${place}`;
    switch (operation.op) {
      case 'add-task': return this.inPhase(operation.phase, `${at}/phase`, (phase) => this.addTask(phase, operation.task, `${at}/task`));
      case 'remove-task': return this.inPhase(operation.phase, `${at}/phase`, (phase) => this.removeTask(phase, operation.task, `${at}/task`));
      case 'set-task': return this.inPhase(operation.phase, `${at}/phase`, (phase) => this.setTask(phase, operation.task, operation.set, at));
      case 'add-phase': return this.addPhase(operation.phase, `${at}/phase`);
      case 'remove-phase': return this.inPhase(operation.phase, `${at}/phase`, (phase) => this.removePhase(phase, `${at}/phase`));
      case 'set-phase': return this.inPhase(operation.phase, `${at}/phase`, (phase) => this.setPhase(phase, operation.set, `${at}/set`));
      case 'set-scope': return this.inPhase(operation.phase, `${at}/phase`, (phase) => this.setScope(phase, operation.set, at));
      case 'set-gate': return this.inPhase(operation.phase, `${at}/phase`, (phase) => this.setGate(phase, operation.gate, `${at}/gate`));
      case 'remove-gate': return this.inPhase(operation.phase, `${at}/phase`, (phase) => this.removeGate(phase, `${at}/phase`));
      // It changes what is done, not what is planned.
      case 'redo-phase': return this.inPhase(operation.phase, `${at}/phase`, () => undefined);
      default: return unreachable(operation);
    }
  }

  finish(amendment: Amendment): Plan {
    this.refuseCircles();
    const operations = amendment.operations.filter(({ op }) => op !== 'redo-phase');
    if (operations.length === 0) return this.plan;
    const plan: Plan = { ...this.plan, phases: this.phases, amendments: [...(this.plan.amendments ?? []), { ...amendment, operations }] };
    const bytes = new TextEncoder().encode(JSON.stringify(plan)).length;
    if (bytes > MAX_PLAN_BYTES) this.report('/operations', 'range', `a plan of at most ${MAX_PLAN_BYTES} bytes, and this would have ${bytes}`);
    return plan;
  }

  private report(pointer: string, code: FieldProblem['code'], expected?: string): void {
    this.problems.push({ pointer, code, ...(expected !== undefined && { expected }) });
  }

  private inPhase(key: Key, pointer: string, then: (phase: PlanPhase) => void): void {
    const phase = this.phases.find((each) => each.key === key);
    if (phase) then(phase);
    else this.report(pointer, 'unknown', this.phases.map((each) => each.key).join(', '));
  }

  private put(phase: PlanPhase): void {
    this.phases = this.phases.map((each) => (each.key === phase.key ? phase : each));
  }

  /** A new key must be well formed, and nothing else's. */
  private fresh(key: Key, taken: Iterable<Key>, pointer: string): void {
    if (!KEY.test(key) || key === 'constructor' || /^condition-\d+-\d+$/.test(key)) this.report(pointer, 'format', 'lower-case words joined by hyphens');
    else if (new Set(taken).has(key)) this.report(pointer, 'duplicate');
  }

  private knownRole(key: Key, pointer: string): void {
    const roles = this.plan.roles.filter((role) => !role.former);
    if (!roles.some((role) => role.key === key)) this.report(pointer, 'unknown', roles.map((role) => role.key).join(', '));
  }

  private knownKeys(keys: readonly Key[], known: readonly Key[], pointer: string): void {
    keys.forEach((key, place) => {
      if (!known.includes(key)) this.report(`${pointer}/${place}`, 'unknown', known.join(', '));
    });
  }

  /** A task can wait for items of the backlog of another phase, if that does not come after its own. */
  private knownBacklog(phase: PlanPhase, key: Key, pointer: string): void {
    const backlogs = this.phases.filter((each) => each.iterations && each.key !== phase.key);
    if (!backlogs.some((each) => each.key === key)) return this.report(pointer, 'unknown', backlogs.map((each) => each.key).join(', '));
    const before = (from: Key): readonly Key[] => this.phases.find((each) => each.key === from)?.after ?? [];
    if (reachable(before(key), before).has(phase.key)) this.report(pointer, 'circle', `${phase.key}, ${key}`);
  }

  private addTask(phase: PlanPhase, task: NewTask, at: string): void {
    const taken = [...phase.tasks, ...(phase.former ?? [])].map(({ key }) => key);
    this.fresh(task.key, taken, `${at}/key`);
    this.put({ ...phase, tasks: [...phase.tasks, this.newTask(task, phase.tasks.map(({ key }) => key), at)] });
  }

  private newTask(task: NewTask, known: readonly Key[], at: string): PlanTask {
    const accountable = task.accountable ?? this.plan.managerRole;
    this.knownRole(task.responsible, `${at}/responsible`);
    this.knownRole(accountable, `${at}/accountable`);
    this.knownKeys(task.after ?? [], known, `${at}/after`);
    if (task.dueDays !== undefined && task.dueDate !== undefined) this.report(`${at}/dueDate`, 'format', 'dueDays or dueDate');
    this.rightEstimate(task.estimate, `${at}/estimate`);
    const evidence = task.evidence ?? [];
    evidence.forEach(({ key }, place) => this.fresh(key, evidence.slice(0, place).map((each) => each.key), `${at}/evidence/${place}/key`));
    return {
      key: task.key, title: task.title, rasci: { r: task.responsible, a: accountable, s: [], c: [], i: [] },
      after: (task.after ?? []).map((each): Dependency => ({ task: each })),
      ...(task.dueDays !== undefined && { dueDays: task.dueDays }), ...(task.dueDate !== undefined && { due: onDate(task.dueDate) }),
      ...(task.estimate && { estimate: task.estimate }), ...(task.budget !== undefined && { budget: task.budget }),
      ...(task.fourEyes && { fourEyes: true as const }),
      produces: [], evidence: evidence.map(toField),
    };
  }

  private rightEstimate(estimate: readonly [number, number, number] | null | undefined, pointer: string): void {
    if (estimate && !(estimate[0] <= estimate[1] && estimate[1] <= estimate[2])) this.report(pointer, 'range', 'at best ≤ most likely ≤ at worst');
  }

  private setTask(phase: PlanPhase, key: Key, set: TaskSettings, at: string): void {
    const task = phase.tasks.find((each) => each.key === key);
    if (!task) return this.report(`${at}/task`, 'unknown', phase.tasks.map((each) => each.key).join(', '));
    if (set.responsible !== undefined) this.knownRole(set.responsible, `${at}/set/responsible`);
    if (set.accountable !== undefined) this.knownRole(set.accountable, `${at}/set/accountable`);
    this.knownKeys(set.after ?? [], phase.tasks.map((each) => each.key), `${at}/set/after`);
    set.items?.forEach(({ backlog }, place) => this.knownBacklog(phase, backlog, `${at}/set/items/${place}/backlog`));
    this.rightEstimate(set.estimate, `${at}/set/estimate`);
    if (typeof set.dueDays === 'number' && typeof set.dueDate === 'string') this.report(`${at}/set/dueDate`, 'format', 'dueDays or dueDate');
    const { dueDays, due, estimate, budget, ...rest } = task;
    const isRedated = set.dueDays !== undefined || set.dueDate !== undefined;
    const days = isRedated ? set.dueDays : dueDays;
    const date = isRedated ? (typeof set.dueDate === 'string' ? onDate(set.dueDate) : undefined) : due;
    const [guess, money] = [set.estimate === undefined ? estimate : set.estimate, set.budget === undefined ? budget : set.budget];
    const changed: PlanTask = {
      ...rest,
      rasci: { ...rest.rasci, ...(set.responsible !== undefined && { r: set.responsible }), ...(set.accountable !== undefined && { a: set.accountable }) },
      // Where it waits for another phase, that stays.
      after: set.after === undefined && set.items === undefined ? rest.after : [
        ...(set.after ? set.after.map((each): Dependency => ({ task: each })) : rest.after.filter((each) => 'task' in each)), ...rest.after.filter((each) => 'phase' in each),
        ...(set.items ?? rest.after.filter((each) => 'backlog' in each)),
      ],
      ...(typeof days === 'number' && { dueDays: days }), ...(date && { due: date }),
      ...(guess && { estimate: guess }), ...(typeof money === 'number' && { budget: money }),
    };
    this.put({ ...phase, tasks: phase.tasks.map((each) => (each.key === key ? changed : each)) });
  }

  private removeTask(phase: PlanPhase, key: Key, pointer: string): void {
    const task = phase.tasks.find((each) => each.key === key);
    if (!task) return this.report(pointer, 'unknown', phase.tasks.map((each) => each.key).join(', '));
    if (phase.tasks.length === 1) return this.report(pointer, 'needed', 'a phase has a task');
    const tasks = phase.tasks.filter((each) => each.key !== key);
    for (const reason of this.reasonsToKeep(phase, task)) this.report(pointer, 'needed', reason);
    // What came after it comes after what came before it.
    const bridged = tasks.map((each) => ({ ...each, after: bridge(each.after, key, task.after) }));
    this.put({ ...phase, tasks: bridged });
  }

  /** What else of the plan looks at a task. */
  private reasonsToKeep(phase: PlanPhase, task: PlanTask): string[] {
    const inEvidence = (expression: Expression | undefined): boolean => expression !== undefined
      && referencesOf(expression).some((to) => (to[0] === 'evidence' || to[0] === 'done') && to[1] === task.key);
    const others = phase.tasks.filter((each) => each.key !== task.key);
    const gate = phase.gate;
    const looks = (gate?.criteria ?? []).filter((criterion) => (criterion.kind === 'evidence' && criterion.test.task === task.key)
      || (criterion.kind === 'condition' && inEvidence(criterion.condition))
      || (criterion.kind === 'deliverable' && task.produces.includes(criterion.deliverable) && !others.some((each) => each.produces.includes(criterion.deliverable))));
    const steps = (gate?.policy.steps ?? []).filter(({ when }) => when !== undefined && ('kind' in when ? inEvidence(when) : when.task === task.key));
    return [
      ...looks.map(({ key }) => `criterion ${key} looks at it`),
      ...steps.map(({ key }) => `step ${key} of the approval looks at it`),
      ...others.filter((each) => inEvidence(each.when)).map(({ key }) => `task ${key} depends on its evidence`),
      ...others.filter((each) => each.due?.from === 'task' && each.due.task === task.key).map(({ key }) => `task ${key} is due after it`),
      ...(phase.exports ?? []).filter((each) => each.startsWith(`${task.key}/`)).map((each) => `another phase wants to know ${each}`),
    ];
  }

  private addPhase(phase: NewPhase, at: string): void {
    const known = this.phases.map(({ key }) => key);
    this.fresh(phase.key, [...known, ...(this.plan.former ?? []).map(({ key }) => key)], `${at}/key`);
    this.knownKeys(phase.after ?? [], known, `${at}/after`);
    this.knownKeys(phase.before ?? [], known, `${at}/before`);
    if (phase.tasks.length === 0) this.report(`${at}/tasks`, 'required');
    const keys = phase.tasks.map(({ key }) => key);
    phase.tasks.forEach(({ key }, place) => this.fresh(key, keys.slice(0, place), `${at}/tasks/${place}/key`));
    const made: PlanPhase = {
      key: phase.key, title: phase.title, kind: 'stage', after: phase.after ?? [], ...(phase.budget !== undefined && { budget: phase.budget }),
      tasks: phase.tasks.map((task, place) => this.newTask(task, keys, `${at}/tasks/${place}`)), deliverables: [],
      ...(phase.gate && { gate: this.newGate(phase.gate, undefined, `${at}/gate`) }),
    };
    const before = new Set(phase.before ?? []);
    const waiting = this.phases.map((each) => (before.has(each.key) ? { ...each, after: [...each.after, phase.key] } : each));
    // Beside what comes after it, so that people find it there.
    const place = waiting.findIndex(({ key }) => before.has(key));
    this.phases = place < 0 ? [...waiting, made] : [...waiting.slice(0, place), made, ...waiting.slice(place)];
  }

  private removePhase(phase: PlanPhase, pointer: string): void {
    const others = this.phases.filter((each) => each.key !== phase.key);
    if (others.length === 0) return this.report(pointer, 'needed', 'a project has a phase');
    for (const other of others) {
      if (other.gate?.onStop === phase.key || other.gate?.onRework?.includes(phase.key)) this.report(pointer, 'needed', `gate ${other.gate.key} leads to it`);
      if (other.tasks.some((task) => task.after.some((each) => ('phase' in each && each.phase === phase.key) || ('backlog' in each && each.backlog === phase.key)))) this.report(pointer, 'needed', `a task of ${other.key} waits for it`);
      if (other.iterations?.needs?.some((need) => need.phase === phase.key)) this.report(pointer, 'needed', `items of ${other.key} wait for what it delivers`);
      const wants = (other.imports ?? []).filter((fact) => fact.startsWith(`${phase.key}/`) || (phase.gate && fact.endsWith(`/${phase.gate.key}`)));
      if (wants.length > 0) this.report(pointer, 'needed', `${other.key} wants to know ${wants.join(', ')}`);
    }
    this.phases = others.map((each) => ({ ...each, after: each.after.includes(phase.key)
      ? [...new Set([...each.after.filter((key) => key !== phase.key), ...phase.after])] : each.after }));
  }

  private setPhase(phase: PlanPhase, { after, budget }: Extract<Operation, { op: 'set-phase' }>['set'], at: string): void {
    this.knownKeys(after ?? [], this.phases.map(({ key }) => key), `${at}/after`);
    const { budget: was, ...rest } = phase;
    const money = budget === undefined ? was : budget;
    this.put({ ...rest, ...(after && { after }), ...(typeof money === 'number' && { budget: money }) });
  }

  private setScope(phase: PlanPhase, { add, goal, release = [] }: ScopeSettings, at: string): void {
    const control = phase.iterations?.scopeControl;
    if (!phase.iterations || !control) return this.report(`${at}/phase`, 'unknown', this.phases.filter(({ iterations }) => iterations?.scopeControl).map(({ key }) => key).join(', '));
    if (add === undefined && !goal && release.length === 0) return this.report(`${at}/set`, 'required');
    const released = [...new Set([...(control.released ?? []), ...release])];
    this.put({ ...phase, iterations: { ...phase.iterations, scopeControl: {
      ...control, ...(add !== undefined && { added: Math.round(((control.added ?? 0) + add) * 100) / 100 }), ...(goal && { newGoal: goal }), ...(released.length > 0 && { released }),
    } } });
  }

  private setGate(phase: PlanPhase, gate: NewGate, at: string): void {
    this.put({ ...phase, gate: this.newGate(gate, phase.gate, at) });
  }

  /** A gate in place of another keeps what the engine evaluates, and where it leads. */
  private newGate(gate: NewGate, before: PlanGate | undefined, at: string): PlanGate {
    const elsewhere = this.phases.flatMap((each) => (each.gate && each.gate.key !== before?.key ? [each.gate.key] : []));
    this.fresh(gate.key, elsewhere, `${at}/key`);
    if (before && before.key !== gate.key && this.phases.some(({ imports }) => imports?.some((fact) => fact.endsWith(`/${before.key}`)))) {
      this.report(`${at}/key`, 'needed', `${before.key}, which other phases look at`);
    }
    if (gate.steps.length === 0) this.report(`${at}/steps`, 'required');
    gate.steps.forEach((step, place) => {
      this.fresh(step.key, gate.steps.slice(0, place).map(({ key }) => key), `${at}/steps/${place}/key`);
      if (step.roles.length === 0) this.report(`${at}/steps/${place}/roles`, 'required');
      step.roles.forEach((role, index) => this.knownRole(role, `${at}/steps/${place}/roles/${index}`));
    });
    const evaluated = (before?.criteria ?? []).filter(({ kind }) => kind !== 'judged');
    const criteria = gate.criteria ?? [];
    criteria.forEach(({ key }, place) => this.fresh(key, [...evaluated, ...criteria.slice(0, place)].map((each) => each.key), `${at}/criteria/${place}/key`));
    return {
      key: gate.key, title: gate.title,
      criteria: [...evaluated, ...criteria.map(({ key, title }) => ({ key, title, kind: 'judged' as const, mandatory: true }))],
      policy: {
        steps: gate.steps, reasonRequired: before?.policy.reasonRequired ?? ['rework', 'stop'],
        ...(before?.policy.outcomes && { outcomes: before.policy.outcomes }),
        ...((gate.separationOfDuties ?? before?.policy.separationOfDuties) && { separationOfDuties: true as const }),
      },
      ...(before?.onStop !== undefined && { onStop: before.onStop }), ...(before?.onRework && { onRework: before.onRework }),
    };
  }

  private removeGate(phase: PlanPhase, pointer: string): void {
    const { gate, ...rest } = phase;
    if (!gate) return this.report(pointer, 'unknown');
    const wanting = this.phases.filter(({ imports, when, tasks }) => imports?.some((fact) => fact.endsWith(`/${gate.key}`))
      || (when && referencesOf(when).some((to) => to[0] === 'gate' && to[1] === gate.key))
      || tasks.some(({ due }) => due?.from === 'gate' && due.gate === gate.key));
    for (const { key } of wanting) this.report(pointer, 'needed', `${key} looks at what it answers`);
    this.put(rest);
  }

  /** Phases wait for each other, and tasks of a phase do, but never in a circle. */
  private refuseCircles(): void {
    const inCircle = (keys: readonly Key[], before: (key: Key) => readonly Key[]): Key[] => keys.filter((key) => reachable(before(key), before).has(key));
    const phases = inCircle(this.phases.map(({ key }) => key), (key) => this.phases.find((phase) => phase.key === key)?.after ?? []);
    if (phases.length > 0) this.report('/operations', 'circle', phases.join(', '));
    for (const phase of this.phases) {
      const tasks = new Map(phase.tasks.map((task) => [task.key, task.after.flatMap((each) => ('task' in each ? [each.task] : []))]));
      const circle = inCircle([...tasks.keys()], (key) => tasks.get(key) ?? []);
      if (circle.length > 0) this.report('/operations', 'circle', circle.join(', '));
    }
  }
}

const onDate = (date: string): PlanDue => ({ days: 0, from: 'date', date });

/** Dependencies without one, and with what that one waited for in its place. */
function bridge(after: readonly Dependency[], gone: Key, instead: readonly Dependency[]): readonly Dependency[] {
  if (!after.some((each) => 'task' in each && each.task === gone)) return after;
  const kept = after.filter((each) => !('task' in each && each.task === gone));
  const same = (one: Dependency, other: Dependency): boolean => JSON.stringify(one) === JSON.stringify(other);
  return [...kept, ...instead.filter((each) => !kept.some((one) => same(one, each)))];
}

function toField(field: NewField): EvidenceField {
  return field as SimpleField;
}
