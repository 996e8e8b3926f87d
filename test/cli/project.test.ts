/** Projects from the command line: real processes, against the real API and the real engine. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CliBed, runCli, startCliBed } from '../support/cli';
import { DRAWN, smallTask, smallVersion } from '../support/template';

let product: CliBed['product'];
let folder: string;
let sluis: CliBed['sluis'];
let close: CliBed['close'];
beforeAll(async () => {
  ({ product, folder, sluis, close } = await startCliBed());
  const text = smallVersion('2.0.0', (template) => {
    const [design] = template.phases;
    design?.tasks.push(smallTask('label', { forEach: { kind: 'server' } }));
    Object.assign(template, {
      parameters: [{ key: 'racks', type: 'number', name: template.name, default: 1 }, { key: 'urgent', type: 'checkbox', name: template.name, default: false }],
      inventory: [{ kind: 'server', name: template.name, attributes: [{ key: 'units', type: 'number', name: template.name, required: true }] }],
    });
  });
  const { status, body } = await product.call('olga', 'POST', '/templates', { text });
  expect([status, body]).toEqual([201, expect.anything()]);
});
afterAll(() => close());

const ROLES = ['--role', 'manager=mia', 'engineer=eva,edo', 'sponsor=sam', 'security=sol'];

async function start(...more: string[]): Promise<string> {
  const { code, out, err } = await sluis('olga', 'project', 'start', 'small@1.0.0', '--name', 'Move the racks', ...ROLES, '--json', ...more);
  expect([code, err]).toEqual([0, '']);
  return (JSON.parse(out) as { id: string }).id;
}

/** A command of a person, as soon as the project is so far that it can be carried out. */
const act = (who: string, path: string, body: object) => eventually(async () => { expect([200, 202]).toContain((await product.call(who, 'POST', path, body)).status); });

test('a project is started with parameters, roles and an inventory from a spreadsheet', async () => {
  writeFileSync(join(folder, 'servers.csv'), 'id,kind,name,units\nsrv-1,server,Payroll,2\nsrv-2,server,Backup,4\n');
  const args = ['project', 'start', 'small', '--name', 'Label the servers', '--param', 'racks=3', 'urgent=yes', '--inventory', 'servers.csv', ...ROLES, '--key', 'label-1'];
  const started = await sluis('olga', ...args);
  expect(started).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/^started {2}p-\w+ {2}Label the servers \(small@2\.0\.0\)\nNext: sluis project show p-\w+\n$/) });
  const id = /p-\w+/.exec(started.out)?.[0] ?? '';
  expect((await sluis('olga', ...args)).out).toBe(started.out);
  const shown = await sluis('mia', 'project', 'show', id);
  expect(shown.out).toContain('label (en) — Payroll');
  expect(shown.out).toContain('label (en) — Backup');

  writeFileSync(join(folder, 'wrong.csv'), 'id,kind,name,units\nsrv-1,server,Payroll,two\n');
  expect(await sluis('olga', 'project', 'start', 'small', '--name', 'X', '--inventory', 'wrong.csv', ...ROLES))
    .toMatchObject({ code: 2, out: '', err: 'wrong.csv, line 2, column "units" (4): the attribute "units" of srv-1 must be a number\n' });
});

test('a page says where a project stands and who holds its gate', async () => {
  const id = await start();
  await act('eva', `/projects/${id}/phases/design/tasks/draw/claim`, {});
  await eventually(async () => {
    const early = (await sluis('mia', 'project', 'show', id, '--live')).out;
    expect(early).toMatch(/^Move the racks {2}running\np-\w+ {2}small@1\.0\.0 \(small \(en\)\) {2}started \d{4}-\d\d-\d\d \d\d:\d\d\n/);
    expect(early).toMatch(/design \(en\) +open +0 of 2 +design-gate \(en\): waiting\n/);
    expect(early).toMatch(/Who holds the gate "design-gate \(en\)"\n {2}EVA: draw \(en\) \(claimed\)\n {2}1 task after those\n/);
    expect(early).toMatch(/\n\d{4}-\d\d-\d\d +draw \(en\) +design \(en\) +claimed +EVA\n/);
    expect(early).toContain('engineer (en): EVA, EDO');
  });

  await act('eva', `/projects/${id}/phases/design/tasks/draw/complete`, { evidence: DRAWN });
  await act('edo', `/projects/${id}/phases/design/tasks/check/complete`, { evidence: {} });
  await eventually(async () => {
    const { out } = await sluis('mia', 'project', 'show', id);
    expect(out).toMatch(/design-gate \(en\): open\n/);
    expect(out).toContain('  SAM: to vote (step board)\n  SOL: to vote (step board)');
  });
  const json = JSON.parse((await sluis('mia', 'project', 'show', id, '--json')).out) as { id: string; openTasks: { task: string }[] };
  expect(json).toMatchObject({ id, status: 'running', blocking: expect.any(Array) });
  expect(json.openTasks.map(({ task }) => task)).toContain('log-1');
});

test('the log is a timeline, a page at a time', async () => {
  const id = await start();
  await act('eva', `/projects/${id}/phases/design/tasks/draw/complete`, { evidence: DRAWN });
  await product.call('mia', 'POST', `/projects/${id}/hold`, { reason: 'A strike' });
  await eventually(async () => { expect((await sluis('mia', 'project', 'events', id, '--all')).out).toContain('Settled: a hold: A strike'); });
  const all = await sluis('mia', 'project', 'events', id, '--all');
  expect(all.out).toMatch(/^\d{4}-\d\d-\d\d\n\d\d:\d\d:\d\d {2}OLGA +Project started: Move the racks \(small@1\.0\.0\)\n/);
  expect(all.out).toMatch(/\d\d:\d\d:\d\d {2}EVA +Task done: draw \(en\)\n/);
  expect(all.out).toMatch(/\d\d:\d\d:\d\d {2}MIA +Asked for: a hold: A strike\n/);
  expect(all.out).not.toContain('There is more');

  const types: string[] = [];
  for (let after: string | null = '0'; after !== null;) {
    const { out } = await sluis('mia', 'project', 'events', id, '--limit', '7', '--after', after, '--json');
    const page = JSON.parse(out) as { items: { type: string }[]; nextAfter: string | null };
    expect(page.items.length).toBeLessThanOrEqual(7);
    types.push(...page.items.map(({ type }) => type));
    after = page.nextAfter;
  }
  const whole = JSON.parse((await sluis('mia', 'project', 'events', id, '--all', '--json')).out) as { items: { type: string }[] };
  expect(types).toEqual(whole.items.map(({ type }) => type));
  expect((await sluis('mia', 'project', 'events', id, '--limit', '2')).out).toMatch(new RegExp(`There is more: sluis project events ${id} --after \\d+, or --all\\.`));
});

test('the list has the filters of the API', async () => {
  const id = await start();
  const list = await sluis('olga', 'project', 'list', '--template', 'small', '--search', 'racks', '--status', 'running');
  expect(list.out).toMatch(new RegExp(`${id} +Move the racks +running +small@1\\.0\\.0 +\\d{4}-\\d\\d-\\d\\d\\n`));
  expect(list.out).toMatch(/\n\n\d+ projects?\.\n$/);
  expect((await sluis('olga', 'project', 'list', '--status', 'cancelled')).out).toBe('0 projects.\n');
  expect(JSON.parse((await sluis('leo', 'project', 'list', '--json')).out)).toEqual({ items: [] });
});

test('words find what the caller may see, of all kinds or of one', async () => {
  const id = await start();
  const found = await sluis('olga', 'search', 'move', 'rack');
  expect([found.code, found.out]).toEqual([0, expect.stringMatching(new RegExp(`^kind +what[^]*project +Move the racks +Move the racks +${id}\\n`))]);
  const { items } = JSON.parse((await sluis('olga', 'search', 'Move the racks', '--kind', 'project', '--json')).out) as { items: unknown[] };
  expect(items).toContainEqual(expect.objectContaining({ kind: 'project', project: id }));
  expect((await sluis('olga', 'search', 'move racks', '--kind', 'project')).out).toBe('0 hits.\n');
  expect((await sluis('leo', 'search', 'racks')).out).toBe('0 hits.\n');
  expect(await sluis('olga', 'search', 'racks', '--kind', 'thing')).toMatchObject({ code: 2, err: expect.stringContaining('evidence') });
  expect(await sluis('olga', 'search', '!')).toMatchObject({ code: 1, err: expect.stringContaining('/query/q') });
});

test('what the API refuses is said with exit code 1, what is typed wrongly with 2', async () => {
  expect(await sluis('leo', 'project', 'start', 'small', '--name', 'X', ...ROLES)).toMatchObject({ code: 1, out: '', err: expect.stringContaining('Your role does not allow this') });
  const refused = await sluis('leo', 'project', 'show', 'p-nothing', '--json');
  expect([refused.code, refused.err, JSON.parse(refused.out)]).toEqual([1, '', expect.objectContaining({ code: 'unknown-project', status: 404 })]);
  expect(await sluis('olga', 'project', 'start', 'small', '--name', 'X', '--role', 'boss=mia'))
    .toMatchObject({ code: 1, err: expect.stringContaining('/roles/boss') });
  expect(await sluis('olga', 'project', 'start', 'smal', '--name', 'X')).toMatchObject({ code: 2, err: 'No template smal is published; did you mean small?\n' });
  expect(await sluis('olga', 'project', 'start', 'small@9', '--name', 'X')).toMatchObject({ code: 2, err: 'small has no version 9; it has 2.0.0, 1.0.0.\n' });
  expect(await sluis('olga', 'project', 'start', 'small')).toMatchObject({ code: 2, err: expect.stringContaining("required option '--name <name>'") });
  expect(await sluis('olga', 'project', 'list', '--status', 'asleep')).toMatchObject({ code: 2, err: expect.stringContaining('running') });
  expect(await sluis('olga', 'project', 'events', 'p-1', '--limit', 'few')).toMatchObject({ code: 2, err: expect.stringContaining('--limit takes a whole number') });
  expect(await sluis('olga', 'project', 'lst')).toMatchObject({ code: 2, err: expect.stringContaining('(Did you mean list?)') });
  expect(await runCli(['project', 'list', '--url', 'http://127.0.0.1:1'], { cwd: folder, env: { SLUIS_TOKEN: 'x' } }))
    .toMatchObject({ code: 1, err: expect.stringContaining('does the product run?') });
  expect(await runCli(['project', 'list'], { cwd: folder })).toMatchObject({ code: 1, err: expect.stringContaining('No product runs on this data folder') });
});

async function eventually(check: () => Promise<void>): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      await check();
      return;
    } catch (error) {
      if (attempt > 20) throw error;
      await new Promise((resolve) => { setTimeout(resolve, 200); });
    }
  }
}
