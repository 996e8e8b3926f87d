/**
 * What would happen to a running project that moves to another plan: the move is played with the real processes from where the project
 * stands, and what is different afterwards is told.
 */
import { checkEvidence } from '../evidence';
import type { Rejection } from '../errors';
import { factKey, type Facts, toScalar } from '../facts';
import type { Evidence } from '../evidence-types';
import { own } from '../fold';
import { allPhases, type Plan, type PlanPhase } from '../plan';
import type { Instant, Key, StreamId } from '../process';
import { openStages as stagesOf } from '../project/children';
import type { Migration, ProjectState } from '../project/types';
import { openApproval } from '../stage/gate';
import { standingDigest } from '../stage/migrate';
import { taskOf, tasksOf } from '../stage/tasks';
import type { StageState, TaskState } from '../stage/types';
import { OFFICE, Play, type Standing } from './play';

/** What only people can decide before a project moves, with the answers that can be given. */
export type MigrationDecision =
  /** An open phase is not in the new plan: what is open in it would be dropped. */
  | { readonly id: string; readonly kind: 'drop-phase'; readonly phase: Key; readonly open: number; readonly choices: readonly ['drop'] }
  /** A task is done, and its evidence is not what the new plan asks for. */
  | { readonly id: string; readonly kind: 'redo-task'; readonly phase: Key; readonly task: Key; readonly fields: readonly Key[]; readonly choices: readonly ['keep', 'reopen'] };

export interface PhaseChange {
  readonly phase: Key;
  /** `skipped`: it is new and comes before what has begun; `former`: it has begun or is over, and stays as it was. */
  readonly change: 'added' | 'dropped' | 'skipped' | 'former' | 'returned';
}

export interface TaskChange {
  readonly phase: Key;
  readonly task: Key;
  /** `former`: it is done and stays so; `waits`: it has to wait for something new. */
  readonly change: 'added' | 'dropped' | 'former' | 'returned' | 'reopened' | 'waits' | 'redated';
  readonly from?: Instant;
  readonly to?: Instant;
}

export interface ApprovalChange {
  readonly phase: Key;
  readonly gate: Key;
  /** `asked-anew`: its subject changed, and votes already given fall; `withdrawn`: it has to wait for something new. */
  readonly change: 'goes-on' | 'asked-anew' | 'withdrawn';
}

export interface MigrationPreview {
  /** `refused`: the project can't move now, see `rejection`. */
  readonly outcome: 'same' | 'moves' | 'needs-decision' | 'refused';
  readonly rejection?: Rejection;
  /** Done tasks and decided gates that stay as they are. */
  readonly kept: { readonly tasks: number; readonly gates: readonly Key[] };
  readonly phases: readonly PhaseChange[];
  readonly tasks: readonly TaskChange[];
  readonly approvals: readonly ApprovalChange[];
  /** All that has to be decided; those not decided yet are in `undecided` too. */
  readonly decisions: readonly MigrationDecision[];
  readonly undecided: readonly string[];
}

export interface MigrationPlan {
  readonly preview: MigrationPreview;
  /** What to ask the project for; where nothing is in the way. */
  readonly migration: Migration;
  /** The project after the move, to be proved; none when it was refused. */
  readonly after?: Play;
}

/**
 * Plays the move of a project to another plan.
 * @param standings the project's own state and those of its open stages and approvals.
 * @param decisions what was decided: id of the decision → choice.
 * @param evidenceOf evidence of a done task of a phase that has passed, from the record.
 */
export function previewMigration(
  standings: readonly Standing[], next: Plan, now: Instant, decisions: Readonly<Record<string, string>> = {},
  evidenceOf: (phase: Key, task: Key) => Evidence | undefined = () => undefined,
): MigrationPlan {
  const before = Play.resume(standings, now);
  const state = before.project();
  const stages = openStages(before, state);
  const asked = decisionsFor(stages, next);
  const reopen: Record<Key, Key[]> = {};
  for (const each of asked) if (each.kind === 'redo-task' && decisions[each.id] === 'reopen') (reopen[each.phase] ??= []).push(each.task);
  const facts = factsFor(state, next, evidenceOf);
  const migration: Migration = {
    plan: next, basis: Object.fromEntries(stages.map((stage) => [stage.input.id, standingDigest(stage)])),
    ...(Object.keys(reopen).length > 0 && { reopen }), ...(Object.keys(facts).length > 0 && { facts }),
  };
  const undecided = asked.filter(({ id, choices }) => !choices.some((choice) => choice === own(decisions, id))).map(({ id }) => id);
  const nothing = { kept: { tasks: 0, gates: [] }, phases: [], tasks: [], approvals: [], decisions: asked, undecided };

  const play = before.fork();
  const rejection = play.act(play.root, { type: 'migrate', ...migration }, OFFICE);
  if (rejection) return { preview: { outcome: 'refused', rejection, ...nothing }, migration };
  if (play.project() === state) return { preview: { ...nothing, outcome: 'same', decisions: [], undecided: [] }, migration };
  const after = play.project();
  const preview: MigrationPreview = {
    outcome: undecided.length > 0 ? 'needs-decision' : 'moves',
    kept: keptOf(stages, state), phases: phaseChanges(state, after), tasks: taskChanges(state, after, stages, play),
    approvals: approvalChanges(stages, play), decisions: asked, undecided,
  };
  return { preview, migration, after: play.assumeBacklogs() };
}

function openStages(play: Play, state: ProjectState): StageState[] {
  const open = new Set<StreamId>(stagesOf(state));
  return play.stages().filter(([stream]) => open.has(stream)).map(([, stage]) => stage);
}

function decisionsFor(stages: readonly StageState[], next: Plan): MigrationDecision[] {
  return stages.filter(({ status }) => status === 'open').flatMap((stage): MigrationDecision[] => {
    const { phase } = stage.input;
    const planned = next.phases.find(({ key }) => key === phase.key);
    if (!planned) {
      const open = Object.values(stage.tasks).filter(({ status }) => status !== 'done' && status !== 'dropped').length;
      return [{ id: `phase:${phase.key}`, kind: 'drop-phase', phase: phase.key, open, choices: ['drop'] }];
    }
    return Object.entries(stage.tasks).flatMap(([task, { status, evidence }]): MigrationDecision[] => {
      const fields = status === 'done' ? unfit(planned, task, evidence ?? {}) : [];
      return fields.length > 0 ? [{ id: `task:${phase.key}/${task}`, kind: 'redo-task', phase: phase.key, task, fields, choices: ['keep', 'reopen'] }] : [];
    });
  });
}

/** Fields of the new plan that the evidence of a done task lacks or does not fit. What it has beyond them is no harm. */
function unfit(planned: PlanPhase, task: Key, evidence: Evidence): Key[] {
  const problems = checkEvidence(taskOf(planned, task)?.evidence ?? [], evidence).filter(({ code }) => code !== 'unknown');
  return [...new Set(problems.map(({ pointer }) => pointer.split('/')[2] ?? ''))];
}

/** What the new plan wants to know of phases that have passed, and nobody told the project yet. */
function factsFor(state: ProjectState, next: Plan, evidenceOf: (phase: Key, task: Key) => Evidence | undefined): Facts {
  return Object.fromEntries(next.phases.flatMap(({ key, exports = [] }) => {
    const status = own(state.phases, key)?.status;
    if (status !== 'passed' && status !== 'ended') return [];
    return exports.flatMap((each) => {
      const [task = '', field = ''] = each.split('/');
      const value = own(evidenceOf(key, task) ?? {}, field);
      return own(state.facts ?? {}, factKey(key, task, field)) !== undefined || value === undefined ? [] : [[factKey(key, task, field), toScalar(value)] as const];
    });
  }));
}

function keptOf(stages: readonly StageState[], { plan, phases }: ProjectState): MigrationPreview['kept'] {
  return {
    tasks: stages.reduce((sum, { tasks }) => sum + Object.values(tasks).filter(({ status }) => status === 'done').length, 0),
    gates: allPhases(plan).flatMap(({ key, gate }) => {
      const outcome = own(phases, key)?.outcome;
      return gate && outcome !== undefined && outcome !== 'no-gate' ? [gate.key] : [];
    }),
  };
}

function phaseChanges(before: ProjectState, after: ProjectState): PhaseChange[] {
  return allPhases(after.plan).flatMap(({ key }): PhaseChange[] => {
    const [was, is] = [own(before.phases, key), own(after.phases, key)];
    if (!was) return [{ phase: key, change: is?.skippedBy === 'migration' ? 'skipped' : 'added' }];
    if (is?.dropped && !was.dropped) return [{ phase: key, change: 'dropped' }];
    if (was.dropped && !is?.dropped) return [{ phase: key, change: 'returned' }];
    const isNewlyFormer = before.plan.phases.some((phase) => phase.key === key) && !after.plan.phases.some((phase) => phase.key === key);
    return isNewlyFormer ? [{ phase: key, change: 'former' }] : [];
  });
}

function taskChanges(before: ProjectState, after: ProjectState, stages: readonly StageState[], play: Play): TaskChange[] {
  return after.plan.phases.flatMap((phase): TaskChange[] => {
    const stage = stages.find(({ input, status }) => input.phase.key === phase.key && status === 'open');
    const moved = stage && play.stage(stage.input.id);
    if (stage && moved) return inStage(phase.key, stage, moved);
    const was = before.plan.phases.find(({ key }) => key === phase.key);
    if (!was || own(after.phases, phase.key)?.status !== 'waiting') return [];
    const [old, now] = [tasksOf(was).map(({ key }) => key), tasksOf(phase).map(({ key }) => key)];
    return [
      ...now.filter((task) => !old.includes(task)).map((task): TaskChange => ({ phase: phase.key, task, change: 'added' })),
      ...old.filter((task) => !now.includes(task)).map((task): TaskChange => ({ phase: phase.key, task, change: 'dropped' })),
    ];
  });
}

function inStage(phase: Key, before: StageState, after: StageState): TaskChange[] {
  const former = new Set((after.input.phase.former ?? []).map(({ key }) => key));
  const wasFormer = new Set((before.input.phase.former ?? []).map(({ key }) => key));
  return Object.entries(after.tasks).flatMap(([task, is]): TaskChange[] => {
    const change = changeOf(own(before.tasks, task), is, { was: wasFormer.has(task), is: former.has(task) });
    return change ? [{ phase, task, ...change }] : [];
  });
}

function changeOf(was: TaskState | undefined, is: TaskState, former: { readonly was: boolean; readonly is: boolean }): Omit<TaskChange, 'phase' | 'task'> | null {
  if (!was) return { change: 'added' };
  if (former.is) return former.was ? null : { change: is.status === 'done' ? 'former' : 'dropped' };
  if (was.status === 'done' && is.status !== 'done') return { change: 'reopened' };
  if (was.status === 'dropped' && is.status !== 'dropped') return { change: 'returned' };
  if (was.status !== 'waiting' && is.status === 'waiting') return { change: 'waits' };
  if (was.status === is.status && was.dueAt !== is.dueAt) {
    return { change: 'redated', ...(was.dueAt !== undefined && { from: was.dueAt }), ...(is.dueAt !== undefined && { to: is.dueAt }) };
  }
  return null;
}

function approvalChanges(stages: readonly StageState[], play: Play): ApprovalChange[] {
  return stages.flatMap((stage): ApprovalChange[] => {
    const open = openApproval(stage);
    const { gate, key } = stage.input.phase;
    if (open === undefined || !gate) return [];
    const moved = play.stage(stage.input.id);
    const now = moved && openApproval(moved);
    return [{ phase: key, gate: gate.key, change: now === undefined ? 'withdrawn' : now === open ? 'goes-on' : 'asked-anew' }];
  });
}
