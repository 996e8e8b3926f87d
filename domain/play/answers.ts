/** The answers that a gate can be given, as far as they lead elsewhere. */
import type { ApprovalInput } from '../approval/types';
import { replaceReferences } from '../expression';
import { insistsOn, OUTCOMES, type Outcome, type Plan } from '../plan';
import type { Key } from '../process';
import { conditionsOf } from './evidence';
import type { Move } from './findings';

const REASON = { text: 'play' };

export interface GateAnswer {
  readonly move: Move;
  readonly command: Readonly<Record<string, unknown>>;
}

/**
 * One command per outcome that matters. An approval under conditions leads where one without leads once these are met; it is tried where the
 * other is not allowed, where a condition of the plan tells the two apart, and, in the place of the other, where a later gate insists on the conditions.
 */
export function answersOf(plan: Plan, { gate, policy, tasks, reworkPhases = [] }: ApprovalInput): GateAnswer[] {
  const may = policy.outcomes ?? OUTCOMES;
  const insisted = may.includes('approve-with-conditions') && isInsistedOn(plan, gate);
  const answer = (outcome: Outcome, more: Readonly<Record<string, unknown>> = {}, rework?: Key): GateAnswer =>
    ({ move: { kind: 'decide', gate, outcome, ...(rework !== undefined && { rework: [rework] }) }, command: { outcome, ...more } });
  const answers: GateAnswer[] = [];
  if (may.includes('approve') && (!insisted || tellsApart(plan).has(gate))) answers.push(answer('approve'));
  if (insisted || (may.includes('approve-with-conditions') && !may.includes('approve'))) {
    answers.push(answer('approve-with-conditions', { conditions: [{ defect: REASON, plan: REASON, owner: plan.managerRole, dueDays: 1 }] }));
  }
  if (may.includes('stop')) answers.push(answer('stop'));
  if (may.includes('rework')) {
    const [task] = tasks;
    if (task !== undefined) answers.push(answer('rework', { rework: [task] }, task));
    for (const phase of reworkPhases) answers.push(answer('rework', { reworkPhases: [phase] }, phase));
  }
  return answers;
}

function isInsistedOn(plan: Plan, gate: Key): boolean {
  const phase = plan.phases.find((each) => each.gate?.key === gate)?.key;
  return phase !== undefined && plan.phases.some((each) => insistsOn(each).has(phase));
}

const toldApart = new WeakMap<Plan, ReadonlySet<Key>>();

/** Gates for which it matters to some condition of the plan whether they were approved with conditions or without. */
export function tellsApart(plan: Plan): ReadonlySet<Key> {
  const known = toldApart.get(plan);
  if (known) return known;
  const conditions = plan.phases.flatMap((phase) => conditionsOf(phase, 'all'));
  const gates = plan.phases.flatMap(({ gate }) => gate?.key ?? []);
  const found = new Set(gates.filter((gate) => {
    const as = (outcome: Outcome) => JSON.stringify(conditions.map((each) => replaceReferences(each, (to) => (to[0] === 'gate' && to[1] === gate ? outcome : undefined))));
    return as('approve') !== as('approve-with-conditions');
  }));
  toldApart.set(plan, found);
  return found;
}
