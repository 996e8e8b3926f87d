/** The processes that a project has started and that have not ended. */
import { own } from '../fold';
import { allPhases, type Plan } from '../plan';
import type { Key, StreamId } from '../process';
import { reachable } from '../reachable';
import type { ProjectState } from './types';

/** Id of the stage that runs a phase for the given time. */
export const phaseStream = (project: string, phase: string, round: number): StreamId => `project/${project}/phase/${phase}/${round}`;

/** Id of the approval that asks about a change for the given time. */
export const changeApproval = (project: string, change: Key, round: number): StreamId => `project/${project}/approval/change-${change}/${round}`;

/** Streams of the phases that have an open workflow. */
export function openStages(state: ProjectState): readonly StreamId[] {
  return allPhases(state.plan).flatMap(({ key }) => {
    const phase = own(state.phases, key);
    return phase && (phase.status === 'open' || phase.status === 'passed') ? [phaseStream(state.project, key, phase.round)] : [];
  });
}

/** Streams of the approvals that ask about changes of the plan. */
export function openChangeApprovals(state: ProjectState): readonly StreamId[] {
  return (state.changes ?? []).filter(({ status, round }) => status === 'open' && round > 0).map(({ id, round }) => changeApproval(state.project, id, round));
}

/** The phases of a plan that come after one, however far. */
export function phasesAfter({ phases }: Plan, key: Key): ReadonlySet<Key> {
  const after = (from: Key): Key[] => phases.filter((phase) => phase.after.includes(from)).map((phase) => phase.key);
  return reachable(after(key), after);
}

/** All of them. */
export const openChildren = (state: ProjectState): readonly StreamId[] => [...openStages(state), ...openChangeApprovals(state)];
