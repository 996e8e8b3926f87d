/** What can be seen of a plan without playing it: roles that nobody can hold, due dates that come too early. */
import type { Plan, PlanDue, PlanPhase, PlanTask } from '../plan';
import type { Key } from '../process';
import { reachable } from '../reachable';
import type { Finding } from './findings';

export function checkPlan(plan: Plan): Finding[] {
  return [...impossibleRoles(plan), ...plan.phases.flatMap(earlyDueDates)];
}

/** The roles that someone who holds a role has: itself, and the bodies it belongs to. */
const rolesWith = (plan: Plan, role: Key): Key[] => [role, ...plan.roles.filter(({ members }) => members.includes(role)).map(({ key }) => key)];

function impossibleRoles(plan: Plan): Finding[] {
  const apart = plan.separation ?? [];
  return plan.roles.filter(({ members }) => members.length === 0).flatMap(({ key }): Finding[] => {
    const all = rolesWith(plan, key);
    const broken = apart.find((roles) => roles.filter((role) => all.includes(role)).length > 1);
    return broken ? [{ code: 'role-impossible', subject: { role: key }, trace: [], confirmed: true }] : [];
  });
}

const sameAnchor = (one: PlanDue, other: PlanDue): boolean => JSON.stringify({ ...one, days: 0 }) === JSON.stringify({ ...other, days: 0 });

/** A task that is due before one that it waits for, both counted from the same moment. */
function earlyDueDates(phase: PlanPhase): Finding[] {
  const byKey = new Map(phase.tasks.map((task) => [task.key, task]));
  return phase.tasks.flatMap((task): Finding[] => {
    const { due } = task;
    if (!due) return [];
    const late = ancestorsOf(task, byKey).find((other) => other.due && sameAnchor(due, other.due) && other.due.days > due.days);
    return late ? [{ code: 'due-before-dependency', subject: { phase: phase.key, task: task.key }, other: late.key, trace: [], confirmed: true }] : [];
  });
}

function ancestorsOf(task: PlanTask, byKey: ReadonlyMap<Key, PlanTask>): PlanTask[] {
  const before = ({ after }: PlanTask): PlanTask[] => after.flatMap((one) => ('task' in one ? (byKey.get(one.task) ?? []) : []));
  return [...reachable(before(task), before)];
}
