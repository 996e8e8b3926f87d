/** What the handlers of commands share: in whose name, and the answer. */
import { createHash } from 'node:crypto';
import type { Authority, StreamId } from '../../domain/process';
import type { Deps } from '../deps';
import type { Call, Reply } from '../http/endpoint';
import { toIso } from '../http/instant';
import { pendingAnswer, commandAnswer } from '../schemas';
import type { ProjectAccess } from '../reads';
import type { Order, Outcome } from './gateway';
import { earlierRounds } from './stream';

export const BASE = '/api/v1';

/** Where a command's answer can be asked for. */
export const placeOf = (stream: StreamId, id: string): string =>
  `${BASE}/commands/${encodeURIComponent(stream)}/${encodeURIComponent(id)}`;

/** The answers of every command, for the document. */
export const commandAnswers = {
  200: { description: 'Carried out, or carried out before.', schema: commandAnswer },
  202: { description: 'Accepted; ask at `Location` for its answer.', schema: pendingAnswer },
} as const;

/** The body of an outcome. */
export function bodyOf({ stream, seq, events, replayed }: Outcome): unknown {
  return { stream, seq, events: events.map(({ at, ...event }) => ({ ...event, at: toIso(at) })), replayed };
}

/** An outcome as an answer: 200 with what happened, or 202 with the place to ask. */
export function replyOf(outcome: Outcome): Reply {
  const { stream, id, seq, pending } = outcome;
  if (!pending) return { body: bodyOf(outcome) };
  return { status: 202, headers: { Location: placeOf(stream, id) }, body: { stream, seq, pending: true } };
}

/**
 * In whose name a request comes.
 * @param absent whom the caller decides for; then the roles are that person's, as far as the caller stands in for them.
 */
export function authorityOf({ caller }: Pick<Call, 'caller'>, { roles, standsInFor = [] }: Pick<ProjectAccess, 'roles' | 'standsInFor'>, absent?: string): Authority {
  const person = { kind: 'person' as const, person: caller.id, ...(caller.manager !== undefined && { manager: caller.manager }) };
  if (absent === undefined || absent === caller.id) return { ...person, roles: [...roles, ...caller.globalRoles] };
  return { ...person, onBehalfOf: absent, roles: standsInFor.find((each) => each.absent === absent)?.roles ?? [] };
}

/** The id of a command that the product gives by itself. No key that a request can bring has a space in it: nobody takes it first. */
export const ownId = (...parts: readonly string[]): string => parts.join(' ');

/** The id of a part of a request that goes to several streams: always the same for the same part. */
export const partId = (prefix: string, request: string, ...part: readonly string[]): string =>
  `${prefix}-${createHash('sha256').update([request, ...part].join('\n')).digest('hex').slice(0, 40)}`;

/** Sends the command of a request to a stream of a project that the caller may see. @param authority in whose name: the caller's unless given. */
export async function send(
  call: Call, deps: Deps, access: ProjectAccess, stream: StreamId, command: Order['command'], authority: Authority = authorityOf(call, access),
): Promise<Reply> {
  const { id, hash } = call.command;
  const known = deps.seenCommand(call.caller, stream, id);
  const outcome = await deps.gateway.send({
    stream, earlier: earlierRounds(stream), id, hash, command, authority, signal: call.signal, ...(known !== undefined && { known }),
  });
  return replyOf(outcome);
}
