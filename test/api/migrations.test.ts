/** Moving running projects to another version of their template, over HTTP, with the real engine. */
import { startProduct, type Product } from '../support/product';
import { smallGate, smallTask, smallText, smallVersion } from '../support/template';

let product: Product;
beforeAll(async () => { product = await startProduct(); });
afterAll(async () => { await product.close(); });

const ROLES = { manager: ['mia'], engineer: ['eva'], sponsor: ['sam'], security: ['sol'] };
const draw = { drawing: { name: 'drawing.pdf', url: 'https://files.example/drawing.pdf' }, pages: 4, kind: 'final' };

async function start(): Promise<string> {
  const { status, body } = await product.call('olga', 'POST', '/projects', { name: 'Move the racks', template: 'small', version: '1.0.0', roles: ROLES });
  expect(status).toBe(201);
  return body.id;
}

async function complete(project: string, phase: string, task: string, evidence: object = {}): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    const { status, body } = await product.call('eva', 'POST', `/projects/${project}/phases/${phase}/tasks/${task}/complete`, { evidence });
    if (status === 200 || status === 202) return;
    if (attempt > 50) throw new Error(`${phase}/${task}: ${JSON.stringify(body)}`);
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
}

const read = async (project: string, who = 'mia') => (await product.call(who, 'GET', `/projects/${project}`)).body;
async function until(project: string, holds: (view: { status: string; phases: { phase: string; status: string; gate: { approval: string; digest: string } | null }[] }) => boolean) {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const view = await read(project);
    if (holds(view)) return view;
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
  throw new Error(`in vain: ${JSON.stringify(await read(project))}`);
}
const phaseOf = (view: { phases: { phase: string }[] }, key: string) => view.phases.find(({ phase }) => phase === key) as never as { status: string; gate: { status: string; approval: string; digest: string; outcome: string } };
const tasksOf = async (project: string, phase: string) => Object.fromEntries(
  (await product.call('mia', 'GET', `/projects/${project}/tasks?phase=${phase}`)).body.items.map(({ task, status }: { task: string; status: string }) => [task, status]));

async function approve(project: string, phase: string, who: string): Promise<void> {
  const view = await until(project, (each) => phaseOf(each, phase).gate.approval !== null);
  const { approval, digest } = phaseOf(view, phase).gate;
  const { status, body } = await product.call(who, 'POST', `/approvals/${encodeURIComponent(approval)}/decide`, { outcome: 'approve', digest });
  expect([status, body]).toEqual([200, expect.anything()]);
}

async function publish(version: string, change: Parameters<typeof smallVersion>[1]): Promise<void> {
  const { status, body } = await product.call('olga', 'POST', '/templates', { text: smallVersion(version, change) });
  expect([status, body.detail]).toEqual([201, undefined]);
}

beforeAll(async () => {
  // Build gets a test and loses its cabling; a pilot comes after it.
  await publish('2.0.0', (template) => {
    const [, build, close] = template.phases;
    if (!build || !close) throw new Error('no build');
    build.tasks = [...build.tasks.filter(({ key }) => key !== 'cable'), smallTask('test', { after: ['rack'], dueDays: 3 })];
    template.phases.push({ key: 'pilot', name: smallText('pilot'), kind: 'stage', after: ['build'], tasks: [smallTask('try')], gate: smallGate('pilot-gate') } as never);
    close.after = ['pilot'];
  });
  // Photos of the racks are asked for, and nobody watches over control any more.
  await publish('3.0.0', (template) => {
    template.phases = template.phases.filter(({ key }) => key !== 'control');
    const rack = template.phases[1]?.tasks.find(({ key }) => key === 'rack');
    if (rack) (rack as Record<string, unknown>)['evidence'] = [{ key: 'photo', name: smallText('photo'), type: 'link' }];
  });
});

test('a project moves while it runs: what was done and decided stays, the rest follows the new version to the end', async () => {
  const project = await start();
  await complete(project, 'design', 'draw', draw);
  await complete(project, 'design', 'check');
  await approve(project, 'design', 'sam');
  await complete(project, 'build', 'rack');

  const preview = await product.call('mia', 'POST', `/projects/${project}/migrations/preview`, { version: '2.0.0' }, { headers: { 'Accept-Language': 'nl' } });
  expect(preview).toMatchObject({ status: 200, body: {
    outcome: 'moves', from: { version: '1.0.0' }, to: { version: '2.0.0' }, kept: { tasks: 1, gates: [{ key: 'design-gate', name: 'design-gate (nl)' }] },
    phases: [{ phase: { key: 'pilot', name: 'pilot (nl)' }, change: 'added' }], decisions: [], findings: [],
    tasks: [{ task: { key: 'test', name: 'test (nl)' }, change: 'added' }, { task: { key: 'cable', name: 'cable (nl)' }, change: 'dropped' }],
  } });
  expect((await product.call('eva', 'POST', `/projects/${project}/migrations`, { version: '2.0.0' })).body.code).toBe('not-permitted');

  const moved = await product.call('mia', 'POST', `/projects/${project}/migrations`, { version: '2.0.0' }, { key: 'move-1' });
  expect(moved).toMatchObject({ status: 200, body: { outcome: 'migrated', revision: 1, template: { version: '2.0.0' } } });
  expect((await product.call('mia', 'POST', `/projects/${project}/migrations`, { version: '2.0.0' }, { key: 'move-1' })).body).toEqual(moved.body);
  expect((await product.call('mia', 'POST', `/projects/${project}/migrations`, { version: '2.0.0' })).body).toMatchObject({ outcome: 'same' });

  const view = await until(project, (each) => each.phases.some(({ phase }) => phase === 'pilot'));
  expect(view).toMatchObject({ template: { version: '2.0.0' }, changing: null, migrations: [{ outcome: 'migrated', from: { version: '1.0.0' }, to: { version: '2.0.0' } }] });
  expect(phaseOf(view, 'design')).toMatchObject({ status: 'ended', outcome: 'approve' });
  await eventually(async () => { expect(await tasksOf(project, 'build')).toEqual({ rack: 'done', test: 'ready', cable: 'dropped' }); });
  const cable = (await product.call('mia', 'GET', `/projects/${project}/phases/build/tasks/cable`, undefined, { headers: { 'Accept-Language': 'fr' } })).body;
  expect(cable).toMatchObject({ name: 'cable (fr)', former: true, status: 'dropped', role: { key: 'engineer' } });

  await complete(project, 'build', 'test');
  await approve(project, 'build', 'sol');
  await approve(project, 'build', 'sam');
  await complete(project, 'pilot', 'try');
  await approve(project, 'pilot', 'sam');
  await complete(project, 'close', 'archive');
  for (let log = 1; log <= 8; log += 1) await complete(project, 'control', `log-${log}`);
  await until(project, ({ status }) => status === 'completed');
});

test('what only people can decide is asked first, and a second move works as the first did', async () => {
  const project = await start();
  await complete(project, 'design', 'draw', draw);
  await complete(project, 'design', 'check');
  await approve(project, 'design', 'sam');
  await complete(project, 'build', 'rack');
  await complete(project, 'control', 'log-1');
  const undecided = await product.call('mia', 'POST', `/projects/${project}/migrations`, { version: '3.0.0' });
  expect(undecided.body).toMatchObject({ status: 422, code: 'migration-undecided', facts: { undecided: ['task:build/rack', 'phase:control'] } });
  const decisions = { 'task:build/rack': 'reopen', 'phase:control': 'drop' };
  const moved = await product.call('mia', 'POST', `/projects/${project}/migrations`, { version: '3.0.0', decisions });
  expect(moved.body).toMatchObject({ outcome: 'migrated' });
  await eventually(async () => { expect(await tasksOf(project, 'build')).toEqual({ rack: 'ready', cable: 'waiting' }); });
  await eventually(async () => { expect(await tasksOf(project, 'control')).toMatchObject({ 'log-1': 'done', 'log-2': 'dropped' }); });
  await until(project, (each) => phaseOf(each, 'control').status === 'ended');
  expect(phaseOf(await read(project), 'control')).toMatchObject({ former: true });
  await complete(project, 'build', 'rack', { photo: 'https://files.example/rack.jpg' });
  const back = await product.call('olga', 'POST', `/projects/${project}/migrations`, { version: '1.0.0' });
  expect(back.body).toMatchObject({ outcome: 'migrated', revision: 2 });
  await eventually(async () => { expect(await tasksOf(project, 'build')).toEqual({ rack: 'done', cable: 'ready' }); });
  await until(project, (each) => phaseOf(each, 'control').status === 'open');
});

test('a draft is shown in its effect on every running project; many move at once, each with its own result', async () => {
  const [one, other, gone] = [await start(), await start(), await start()];
  await product.call('mia', 'POST', `/projects/${gone}/cancel`, { reason: 'Not needed' });
  await until(gone, ({ status }) => status === 'cancelled');
  const text = smallVersion('4.0.0', (template) => { template.phases[0]?.tasks.push(smallTask('measure')); });
  expect((await product.call('eva', 'POST', '/templates/impact', { text })).body.code).toBe('not-permitted');
  const wrong = await product.call('olga', 'POST', '/templates/impact', { text: text.replace('"engineer"', '"enginer"') });
  expect([wrong.body.items, wrong.body.problems[0].pointer]).toEqual([[], '/phases/0/tasks/0/rasci/r']);
  const seen: Record<string, string> = {};
  for (let cursor: string | undefined; ;) {
    const page = await product.call('olga', 'POST', '/templates/impact', { text, limit: 2, ...(cursor !== undefined && { cursor }) });
    expect(page.status).toBe(200);
    for (const { project, outcome, tasks } of page.body.items) seen[project] = `${outcome} ${tasks.map(({ change }: { change: string }) => change).join()}`;
    cursor = page.body.nextCursor ?? undefined;
    if (cursor === undefined) break;
  }
  expect(seen).toMatchObject({ [one]: 'moves added', [other]: 'moves added' });
  expect(seen[gone]).toBeUndefined();

  const body = { projects: [{ project: one }, { project: gone }, { project: other }, { project: 'p-none' }] };
  const all = await product.call('olga', 'POST', '/templates/small/versions/2.0.0/migrations', body, { key: 'many' });
  expect(all.body.items).toMatchObject([
    { project: one, outcome: 'migrated' }, { project: gone, outcome: 'refused', problem: { code: 'project-ended' } },
    { project: other, outcome: 'migrated' }, { project: 'p-none', outcome: 'refused', problem: { code: 'unknown-project' } },
  ]);
  expect((await product.call('olga', 'POST', '/templates/small/versions/2.0.0/migrations', body, { key: 'many' })).body).toEqual(all.body);
  expect((await read(other)).template.version).toBe('2.0.0');
});

test('a move during which something happens is tried again, and none is half done', async () => {
  const project = await start();
  const logs = (async () => { for (let log = 1; log <= 8; log += 1) await complete(project, 'control', `log-${log}`); })();
  const moved = await product.call('mia', 'POST', `/projects/${project}/migrations`, { version: '2.0.0' });
  await logs;
  expect([moved.status, moved.body.code]).toEqual([200, undefined]);
  expect(['migrated', 'moved-on']).toContain(moved.body.outcome);
  const view = await read(project);
  expect(view.template.version).toBe(moved.body.outcome === 'migrated' ? '2.0.0' : '1.0.0');
  expect(Object.values(await tasksOf(project, 'control'))).toEqual(Array.from({ length: 8 }, () => 'done'));
});

async function eventually(check: () => Promise<void>): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await check();
    } catch (error) {
      if (attempt > 50) throw error;
      await new Promise((resolve) => { setTimeout(resolve, 100); });
    }
  }
}
