import { z } from 'zod';
import { projectStream } from '../../workflows/contract';
import { commandAnswers, send } from '../commands/send';
import type { Deps } from '../deps';
import { keepText } from '../kept-texts';
import { knownProgram } from '../directory/known-programs';
import { tellProject } from '../directory/send';
import { endpoint, type Call, type Reply } from '../http/endpoint';
import { namingFor } from '../naming';
import { Problem } from '../problem';
import { fewKeys, key, personId, phaseParams, projectParams, reason } from '../schemas';

type Params = z.output<typeof projectParams>;

/** Who holds which role: role key → persons. */
export const holders = z.record(key, z.array(personId).max(100)).refine(fewKeys)
  .meta({ description: 'Role key → ids of persons. Bodies are not given: they follow from their members.', example: { 'project-manager': ['p-marc'] } });

async function sendToProject(call: Call<Params>, deps: Deps, command: () => Promise<{ type: string }>): Promise<Reply> {
  const access = await deps.enter(call.caller, call.params.project);
  call.name(await namingFor(deps, access, call.language));
  return send(call, deps, access, projectStream(call.params.project), command);
}

/** Persons who are not known or have left, as wrong fields of the body. */
export async function unknownPersons(deps: Deps, roles: Readonly<Record<string, readonly string[]>>): Promise<{ pointer: string; code: 'choice' }[]> {
  const known = await deps.reads.presentPeople(Object.values(roles).flat());
  return Object.entries(roles).flatMap(([role, persons]) => persons.flatMap((person, place) =>
    (known.has(person) ? [] : [{ pointer: `/roles/${role}/${place}`, code: 'choice' as const }])));
}

export const projectCommands = [
  endpoint({
    method: 'post', path: '/projects/{project}/hold', id: 'holdProject', tag: 'projects', command: true,
    summary: 'Put a project on hold', description: 'Everything in it stops, due dates included, until it is resumed.',
    params: projectParams, body: z.strictObject({ reason }), answers: commandAnswers,
    handle: (call, deps) => sendToProject(call, deps, async () =>
      ({ type: 'hold', reason: await keepText(deps, call.params.project, call.body.reason) })),
  }),
  endpoint({
    method: 'post', path: '/projects/{project}/resume', id: 'resumeProject', tag: 'projects', command: true,
    summary: 'Resume a project that is on hold', params: projectParams, body: z.strictObject({}), answers: commandAnswers,
    handle: (call, deps) => sendToProject(call, deps, async () => ({ type: 'resume' })),
  }),
  endpoint({
    method: 'post', path: '/projects/{project}/cancel', id: 'cancelProject', tag: 'projects', command: true,
    summary: 'Cancel a project', description: 'What is open in it ends. Where its template names a phase for that (`onCancel`), this phase then closes the project, which ends with it; cancelled again, that ends too.',
    params: projectParams, body: z.strictObject({ reason }), answers: commandAnswers,
    handle: (call, deps) => sendToProject(call, deps, async () =>
      ({ type: 'cancel', reason: await keepText(deps, call.params.project, call.body.reason) })),
  }),
  endpoint({
    method: 'post', path: '/projects/{project}/phases/{phase}/reopen', id: 'reopenPhase', tag: 'projects', command: true,
    summary: 'Reopen a phase that has passed', description: 'It is done again, in another round, and so is what came after it. For as long as nothing after it has passed; by the project manager or the project office.',
    params: phaseParams, body: z.strictObject({ reason }), answers: commandAnswers,
    handle: (call, deps) => sendToProject(call, deps, async () =>
      ({ type: 'reopen-phase', phase: call.params.phase, reason: await keepText(deps, call.params.project, call.body.reason) })),
  }),
  endpoint({
    method: 'put', path: '/projects/{project}/roles', id: 'assignRoles', tag: 'projects', command: true,
    summary: 'Assign roles', description: 'The roles given are replaced, the others stay.',
    params: projectParams, body: z.strictObject({ roles: holders }), answers: commandAnswers,
    async handle(call, deps) {
      const reply = await sendToProject(call, deps, async () => {
        const fields = await unknownPersons(deps, call.body.roles);
        if (fields.length > 0) throw Problem.fields(fields);
        return { type: 'assign-roles', roles: call.body.roles };
      });
      await tellProject(call, deps, call.params.project, Object.values(call.body.roles).flat());
      return reply;
    },
  }),
  endpoint({
    method: 'put', path: '/projects/{project}/program', id: 'setProjectProgram', tag: 'projects', command: true,
    summary: 'Say to which program a project belongs', description: 'By the project office or a program manager. Who manages the program then sees the project, and is asked where its rules name the program manager.',
    params: projectParams, body: z.strictObject({ program: key.nullable().meta({ description: 'null: to none.' }) }), answers: commandAnswers,
    async handle(call, deps) {
      const { params: { project }, body: { program } } = call;
      const reply = await sendToProject(call, deps, async () => ({ type: 'set-program', program: program === null ? null : await knownProgram(deps, program) }));
      // Who is absent for that program is absent here from now on.
      const rows = await deps.reads.projectRows(project);
      await tellProject(call, deps, project, [...new Set(rows?.roles.flatMap(({ persons }) => persons) ?? [])], [], program === null ? [] : [program]);
      return reply;
    },
  }),
];
