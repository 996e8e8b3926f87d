import { z } from 'zod';
import type { TextRef } from '../../domain/evidence-types';
import { OUTCOMES } from '../../domain/plan';
import { authorityOf, commandAnswers, send } from '../commands/send';
import { kindOf, projectOf, stageOf } from '../commands/stream';
import type { Deps } from '../deps';
import { decodeCursor } from '../http/cursor';
import { endpoint, type Call } from '../http/endpoint';
import { pageOf } from '../http/page';
import { namesForItems, namingFor, readNames } from '../naming';
import { Problem } from '../problem';
import type { ProjectAccess } from '../reads';
import { asOf, freeText, idText, key, listOf, page, personId, reason } from '../schemas';
import { itemsIn, personsIn } from '../tasks/views';
import { differenceView, readDifference } from './difference';
import { itemsIn as itemsOf, peopleIn } from '../handover/views';
import type { ProjectRows } from '../projects/rows';
import { absentFor, approvalItem, approvalItemOf, approvalView, approvalViewOf, personsInApproval, type SignedService } from './views';

const params = z.object({ approval: idText(500).meta({ description: 'Id of the approval, URL-encoded.' }) });

const condition = z.strictObject({
  defect: freeText(4000), plan: freeText(4000), owner: key.meta({ description: 'Role that sees to it.' }), dueDays: z.int().min(0).max(500),
});

const body = z.strictObject({
  outcome: z.enum([...OUTCOMES, 'abstain']),
  digest: z.string().min(1).max(100).meta({ description: 'Digest of the evidence you looked at, as the approval gives it.' }),
  reason: reason.optional(),
  conditions: z.array(condition).max(50).optional(),
  onBehalfOf: personId.optional().meta({ description: 'Whose vote it is, when you stand in for somebody who is absent.' }),
  rework: z.array(key).max(200).optional().meta({ description: 'Keys of the tasks to do again.' }),
  reworkPhases: z.array(key).max(50).optional().meta({ description: 'Keys of earlier phases to do again, of those that the gate allows.' }),
});
type Decision = z.output<typeof body>;

/** The project of an approval that the caller may see. */
async function enter(call: Call<z.output<typeof params>>, deps: Deps): Promise<ProjectAccess & { readonly project: string }> {
  const { approval } = call.params;
  const project = projectOf(approval);
  if (project === undefined || kindOf(approval) !== 'approval') throw new Problem('unknown-approval');
  try {
    return { ...await deps.enter(call.caller, project), project };
  } catch (error) {
    if (error instanceof Problem && error.code === 'unknown-project') throw new Problem('unknown-approval');
    throw error;
  }
}

/** A service as it stood at a moment in the past. */
function signedIn({ handovers, services }: ProjectRows, handover: string, key: string): SignedService | undefined {
  const plan = handovers.find(({ id }) => id === handover);
  const service = services.find((each) => each.handover === handover && each.service === key);
  return plan && service && { handover: plan, service, articles: [] };
}

/** The command, its texts kept. */
async function toCommand(deps: Deps, project: string, { outcome, digest, reason: why, conditions, rework, reworkPhases }: Decision) {
  const texts = [...(why === undefined ? [] : [why]), ...(conditions ?? []).flatMap(({ defect, plan }) => [defect, plan])];
  const refs = [...(texts.length > 0 ? await deps.keepTexts(project, texts) : [])];
  const next = (): TextRef => refs.shift() as TextRef;
  return {
    type: 'decide', outcome, digest,
    ...(why !== undefined && { reason: next() }),
    ...(conditions && { conditions: conditions.map(({ owner, dueDays }) => ({ defect: next(), plan: next(), owner, dueDays })) }),
    // Named twice, a task is still done again once.
    ...(rework && { rework: [...new Set(rework)] }),
    ...(reworkPhases && { reworkPhases: [...new Set(reworkPhases)] }),
  };
}

/** Who looked at evidence that has changed since is told what is different, with the refusal. */
async function withDifference(call: Call<z.output<typeof params>, unknown, Decision>, deps: Deps, access: ProjectAccess & { readonly project: string }, error: unknown): Promise<unknown> {
  if (!(error instanceof Problem) || (error.code !== 'evidence-changed' && error.code !== 'approval-closed')) return error;
  const difference = await readDifference(deps, access, call.params.approval, call.body.digest, call.language).catch(() => null);
  if (!difference?.known || difference.changes.length === 0) return error;
  return new Problem(error.code, { ...error.options, extensions: { difference } });
}

export const approvalEndpoints = [
  endpoint({
    method: 'get', path: '/approvals', id: 'listMyApprovals', shared: true, tag: 'approvals', summary: 'Open approvals that wait for my decision, the oldest first', description: 'Also those in which I decide in the name of somebody who is absent.',
    query: z.strictObject({ mine: z.literal('true').optional(), ...page }),
    answers: { 200: { description: 'Approvals.', schema: listOf(approvalItem).meta({ id: 'MyApprovals' }) } },
    async handle({ query, caller, language }, deps) {
      const [openedAt, id] = decodeCursor(query.cursor, ['instant', 'string']) ?? [];
      const found = await deps.reads.myApprovals(caller.id, { limit: query.limit + 1, ...(id !== undefined && openedAt !== undefined && { after: { openedAt, id } }) });
      const { items, nextCursor } = pageOf(found, query.limit, ({ row }) => [row.openedAt, row.id]);
      const names = await namesForItems(deps, items, language, items.flatMap(({ row }) => absentFor(row, caller.id)));
      return { body: { items: items.map((item) => approvalItemOf(item.row, names(item).text({ text: item.nameRef }), names(item), caller.id)), nextCursor } };
    },
  }),
  endpoint({
    method: 'get', path: '/approvals/{approval}', id: 'getApproval', tag: 'approvals', summary: 'An approval with its criteria, evidence and votes',
    params, query: z.strictObject({ asOf }), answers: { 200: { description: 'The approval.', schema: approvalView } },
    async handle(call, deps) {
      const access = await enter(call, deps);
      const stream = call.params.approval;
      const stageId = stageOf(stream);
      const { asOf: at } = call.query;
      const rows = at === undefined ? await deps.reads.projectRows(access.project) : await deps.reads.projectRowsAsOf(access.project, at);
      const row = rows?.approvals.find(({ id }) => id === stream);
      if (!rows || !row) throw new Problem('unknown-approval');
      const stage = rows.stages.find(({ id }) => id === stageId);
      const tasks = rows.tasks.filter((task) => task.stage === stageId);
      const change = rows.project.changes?.find(({ id }) => id === row.change);
      const signed = row.service === undefined ? undefined : at === undefined ? await deps.reads.service(stageId, row.service) : signedIn(rows, stageId, row.service);
      const persons = [...personsInApproval(row), ...personsIn(tasks), ...(change ? [change.requestedBy] : []), ...(signed ? peopleIn([signed.service]) : [])];
      const names = await readNames(deps, access, call.language, [row, tasks, change, rows.project.name, signed], persons, [...itemsIn(tasks), ...(signed ? itemsOf([signed.service]) : [])]);
      return { body: approvalViewOf(row, stage, tasks, names.text(rows.project.name), names, call.caller.id, change, signed ?? undefined) };
    },
  }),
  endpoint({
    method: 'get', path: '/approvals/{approval}/difference', id: 'getApprovalDifference', tag: 'approvals',
    summary: 'What changed in the evidence since I looked at it',
    params, query: z.strictObject({ from: z.string().min(1).max(100).optional().meta({ description: 'Digest of what you looked at; what this approval asks about when not given.' }) }),
    answers: { 200: { description: 'The changes, one by one; none when it is the same.', schema: differenceView } },
    async handle(call, deps) {
      const access = await enter(call, deps);
      const { approval } = call.params;
      const from = call.query.from ?? (await deps.reads.approval(approval))?.row.digest;
      const difference = from === undefined ? null : await readDifference(deps, access, approval, from, call.language);
      if (!difference) throw new Problem('unknown-approval');
      return { body: difference };
    },
  }),
  endpoint({
    method: 'post', path: '/approvals/{approval}/decide', id: 'decideApproval', tag: 'approvals', command: true, summary: 'Decide on an approval',
    params, body, answers: commandAnswers,
    async handle(call, deps) {
      const access = await enter(call, deps);
      const phase = /\/phase\/([^/]+)\//.exec(call.params.approval)?.[1];
      call.name(await namingFor(deps, access, call.language, { phase }));
      try {
        return await send(call, deps, access, call.params.approval, () => toCommand(deps, access.project, call.body), authorityOf(call, access, call.body.onBehalfOf));
      } catch (error) {
        throw await withDifference(call, deps, access, error);
      }
    },
  }),
];
