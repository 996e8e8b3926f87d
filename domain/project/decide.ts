import { replaces } from '../calendar';
import { digestOf } from '../digest';
import type { FieldProblem } from '../errors';
import { refuse } from '../errors';
import { cascade, foldAll, own } from '../fold';
import { entitlingRole, PROGRAM_MANAGER, SETS_PROGRAM, STARTS_PROJECTS, steeringRoles } from '../permissions';
import { isAssignable } from '../plan';
import type { Context, Decision, Key } from '../process';
import { rulesOf, STOPS_FOR_GOOD } from '../rules';
import { advance } from './advance';
import { judgeAdoption } from './adoption';
import { lateExceptions, recordCost } from './baseline';
import { changeDecided, requestChange, withdrawChange } from './changes';
import { changeApproval, openBeside, openChangeApprovals, phasesAfter, phaseStream } from './children';
import { hear } from './directory';
import { joinProgram } from './program';
import { evolve } from './evolve';
import { judgeMigration } from './migrate';
import { answered, prepare } from './revise';
import type { ProjectCommand, ProjectEvent, ProjectState, RoleHolders } from './types';

const PERSON_COMMANDS = ['start', 'hold', 'resume', 'cancel', 'assign-roles', 'set-program', 'migrate', 'reopen-phase', 'request-change', 'withdraw-change', 'record-cost'] as const;
type PersonCommand = Extract<ProjectCommand, { type: (typeof PERSON_COMMANDS)[number] }>;

const isPersonCommand = (command: ProjectCommand): command is PersonCommand => (PERSON_COMMANDS as readonly string[]).includes(command.type);

const accept = (...events: ProjectEvent[]): Decision<ProjectEvent> => ({ ok: true, events });
const hasEnded = ({ status }: ProjectState): boolean => status === 'completed' || status === 'stopped' || status === 'cancelled';

/** Judges a command on a project. Refusals: see `domain/errors.ts`. */
export function decide(state: ProjectState, command: ProjectCommand, context: Context): Decision<ProjectEvent> {
  const decision = isPersonCommand(command) ? decidePerson(state, command, context) : decideSystem(state, command, context);
  if (!decision.ok || decision.events.length === 0) return decision;
  return { ...decision, events: cascade(state, decision.events, context, evolve, (next) => advance(next, rulesOf(context))) };
}

function decidePerson(state: ProjectState, command: PersonCommand, context: Context): Decision<ProjectEvent> {
  const allowed = allowedRoles(state, command);
  const role = entitlingRole(context.authority, allowed);
  if (role === undefined) return refuse('not-permitted', { roles: allowed });
  const decision = judge(state, command, context);
  return decision.ok ? { ...decision, role } : decision;
}

/** Who works in a project may ask for a change of its plan; all else is for who steers it. */
function allowedRoles({ plan }: ProjectState, { type }: PersonCommand): readonly Key[] {
  if (type === 'start') return STARTS_PROJECTS;
  if (type === 'set-program') return SETS_PROGRAM;
  const steering = steeringRoles(plan.managerRole);
  return type === 'request-change' || type === 'withdraw-change' ? [...steering, ...plan.roles.map(({ key }) => key)] : steering;
}

function judge(state: ProjectState, command: PersonCommand, { now, authority }: Context): Decision<ProjectEvent> {
  if (command.type === 'start') {
    if (state.status !== 'starting') return refuse('already-started');
    return roleProblems(state, command.roles, true) ?? start(state, command, now);
  }
  if (state.status === 'starting') return refuse('not-started');
  if (hasEnded(state) || (state.cancelReason && state.closing === undefined)) return refuse('project-ended', { status: state.status });
  if (state.closing !== undefined && !WHILE_CLOSING.includes(command.type)) return refuse('project-cancelled', { phase: state.closing });
  // Money goes on while the rest settles.
  if (command.type === 'record-cost') return recordCost(state, command);
  if (state.revision) return refuse('project-changing', { waitingFor: state.revision.waitingFor });
  switch (command.type) {
    case 'assign-roles': return roleProblems(state, command.roles) ?? accept({ type: 'roles-assigned', roles: command.roles });
    case 'set-program': return accept(...joinProgram(state, command.program));
    case 'hold':
      return state.status === 'held' ? refuse('project-held') : accept(...prepare(state, 'hold', command.reason));
    case 'resume':
      return state.status === 'held' ? accept(...prepare(state, 'resume')) : refuse('project-not-held');
    case 'cancel': return accept(...prepare(state, 'cancel', command.reason));
    case 'reopen-phase': return reopenPhase(state, command);
    case 'migrate': return judgeMigration(state, command, (migration) => prepare(state, 'migrate', undefined, migration));
    case 'request-change': return requestChange(state, command, authority);
    case 'withdraw-change': return withdrawChange(state, command, authority);
    default: return refuse('unknown-command', { command: (command as { type: string }).type });
  }
}

/** What can still be asked of a project that is cancelled and being closed. */
const WHILE_CLOSING: readonly string[] = ['assign-roles', 'record-cost', 'cancel'];

/** A phase that has passed is done again, with all that came after it, for as long as nothing after it has passed. */
function reopenPhase(state: ProjectState, { phase, reason }: Extract<PersonCommand, { type: 'reopen-phase' }>): Decision<ProjectEvent> {
  const known = own(state.phases, phase);
  if (!known || !state.plan.phases.some(({ key }) => key === phase)) return refuse('unknown-phase', { phase });
  if (state.status === 'held') return refuse('project-held');
  if (state.stoppedBy !== undefined) return refuse('project-ended', { status: 'stopped' });
  if (known.status !== 'passed' && known.status !== 'ended') return refuse('phase-not-passed', { phase });
  const after = [...phasesAfter(state.plan, phase)].filter((key) => ['passed', 'ended'].includes(own(state.phases, key)?.status ?? ''));
  if (after.length > 0) return refuse('phase-built-on', { phases: after });
  return accept({ type: 'phases-reset', by: phase, phases: againFrom(state, [phase]), reason });
}

/** What the API found to be past is not to be refused as future because its clock is ahead of the worker's. */
const CLOCKS_MS = 60_000;

function start(state: ProjectState, { name, roles, adoption, program }: Extract<PersonCommand, { type: 'start' }>, now: number): Decision<ProjectEvent> {
  const judged = adoption && judgeAdoption(state.plan, adoption, now + CLOCKS_MS);
  if (judged && !judged.ok) return refuse('adoption-invalid', undefined, judged.fields);
  return accept(
    { type: 'project-started', name, template: state.plan.template }, { type: 'roles-assigned', roles }, ...(program ? joinProgram(state, program) : []),
    ...(adoption && judged ? [{ type: 'project-adopted' as const, source: adoption.source, adopted: judged.phases }] : []));
}

/** Roles that are given must be the template's, and no bodies: those follow from their members. Who belongs to a group, or manages the program, is known from the start, and told since. */
function roleProblems(state: ProjectState, roles: RoleHolders, isStart = false): Decision<ProjectEvent> | null {
  const isGiven = (role: Key): boolean => state.program !== undefined && role === PROGRAM_MANAGER;
  const known = state.plan.roles.filter((role) => (isAssignable(role) && !isGiven(role.key)) || (isStart && role.members.length === 0)).map((role) => role.key);
  const fields = Object.keys(roles).filter((role) => !known.includes(role))
    .map((role): FieldProblem => ({ pointer: `/roles/${role}`, code: 'unknown', expected: known.join(', ') }));
  return fields.length > 0 ? refuse('unknown-role', undefined, fields) : null;
}

/** A stage that ended while a revision waits for its answer gives none any more: its end is the answer. */
function answeredByItsEnd(state: ProjectState, { phase, round }: { readonly phase: Key; readonly round: number }): ProjectEvent[] {
  const child = phaseStream(state.project, phase, round);
  return answered(state, { revision: state.revision?.revision ?? 0, child, seq: 0, digest: '', ended: true });
}

/** An approval that decided while a revision waits for its answer gives none any more. */
function approvalAnswered(state: ProjectState, round: number, digest: string): ProjectEvent[] {
  const change = state.changes?.find((each) => each.round === round && each.digest === digest);
  return change ? answered(state, { revision: state.revision?.revision ?? 0, child: changeApproval(state.project, change.id, round), seq: 0, digest: '', ended: true }) : [];
}

/** Whether news of a phase is of the round that runs. */
const isCurrent = (state: ProjectState, phase: Key, round: number, status: readonly string[]): boolean => {
  const known = own(state.phases, phase);
  return known !== undefined && known.round === round && status.includes(known.status);
};

function decideSystem(state: ProjectState, command: Exclude<ProjectCommand, PersonCommand>, context: Context): Decision<ProjectEvent> {
  if (context.authority.kind !== 'system') return refuse('system-only');
  if (hasEnded(state) || state.status === 'starting') return accept();
  switch (command.type) {
    case 'phase-passed':
      return isCurrent(state, command.phase, command.round, ['open'])
        ? accept({ type: 'phase-passed', phase: command.phase, round: command.round, outcome: command.outcome, ...(command.facts && { facts: command.facts }),
            ...(command.adoptedAt !== undefined && { adoptedAt: command.adoptedAt }) })
        : accept();
    // Its end answers for a stage, also for one whose phase is done again meanwhile.
    case 'phase-ended':
      return accept(...(isCurrent(state, command.phase, command.round, ['open', 'passed'])
        ? [{ type: 'phase-ended' as const, phase: command.phase, round: command.round }] : []), ...answeredByItsEnd(state, command));
    case 'phase-stopped':
      return isCurrent(state, command.phase, command.round, ['open'])
        ? accept(...stop(state, command), ...answeredByItsEnd({ ...state, stoppedBy: command.phase }, command)) : accept(...answeredByItsEnd(state, command));
    case 'phase-reworked': {
      const events = isCurrent(state, command.phase, command.round, ['open']) ? rework(state, command, rulesOf(context)) : [];
      // What is agreed with its end has to find the phases that are done again as they stand then.
      return accept(...events, ...answeredByItsEnd(foldAll(state, events, context, evolve), command));
    }
    case 'handover-stands': {
      const known = own(state.handovers ?? {}, command.phase);
      return known && !known.ended && known.reached !== command.reached ? accept({ type: 'handover-stood', phase: command.phase, reached: command.reached }) : accept();
    }
    case 'items-stand':
      return digestOf(own(state.stands ?? {}, command.phase) ?? {}) === digestOf(command.stands) ? accept() : accept({ type: 'items-stood', phase: command.phase, stands: command.stands });
    case 'deliverables-stand':
      return isCurrent(state, command.phase, command.round, ['open', 'passed'])
        && command.delivered.join() !== (own(state.delivered ?? {}, command.phase) ?? []).join()
        ? accept({ type: 'deliverables-stood', phase: command.phase, delivered: command.delivered }) : accept();
    case 'prepared': {
      const { type: _, ...reply } = command;
      return accept(...answered(state, reply));
    }
    case 'approval-decided': return accept(...changeDecided(state, command), ...approvalAnswered(state, command.round, command.digest));
    case 'calendar-changed':
      return replaces(command.calendar, state.plan.calendar) ? accept({ type: 'calendar-changed', calendar: command.calendar }) : accept();
    case 'directory-told': {
      const { type: _, ...news } = command;
      return accept(...hear(state, news));
    }
    case 'look': return accept({ type: 'children-looked-at' }, ...(state.status === 'running' && !state.revision ? lateExceptions(state, context.now) : []));
    case 'check-time': return accept(...(state.status === 'running' && !state.revision ? lateExceptions(state, context.now) : []));
    case 'child-lost': return accept(...lost(state, command.child));
    default: return refuse('unknown-command', { command: (command as { type: string }).type });
  }
}

/** A gate stopped the project: what has not begun is skipped, except the phase that the gate names, which opens next. */
function stop(state: ProjectState, command: Extract<ProjectCommand, { type: 'phase-stopped' }>): ProjectEvent[] {
  const { phase, round, facts } = command;
  const waiting = Object.entries(state.phases).filter(([, each]) => each.status === 'waiting').map(([key]) => key);
  const next = waiting.find((key) => key === command.next);
  return [
    { type: 'phase-passed', phase, round, outcome: 'stop', ...(next !== undefined && { next }), ...(facts && { facts }) },
    { type: 'phase-ended', phase, round },
    ...waiting.filter((key) => key !== next).map((key): ProjectEvent => ({ type: 'phase-skipped', phase: key })),
  ];
}

/** A gate sent the project back: the phases it names are done again, and those between them and the gate. */
function rework(state: ProjectState, { phase, phases }: Extract<ProjectCommand, { type: 'phase-reworked' }>, rules: number): ProjectEvent[] {
  // Of a project that is cancelled or stopped nothing begins again but what still runs.
  const isOver = state.closing !== undefined || (rules >= STOPS_FOR_GOOD && state.stoppedBy !== undefined);
  return [{ type: 'phases-reset', by: phase, phases: isOver ? [phase] : againFrom(state, phases) }];
}

/** These phases and those after them, as far as they have begun or were skipped. */
function againFrom(state: ProjectState, phases: readonly Key[]): Key[] {
  const again = new Set(phases.flatMap((key) => [key, ...phasesAfter(state.plan, key)]));
  return state.plan.phases.map(({ key }) => key).filter((key) => again.has(key) && own(state.phases, key)?.status !== 'waiting');
}

/** A child that is gone without having told: it can't answer any more, and people must know. */
function lost(state: ProjectState, child: string): ProjectEvent[] {
  const isOpen = Object.entries(state.phases).some(([key, phase]) =>
    (phase.status === 'open' || phase.status === 'passed') && phaseStream(state.project, key, phase.round) === child) || openChangeApprovals(state).includes(child)
    || openBeside(state).includes(child);
  const events: ProjectEvent[] = isOpen && !state.lostChildren.includes(child) ? [{ type: 'child-lost', child }] : [];
  const revision = state.revision?.revision ?? 0;
  return [...events, ...answered(state, { revision, child, seq: 0, digest: '', ended: true })];
}
