/** Everybody, as the project office sees them. */
import { z } from 'zod';
import { OFFICE } from '../../domain/permissions';
import { decodeCursor } from '../http/cursor';
import { endpoint } from '../http/endpoint';
import { toIso } from '../http/instant';
import { pageOf } from '../http/page';
import { Problem } from '../problem';
import { flag, idText, instant, key, listOf, namedPerson, page } from '../schemas';
import { namedIn } from './views';

const entry = z.strictObject({
  id: z.string(), name: z.string(), globalRoles: z.array(key), manager: namedPerson.nullable().meta({ description: 'Their line manager.' }),
  leftAt: instant.nullable(), successor: namedPerson.nullable().meta({ description: 'Who took their place when they left.' }),
  groups: z.array(key), projects: z.int().meta({ description: 'Open projects in which they hold a role.' }),
  absentUntil: instant.nullable().meta({ description: 'Somebody decides in their name now, until then at the latest.' }),
}).meta({ id: 'DirectoryEntry' });

export const directoryEndpoints = [
  endpoint({
    method: 'get', path: '/directory', id: 'listDirectory', tag: 'people', summary: 'Everybody, with line managers, groups, absences and who left',
    description: 'By name; for the project office.',
    query: z.strictObject({
      q: idText(200).optional().meta({ description: 'A part of the name.' }), person: idText(100).optional().meta({ description: 'This one alone.' }),
      left: flag.optional().meta({ description: 'Also those who left.' }), ...page,
    }),
    refuses: [403],
    answers: { 200: { description: 'People.', schema: listOf(entry).meta({ id: 'Directory' }) } },
    async handle({ query: { q, person, left, limit, cursor }, caller }, deps) {
      if (!caller.globalRoles.includes(OFFICE)) throw new Problem('not-permitted', { facts: { roles: [OFFICE] } });
      const [name, id] = decodeCursor(cursor, ['string', 'string']) ?? [];
      const filter = { left: (left ?? false) || person !== undefined, ...(q !== undefined && q.trim() !== '' && { q: q.trim() }), ...(person !== undefined && { person }) };
      const found = await deps.reads.directory(filter, { limit: limit + 1, ...(name !== undefined && id !== undefined && { after: { name, id } }) });
      const { items, nextCursor } = pageOf(found, limit, (each) => [each.name, each.id]);
      const names = await deps.reads.names(items.flatMap(({ manager, successor }) => [manager ?? [], successor ?? []].flat()));
      const named = (one: string | null) => (one === null ? null : namedIn(names, one));
      return { body: { nextCursor, items: items.map((each) => ({
        ...each, globalRoles: [...each.globalRoles], groups: [...each.groups], manager: named(each.manager), successor: named(each.successor), leftAt: toIso(each.leftAt), absentUntil: toIso(each.absentUntil),
      })) } };
    },
  }),
];
