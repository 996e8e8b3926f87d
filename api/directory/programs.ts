/** Programs: projects that are looked at together. Kept by the directory, as groups are. */
import { z } from 'zod';
import { DIRECTORY } from '../../domain/directory/types';
import { commandAnswers } from '../commands/send';
import type { Deps } from '../deps';
import { endpoint } from '../http/endpoint';
import { keepText } from '../kept-texts';
import { Problem } from '../problem';
import { directoryKey, freeText, key, namedPerson, personId } from '../schemas';
import { unknownIn } from './groups';
import { sendToDirectory } from './send';
import { namedIn } from './views';

const program = z.strictObject({
  program: key, name: z.string().nullable(), managers: z.array(namedPerson).meta({ description: 'They see all its projects, and hold the role `program-manager` there.' }),
}).meta({ id: 'Program', description: 'Projects that are looked at together.' });

async function programsOf(deps: Deps, keys?: readonly string[]): Promise<z.output<typeof program>[]> {
  const found = await deps.reads.programs(keys);
  const [texts, names] = await Promise.all([deps.reads.texts(found.map(({ name }) => name.text)), deps.reads.names(found.flatMap(({ managers }) => managers))]);
  return found.map((each) => ({ program: each.program, name: texts.get(each.name.text) ?? null, managers: each.managers.map((person) => namedIn(names, person)) }));
}

export const programEndpoints = [
  endpoint({
    method: 'get', path: '/programs', id: 'listPrograms', tag: 'people', summary: 'Programs, and who manages them',
    answers: { 200: { description: 'By key.', schema: z.strictObject({ items: z.array(program) }).meta({ id: 'Programs' }) } },
    handle: async (_, deps) => ({ body: { items: await programsOf(deps) } }),
  }),
  endpoint({
    method: 'get', path: '/programs/{program}', id: 'getProgram', tag: 'people', summary: 'A program, and who manages it',
    params: z.object({ program: directoryKey }), answers: { 200: { description: 'The program.', schema: program } },
    async handle({ params }, deps) {
      const [found] = await programsOf(deps, [params.program]);
      if (!found) throw new Problem('unknown-program');
      return { body: found };
    },
  }),
  endpoint({
    method: 'put', path: '/programs/{program}', id: 'setProgram', tag: 'people', command: true, summary: 'Make a program, or say what it is called and who manages it from now on',
    description: 'By the project office. Its projects are told at once.',
    params: z.object({ program: directoryKey }), body: z.strictObject({ name: freeText(200), managers: z.array(personId).max(20) }), answers: commandAnswers,
    handle: (call, deps) => sendToDirectory(call, deps, async () => {
      const { name, managers } = call.body;
      const fields = await unknownIn(deps, 'managers', managers);
      if (fields.length > 0) throw Problem.fields(fields);
      return { type: 'set-program', program: call.params.program, name: await keepText(deps, DIRECTORY, name), managers };
    }),
  }),
];
