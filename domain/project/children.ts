/** The processes that a project has started and that have not ended. */
import { backlogStream } from '../backlog/streams';
import { own } from '../fold';
import { handoverStream } from '../handover/streams';
import { allPhases, type Plan, type PlanPhase } from '../plan';
import type { Key, StreamId } from '../process';
import { reachable } from '../reachable';
import type { ProjectEvent, ProjectState } from './types';

/** Id of the stage that runs a phase for the given time. */
export const phaseStream = (project: string, phase: string, round: number): StreamId => `project/${project}/phase/${phase}/${round}`;

/** Id of the approval that asks about a change for the given time. */
export const changeApproval = (project: string, change: Key, round: number): StreamId => `project/${project}/approval/change-${change}/${round}`;

/** Streams of the phases that have an open workflow. @param which Of these phases alone. */
export function openStages(state: ProjectState, which: (phase: PlanPhase) => boolean = () => true): readonly StreamId[] {
  return allPhases(state.plan).flatMap((each) => {
    const phase = own(state.phases, each.key);
    return phase && (phase.status === 'open' || phase.status === 'passed') && which(each) ? [phaseStream(state.project, each.key, phase.round)] : [];
  });
}

/** The stream of a phase's backlog; undefined when it has none, or it has ended. */
export function backlogOf(state: ProjectState, phase: Key): StreamId | undefined {
  const backlog = own(state.backlogs ?? {}, phase);
  return backlog && !backlog.ended ? backlogStream(state.project, phase, backlog.round) : undefined;
}

/** Streams of the backlogs that are open, by phase. */
export const openBacklogs = (state: ProjectState): readonly (readonly [Key, StreamId])[] =>
  Object.keys(state.backlogs ?? {}).flatMap((phase) => { const stream = backlogOf(state, phase); return stream === undefined ? [] : [[phase, stream] as const]; });

/** Streams of the handovers that are open, by phase. */
export const openHandovers = ({ project, handovers = {} }: ProjectState): readonly (readonly [Key, StreamId])[] =>
  Object.entries(handovers).flatMap(([phase, { round, ended }]) => (ended ? [] : [[phase, handoverStream(project, phase, round)] as const]));

/** What runs beside stages. */
export const openBeside = (state: ProjectState): readonly StreamId[] => [...openBacklogs(state), ...openHandovers(state)].map(([, stream]) => stream);

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
export const openChildren = (state: ProjectState): readonly StreamId[] => [...openStages(state), ...openBeside(state), ...openChangeApprovals(state)];

/** Nobody works on backlogs and handovers of a project that is over. */
export const endBeside = (state: ProjectState): ProjectEvent[] => [
  ...openBacklogs(state).map(([phase]): ProjectEvent => ({ type: 'backlog-ended', phase })), ...openHandovers(state).map(([phase]): ProjectEvent => ({ type: 'handover-ended', phase })),
];
