/** Other systems that tell figures: they are made here, and speak to us by signed messages. */
import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { z } from 'zod';
import { WEBHOOK_SOURCE } from '../../domain/handover/decide-figures';
import { steeringRoles } from '../../domain/permissions';
import type { Webhook } from '../../store/webhooks';
import { bodyOf, ownId } from '../commands/send';
import type { Deps } from '../deps';
import { type Call, endpoint } from '../http/endpoint';
import { toIso } from '../http/instant';
import { judgeJson } from '../http/json';
import { Rate } from '../http/rate';
import { validate } from '../http/validate';
import { readTemplate } from '../naming';
import { Problem } from '../problem';
import { freeText, idText, instant, namedPerson, phaseParams } from '../schemas';
import { figuresEntries, toEntries } from './figures-input';
import { figuresAnswer, withEntries } from './figures';
import { enterHandover, HANDOVER_PATH } from './send';
import { isSigned } from './signature';

const PATH = `${HANDOVER_PATH}/webhooks`;
const BODY_BYTES = 256 * 1024;
const DELIVERY = /^[\x21-\x7e]{1,100}$/;
/** Messages of one system. */
const PER_MINUTE = 60;
const rate = new Rate(PER_MINUTE);
/** Signs what comes to an address that is none: as much work as for one that is. */
const NO_SECRET = 'whsec_none';

const webhookView = z.strictObject({
  id: z.string(), name: z.string(), url: z.string().meta({ description: 'Where it sends to.' }), createdBy: namedPerson, createdAt: instant, usedAt: instant.nullable().meta({ description: 'When it last told something.' }), revokedAt: instant.nullable(),
}).meta({ id: 'Webhook' });
const made = webhookView.extend({ secret: z.string().nullable().meta({ description: 'What it signs with: shown this once. null: this request was carried out before.' }) }).meta({ id: 'WebhookMade' });
const webhookParams = phaseParams.extend({ webhook: idText(100).min(1) });
const message = z.strictObject({ entries: figuresEntries }).meta({ id: 'FiguresMessage' });

const viewOf = ({ id, name, createdBy, createdAt, usedAt, revokedAt }: Webhook, names: ReadonlyMap<string, string>): z.output<typeof webhookView> => ({
  id, name, url: `/api/v1/webhooks/handover/${id}`, createdBy: { id: createdBy, name: names.get(createdBy) ?? createdBy }, createdAt: toIso(createdAt), usedAt: usedAt === null ? null : toIso(usedAt), revokedAt: revokedAt === null ? null : toIso(revokedAt),
});

/** Lets in whoever steers the project. @throws Problem `not-permitted`. */
async function enterAsManager(call: Pick<Call<z.output<typeof phaseParams>>, 'caller' | 'params'>, deps: Deps) {
  const { access, handover } = await enterHandover(call, deps);
  const { managerRole } = await readTemplate(deps, access.template, access.templateVersion);
  const allowed = steeringRoles(managerRole);
  if (!allowed.some((role) => access.roles.includes(role) || (call.caller.globalRoles as readonly string[]).includes(role))) throw new Problem('not-permitted', { facts: { roles: allowed } });
  return { handover };
}

/** The body as it came, or as much of it as may be. @throws Problem `body-too-large`. */
async function readBody(stream: Readable, size: number | undefined): Promise<Buffer> {
  const tooLarge = (): Problem => new Problem('body-too-large', { facts: { megabytes: BODY_BYTES / 1_048_576 } });
  if (size !== undefined && size > BODY_BYTES) throw tooLarge();
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of stream as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > BODY_BYTES) throw tooLarge();
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new Problem('malformed-json');
  }
}

export const webhookEndpoints = [
  endpoint({
    method: 'get', path: PATH, id: 'listWebhooks', tag: 'handover', refuses: [403], summary: 'Other systems that tell figures of a handover, also those that do not any more', params: phaseParams,
    answers: { 200: { description: 'Webhooks, the latest first.', schema: z.strictObject({ items: z.array(webhookView) }).meta({ id: 'Webhooks' }) } },
    async handle(call, deps) {
      await enterAsManager(call, deps);
      const found = await deps.reads.webhooks(call.params.project, call.params.phase);
      const names = await deps.reads.names(found.map(({ createdBy }) => createdBy));
      return { body: { items: found.map((each) => viewOf(each, names)) } };
    },
  }),
  endpoint({
    method: 'post', path: PATH, id: 'createWebhook', tag: 'handover', command: true, summary: 'Let another system tell figures', params: phaseParams, body: z.strictObject({ name: freeText(100) }),
    description: 'The answer has its address and its secret, which is shown this once. By who steers the project.',
    answers: { 200: { description: 'Made, or made before.', schema: made } },
    async handle(call, deps) {
      const { handover } = await enterAsManager(call, deps);
      const { project, phase } = call.params;
      const id = `wh-${createHash('sha256').update([handover, call.caller.id, call.command.id].join('\n')).digest('base64url').slice(0, 24)}`;
      const created = await deps.reads.createWebhook({ id, project, phase, handover, name: call.body.name, createdBy: call.caller.id });
      const webhook = created?.webhook ?? (await deps.reads.webhooks(project, phase)).find((each) => each.id === id);
      if (!webhook) throw new Problem('unknown-webhook');
      return { body: { ...viewOf(webhook, await deps.reads.names([webhook.createdBy])), secret: created?.secret ?? null } };
    },
  }),
  endpoint({
    method: 'post', path: `${PATH}/{webhook}/revoke`, id: 'revokeWebhook', tag: 'handover', command: true, summary: 'Let another system tell figures no more', params: webhookParams, body: z.strictObject({}),
    answers: { 204: { description: 'Revoked, now or before.' } },
    async handle(call, deps) {
      await enterAsManager(call, deps);
      const { project, phase, webhook } = call.params;
      if (!await deps.reads.revokeWebhook(project, phase, webhook) && !(await deps.reads.webhooks(project, phase)).some(({ id }) => id === webhook)) throw new Problem('unknown-webhook');
      return { status: 204 };
    },
  }),
  endpoint({
    method: 'post', path: `${PATH}/{webhook}/rotate`, id: 'rotateWebhook', tag: 'handover', command: true, summary: 'Give a system that tells figures another secret', params: webhookParams, body: z.strictObject({}),
    description: 'What is signed with the one before is refused from then on.', answers: { 200: { description: 'With its secret, shown this once.', schema: made } },
    async handle(call, deps) {
      await enterAsManager(call, deps);
      const { project, phase, webhook: id } = call.params;
      const secret = await deps.reads.rotateWebhook(project, phase, id, createHash('sha256').update([call.caller.id, call.command.id].join('\n')).digest('base64url'));
      const webhook = (await deps.reads.webhooks(project, phase)).find((each) => each.id === id && each.revokedAt === null);
      if (!webhook) throw new Problem('unknown-webhook');
      return { body: { ...viewOf(webhook, await deps.reads.names([webhook.createdBy])), secret } };
    },
  }),
  endpoint({
    method: 'post', path: '/webhooks/handover/{webhook}', id: 'tellFigures', tag: 'handover', open: true, upload: true, summary: 'Tell figures by a signed message', params: z.object({ webhook: idText(100).min(1) }),
    description: 'JSON, `{ "entries": […] }` as `POST …/handover/figures` takes them, of 256 KiB at most. `Sluis-Timestamp`: seconds since 1970, at most five minutes from our clock. `Sluis-Delivery`: the number of the message, '
      + 'the same for each attempt. `Sluis-Signature`: `v1=` and the HMAC-SHA-256, in hex, of `TIMESTAMP.DELIVERY.BODY` under the secret. A message that comes again is answered as before and changes nothing.',
    answers: { 200: { description: 'Carried out, with an answer for each day.', schema: figuresAnswer }, 202: { description: 'Accepted; send it again to read the answer.', schema: z.strictObject({ pending: z.literal(true) }) } },
    async handle(call, deps) {
      const { upload, params: { webhook: id } } = call;
      if (!upload) throw new Problem('internal-error');
      if (!/^application\/json\b/i.test(upload.type)) throw new Problem('unsupported-media-type');
      const body = await readBody(upload.stream, upload.size);
      const [timestamp, delivery, signature] = ['Sluis-Timestamp', 'Sluis-Delivery', 'Sluis-Signature'].map((name) => call.header(name) ?? '') as [string, string, string];
      const found = await deps.reads.webhook(id);
      const now = Date.now();
      // Whether there is no such address, or the message is too old, or not signed right: nobody learns which.
      if (!isSigned(found?.secret ?? NO_SECRET, { timestamp, delivery, signature, body }, now) || !found || !DELIVERY.test(delivery)) throw new Problem('signature-invalid');
      const wait = rate.take(id, now);
      if (wait > 0) throw new Problem('too-many-requests', { headers: { 'Retry-After': String(wait) } });
      const json = parse(body);
      judgeJson(json);
      const { entries } = validate(message, json) as z.output<typeof message>;
      const outcome = await deps.gateway.send({
        stream: found.webhook.handover, id: ownId('delivery', id, delivery), hash: createHash('sha256').update(body).digest('hex'), authority: { kind: 'system', source: `${WEBHOOK_SOURCE}${id}` }, signal: call.signal,
        command: async () => ({ type: 'record-figures', source: 'webhook', entries: toEntries(entries) }),
      });
      await deps.reads.noteWebhookUse(id);
      if (outcome.pending) return { status: 202, body: { pending: true } };
      return withEntries({ body: bodyOf(outcome) }, entries, deps, call.language);
    },
  }),
];
