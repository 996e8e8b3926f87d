/** Moving running projects from the command line: real processes, against the real API and the real engine. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '../support/engine';
import { type CliBed, startCliBed } from '../support/cli';
import { DRAWN, smallTask, smallVersion } from '../support/template';

let product: CliBed['product'];
let folder: string;
let sluis: CliBed['sluis'];
let close: CliBed['close'];
beforeAll(async () => {
  ({ product, folder, sluis, close } = await startCliBed());
});
afterAll(() => close());

const write = (file: string, version: string, change: Parameters<typeof smallVersion>[1]) => writeFileSync(join(folder, file), smallVersion(version, change));

test('from a draft and its effect to a version that all projects are on', async () => {
  const [one, other] = [await product.startProject('Racks in Gent'), await product.startProject('Racks in Brugge')];
  await eventually(async () => (await product.call('eva', 'POST', `/projects/${one}/phases/design/tasks/draw/complete`, { evidence: DRAWN })).status < 300, 'the drawing');
  // A drawing has to tell its scale now: who drew has to decide whether it is done again.
  write('next.json', '2.0.0', (template) => {
    const [design] = template.phases;
    design?.tasks.push(smallTask('measure'));
    const draw = design?.tasks.find(({ key }) => key === 'draw') as { evidence: object[] } | undefined;
    draw?.evidence.push({ key: 'scale', name: template.name, type: 'number' });
  });
  const draft = await sluis('olga', 'template', 'impact', 'next.json');
  expect(draft).toMatchObject({ code: 0, err: '' });
  expect(draft.out).toMatch(new RegExp(`${one} +Racks in Gent +1\\.0\\.0 +needs-decision +task:design/draw \\(keep or reopen\\)\\n`));
  expect(draft.out).toMatch(new RegExp(`${other} +Racks in Brugge +1\\.0\\.0 +moves +tasks added: 1\\n`));
  expect(draft.out).toMatch(/\n\n1 moves, 1 needs-decision\.\n$|\n\n1 needs-decision, 1 moves\.\n$/);

  expect(await sluis('olga', 'template', 'publish', 'next.json')).toMatchObject({ code: 0, out: 'published  small 2.0.0\n' });
  expect(await sluis('olga', 'template', 'publish', 'next.json', '--json')).toMatchObject({ code: 0, out: expect.stringContaining('"version": "2.0.0"') });
  const published = JSON.parse((await sluis('olga', 'template', 'impact', 'small@2.0.0', '--json')).out) as { items: { project: string; outcome: string }[] };
  expect(Object.fromEntries(published.items.map(({ project, outcome }) => [project, outcome]))).toEqual({ [one]: 'needs-decision', [other]: 'moves' });

  const dry = await sluis('olga', 'template', 'migrate', 'small', '--all', '--dry-run');
  expect([dry.code, dry.out]).toEqual([1, expect.stringContaining(`${one}  needs-decision  task:design/draw (keep or reopen)`)]);
  const decided = await sluis('olga', 'template', 'migrate', 'small', one, '--decide', `${one}:task:design/draw=keep`, '--dry-run', '--json');
  expect([decided.code, JSON.parse(decided.out)]).toEqual([0, { template: 'small', version: '2.0.0', dryRun: true, items: [expect.objectContaining({ project: one, outcome: 'moves' })] }]);

  const undecided = await sluis('olga', 'template', 'migrate', 'small@2.0.0', '--all');
  expect(undecided.code).toBe(1);
  expect(undecided.out).toMatch(new RegExp(`${one} +refused +\\S`));
  expect(undecided.out).toMatch(new RegExp(`${other} +migrated\\n`));
  const moved = await sluis('olga', 'template', 'migrate', 'small', '--all', '--decide', 'all:task:design/draw=reopen', '--json');
  expect([moved.code, Object.fromEntries((JSON.parse(moved.out) as { items: { project: string; outcome: string }[] }).items.map(({ project, outcome }) => [project, outcome]))])
    .toEqual([0, { [one]: 'migrated', [other]: 'same' }]);
  expect((await sluis('olga', 'project', 'show', one)).out).toMatch(/Moves to other versions\n.*\n\d{4}-\d\d-\d\d \d\d:\d\d +1\.0\.0 +2\.0\.0 +migrated\n/);
  const events = (await sluis('olga', 'project', 'events', one, '--all')).out;
  expect(events).toContain('Settled: a move to another version');
});

test('what can not move, and what is wrong with a draft, is exit code 1', async () => {
  write('broken.json', '3.0.0', (template) => { Object.assign(template.phases[0]?.tasks[0] as object, { rasci: { r: 'enginer', a: 'manager' } }); });
  const broken = await sluis('olga', 'template', 'impact', 'broken.json');
  expect([broken.code, broken.out]).toEqual([1, expect.stringMatching(/^broken\.json \/phases\/0\/tasks\/0\/rasci\/r\n {4}.*did you mean "engineer"\?\n/)]);
  write('asks.json', '3.0.0', (template) => {
    Object.assign(template, { parameters: [{ key: 'racks', type: 'number', name: template.name }] });
  });
  await product.startProject('Racks in Aalst');
  const asks = await sluis('olga', 'template', 'impact', 'asks.json');
  expect([asks.code, asks.out]).toEqual([1, expect.stringMatching(/impossible +\/parameters\/racks the parameter "racks" \(number\) has no value/)]);
  expect((await sluis('olga', 'template', 'impact', 'asks.json', '--param', 'racks=3')).out).not.toContain('impossible');
  expect(await sluis('eva', 'template', 'impact', 'asks.json')).toMatchObject({ code: 1, out: '', err: expect.stringContaining('Your role does not allow this') });
  expect(await sluis('olga', 'template', 'migrate', 'small', 'p-nothing')).toMatchObject({ code: 1, out: expect.stringMatching(/p-nothing +refused +\S/) });
});

test('what is asked wrongly is exit code 2', async () => {
  expect(await sluis('olga', 'template', 'migrate', 'small')).toMatchObject({ code: 2, err: 'Say which projects: their ids, or --all.\n' });
  expect(await sluis('olga', 'template', 'migrate', 'small', 'p-1', '--all')).toMatchObject({ code: 2 });
  expect(await sluis('olga', 'template', 'migrate', 'small', 'p-1', '--decide', 'p-2:phase:control=drop')).toMatchObject({ code: 2, err: expect.stringContaining('p-2 is not among the projects') });
  expect(await sluis('olga', 'template', 'migrate', 'small', '--all', '--decide', 'keep')).toMatchObject({ code: 2, err: expect.stringContaining('write KEY=VALUE') });
  expect(await sluis('olga', 'template', 'impact', 'smal')).toMatchObject({ code: 2, err: 'No template smal is published; did you mean small?\n' });
});

test('more projects than one request takes are moved chunk after chunk, each with its result', async () => {
  const real = await product.startProject('The last of many');
  const ids = [...Array.from({ length: 103 }, (_, index) => `p-none-${index}`), real];
  const { code, out } = await sluis('olga', 'template', 'migrate', 'small@1.0.0', ...ids, '--json');
  const { items } = JSON.parse(out) as { items: { project: string; outcome: string }[] };
  expect([code, items.map(({ project }) => project)]).toEqual([1, ids]);
  expect([...new Set(items.slice(0, -1).map(({ outcome }) => outcome)), items.at(-1)?.outcome]).toEqual(['refused', 'migrated']);
});
