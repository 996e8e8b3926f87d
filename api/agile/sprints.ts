import { z } from 'zod';
import { sprintStream } from '../../domain/backlog/streams';
import { SPRINT_EVENTS } from '../../domain/plan';
import type { Recorded, StreamId } from '../../domain/process';
import type { SprintRow } from '../../domain/rows';
import { capacityAhead, figuresOf } from '../../domain/sprint/figures';
import { NOTE_KINDS, type Recognition, RECOGNITION_KINDS, type SprintEvent, type SprintInput } from '../../domain/sprint/types';
import type { Deps } from '../deps';
import { type Call, endpoint } from '../http/endpoint';
import { toIso } from '../http/instant';
import { readNames } from '../naming';
import { Problem } from '../problem';
import { keepText } from '../kept-texts';
import { freeText, idText, instant, key, moment, namedPerson, personId, phaseParams, reason } from '../schemas';
import { itemNumbers, ownerInput } from './input';
import { cardParams, enterBacklog, sendToBacklog, sendToSprint, shared, SPRINT_PATH, sprintParams } from './send';
import { peopleIn, sprintListItem, sprintListItemOf, sprintView, sprintViewOf, tally } from './views';

const CARD_PATH = `${SPRINT_PATH}/cards/{item}`;
const SPRINTS_AT_MOST = 500;
const ticks = z.array(key).min(1).max(30).optional();
const place = z.string().regex(/^[1-9]\d{0,3}$/);

const recognitionParams = sprintParams.extend({ recognition: place });

/** The recognition that a request names, withdrawn or not; undefined when there is none. */
async function findRecognition(call: Pick<Call<z.output<typeof recognitionParams>>, 'caller' | 'params'>, deps: Deps): Promise<Recognition | undefined> {
  const { backlog } = await enterBacklog(call, deps);
  const { team, number, recognition } = call.params;
  return (await deps.reads.sprint(sprintStream(backlog, team, Number(number))))?.sprint.recognitions?.[Number(recognition) - 1];
}

/** A sprint that is planned with the capacity that it will have: from now on, or when the one before it is over. */
async function withCapacityAhead(deps: Deps, backlog: StreamId, sprint: SprintRow): Promise<SprintRow> {
  if (sprint.status !== 'planning' || sprint.days === null) return sprint;
  const [history, before] = await Promise.all([
    deps.reads.history(sprintStream(backlog, sprint.team, sprint.number), 'sprint'), sprint.free ? null : deps.reads.sprint(sprintStream(backlog, sprint.team, sprint.number - 1)),
  ]);
  const from = Math.max(Date.now(), (before?.sprint.endsAt ?? 0) + 1);
  return history ? { ...sprint, capacity: capacityAhead(history.input as SprintInput, history.events as readonly Recorded<SprintEvent>[], from) } : sprint;
}

const day = z.strictObject({
  date: z.string(), at: instant, scope: tally, done: tally, remaining: tally,
  ideal: z.number().meta({ description: 'What would remain if as much were done each working day; 0 without sprints.' }), columns: z.record(z.string(), z.int()),
});
const figures = z.strictObject({
  days: z.array(day).meta({ description: 'The start, then the end of each working day.' }),
  ahead: z.array(day.pick({ date: true, at: true, ideal: true })).meta({ description: 'Working days of the timebox that are still to come.' }),
  changes: z.array(z.strictObject({ at: instant, change: z.enum(['added', 'removed', 'estimated']), item: z.string(), estimate: z.number().nullable(), before: z.number().nullable().optional(), person: namedPerson.nullable() }))
    .meta({ description: 'What changed in the scope after the start.' }),
  cycle: z.array(z.strictObject({ item: z.string(), startedAt: instant, deliveredAt: instant, workingDays: z.int() })),
}).meta({ id: 'SprintFigures' });

export const sprintEndpoints = [
  endpoint({
    method: 'get', path: '/projects/{project}/phases/{phase}/sprints', id: 'listSprints', tag: 'agile', summary: 'The sprints of a phase, the latest first', params: phaseParams,
    query: z.strictObject({ team: idText(80).optional() }),
    answers: { 200: { description: 'Sprints.', schema: z.strictObject({ items: z.array(sprintListItem) }).meta({ id: 'Sprints' }) } },
    async handle(call, deps) {
      const { access, backlog } = await enterBacklog(call, deps);
      const rows = await deps.reads.sprints(backlog, call.query.team, SPRINTS_AT_MOST);
      const names = await readNames(deps, access, call.language, rows.map(({ goal, reason: because }) => [goal, because]), []);
      return { body: { items: rows.map((row) => sprintListItemOf(row, names)) } };
    },
  }),
  endpoint({
    method: 'get', path: SPRINT_PATH, id: 'getSprint', tag: 'agile', summary: 'A sprint with its board', params: sprintParams,
    answers: { 200: { description: 'The sprint.', schema: sprintView } },
    async handle(call, deps) {
      const { access, backlog } = await enterBacklog(call, deps);
      const { team, number } = call.params;
      const [of, found] = await Promise.all([deps.reads.backlog(backlog), deps.reads.sprint(sprintStream(backlog, team, Number(number)))]);
      if (!found || !of) throw new Problem('unknown-sprint', { facts: { team, number } });
      const { cards } = found;
      const sprint = await withCapacityAhead(deps, backlog, found.sprint);
      const names = await readNames(deps, access, call.language, [sprint, cards], peopleIn(sprint, cards));
      return { body: sprintViewOf(sprint, cards, names, of.iterations, call.caller.id) };
    },
  }),
  endpoint({
    method: 'get', path: `${SPRINT_PATH}/figures`, id: 'getSprintFigures', tag: 'agile', summary: 'A sprint day by day: burndown and burnup, flow, cycle times', params: sprintParams,
    description: 'Made of what happened, in working days: what stands for a day that is over never changes.',
    answers: { 200: { description: 'Figures.', schema: figures } },
    async handle(call, deps) {
      const { backlog } = await enterBacklog(call, deps);
      const { team, number } = call.params;
      const history = await deps.reads.history(sprintStream(backlog, team, Number(number)), 'sprint');
      if (!history) throw new Problem('unknown-sprint', { facts: { team, number } });
      const { days, ahead, changes, cycle } = figuresOf(history.input as SprintInput, history.events as readonly Recorded<SprintEvent>[], Date.now());
      const people = await deps.reads.names(changes.flatMap(({ person }) => person ?? []));
      return { body: {
        days: days.map((each) => ({ ...each, at: toIso(each.at) })), ahead: ahead.map((each) => ({ ...each, at: toIso(each.at) })),
        changes: changes.map(({ at, person, ...each }) => ({ ...each, at: toIso(at), person: person === undefined ? null : { id: person, name: people.get(person) ?? person } })),
        cycle: cycle.map(({ startedAt, deliveredAt, ...each }) => ({ ...each, startedAt: toIso(startedAt), deliveredAt: toIso(deliveredAt) })),
      } };
    },
  }),
  endpoint({
    ...shared, path: `${SPRINT_PATH}/plan`, id: 'planItems', summary: 'Take items of the backlog into a sprint', params: sprintParams, body: z.strictObject({ items: itemNumbers }),
    description: 'Also while it runs: then they were added after its start, and its figures say so.',
    handle: (call, deps) => sendToBacklog(call, deps, async () => ({ type: 'plan-items', team: call.params.team, number: Number(call.params.number), items: call.body.items })),
  }),
  endpoint({
    ...shared, path: `${SPRINT_PATH}/remove`, id: 'removeItems', summary: 'Give items back to the backlog', params: sprintParams, body: z.strictObject({ items: itemNumbers }),
    handle: (call, deps) => sendToSprint(call, deps, async () => ({ type: 'remove-cards', items: call.body.items })),
  }),
  endpoint({
    ...shared, path: `${SPRINT_PATH}/goal`, id: 'setSprintGoal', summary: 'Say what a sprint is for: the Sprint Goal', params: sprintParams, body: z.strictObject({ goal: freeText(4000) }),
    handle: (call, deps) => sendToSprint(call, deps, async () => ({ type: 'set-goal', goal: await keepText(deps, call.params.project, call.body.goal) })),
  }),
  endpoint({
    ...shared, path: `${SPRINT_PATH}/availability`, id: 'setAvailability', summary: 'Say how many working days a member has for a sprint', params: sprintParams,
    body: z.strictObject({ person: personId, days: z.number().min(0).max(31).nullable().meta({ description: 'null: as the calendar and absences say.' }) }),
    handle: (call, deps) => sendToSprint(call, deps, async () => ({ type: 'set-availability', ...call.body })),
  }),
  endpoint({
    ...shared, path: `${SPRINT_PATH}/events/{event}`, id: 'planSprintEvent', summary: 'Say when an event of a sprint is, and how long', params: sprintParams.extend({ event: z.enum(SPRINT_EVENTS) }),
    description: 'Within the sprint, on no day that is over, and no longer than the Scrum Guide has it for a sprint of that length. Of the daily the time of day counts, from the day given on.',
    body: z.strictObject({
      at: moment.meta({ override: { type: 'string', format: 'date-time' } }), hours: z.number().positive().max(24).optional().meta({ description: 'When not given: as the template has it, or as long as it may take.' }),
    }),
    handle: (call, deps) => sendToSprint(call, deps, async () => ({ type: 'plan-event', event: call.params.event, ...call.body })),
  }),
  endpoint({
    ...shared, path: `${SPRINT_PATH}/start`, id: 'startSprint', summary: 'Start a sprint', params: sprintParams, body: z.strictObject({}),
    description: 'From now on its timebox runs, until the end of its last working day.',
    handle: (call, deps) => sendToSprint(call, deps, async () => ({ type: 'start' })),
  }),
  endpoint({
    ...shared, path: `${SPRINT_PATH}/cancel`, id: 'cancelSprint', summary: 'Cancel a sprint', params: sprintParams, body: z.strictObject({ reason }),
    description: 'By the Product Owner alone. What is not accepted is the backlog’s again.',
    handle: (call, deps) => sendToSprint(call, deps, async () => ({ type: 'cancel', reason: await keepText(deps, call.params.project, call.body.reason) })),
  }),
  endpoint({
    ...shared, path: `${SPRINT_PATH}/close`, id: 'closeSprint', summary: 'Close a sprint whose time is over', params: sprintParams, body: z.strictObject({}),
    description: 'After review and retrospective. What nobody judged is the backlog’s again, and actions of the retrospective become items of it. By itself ten working days after its time.',
    handle: (call, deps) => sendToSprint(call, deps, async () => ({ type: 'close' })),
  }),
  endpoint({
    ...shared, path: `${CARD_PATH}/move`, id: 'moveCard', summary: 'Move an item on the board', params: cardParams, body: z.strictObject({ from: key, to: key }),
    description: '`from` is the column in which you saw it: when somebody else moved it meanwhile, the answer is 409 `item-moved` and says who, and where to.',
    handle: (call, deps) => sendToSprint(call, deps, async () => ({ type: 'move-card', item: call.params.item, ...call.body })),
  }),
  endpoint({
    ...shared, path: `${CARD_PATH}/take`, id: 'takeCard', summary: 'Say who works on an item', params: cardParams, body: z.strictObject({ person: personId.nullable() }),
    handle: (call, deps) => sendToSprint(call, deps, async () => ({ type: 'take-card', item: call.params.item, person: call.body.person })),
  }),
  endpoint({
    ...shared, path: `${CARD_PATH}/remaining`, id: 'setRemaining', summary: 'Say how many hours an item still takes', params: cardParams, body: z.strictObject({ hours: z.number().min(0).max(10_000) }),
    handle: (call, deps) => sendToSprint(call, deps, async () => ({ type: 'set-remaining', item: call.params.item, hours: call.body.hours })),
  }),
  endpoint({
    ...shared, path: `${CARD_PATH}/tick`, id: 'tickCard', summary: 'Tick entries of the Definition of Done', params: cardParams, body: z.strictObject({ tick: ticks, untick: ticks }),
    handle: (call, deps) => sendToSprint(call, deps, async () => ({ type: 'tick-card', item: call.params.item, ...call.body })),
  }),
  endpoint({
    ...shared, path: `${CARD_PATH}/accept`, id: 'acceptItem', summary: 'Accept what was delivered', params: cardParams, body: z.strictObject({}), description: 'By the Product Owner alone.',
    handle: (call, deps) => sendToSprint(call, deps, async () => ({ type: 'accept', item: call.params.item })),
  }),
  endpoint({
    ...shared, path: `${CARD_PATH}/return`, id: 'returnItem', summary: 'Return what was delivered', params: cardParams, body: z.strictObject({ reason }),
    description: 'By the Product Owner alone. While the sprint runs it is worked on again; after that it is the backlog’s again.',
    handle: (call, deps) => sendToSprint(call, deps, async () => ({ type: 'return', item: call.params.item, reason: await keepText(deps, call.params.project, call.body.reason) })),
  }),
  endpoint({
    ...shared, path: `${SPRINT_PATH}/impediments`, id: 'raiseImpediment', summary: 'Say what is in the way', params: sprintParams,
    body: z.strictObject({ text: freeText(2000), owner: personId.optional(), item: idText(10).optional() }),
    handle: (call, deps) => sendToSprint(call, deps, async () => {
      const { text, owner, item } = call.body;
      if (owner !== undefined && !(await deps.reads.whoMaySee(call.params.project, [owner])).has(owner)) throw Problem.fields([{ pointer: '/owner', code: 'choice' }]);
      return { type: 'raise-impediment', text: await keepText(deps, call.params.project, text), ...(owner !== undefined && { owner }), ...(item !== undefined && { item }) };
    }),
  }),
  endpoint({
    ...shared, path: `${SPRINT_PATH}/impediments/{impediment}/resolve`, id: 'resolveImpediment', summary: 'Say that something is not in the way any more', params: sprintParams.extend({ impediment: place }),
    body: z.strictObject({}), handle: (call, deps) => sendToSprint(call, deps, async () => ({ type: 'resolve-impediment', impediment: Number(call.params.impediment) })),
  }),
  endpoint({
    ...shared, path: `${SPRINT_PATH}/notes`, id: 'addNote', summary: 'Add a note to the retrospective', params: sprintParams, body: z.strictObject({ kind: z.enum(NOTE_KINDS), text: freeText(2000), owner: ownerInput.owner.optional(), due: ownerInput.due.optional() }),
    description: 'An action with who sees to it, and until when, as far as that is known.',
    handle: (call, deps) => sendToSprint(call, deps, async () => ({ type: 'add-note', ...call.body, text: await keepText(deps, call.params.project, call.body.text) })),
  }),
  endpoint({
    ...shared, path: `${SPRINT_PATH}/notes/{note}/assign`, id: 'assignAction', summary: 'Say who sees to an action of the retrospective, and until when', params: sprintParams.extend({ note: place }),
    description: 'When the sprint is closed it becomes a task in the backlog, with owner and due day, and stands in the work of its owner. null: nobody, and no day.',
    body: z.strictObject({ owner: ownerInput.owner.nullable(), due: ownerInput.due.nullable() }),
    handle: (call, deps) => sendToSprint(call, deps, async () => ({ type: 'assign-action', note: Number(call.params.note), ...call.body })),
  }),
  endpoint({
    ...shared, path: `${SPRINT_PATH}/notes/{note}/vote`, id: 'voteNote', summary: 'Vote for a note of the retrospective, or take the vote back', params: sprintParams.extend({ note: place }),
    body: z.strictObject({ vote: z.boolean() }), handle: (call, deps) => sendToSprint(call, deps, async () => ({ type: 'vote-note', note: Number(call.params.note), vote: call.body.vote })),
  }),
  endpoint({
    ...shared, path: `${SPRINT_PATH}/recognitions`, id: 'recognise', summary: 'Thank a colleague for what they did in a sprint', params: sprintParams,
    description: 'Who has a part in the project, other than the caller. They are told.',
    body: z.strictObject({ person: personId, kind: z.enum(RECOGNITION_KINDS), text: freeText(1000) }),
    handle: (call, deps) => sendToSprint(call, deps, async () => ({ type: 'recognise', person: call.body.person, kind: call.body.kind, text: await keepText(deps, call.params.project, call.body.text) })),
  }),
  endpoint({
    ...shared, path: `${SPRINT_PATH}/recognitions/{recognition}/withdraw`, id: 'withdrawRecognition', summary: 'Take back a recognition that I gave', params: recognitionParams,
    description: 'Its text is erased: that it was given and taken back stays on record.', body: z.strictObject({}),
    async handle(call, deps) {
      const reply = await sendToSprint(call, deps, async () => ({ type: 'withdraw-recognition', recognition: Number(call.params.recognition) }));
      const given = await findRecognition(call, deps);
      if (given) await deps.reads.eraseText(call.params.project, given.text.text);
      return reply;
    },
  }),
  endpoint({
    method: 'post', path: `${SPRINT_PATH}/recognitions/{recognition}/erase`, id: 'eraseRecognition', tag: 'agile', refuses: [403], summary: 'Erase the text of a recognition that I gave or received',
    description: 'Also when the sprint is closed. That it was given stays on record. Repeating it changes nothing.',
    params: recognitionParams, body: z.strictObject({}), answers: { 204: { description: 'Erased.' } },
    async handle(call, deps) {
      const given = await findRecognition(call, deps);
      if (!given) throw new Problem('unknown-recognition', { facts: { recognition: Number(call.params.recognition) } });
      if (given.by !== call.caller.id && given.to !== call.caller.id) throw new Problem('recognition-not-yours');
      await deps.reads.eraseText(call.params.project, given.text.text);
      return { status: 204 };
    },
  }),
];
