import { z } from 'zod';
import { steeringRoles } from '../../domain/permissions';
import { endpoint } from '../http/endpoint';
import { readTemplate } from '../naming';
import { Problem } from '../problem';
import { idText, namedPerson } from '../schemas';

export const peopleEndpoints = [
  endpoint({
    method: 'get', path: '/people', id: 'listPeople', tag: 'people', summary: 'People who share a project with me, or hold a global role',
    query: z.strictObject({ project: idText(400).optional().meta({ description: 'Everybody who can be given a role in this project; for who steers it.' }) }),
    refuses: [403, 404],
    answers: { 200: { description: 'By name.', schema: z.strictObject({ items: z.array(namedPerson) }).meta({ id: 'People' }) } },
    async handle({ caller, query: { project } }, deps) {
      if (project === undefined) return { body: { items: await deps.reads.colleagues(caller) } };
      const access = await deps.enter(caller, project);
      const { managerRole } = await readTemplate(deps, access.template, access.templateVersion);
      const steering = steeringRoles(managerRole);
      if (![...access.roles, ...caller.globalRoles].some((role) => steering.includes(role))) throw new Problem('not-permitted', { facts: { roles: steering } });
      return { body: { items: await deps.reads.everybody() } };
    },
  }),
];
