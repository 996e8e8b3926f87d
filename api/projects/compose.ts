/** A project as people see it, composed of its rows: the same for the read model and for what the workflows say. Pure. */
import { PROGRAM_MANAGER } from '../../domain/permissions';
import type { ApprovalRow, PhaseRow, StageRow, TaskRow } from '../../domain/rows';
import { inHours } from '../../domain/stage/work';
import { toIso } from '../http/instant';
import type { Names } from '../names';
import { awaitedItemsOf, awaitedNamesOf, blockedView } from '../tasks/views';
import { collectRows, type ProjectRows, type WithId } from './rows';
import type { BlockingView, ConditionView, GateView, PhaseView, ProjectView } from './views';

export { collectRows };

const isOpenTask = ({ status }: TaskRow): boolean => status !== 'done' && status !== 'dropped';

interface Current {
  readonly phase: PhaseRow;
  readonly stage?: WithId<StageRow>;
  readonly tasks: readonly WithId<TaskRow>[];
  readonly approval?: WithId<ApprovalRow>;
}

/** The present round of a phase. */
function currentOf(rows: ProjectRows, phase: PhaseRow): Current {
  const stage = rows.stages.find((each) => each.id === phase.stream);
  const approval = stage && rows.approvals.find((each) => each.id === stage.approval);
  return {
    phase, tasks: rows.tasks.filter((task) => task.stage === phase.stream),
    ...(stage && { stage }), ...(approval && { approval }),
  };
}

const holdersIn = (rows: ProjectRows, names: Names, role: string) =>
  (rows.roles.find((each) => each.role === role)?.persons ?? []).map((person) => names.person(person));

function adoptedView({ source, by, at, note }: NonNullable<StageRow['gateAdopted']>, names: Names): GateView['adopted'] {
  return { source: names.text(source), by: by ? names.text(by) : null, at: toIso(at ?? null), note: note ? names.text(note) : null };
}

/** The gate: as it stands, or, before its phase opened, as the template has it. */
function gateView({ phase, stage }: Current, names: Names): GateView | null {
  const authored = names.template.phases.find((each) => each.key === phase.phase)?.gate;
  const key = stage ? stage.gate : (authored?.key ?? null);
  if (key === null) return null;
  const criteria = stage ? stage.criteria
    : (authored?.criteria ?? []).map((each) => ({ key: each.key, kind: each.kind, mandatory: each.mandatory, met: null }));
  return {
    gate: key,
    name: names.at(`gate:${key}`) ?? key,
    status: stage?.gateStatus ?? 'waiting',
    round: stage?.gateRound ?? 0,
    digest: stage?.gateDigest ?? null,
    outcome: stage?.gateOutcome ?? null,
    byPolicy: stage?.gateByPolicy ?? false,
    adopted: stage?.gateAdopted ? adoptedView(stage.gateAdopted, names) : null,
    approval: stage?.approval ?? null,
    criteria: criteria.map((each) => ({ ...each, name: names.at(`criterion:${phase.phase}/${each.key}`) ?? each.key })),
  };
}

/** Hours that were said of the tasks of a phase: worked in all its rounds, remaining in the present one. */
function hoursOf(rows: ProjectRows, { phase, stage }: Current): Pick<PhaseView, 'hoursSpent' | 'hoursRemaining'> {
  const spent = rows.stages.filter((each) => each.phase === phase.phase).flatMap((each) => each.spent ?? []);
  return { hoursSpent: spent.length > 0 ? inHours(spent.reduce((sum, hours) => sum + hours, 0)) : null, hoursRemaining: stage?.remaining ?? null };
}

function phaseView(rows: ProjectRows, current: Current, names: Names): PhaseView {
  const { phase, stage } = current;
  return {
    phase: phase.phase, name: names.phase(phase.phase), kind: phase.kind, after: [...(names.template.phases.find((each) => each.key === phase.phase)?.after ?? [])], status: phase.status, round: phase.round, stream: phase.stream,
    openedAt: toIso(phase.openedAt), passedAt: toIso(phase.passedAt), endedAt: toIso(phase.endedAt), outcome: phase.outcome,
    openTasks: stage?.openTasks ?? 0, doneTasks: stage?.doneTasks ?? 0,
    gate: gateView(current, names), former: phase.former ?? false, budget: phase.budget ?? null, ...hoursOf(rows, current),
  };
}

function conditionView(task: TaskRow, names: Names): ConditionView[] {
  if (!task.condition) return [];
  const { defect, plan, owner } = task.condition;
  return [{
    phase: task.phase, task: task.task, status: task.status, defect: names.text(defect), plan: names.text(plan),
    owner: names.role(owner), dueAt: toIso(task.dueAt),
  }];
}

/** What keeps an open phase's gate from being passed, or a passed phase from ending; null when nothing is known to. */
function blockingView(rows: ProjectRows, current: Current, names: Names): BlockingView | null {
  const { phase, stage, approval } = current;
  if (!stage || (phase.status !== 'open' && phase.status !== 'passed')) return null;
  const open = current.tasks.filter(isOpenTask);
  const tasks = open.filter((task) => !task.condition).map((task) => ({
    task: task.task, name: names.task(task.phase, task.task, null, task.project), status: task.status, role: names.role(task.role),
    persons: holdersIn(rows, names, task.role), assignee: task.assignee === null ? null : names.person(task.assignee),
    dueAt: toIso(task.dueAt), waitingFor: task.waitingFor, waitingForNames: awaitedNamesOf(task, names), waitingForItems: awaitedItemsOf(task, names), blocked: task.blocked ? blockedView(task.blocked, names) : null,
  }));
  const gate = phase.status === 'open' ? stage.gate : null;
  const criteria = gate === null ? [] : stage.criteria.filter(({ met, mandatory }) => mandatory && met === false)
    .map(({ key, kind }) => ({ key, kind, name: names.at(`criterion:${phase.phase}/${key}`) ?? key }));
  const votes = approval?.status === 'open'
    ? approval.waitingFor.map((person) => {
      const deputy = approval.deputies?.[person];
      return {
        approval: approval.id, step: approval.step, person: names.person(person), standIn: deputy ? { delegate: names.person(deputy.person), until: toIso(deputy.until) } : null,
      };
    }) : [];
  const [outOfReach] = approval?.unreachable ?? [];
  const undecidable = approval?.status === 'open' && (votes.length === 0 || outOfReach !== undefined) ? { approval: approval.id, step: outOfReach ?? approval.step } : null;
  // Those of the phase itself hold its end; those of phases before on which its gate insists, the gate.
  const earlier = gate === null ? [] : rows.tasks.filter((task) => isOpenTask(task) && stage.openConditions?.includes(task.phase));
  const conditions = [...open, ...earlier].flatMap((task) => conditionView(task, names));
  if (tasks.length + criteria.length + votes.length + conditions.length === 0 && !undecidable) return null;
  return {
    phase: phase.phase, name: names.phase(phase.phase),
    gate: gate === null ? null : { key: gate, name: names.at(`gate:${gate}`) ?? gate },
    tasks, criteria, votes, undecidable, conditions,
  };
}

/** Whether nobody is given a role here: it is a body, a group, a person, or that of who manages the program. */
function isBody(names: Names, role: string, isFormer = false): boolean {
  const authored = names.template.roles.find((each) => each.key === role);
  return authored ? (authored.members ?? []).length > 0 : !isFormer;
}

/** The view of a project. Instants are ISO-8601 in UTC, texts in the language of `names`; an erased text is null. */
export function composeProject(rows: ProjectRows, names: Names, program: ProjectView['program'] = null): ProjectView {
  const { project } = rows;
  // A phase that was dropped before it began has nothing to show.
  const current = rows.phases.filter(({ former, round }) => !former || round > 0).map((phase) => currentOf(rows, phase));
  return {
    id: project.project, name: names.text(project.name), status: project.status,
    template: { key: project.template, version: project.templateVersion, name: names.at('template') ?? project.template },
    program, startedAt: toIso(project.startedAt), endedAt: toIso(project.endedAt), heldAt: toIso(project.heldAt),
    reason: project.reason && names.text(project.reason), cancelledAt: toIso(project.cancelledAt ?? null),
    changing: project.changing && { kind: project.changing.kind, since: toIso(project.changing.since), waitingFor: project.changing.waitingFor },
    lostChildren: project.lostChildren,
    adoption: project.adoption ? { source: names.text(project.adoption.source), person: names.person(project.adoption.person) } : null,
    migrations: (project.migrations ?? []).map(({ revision, at, from, to, outcome }) => (
      { revision, at: toIso(at), from: { key: from.key, version: from.version }, to: { key: to.key, version: to.version }, outcome })),
    exceptions: (project.exceptions ?? []).map(({ kind, phase, at, expected, limit }) => ({
      kind, phase: phase === undefined ? null : { key: phase, name: names.phase(phase) }, at: toIso(at),
      expected: kind === 'time' ? toIso(expected) : expected, limit: kind === 'time' ? toIso(limit) : limit,
    })),
    // Nobody manages the program that it belonged to here any more.
    roles: rows.roles.filter(({ role, persons }) => role !== PROGRAM_MANAGER || persons.length > 0 || !isBody(names, role)).map(({ role, former }) => ({
      ...names.role(role), persons: holdersIn(rows, names, role),
      body: isBody(names, role, former), former: former ?? false,
    })),
    currency: names.template.currency,
    phases: current.map((each) => phaseView(rows, each, names)),
    blocking: current.flatMap((each) => blockingView(rows, each, names) ?? []),
    conditions: rows.tasks.flatMap((task) => conditionView(task, names)),
  };
}
