/** The project: the graph of its phases, its roles, and changes that concern all of it. */
import type { Amendment, Operation } from '../change/types';
import { own } from '../fold';
import { holdersOf, PROGRAM_MANAGER } from '../permissions';
import { allPhases } from '../plan';
import type { Due, Key, Process, Recorded, Row } from '../process';
import { LOOK_AGAIN_AFTER_MS } from '../revision';
import type { PhaseRow, ProjectRow, RoleRow } from '../rows';
import { nextException } from './baseline';
import { backlogStream } from '../backlog/streams';
import { handoverStream } from '../handover/streams';
import { openChildren, phaseStream } from './children';
import { decide } from './decide';
import { evolve, initial } from './evolve';
import { react } from './react';
import type { ProjectCommand, ProjectEvent, ProjectInput, ProjectState } from './types';

const DAY_MS = 86_400_000;

const isFinal = ({ status }: ProjectState): boolean => status === 'completed' || status === 'stopped' || status === 'cancelled';

/** A daily look after the children; while a revision waits for answers, sooner; and when a phase gets later than it may. */
function due(state: ProjectState): Due<ProjectCommand> | null {
  if (state.status === 'starting' || isFinal(state) || openChildren(state).length === 0) return null;
  const daily = state.lookedAt + DAY_MS;
  const asking = state.revision ? Math.max(state.revision.since, state.lookedAt) + LOOK_AGAIN_AFTER_MS : Infinity;
  const exception = state.revision ? Infinity : (nextException(state) ?? Infinity);
  const look = Math.min(daily, asking);
  return exception < look ? { at: exception, command: { type: 'check-time' } } : { at: look, command: { type: 'look' } };
}

/** What has to be named that no template has. */
function addedBy(amendments: readonly Amendment[]): readonly Operation[] {
  return amendments.flatMap(({ operations }) => operations.filter(({ op }) => op === 'add-task' || op === 'add-phase' || op === 'set-gate' || op === 'remove-gate' || op === 'set-scope'));
}

function projectRow(state: ProjectState): Row[] {
  const { project, name, plan, status, startedAt } = state;
  if (!name || startedAt === undefined) return [];
  const data: ProjectRow = {
    project, name, status, startedAt, template: plan.template.key, templateVersion: plan.template.version,
    ...(state.program !== undefined && { program: state.program }),
    endedAt: state.endedAt ?? null, heldAt: state.heldAt ?? null, reason: state.cancelReason ?? state.holdReason ?? null,
    roles: state.roles, lostChildren: state.lostChildren, ...(state.cancelledAt !== undefined && { cancelledAt: state.cancelledAt }),
    ...(state.migrations && { migrations: state.migrations }), ...(state.adoption && { adoption: { source: state.adoption.source, person: state.adoption.person } }),
    ...(state.changes && { changes: state.changes }), ...(state.plan.amendments && { added: addedBy(state.plan.amendments) }), ...(state.exceptions && { exceptions: state.exceptions }),
    changing: state.revision ? { kind: state.revision.kind, since: state.revision.since, waitingFor: state.revision.waitingFor } : null,
  };
  return [{ table: 'project', id: project, data }];
}

function phaseRow(state: ProjectState, key: Key): Row {
  const phases = allPhases(state.plan);
  const position = phases.findIndex((phase) => phase.key === key);
  const planned = phases[position];
  const phase = own(state.phases, key) ?? { status: 'waiting' as const, round: 0 };
  const backlog = own(state.backlogs ?? {}, key);
  const handover = own(state.handovers ?? {}, key);
  const data: PhaseRow = {
    project: state.project, phase: key, position, kind: planned?.kind ?? 'stage', status: phase.status, round: phase.round,
    stream: phase.round > 0 ? phaseStream(state.project, key, phase.round) : null,
    openedAt: phase.openedAt ?? null, passedAt: phase.passedAt ?? null, endedAt: phase.endedAt ?? null, outcome: phase.outcome ?? null,
    ...(position >= state.plan.phases.length && { former: true as const }),
    ...(planned?.budget !== undefined && { budget: planned.budget }),
    ...(state.costs && own(state.costs, key) && { costs: own(state.costs, key) }),
    ...(backlog && { backlog: backlogStream(state.project, key, backlog.round) }), ...(handover && { handover: handoverStream(state.project, key, handover.round) }),
  };
  return { table: 'phase', id: `project/${state.project}/phase/${key}`, data };
}

function roleRow(state: ProjectState, role: Key): Row {
  const isFormer = state.plan.roles.find(({ key }) => key === role)?.former;
  const data: RoleRow = { project: state.project, role, persons: holdersOf(role, state.plan.roles, state.roles), ...(isFormer && { former: true as const }) };
  return { table: 'role', id: `project/${state.project}/role/${role}`, data };
}

/** The roles of the plan, and that of who manages the program, once somebody does. */
function roleKeys({ plan, roles }: ProjectState): readonly Key[] {
  const keys = plan.roles.map((role) => role.key);
  return own(roles, PROGRAM_MANAGER) && !keys.includes(PROGRAM_MANAGER) ? [...keys, PROGRAM_MANAGER] : keys;
}

function rows(state: ProjectState, recorded?: Recorded<ProjectEvent>): readonly Row[] {
  const event = recorded?.event;
  const all = event === undefined || event.type === 'project-started' || (event.type === 'revision-committed' && event.kind === 'migrate');
  const phases = all ? allPhases(state.plan).map((phase) => phase.key)
    : 'phases' in event ? event.phases : 'phase' in event && event.phase !== undefined ? [event.phase] : [];
  const roles = all || event.type === 'roles-assigned' || event.type === 'person-replaced' ? roleKeys(state) : [];
  return [...projectRow(state), ...phases.map((key) => phaseRow(state, key)), ...roles.map((role) => roleRow(state, role))];
}

export const project: Process<ProjectInput, ProjectState, ProjectCommand, ProjectEvent> = {
  name: 'project', initial, decide, evolve, due, react, rows, isFinal, opening: null,
};
