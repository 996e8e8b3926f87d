/** The way of commands to the directory, and of what it has to tell a project that changed. */
import { DIRECTORY, type DirectoryCommand } from '../../domain/directory/types';
import type { Key, PersonId } from '../../domain/process';
import { partId, replyOf } from '../commands/send';
import type { Outcome } from '../commands/gateway';
import type { Deps } from '../deps';
import type { Call, Reply } from '../http/endpoint';

type Given = Pick<Call, 'caller' | 'command' | 'signal'>;

/** Sends a command to the directory, which is started by the first one. Throws as `Gateway.send`. */
export async function orderDirectory(call: Given, deps: Deps, command: () => Promise<DirectoryCommand>): Promise<Outcome> {
  const { id, hash } = call.command;
  return deps.gateway.send({
    stream: DIRECTORY, id, hash, command: async () => ({ ...await command() }), signal: call.signal, start: async () => ({}),
    authority: { kind: 'person', person: call.caller.id, roles: call.caller.globalRoles },
  });
}

/** The same, as the answer of an endpoint. */
export async function sendToDirectory(call: Given, deps: Deps, command: () => Promise<DirectoryCommand>): Promise<Reply> {
  return replyOf(await orderDirectory(call, deps, command));
}

/** Delegations that begin so soon may begin before the project is found to be concerned. */
const SOON_MS = 60_000;

/**
 * Has a project told what the directory knows of people, groups and the program that it has now. Only when there is something to tell: and should it fail,
 * the directory tells it by itself within a day.
 */
export async function tellProject(
  call: Pick<Call, 'caller' | 'command' | 'log'>, deps: Deps, project: string, persons: readonly PersonId[], groups: readonly Key[] = [], programs: readonly Key[] = [],
): Promise<void> {
  try {
    const absent = await deps.reads.absentPeople(persons, Date.now() + SOON_MS);
    if (absent.length + groups.length + programs.length === 0) return;
    const id = partId('tell', call.command.id, call.caller.id, project);
    await deps.gateway.send({
      stream: DIRECTORY, id, hash: id, signal: new AbortController().signal, start: async () => ({}),
      authority: { kind: 'person', person: call.caller.id, roles: call.caller.globalRoles },
      command: async () => ({ type: 'tell', project, persons: absent, groups, ...(programs.length > 0 && { programs }) }),
    });
  } catch (error) {
    call.log.warn({ project, error: String(error) }, 'a project was not told of absences');
  }
}
