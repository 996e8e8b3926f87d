/** What a portfolio tells of a project, from its rows and its process. */
import type { WorkingCalendar } from '../../domain/calendar';
import { clockOf, datesOf, type Dates } from '../../domain/change/schedule';
import { own } from '../../domain/fold';
import { courseOf, type Course, type Reason } from '../../domain/portfolio/course';
import type { Instant, Key, PersonId } from '../../domain/process';
import { baselineOf } from '../../domain/project/baseline';
import type { ProjectState } from '../../domain/project/types';
import type { PhaseRow, TaskRow } from '../../domain/rows';
import type { ProjectRows } from '../projects/rows';
import { type Money, moneyOf } from './money';

export interface Overview {
  readonly rows: ProjectRows;
  readonly course: Course;
  readonly reasons: readonly Reason[];
  readonly managers: readonly PersonId[];
  readonly baselineEnd: Instant | null;
  readonly planEnd: Instant | null;
  /** As it stands: nothing that is not over ends before now. */
  readonly expectedEnd: Instant | null;
  readonly slipDays: number | null;
  readonly money: Money | null;
  readonly expected: Readonly<Record<Key, Dates>>;
  readonly promised: Readonly<Record<Key, Dates>>;
  /** The first phase that is open and whose gate has not let it pass. */
  readonly next: { readonly phase: PhaseRow; readonly openTasks: number; readonly unmet: number; readonly waitingFor: readonly PersonId[]; readonly approval: string | null } | null;
  readonly overdue: number;
  readonly blocked: readonly TaskRow[];
  readonly conditions: number;
}

function workingDays(calendar: WorkingCalendar, from: Instant, to: Instant): number {
  const clock = clockOf(calendar);
  return (clock.toWork(to) - clock.toWork(from)) / clock.dayMs;
}

const isAtWork = ({ status }: TaskRow): boolean => status === 'ready' || status === 'claimed' || status === 'to-check';

function nextOf({ phases, stages, tasks, approvals, roles }: ProjectRows): Overview['next'] {
  const phase = phases.find(({ status, stream }) => status === 'open' && stages.some(({ id, gate }) => id === stream && gate !== null))
    ?? phases.find(({ status }) => status === 'open');
  if (!phase) return null;
  const stage = stages.find(({ id }) => id === phase.stream);
  const open = tasks.filter((task) => task.stage === phase.stream && task.condition === null);
  const approval = approvals.find(({ id }) => id === stage?.approval);
  const holders = open.filter(isAtWork).flatMap(({ assignee, role }) => (assignee === null ? (roles.find((each) => each.role === role)?.persons ?? []) : [assignee]));
  return {
    phase, openTasks: open.length, unmet: (stage?.criteria ?? []).filter(({ mandatory, met }) => mandatory && met === false).length,
    waitingFor: [...new Set(approval ? approval.waitingFor : holders)], approval: approval?.id ?? null,
  };
}

/** @param state the process of the project; a project of which it is not known has no dates. */
export function overviewOf(rows: ProjectRows, state: ProjectState | undefined, now: Instant): Overview {
  const { project, tasks, approvals, roles } = rows;
  const isOver = project.endedAt !== null;
  const begun = (key: Key) => {
    const phase = state && own(state.phases, key);
    return { ...(phase?.openedAt !== undefined && { openedAt: phase.openedAt }), ...(phase?.passedAt !== undefined && { passedAt: phase.passedAt }) };
  };
  const baseline = state && baselineOf(state);
  const startAt = state?.startedAt ?? project.startedAt;
  const expected = state && datesOf(state.plan, startAt, begun, isOver ? undefined : now);
  const expectedEnd = project.endedAt ?? expected?.endAt ?? null;
  const slipDays = state && baseline && expectedEnd !== null ? workingDays(state.plan.calendar, baseline.endAt, expectedEnd) : null;
  const present = new Set(rows.phases.flatMap(({ stream }) => stream ?? []));
  const atWork = tasks.filter((task) => present.has(task.stage) && isAtWork(task));
  const late = atWork.filter(({ dueAt }) => dueAt !== null && dueAt < now);
  const { course, reasons } = courseOf({
    status: project.status, now, slipDays: isOver ? null : slipDays, exceptions: project.exceptions ?? [],
    tasks: atWork.map(({ dueAt, blocked, condition, role, assignee }) => ({
      dueAt, isBlocked: blocked !== undefined, isCondition: condition !== null,
      hasHolder: assignee !== null || (roles.find((each) => each.role === role)?.persons.length ?? 0) > 0,
    })),
    approvals: approvals.map(({ gate, dueAt, unreachable = [] }) => ({ gate, dueAt: dueAt ?? null, isUndecidable: unreachable.length > 0 })),
  });
  const managerRole = state?.plan.managerRole;
  return {
    rows, course, reasons, managers: roles.find(({ role }) => role === managerRole)?.persons ?? [],
    baselineEnd: baseline?.endAt ?? null, planEnd: state ? datesOf(state.plan, startAt, begun).endAt : null, expectedEnd, slipDays, money: state ? moneyOf(state) : null,
    expected: expected?.phases ?? {}, promised: baseline?.phases ?? {}, next: isOver ? null : nextOf(rows),
    overdue: late.filter(({ condition }) => condition === null).length, blocked: atWork.filter(({ blocked }) => blocked !== undefined),
    conditions: tasks.filter(({ condition }) => condition !== null).length,
  };
}
