/** The shapes that an authored template is made of; what they mean is judged by `compile`. */
import { z } from 'zod';
import { MEASURES, PRIORITIES, SPANS } from '../../handover/early-life-types';
import { DEFAULT_OUTCOMES, OUTCOMES, REACHED, READINESS_AREAS, SEPARATED, SESSION_KINDS, SPRINT_DAYS } from '../../plan';

/** Texts may be broken over lines; other control characters (NUL above all, which PostgreSQL refuses) and halves of characters may not occur. */
// eslint-disable-next-line no-control-regex
const FORBIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f]|\p{Surrogate}/u;
const SEMVER = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/;
const KEY = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

const clean = (max: number) =>
  z.string().max(max).refine((value) => value.trim() !== '', { params: { code: 'too-short' }, error: 'must not be empty' })
    .refine((value) => !FORBIDDEN.test(value), { params: { code: 'control-character' }, error: 'must not contain control characters' });

/** A key becomes a property name in states and rows: what every object has already can't be one. */
const key = z.string().max(60).regex(KEY, 'must be lower-case words joined by hyphens')
  .refine((value) => value !== 'constructor', { params: { code: 'reserved-key' }, error: 'is a reserved word' });

const text = (max: number) => z.strictObject({ nl: clean(max), fr: clean(max), en: clean(max) });
const name = text(200);
const prose = text(4000);
const date = z.iso.date('must be a date such as 2027-01-31');
const someKeys = z.array(key).max(50).default([]);
/** A condition in FEEL; its names and types are judged on publication. */
const condition = clean(2000).meta({ description: 'A condition in FEEL, such as: evidence.assess.risk = "high" and parameters.budget > 50000' });
/** A number, or the parameter of the project that gives it. */
const given = <T extends z.ZodType<number>>(number: T) => z.union([number, z.strictObject({ parameter: key })]);
const days = z.int().min(0).max(1000);
const amount = z.number().min(0).max(1e12);

export const role = z.strictObject({
  key, abbreviation: clean(20), name, description: prose.optional(), members: z.array(key).max(50).optional(), chair: key.optional(),
  holders: z.enum(['one', 'many']).default('many').meta({ description: 'Whether one person alone can hold it.' }),
  inPerson: z.boolean().optional().meta({ description: 'Whoever holds it decides in person: no delegate does.' }),
});

const rasci = z.strictObject({ r: key, a: key, s: someKeys, c: someKeys, i: someKeys });

const backlogTest = {
  items: z.enum(['epic', 'story', 'task', 'bug', 'spike']).optional().meta({ description: 'Items of this kind; all when not given.' }),
  label: clean(60).optional().meta({ description: 'Items with this label, such as a release, or blocker.' }),
  accepted: z.int().min(1).max(1000).optional().meta({ description: 'So many must be done at least, besides that none is left.' }),
};

const dependency = z.union([
  key, z.strictObject({ phase: key, reaches: z.enum(['open', 'passed']) }),
  z.strictObject({ backlog: key.meta({ description: 'A phase with a backlog, other than its own.' }), ...backlogTest })
    .meta({ description: 'Until nothing of it is left to do in that backlog, or that phase is over.' }),
]);

const choices = z.array(z.strictObject({ key, name })).min(1).max(50);
const fieldBase = { key, name, required: z.boolean().default(true) };
const simpleFields = [
  z.strictObject({ ...fieldBase, type: z.enum(['document', 'link', 'text', 'date']) }),
  z.strictObject({ ...fieldBase, type: z.literal('number'), min: given(z.number()).optional(), max: given(z.number()).optional() }),
  z.strictObject({ ...fieldBase, type: z.literal('choice'), choices }),
  z.strictObject({ ...fieldBase, type: z.literal('checkbox'), mustBeChecked: z.boolean().default(true) }),
] as const;
const column = z.discriminatedUnion('type', simpleFields);
export const field = z.discriminatedUnion('type', [
  ...simpleFields,
  z.strictObject({
    ...fieldBase, type: z.literal('table'), columns: z.array(column).min(1).max(20), minRows: z.int().min(0).max(500).default(1), maxRows: z.int().min(1).max(500).default(200),
  }),
]);

export const test = z.strictObject({ task: key, field: key, is: z.array(z.union([z.boolean(), z.number(), clean(200)])).min(1).max(50) });

/** Tasks that gates set as conditions have keys of this form (`domain/stage`). */
const taskKey = key.refine((value) => !/^condition-\d+-\d+$/.test(value), { params: { code: 'reserved-key' }, error: 'is reserved for conditions' });

/** From what a due date is counted. */
const anchor = z.union([
  z.enum(['ready', 'phase']),
  z.strictObject({ task: key }), z.strictObject({ gate: key }), z.strictObject({ parameter: key }),
]);

/** Working days: at best, most likely, at worst. */
const estimate = z.tuple([z.number().min(0).max(1000), z.number().min(0).max(1000), z.number().min(0).max(1000)]);

const checklistItem = z.strictObject({
  key, name, required: z.boolean().default(true).meta({ description: 'Whether the task can be completed only once it is ticked.' }),
});

const rungTime = {
  days: given(z.int().min(-1000).max(1000)).optional().meta({ description: 'Working days; reached at the end of that day. Negative before the due date.' }),
  hours: given(z.number().min(-2000).max(2000)).optional().meta({ description: 'Working hours. Negative before the due date.' }),
};

/** Counted from the due date of the task. */
const taskRung = z.strictObject({
  ...rungTime, do: z.enum(['remind', 'raise']),
  to: key.optional().meta({ description: 'The role that is told; it may be program-manager or project-office.' }),
});

const task = z.strictObject({
  key: taskKey, name, guidance: prose.optional(), rasci, after: z.array(dependency).max(200).default([]),
  when: condition.optional(),
  estimate: estimate.optional().meta({ description: 'Working days at best, most likely and at worst.' }),
  dueDays: given(days).optional().meta({ description: 'Working days after the task became ready.' }),
  due: z.strictObject({ days: given(z.int().min(-1000).max(1000)), after: anchor }).optional(),
  ladder: z.array(taskRung).min(1).max(20).optional().meta({ description: 'What happens by itself around the due date, as long as the task is not done.' }),
  fourEyes: z.boolean().default(false), budget: given(amount).optional(),
  forEach: z.strictObject({ kind: key, where: condition.optional() }).optional(),
  produces: z.array(key).max(50).default([]), evidence: z.array(field).max(50).default([]),
  checklist: z.array(checklistItem).min(1).max(100).optional(),
});

const deliverable = z.strictObject({
  key, name, description: prose.optional(), kind: z.enum(['artefact', 'log', 'checklist', 'report', 'plan']),
});

const criterionBase = { key, name, mandatory: z.boolean().default(true) };
export const criterion = z.discriminatedUnion('kind', [
  z.strictObject({ ...criterionBase, kind: z.literal('deliverable'), deliverable: key }),
  z.strictObject({ ...criterionBase, kind: z.literal('evidence'), test }),
  z.strictObject({ ...criterionBase, kind: z.literal('condition'), condition }),
  z.strictObject({
    ...criterionBase, kind: z.literal('conditions'),
    of: z.array(key).min(1).max(100).optional().meta({ description: 'Gates of phases before; all of them when not given. The conditions under which they were approved must be met.' }),
  }),
  z.strictObject({
    ...criterionBase, kind: z.literal('backlog'), ...backlogTest,
  }).meta({ description: 'Nothing of it is left to do in the backlog of the phase.' }),
  z.strictObject({
    ...criterionBase, kind: z.literal('handover'),
    of: key.optional().meta({ description: 'The phase whose services are meant; this one when not given.' }),
    services: z.enum(REACHED).optional().meta({ description: 'How far all services must have come: signed off, or transferred (when not given).' }),
  }).meta({ description: 'There are services, and all of them have come so far.' }),
  z.strictObject({ ...criterionBase, kind: z.literal('judged') }),
]);

const step = z.strictObject({
  key, name: name.optional(), roles: z.array(key).max(50).default([]),
  groups: z.array(key).min(1).max(50).optional().meta({ description: 'Groups of the directory: whoever belongs to one decides.' }),
  persons: z.array(z.strictObject({ parameter: key })).min(1).max(50).optional().meta({ description: 'Persons, each by a parameter of the type person.' }),
  quorum: z.union([z.enum(['any', 'all', 'majority']), z.int().min(1).max(100), z.strictObject({ percent: z.int().min(1).max(100) }), z.strictObject({ parameter: key })]),
  veto: z.array(key).min(1).max(50).optional().meta({ description: 'Roles whose vote against decides by itself, where votes against are counted.' }),
  when: z.union([condition, test]).optional(),
  inPerson: z.boolean().optional().meta({ description: 'Its people decide in person: no delegate does.' }),
});

const outcome = z.enum(OUTCOMES);

const rung = z.strictObject({
  ...rungTime,
  after: z.enum(['opened', 'due']).optional().meta({ description: 'From what they are counted: the opening of the step (when not given) or its due date.' }),
  do: z.enum(['remind', 'add-approver', 'move-to-deputy', 'raise', 'decide']),
  to: key.optional().meta({ description: 'The role that is added, takes the place, or may decide alone; raise may also name program-manager or project-office.' }),
  outcome: z.enum(DEFAULT_OUTCOMES).optional().meta({ description: 'What the policy answers by itself.' }),
  step: key.optional().meta({ description: 'The one step that it concerns; all when not given.' }),
});

const approval = z.strictObject({
  steps: z.array(step).min(1).max(20), remindAfterDays: given(days.min(1)).optional(), escalateAfterDays: given(days.min(1)).optional(),
  escalateTo: key.optional(), dueDays: given(days).optional().meta({ description: 'Working days in which a step is to be decided.' }),
  ladder: z.array(rung).min(1).max(20).optional().meta({ description: 'What happens by itself while a step is not decided.' }),
  reasonRequired: z.array(outcome).max(4).default(['rework', 'stop']),
  outcomes: z.array(outcome).min(1).max(4).default([...OUTCOMES]),
  order: z.enum(['sequence', 'parallel']).optional().meta({ description: 'Whether the steps are open one after another (when not given) or all at once.' }),
  against: z.enum(['decides', 'counts']).optional().meta({ description: 'Whether a vote against decides by itself (when not given), or is counted.' }),
  abstention: z.boolean().optional().meta({ description: 'Voters may abstain.' }),
  inPerson: z.boolean().optional().meta({ description: 'Everybody decides in person: no delegate does.' }),
  notBy: z.array(z.enum(SEPARATED)).min(1).max(2).optional().meta({ description: 'Who else does not decide: who asked for it (started the project; asked for the change), or the line managers of those who delivered evidence.' }),
  separationOfDuties: z.boolean().default(false).meta({ description: 'Who delivered evidence of the phase does not decide on it.' }),
});

const gate = z.strictObject({
  key, name, criteria: z.array(criterion).max(100).default([]), approval,
  onStop: key.optional().meta({ description: 'Phase that opens when the gate answers stop; none: the project ends.' }),
  onRework: z.array(key).min(1).max(50).optional().meta({ description: 'Earlier phases that the approvers may send the project back to.' }),
});

const changeLevel = z.strictObject({
  key, name,
  upTo: z.strictObject({ days: z.number().min(0).max(1000).optional(), cost: amount.optional() }).optional()
    .meta({ description: 'Working days and money up to which it decides; left out: on all that is larger.' }),
  approval,
});

const changeControl = z.strictObject({
  tolerance: z.strictObject({
    days: z.number().min(0).max(1000).optional(), cost: amount.optional(), tasks: z.int().min(0).max(1000).optional(),
  }).optional().meta({ description: 'How far from the baseline the project manager may plan anew without asking: working days, money, tasks that come or go.' }),
  exceptionsTo: key.optional().meta({ description: 'The role that is told when the project leaves its tolerance.' }),
  levels: z.array(changeLevel).min(1).max(10).meta({ description: 'Who decides on changes by their size, the smallest first.' }),
});

const entry = z.strictObject({ key, name });
const eventHours = z.number().min(0.25).max(8).optional();
const team = z.strictObject({
  key, name, roles: z.array(key).min(1).max(20).meta({ description: 'Who holds one of these roles belongs to the team.' }),
  sprintDays: given(z.int().min(1).max(SPRINT_DAYS)).optional().meta({ description: 'Working days of a sprint; left out: the team works in flow, without sprints.' }),
  next: z.enum(['by-itself', 'by-hand']).optional().meta({ description: 'Whether the next sprint starts when one is over, or when somebody starts it (when not given).' }),
  leftovers: z.enum(['next', 'backlog']).optional().meta({ description: 'Where items go that a sprint did not finish: the next sprint, or the backlog (when not given).' }),
  events: z.strictObject({ planning: eventHours, daily: eventHours, review: eventHours, retrospective: eventHours }).optional()
    .meta({ description: 'Hours of the events of a sprint; what is not given may take as long as the Scrum Guide has it for a sprint of that length.' }),
});
const iterations = z.strictObject({
  productOwner: key, facilitator: key.optional().meta({ description: 'The role that sees to it that teams can work, such as a Scrum Master.' }),
  unit: z.enum(['points', 'hours']).optional().meta({ description: 'In what items are estimated; points when not given.' }),
  columns: z.array(entry.extend({ limit: z.int().min(1).max(1000).optional().meta({ description: 'Items at most at once, per team.' }) })).min(2).max(12)
    .meta({ description: 'Columns of the boards; what comes into the last one is delivered.' }),
  ready: z.array(entry).max(30).optional().meta({ description: 'Definition of Ready: what an item needs before a team takes it on.' }),
  done: z.array(entry).max(30).optional().meta({ description: 'Definition of Done: what an item needs before it is delivered.' }),
  teams: z.array(team).min(1).max(20),
  pulse: z.array(entry).max(10).optional().meta({ description: 'What teams are asked, anonymously, about a sprint that is over: statements, answered from 1 (not at all) to 5 (entirely). Four of our own when not given; none when empty.' }),
  needs: z.array(z.strictObject({
    phase: key, deliverable: key, label: clean(60).optional().meta({ description: 'All items with this label wait for it; items can name it themselves, too.' }),
  })).min(1).max(50).optional().meta({ description: 'Deliverables of other phases for which items can wait: until they are there, no sprint takes them on.' }),
  scopeControl: z.strictObject({
    tolerance: given(z.number().min(0).max(1000)).optional().meta({ description: 'Percent of what stood in the backlog when the first sprint started by which it may grow; without a bound when not given.' }),
    goal: z.boolean().optional().meta({ description: 'Whether another Product Goal takes a change of the plan.' }),
    label: clean(60).optional().meta({ description: 'Items with this label are dropped by a change of the plan alone.' }),
  }).optional().meta({ description: 'How far the backlog is the Product Owner\'s; beyond that, a change of the plan decides. Left out: all of it.' }),
});

/** Entries a service has of its own, sessions and conditions have keys of this form (`domain/handover`). */
const entryKey = key.refine((value) => !/^(own|session|condition)(-\d+)+$/.test(value), { params: { code: 'reserved-key' }, error: 'is reserved' });
const handoverEntry = {
  key: entryKey, name, guidance: prose.optional(), owner: key.meta({ description: 'The role that sees to it.' }),
  dueDays: given(days).optional().meta({ description: 'Working days after the service was added.' }), mandatory: z.boolean().default(true), evidence: z.array(field).min(1).max(20),
};
const exitCriterion = z.discriminatedUnion('kind', [
  z.strictObject({
    key, name, kind: z.literal('figures'), measure: z.enum(MEASURES),
    priorities: z.array(z.enum(PRIORITIES)).min(1).max(4).optional().meta({ description: 'Of incidents: the priorities that count; all when not given.' }),
    over: z.enum(SPANS).meta({ description: 'On each day, all days together, or on the last day.' }),
    last: given(z.int().min(1).max(400)).optional().meta({ description: 'Only so many last days of the period count.' }),
    limit: given(z.number().min(0).max(1e6)).meta({ description: 'A service level has to reach it; of everything else there may be no more than it.' }),
  }),
  z.strictObject({ key, name, kind: z.literal('training') }).meta({ description: 'All knowledge has been passed on, as those who receive it say.' }),
]);
const earlyLife = z.strictObject({
  days: given(z.int().min(1).max(400)), count: z.enum(['working', 'calendar']).default('working').meta({ description: 'Which days count: those on which people work, or all.' }),
  extension: z.strictObject({ days: given(z.int().min(1).max(120)), times: z.int().min(1).max(12).default(1) }).optional()
    .meta({ description: 'What is not met when the period is over lengthens it by so many days, and so often at most.' }),
  acceptanceDays: given(z.int().min(1).max(250)).default(20).meta({ description: 'For so many working days at most what is not met may be accepted.' }),
  criteria: z.array(exitCriterion).min(1).max(30).meta({ description: 'What has to be so for early-life support to end.' }),
});
const handover = z.strictObject({
  delivering: z.array(key).min(1).max(20).meta({ description: 'Roles of those who hand over: who holds one neither accepts nor signs.' }),
  serviceOwner: key.meta({ description: 'The role of those who answer for services.' }),
  teams: z.array(z.strictObject({ key, name, roles: z.array(key).min(1).max(20) })).min(1).max(20).meta({ description: 'Teams that receive services: who holds one of the roles belongs to it.' }),
  criteria: z.array(z.strictObject(handoverEntry)).max(100).default([]).meta({ description: 'Acceptance criteria of each service.' }),
  readiness: z.array(z.strictObject({ ...handoverEntry, area: z.enum(READINESS_AREAS) })).max(100).default([])
    .meta({ description: 'Operational readiness of each service; what does not apply is left out with a reason that who receives it accepts.' }),
  knowledge: z.array(z.strictObject({ key: entryKey, name, kind: z.enum(SESSION_KINDS).default('session') })).max(50).default([]).meta({ description: 'What knowledge is passed on about each service.' }),
  signOff: approval.meta({ description: 'Who signs a service off.' }),
  earlyLife: earlyLife.optional().meta({ description: 'Those who hand over stay for a while once a service is signed off.' }),
});

const phase = z.strictObject({
  key, name, description: prose.optional(), kind: z.enum(['stage', 'iterations', 'rollout', 'handover']), after: someKeys, when: condition.optional(),
  drivenBy: key.optional(), budget: given(amount).optional(),
  deliverables: z.array(deliverable).max(200).default([]), tasks: z.array(task).min(1).max(10_000), gate: gate.optional(),
  iterations: iterations.optional().meta({ description: 'Teams work on a backlog in this phase, beside its tasks.' }),
  handover: handover.optional().meta({ description: 'Services are handed over to operations in this phase, beside its tasks.' }),
});

const parameterBase = { key, name, description: prose.optional(), required: z.boolean().default(true) };
export const parameter = z.discriminatedUnion('type', [
  z.strictObject({ ...parameterBase, type: z.literal('number'), min: z.number().optional(), max: z.number().optional(), default: z.number().optional() }),
  z.strictObject({ ...parameterBase, type: z.literal('choice'), choices, default: key.optional() }),
  z.strictObject({ ...parameterBase, type: z.literal('checkbox'), default: z.boolean().optional() }),
  z.strictObject({ ...parameterBase, type: z.literal('date'), default: date.optional() }),
  // A template is exchanged between organisations: it names no person by itself.
  z.strictObject({ ...parameterBase, type: z.literal('person') }),
]);

const attribute = z.strictObject({ key, name, type: z.enum(['text', 'number', 'choice', 'checkbox', 'date']), required: z.boolean().default(false), choices: choices.optional() });
const itemKind = z.strictObject({ kind: key, name, attributes: z.array(attribute).max(50).default([]) });

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 08:30');
const period = z.strictObject({ from: date, to: date, name: name.optional() });
/** The calendar to start from, and what is different in it. */
const calendar = z.union([key, z.strictObject({
  extends: key.default('be'),
  closures: z.array(z.union([date, period])).max(400).default([]), replacementDays: z.array(date).max(100).default([]),
  hours: z.strictObject({ from: time, to: time }).optional(), timeZone: clean(60).optional(),
  weekdays: z.array(z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'])).min(1).max(7).optional(),
  freezes: z.array(period.extend({ key })).max(100).default([]),
})]);

export const templateSchema = z.strictObject({
  schema: z.literal(1), key, version: z.string().max(60).regex(SEMVER, 'must be a semantic version such as 1.0.0'),
  name, description: prose, calendar: calendar.default('be'), currency: z.string().regex(/^[A-Z]{3}$/, 'must be a currency such as EUR').default('EUR'),
  managerRole: key, roles: z.array(role).min(1).max(200),
  separation: z.array(z.array(key).min(2).max(20)).max(100).default([]).meta({ description: 'Roles of which nobody may hold two.' }),
  parameters: z.array(parameter).max(100).default([]), inventory: z.array(itemKind).max(50).default([]),
  phases: z.array(phase).min(1).max(100),
  onCancel: key.optional().meta({ description: 'Phase that runs when the project is cancelled before it has begun; none: the project ends at once.' }),
  changeControl: changeControl.optional().meta({ description: 'How the plan of a running project may be changed.' }),
});
