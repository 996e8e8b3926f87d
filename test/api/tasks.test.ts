/** Tasks over HTTP: assigned, blocked, talked about, ticked, counted in hours, taken back; and what the inbox says of it. */
import { eventually } from '../support/engine';
import { startProduct, type Product } from '../support/product';
import { DRAWN, SMALL_ROLES, smallTask, smallText, smallVersion } from '../support/template';

let product: Product;
let id: string;
const get = async (who: string, path: string) => (await product.call(who, 'GET', path)).body;
const at = (task: string, verb: string, phase = 'design') => `/projects/${id}/phases/${phase}/tasks/${task}/${verb}`;
const post = (who: string, task: string, verb: string, body: object = {}, phase = 'design') => product.call(who, 'POST', at(task, verb, phase), body);
const task = (key: string, phase = 'design') => get('mia', `/projects/${id}/phases/${phase}/tasks/${key}`);
const inbox = async (who: string, lang = 'en') => (await get(who, `/me/inbox?lang=${lang}`)).items as { kind: string; text: string; projectName: string; about: { task?: string } }[];

beforeAll(async () => {
  product = await startProduct();
  const version = smallVersion('2.0.0', ({ phases: [design] }) => {
    design?.tasks.push(smallTask('label', { fourEyes: true, checklist: [{ key: 'feeds', name: smallText('feeds') }, { key: 'photos', name: smallText('photos'), required: false }] }));
  });
  expect((await product.call('olga', 'POST', '/templates', { text: version })).status).toBe(201);
  id = (await product.call('olga', 'POST', '/projects', { name: 'Move', template: 'small', version: '2.0.0', roles: SMALL_ROLES })).body.id;
  await eventually(async () => (await get('eva', `/projects/${id}/tasks?status=ready`)).items.length >= 10, 'the tasks');
});
afterAll(async () => { await product.close(); });

test('a task is assigned and assigned again; both are told, and only their lists have it', async () => {
  expect((await post('mia', 'draw', 'assign', { person: 'edo' })).status).toBe(200);
  expect((await task('draw'))).toMatchObject({ status: 'ready', assignee: { id: 'edo', name: 'EDO' } });
  const mine = async (who: string) => (await get(who, '/tasks?mine=true&limit=200')).items.map((each: { task: string }) => each.task) as string[];
  expect(await mine('edo')).toContain('draw');
  expect(await mine('eva')).not.toContain('draw');
  expect(await post('eva', 'draw', 'claim')).toMatchObject({ status: 409, body: { code: 'task-assigned-to-other', facts: { person: 'edo' } } });
  expect((await post('mia', 'draw', 'assign', { person: 'eva' })).status).toBe(200);
  expect((await get('mia', `/projects/${id}/tasks?assignee=eva`)).items.map((each: { task: string }) => each.task)).toEqual(['draw']);
  expect(await post('mia', 'draw', 'assign', { person: 'sam' })).toMatchObject({ status: 422, body: { code: 'assignee-not-eligible', errors: [{ pointer: '/person' }] } });
  expect((await inbox('edo', 'nl'))[0]).toMatchObject({ kind: 'task-unassigned', projectName: 'Move', text: 'De taak “draw (nl)” is aan iemand anders toegewezen.' });
  expect((await inbox('eva', 'fr'))[0]).toMatchObject({ kind: 'task-assigned', text: 'La tâche «\u00a0draw (fr)\u00a0» vous a été attribuée.' });
});

test('whoever got an answer to a command is shown what it did, however many ask for the same meanwhile', async () => {
  const paths = ['/tasks?mine=true&limit=200', `/projects/${id}/tasks`];
  let isOver = false;
  let reads = 0;
  const watchers = Array.from({ length: 12 }, async (_, place) => {
    for (; !isOver; reads += 1) await get('eva', paths[place % 2] ?? '');
  });
  const holders = () => Promise.all(paths.map(async (path) => (await get('eva', path)).items.find((each: { task: string }) => each.task === 'label').assignee?.id));
  for (let turn = 0; turn < 8; turn += 1) {
    const before = reads;
    expect((await post('eva', 'label', turn % 2 === 0 ? 'claim' : 'release')).status).toBe(200);
    expect(await holders()).toEqual(turn % 2 === 0 ? ['eva', 'eva'] : [undefined, undefined]);
    expect(reads).toBeGreaterThan(before);
  }
  isOver = true;
  await Promise.all(watchers);
});

test('many are assigned at once, each with its answer', async () => {
  const tasks = ['log-1', 'log-2', 'none'].map((key) => ({ project: id, phase: 'control', task: key }));
  const { body } = await product.call('mia', 'POST', '/tasks/assign', { person: 'edo', tasks });
  expect(body.items.map(({ outcome, problem }: { outcome: string; problem: { code: string } | null }) => problem?.code ?? outcome)).toEqual(['assigned', 'assigned', 'unknown-task']);
  expect(await task('log-2', 'control')).toMatchObject({ assignee: { id: 'edo' } });
});

test('a blocked task says by whom, since when and why, and is found by that', async () => {
  expect((await post('eva', 'draw', 'block', { reason: 'No drawings of the room' })).status).toBe(200);
  expect(await task('draw')).toMatchObject({ status: 'ready', blocked: { person: { id: 'eva' }, reason: 'No drawings of the room', since: expect.stringMatching(/^20/) } });
  expect((await get('mia', `/projects/${id}/tasks?status=blocked`)).items.map((each: { task: string }) => each.task)).toEqual(['draw']);
  expect((await get('eva', '/tasks?mine=true&status=blocked')).items).toHaveLength(1);
  const { blocking } = await get('mia', `/projects/${id}`);
  expect(blocking.flatMap((each: { tasks: object[] }) => each.tasks)).toContainEqual(expect.objectContaining({ task: 'draw', blocked: expect.objectContaining({ reason: 'No drawings of the room' }) }));
  expect(await post('eva', 'draw', 'complete', { evidence: DRAWN })).toMatchObject({ status: 409, body: { code: 'task-blocked', detail: expect.stringContaining('(EVA)'), facts: { person: 'eva' } } });
  expect((await inbox('mia'))[0]).toMatchObject({ kind: 'task-blocked', text: 'The task “draw (en)” is blocked.' });
  expect((await post('mia', 'draw', 'unblock')).status).toBe(200);
  // Nobody is told of what they did themselves: not by their role either.
  const told = async (who: string, kind: string) => (await inbox(who)).filter((each) => each.kind === kind).length;
  const [mia, eva] = [await told('mia', 'task-blocked'), await told('eva', 'task-unblocked')];
  expect((await post('mia', 'draw', 'block', { reason: 'Not today' })).status).toBe(200);
  expect((await post('mia', 'draw', 'unblock')).status).toBe(200);
  expect([await told('mia', 'task-blocked'), await told('eva', 'task-unblocked')]).toEqual([mia, eva + 1]);
  expect(await task('draw')).toMatchObject({ blocked: null });
});

test('comments mention people who may see the project, are listed page by page, and are erased by their writer alone', async () => {
  const say = (who: string, text: string, mentions?: string[]) => post(who, 'draw', 'comments', { text, ...(mentions && { mentions }) });
  expect((await say('sam', 'Look at this, @eva. And @leo, @nobody or mail@edo')).status).toBe(200);
  expect((await say('eva', 'Done', ['sol'])).status).toBe(200);
  expect((await say('mia', 'Thanks')).status).toBe(200);
  expect(await say('mia', 'x', ['eva', 'leo'])).toMatchObject({ status: 422, body: { errors: [{ pointer: '/mentions/1', code: 'choice' }] } });
  expect((await say('leo', 'x')).status).toBe(404);
  const first = await get('edo', `${at('draw', 'comments')}?limit=2`);
  expect(first.items).toMatchObject([{ id: '1-3', person: { id: 'mia', name: 'MIA' }, text: 'Thanks', mentions: [] }, { id: '1-2', text: 'Done', mentions: [{ id: 'sol' }] }]);
  const rest = await get('edo', `${at('draw', 'comments')}?limit=2&cursor=${first.nextCursor}`);
  expect(rest).toMatchObject({ items: [{ id: '1-1', person: { id: 'sam' }, mentions: [{ id: 'eva', name: 'EVA' }] }], nextCursor: null });
  expect(await task('draw')).toMatchObject({ comments: 3 });
  expect((await inbox('sol'))[0]).toMatchObject({ kind: 'task-mentioned', text: 'Someone mentions you at the task “draw (en)”.' });
  expect((await inbox('eva')).map(({ kind }) => kind).slice(0, 2)).toEqual(['task-commented', 'task-mentioned']);
  expect(await post('mia', 'draw', 'comments/1-1/erase')).toMatchObject({ status: 403, body: { code: 'not-your-comment' } });
  expect(await post('sam', 'draw', 'comments/1-9/erase')).toMatchObject({ status: 404, body: { code: 'unknown-comment' } });
  expect((await post('sam', 'draw', 'comments/1-1/erase')).status).toBe(204);
  expect((await post('sam', 'draw', 'comments/1-1/erase')).status).toBe(204);
  expect((await get('edo', at('draw', 'comments'))).items[2]).toMatchObject({ id: '1-1', person: { id: 'sam' }, text: null });
});

test('items of the checklist in the words of the template; the required ones keep the task from its end', async () => {
  expect(await post('eva', 'label', 'complete')).toMatchObject({ status: 409, body: { code: 'checklist-open', detail: expect.stringContaining('feeds (en)') } });
  expect((await post('edo', 'label', 'checklist', { tick: ['feeds'], add: ['Ask the electrician'] })).status).toBe(200);
  expect((await task('label')).checklist).toMatchObject([
    { key: 'feeds', name: 'feeds (en)', required: true, own: false, tickedBy: { id: 'edo' }, tickedAt: expect.any(String) },
    { key: 'photos', required: false, tickedBy: null }, { key: '1', name: 'Ask the electrician', own: true },
  ]);
  expect(await post('edo', 'label', 'checklist', { tick: ['none'] })).toMatchObject({ status: 422, body: { code: 'checklist-invalid', errors: [{ pointer: '/tick/0' }] } });
  expect((await post('eva', 'label', 'complete')).status).toBe(200);
});

test('files of the project are attached to a task and taken away', async () => {
  const upload = await fetch(`${product.url}/api/v1/projects/${id}/files?name=plan.txt`, {
    method: 'POST', headers: { 'Authorization': `Bearer ${product.tokens.get('eva')}`, 'Content-Type': 'text/plain' }, body: 'The plan of the room' });
  const { sha256 } = await upload.json() as { sha256: string };
  expect((await post('edo', 'draw', 'attachments', { add: [{ name: 'Plan', sha256 }] })).status).toBe(200);
  expect((await task('draw')).attachments).toMatchObject([{ sha256, name: 'Plan', person: { id: 'edo' }, file: { type: 'text/plain', size: 20, href: `/api/v1/projects/${id}/files/${sha256}` } }]);
  expect(await post('edo', 'draw', 'attachments', { add: [{ name: 'Plan', sha256: '0'.repeat(64) }] })).toMatchObject({
    status: 422, body: { code: 'attachments-invalid', errors: [{ pointer: '/add/0/sha256', code: 'no-file' }] } });
  expect((await post('edo', 'draw', 'attachments', { remove: [sha256] })).status).toBe(200);
  expect((await task('draw')).attachments).toEqual([]);
});

test('hours are kept per task and summed per phase', async () => {
  expect((await post('eva', 'draw', 'effort', { hours: 2.5, remaining: 6 })).status).toBe(200);
  expect((await post('edo', 'label', 'effort', { hours: 1 })).status).toBe(200);
  expect(await task('draw')).toMatchObject({ hoursSpent: 2.5, hoursRemaining: 6 });
  const { phases } = await get('mia', `/projects/${id}`);
  expect(phases[0]).toMatchObject({ phase: 'design', hoursSpent: 3.5, hoursRemaining: 6 });
  expect(phases[1]).toMatchObject({ hoursSpent: null, hoursRemaining: null });
  expect(await post('eva', 'draw', 'effort', { hours: -3 })).toMatchObject({ status: 422, body: { code: 'effort-invalid' } });
  expect((await get('mia', at('draw', 'effort'))).items).toMatchObject([{ person: { id: 'eva' }, hours: 2.5, remaining: 6 }]);
});

test('who completed a task takes that back until somebody built on it; after the gate a change request is needed', async () => {
  expect((await post('eva', 'draw', 'complete', { evidence: DRAWN })).status).toBe(200);
  expect(await post('edo', 'draw', 'withdraw')).toMatchObject({ status: 409, body: { code: 'not-completed-by-you' } });
  expect((await post('eva', 'draw', 'withdraw')).status).toBe(200);
  expect(await task('draw')).toMatchObject({ status: 'claimed', assignee: { id: 'eva' }, doneBy: null, evidence: null, sentBack: null, deliveredBefore: DRAWN });
  expect((await post('eva', 'draw', 'complete', { evidence: DRAWN })).status).toBe(200);
  expect((await post('edo', 'check', 'complete')).status).toBe(200);
  expect(await post('eva', 'draw', 'withdraw')).toMatchObject({ status: 409, body: { code: 'completion-built-on', detail: expect.stringContaining('check (en)') } });
  expect((await task('label')).sentBack).toBeNull();
  expect((await post('edo', 'label', 'send-back', { reason: 'Feed B has no label' })).status).toBe(200);
  expect(await task('label')).toMatchObject({ status: 'ready', sentBack: { person: { id: 'edo' }, at: expect.any(String), reason: 'Feed B has no label' } });
  expect((await post('eva', 'label', 'complete')).status).toBe(200);
  expect(await Promise.all(['edo', 'mia', 'eva'].map(async (who) => (await inbox(who))[0]?.kind === 'task-to-check'))).toEqual([true, true, false]);
  // Whoever looks at it again sees what was asked for.
  expect(await task('label')).toMatchObject({ status: 'to-check', sentBack: { reason: 'Feed B has no label' } });
  const confirm = (who: string) => product.call(who, 'POST', '/tasks/confirm', { tasks: [{ project: id, phase: 'design', task: 'label' }] });
  expect((await confirm('eva')).body.items[0]).toMatchObject({ outcome: 'refused', problem: { code: 'four-eyes' } });
  expect((await confirm('edo')).body.items[0]).toMatchObject({ outcome: 'confirmed', problem: null });
  expect((await task('label')).sentBack).toBeNull();
  const approval = await eventually(async () => (await get('sam', '/approvals')).items[0], 'the approval');
  await product.call('sam', 'POST', `/approvals/${encodeURIComponent(approval.id)}/decide`, { outcome: 'approve', digest: approval.digest });
  await eventually(async () => (await get('mia', `/projects/${id}`)).phases[0].status === 'ended', 'the end of the phase');
  for (const [verb, body] of [['reopen', { reason: 'Wrong' }], ['withdraw', {}]] as const) {
    expect(await post('eva', 'draw', verb, body)).toMatchObject({ status: 409, body: { code: 'change-request-required' } });
  }
  expect(await post('eva', 'draw', 'block', { reason: 'x' })).toMatchObject({ status: 409, body: { code: 'phase-closed' } });
});

test('what people read is what the log folds to', async () => {
  const { verifyRows } = await import('../../store/verify-rows');
  const { PROCESSES } = await import('../../domain/processes');
  expect(await verifyRows(product.engine.database, PROCESSES)).toEqual([]);
});
