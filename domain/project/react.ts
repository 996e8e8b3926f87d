import { own } from '../fold';
import { steeringRoles } from '../permissions';
import type { Effect, Key, Recorded } from '../process';
import { tellChildren } from '../revision';
import { allPhases, type PlanPhase } from '../plan';
import type { PhaseReach, StageInput, StageMove, StageSlice } from '../stage/types';
import { adoptionOf, importedFacts, openChildren, phaseStream } from './advance';
import type { Migration, ProjectEvent, ProjectState } from './types';

const REACH: Readonly<Record<string, PhaseReach>> = { open: 'open', passed: 'passed', ended: 'passed', skipped: 'skipped' };

/** How far each phase is, as stages need to know it. A phase whose gate stopped the project has opened, but is never passed. */
function reaches(state: ProjectState): Readonly<Record<Key, PhaseReach>> {
  return Object.fromEntries(Object.entries(state.phases).flatMap(([key, phase]) => {
    const reach = phase.outcome === 'stop' ? 'stopped' : phase.skippedBy ? 'passed' : REACH[phase.status];
    return reach === undefined ? [] : [[key, reach]];
  }));
}

function stageSlice(state: ProjectState, phase: PlanPhase): StageSlice {
  const { plan } = state;
  return {
    phase, planRoles: plan.roles, managerRole: plan.managerRole, calendar: plan.calendar, phases: reaches(state),
    ...(phase.imports && { facts: importedFacts(state, phase.imports) }),
  };
}

function stageInput(state: ProjectState, key: Key, round: number): StageInput | undefined {
  const phase = state.plan.phases.find((each) => each.key === key);
  if (!phase) return undefined;
  const { project, roles } = state;
  const adopted = adoptionOf(state, key, round);
  return {
    project, parent: `project/${project}`, id: phaseStream(project, key, round), round, roles, ...stageSlice(state, phase), ...(adopted && { adopted }),
  };
}

/** Tells each open stage to move to the plan that the project has now. What is open of a phase that it does not have is dropped there. */
function tellToMove(state: ProjectState, revision: number, reopen: Migration['reopen'] = {}): Effect[] {
  return allPhases(state.plan).flatMap((phase): Effect[] => {
    const known = own(state.phases, phase.key);
    if (!known || (known.status !== 'open' && known.status !== 'passed')) return [];
    const move: StageMove = { reopen: own(reopen, phase.key) ?? [], ...(!known.dropped && { slice: stageSlice(state, phase) }) };
    return [{ kind: 'message', to: phaseStream(state.project, phase.key, known.round), message: { type: 'commit', revision, kind: 'migrate', move } }];
  });
}

/** What must happen outside because of an event of a project; `state` is the one after it. */
export function react(state: ProjectState, { event }: Recorded<ProjectEvent>): readonly Effect[] {
  const children = openChildren(state);
  const about = { project: state.project };
  const everybody = state.plan.roles.map((role) => role.key);
  const tell = (phase: Key, reach: PhaseReach): Effect[] => children
    .filter((to) => to !== phaseStream(state.project, phase, own(state.phases, phase)?.round ?? 0))
    .map((to): Effect => ({ kind: 'message', to, message: { type: 'phase-reached', phase, reach } }));
  switch (event.type) {
    case 'phase-opened': {
      const input = stageInput(state, event.phase, event.round);
      return input ? [{ kind: 'start-child', process: 'stage', id: input.id, input }, ...tell(event.phase, 'open')] : [];
    }
    case 'phase-passed': return tell(event.phase, event.outcome === 'stop' ? 'stopped' : 'passed');
    case 'phase-skipped': return tell(event.phase, event.by === 'condition' ? 'passed' : 'skipped');
    // A passed phase can still have open conditions: its run ends, as the next round takes its place.
    case 'phases-reset': return event.phases.map((phase): Effect => (
      { kind: 'message', to: phaseStream(state.project, phase, own(state.phases, phase)?.round ?? 0), message: { type: 'supersede' } }));
    case 'roles-assigned':
      return [
        ...children.map((to): Effect => ({ kind: 'message', to, message: { type: 'roles-changed', roles: state.roles } })),
        ...Object.entries(event.roles).filter(([, persons]) => persons.length > 0)
          .map(([, persons]): Effect => ({ kind: 'notify', to: { persons }, notice: 'role-assigned', about })),
      ];
    case 'revision-prepared': return tellChildren(event.children, { type: 'prepare', revision: event.revision, kind: event.kind });
    case 'revision-committed': {
      const notice = ({ hold: 'project-held', resume: 'project-resumed', cancel: 'project-cancelled', migrate: 'project-migrated' } as const)[event.kind];
      return [
        ...event.kind === 'migrate' ? tellToMove(state, event.revision, event.reopen) : tellChildren(children, { type: 'commit', revision: event.revision, kind: event.kind }),
        { kind: 'notify', to: { roles: everybody }, notice, about },
      ];
    }
    case 'revision-aborted': return tellChildren(children, { type: 'abort', revision: event.revision, kind: event.kind });
    case 'children-looked-at': return children.length > 0 ? [{ kind: 'inspect', children }] : [];
    case 'child-lost': return [{ kind: 'notify', to: { roles: steeringRoles(state.plan.managerRole) }, notice: 'child-lost', about }];
    case 'project-ended':
      return event.status === 'cancelled' ? [] : [{ kind: 'notify', to: { roles: everybody }, notice: 'project-completed', about: { ...about, outcome: event.status } }];
    default: return [];
  }
}
