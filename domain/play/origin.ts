/** Where the runs of a simulation begin: a project that starts, or one that runs, as it stands. */
import type { ApprovalState } from '../approval/types';
import { nextFromVotes } from '../approval/votes';
import { own } from '../fold';
import { holdersOf } from '../permissions';
import type { Plan } from '../plan';
import type { Instant, Key, StreamId } from '../process';
import { phaseStream } from '../project/children';
import type { ProjectState } from '../project/types';
import { openApproval, responsibleRole } from '../stage/gate';
import { type StageTask, taskOf } from '../stage/tasks';
import type { StageState } from '../stage/types';
import { type Cast, castOf } from './cast';
import { OFFICE, Play, type Standing } from './play';

/** A running project as it stands. */
export interface Present {
  /** Its own state and those of its open stages and approvals, with those that have ended but of which the one above has not heard yet. */
  readonly standings: readonly Standing[];
  /** Since when somebody is at a claimed task, by `STREAM/TASK`; where it is not known, since the task became ready. */
  readonly claimedAt?: Readonly<Record<string, Instant>>;
}

export interface Origin {
  readonly play: Play;
  readonly cast: Cast;
  /** The project is on hold: its runs begin as if it were resumed now. */
  readonly held: boolean;
  /** Until when time has counted for what is under way: now, or when the project was put on hold. */
  readonly until: Instant;
  readonly claimedAt: Readonly<Record<string, Instant>>;
}

/** A project that starts, with so many people per role. */
export function startedProject(plan: Plan, start: Instant, people: Readonly<Record<Key, number>>): Origin {
  const cast = castOf(plan, people);
  const play = new Play(plan, start);
  play.start(cast.holders);
  return { play, cast, held: false, until: start, claimedAt: {} };
}

/** A running project with its own people, and as many more or fewer as `people` says. */
export function runningProject({ standings, claimedAt = {} }: Present, now: Instant, people: Readonly<Record<Key, number>>): Origin {
  const play = Play.resume(standings, now);
  catchUp(play);
  play.assumeBacklogs();
  const { plan, roles, status, heldAt } = play.project();
  const held = status === 'held';
  if (held) play.act(play.root, { type: 'resume' }, OFFICE);
  const cast = castOf(plan, people, { holders: roles, needed: neededRoles(play) });
  const changed = Object.entries(cast.holders).filter(([role, persons]) => persons.join('\n') !== holdersOf(role, plan.roles, roles).join('\n'));
  play.assign(Object.fromEntries(changed));
  freeTasks(play, cast);
  play.takeHappened();
  return { play, cast, held, until: heldAt ?? now, claimedAt };
}

/**
 * The states were looked at one after another: what one process has told another may not have arrived there yet. Each tells it again, and
 * who has heard it ignores it.
 */
function catchUp(play: Play): void {
  const { root } = play;
  const { project } = play.project();
  for (const [, stage] of play.stages()) retellRevision(play, root, stage, play.project());
  for (const [stream, approval] of approvalsOf(play)) {
    const parent = play.stage(approval.input.parent);
    if (!parent) continue;
    retellRevision(play, approval.input.parent, approval, parent);
    if (approval.status !== 'decided') continue;
    const [decided] = nextFromVotes({ ...approval, status: 'open' });
    if (decided) play.retell(stream, decided);
  }
  for (const [stream, stage] of play.stages()) {
    const { round } = stage.gate;
    if (openApproval(stage) !== undefined) play.retell(stream, { type: 'gate-opened', round, digest: stage.gate.digest ?? '' });
    if (stage.status === 'passed' || stage.status === 'ended') play.retell(stream, { type: 'stage-passed', outcome: stage.gate.outcome ?? 'no-gate' });
    if (stage.status !== 'opening' && stage.status !== 'open' && stage.status !== 'passed') play.retell(stream, { type: 'stage-ended', status: stage.status });
  }
  for (const [phase, { status, round, outcome, skippedBy }] of Object.entries(play.project().phases)) {
    const stream = phaseStream(project, phase, round);
    // It has ended then, and only the project has not heard of it.
    if (status === 'passed' && !play.stage(stream)) play.act(root, { type: 'phase-ended', phase, round }, { kind: 'system', source: stream });
    if (status === 'open' && !play.project().lostChildren.includes(stream)) play.retell(root, { type: 'phase-opened', phase, round });
    if (status === 'passed' || status === 'ended') play.retell(root, { type: 'phase-passed', phase, round, outcome: outcome ?? 'no-gate' });
    // Phases whose gates insist on its conditions may not have heard that these are met.
    if (status === 'ended') play.retell(root, { type: 'phase-ended', phase, round });
    if (status === 'skipped') play.retell(root, { type: 'phase-skipped', phase, ...(skippedBy && { by: skippedBy }) });
  }
  settleRevision(play);
}

/** A change of the project that is being agreed: everybody is asked once more, and who has agreed says so again. */
function settleRevision(play: Play): void {
  const { revision } = play.project();
  if (!revision) return;
  const { kind, waitingFor: children } = revision;
  play.retell(play.root, { type: 'revision-prepared', revision: revision.revision, kind, children });
  for (const [stream, stage] of play.stages()) {
    if (stage.revision && play.project().revision) play.retell(stream, { type: 'revision-prepared', ...stage.revision });
  }
  for (const [stream, approval] of approvalsOf(play)) {
    if (approval.revision && play.project().revision) play.retell(stream, { type: 'revision-prepared', ...approval.revision, digest: approval.input.digest });
  }
}

/** A change of the project that its parent has settled and the child has not heard of. */
function retellRevision(play: Play, parent: StreamId, child: StageState | ApprovalState, of: ProjectState | StageState): void {
  if (child.revision && !of.revision) play.retell(parent, { type: 'revision-committed', revision: child.revision.revision, kind: child.revision.kind });
}

function approvalsOf(play: Play): readonly (readonly [StreamId, ApprovalState])[] {
  return play.standings().filter(({ process }) => process === 'approval').map(({ stream, state }) => [stream, state as ApprovalState] as const);
}

/** Roles that have something to do from here on: in tasks that are not done, and in decisions that are not made. */
function neededRoles(play: Play): ReadonlySet<Key> {
  const { plan, phases } = play.project();
  const needed = new Set<Key>();
  const add = (role: Key): void => {
    const members = plan.roles.find(({ key }) => key === role)?.members ?? [];
    for (const each of members.length > 0 ? members : [role]) needed.add(each);
  };
  const stages = new Map(play.stages().filter(([, { status }]) => status === 'open' || status === 'passed').map(([, stage]) => [stage.input.phase.key, stage]));
  for (const phase of plan.phases) {
    const status = own(phases, phase.key)?.status;
    const stage = stages.get(phase.key);
    if (status === 'waiting') phase.tasks.forEach((task) => addDoers(task, add));
    else if (stage) addOpenTasks(stage, add);
    if (status === 'waiting' || status === 'open') for (const { roles } of phase.gate?.policy.steps ?? []) roles.forEach(add);
  }
  return needed;
}

function addOpenTasks(stage: StageState, add: (role: Key) => void): void {
  for (const [key, { status }] of Object.entries(stage.tasks)) {
    if (status === 'done' || status === 'dropped') continue;
    const planned = taskOf(stage.input.phase, key);
    if (planned) addDoers(planned, add);
    else add(responsibleRole(stage, key));
  }
}

/** Who does a task, and who may look at what was delivered. */
function addDoers({ rasci, fourEyes }: Pick<StageTask, 'rasci' | 'fourEyes'>, add: (role: Key) => void): void {
  add(rasci.r);
  if (fourEyes) add(rasci.a);
}

/** What is somebody's who no longer holds the role is for others to do; what is blocked is forecast as if it could be gone on with now. */
function freeTasks(play: Play, cast: Cast): void {
  for (const [stream, stage] of play.stages()) {
    for (const [task, { assignee, blocked }] of Object.entries(stage.tasks)) {
      if (blocked) play.act(stream, { type: 'unblock', task }, OFFICE);
      if (assignee !== undefined && !cast.of(responsibleRole(stage, task)).includes(assignee)) play.act(stream, { type: 'release', task }, OFFICE);
    }
  }
}
