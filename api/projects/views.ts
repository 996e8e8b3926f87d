/** What the API says about projects: the schemas of answers, and their types. */
import { z } from 'zod';
import { awaitedItems } from '../tasks/views';
import { exceptionView } from '../changes/views';
import { instant, key, namedKey, namedPerson } from '../schemas';

const condition = z.strictObject({
  phase: key, task: key, status: z.string(), defect: z.string().nullable(), plan: z.string().nullable(), owner: namedKey,
  dueAt: instant.nullable(),
}).meta({ id: 'Condition', description: 'A condition under which a gate was approved; its task is done once the condition is met.' });

const adoptedGate = z.strictObject({
  source: z.string().nullable(), by: z.string().nullable(), at: instant.nullable(), note: z.string().nullable(),
}).meta({ id: 'AdoptedGate', description: 'It was passed elsewhere, before the project came here: where that is known from, and who decided, as it was told. Nobody decided here.' });

export const gateStatus = z.enum(['none', 'waiting', 'open', 'approved', 'approved-with-conditions', 'stopped', 'sent-back', 'adopted']);
export const phaseStatus = z.enum(['waiting', 'open', 'passed', 'ended', 'skipped']);

const gate = z.strictObject({
  gate: key,
  name: z.string(),
  status: gateStatus,
  round: z.int(),
  digest: z.string().nullable().meta({ description: 'Digest of the evidence that the approvers are shown.' }),
  outcome: z.string().nullable(), byPolicy: z.boolean().meta({ description: 'The policy answered for a step at least; no person did.' }),
  adopted: adoptedGate.nullable(),
  approval: z.string().nullable().meta({ description: 'Id of the approval that is open now.' }),
  criteria: z.array(z.strictObject({
    key, name: z.string(), kind: z.string(), mandatory: z.boolean(),
    met: z.boolean().nullable().meta({ description: 'null: people judge it.' }),
  }).readonly()).readonly(),
}).meta({ id: 'Gate' });

const phase = z.strictObject({
  phase: key, name: z.string(), kind: z.enum(['stage', 'iterations', 'rollout', 'handover']), after: z.array(key).readonly().meta({ description: 'Phases that it follows.' }), status: phaseStatus,
  round: z.int(), stream: z.string().nullable(), openedAt: instant.nullable(), passedAt: instant.nullable(), endedAt: instant.nullable(),
  outcome: z.string().nullable(), openTasks: z.int(), doneTasks: z.int(), gate: gate.nullable(),
  former: z.boolean().meta({ description: 'It belongs to a plan that the project moved on from.' }),
  budget: z.number().nullable().meta({ description: 'As planned, in the currency of the template; null: none was planned.' }),
  hoursSpent: z.number().nullable().meta({ description: 'Hours worked on its tasks, in all rounds; null: nobody said.' }),
  hoursRemaining: z.number().nullable().meta({ description: 'Hours that its open tasks still take, as far as somebody said; null: nobody did.' }),
}).meta({ id: 'Phase' });

const blocking = z.strictObject({
  phase: key,
  name: z.string(),
  gate: namedKey.nullable(),
  tasks: z.array(z.strictObject({
    task: key, name: z.string(), status: z.string(), role: namedKey, persons: z.array(namedPerson).readonly(), assignee: namedPerson.nullable(),
    dueAt: instant.nullable(), waitingFor: z.array(z.string()).readonly(), waitingForNames: z.array(z.string()).readonly(), waitingForItems: z.array(awaitedItems).readonly(),
    blocked: z.strictObject({ person: namedPerson, since: instant, reason: z.string().nullable() }).nullable(),
  })).readonly(),
  criteria: z.array(namedKey.extend({ kind: z.string() })).readonly(),
  votes: z.array(z.strictObject({
    approval: z.string(), step: key.nullable(), person: namedPerson,
    standIn: z.strictObject({ delegate: namedPerson, until: instant }).nullable().meta({ description: 'The person is absent: who may decide in their name, and until when.' }),
  })).readonly(),
  undecidable: z.strictObject({ approval: z.string(), step: key.nullable() }).nullable()
    .meta({ description: 'An open approval that the people who may vote can not bring to an end: its roles need other people.' }),
  conditions: z.array(condition).readonly(),
}).meta({ id: 'Blocking', description: 'What keeps a phase from its gate, or from its end.' });

export const projectStatus = z.enum(['starting', 'running', 'held', 'completed', 'stopped', 'cancelled']);
const versionRef = z.strictObject({ key, version: z.string() });
const templateRef = z.strictObject({ key, version: z.string(), name: z.string() });

export const projectView = z.strictObject({
  id: z.string(), name: z.string().nullable(), status: projectStatus, template: templateRef, program: namedKey.nullable(),
  startedAt: instant, endedAt: instant.nullable(), heldAt: instant.nullable(), reason: z.string().nullable(),
  cancelledAt: instant.nullable().meta({ description: 'It was cancelled then, and a phase of it still closes it; `reason` says why.' }),
  changing: z.strictObject({ kind: z.string(), since: instant, waitingFor: z.array(z.string()).readonly() }).nullable()
    .meta({ description: 'A change of the whole project that is not settled yet, and who has not answered.' }),
  lostChildren: z.array(z.string()).readonly(),
  migrations: z.array(z.strictObject({ revision: z.int(), at: instant, from: versionRef, to: versionRef, outcome: z.enum(['migrated', 'moved-on']) })).readonly()
    .meta({ description: 'The last moves to another version of the template. `moved-on`: something happened in the project meanwhile, and it stayed wholly on its old plan.' }),
  adoption: z.strictObject({ source: z.string().nullable(), person: namedPerson }).nullable()
    .meta({ description: 'It ran elsewhere before: where the facts come from, and who started it here with them.' }),
  exceptions: z.array(exceptionView).readonly(),
  roles: z.array(namedKey.extend({ persons: z.array(namedPerson).readonly(), body: z.boolean().meta({ description: 'Nobody is given it here: who belongs to it follows from other roles, from a group, or from the program.' }), former: z.boolean() })).readonly(),
  currency: z.string().meta({ description: 'ISO 4217 code of the currency of budgets.', example: 'EUR' }),
  phases: z.array(phase).readonly(),
  blocking: z.array(blocking).readonly(),
  conditions: z.array(condition).readonly(),
}).meta({ id: 'Project' });

export const projectItem = z.strictObject({
  id: z.string(), name: z.string().nullable(), status: projectStatus, template: templateRef, program: namedKey.nullable(), startedAt: instant, endedAt: instant.nullable(),
}).meta({ id: 'ProjectItem' });

const recordedBy = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('person'), person: z.string(), onBehalfOf: z.string().optional(), role: key.optional().meta({ description: 'The role that entitled the person.' }) }),
  z.strictObject({ kind: z.literal('system'), source: z.string() }),
]);

export const loggedEvent = z.strictObject({
  position: z.string(), stream: z.string(), seq: z.int(), type: z.string(), at: instant, commandId: z.string(),
  by: recordedBy,
  event: z.record(z.string(), z.unknown()).meta({ description: 'The event; free text stands in place of its reference, null when erased.' }),
  hash: z.string(),
}).meta({ id: 'LoggedEvent' });

export type ProjectView = z.output<typeof projectView>;
export type PhaseView = z.output<typeof phase>;
export type GateView = z.output<typeof gate>;
export type BlockingView = z.output<typeof blocking>;
export type ConditionView = z.output<typeof condition>;
