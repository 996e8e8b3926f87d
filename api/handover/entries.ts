import { z } from 'zod';
import type { EvidenceField } from '../../domain/plan';
import { OWN_EVIDENCE } from '../../domain/handover/entries';
import type { Deps } from '../deps';
import { endpoint, type Call } from '../http/endpoint';
import { fileClaims, fileProblems } from '../files/evidence';
import { Problem } from '../problem';
import { keepText } from '../kept-texts';
import { freeText, key, reason } from '../schemas';
import { evidenceInput, linkProblems, withReferences } from '../tasks/evidence';
import { enterHandover, entryParams, onBehalfOf, sendToHandover, SERVICE_PATH, serviceParams, shared } from './send';
import { readService } from './read';

/** The fields that show that an entry is met. */
async function fieldsOf(call: Pick<Call<z.output<typeof entryParams>>, 'caller' | 'params'>, deps: Deps): Promise<readonly EvidenceField[]> {
  const { service, entry } = call.params;
  const found = await readService(deps, (await enterHandover(call, deps)).handover, service);
  return found.handover.handover.entries.find((each) => each.key === entry)?.evidence ?? (Object.hasOwn(found.service.entries, entry) ? OWN_EVIDENCE : []);
}

export const entryEndpoints = [
  endpoint({
    ...shared, path: `${SERVICE_PATH}/criteria`, id: 'addCriterion', summary: 'Add an acceptance criterion to one service', params: serviceParams,
    description: 'After the sign-off too: then the votes fall.', body: z.strictObject({ title: freeText(300), owner: key.meta({ description: 'The role that sees to it.' }), dueDays: z.int().min(0).max(1000).optional(), onBehalfOf }),
    handle: (call, deps) => sendToHandover(call, deps, async () => {
      const { params: { project, service }, body: { title, owner, dueDays } } = call;
      return { type: 'add-criterion', service, criterion: { title: await keepText(deps, project, title), owner, ...(dueDays !== undefined && { dueDays }) } };
    }),
  }),
  endpoint({
    ...shared, path: `${SERVICE_PATH}/entries/{entry}/drop`, id: 'dropCriterion', summary: 'Take away a criterion of one service', params: entryParams, body: z.strictObject({ onBehalfOf }),
    handle: (call, deps) => sendToHandover(call, deps, async () => ({ type: 'drop-criterion', service: call.params.service, entry: call.params.entry })),
  }),
  endpoint({
    ...shared, path: `${SERVICE_PATH}/entries/{entry}/meet`, id: 'meetEntry', summary: 'Show that a criterion or an item of readiness is met', params: entryParams, body: z.strictObject({ evidence: evidenceInput, onBehalfOf }),
    handle: (call, deps) => sendToHandover(call, deps, async () => {
      const { params: { project, service, entry }, body: { evidence } } = call;
      const fields = await fieldsOf(call, deps);
      const problems = [...linkProblems(fields, evidence), ...await fileProblems(deps, project, fileClaims(evidence, '/evidence'))];
      if (problems.length > 0) throw new Problem('evidence-invalid', { fields: problems, facts: { entry } });
      return { type: 'meet-entry', service, entry, evidence: await withReferences(fields, evidence, (texts) => deps.keepTexts(project, texts)) };
    }),
  }),
  endpoint({
    ...shared, path: `${SERVICE_PATH}/entries/{entry}/reopen`, id: 'reopenEntry', summary: 'Say that something is not met after all', params: entryParams, body: z.strictObject({ reason, onBehalfOf }),
    handle: (call, deps) => sendToHandover(call, deps, async () => {
      const { project, service, entry } = call.params;
      return { type: 'reopen-entry', service, entry, reason: await keepText(deps, project, call.body.reason) };
    }),
  }),
  endpoint({
    ...shared, path: `${SERVICE_PATH}/entries/{entry}/waiver`, id: 'proposeWaiver', summary: 'Propose that an item of readiness does not apply', params: entryParams, body: z.strictObject({ reason, onBehalfOf }),
    handle: (call, deps) => sendToHandover(call, deps, async () => {
      const { project, service, entry } = call.params;
      return { type: 'propose-waiver', service, entry, reason: await keepText(deps, project, call.body.reason) };
    }),
  }),
  endpoint({
    ...shared, path: `${SERVICE_PATH}/entries/{entry}/waiver/answer`, id: 'answerWaiver', summary: 'Accept, or not, that an item of readiness does not apply', params: entryParams,
    description: 'Who receives the service answers, never who proposed it. A refusal needs a reason.', body: z.strictObject({ accept: z.boolean(), reason: reason.optional(), onBehalfOf }),
    handle: (call, deps) => sendToHandover(call, deps, async () => {
      const { params: { project, service, entry }, body } = call;
      return { type: 'answer-waiver', service, entry, accept: body.accept, ...(body.reason !== undefined && { reason: await keepText(deps, project, body.reason) }) };
    }),
  }),
];
