/** Backlogs and sprints from the command line. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../support/engine';
import { type CliBed, startCliBed } from '../support/cli';
import { SMALL_ROLES, smallText, smallVersion } from '../support/template';

let bed: CliBed;
let phase: string;
const entry = (key: string) => ({ key, name: smallText(key) });
beforeAll(async () => {
  bed = await startCliBed();
  const version = smallVersion('3.0.0', ({ phases }) => {
    Object.assign(phases.find(({ key }) => key === 'control') ?? {}, { kind: 'iterations', iterations: {
      productOwner: 'sponsor', columns: [entry('todo'), entry('ready')], done: [entry('tested')], teams: [{ ...entry('alpha'), roles: ['engineer'], sprintDays: 5 }],
      needs: [{ phase: 'design', deliverable: 'drawing' }],
    } });
  });
  await bed.product.call('olga', 'POST', '/templates', { text: version });
  const { id } = (await bed.product.call('olga', 'POST', '/projects', { name: 'Agile', template: 'small', version: '3.0.0', roles: SMALL_ROLES })).body;
  phase = `${id}/control`;
  await eventually(async () => (await bed.product.call('eva', 'GET', `/projects/${id}/phases/control/backlog`)).status === 200, 'the backlog');
});
afterAll(() => bed.close());

test('from a table to a running sprint', async () => {
  const { sluis } = bed;
  const folder = mkdtempSync(join(tmpdir(), 'sluis-agile-'));
  writeFileSync(join(folder, 'in.csv'), 'title,estimate\nLog in,3\nLog out,2\n');
  expect((await sluis('eva', 'backlog', 'import', phase, join(folder, 'in.csv'))).out).toBe('imported  2 items\n');
  expect((await sluis('eva', 'backlog', 'add', phase, 'Reset', '--kind', 'bug', '--estimate', '1', '--label', 'web')).out).toBe(`added  ${phase} 3\n`);
  expect((await sluis('sam', 'backlog', 'move', phase, '3', '--before', '1')).out).toBe(`moved  ${phase} 3\n`);
  expect((await sluis('eva', 'backlog', 'list', phase)).out).toMatch(/3 +bug +Reset +1 +open\n1 +story +Log in +3 +open\n2 +story +Log out +2 +open\n\n3 items\./);
  expect((await sluis('eva', 'backlog', 'export', phase, '--output', join(folder, 'out.csv'))).code).toBe(0);
  expect(readFileSync(join(folder, 'out.csv'), 'utf8')).toContain('3,bug,Reset');
  expect((await sluis('eva', 'backlog', 'forecast', phase)).out).toContain('too little history');

  expect((await sluis('eva', 'sprint', 'open', phase, 'alpha')).code).toBe(0);
  const sprint = `${phase}/alpha/1`;
  expect((await sluis('eva', 'sprint', 'plan', sprint, '1', '3')).out).toBe(`planned  ${sprint}\n`);
  expect(await sluis('eva', 'sprint', 'start', sprint)).toMatchObject({ code: 1, err: expect.stringContaining('Sprint Goal') });
  expect((await sluis('eva', 'sprint', 'event', sprint, 'planning', '2026-12-01T09:00:00+01:00', '--hours', '2')).code).toBe(0);
  expect((await sluis('eva', 'sprint', 'show', sprint)).out).toMatch(/planning +.*2 h/);
  expect((await sluis('eva', 'sprint', 'goal', sprint, 'People can log in')).code).toBe(0);
  await eventually(async () => (await sluis('eva', 'sprint', 'show', sprint)).out.includes('Log in'), 'the items');
  expect((await sluis('eva', 'sprint', 'start', sprint)).out).toBe(`started  ${sprint}\n`);
  expect((await sluis('eva', 'sprint', 'tick', sprint, '1', 'tested')).code).toBe(0);
  expect((await sluis('eva', 'sprint', 'move', sprint, '1', '--from', 'todo', '--to', 'ready')).out).toBe(`moved  ${sprint} 1\n`);
  expect((await sluis('sam', 'sprint', 'accept', sprint, '1')).out).toBe(`accepted  ${sprint} 1\n`);
  expect((await sluis('eva', 'sprint', 'impede', sprint, 'No test data')).code).toBe(0);
  expect((await sluis('eva', 'sprint', 'thank', sprint, 'edo', 'For the test data', '--for', 'knowledge')).out).toBe(`thanked  ${sprint}\n`);
  const { out } = await sluis('eva', 'sprint', 'show', sprint);
  expect(out).toContain('EVA thanks EDO: For the test data');
  expect((await sluis('eva', 'sprint', 'pulse', sprint)).out).toBe('0 of 2 answered; a result is shown from 4 on, once the pulse is closed (now: too-small).\n');
  expect(out).toMatch(/1 +Log in +accepted/);
  expect(out).toMatch(/Impediment 1 since .*: No test data/);
  expect((await sluis('eva', 'sprint', 'list', phase)).out).toMatch(/alpha \(en\) 1 +running +People can log in .* 4 \(2\) +3 \(1\)/);
});

test('hours to do of the hours that there are, by person and week', async () => {
  const { out } = await bed.sluis('eva', 'workload', '--weeks', '2', '--person', 'eva');
  expect(out).toMatch(/^person +\d{4}-W\d\d +\d{4}-W\d\d +unknown\nEVA +[\d.]+\/[\d.]+/);
  expect(await bed.sluis('eva', 'workload', '--person', 'sam')).toMatchObject({ code: 1, err: expect.stringContaining('project-office') });
});

test('an item that waits for what another phase delivers says so', async () => {
  expect((await bed.sluis('eva', 'backlog', 'add', phase, 'As drawn', '--needs', 'design/drawing')).code).toBe(0);
  expect((await bed.sluis('eva', 'backlog', 'list', phase)).out).toMatch(/As drawn +open, waits for design\/drawing/);
});

test('what is typed wrongly is said with exit code 2', async () => {
  expect(await bed.sluis('eva', 'sprint', 'show', phase)).toMatchObject({ code: 2, err: expect.stringContaining('PROJECT/PHASE/TEAM/NUMBER') });
  expect(await bed.sluis('eva', 'backlog', 'move', phase, '1')).toMatchObject({ code: 2 });
  expect(await bed.sluis('eva', 'backlog', 'add', phase, 'x', '--estimate', 'two')).toMatchObject({ code: 2 });
});
