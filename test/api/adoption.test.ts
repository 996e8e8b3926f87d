/** Projects that already run elsewhere, adopted over HTTP, with the real engine. */
import { startProduct, type Product } from '../support/product';
import { DRAWN, SMALL_ROLES, smallTask, smallText, smallVersion } from '../support/template';

let product: Product;
beforeAll(async () => { product = await startProduct(); });
afterAll(async () => { await product.close(); });

const SOURCE = 'MS Project plan of 2 November';
const HOSTILE = '<script>alert(1)</script> \'; DROP TABLE events; -- ${7*7} \u202e';
const PASSED = {
  source: SOURCE,
  gates: [{ gate: 'design-gate', passedAt: '2026-10-01', by: 'Their steering committee', note: HOSTILE }],
  tasks: [
    { phase: 'design', task: 'draw', status: 'done', doneAt: '2026-09-30T16:00:00+02:00', by: 'Wim', evidence: { drawing: { name: 'Drawing 1' }, note: HOSTILE } },
    { phase: 'build', task: 'rack', status: 'done', by: 'Wim' },
    { phase: 'build', task: 'cable', status: 'open' },
    ...Array.from({ length: 7 }, (_, index) => ({ phase: 'control', task: `log-${index + 1}`, status: index === 0 ? 'dropped' : 'done' })),
  ],
};

const post = (adoption: object, more: object = {}) =>
  product.call('olga', 'POST', '/projects', { name: 'Move the racks', template: 'small', version: '1.0.0', roles: SMALL_ROLES, adoption, ...more });

async function adopt(adoption: object = PASSED): Promise<string> {
  const { status, body } = await post(adoption);
  expect([status, body]).toEqual([201, expect.anything()]);
  return body.id;
}

// What tests look into by name; a wrong name fails them.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type View = any;
const read = async (path: string): Promise<View> => (await product.call('mia', 'GET', path)).body;
const phaseOf = (view: View, key: string): View => view.phases.find(({ phase }: { phase: string }) => phase === key);

async function until(project: string, holds: (view: View) => boolean): Promise<View> {
  for (let attempt = 0; attempt < 150; attempt += 1) {
    const view = await read(`/projects/${project}`);
    if (holds(view)) return view;
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
  throw new Error(`in vain: ${JSON.stringify(await read(`/projects/${project}`))}`);
}

const inBuild = (project: string): Promise<View> =>
  until(project, (view) => phaseOf(view, 'design').status === 'ended' && phaseOf(view, 'build').openTasks === 1 && phaseOf(view, 'control').openTasks === 1);

async function complete(project: string, phase: string, task: string): Promise<void> {
  const { status, body } = await product.call('eva', 'POST', `/projects/${project}/phases/${phase}/tasks/${task}/complete`, { evidence: {} });
  expect([status, body]).toEqual([200, expect.anything()]);
}

async function approve(project: string, who: string): Promise<View> {
  const view = await until(project, (each) => phaseOf(each, 'build').gate.approval !== null);
  const { approval, digest } = phaseOf(view, 'build').gate;
  const { body: shown } = await product.call(who, 'GET', `/approvals/${encodeURIComponent(approval)}`);
  expect((await product.call(who, 'POST', `/approvals/${encodeURIComponent(approval)}/decide`, { outcome: 'approve', digest })).status).toBe(200);
  return shown;
}

test('a project in its second phase opens there, shows what was adopted as such, and is driven to its end', async () => {
  const project = await adopt();
  const view = await inBuild(project);
  expect(view.adoption).toEqual({ source: SOURCE, person: { id: 'olga', name: 'OLGA' } });
  expect(phaseOf(view, 'design')).toMatchObject({
    outcome: 'adopted', openTasks: 0, doneTasks: 2,
    gate: {
      status: 'adopted', outcome: 'adopted', approval: null, digest: null,
      adopted: { source: SOURCE, by: 'Their steering committee', at: '2026-10-01T00:00:00.000Z', note: HOSTILE },
    },
  });
  const { items } = await read(`/projects/${project}/tasks`);
  const taskOf = (key: string): View => items.find(({ task }: { task: string }) => task === key);
  expect(taskOf('draw')).toMatchObject({
    status: 'done', doneBy: null, doneAt: '2026-09-30T14:00:00.000Z', adopted: { source: SOURCE, by: 'Wim' },
    evidence: { drawing: { name: 'Drawing 1' }, note: HOSTILE },
  });
  expect(taskOf('check')).toMatchObject({ status: 'done', doneBy: null, doneAt: null, adopted: { source: SOURCE, by: null }, evidence: null });
  expect(taskOf('cable')).toMatchObject({ status: 'ready', adopted: null });
  expect(taskOf('log-1')).toMatchObject({ status: 'dropped', adopted: { source: SOURCE } });
  expect((await product.call('olga', 'GET', `/projects/${project}?live=true`)).body.phases).toEqual(view.phases);

  await complete(project, 'build', 'cable');
  await complete(project, 'control', 'log-8');
  const shown = await approve(project, 'sam');
  expect(shown.evidence).toMatchObject([{ task: 'rack', doneBy: null, adopted: { source: SOURCE, by: 'Wim' } }, { task: 'cable', doneBy: { id: 'eva' }, adopted: null }]);
  await approve(project, 'sol');
  await until(project, (each) => phaseOf(each, 'close').openTasks === 1);
  await complete(project, 'close', 'archive');
  const end = await until(project, ({ status }) => status === 'completed');
  expect(phaseOf(end, 'build')).toMatchObject({ outcome: 'approve', gate: { status: 'approved', adopted: null } });
});

test('the log says who adopted, and from where; it holds no text, and nothing in it is a decision', async () => {
  const project = await adopt();
  await inBuild(project);
  const items = await product.log('mia', project);
  const adopted = items.filter(({ type }: { type: string }) => type.endsWith('-adopted'));
  expect(adopted.map(({ type }: { type: string }) => type).sort()).toEqual(['gate-adopted', 'project-adopted', 'tasks-adopted', 'tasks-adopted', 'tasks-adopted']);
  for (const { type, by, event } of adopted) {
    expect(event.source).toBe(SOURCE);
    if (type === 'project-adopted') expect(by).toMatchObject({ kind: 'person', person: 'olga' });
    else expect(event.person).toBe('olga');
  }
  expect(items.some(({ type }: { type: string }) => type === 'gate-decided' || type === 'gate-opened')).toBe(false);
  const { rows } = await product.engine.database.pool.query('SELECT event::text AS event FROM events WHERE project = $1', [project]);
  expect(rows.map(({ event }) => event).join()).not.toMatch(/steering committee|DROP TABLE|Wim|MS Project/);
});

test('the same key is the same project; a move to another version keeps what was adopted', async () => {
  const body = { name: 'n', template: 'small', version: '1.0.0', roles: SMALL_ROLES, adoption: PASSED };
  const first = await product.call('olga', 'POST', '/projects', body, { key: 'adopt-once' });
  const again = await product.call('olga', 'POST', '/projects', body, { key: 'adopt-once' });
  expect([first.status, again.status, again.body.id]).toEqual([201, 201, first.body.id]);
  const project = first.body.id;
  const before = await inBuild(project);
  const text = smallVersion('2.0.0', (template) => { template.phases[1]?.tasks.push(smallTask('label', { name: smallText('label'), after: ['cable'] })); });
  expect((await product.call('olga', 'POST', '/templates', { text })).status).toBe(201);
  const moved = await product.call('mia', 'POST', `/projects/${project}/migrations`, { version: '2.0.0' });
  expect(moved.body).toMatchObject({ outcome: 'migrated' });
  const view = await until(project, (each) => each.template.version === '2.0.0' && phaseOf(each, 'build').openTasks === 2);
  expect([phaseOf(view, 'design'), view.adoption]).toEqual([phaseOf(before, 'design'), before.adoption]);
  const { items } = await read(`/projects/${project}/tasks?phase=build`);
  expect(items.map(({ task, status, adopted }: View) => [task, status, adopted?.by ?? null])).toEqual([['rack', 'done', 'Wim'], ['cable', 'ready', null], ['label', 'waiting', null]]);
});

test('what does not fit is refused with its place, in the language asked for, and nothing is started or kept', async () => {
  const { rows: before } = await product.engine.database.pool.query('SELECT count(*)::int AS texts FROM texts');
  const tomorrow = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
  const done = (phase: string, task: string, more: object = {}) => ({ phase, task, status: 'done', ...more });
  const cases: [object, object[]][] = [
    [{ source: 's', tasks: [done('nowhere', 'x'), done('build', 'nothing'), done('build', 'rack', { item: 'srv-1' })] },
      [{ pointer: '/adoption/tasks/0/phase', code: 'unknown' }, { pointer: '/adoption/tasks/1/task', code: 'unknown' }, { pointer: '/adoption/tasks/2/item', code: 'unknown' }]],
    [{ source: 's', gates: [{ gate: 'none' }, { gate: 'build-gate' }] },
      [{ pointer: '/adoption/gates/0/gate', code: 'unknown' }, { pointer: '/adoption/gates/1/gate', code: 'not-passed', detail: expect.stringContaining('design: design-gate') }]],
    [{ source: 's', gates: [{ gate: 'design-gate', passedAt: tomorrow }] }, [{ pointer: '/adoption/gates/0/passedAt', code: 'future' }]],
    [{ source: 's', tasks: [done('build', 'rack', { doneAt: '2026-02-30' })] }, [{ pointer: '/adoption/tasks/0/doneAt', code: 'format' }]],
    [{ source: 's', gates: [{ gate: 'design-gate' }], tasks: [{ phase: 'design', task: 'draw', status: 'open' }] }, [{ pointer: '/adoption/tasks/0/status', code: 'gate-passed' }]],
    [{ source: 's', tasks: [done('build', 'rack'), done('build', 'rack')] }, [{ pointer: '/adoption/tasks/1', code: 'duplicate' }]],
    [{ source: 's', tasks: [done('design', 'draw', { evidence: { pages: 3, page: 'no link', ['constructor']: 'x' } })] }, [
      { pointer: '/adoption/tasks/0/evidence/page', code: 'format' }, { pointer: '/adoption/tasks/0/evidence/drawing', code: 'evidence-needed' },
      { pointer: '/adoption/tasks/0/evidence/kind', code: 'evidence-needed' }, { pointer: '/adoption/tasks/0/evidence/constructor', code: 'unknown' }]],
    [{ tasks: [] }, [{ pointer: '/adoption/source', code: 'required' }]],
    [{ source: 'a\u0000b' }, [{ pointer: '/adoption/source', code: 'format' }]],
    [{ source: 's', tasks: [done('build', 'rack', { by: 'x'.repeat(201) })] }, [{ pointer: '/adoption/tasks/0/by', code: 'too-long' }]],
    [{ source: 's', more: 1 }, [{ pointer: '/adoption/more', code: 'unknown' }]],
  ];
  for (const [adoption, errors] of cases) {
    const { status, body } = await post(adoption);
    expect([status, body.code, body.errors]).toEqual([422, 'invalid-request', errors.map((each) => expect.objectContaining(each))]);
  }
  const french = await product.call('olga', 'POST', '/projects?lang=fr', { name: 'n', template: 'small', roles: SMALL_ROLES, adoption: { source: 's', gates: [{ gate: 'build-gate' }] } });
  expect(french.body.errors[0].detail).toContain('Ce jalon');
  const { rows: after } = await product.engine.database.pool.query('SELECT count(*)::int AS texts FROM texts');
  expect(after).toEqual(before);
});

test('only who may start projects may adopt one; evidence that is complete is taken in a phase that goes on', async () => {
  expect((await product.call('mia', 'POST', '/projects', { name: 'n', template: 'small', roles: SMALL_ROLES, adoption: PASSED })).status).toBe(403);
  const project = await adopt({ source: SOURCE, tasks: [{ phase: 'design', task: 'draw', status: 'done', evidence: DRAWN }] });
  await until(project, (view) => phaseOf(view, 'design').doneTasks === 1);
  await complete(project, 'design', 'check');
  const view = await until(project, (each) => phaseOf(each, 'design').gate.status === 'open');
  expect(phaseOf(view, 'design').gate.criteria[0]).toMatchObject({ key: 'final-drawing', met: true });
  // What was delivered elsewhere is where it begins again.
  const [draw, check] = ['draw', 'check'].map((key) => `/projects/${project}/phases/design/tasks/${key}`);
  expect((await product.call('mia', 'POST', `${draw}/reopen`, { reason: 'A newer plan' })).status).toBe(200);
  expect(await read(draw!)).toMatchObject({ status: 'ready', adopted: null, sentBack: { person: { id: 'mia' }, through: null, gate: null, reason: 'A newer plan' }, deliveredBefore: DRAWN });
  expect(await read(check!)).toMatchObject({ sentBack: null, deliveredBefore: null });
});
