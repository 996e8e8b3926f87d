/** What is different between two plans, one by one. */
import { own } from '../fold';
import { awaitedKey, type Plan, type PlanGate, type PlanPhase, type PlanTask } from '../plan';
import type { PlanDifference } from './types';

type Value = string | number | null;
type Fields = Readonly<Record<string, Value>>;

/** Phases, gates and tasks that came, went or changed, in the order of the plan; what went comes last of its kind. */
export function planDifference(before: Plan, after: Plan): readonly PlanDifference[] {
  return paired(before.phases, after.phases).flatMap(([was, is]): readonly PlanDifference[] => {
    if (was === is) return [];
    const phase = (is ?? was)?.key ?? '';
    return [
      ...compared({ kind: 'phase', phase }, was && ofPhase(was), is && ofPhase(is)),
      ...paired(was?.tasks ?? [], is?.tasks ?? []).flatMap(([one, other]) =>
        (one === other ? [] : compared({ kind: 'task', phase, key: (other ?? one)?.key ?? '' }, one && ofTask(one), other && ofTask(other)))),
      ...gates(phase, was?.gate, is?.gate),
    ];
  });
}

function gates(phase: string, was: PlanGate | undefined, is: PlanGate | undefined): PlanDifference[] {
  if (was && is && was.key !== is.key) return [...gates(phase, was, undefined), ...gates(phase, undefined, is)];
  return was === is ? [] : compared({ kind: 'gate', phase, key: (is ?? was)?.key ?? '' }, was && ofGate(was), is && ofGate(is));
}

function paired<T extends { readonly key: string }>(before: readonly T[], after: readonly T[]): (readonly [T | undefined, T | undefined])[] {
  const were = new Map(before.map((each) => [each.key, each]));
  const stay = new Set(after.map(({ key }) => key));
  return [
    ...after.map((each) => [were.get(each.key), each] as const),
    ...before.filter(({ key }) => !stay.has(key)).map((each) => [each, undefined] as const),
  ];
}

function compared(what: Pick<PlanDifference, 'kind' | 'phase' | 'key'>, was: Fields | undefined, is: Fields | undefined): PlanDifference[] {
  const names = [...new Set([...Object.keys(was ?? {}), ...Object.keys(is ?? {})])];
  const fields = names.flatMap((field) => {
    const [old, now] = [own(was ?? {}, field) ?? null, own(is ?? {}, field) ?? null];
    return old === now ? [] : [{ field, before: old, after: now }];
  });
  if (was && is) return fields.length > 0 ? [{ ...what, change: 'changed', fields }] : [];
  return [{ ...what, change: is ? 'added' : 'removed', ...(fields.length > 0 && { fields }) }];
}

const list = (keys: readonly string[]): Value => (keys.length > 0 ? keys.join(', ') : null);

/** What the project decides on of a backlog: never within what the project manager may change alone. */
export const SCOPE_FIELDS: readonly string[] = ['scope', 'productGoal', 'released'];

function ofPhase({ after, budget, iterations }: PlanPhase): Fields {
  const { added, newGoal, released } = iterations?.scopeControl ?? {};
  return { after: list(after), budget: budget ?? null, scope: added ?? null, productGoal: newGoal?.text ?? null, released: list(released ?? []) };
}

function ofTask(task: PlanTask): Fields {
  const { rasci, after, dueDays, due, estimate, budget, fourEyes } = task;
  return {
    responsible: rasci.r, accountable: rasci.a, after: list(after.map((each) => ('task' in each ? each.task : 'backlog' in each ? awaitedKey(each) : `${each.phase} ${each.reaches}`))),
    due: dueDays !== undefined ? `+${dueDays}` : !due ? null : due.from === 'date' ? `${due.date}${due.days === 0 ? '' : ` ${signed(due.days)}`}`
      : `${due.from === 'task' ? due.task : due.from === 'gate' ? due.gate : due.from} ${signed(due.days)}`,
    estimate: estimate ? estimate.join(' – ') : null, budget: budget ?? null, fourEyes: fourEyes ? 'yes' : null,
  };
}

const signed = (days: number): string => (days < 0 ? String(days) : `+${days}`);

const ofGate = ({ criteria, policy }: PlanGate): Fields => ({
  criteria: list(criteria.map(({ key }) => key)),
  approvers: policy.steps.map(({ roles, quorum }) => `${roles.join(' + ')} (${typeof quorum === 'object' ? `${quorum.percent} %` : quorum})`).join(' → '),
});
