/** Tasks from the command line. */
import { eventually } from '../support/engine';
import { type CliBed, startCliBed } from '../support/cli';

let bed: CliBed;
let id: string;
beforeAll(async () => {
  bed = await startCliBed();
  id = await bed.product.startProject('Move the racks');
  await eventually(async () => (await bed.product.call('eva', 'GET', `/projects/${id}/tasks?status=ready`)).body.items.length >= 9, 'the tasks');
});
afterAll(() => bed.close());

test('a task is assigned, blocked, talked about, counted and completed; what is refused says why', async () => {
  const { sluis } = bed;
  const draw = `${id}/design/draw`;
  expect(await sluis('mia', 'task', 'assign', 'eva', draw, `${id}/design/none`)).toMatchObject({ code: 1, out: expect.stringMatching(new RegExp(`^assigned {2}${draw}\\nrefused {2}${id}/design/none {2}There is no such task`)) });
  expect((await sluis('eva', 'task', 'block', draw, '--reason', 'No plan of the room')).out).toBe(`blocked  ${draw}\n`);
  expect((await sluis('mia', 'task', 'list', '--project', id, '--status', 'blocked')).out).toMatch(new RegExp(`${draw} +draw \\(en\\) +blocked +\\d{4}-\\d\\d-\\d\\d +EVA\\n\\n1 task\\.`));
  expect((await sluis('mia', 'project', 'show', id)).out).toContain('draw (en) (blocked: No plan of the room)');
  expect(await sluis('eva', 'task', 'complete', draw)).toMatchObject({ code: 1, err: expect.stringContaining('Task blocked') });
  expect((await sluis('mia', 'task', 'unblock', draw)).code).toBe(0);
  expect((await sluis('mia', 'task', 'comment', draw, 'Found it, @eva')).out).toBe(`said  ${draw}\n`);
  expect((await sluis('eva', 'task', 'checklist', draw, '--add', 'Ask the electrician')).code).toBe(0);
  expect((await sluis('eva', 'task', 'checklist', draw, '--tick', '1')).code).toBe(0);
  expect((await sluis('eva', 'task', 'effort', draw, '--hours', '2.5', '--remaining', '1')).code).toBe(0);
  const { out } = await sluis('eva', 'task', 'show', draw);
  expect(out).toMatch(/^draw \(en\) {2}ready\ndesign \(en\); EVA; due /);
  expect(out).toContain('Hours: 2.5 worked, 1 remaining');
  expect(out).toMatch(/\[x\] 1: Ask the electrician \(optional\) EVA, /);
  expect(out).toMatch(/MIA: Found it, @eva/);
  expect((await sluis('eva', 'task', 'complete', draw, '--evidence', 'drawing=Drawing 1 <https://docs.example.org/1>', 'pages=3', 'kind=final')).out).toBe(`completed  ${draw}\n`);
  expect((await sluis('eva', 'task', 'withdraw', draw)).out).toBe(`withdrawn  ${draw}\n`);
  expect(JSON.parse((await sluis('eva', 'task', 'list', '--json')).out).items).toContainEqual(expect.objectContaining({ task: 'draw', status: 'claimed' }));
  expect((await sluis('eva', 'task', 'complete', draw, '--evidence', 'drawing=Drawing 1 <https://docs.example.org/1>', 'pages=3', 'kind=final')).code).toBe(0);
  expect((await sluis('mia', 'task', 'reopen', draw, '--reason', 'Page 2 is missing')).code).toBe(0);
  const again = (await sluis('eva', 'task', 'show', draw)).out;
  expect(again).toMatch(/\nTo be done again since \d{4}-\d\d-\d\d \d\d:\d\d, says MIA: Page 2 is missing\n/);
  expect(again).toContain('(before: Drawing 1 <https://docs.example.org/1>)');
  expect(again).toContain('(before: 3)');
  expect((await sluis('eva', 'task', 'claim', draw)).code).toBe(0);
  expect((await sluis('eva', 'task', 'complete', draw, '--evidence', 'drawing=Drawing 2', 'pages=4', 'kind=final')).code).toBe(0);
  expect((await sluis('mia', 'task', 'show', draw)).out).toMatch(/\nDelivered by EVA, .*\n[^]*\(sketch, final\): kind \(en\): final\n/);
  expect((await sluis('eva', 'task', 'withdraw', draw)).code).toBe(0);
  const sentences = ['Task assigned to EVA: draw (en)', 'Task blocked: draw (en): No plan of the room', 'Comment on draw (en): Found it, @eva', 'Hours on draw (en): 2.5, 1 remaining', 'Completion taken back: draw (en)'];
  await eventually(async () => {
    const log = (await sluis('mia', 'project', 'events', id, '--all')).out;
    return sentences.every((sentence) => log.includes(sentence));
  }, 'all sentences in the log');
});

test('what is typed wrongly is said with exit code 2', async () => {
  expect(await bed.sluis('eva', 'task', 'claim', 'draw')).toMatchObject({ code: 2, err: expect.stringContaining('PROJECT/PHASE/TASK') });
  expect(await bed.sluis('eva', 'task', 'effort', `${id}/design/draw`, '--hours', 'two')).toMatchObject({ code: 2 });
  expect(await bed.sluis('eva', 'task', 'checklist', `${id}/design/draw`)).toMatchObject({ code: 2 });
  expect(await bed.sluis('mia', 'task', 'list', '--assignee', 'eva')).toMatchObject({ code: 2, err: expect.stringContaining('--project') });
});
