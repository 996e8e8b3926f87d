/** Who a bearer token belongs to, what that person may see, and what else was read in the same query. */
import type { StreamId } from '../../domain/process';
import { partOf } from '../../store/reads/authority';
import { hashToken, isToken } from '../../store/tokens';
import { LastKnown } from '../database';
import type { Deps } from '../deps';
import { Problem } from '../problem';
import { seesAll, type Glance, type ProjectAccess, type Reads, type Wanted } from '../reads';
import type { Person } from './person';

/** How long people keep what they were while the database is away. */
const REMEMBER = { maxAgeMs: 15 * 60_000, size: 5_000 };

const BEARER = /^Bearer +(\S{1,200})$/i;

type Known = Pick<Glance, 'person' | 'access'>;

interface Seen {
  readonly wanted: Wanted;
  readonly access: ProjectAccess | null;
  /** What the database said for this very request; undefined while it is away: that is never taken from an earlier one. */
  readonly fresh: Glance | undefined;
}

/** Where an earlier command was looked for first. */
function lookedIn({ phase, part, stream }: Wanted, { phaseStream, backlog }: Glance): StreamId | null | undefined {
  if (part !== undefined) return backlog && partOf(backlog, part);
  return phase === undefined ? stream : phaseStream;
}

/**
 * Makes `authenticate`, `enter` and what tells more of a request from its first query. The first two go on with what they knew last
 * while the database is away.
 */
export function createAuth(reads: Pick<Reads, 'resolve' | 'access'>): Pick<Deps, 'authenticate' | 'enter' | 'seenPhaseStream' | 'seenBacklog' | 'seenCommand' | 'seenTasks'> {
  const known = new LastKnown<Known | null>(REMEMBER);
  const access = new LastKnown<ProjectAccess | null>(REMEMBER);
  /** What was read together with the person of this very request. */
  const seen = new WeakMap<Person, Seen>();
  return {
    async authenticate(header, wanted = {}) {
      const token = BEARER.exec(header ?? '')?.[1];
      if (token === undefined || !isToken(token)) throw new Problem('unauthenticated');
      const hash = hashToken(token);
      let fresh: Glance | null = null;
      const found = await known.read(`${hash} ${wanted.project ?? ''}`, async () => {
        fresh = await reads.resolve(hash, wanted);
        return fresh && { person: fresh.person, access: fresh.access };
      });
      if (!found) throw new Problem('unauthenticated');
      const person = { ...found.person };
      seen.set(person, { wanted, access: found.access, fresh: fresh ?? undefined });
      return person;
    },
    async enter(person, project) {
      const already = seen.get(person);
      const found = already?.wanted.project === project ? already.access
        : await access.read(`${person.id} ${project}`, () => reads.access(project, person.id));
      if (!found || (found.roles.length === 0 && (found.standsInFor ?? []).length === 0 && !seesAll(person))) throw new Problem('unknown-project');
      return found;
    },
    seenPhaseStream(person, project, phase) {
      const { wanted, fresh } = seen.get(person) ?? {};
      return fresh && wanted?.project === project && wanted.phase === phase ? { stream: fresh.phaseStream } : undefined;
    },
    seenBacklog(person, project, phase) {
      const { wanted, fresh } = seen.get(person) ?? {};
      return fresh && wanted?.part !== undefined && wanted.project === project && wanted.phase === phase ? { stream: fresh.backlog } : undefined;
    },
    seenCommand(person, stream, id) {
      const { wanted, fresh } = seen.get(person) ?? {};
      if (!fresh || wanted?.commandId !== id) return undefined;
      return lookedIn(wanted, fresh) === stream ? fresh.command : undefined;
    },
    seenTasks(person, of) {
      const found = seen.get(person)?.fresh?.tasks;
      return found?.of === of ? (found.tasks as never) : undefined;
    },
  };
}
