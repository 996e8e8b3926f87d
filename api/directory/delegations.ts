import { z } from 'zod';
import { SEES_ALL } from '../../domain/permissions';
import { commandAnswers, partId } from '../commands/send';
import type { Deps } from '../deps';
import { endpoint, type Call } from '../http/endpoint';
import { Problem } from '../problem';
import { seesAll } from '../reads';
import { flag, idText, key, moment, personId } from '../schemas';
import { knownProgram } from './known-programs';
import { delegationPreview, previewDelegation, readScopes, wanted } from './scope';
import { sendToDirectory } from './send';
import { delegationView, delegationViewOf, peopleOf } from './views';

const body = z.strictObject({
  to: personId.meta({ description: 'Who decides in the name of the absent person.' }),
  from: moment.optional().meta({ description: 'Now when not given.', override: { type: 'string', format: 'date-time' } }),
  until: moment.meta({ description: 'The first moment at which it holds no more; at most two years after the beginning.', override: { type: 'string', format: 'date-time' } }),
  role: key.optional().meta({ description: 'Only what is decided as a holder of this role.' }),
  project: idText(400).min(1).optional().meta({ description: 'Only in this project.' }),
  program: key.optional().meta({ description: 'Only in projects of this program, also those that join it meanwhile.' }),
}).refine(({ project, program }) => project === undefined || program === undefined, { message: 'project or program', path: ['program'] });

export const personParams = z.object({ person: idText(100).min(1) });

/** The id of a delegation; the same for the same request. */
const idOf = (call: Pick<Call, 'caller' | 'command'>): string => partId('d', call.command.id, call.caller.id);

async function delegate(call: Call<unknown, unknown, z.output<typeof body>>, deps: Deps, absent: string) {
  const { to, from = Date.now(), until, role, project, program } = call.body;
  return sendToDirectory(call, deps, async () => {
    if (!(await deps.reads.presentPeople([to])).has(to)) throw Problem.fields([{ pointer: '/to', code: 'choice' }]);
    if (project !== undefined) await deps.enter(call.caller, project);
    if (program !== undefined) await knownProgram(deps, program);
    return { type: 'delegate', id: idOf(call), absent, delegate: to, from, until, ...(role !== undefined && { role }), ...(project !== undefined && { project }), ...(program !== undefined && { program }) };
  });
}

/** Throws Problem `unknown-person` when there is nobody of this id. */
export async function knownPerson(deps: Deps, person: string): Promise<string> {
  if (!(await deps.reads.names([person])).has(person)) throw new Problem('unknown-person');
  return person;
}

async function list({ language }: Pick<Call, 'language'>, deps: Deps, person: string, ended: boolean) {
  const found = await deps.reads.delegations(person, { ended });
  const [names, scopeOf] = await Promise.all([deps.reads.names(found.flatMap(peopleOf)), readScopes(deps, found, language)]);
  return { body: { items: found.map((row) => delegationViewOf(row, names, scopeOf(row))) } };
}

/** For the person, their line manager, and whoever sees all projects. */
async function enterAbsence({ caller }: Pick<Call, 'caller'>, deps: Deps, wanted: string): Promise<string> {
  const person = await knownPerson(deps, wanted);
  const known = (await deps.reads.directoryPeople([person])).get(person);
  if (person !== caller.id && known?.manager !== caller.id && !seesAll(caller)) throw new Problem('not-permitted', { facts: { roles: SEES_ALL } });
  return person;
}

const listed = { 200: { description: 'Delegations, the latest first.', schema: z.strictObject({ items: z.array(delegationView) }).meta({ id: 'Delegations' }) } };
const previewed = { 200: { description: 'What waits for the person now, and where more may come up.', schema: delegationPreview } };
const query = z.strictObject({ ended: flag.optional().meta({ description: 'Also those that ended; of these the last ones.' }) });

export const delegationEndpoints = [
  endpoint({
    method: 'get', path: '/me/delegations', id: 'listMyDelegations', tag: 'me', summary: 'Who stands in for me, and for whom I do', query, answers: listed,
    handle: (call, deps) => list(call, deps, call.caller.id, call.query.ended ?? false),
  }),
  endpoint({
    method: 'get', path: '/me/delegations/preview', id: 'previewMyDelegation', tag: 'me', summary: 'What would move if somebody decided in my name', query: wanted, answers: previewed,
    handle: async (call, deps) => ({ body: await previewDelegation(call, deps, call.caller.id) }),
  }),
  endpoint({
    method: 'post', path: '/me/delegations', id: 'delegate', tag: 'me', command: true, summary: 'Let somebody decide in my name while I am absent',
    description: 'Open approvals move at its beginning and come back at its end. Both names stand on record with each vote.',
    body, answers: commandAnswers,
    handle: (call, deps) => delegate(call, deps, call.caller.id),
  }),
  endpoint({
    method: 'get', path: '/people/{person}/delegations', id: 'listDelegations', tag: 'people', refuses: [403], summary: 'Who stands in for a person, and for whom the person does',
    description: 'For the person, their line manager, and whoever sees all projects.',
    params: personParams, query, answers: listed,
    async handle(call, deps) {
      const person = await enterAbsence(call, deps, call.params.person);
      return list(call, deps, person, call.query.ended ?? false);
    },
  }),
  endpoint({
    method: 'get', path: '/people/{person}/delegations/preview', id: 'previewDelegation', tag: 'people', refuses: [403], summary: 'What would move if somebody decided in the name of a person',
    description: 'For the person, their line manager, and whoever sees all projects.', params: personParams, query: wanted, answers: previewed,
    handle: async (call, deps) => ({ body: await previewDelegation(call, deps, await enterAbsence(call, deps, call.params.person)) }),
  }),
  endpoint({
    method: 'post', path: '/people/{person}/delegations', id: 'delegateFor', tag: 'people', command: true,
    summary: 'Let somebody decide in the name of a person who is absent', description: 'By their line manager or the project office, for someone who can not do it themselves.',
    params: personParams, body, answers: commandAnswers,
    handle: async (call, deps) => delegate(call, deps, await knownPerson(deps, call.params.person)),
  }),
  endpoint({
    method: 'post', path: '/delegations/{delegation}/revoke', id: 'revokeDelegation', tag: 'people', command: true, summary: 'Take a delegation back',
    description: 'By one of the two, whoever set it up, the line manager or the project office. Votes that were given stand.',
    params: z.object({ delegation: idText(200).min(1) }), body: z.strictObject({}), answers: commandAnswers,
    handle: (call, deps) => sendToDirectory(call, deps, async () => ({ type: 'revoke', delegation: call.params.delegation })),
  }),
];
