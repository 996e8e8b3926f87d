/** Compiles a template for one project. Pure: the same template, parameters and calendar give the same plan, to the byte. */
import type { WorkingCalendar } from '../calendar';
import type { ChangeControl } from '../change/types';
import { digestOf } from '../digest';
import { type Expression, isTrue, referencesOf, replaceReferences } from '../expression';
import { factKeyOf, gateMomentKey } from '../facts';
import type { EarlyLifePolicy, ExitCriterion } from '../handover/early-life-types';
import { attributeOf, type InventoryItem } from '../inventory';
import {
  type Criterion, type Dependency, eventHoursAtMost, type EvidenceField, OUTCOMES, type Plan, type PlanEntry, type PlanGate, type PlanHandover, type PlanIterations, type PlanPhase, type PlanPolicy, type PlanRung, type PlanStep, type PlanTask,
  type PlanTeam, type SimpleField, SPRINT_EVENTS, type SprintEventKind, type TaskRung,
} from '../plan';
import { approverRoles, checkApprovers, rolesOfStep } from './approvers';
import { checkConditions } from './check-conditions';
import { checkOrder } from './check-order';
import { checkReferences } from './check-references';
import { namesIn, namesOfItems, phasesBefore, toExpression } from './conditions';
import type { Names } from './feel';
import { judgeInventory, judgeParameters, type Parameters, sampleInventory, sampleParameters } from './parameters';
import type { Problem } from './problem';
import type { Template, TemplateField, TemplateGate, TemplatePhase, TemplateRung, TemplateTask } from './schema';
import { say, told } from './say';

/** Bytes of a plan as JSON: what a workflow is started with (see the design: a slice of at most 256 KB). */
export const MAX_PLAN_BYTES = 262_144;

export type Compiled =
  | { readonly ok: true; readonly plan: Plan }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Judges the meaning of a template and compiles it.
 * @param template one whose shape is right (`parseTemplate`).
 * @param parameters values for the template's parameters.
 * @param calendar the resolved calendar that the template names.
 * @param inventory what the project works on.
 * @returns a deeply frozen plan, or all problems with pointers into the template (of a parameter or an item: `/parameters/NAME`,
 * `/inventory/INDEX/…`).
 */
export function compile(
  template: Template, parameters: Readonly<Record<string, unknown>>, calendar: WorkingCalendar, inventory: readonly InventoryItem[] = [],
): Compiled {
  const judged = judgeParameters(template, parameters);
  const problems = [...judged.problems, ...judgeInventory(template, inventory), ...problemsOf(template, calendar)];
  if (problems.length > 0) return { ok: false, problems };
  const plan = new Compiler(template, judged.values, inventory).plan(calendar);
  const text = JSON.stringify(plan);
  const bytes = new TextEncoder().encode(text).length;
  if (bytes > MAX_PLAN_BYTES) {
    const detail = say`the plan takes ${bytes} bytes; at most ${MAX_PLAN_BYTES} can be run`;
    return { ok: false, problems: [{ pointer: '', code: 'plan-too-large', ...told(detail) }] };
  }
  // A copy: freezing must not reach the caller's calendar and template.
  return { ok: true, plan: deepFreeze(JSON.parse(text) as Plan) };
}

// A template never changes: it is judged once, for whatever parameters and inventory it is compiled.
const judgedTemplates = new WeakMap<Template, { readonly calendar: WorkingCalendar; readonly problems: readonly Problem[] }>();

/** What is wrong with a template, whatever the project. */
function problemsOf(template: Template, calendar: WorkingCalendar): readonly Problem[] {
  const known = judgedTemplates.get(template);
  if (known?.calendar === calendar) return known.problems;
  const problems = [...checkReferences(template), ...checkApprovers(template), ...checkConditions(template), ...checkOrder(template, calendar)];
  judgedTemplates.set(template, { calendar, problems });
  return problems;
}

/** Compiles a template for no project in particular, with values that fit its parameters and two items of each kind: whether it can be run. */
export function compileSample(template: Template, calendar: WorkingCalendar): Compiled {
  return compile(template, sampleParameters(template, calendar.from), calendar, sampleInventory(template, 2));
}

const digests = new WeakMap<Template, string>();

/** SHA-256 of a template in canonical JSON, defaults filled in: equal for two texts that mean the same. A template never changes. */
export function templateDigest(template: Template): string {
  const digest = digests.get(template) ?? digestOf(template);
  digests.set(template, digest);
  return digest;
}

/** Hours of the events of sprints: in one that a project made shorter there is less time. */
const eventsOf = (given: Readonly<Partial<Record<SprintEventKind, number | undefined>>>, days: number | undefined): PlanTeam['events'] => Object.fromEntries(SPRINT_EVENTS.flatMap((event) => {
  const hours = given[event];
  return hours === undefined ? [] : [[event, Math.min(hours, eventHoursAtMost(event, days))]];
}));

function iterationsOf({ productOwner, facilitator, unit, columns, ready, done, teams, needs, scopeControl }: NonNullable<TemplatePhase['iterations']>, toNumber: (given: Given) => number): PlanIterations {
  return {
    productOwner, ...(facilitator !== undefined && { facilitator }), unit: unit ?? 'points',
    columns: columns.map(({ key, limit }) => ({ key, ...(limit !== undefined && { wip: limit }) })),
    ready: (ready ?? []).map(({ key }) => key), done: (done ?? []).map(({ key }) => key),
    teams: teams.map(({ key, roles, sprintDays, next, leftovers, events }) => {
      const days = sprintDays === undefined ? undefined : toNumber(sprintDays);
      return {
        key, roles, ...(days !== undefined && { days }), ...(next === 'by-itself' && { startsItself: true as const }), leftovers: leftovers ?? 'backlog',
        ...(events && { events: eventsOf(events, days) }),
      };
    }),
    ...(needs && { needs: needs.map(({ phase, deliverable, label }) => ({ phase, deliverable, ...(label !== undefined && { label }) })) }),
    ...(scopeControl && { scopeControl: {
      ...(scopeControl.tolerance !== undefined && { tolerance: toNumber(scopeControl.tolerance) }), ...(scopeControl.goal && { goal: true as const }),
      ...(scopeControl.label !== undefined && { label: scopeControl.label }),
    } }),
  };
}

type Given = number | { readonly parameter: string };

/** Makes the plan of a template that was judged to be right. */
class Compiler {
  private readonly exports = new Map<string, Set<string>>();

  constructor(private readonly template: Template, private readonly parameters: Parameters, private readonly inventory: readonly InventoryItem[]) {}

  plan(calendar: WorkingCalendar): Plan {
    const { template, inventory } = this;
    const phases = template.phases.map((phase) => this.phase(phase));
    return {
      schema: 1,
      template: { key: template.key, version: template.version, digest: templateDigest(template) },
      calendar,
      roles: [...template.roles.map(({ key, members, chair, holders, inPerson }) => ({
        key, members: members ?? [], ...(chair !== undefined && { chair }), ...(holders === 'one' && { single: true as const }), ...(inPerson && { inPerson: true as const }),
      })), ...approverRoles(template, this.parameters)],
      managerRole: template.managerRole,
      phases: phases.map((phase) => {
        const wanted = this.exports.get(phase.key);
        return wanted ? { ...phase, exports: [...wanted].sort() } : phase;
      }),
      ...(template.onCancel !== undefined && { onCancel: template.onCancel }),
      ...(Object.keys(this.parameters).length > 0 && { parameters: this.parameters as NonNullable<Plan['parameters']> }),
      ...(template.separation.length > 0 && { separation: template.separation }),
      ...(template.changeControl && { changeControl: this.changeControl(template.changeControl) }),
      ...(inventory.length > 0 && { items: inventory.map(({ id, kind }) => ({ id, kind })) }),
    };
  }

  private phase(phase: TemplatePhase): PlanPhase {
    const names = namesIn(this.template, phase, true);
    const imports = new Set<string>();
    const condition = (text: string): Expression => this.condition(text, names, imports);
    for (const { due } of phase.tasks) if (due && typeof due.after === 'object' && 'gate' in due.after) imports.add(gateMomentKey(due.after.gate));
    const plan: PlanPhase = {
      key: phase.key, kind: phase.kind, after: phase.after,
      ...(phase.when !== undefined && { when: this.condition(phase.when, namesIn(this.template, phase, false)) }),
      ...(phase.drivenBy !== undefined && { drivenBy: phase.drivenBy }),
      ...(phase.budget !== undefined && { budget: this.number(phase.budget) }),
      tasks: phase.tasks.map((task) => this.task(task, condition)),
      deliverables: phase.deliverables.map(({ key }) => key),
      ...(phase.gate && { gate: this.gate(phase.gate, phase.key, condition) }),
      ...(phase.iterations && { iterations: iterationsOf(phase.iterations, (given) => this.number(given)) }),
      ...(phase.handover && { handover: this.handover(phase.handover) }),
    };
    const announces = new Set(this.template.phases.flatMap(({ iterations }) => (iterations?.needs ?? []).flatMap((need) => (need.phase === phase.key ? [need.deliverable] : []))));
    return { ...plan, ...(imports.size > 0 && { imports: [...imports].sort() }), ...(announces.size > 0 && { announces: [...announces] }) };
  }

  private task(task: TemplateTask, condition: (text: string) => Expression): PlanTask {
    return {
      key: task.key, rasci: task.rasci,
      after: task.after.map((one): Dependency => (typeof one === 'string' ? { task: one } : one)),
      ...(task.when !== undefined && { when: condition(task.when) }),
      ...(task.dueDays !== undefined && { dueDays: this.number(task.dueDays) }),
      ...(task.due && this.due(task.due)),
      ...(task.estimate && { estimate: task.estimate }),
      ...(task.budget !== undefined && { budget: this.number(task.budget) }),
      ...(task.ladder && { ladder: task.ladder.map((rung) => this.rung({ ...rung, after: 'due' }) as TaskRung) }),
      ...(task.fourEyes && { fourEyes: true as const }),
      ...(task.forEach && { items: this.items(task.forEach) }),
      produces: task.produces,
      evidence: task.evidence.map((field) => this.field(field)),
      ...(task.checklist && { checklist: task.checklist.map(({ key, required }) => ({ key, required })) }),
    };
  }

  private due({ days, after }: NonNullable<TemplateTask['due']>): Pick<PlanTask, 'due' | 'dueDays'> {
    const count = this.number(days);
    if (after === 'ready') return { dueDays: count };
    if (after === 'phase') return { due: { days: count, from: 'phase' } };
    if ('task' in after) return { due: { days: count, from: 'task', task: after.task } };
    if ('gate' in after) return { due: { days: count, from: 'gate', gate: after.gate } };
    const date = this.parameters[after.parameter];
    return typeof date === 'string' ? { due: { days: count, from: 'date', date } } : {};
  }

  /** The items of a kind for which a condition holds. */
  private items({ kind, where }: NonNullable<TemplateTask['forEach']>): string[] {
    const items = this.inventory.filter((item) => item.kind === kind);
    if (where === undefined) return items.map(({ id }) => id);
    const names = namesOfItems(this.template, this.template.inventory.find((each) => each.kind === kind));
    const condition = this.condition(where, names);
    return items.filter((item) => isTrue(condition, (to) => (to[0] === 'item' ? attributeOf(item, to[1]) : null))).map(({ id }) => id);
  }

  private field(field: TemplateField): EvidenceField {
    if (field.type !== 'table') return this.simple(field);
    const { key, required, minRows, maxRows } = field;
    return { key, required, type: 'table', columns: field.columns.map((column) => this.simple(column)), minRows, maxRows };
  }

  private simple(field: Exclude<TemplateField, { type: 'table' }>): SimpleField {
    const { key, required } = field;
    switch (field.type) {
      case 'number': {
        const { min, max } = field;
        return {
          key, required, type: 'number', ...(min !== undefined && { min: this.number(min) }), ...(max !== undefined && { max: this.number(max) }),
        };
      }
      case 'choice': return { key, required, type: 'choice', choices: field.choices.map((choice) => choice.key) };
      case 'checkbox': return { key, required, type: 'checkbox', mustBeChecked: field.mustBeChecked };
      default: return { key, required, type: field.type };
    }
  }

  private gate(gate: TemplateGate, phase: string, condition: (text: string) => Expression): PlanGate {
    return {
      key: gate.key,
      criteria: gate.criteria.map(({ name: _, ...criterion }): Criterion => (
        criterion.kind === 'condition' ? { ...criterion, condition: condition(criterion.condition) }
          : criterion.kind === 'conditions' ? { key: criterion.key, kind: 'conditions', phases: this.gatedBefore(phase, criterion.of), mandatory: criterion.mandatory }
            : criterion.kind === 'handover' ? { key: criterion.key, kind: 'handover', phase: criterion.of ?? phase, services: criterion.services ?? 'transferred', mandatory: criterion.mandatory } : criterion)),
      policy: this.policy(gate.approval, condition),
      ...(gate.onStop !== undefined && { onStop: gate.onStop }),
      ...(gate.onRework && { onRework: gate.onRework }),
    };
  }

  /** Phases before one whose gates are named; where none are, all that have a gate. */
  private gatedBefore(phase: string, gates: readonly string[] | undefined): string[] {
    const before = phasesBefore(this.template, phase);
    return this.template.phases.filter(({ key, gate }) => gate && (gates ? gates.includes(gate.key) : before.has(key))).map(({ key }) => key);
  }

  private policy(approval: TemplateGate['approval'], condition: (text: string) => Expression): PlanPolicy {
    const { remindAfterDays, escalateAfterDays, escalateTo, reasonRequired, outcomes, separationOfDuties, order, against, abstention, inPerson, notBy, dueDays, ladder } = approval;
    return {
      steps: approval.steps.map(({ name: _, when, quorum, inPerson: personally, groups, persons, ...step }): PlanStep => ({
        ...step, roles: rolesOfStep({ ...step, quorum, groups, persons }, this.parameters), ...(personally && { inPerson: true as const }), quorum: typeof quorum === 'object' && 'parameter' in quorum ? this.number(quorum) : quorum,
        ...(when !== undefined && { when: typeof when === 'string' ? condition(when) : when }),
      })),
      ...(remindAfterDays !== undefined && { remindAfterDays: this.number(remindAfterDays) }),
      ...(escalateAfterDays !== undefined && { escalateAfterDays: this.number(escalateAfterDays) }),
      ...(escalateTo !== undefined && { escalateTo }),
      ...(dueDays !== undefined && { dueDays: this.number(dueDays) }),
      ...(ladder && { ladder: ladder.map((rung) => this.rung(rung)) }),
      reasonRequired,
      ...(outcomes.length < OUTCOMES.length && { outcomes }),
      ...(separationOfDuties && { separationOfDuties: true as const }), ...(order === 'parallel' && { parallel: true as const }),
      ...(against === 'counts' && { against }), ...(abstention && { abstention: true as const }),
      ...(inPerson && { inPerson: true as const }), ...(notBy && { notBy }),
    };
  }

  /** A change is no gate: it is approved, sent back or refused, and its steps look at no evidence (see `checkReferences`). */
  private changeControl({ tolerance, exceptionsTo, levels }: NonNullable<Template['changeControl']>): ChangeControl {
    const never = (text: string): Expression => { throw new Error(`no condition here: ${text}`); };
    return {
      ...(tolerance && { tolerance: withoutUndefined(tolerance) }), ...(exceptionsTo !== undefined && { exceptionsTo }),
      levels: levels.map(({ key, upTo, approval }) => {
        const policy = this.policy(approval, never);
        return { key, ...(upTo && { upTo: withoutUndefined(upTo) }), policy: { ...policy, outcomes: (policy.outcomes ?? OUTCOMES).filter((outcome) => outcome !== 'approve-with-conditions') } };
      }),
    };
  }

  /** Who signs a service off looks at all that belongs to it: its steps have no conditions (see `checkReferences`), and nobody stops the project there. */
  private handover({ delivering, serviceOwner, teams, criteria, readiness, knowledge, signOff, earlyLife }: NonNullable<TemplatePhase['handover']>): PlanHandover {
    const entry = ({ key, owner, dueDays, mandatory, evidence }: Omit<(typeof criteria)[number], 'name'>, kind: PlanEntry['kind']): PlanEntry => ({
      key, kind, owner, ...(dueDays !== undefined && { dueDays: this.number(dueDays) }), mandatory, evidence: evidence.map((field) => this.field(field)),
    });
    const policy = this.policy(signOff, (text) => { throw new Error(`no condition here: ${text}`); });
    return {
      delivering, serviceOwner, teams: teams.map(({ key, roles }) => ({ key, roles })),
      entries: [...criteria.map((each) => entry(each, 'criterion')), ...readiness.map((each): PlanEntry => ({ ...entry(each, 'readiness'), area: each.area }))],
      topics: knowledge.map(({ key, kind }) => ({ key, kind })),
      signOff: { ...policy, outcomes: (policy.outcomes ?? OUTCOMES).filter((outcome) => outcome !== 'stop') },
      // With no days there is none: a parameter can say so.
      ...(earlyLife && this.number(earlyLife.days) > 0 && { earlyLife: this.earlyLife(earlyLife) }),
    };
  }

  private earlyLife({ days, count, extension, acceptanceDays, criteria }: NonNullable<NonNullable<TemplatePhase['handover']>['earlyLife']>): EarlyLifePolicy {
    return {
      days: this.number(days), count, acceptanceDays: this.number(acceptanceDays), ...(extension && { extension: { days: this.number(extension.days), times: extension.times } }),
      criteria: criteria.map((each): ExitCriterion => {
        if (each.kind === 'training') return { key: each.key, kind: each.kind };
        const { key, kind, measure, priorities, over, last, limit } = each;
        return { key, kind, measure, over, limit: this.number(limit), ...(priorities && { priorities }), ...(last !== undefined && { last: this.number(last) }) };
      }),
    };
  }

  private rung({ days, hours, after, step, ...deed }: TemplateRung): PlanRung {
    return {
      ...(days !== undefined && { days: this.number(days) }), ...(hours !== undefined && { hours: this.number(hours) }),
      ...(after === 'due' && { from: after }), ...(step !== undefined && { step }), ...deed as { do: 'remind' },
    };
  }

  private number(given: Given): number {
    if (typeof given === 'number') return given;
    const value = this.parameters[given.parameter];
    return typeof value === 'number' ? value : 0;
  }

  /** A condition with the parameters' values in their place; what it wants to know of other phases is noted. */
  private condition(text: string, names: Names, imports?: Set<string>): Expression {
    const expression = toExpression(text, names);
    if (!expression) throw new Error(`a condition that was judged to be right is not: ${text}`);
    for (const to of referencesOf(expression)) {
      if (to[0] === 'fact') this.exports.set(to[1], (this.exports.get(to[1]) ?? new Set()).add(`${to[2]}/${to[3]}`));
      const fact = factKeyOf(to);
      if (fact !== undefined) imports?.add(fact);
    }
    return replaceReferences(expression, (to) => (to[0] === 'parameter' ? (this.parameters[to[1]] ?? null) : undefined));
  }
}

/** Without what was not given, so that equal plans are equal to the byte. */
function withoutUndefined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as { [K in keyof T]: Exclude<T[K], undefined> };
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    for (const inner of Object.values(value)) deepFreeze(inner);
    Object.freeze(value);
  }
  return value;
}
