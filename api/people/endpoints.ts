import { z } from 'zod';
import { endpoint } from '../http/endpoint';
import { namedPerson } from '../schemas';

export const peopleEndpoints = [
  endpoint({
    method: 'get', path: '/people', id: 'listPeople', tag: 'people', summary: 'People who share a project with me, or hold a global role',
    answers: { 200: { description: 'By name.', schema: z.strictObject({ items: z.array(namedPerson) }).meta({ id: 'People' }) } },
    handle: async ({ caller }, deps) => ({ body: { items: await deps.reads.colleagues(caller) } }),
  }),
];
