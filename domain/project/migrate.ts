/** A project that moves to another plan while it runs: what was done and decided stays as it is. */
import { replaces } from '../calendar';
import { digestOf } from '../digest';
import { refuse } from '../errors';
import { own } from '../fold';
import { allPhases, type Plan } from '../plan';
import type { Decision, Key, StreamId } from '../process';
import { reachable } from '../reachable';
import type { RevisionReply } from '../revision';
import { baselineOf } from './baseline';
import { openStages } from './children';
import type { Migration, MigrationRecord, PhaseState, ProjectCommand, ProjectEvent, ProjectState } from './types';

/** So many of the last moves stand with a project; the log has all. */
const RECORDS = 20;

export const addRecord = (records: readonly MigrationRecord[] | undefined, record: MigrationRecord): readonly MigrationRecord[] =>
  [...(records ?? []), record].slice(-RECORDS);

const hasBegun = (phase: PhaseState | undefined): boolean => phase !== undefined && phase.status !== 'waiting' && phase.status !== 'skipped';

/** The plan that a project has after a move: roles that somebody holds, and phases that are not in the new one, stay as former ones. */
export function planAfter({ plan, roles }: Pick<ProjectState, 'plan' | 'roles'>, next: Plan): Plan {
  const former = allPhases(plan).filter(({ key }) => !next.phases.some((phase) => phase.key === key));
  const held = plan.roles.filter(({ key, members }) => members.length === 0 && (own(roles, key) ?? []).length > 0)
    .filter(({ key }) => !next.roles.some((role) => role.key === key)).map((role) => ({ ...role, former: true as const }));
  return { ...next, ...(replaces(plan.calendar, next.calendar) && { calendar: plan.calendar }), roles: [...next.roles, ...held], ...(former.length > 0 && { former }) };
}

/** The phases of a plan that come before something that has begun. */
export function behind(plan: Plan, phases: ProjectState['phases']): ReadonlySet<Key> {
  const before = (key: Key): readonly Key[] => plan.phases.find((phase) => phase.key === key)?.after ?? [];
  const begun = plan.phases.map(({ key }) => key).filter((key) => hasBegun(own(phases, key)));
  return reachable(begun.flatMap(before), before);
}

/** Where each phase stands after a move. One that is new, and comes before what has begun, is skipped. */
function phasesAfterMove(state: ProjectState, plan: Plan): ProjectState['phases'] {
  const past = behind(plan, state.phases);
  const fresh = (key: Key, round: number): PhaseState => (past.has(key) ? { status: 'skipped', round, skippedBy: 'migration' } : { status: 'waiting', round });
  const planned = plan.phases.map(({ key }): [Key, PhaseState] => {
    const known = own(state.phases, key);
    const isFresh = !known || known.dropped || known.skippedBy === 'migration';
    return [key, isFresh ? fresh(key, known?.round ?? 0) : known];
  });
  const former = (plan.former ?? []).map(({ key }): [Key, PhaseState] => {
    const known = own(state.phases, key) ?? { status: 'waiting', round: 0 };
    if (known.status === 'waiting') return [key, { status: 'skipped', round: known.round, dropped: true }];
    return [key, known.status === 'open' ? { ...known, dropped: true } : known];
  });
  return Object.fromEntries([...planned, ...former]);
}

/** The state under the plan of a move that was agreed. */
export function underPlan(state: ProjectState, migration: Migration, record: MigrationRecord): ProjectState {
  const plan = planAfter(state, migration.plan);
  const facts = { ...migration.facts, ...state.facts };
  // Who belongs to groups is told by the directory; persons the plan names itself.
  const named = plan.roles.flatMap(({ key, person }) => (person !== undefined && own(state.roles, key) === undefined ? [[key, [person]] as const] : []));
  return {
    // What was promised stays what it was.
    ...state, ...(plan.changeControl && { baseline: baselineOf(state) }), plan, phases: phasesAfterMove(state, plan), migrations: addRecord(state.migrations, record),
    ...(named.length > 0 && { roles: { ...state.roles, ...Object.fromEntries(named) } }),
    ...(Object.keys(facts).length > 0 && { facts }),
  };
}

/** The state under the plan of a change that was agreed: what went is former, as after a move. */
export function underChange(state: ProjectState, migration: Migration): ProjectState {
  const plan = planAfter(state, migration.plan);
  return { ...state, baseline: baselineOf(state), plan, phases: phasesAfterMove(state, plan) };
}

/** Whether everybody who answered still stands where the plan was proved for. */
export function standsAsProved({ basis }: Migration, replies: Readonly<Record<StreamId, RevisionReply>>): boolean {
  return Object.entries(basis).every(([child, digest]) => {
    const reply = own(replies, child);
    return reply !== undefined && !reply.ended && reply.digest === digest;
  });
}

/** Judges whether the move that is asked for can begin; no events: the project has that plan. */
export function judgeMigration(
  state: ProjectState, command: Extract<ProjectCommand, { type: 'migrate' }>, prepare: (migration: Migration) => ProjectEvent[],
): Decision<ProjectEvent> {
  if (state.stoppedBy !== undefined) return refuse('project-ended', { status: 'stopped' });
  const { type: _, ...migration } = command;
  if (digestOf(planAfter(state, migration.plan)) === digestOf(state.plan)) return { ok: true, events: [] };
  const children = openStages(state).filter((child) => !state.lostChildren.includes(child));
  const isSame = children.length === Object.keys(migration.basis).length && children.every((child) => own(migration.basis, child) !== undefined);
  return isSame ? { ok: true, events: prepare(migration) } : refuse('project-moved-on');
}
