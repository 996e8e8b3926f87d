/** What the API says about approvals. */
import { z } from 'zod';
import { OUTCOMES } from '../../domain/plan';
import type { ChangeState } from '../../domain/change/types';
import type { ApprovalRow, ArticleRow, HandoverRow, NextRung, ServiceRow, StageRow, TaskRow } from '../../domain/rows';
import { nameOf, serviceView, serviceViewOf } from '../handover/views';
import { SIGN_OFF_WORD } from '../texts/notices';
import { changeView, changeViewOf } from '../changes/views';
import { toIso } from '../http/instant';
import type { Names } from '../names';
import { instant, key, namedKey, namedPerson } from '../schemas';
import { taskView, taskViewOf } from '../tasks/views';

const outcome = z.enum(OUTCOMES);

const vote = z.strictObject({
  person: namedPerson, castBy: namedPerson.nullable().meta({ description: 'Who gave it in the name of the person, who was absent.' }), step: namedKey, outcome: z.enum([...OUTCOMES, 'abstain']), at: instant, reason: z.string().nullable(),
  conditions: z.array(z.strictObject({ defect: z.string().nullable(), plan: z.string().nullable(), owner: namedKey, dueDays: z.int() })),
  rework: z.array(namedKey), reworkPhases: z.array(namedKey),
  raisedTo: namedKey.nullable().meta({ description: 'The role to which the step was raised: this vote decides on it alone.' }),
});

const rungBase = {
  do: z.enum(['remind', 'add-approver', 'move-to-deputy', 'raise', 'decide']), to: namedKey.nullable(), outcome: outcome.nullable(),
};
const ladder = z.strictObject({
  reached: z.array(z.strictObject({
    ...rungBase, at: instant, steps: z.array(namedKey),
    heldBack: z.enum(['votes-against', 'separation-of-duties']).nullable().meta({ description: 'Why the policy did not answer.' }),
  })),
  next: z.strictObject({ ...rungBase, at: instant, provisional: z.boolean() }).nullable().meta({ description: 'What happens by itself unless somebody decides.' }),
  raisedTo: z.array(namedKey).meta({ description: 'Whoever holds one of these roles may decide on the open step alone.' }),
}).meta({ id: 'Ladder' });

export const approvalItem = z.strictObject({
  id: z.string(), project: z.string(), projectName: z.string().nullable(),
  phase: key.nullable().meta({ description: 'null for a change of the plan, as are the gate and their names. A sign-off of a service has no gate, and a name for what it is.' }), phaseName: z.string().nullable(),
  gate: key.nullable(), gateName: z.string().nullable(),
  change: z.strictObject({ id: z.string(), title: z.string().nullable() }).nullable().meta({ description: 'The change of the plan that it asks about.' }),
  service: z.strictObject({ key, name: z.string().nullable() }).nullable().meta({ description: 'The service that it signs off; then there is no gate.' }),
  round: z.int(), status: z.string(), digest: z.string(), step: namedKey.nullable(), openedAt: instant, endedAt: instant.nullable(),
  outcome: outcome.nullable(),
  byPolicy: z.boolean().meta({ description: 'The policy answered for a step at least; no person did.' }),
  dueAt: instant.nullable().meta({ description: 'Until when the open step is to be decided.' }),
  dueIsProvisional: z.boolean().meta({ description: 'The due date falls in a year whose replacement days are not announced yet.' }),
  onBehalfOf: z.array(namedPerson).meta({ description: 'In whose name you may decide on it.' }),
}).meta({ id: 'ApprovalItem' });

export const approvalView = approvalItem.extend({
  criteria: z.array(namedKey.extend({ kind: z.string(), mandatory: z.boolean(), met: z.boolean().nullable() })),
  evidence: z.array(taskView).meta({ description: 'The tasks of the phase with what they delivered; the digest covers it.' }),
  handedOver: serviceView.nullable().meta({ description: 'The service that it signs off, which the digest covers.' }),
  asked: changeView.nullable().meta({ description: 'The change of the plan, which the digest covers.' }),
  evidenceIsCurrent: z.boolean().meta({ description: 'Whether the phase still shows the evidence that this approval asks about.' }),
  electorate: z.array(z.strictObject({ step: namedKey, persons: z.array(namedPerson) })),
  waitingFor: z.array(namedPerson),
  absences: z.array(z.strictObject({ person: namedPerson, delegate: namedPerson, until: instant })).meta({ description: 'Who is absent, and who may decide in their name until then.' }),
  unreachable: z.array(namedKey).meta({ description: 'Steps that the people who may vote can not bring to an end: too few of them, or too few that are left.' }),
  votes: z.array(vote),
  ladder: ladder.nullable().meta({ description: 'What happens by itself while people do not decide; null where the policy has no ladder.' }),
}).meta({ id: 'Approval' });

type Row = ApprovalRow & { readonly id: string };
export type ApprovalItem = z.output<typeof approvalItem>;

const stepOf = (row: ApprovalRow, step: string, names: Names) =>
  ({ key: step, name: names.at(row.service !== undefined ? `sign-off:${row.phase}/${step}` : row.level === undefined ? `step:${row.phase}/${step}` : `level-step:${row.level}/${step}`) ?? step });

/** In whose name somebody may still decide on an approval. */
export const absentFor = ({ deputies = {}, waitingFor, delegates = [] }: ApprovalRow, person: string): string[] =>
  (delegates.includes(person) ? waitingFor.filter((absent) => deputies[absent]?.person === person) : []);

/** An approval in a list. */
export function approvalItemOf(row: Row, projectName: string | null, names: Names, viewer: string): ApprovalItem {
  return {
    id: row.id, project: row.project, projectName,
    service: row.service === undefined ? null : { key: row.service, name: row.title ? names.text(row.title) : null },
    ...(row.service !== undefined
      ? { phase: row.phase, phaseName: names.phase(row.phase), gate: null, gateName: `${SIGN_OFF_WORD[names.language]} ${(row.title && names.text(row.title)) ?? row.service}`, change: null } : row.change === undefined
      ? { phase: row.phase, phaseName: names.phase(row.phase), gate: row.gate, gateName: names.at(`gate:${row.gate}`) ?? row.gate, change: null }
      : { phase: null, phaseName: null, gate: null, gateName: null, change: { id: row.change, title: row.title ? names.text(row.title) : null } }),
    round: row.round, status: row.status, digest: row.digest,
    step: row.step === null ? null : stepOf(row, row.step, names), openedAt: toIso(row.openedAt), endedAt: toIso(row.endedAt), outcome: row.outcome,
    byPolicy: row.byPolicy ?? false, dueAt: toIso(row.dueAt ?? null), dueIsProvisional: row.dueIsProvisional ?? false,
    onBehalfOf: absentFor(row, viewer).map((person) => names.person(person)),
  };
}

/** The service that an approval signs off. */
export interface SignedService {
  readonly handover: HandoverRow;
  readonly service: ServiceRow;
  readonly articles: readonly ArticleRow[];
}

/** An approval with all that its people decide on. */
export function approvalViewOf(
  row: Row, stage: StageRow | undefined, tasks: readonly TaskRow[], projectName: string | null, names: Names, viewer: string, change?: ChangeState, signed?: SignedService,
): z.output<typeof approvalView> {
  const service = signed && serviceViewOf(signed.handover, signed.service, signed.articles, names);
  return {
    ...approvalItemOf(row, projectName, names, viewer),
    criteria: service ? service.entries.map(({ key: entry, name, kind, mandatory, status }) => ({ key: entry, name, kind, mandatory, met: status === 'met' || status === 'waived' }))
      : (stage?.criteria ?? []).map((each) => ({ ...each, name: names.at(`criterion:${row.phase}/${each.key}`) ?? each.key })),
    evidence: tasks.filter((task) => task.condition === null).map((task) => taskViewOf(task, names)),
    handedOver: service ?? null,
    asked: change ? changeViewOf(row.project, change, names) : null,
    evidenceIsCurrent: signed ? signed.service.signOff.digest === row.digest && signed.service.signOff.round === row.round : change ? change.digest === row.digest && change.round === row.round : stage?.gateDigest === row.digest && stage.gateRound === row.round,
    electorate: Object.entries(row.electorate).map(([step, persons]) =>
      ({ step: stepOf(row, step, names), persons: persons.map((person) => names.person(person)) })),
    waitingFor: row.waitingFor.map((person) => names.person(person)),
    absences: Object.entries(row.deputies ?? {}).map(([person, deputy]) => ({ person: names.person(person), delegate: names.person(deputy.person), until: toIso(deputy.until) })),
    unreachable: (row.unreachable ?? []).map((step) => stepOf(row, step, names)),
    votes: row.votes.map((each) => ({
      person: names.person(each.person), castBy: each.castBy === undefined ? null : names.person(each.castBy),
      step: stepOf(row, each.step, names), outcome: each.outcome, at: toIso(each.at), reason: each.reason ? names.text(each.reason) : null,
      conditions: each.conditions.map(({ defect, plan, owner, dueDays }) =>
        ({ defect: names.text(defect), plan: names.text(plan), owner: names.role(owner), dueDays })),
      rework: each.rework.map((task) => (signed ? nameOf(signed.service, task, names) : { key: task, name: names.task(row.phase, task, null, row.project) })),
      reworkPhases: (each.reworkPhases ?? []).map((phase) => ({ key: phase, name: names.phase(phase) })),
      raisedTo: each.raisedTo === undefined ? null : names.role(each.raisedTo),
    })),
    ladder: ladderView(row, names),
  };
}

function ladderView(row: ApprovalRow, names: Names): z.output<typeof ladder> | null {
  const { climbed, nextRung, raisedTo = [] } = row;
  if (!climbed) return null;
  const deed = (rung: Pick<NextRung, 'do' | 'to' | 'outcome'>) =>
    ({ do: rung.do, to: rung.to === undefined ? null : names.role(rung.to), outcome: rung.outcome ?? null });
  return {
    reached: climbed.map((rung) => ({ ...deed(rung), at: toIso(rung.at), steps: rung.steps.map((step) => stepOf(row, step, names)), heldBack: rung.heldBack ?? null })),
    next: nextRung ? { ...deed(nextRung), at: toIso(nextRung.at), provisional: nextRung.isProvisional ?? false } : null,
    raisedTo: raisedTo.map((role) => names.role(role)),
  };
}

/** The persons an approval names. */
export const personsInApproval = (row: ApprovalRow): string[] => [
  ...Object.values(row.electorate).flat(), ...row.waitingFor, ...row.votes.flatMap((each) => [each.person, each.castBy ?? each.person]),
  ...Object.entries(row.deputies ?? {}).flatMap(([person, deputy]) => [person, deputy.person]),
];
