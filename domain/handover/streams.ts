import type { Key, StreamId } from '../process';

/** Id of the handover of a phase, by the round in which it was opened: when the phase is done again, the same handover goes on. */
export const handoverStream = (project: string, phase: Key, round: number): StreamId => `project/${project}/phase/${phase}/${round}/handover`;

/** Id of the approval by which a service is signed off, for the given time. */
export const signOffStream = (handover: StreamId, service: Key, round: number): StreamId => `${handover}/approval/${service}/${round}`;
