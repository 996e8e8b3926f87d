import { Readable } from 'node:stream';
import { z } from 'zod';
import type { StreamId } from '../../domain/process';
import type { ItemRow } from '../../domain/rows';
import type { BacklogOf } from '../../store/reads/agile';
import { ITEM_KINDS } from '../../domain/backlog/types';
import { commandAnswers, partId, send } from '../commands/send';
import type { Deps } from '../deps';
import { decodeCursor } from '../http/cursor';
import { endpoint, type Call, type Reply } from '../http/endpoint';
import { pageOf } from '../http/page';
import { readNames, readTemplateOf } from '../naming';
import type { Names } from '../names';
import { Problem } from '../problem';
import { keepText } from '../kept-texts';
import type { ProjectAccess } from '../reads';
import { commandAnswer, freeText, idText, key, listOf, namedKey, phaseParams, whole } from '../schemas';
import { backlogCsv, parseBacklogCsv, resolveReferences } from './csv';
import { type ItemInput, itemChangeInput, itemInput, itemNumbers, linkProblems, withTexts } from './input';
import { BACKLOG_PATH, enterBacklog, itemParams, sendToBacklog, shared } from './send';
import { backlogView, backlogViewOf, historyOf, itemDetails, itemView, itemViewOf } from './views';

const addedAnswer = commandAnswer.extend({ items: z.array(z.string()).meta({ description: 'Their numbers.' }) }).meta({ id: 'ItemsAdded' });
/** Items of one command: what it causes is projected as one batch. */
const PART = 200;
const PAGE = 1_000;
const STATUSES = ['open', 'planned', 'done', 'dropped'] as const;

async function readBacklog(deps: Deps, backlog: StreamId): Promise<BacklogOf> {
  const row = await deps.reads.backlog(backlog);
  if (!row) throw new Problem('phase-opening');
  return row;
}

const namesOf = (deps: Deps, access: ProjectAccess, language: Call['language'], rows: readonly ItemRow[]): Promise<Names> =>
  readNames(deps, access, language, rows, rows.flatMap(({ owner }) => owner ?? []), rows.flatMap(({ project, inventory = [] }) => inventory.map((item) => ({ project, item }))));

/** Judges the links of items, keeps their texts, and gives the command that adds them. */
async function addCommand(deps: Deps, { params: { project, phase } }: Pick<Call<z.output<typeof phaseParams>>, 'params'>, access: ProjectAccess, items: readonly ItemInput[], at: string, place?: 'first' | 'last') {
  const problems = await linkProblems(deps, await readTemplateOf(deps, access), project, phase, items.map((links, index) => ({ at: `${at}/${index}`, links })));
  if (problems.length > 0) throw Problem.fields(problems);
  return { type: 'add-items', items: await withTexts(deps, project, items), ...(place && { place }) };
}

/** The numbers that items got; a command whose projection is late has told none yet. */
async function numbersOf(deps: Deps, backlog: StreamId, reply: Reply): Promise<string[] | undefined> {
  if (reply.status !== undefined) return undefined;
  const { events } = reply.body as z.output<typeof commandAnswer>;
  return deps.reads.addedItems(backlog, events.map(({ seq }) => seq));
}

async function importItems(call: Call<z.output<typeof phaseParams>, unknown, { readonly csv: string }>, deps: Deps): Promise<Reply> {
  const { access, backlog } = await enterBacklog(call, deps);
  const table = parseBacklogCsv(call.body.csv);
  const known = new Map<string, string>();
  for (let from = 0; from < table.length; from += PART) {
    const part = table.slice(from, from + PART);
    const items = resolveReferences(part, from, known);
    // A repeat finds what was carried out before, part by part.
    const command = { id: partId('import', call.command.id, String(from)), hash: call.command.hash };
    const reply = await send({ ...call, command }, deps, access, backlog, () => addCommand(deps, call, access, items, '/csv'));
    const numbers = await numbersOf(deps, backlog, reply);
    if (!numbers) throw new Problem('database-unavailable');
    numbers.forEach((number, index) => known.set(part[index]?.number ?? '', number));
  }
  return { body: { items: [...known.values()] } };
}

/** All items of a backlog in their order. */
async function allItems(deps: Deps, backlog: StreamId): Promise<ItemRow[]> {
  const all: ItemRow[] = [];
  for (;;) {
    const last = all.at(-1);
    const found = await deps.reads.items(backlog, {}, { limit: PAGE, ...(last && { after: { order: last.order, item: last.item } }) });
    all.push(...found);
    if (found.length < PAGE) return all;
  }
}

export const backlogEndpoints = [
  endpoint({
    method: 'get', path: BACKLOG_PATH, id: 'getBacklog', tag: 'agile', summary: 'The backlog of a phase: its goal, its teams, what it asks of items', params: phaseParams,
    answers: { 200: { description: 'The backlog.', schema: backlogView } },
    async handle(call, deps) {
      const { access, backlog } = await enterBacklog(call, deps);
      const row = await readBacklog(deps, backlog);
      return { body: backlogViewOf(row, await readNames(deps, access, call.language, [row.goal], [])) };
    },
  }),
  endpoint({
    method: 'get', path: `${BACKLOG_PATH}/items`, id: 'listBacklogItems', tag: 'agile', summary: 'The items of a backlog, in their order', params: phaseParams,
    query: z.strictObject({
      status: z.string().max(100).refine((value) => value.split(',').every((each) => (STATUSES as readonly string[]).includes(each))).optional()
        .meta({ description: 'One or several of open, planned, done, dropped, with commas between.', example: 'open,planned' }),
      kind: z.enum(ITEM_KINDS).optional(), label: idText(60).optional(), epic: idText(10).optional(),
      limit: whole(1, PAGE).default(200).meta({ description: 'Items at most, 1 to 1000.', override: { type: 'integer', minimum: 1, maximum: PAGE, default: 200 } }),
      cursor: z.string().max(1000).optional(),
    }),
    answers: { 200: { description: 'Items.', schema: listOf(itemView).meta({ id: 'BacklogItems' }) } },
    async handle(call, deps) {
      const { status, kind, label, epic, limit, cursor } = call.query;
      const { access, backlog } = await enterBacklog(call, deps);
      const [order, item] = decodeCursor(cursor, ['string', 'string']) ?? [];
      const filter = { ...(status !== undefined && { statuses: status.split(',') }), ...(kind && { kind }), ...(label !== undefined && { label }), ...(epic !== undefined && { epic }) };
      const [row, found] = await Promise.all([
        readBacklog(deps, backlog), deps.reads.items(backlog, filter, { limit: limit + 1, ...(order !== undefined && item !== undefined && { after: { order, item } }) }),
      ]);
      const { items, nextCursor } = pageOf(found, limit, (each) => [each.order, each.item]);
      const names = await namesOf(deps, access, call.language, items);
      return { body: { items: items.map((each) => itemViewOf(each, names, row)), nextCursor } };
    },
  }),
  endpoint({
    method: 'get', path: `${BACKLOG_PATH}/items/{item}`, id: 'getBacklogItem', tag: 'agile', summary: 'One item, with its way through sprints', params: itemParams,
    answers: { 200: { description: 'The item.', schema: itemDetails } },
    async handle(call, deps) {
      const { access, backlog } = await enterBacklog(call, deps);
      const [row, found] = await Promise.all([readBacklog(deps, backlog), deps.reads.item(backlog, call.params.item)]);
      if (!found) throw new Problem('unknown-item', { facts: { item: call.params.item } });
      const names = await namesOf(deps, access, call.language, [found.item]);
      return { body: { ...itemViewOf(found.item, names, row), sprints: found.cards.map((card) => historyOf(card, names)) } };
    },
  }),
  endpoint({
    method: 'get', path: `${BACKLOG_PATH}/links`, id: 'listBacklogLinks', tag: 'agile', summary: 'What items of a backlog can be linked to', params: phaseParams,
    answers: { 200: { description: 'Deliverables of the phase, and the inventory of the project.', schema: z.strictObject({ deliverables: z.array(namedKey), inventory: z.array(namedKey) }).meta({ id: 'BacklogLinks' }) } },
    async handle(call, deps) {
      const { project, phase } = call.params;
      const { access } = await enterBacklog(call, deps);
      const [template, names, inventory] = await Promise.all([readTemplateOf(deps, access), readNames(deps, access, call.language, [], []), deps.reads.inventory(project)]);
      const deliverables = template.phases.find((each) => each.key === phase)?.deliverables ?? [];
      return { body: {
        deliverables: deliverables.map((each) => ({ key: each.key, name: names.at(`deliverable:${phase}/${each.key}`) ?? each.key })), inventory: inventory.map(({ id, name }) => ({ key: id, name })),
      } };
    },
  }),
  endpoint({
    method: 'get', path: `${BACKLOG_PATH}.csv`, id: 'exportBacklog', tag: 'agile', summary: 'A backlog as a table for a spreadsheet', params: phaseParams,
    answers: { 200: { description: 'CSV in UTF-8, in the order of the backlog.', file: 'text/csv' } },
    async handle(call, deps) {
      const { access, backlog } = await enterBacklog(call, deps);
      const [row, items] = await Promise.all([readBacklog(deps, backlog), allItems(deps, backlog)]);
      const names = await namesOf(deps, access, call.language, items);
      const text = Buffer.from(backlogCsv(items.map((each) => itemViewOf(each, names, row))));
      return { file: { name: `backlog-${call.params.phase}.csv`, type: 'text/csv; charset=utf-8', size: text.length, stream: Readable.from([text]) } };
    },
  }),
  endpoint({
    ...shared, path: `${BACKLOG_PATH}/goal`, id: 'setProductGoal', summary: 'Say what the product is to become: the Product Goal', params: phaseParams, body: z.strictObject({ goal: freeText(4000) }),
    handle: (call, deps) => sendToBacklog(call, deps, async () => ({ type: 'set-goal', goal: await keepText(deps, call.params.project, call.body.goal) })),
  }),
  endpoint({
    ...shared, path: `${BACKLOG_PATH}/items`, id: 'addBacklogItems', summary: 'Add items to a backlog', params: phaseParams,
    description: 'All of them or, when one does not fit, none. They come last, or first.',
    body: z.strictObject({ items: z.array(itemInput).min(1).max(PART), place: z.enum(['first', 'last']).optional() }),
    answers: { ...commandAnswers, 200: { description: 'Added, or added before.', schema: addedAnswer } },
    async handle(call, deps) {
      const { access, backlog } = await enterBacklog(call, deps);
      const reply = await sendToBacklog(call, deps, () => addCommand(deps, call, access, call.body.items, '/items', call.body.place));
      const items = await numbersOf(deps, backlog, reply);
      return items ? { body: { ...reply.body as object, items } } : reply;
    },
  }),
  endpoint({
    ...shared, path: `${BACKLOG_PATH}/import`, id: 'importBacklog', summary: 'Add the items of a table', params: phaseParams,
    description: 'The first line names the columns: title, and any of number, kind, criteria, estimate, epic, labels, after, deliverables, inventory. `epic` and `after` name numbers of the same table, '
      + '`after` and `epic` of at most the 200 lines around. Several entries stand with spaces between. A repeat with the same key goes on where the first one ended.',
    large: { megabytes: 8, values: 10 }, body: z.strictObject({ csv: z.string().min(1).max(8_000_000) }),
    answers: { 200: { description: 'The numbers that the items got, line by line.', schema: z.strictObject({ items: z.array(z.string()) }).meta({ id: 'ItemsImported' }) } },
    handle: importItems,
  }),
  endpoint({
    ...shared, path: `${BACKLOG_PATH}/items/{item}/change`, id: 'changeBacklogItem', summary: 'Say something else of an item', params: itemParams, body: itemChangeInput,
    description: 'What is left out stays; null, or an empty list, takes it away.',
    handle: (call, deps) => sendToBacklog(call, deps, async () => {
      const { params: { project, phase, item }, body: { tick, untick, title, criteria, ...rest } } = call;
      const template = await readTemplateOf(deps, await deps.enter(call.caller, project));
      const { deliverables, inventory } = rest;
      const problems = await linkProblems(deps, template, project, phase, [{ at: '', links: { ...(deliverables && { deliverables }), ...(inventory && { inventory }) } }]);
      if (problems.length > 0) throw Problem.fields(problems);
      const change = {
        ...rest, ...(title !== undefined && { title: await keepText(deps, project, title) }),
        ...(criteria !== undefined && { criteria: criteria === null ? null : await keepText(deps, project, criteria) }),
      };
      return { type: 'change-item', item, change, ...(tick && { tick }), ...(untick && { untick }) };
    }),
  }),
  endpoint({
    ...shared, path: `${BACKLOG_PATH}/items/{item}/move`, id: 'moveBacklogItem', summary: 'Put an item after, or before, another', params: itemParams,
    description: 'Give the `place` that you saw as `seen`: when somebody else moved the item meanwhile, the answer is 409 `item-moved` and says who.',
    body: z.strictObject({ after: idText(10).optional(), before: idText(10).optional(), seen: z.string().max(100).optional() }),
    handle: (call, deps) => sendToBacklog(call, deps, async () => ({ type: 'move-item', item: call.params.item, ...call.body })),
  }),
  endpoint({
    ...shared, path: `${BACKLOG_PATH}/drop`, id: 'dropBacklogItems', summary: 'Say that items are not needed any more', params: phaseParams, body: z.strictObject({ items: itemNumbers }),
    handle: (call, deps) => sendToBacklog(call, deps, async () => ({ type: 'drop-items', items: call.body.items })),
  }),
  endpoint({
    ...shared, path: `${BACKLOG_PATH}/restore`, id: 'restoreBacklogItems', summary: 'Take up dropped items again', params: phaseParams, body: z.strictObject({ items: itemNumbers }),
    handle: (call, deps) => sendToBacklog(call, deps, async () => ({ type: 'restore-items', items: call.body.items })),
  }),
  endpoint({
    ...shared, path: `${BACKLOG_PATH}/items/{item}/finish`, id: 'finishBacklogItem', summary: 'Say that an action of a retrospective is done', params: itemParams, body: z.strictObject({}),
    description: 'By its owner, or whoever orders the backlog. All other work is done in a sprint, and accepted.',
    handle: (call, deps) => sendToBacklog(call, deps, async () => ({ type: 'finish-item', item: call.params.item })),
  }),
  endpoint({
    ...shared, path: '/projects/{project}/phases/{phase}/sprints', id: 'openSprint', summary: 'Begin to plan the next sprint of a team', params: phaseParams, body: z.strictObject({ team: key }),
    handle: (call, deps) => sendToBacklog(call, deps, async () => ({ type: 'open-sprint', team: call.body.team })),
  }),
];
