import { z } from 'zod';
import { OFFICE } from '../../domain/permissions';
import type { WhatIsLeft } from '../../store/reads/directory';
import type { Deps } from '../deps';
import { endpoint, type Call } from '../http/endpoint';
import { toIso } from '../http/instant';
import { pause } from '../http/limit';
import { Problem } from '../problem';
import { instant, key, namedPerson, personId } from '../schemas';
import { knownPerson, personParams } from './delegations';
import { orderDirectory } from './send';
import { namedIn } from './views';

const inProject = z.strictObject({
  project: z.string(), name: z.string().nullable(), roles: z.array(key).meta({ description: 'Roles that they hold there.' }),
  tasks: z.int().meta({ description: 'Tasks that they are at.' }), approvals: z.int().meta({ description: 'Open approvals that wait for them.' }),
});
const outliving = z.array(z.strictObject({ project: z.string(), name: z.string().nullable(), conditions: z.int() }))
  .meta({ description: 'Conditions of services whose project is over, by project, to which they are the last to see: nobody takes their place there, the project office sees to them.' });
const leaving = z.strictObject({
  person: namedPerson, leftAt: instant.nullable(), successor: namedPerson.nullable(), projects: z.array(inProject), outliving,
  groups: z.array(key), programs: z.array(key).meta({ description: 'Programs that they manage.' }), manages: z.int().meta({ description: 'People whose line manager they are.' }), delegations: z.int(),
}).meta({ id: 'Leaving', description: 'What would change if the person left; once they did, what did not change yet.' });

const left = z.strictObject({
  person: namedPerson, successor: namedPerson,
  outliving, projects: z.array(inProject.extend({ outcome: z.enum(['replaced', 'pending']).meta({ description: '`pending`: the project was told, and has not settled yet.' }) })),
}).meta({ id: 'Left' });

/** Only the project office sees and says who leaves. */
function byOffice({ caller }: Pick<Call, 'caller'>): void {
  if (!caller.globalRoles.includes(OFFICE)) throw new Problem('not-permitted', { facts: { roles: [OFFICE] } });
}

async function projectsOf(deps: Deps, { projects }: WhatIsLeft): Promise<z.output<typeof inProject>[]> {
  const names = await deps.reads.texts(projects.map(({ nameRef }) => nameRef));
  return projects.map(({ nameRef, roles, ...each }) => ({ ...each, roles: [...roles], name: names.get(nameRef) ?? null }));
}

/** A project that is over settles nothing any more. */
async function outlivingOf(deps: Deps, { outliving: found }: WhatIsLeft): Promise<z.output<typeof outliving>> {
  const names = await deps.reads.texts(found.map(({ nameRef }) => nameRef));
  return found.map(({ nameRef, ...each }) => ({ ...each, name: names.get(nameRef) ?? null }));
}

const SETTLES_MS = 5_000;
const LOOK_AGAIN_MS = 100;

/** The projects of these in which the person still has something, after a while in which projects usually settle. */
async function stillIn(deps: Deps, person: string, projects: readonly string[]): Promise<ReadonlySet<string>> {
  for (const until = Date.now() + SETTLES_MS; ;) {
    const now = new Set((await deps.reads.whatIsLeft(person)).projects.map(({ project }) => project));
    if (!projects.some((project) => now.has(project)) || Date.now() > until) return now;
    await pause(LOOK_AGAIN_MS);
  }
}

export const leavingEndpoints = [
  endpoint({
    method: 'get', path: '/people/{person}/leaving', id: 'previewLeaving', tag: 'people', refuses: [403], summary: 'What would change if a person left',
    description: 'Once the person has left: what did not change yet. For the project office.',
    params: personParams, answers: { 200: { description: 'By project.', schema: leaving } },
    async handle(call, deps) {
      byOffice(call);
      const person = await knownPerson(deps, call.params.person);
      const [found, known] = await Promise.all([deps.reads.whatIsLeft(person), deps.reads.directoryPeople([person])]);
      const { leftAt = null, successor = null } = known.get(person) ?? {};
      const names = await deps.reads.names([person, ...(successor === null ? [] : [successor])]);
      const { groups, programs, manages, delegations } = found;
      return { body: {
        person: namedIn(names, person), leftAt: toIso(leftAt), successor: successor === null ? null : namedIn(names, successor),
        projects: await projectsOf(deps, found), outliving: await outlivingOf(deps, found), groups: [...groups], programs: [...programs], manages, delegations,
      } };
    },
  }),
  endpoint({
    method: 'post', path: '/people/{person}/leave', id: 'leave', tag: 'people', command: true, summary: 'A person leaves: another one takes their place everywhere',
    description: 'In roles, tasks, approvals, groups, programs and delegations of all open projects. Their tokens are no longer valid, and nobody can give them a role. '
      + 'Each project has its own result; those that have not settled yet go on by themselves.',
    params: personParams, body: z.strictObject({ to: personId.meta({ description: 'Who takes their place.' }) }),
    answers: { 200: { description: 'What became of each project.', schema: left } },
    async handle(call, deps) {
      byOffice(call);
      const person = await knownPerson(deps, call.params.person);
      const { to } = call.body;
      const before = await deps.reads.whatIsLeft(person);
      await orderDirectory(call, deps, async () => {
        if (!(await deps.reads.presentPeople([to])).has(to)) throw Problem.fields([{ pointer: '/to', code: 'choice' }]);
        return { type: 'leave', person, to };
      });
      const still = await stillIn(deps, person, before.projects.map(({ project }) => project));
      const names = await deps.reads.names([person, to]);
      const projects = await projectsOf(deps, before);
      return { body: {
        person: namedIn(names, person), successor: namedIn(names, to), outliving: await outlivingOf(deps, before),
        projects: projects.map((each) => ({ ...each, outcome: still.has(each.project) ? 'pending' as const : 'replaced' as const })),
      } };
    },
  }),
];
