import { z } from 'zod';
import { MAX_SERVICES } from '../../domain/handover/entries';
import { commandAnswers } from '../commands/send';
import type { Deps } from '../deps';
import { endpoint, type Call } from '../http/endpoint';
import { readNames } from '../naming';
import { Problem } from '../problem';
import { keepText } from '../kept-texts';
import { commandAnswer, freeText, key, namedKey, phaseParams, reason } from '../schemas';
import { sealDocument } from './document';
import { readService } from './read';
import { keepLevels, keepServices, serviceChange, serviceInput } from './input';
import { conditionParams, enterHandover, HANDOVER_PATH, onBehalfOf, sendToHandover, SERVICE_PATH, serviceParams, shared } from './send';
import { listUnmanned, unmannedView, unmannedViewOf } from './unmanned';
import { handoverView, handoverViewOf, itemsIn, peopleIn, serviceView, serviceViewOf } from './views';

const handoverWithUnmanned = handoverView.extend({
  unmanned: z.array(unmannedView).meta({ description: 'What of its services nobody sees to any more, as a role or a person is gone.' }),
}).meta({ id: 'Handover' });
const addedAnswer = commandAnswer.extend({ services: z.array(key).meta({ description: 'Their keys.' }) }).meta({ id: 'ServicesAdded' });

type ServiceCall = Call<z.output<typeof serviceParams>, unknown, { readonly reason: string; readonly onBehalfOf?: string | undefined }>;
const withReason = (type: string, call: ServiceCall, deps: Deps, more: Readonly<Record<string, unknown>> = {}) => sendToHandover(call, deps, async () =>
  ({ type, service: call.params.service, reason: await keepText(deps, call.params.project, call.body.reason), ...more }));

export const serviceEndpoints = [
  endpoint({
    method: 'get', path: HANDOVER_PATH, id: 'getHandover', tag: 'handover', summary: 'The services that a phase hands over, and how far each is', params: phaseParams,
    answers: { 200: { description: 'The handover.', schema: handoverWithUnmanned } },
    async handle(call, deps) {
      const { access, handover } = await enterHandover(call, deps);
      const found = await deps.reads.handover(handover);
      if (!found) throw new Problem('phase-opening');
      const unmanned = listUnmanned(found.handover, found.services, await deps.reads.holders(call.params.project), Date.now());
      const people = [...peopleIn(found.services), ...unmanned.flatMap(({ person }) => person ?? [])];
      const names = await readNames(deps, access, call.language, found.services, people, itemsIn(found.services));
      return { body: {
        ...handoverViewOf(found.handover, found.services, names), unmanned: unmanned.map((each) => unmannedViewOf(each, found.services.find(({ service }) => service === each.service), names)),
      } };
    },
  }),
  endpoint({
    method: 'get', path: SERVICE_PATH, id: 'getService', tag: 'handover', summary: 'One service, with its criteria, readiness, sessions and articles', params: serviceParams,
    answers: { 200: { description: 'The service.', schema: serviceView } },
    async handle(call, deps) {
      const { access, handover } = await enterHandover(call, deps);
      const found = await readService(deps, handover, call.params.service);
      const names = await readNames(deps, access, call.language, [found.service, found.articles], peopleIn([found.service], found.articles), itemsIn([found.service]));
      return { body: serviceViewOf(found.handover, found.service, found.articles, names) };
    },
  }),
  endpoint({
    method: 'get', path: `${HANDOVER_PATH}/inventory`, id: 'listInventoryToHandOver', tag: 'handover', summary: 'Items of the inventory that no service of a phase stands for', params: phaseParams,
    answers: { 200: { description: 'In the order of the inventory.', schema: z.strictObject({ items: z.array(namedKey) }).meta({ id: 'InventoryToHandOver' }) } },
    async handle(call, deps) {
      const { handover } = await enterHandover(call, deps);
      const [found, inventory] = await Promise.all([deps.reads.handover(handover), deps.reads.inventory(call.params.project)]);
      const taken = new Set(found?.services.flatMap(({ item, status }) => (item === undefined || status === 'withdrawn' ? [] : [item])));
      return { body: { items: inventory.filter(({ id }) => !taken.has(id)).map(({ id, name }) => ({ key: id, name })) } };
    },
  }),
  endpoint({
    ...shared, path: `${HANDOVER_PATH}/services`, id: 'addServices', summary: 'Say which services are handed over', params: phaseParams,
    description: 'All of them or, when one does not fit, none. Each comes from the inventory of the project, or is added by hand.',
    body: z.strictObject({ services: z.array(serviceInput).min(1).max(MAX_SERVICES), onBehalfOf }), answers: { ...commandAnswers, 200: { description: 'Added, or added before.', schema: addedAnswer } },
    async handle(call, deps) {
      const reply = await sendToHandover(call, deps, async () => ({ type: 'add-services', services: await keepServices(deps, call.params.project, call.body.services) }));
      if (reply.status !== undefined) return reply;
      const { stream, events } = reply.body as z.output<typeof commandAnswer>;
      return { body: { ...reply.body as object, services: await deps.reads.addedServices(stream, events.map(({ seq }) => seq)) } };
    },
  }),
  endpoint({
    ...shared, path: `${SERVICE_PATH}/change`, id: 'changeService', summary: 'Say something else of a service', params: serviceParams, description: 'What is left out stays; null takes it away.',
    body: z.strictObject({ ...serviceChange, onBehalfOf }),
    handle: (call, deps) => sendToHandover(call, deps, async () => {
      const { params: { project, service }, body: { name, levels, owner, teams } } = call;
      return { type: 'change-service', service, change: {
        ...(name !== undefined && { name: await keepText(deps, project, name) }), ...(owner !== undefined && { owner }), ...(teams !== undefined && { teams }),
        ...(levels !== undefined && { levels: levels && await keepLevels(deps, project, levels) }),
      } };
    }),
  }),
  endpoint({
    ...shared, path: `${SERVICE_PATH}/withdraw`, id: 'withdrawService', summary: 'Say that a service is not handed over', params: serviceParams, body: z.strictObject({ reason, onBehalfOf }),
    handle: (call, deps) => withReason('withdraw-service', call, deps),
  }),
  endpoint({
    ...shared, path: `${SERVICE_PATH}/sign-off`, id: 'askSignOff', summary: 'Ask for the sign-off of a service', params: serviceParams, body: z.strictObject({ onBehalfOf }),
    description: 'Once everything is there. When something changes afterwards, the votes fall, and it is asked anew by itself.',
    handle: (call, deps) => sendToHandover(call, deps, async () => ({ type: 'ask-sign-off', service: call.params.service })),
  }),
  endpoint({
    ...shared, path: `${SERVICE_PATH}/hand-back`, id: 'handBackService', summary: 'Give a service back to the project during early-life support', params: serviceParams,
    body: z.strictObject({ reason, missing: z.array(key).min(1).max(200).meta({ description: 'Criteria, items of readiness and sessions that are to be done again; nothing else is.' }), onBehalfOf }),
    handle: (call, deps) => withReason('hand-back', call, deps, { missing: call.body.missing }),
  }),
  endpoint({
    ...shared, path: `${SERVICE_PATH}/transfer`, id: 'transferService', summary: 'Take a service over for good', params: serviceParams, body: z.strictObject({ onBehalfOf }),
    description: 'Once its early-life support is over and its exit criteria are met or accepted. The handover document is made in each language, and the SHA-256 of each file recorded.',
    async handle(call, deps) {
      const { project, service } = call.params;
      const reply = await sendToHandover(call, deps, async () => ({ type: 'transfer', service }));
      if (reply.status !== undefined) return reply;
      const { access, handover } = await enterHandover(call, deps);
      // The service is transferred, whatever becomes of its document: that is made again when somebody asks for it.
      await sealDocument(deps, access, project, handover, service, call.caller.id, call.signal).catch((error: unknown) => deps.log.warn({ error: String(error) }, 'a handover document could not be kept'));
      return reply;
    },
  }),
  endpoint({
    ...shared, path: `${SERVICE_PATH}/conditions/{condition}/meet`, id: 'meetAcceptanceCondition', summary: 'Say that a condition of acceptance is met', params: conditionParams, body: z.strictObject({ note: freeText(4000), onBehalfOf }),
    handle: (call, deps) => sendToHandover(call, deps, async () => {
      const { project, service, condition } = call.params;
      return { type: 'meet-condition', service, condition, note: await keepText(deps, project, call.body.note) };
    }),
  }),
  endpoint({
    ...shared, path: `${SERVICE_PATH}/conditions/{condition}/renew`, id: 'renewAcceptanceCondition', summary: 'Accept a condition anew, for some more days', params: conditionParams,
    body: z.strictObject({ dueDays: z.int().min(0).max(500).meta({ description: 'Working days from now.' }), note: freeText(4000), onBehalfOf }),
    handle: (call, deps) => sendToHandover(call, deps, async () => {
      const { project, service, condition } = call.params;
      return { type: 'renew-condition', service, condition, dueDays: call.body.dueDays, note: await keepText(deps, project, call.body.note) };
    }),
  }),
];
