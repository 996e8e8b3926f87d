/** Templates over HTTP: checked, published once, deprecated, and started from. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { newTemplate } from '../../cli/template/new-template';
import { startProduct, type Product } from '../support/product';
import { smallTask, smallVersion } from '../support/template';

let product: Product;
beforeAll(async () => { product = await startProduct(); });
afterAll(async () => { await product.close(); });

const text = newTemplate('rack-move.yaml');
const publish = (body: string, who = 'olga', key?: string) => product.call(who, 'POST', '/templates', { text: body }, key === undefined ? {} : { key });
const ROLES = { 'project-manager': ['mia'], 'engineer': ['eva'], 'sponsor': ['sam'] };

test('anybody can check a template, and all that is wrong is listed with its place', async () => {
  const right = await product.call('eva', 'POST', '/templates/check', { text });
  expect(right).toMatchObject({ status: 200, body: { ok: true, key: 'rack-move', version: '0.1.0', problems: [], findings: [] } });
  const wrong = await product.call('eva', 'POST', '/templates/check', { text: text.replace('r: engineer,', 'r: enginer,') });
  expect(wrong.body).toMatchObject({ ok: false, problems: [{ code: 'unknown-role', suggestion: 'engineer', line: expect.any(Number) }] });
});

test('who checks while others do waits for a turn', async () => {
  const answers = await Promise.all(Array.from({ length: 5 }, () => product.call('eva', 'POST', '/templates/check', { text })));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
});

test('the project office publishes a version once, and it never changes', async () => {
  expect((await publish(text, 'eva')).body).toMatchObject({ status: 403, code: 'not-permitted', facts: { roles: ['project-office', 'program-manager'] } });
  const published = await publish(text, 'olga', 'publish-1');
  expect(published).toMatchObject({ status: 201, body: { key: 'rack-move', version: '0.1.0' } });
  expect(published.headers.get('location')).toBe('/api/v1/templates/rack-move/versions/0.1.0');
  expect(await publish(text, 'olga', 'publish-1')).toMatchObject({ status: 200, body: published.body });
  expect((await publish(text.replace('dueDays: 10', 'dueDays: 11'))).body).toMatchObject({ status: 409, code: 'template-version-published' });
  const started = await product.call('olga', 'POST', '/projects', { name: 'Move', template: 'rack-move', parameters: { outsourced: true }, roles: ROLES });
  expect(started.status).toBe(201);
});

test('what is wrong or does not work is not published', async () => {
  const wrong = await publish(text.replace('when: parameters.outsourced', 'when: now() > 3').replace('0.1.0', '0.2.0'));
  expect(wrong.body).toMatchObject({ status: 422, code: 'template-invalid', errors: [{ pointer: '/phases/0/tasks/1/when', detail: expect.stringContaining('line') }] });
  const unsound = await publish(text.replace('0.1.0', '0.3.0').replace('when: parameters.outsourced', 'when: evidence.write-plan.risk = "high"')
    .replace('{ key: plan, kind: plan,', '{ key: contract, kind: artefact, name: { nl: C, fr: C, en: C } }\n      - { key: plan, kind: plan,')
    .replace('estimate: [3, 5, 10]', 'estimate: [3, 5, 10]\n        produces: [contract]').replace('deliverable: plan, name', 'deliverable: contract, name'));
  expect(unsound.body).toMatchObject({ status: 422, code: 'template-unsound', facts: { findings: ['stuck prepare/ready-to-carry-out'] } });
});

test('parameters and inventory are judged when a project starts', async () => {
  await publish(text);
  const start = (body: object) => product.call('olga', 'POST', '/projects', { name: 'Move', template: 'rack-move', roles: ROLES, ...body });
  expect((await start({ parameters: { outsorced: true } })).body).toMatchObject({ status: 422, errors: [{ pointer: '/parameters/outsorced', code: 'unknown' }] });
  expect((await start({ parameters: { outsourced: 'yes' } })).body).toMatchObject({ status: 422, errors: [{ pointer: '/parameters/outsourced', code: 'format' }] });
  expect((await start({ inventory: [{ id: 'srv-1', kind: 'server', name: 'Server 1' }] })).body).toMatchObject({ status: 422, errors: [{ pointer: '/inventory/0/kind', code: 'unknown' }] });
});

test('a deprecated version starts no project; one that runs on it goes on', async () => {
  await publish(text);
  expect((await product.call('eva', 'POST', '/templates/rack-move/versions/0.1.0/deprecate', {})).body.code).toBe('not-permitted');
  expect((await product.call('olga', 'POST', '/templates/rack-move/versions/9.9.9/deprecate', {})).body.code).toBe('unknown-template');
  const deprecated = await product.call('olga', 'POST', '/templates/rack-move/versions/0.1.0/deprecate', {});
  expect(deprecated).toMatchObject({ status: 200, body: { deprecatedAt: expect.any(String) } });
  expect((await product.call('olga', 'POST', '/templates/rack-move/versions/0.1.0/deprecate', {})).body).toEqual(deprecated.body);
  const start = () => product.call('olga', 'POST', '/projects', { name: 'Move', template: 'rack-move', roles: ROLES });
  expect((await start()).body).toMatchObject({ status: 409, code: 'template-deprecated' });
  expect((await publish(text.replace('0.1.0', '0.4.0'))).status).toBe(201);
  expect((await start()).status).toBe(201);
  const listed = (await product.call('eva', 'GET', '/templates')).body.items.find((each: { key: string }) => each.key === 'rack-move');
  expect(listed).toMatchObject({ latest: '0.4.0', versions: [{ version: '0.4.0', deprecatedAt: null, running: null }, { version: '0.1.0', deprecatedAt: deprecated.body.deprecatedAt }] });
  // How many run on each is for who sees all projects.
  const counted = (await product.call('olga', 'GET', '/templates')).body.items.find((each: { key: string }) => each.key === 'rack-move');
  expect(counted.versions.map(({ version, running }: { version: string; running: number }) => [version, running])).toEqual([['0.4.0', 1], ['0.1.0', 1]]);
});

test('what is different between versions is told by name, in the language of the reader; of a draft as well', async () => {
  const changed = (template: { phases: { key: string; name: { nl: string; fr: string; en: string }; tasks: Record<string, unknown>[]; gate?: unknown }[] }) => {
    const [design, build] = template.phases;
    if (!design || !build) throw new Error('no phases');
    Object.assign(design.tasks[0] ?? {}, { dueDays: 8, rasci: { r: 'security', a: 'manager' } });
    build.tasks.push(smallTask('test', { after: ['rack'] }));
    build.name = { ...build.name, fr: 'chantier' };
  };
  const text = smallVersion('7.0.0', changed as never);
  const ask = (body: object, language = 'nl') => product.call('eva', 'POST', '/templates/small/versions/1.0.0/difference', body, { headers: { 'Accept-Language': language } });
  const draft = await ask({ text });
  expect(draft).toMatchObject({ status: 200, body: { before: '1.0.0', after: '7.0.0', problems: [] } });
  expect(draft.body.changes).toEqual(expect.arrayContaining([
    expect.objectContaining({ kind: 'changed', part: 'task', key: 'design/draw', name: 'draw (nl)', phase: { key: 'design', name: 'design (nl)' }, values: expect.arrayContaining([
      { path: [{ key: 'dueDays', name: null }], before: 5, after: 8 },
      { path: [{ key: 'rasci', name: null }, { key: 'r', name: null }], before: 'engineer (nl)', after: 'security (nl)' },
    ]) }),
    expect.objectContaining({ kind: 'added', part: 'task', key: 'build/test', name: 'test (nl)' }),
    // Another language than the reader's: it is said which.
    expect.objectContaining({ kind: 'changed', part: 'phase', key: 'build', textOnly: true, values: [{ path: [{ key: 'name', name: null }], before: 'FR: build (fr)', after: 'FR: chantier' }] }),
  ]));
  expect((await publish(text)).status).toBe(201);
  expect((await ask({ with: '7.0.0' })).body).toEqual(draft.body);
  expect((await ask({ with: '1.0.0' })).body.changes).toEqual([]);
  expect((await ask({ with: '7.9.9' })).body.code).toBe('unknown-template');
  expect((await ask({ text: 'schema: 1' })).body).toMatchObject({ changes: [], problems: expect.arrayContaining([expect.objectContaining({ pointer: '/key' })]) });
  expect((await ask({})).status).toBe(422);
});

test('the text of a version is kept as its author wrote it; one that came without says so', async () => {
  const written = `# Kept for who comes after me\n${newTemplate('rack-text.yaml')}`;
  expect((await publish(written)).status).toBe(201);
  expect(await product.call('eva', 'GET', '/templates/rack-text/versions/0.1.0/text')).toMatchObject({ status: 200, body: { text: written } });
  expect((await product.call('eva', 'GET', '/templates/small/versions/1.0.0/text')).body).toEqual({ text: null });
  expect((await product.call('eva', 'GET', '/templates/small/versions/9.9.9/text')).body.code).toBe('unknown-template');
});

test('editors find the schema of the language at a stable address, without a token', async () => {
  const response = await fetch(`${product.url}/api/v1/template.schema.json`);
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual(JSON.parse(readFileSync(join(__dirname, '..', '..', 'docs', 'template.schema.json'), 'utf8')));
});

test('what is wrong is told in the reader’s language, when it is checked and when it is published; and so is the schema', async () => {
  const text = smallVersion('8.1.0', (template) => { Object.assign(template, { managerRole: 'managr' }); });
  const headers = { 'Accept-Language': 'nl' };
  const { body } = await product.call('olga', 'POST', '/templates/check', { text }, { headers });
  expect(body.problems).toEqual([expect.objectContaining({ code: 'unknown-role', suggestion: 'manager', detail: 'rol “managr” bestaat niet; bedoelde u “manager”?' })]);
  expect(body.problems[0]).not.toHaveProperty('said');
  const refused = await product.call('olga', 'POST', '/templates', { text }, { headers: { 'Accept-Language': 'fr' } });
  expect([refused.status, refused.body.errors[0].detail]).toEqual([422, expect.stringContaining('rôle inconnu(e)\u00a0: «\u00a0managr\u00a0»\u00a0; vouliez-vous dire «\u00a0manager\u00a0»\u00a0?')]);
  const schema = await fetch(`${product.url}/api/v1/template.schema.json`, { headers });
  expect([schema.headers.get('content-language'), schema.headers.get('vary')]).toEqual(['nl', expect.stringContaining('Accept-Language')]);
  expect(JSON.stringify(await schema.json())).toContain('Rollen waarvan niemand er twee mag hebben.');
});

test('a template can not take a role that holds beyond projects for its own', async () => {
  const { body } = await product.call('olga', 'POST', '/templates/check', { text: smallVersion('8.0.0', (template) => { template.roles.push({ ...template.roles[0] as (typeof template.roles)[number], key: 'project-office' }); }) });
  expect(body).toMatchObject({ ok: false, problems: [{ code: 'reserved-role', pointer: '/roles/5/key' }] });
});
