import { own, withKey } from '../fold';
import type { Key, Recorded, RecordedAuthority } from '../process';
import { unreachable } from '../unreachable';
import { withoutPhase } from './adoption';
import { baselineOf, evolveCost, evolveException } from './baseline';
import { changeApplied, changesOver, evolveChange } from './changes';
import { addNews } from './directory';
import { addRecord, underChange, underPlan } from './migrate';
import type { MigrationRecord, PhaseState, ProjectEvent, ProjectInput, ProjectState } from './types';

export function initial({ project, plan }: ProjectInput): ProjectState {
  return {
    project, plan, status: 'starting', roles: {}, revisions: 0, lostChildren: [], lookedAt: 0,
    phases: Object.fromEntries(plan.phases.map((phase) => [phase.key, { status: 'waiting' as const, round: 0 }])),
  };
}

function changePhase(state: ProjectState, key: Key, change: Partial<PhaseState>): ProjectState {
  const phase = own(state.phases, key);
  return phase ? { ...state, phases: withKey(state.phases, key, { ...phase, ...change }) } : state;
}

/** A phase that is to be done again waits for its turn; its next round has the next number. */
function resetPhase(state: ProjectState, key: Key): ProjectState {
  const phase = own(state.phases, key);
  if (!phase) return state;
  const reset = { ...state, phases: withKey(state.phases, key, { status: 'waiting' as const, round: phase.round }) };
  // What it delivered is delivered anew.
  return own(state.delivered ?? {}, key) ? { ...reset, delivered: withKey(state.delivered ?? {}, key, []) } : reset;
}

function withoutRevision(state: ProjectState): ProjectState {
  const { revision: _, ...rest } = state;
  return rest;
}

function recordOf({ plan, revision, revisions }: ProjectState, at: number, outcome: MigrationRecord['outcome']): MigrationRecord {
  return { revision: revisions, at, from: plan.template, to: revision?.migration?.plan.template ?? plan.template, outcome };
}

function committed(state: ProjectState, event: Extract<ProjectEvent, { type: 'revision-committed' }>, at: number): ProjectState {
  const settled = withoutRevision(state);
  const { heldAt: _at, holdReason: _reason, ...rest } = settled;
  const { reason } = event;
  switch (event.kind) {
    case 'hold': return { ...settled, status: 'held', heldAt: at, ...(reason && { holdReason: reason }) };
    case 'resume': return { ...rest, status: 'running' };
    case 'cancel': {
      const { closing: _closing, ...over } = rest;
      const closed = event.closing === undefined ? {} : { closing: event.closing, cancelledAt: at, status: 'running' as const };
      return changesOver({ ...over, ...(reason && { cancelReason: reason }), ...closed }, at);
    }
    case 'migrate': {
      const migration = state.revision?.migration;
      if (migration?.change !== undefined) return changeApplied(underChange(settled, migration), migration.change, at);
      return migration ? underPlan(settled, migration, recordOf(state, at, 'migrated')) : settled;
    }
    default: return unreachable(event.kind);
  }
}

/** A phase that has passed or never opens has nothing to take over any more. */
function withoutAdopted(state: ProjectState, phase: Key): ProjectState {
  return state.adoption && own(state.adoption.phases, phase) ? { ...state, adoption: withoutPhase(state.adoption, phase) } : state;
}

const personOf = (by: RecordedAuthority): string => (by.kind === 'person' ? by.person : by.source);

export function evolve(state: ProjectState, { event, at, by }: Recorded<ProjectEvent>): ProjectState {
  switch (event.type) {
    case 'project-started': return { ...state, status: 'running', name: event.name, startedAt: at, startedBy: personOf(by), lookedAt: at };
    case 'roles-assigned': return { ...state, roles: { ...state.roles, ...event.roles } };
    case 'directory-heard': return { ...state, news: addNews(state.news, event.news) };
    case 'absences-changed': return { ...state, absences: event.absences };
    case 'person-replaced': {
      const { replaced: { person, by: successor }, roles } = event;
      return { ...state, roles: { ...state.roles, ...roles }, replaced: withKey(state.replaced ?? {}, person, successor) };
    }
    case 'program-set': {
      const { program: _, ...rest } = state;
      return { ...rest, ...(event.program !== null && { program: event.program }) };
    }
    case 'directory-settled': {
      const { news: _, ...rest } = state;
      return rest;
    }
    case 'project-adopted': return { ...state, adoption: { source: event.source, person: personOf(by), phases: event.adopted } };
    case 'phase-opened': return changePhase(state, event.phase, { status: 'open', round: event.round, openedAt: at });
    case 'backlog-opened': return { ...state, backlogs: withKey(state.backlogs ?? {}, event.phase, { round: event.round }) };
    case 'backlog-ended': {
      const known = own(state.backlogs ?? {}, event.phase);
      return known ? { ...state, backlogs: withKey(state.backlogs ?? {}, event.phase, { ...known, ended: true }) } : state;
    }
    case 'handover-opened': return { ...state, handovers: withKey(state.handovers ?? {}, event.phase, { round: event.round }) };
    case 'handover-stood':
    case 'handover-ended': {
      const known = own(state.handovers ?? {}, event.phase);
      return known ? { ...state, handovers: withKey(state.handovers ?? {}, event.phase, { ...known, ...(event.type === 'handover-stood' ? { reached: event.reached } : { ended: true }) }) } : state;
    }
    case 'phase-passed': {
      const known = event.facts ? { ...state, facts: { ...state.facts, ...event.facts } } : state;
      const passed = changePhase(withoutAdopted(known, event.phase), event.phase, {
        status: 'passed', passedAt: at, outcome: event.outcome, ...(event.adoptedAt !== undefined && { adoptedAt: event.adoptedAt }),
      });
      if (event.outcome !== 'stop') return passed;
      return { ...passed, stoppedBy: event.phase, ...(event.next !== undefined && { diverted: event.next }) };
    }
    case 'phase-ended': return changePhase(withoutAdopted(state, event.phase), event.phase, { status: 'ended', endedAt: at });
    case 'phases-reset': return event.phases.reduce(resetPhase, state);
    case 'items-stood': return { ...state, stands: withKey(state.stands ?? {}, event.phase, event.stands) };
    case 'deliverables-stood': return { ...state, delivered: withKey(state.delivered ?? {}, event.phase, event.delivered) };
    case 'phase-skipped': return changePhase(withoutAdopted(state, event.phase), event.phase, { status: 'skipped', ...(event.by && { skippedBy: event.by }) });
    case 'revision-prepared': {
      const { revision, kind, children, reason, migration } = event;
      return {
        ...state, revisions: revision,
        revision: { revision, kind, since: at, waitingFor: children, replies: {}, ...(reason && { reason }), ...(migration && { migration }) },
      };
    }
    case 'revision-answered': {
      if (!state.revision) return state;
      const waitingFor = state.revision.waitingFor.filter((child) => child !== event.reply.child);
      return { ...state, revision: { ...state.revision, waitingFor, replies: withKey(state.revision.replies, event.reply.child, event.reply) } };
    }
    case 'revision-aborted': {
      const settled = withoutRevision(state);
      // A change that could not take effect at that moment stands as approved, and is tried again.
      if (state.revision?.migration?.change !== undefined) return settled;
      return event.kind === 'migrate' ? { ...settled, migrations: addRecord(state.migrations, recordOf(state, at, 'moved-on')) } : settled;
    }
    case 'revision-committed': return committed(state, event, at);
    // What was promised stays what it was.
    case 'calendar-changed': return { ...state, baseline: baselineOf(state), plan: { ...state.plan, calendar: event.calendar } };
    case 'children-looked-at': return { ...state, lookedAt: at };
    case 'child-lost': return { ...state, lostChildren: [...state.lostChildren, event.child] };
    case 'change-requested':
    case 'change-asked':
    case 'change-decided':
    case 'change-withdrawn':
    case 'change-failed': return evolveChange(state, event, at, personOf(by));
    case 'cost-recorded': return evolveCost(state, event);
    case 'exception-raised':
    case 'exception-cleared': return evolveException(state, event, at);
    case 'project-ended': return changesOver({ ...state, status: event.status, endedAt: at }, at);
    default: return unreachable(event);
  }
}
