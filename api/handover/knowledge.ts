import { z } from 'zod';
import type { FieldProblem } from '../../domain/errors';
import { SESSION_KINDS } from '../../domain/plan';
import type { Deps } from '../deps';
import { endpoint } from '../http/endpoint';
import { Problem } from '../problem';
import { keepText } from '../kept-texts';
import { freeText, moment, personId, reason } from '../schemas';
import { document, keepDocuments } from './input';
import { articleParams, onBehalfOf, sendToHandover, SERVICE_PATH, serviceParams, sessionParams, shared } from './send';

const when = moment.meta({ override: { type: 'string', format: 'date-time' } });
const subject = freeText(300);
const planBody = { at: when.optional().meta({ description: 'When it is to be held.', override: { type: 'string', format: 'date-time' } }), givenBy: personId.optional(), kind: z.enum(SESSION_KINDS).optional() };

/** @param people by the pointer of each. @throws Problem for somebody who is not known, or has left. */
async function needPeople(deps: Deps, people: readonly (readonly [string, string])[]): Promise<void> {
  const known = await deps.reads.presentPeople(people.map(([, person]) => person));
  const problems = people.flatMap(([pointer, person]): FieldProblem[] => (known.has(person) ? [] : [{ pointer, code: 'choice' }]));
  if (problems.length > 0) throw Problem.fields(problems);
}

export const knowledgeEndpoints = [
  endpoint({
    ...shared, path: `${SERVICE_PATH}/sessions`, id: 'addSession', summary: 'Plan one more session about a service', params: serviceParams, body: z.strictObject({ subject, ...planBody, onBehalfOf }),
    handle: (call, deps) => sendToHandover(call, deps, async () => {
      const { params: { project, service }, body: { subject: about, onBehalfOf: _, ...facts } } = call;
      if (facts.givenBy !== undefined) await needPeople(deps, [['/givenBy', facts.givenBy]]);
      return { type: 'plan-session', service, subject: await keepText(deps, project, about), ...facts };
    }),
  }),
  endpoint({
    ...shared, path: `${SERVICE_PATH}/sessions/{session}/plan`, id: 'planSession', summary: 'Say when a session is to be held, and by whom', params: sessionParams, body: z.strictObject({ ...planBody, onBehalfOf }),
    handle: (call, deps) => sendToHandover(call, deps, async () => {
      const { params: { service, session }, body: { onBehalfOf: _, ...facts } } = call;
      if (facts.givenBy !== undefined) await needPeople(deps, [['/givenBy', facts.givenBy]]);
      return { type: 'plan-session', service, session, ...facts };
    }),
  }),
  endpoint({
    ...shared, path: `${SERVICE_PATH}/sessions/{session}/hold`, id: 'holdSession', summary: 'Say that a session was held, who was there, and what was shown', params: sessionParams,
    body: z.strictObject({ heldAt: when, attended: z.array(personId).min(1).max(100), material: z.array(document).max(20).optional(), onBehalfOf }),
    handle: (call, deps) => sendToHandover(call, deps, async () => {
      const { params: { project, service, session }, body: { heldAt, attended, material } } = call;
      await needPeople(deps, attended.map((person, index) => [`/attended/${index}`, person]));
      return { type: 'hold-session', service, session, heldAt, attended, ...(material && material.length > 0 && { material: await keepDocuments(deps, project, material, '/material') }) };
    }),
  }),
  endpoint({
    ...shared, path: `${SERVICE_PATH}/sessions/{session}/confirm`, id: 'confirmSession', summary: 'Confirm that the knowledge came over', params: sessionParams, body: z.strictObject({ onBehalfOf }),
    handle: (call, deps) => sendToHandover(call, deps, async () => ({ type: 'answer-session', service: call.params.service, session: call.params.session })),
  }),
  endpoint({
    ...shared, path: `${SERVICE_PATH}/sessions/{session}/missing`, id: 'sessionMissing', summary: 'Say what is still missing: another session follows', params: sessionParams, body: z.strictObject({ missing: freeText(4000), onBehalfOf }),
    handle: (call, deps) => sendToHandover(call, deps, async () => {
      const { project, service, session } = call.params;
      return { type: 'answer-session', service, session, missing: await keepText(deps, project, call.body.missing) };
    }),
  }),
  endpoint({
    ...shared, path: `${SERVICE_PATH}/sessions/{session}/drop`, id: 'dropSession', summary: 'Say that a session is not needed', params: sessionParams, description: 'Not one that the template asks for, nor one that follows another.',
    body: z.strictObject({ reason, onBehalfOf }),
    handle: (call, deps) => sendToHandover(call, deps, async () => {
      const { project, service, session } = call.params;
      return { type: 'drop-session', service, session, reason: await keepText(deps, project, call.body.reason) };
    }),
  }),
  endpoint({
    ...shared, path: `${SERVICE_PATH}/articles`, id: 'writeArticle', summary: 'Write what a service desk is to know about a service', params: serviceParams, description: 'It is found by searching, by whoever may see the project.',
    body: z.strictObject({ title: freeText(300), text: freeText(20_000), onBehalfOf }),
    handle: (call, deps) => sendToHandover(call, deps, async () => {
      const { params: { project, service }, body: { title, text } } = call;
      return { type: 'write-article', service, title: await keepText(deps, project, title), text: await keepText(deps, project, text) };
    }),
  }),
  endpoint({
    ...shared, path: `${SERVICE_PATH}/articles/{article}/change`, id: 'changeArticle', summary: 'Write an article anew', params: articleParams, body: z.strictObject({ title: freeText(300), text: freeText(20_000), onBehalfOf }),
    handle: (call, deps) => sendToHandover(call, deps, async () => {
      const { params: { project, service, article }, body: { title, text } } = call;
      return { type: 'write-article', service, article, title: await keepText(deps, project, title), text: await keepText(deps, project, text) };
    }),
  }),
  endpoint({
    ...shared, path: `${SERVICE_PATH}/articles/{article}/drop`, id: 'dropArticle', summary: 'Take an article away', params: articleParams, body: z.strictObject({ onBehalfOf }),
    handle: (call, deps) => sendToHandover(call, deps, async () => ({ type: 'drop-article', service: call.params.service, article: call.params.article })),
  }),
];
