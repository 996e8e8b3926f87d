/** What the id of a stream tells: see the table of workflows in `docs/architecture.md`. */
import { DIRECTORY } from '../../domain/directory/types';
import type { ProcessName, StreamId } from '../../domain/process';
import { EARLIER_ROUNDS } from '../../store/reads/authority';

const FORM = /^project\/([^/]+)(?:\/phase\/[^/]+\/\d+(?:\/backlog|\/handover|\/sprint\/[^/]+\/\d+)?)?(\/approval\/[^/]+\/\d+)?$/;

/** The project to which a stream belongs; undefined when this is no id of a stream. */
export function projectOf(stream: StreamId): string | undefined {
  return FORM.exec(stream)?.[1];
}

/** The stage that an approval belongs to, or the handover. */
export const stageOf = (approval: StreamId): StreamId => approval.replace(/\/approval\/[^/]+\/\d+$/, '');

/** The service that an approval signs off; undefined for any other. */
export const serviceOf = (approval: StreamId): string | undefined => /\/handover\/approval\/([^/]+)\/\d+$/.exec(approval)?.[1];

/** The gate that an approval decides on; undefined for any other stream. */
export const gateOf = (stream: StreamId): string | undefined => /\/phase\/[^/]+\/\d+\/approval\/([^/]+)\/\d+$/.exec(stream)?.[1];

/** The kind of process behind a stream. */
export function kindOf(stream: StreamId): ProcessName {
  if (stream === DIRECTORY) return 'directory';
  if (/\/approval\/[^/]+\/\d+$/.test(stream)) return 'approval';
  if (/\/phase\/[^/]+\/\d+\/backlog$/.test(stream)) return 'backlog';
  if (/\/phase\/[^/]+\/\d+\/handover$/.test(stream)) return 'handover';
  if (/\/phase\/[^/]+\/\d+\/sprint\/[^/]+\/\d+$/.test(stream)) return 'sprint';
  return stream.includes('/phase/') ? 'stage' : 'project';
}

/** The round of a phase that a stage runs. */
export const roundOf = (stage: StreamId): number => Number(/\/phase\/[^/]+\/(\d+)/.exec(stage)?.[1] ?? 0);

/**
 * The rounds of a phase before the one of this stream, the latest first, at most a hundred. None for an approval: its round comes
 * from the client, and each round is a request of its own.
 */
export function earlierRounds(stream: StreamId): StreamId[] {
  const match = kindOf(stream) === 'stage' ? /^(.*\/)(\d{1,9})$/.exec(stream) : null;
  if (!match) return [];
  const [, base = '', round = '1'] = match;
  return Array.from({ length: Math.min(Number(round) - 1, EARLIER_ROUNDS) }, (_, index) => `${base}${Number(round) - 1 - index}`);
}
