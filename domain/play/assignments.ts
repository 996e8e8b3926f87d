/**
 * The choices of evidence that matter: each condition that asks for evidence of a phase is explored both ways, as far as the gate of the
 * phase lets both pass.
 */
import { type Expression, referencesOf, type Scalar } from '../expression';
import { factKeyOf } from '../facts';
import type { Plan, PlanPhase } from '../plan';
import type { Key } from '../process';
import { candidatesFor, conditionsOf, fieldsBehind, holdsAll, referencedFields, usualValue } from './evidence';

/** Values by `TASK/FIELD`. */
export type Assignment = ReadonlyMap<string, Scalar>;

export interface Assignments {
  readonly all: readonly Assignment[];
  /** Whether not every combination of conditions is among them. */
  readonly more: boolean;
}

type Facts = Readonly<Record<string, Scalar>>;
/** So many values of the fields of one group are tried. */
const MAX_TRIED = 3_000;

/** What conditions ask of the evidence of a phase: the same however the phase is reached. */
interface Asked {
  /** Conditions that are explored both ways. */
  readonly free: readonly Expression[];
  /** All that is asked, as a text. */
  readonly text: string;
  readonly usual: Assignment;
  readonly solver: (facts: Facts) => Solver;
  /** The facts on which the conditions depend, by key. */
  readonly facts: readonly string[];
}

/** What was chosen before, per phase: by what is asked of it and the facts that matter. */
export type KnownChoices = WeakMap<PlanPhase, Map<string, Assignments>>;

/** The choices of all phases of a plan. What was chosen is kept: a phase is reached many times, with the few facts that matter the same. */
export class Choices {
  private readonly asked = new Map<Key, Asked>();

  /** @param known to share with other plans that have the same phases. */
  constructor(private readonly plan: Plan, private readonly known: KnownChoices) {}

  /**
   * Assignments of a phase's fields: one with which the mandatory criteria of its gate hold, and for each condition that came out one way,
   * one with which it comes out the other way.
   * @param facts what the phases before it said.
   */
  of(phase: PlanPhase, facts: Facts): Assignments {
    const asked = this.asked.get(phase.key) ?? askedOf(this.plan, phase);
    this.asked.set(phase.key, asked);
    const ofPhase = this.known.get(phase) ?? new Map<string, Assignments>();
    this.known.set(phase, ofPhase);
    const key = `${asked.text} ${JSON.stringify(asked.facts.map((fact) => facts[fact] ?? null))}`;
    const known = ofPhase.get(key) ?? assignmentsOf(phase, asked, facts);
    ofPhase.set(key, known);
    return known;
  }
}

// Phases never change, and many plans share them.
const asking = new WeakMap<PlanPhase, ReadonlyMap<Key, readonly Expression[]>>();

/** The conditions of a phase that ask for evidence of other phases, by these. */
function askingOf(phase: PlanPhase): ReadonlyMap<Key, readonly Expression[]> {
  const known = asking.get(phase);
  if (known) return known;
  const found = new Map<Key, Expression[]>();
  for (const condition of conditionsOf(phase, 'all')) {
    const phases = new Set(referencesOf(condition).flatMap((to) => (to[0] === 'fact' ? [to[1]] : [])));
    for (const other of phases) found.set(other, [...(found.get(other) ?? []), condition]);
  }
  asking.set(phase, found);
  return found;
}

function askedOf(plan: Plan, phase: PlanPhase): Asked {
  const mandatory = conditionsOf(phase, 'mandatory');
  // Conditions of later phases ask for what this one exports: seen from here it is its own evidence.
  const others = plan.phases.filter(({ key }) => key !== phase.key).flatMap((other) => askingOf(other).get(phase.key) ?? []).map((each) => asOwn(each, phase.key));
  const free = [...conditionsOf(phase, 'all').filter((each) => !mandatory.some((one) => JSON.stringify(one) === JSON.stringify(each))), ...others]
    .filter((each) => referencedFields([each]).length > 0);
  const known = [...mandatory, ...free];
  // The conditions of its tasks decide what is delivered at all.
  const facts = [...known, ...conditionsOf(phase, 'all')].flatMap(referencesOf).flatMap((to) => factKeyOf(to) ?? []);
  return {
    free, facts: [...new Set(facts)], text: JSON.stringify([mandatory, free]),
    usual: new Map(fieldsBehind(phase, known).map((key) => [key, usualValue(phase, key)] as const)),
    solver: (given) => new Solver(phase, mandatory, known, given),
  };
}

function assignmentsOf(phase: PlanPhase, { free, usual, solver }: Asked, facts: Facts): Assignments {
  const solving = solver(facts);
  const base = solving.solve([], usual) ?? usual;
  const found = new Map<string, Assignment>();
  const add = (assignment: Assignment): void => {
    const signature = free.map((each) => holdsAll(phase, [each], assignment, facts)).join();
    if (!found.has(signature)) found.set(signature, assignment);
  };
  add(base);
  for (const condition of free) {
    const holds = holdsAll(phase, [condition], base, facts);
    const other = solving.solve([holds ? { kind: 'not', of: condition } : condition], base);
    if (other) add(other);
  }
  return { all: [...found.values()], more: found.size > 2 };
}

/** Values with which all mandatory criteria of the phase's gate hold that are about evidence; null when none were found. */
export function wantedBy(phase: PlanPhase, facts: Facts = {}): Assignment | null {
  const mandatory = conditionsOf(phase, 'mandatory');
  return new Solver(phase, mandatory, mandatory, facts).solve([], new Map());
}

/** A condition of a later phase, as if it stood in the phase that it asks. */
function asOwn(expression: Expression, phase: Key): Expression {
  return JSON.parse(JSON.stringify(expression), (_, value: unknown) => {
    if (!Array.isArray(value) || value[0] !== 'fact' || value[1] !== phase) return value;
    return ['evidence', value[2], value[3]];
  }) as Expression;
}

/** Finds values with which conditions hold, trying those of the fields together that conditions connect. */
class Solver {
  constructor(
    private readonly phase: PlanPhase, private readonly mandatory: readonly Expression[], private readonly known: readonly Expression[], private readonly facts: Facts,
  ) {}

  /** Values with which the wanted and the mandatory conditions hold; fields that neither concerns keep those of `base`. Null: none found. */
  solve(wanted: readonly Expression[], base: Assignment): Assignment | null {
    const values = new Map(base);
    for (const group of this.groups(wanted)) {
      if (wanted.length > 0 && !group.isWanted) continue;
      if (!this.fill(group.fields, group.conditions, values)) return null;
    }
    return values;
  }

  private groups(wanted: readonly Expression[]): { fields: string[]; conditions: Expression[]; isWanted: boolean }[] {
    const groups: { fields: string[]; conditions: Expression[]; isWanted: boolean }[] = [];
    for (const condition of [...wanted, ...this.mandatory]) {
      const fields = fieldsBehind(this.phase, [condition]);
      const joined = groups.filter((group) => group.fields.some((field) => fields.includes(field)));
      for (const group of joined) groups.splice(groups.indexOf(group), 1);
      groups.push({
        fields: [...new Set([...joined.flatMap((group) => group.fields), ...fields])], conditions: [...joined.flatMap((group) => group.conditions), condition],
        isWanted: wanted.includes(condition) || joined.some((group) => group.isWanted),
      });
    }
    return groups;
  }

  private fill(fields: readonly string[], conditions: readonly Expression[], values: Map<string, Scalar>): boolean {
    const variables = fields.map((key) => ({ key, values: candidatesFor(this.phase, key, this.known) })).filter((each) => each.values.length > 0);
    // A condition is looked at as soon as all that it depends on has a value: what breaks it is not gone on from.
    const ripe = variables.map((): Expression[] => []);
    const fixed: Expression[] = [];
    for (const condition of conditions) {
      const behind = fieldsBehind(this.phase, [condition]);
      (ripe[variables.findLastIndex(({ key }) => behind.includes(key))] ?? fixed).push(condition);
    }
    if (!holdsAll(this.phase, fixed, values, this.facts)) return false;
    let tried = 0;
    const assign = (index: number): boolean => {
      const variable = variables[index];
      if (!variable) return true;
      const before = values.get(variable.key);
      for (const value of variable.values) {
        if (tried > MAX_TRIED) break;
        values.set(variable.key, value);
        if (holdsAll(this.phase, ripe[index] ?? [], values, this.facts)) {
          if (assign(index + 1)) return true;
        } else tried += 1;
      }
      if (before === undefined) values.delete(variable.key);
      else values.set(variable.key, before);
      return false;
    };
    return assign(0);
  }
}
