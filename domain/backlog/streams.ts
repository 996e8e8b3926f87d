import type { Key, StreamId } from '../process';

/** Id of the backlog of a phase, by the round in which it was opened: when the phase is done again, the same backlog goes on. */
export const backlogStream = (project: string, phase: Key, round: number): StreamId => `project/${project}/phase/${phase}/${round}/backlog`;

/** Id of the stage of the same phase, in a round; in that in which the backlog was opened when not given. */
export const stageBeside = (backlog: StreamId, round?: number): StreamId => (round === undefined ? backlog.replace(/\/backlog$/, '') : backlog.replace(/\d+\/backlog$/, String(round)));

/** Id of a sprint of a team, numbered from 1. */
export const sprintStream = (backlog: StreamId, team: Key, number: number): StreamId => backlog.replace(/\/backlog$/, `/sprint/${team}/${number}`);
