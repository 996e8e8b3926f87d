import { z } from 'zod';
import { DIRECTORY } from '../../domain/directory/types';
import type { FieldProblem } from '../../domain/errors';
import { commandAnswers } from '../commands/send';
import type { Deps } from '../deps';
import { endpoint } from '../http/endpoint';
import { keepText } from '../kept-texts';
import { Problem } from '../problem';
import { directoryKey, freeText, key, namedPerson, personId } from '../schemas';
import { knownPerson, personParams } from './delegations';
import { sendToDirectory } from './send';
import { namedIn } from './views';

const group = z.strictObject({ group: key, name: z.string().nullable(), members: z.array(namedPerson) }).meta({ id: 'Group', description: 'People whom templates name together as approvers.' });

/** People of a list who are not known or have left, as wrong fields. */
export async function unknownIn(deps: Deps, list: string, persons: readonly string[]): Promise<FieldProblem[]> {
  const present = await deps.reads.presentPeople(persons);
  return persons.flatMap((person, place) => (present.has(person) ? [] : [{ pointer: `/${list}/${place}`, code: 'choice' as const }]));
}

async function groupsOf(deps: Deps, keys?: readonly string[]): Promise<z.output<typeof group>[]> {
  const found = await deps.reads.groups(keys);
  const [texts, names] = await Promise.all([deps.reads.texts(found.map(({ name }) => name.text)), deps.reads.names(found.flatMap(({ members }) => members))]);
  return found.map((each) => ({ group: each.group, name: texts.get(each.name.text) ?? null, members: each.members.map((person) => namedIn(names, person)) }));
}

export const groupEndpoints = [
  endpoint({
    method: 'get', path: '/groups', id: 'listGroups', tag: 'people', summary: 'Groups of people that templates name as approvers',
    answers: { 200: { description: 'By key.', schema: z.strictObject({ items: z.array(group) }).meta({ id: 'Groups' }) } },
    handle: async (_, deps) => ({ body: { items: await groupsOf(deps) } }),
  }),
  endpoint({
    method: 'get', path: '/groups/{group}', id: 'getGroup', tag: 'people', summary: 'A group with its members',
    params: z.object({ group: directoryKey }), answers: { 200: { description: 'The group.', schema: group } },
    async handle({ params }, deps) {
      const [found] = await groupsOf(deps, [params.group]);
      if (!found) throw new Problem('unknown-group');
      return { body: found };
    },
  }),
  endpoint({
    method: 'put', path: '/groups/{group}', id: 'setGroup', tag: 'people', command: true, summary: 'Make a group, or say who belongs to it from now on',
    description: 'By the project office. Open approvals in which the group decides move at once.',
    params: z.object({ group: directoryKey }), body: z.strictObject({ name: freeText(200), members: z.array(personId).max(200) }), answers: commandAnswers,
    handle: (call, deps) => sendToDirectory(call, deps, async () => {
      const { name, members } = call.body;
      const fields = await unknownIn(deps, 'members', members);
      if (fields.length > 0) throw Problem.fields(fields);
      return { type: 'set-group', group: call.params.group, name: await keepText(deps, DIRECTORY, name), members };
    }),
  }),
  endpoint({
    method: 'put', path: '/people/{person}/manager', id: 'setManager', tag: 'people', command: true, summary: 'Say who is the line manager of a person',
    description: 'By the project office. The line manager can delegate for the person, and may be kept from deciding on what the person delivered.',
    params: personParams, body: z.strictObject({ manager: personId.nullable() }), answers: commandAnswers,
    async handle(call, deps) {
      const person = await knownPerson(deps, call.params.person);
      return sendToDirectory(call, deps, async () => {
        const { manager } = call.body;
        if (manager !== null && !(await deps.reads.presentPeople([manager])).has(manager)) throw Problem.fields([{ pointer: '/manager', code: 'choice' }]);
        return { type: 'set-manager', person, manager };
      });
    },
  }),
];
