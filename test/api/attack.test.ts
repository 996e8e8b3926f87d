/** Hostile and edge cases over real HTTP, beside those that stand with their subject: each has its defined answer, and none is a 500. */
import { createHash } from 'node:crypto';
import { PROCESSES } from '../../domain/processes';
import { verifyLog } from '../../store/verify';
import { eventually } from '../support/engine';
import { type Answer, type Product, startProduct } from '../support/product';
import { DRAWN, SMALL_ROLES } from '../support/template';

let product: Product;
beforeAll(async () => { product = await startProduct({ SLUIS_FILE_MEGABYTES: '1' }); });
afterAll(async () => { await product.close(); });

const call = (...args: Parameters<Product['call']>) => product.call(...args);
const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();
const start = async (name: string, roles: Record<string, string[]> = SMALL_ROLES): Promise<string> => {
  const { body } = await call('olga', 'POST', '/projects', { name, template: 'small', roles });
  await eventually(async () => (await call('olga', 'GET', `/projects/${body.id}/phases/design/tasks/draw`)).body.status === 'ready', 'the first task');
  return body.id as string;
};

/** A project whose gate of the phase `build` is open: both the sponsor and security have to agree. */
async function atSecondGate(): Promise<{ project: string; address: string; digest: string }> {
  const project = await start('Two voters');
  const task = (phase: string, key: string) => `/projects/${project}/phases/${phase}/tasks/${key}`;
  const done = (phase: string, key: string, evidence: object = {}) => eventually(async () => (await call('eva', 'POST', `${task(phase, key)}/complete`, { evidence })).status === 200, key);
  const gate = (phase: number) => eventually(async () => {
    const approval = (await call('mia', 'GET', `/projects/${project}`)).body.phases[phase].gate.approval as string | null;
    const address = `/approvals/${encodeURIComponent(approval ?? '')}`;
    const view = await call('mia', 'GET', address);
    return approval !== null && view.status === 200 && { project, address, digest: view.body.digest as string };
  }, 'the gate');
  await done('design', 'draw', DRAWN);
  await done('design', 'check');
  const first = await gate(0);
  await call('sam', 'POST', `${first.address}/decide`, { outcome: 'approve', digest: first.digest });
  await done('build', 'rack');
  await done('build', 'cable');
  return gate(1);
}
const view = async (address: string) => (await call('mia', 'GET', address)).body;

describe('votes', () => {
  test('two votes of one person at the same moment: one counts, whichever is first', async () => {
    const { address, digest } = await atSecondGate();
    const answers = await Promise.all(['approve', 'stop', 'approve', 'stop'].map((outcome) => call('sam', 'POST', `${address}/decide`, { outcome, digest, reason: 'Because' })));
    const codes = answers.map(({ status, body }) => (status === 200 ? 'counted' : body.code as string));
    expect(codes.filter((code) => code === 'counted')).toHaveLength(1);
    expect(codes.filter((code) => code !== 'counted' && code !== 'already-voted' && code !== 'approval-closed')).toEqual([]);
  });

  test('whose role is taken away after the vote: it falls, and they can give no other; the new holder is asked', async () => {
    const { project, address, digest } = await atSecondGate();
    expect((await call('sam', 'POST', `${address}/decide`, { outcome: 'approve', digest })).status).toBe(200);
    await eventually(async () => (await view(address)).votes.length === 1, 'the vote');
    expect((await call('mia', 'PUT', `/projects/${project}/roles`, { roles: { sponsor: ['pia'] } })).status).toBe(200);
    await eventually(async () => (await view(address)).votes.length === 0, 'the vote to fall');
    expect((await call('sam', 'POST', `${address}/decide`, { outcome: 'approve', digest })).body.code).toBe('unknown-approval');
    expect((await call('sol', 'POST', `${address}/decide`, { outcome: 'approve', digest })).status).toBe(200);
    expect((await view(address)).status).toBe('open');
    expect((await call('pia', 'POST', `${address}/decide`, { outcome: 'approve', digest })).status).toBe(200);
    await eventually(async () => (await view(address)).status === 'decided', 'the decision');
    for (const who of ['pia', 'sol']) expect((await call(who, 'POST', `${address}/decide`, { outcome: 'stop', digest, reason: 'Too late' })).body).toMatchObject({ status: 409, code: 'approval-closed' });
  });

  test('what is no vote is refused with its place', async () => {
    const { address, digest } = await atSecondGate();
    const refused = async (body: object): Promise<string[]> => (await call('sam', 'POST', `${address}/decide`, body)).body.errors.map(({ pointer }: { pointer: string }) => pointer);
    expect(await refused({ outcome: 'perhaps', digest })).toEqual(['/outcome']);
    expect(await refused({ outcome: 'approve' })).toEqual(['/digest']);
    expect(await refused({ outcome: 'approve', digest, weight: 9 })).toEqual(['/weight']);
    expect((await call('sam', 'POST', `${address}/decide`, { outcome: 'approve', digest: '0'.repeat(64) })).body.code).toBe('evidence-changed');
    expect((await call('sam', 'POST', `${address}/decide`, { outcome: 'stop', digest })).body.code).toBe('reason-required');
    expect((await call('sam', 'POST', `${address}/decide`, { outcome: 'approve', digest, onBehalfOf: 'sam' })).status).toBe(200);
  });
});

describe('delegations', () => {
  const delegate = (absent: string, to: string, more: object = {}) => call(absent, 'POST', '/me/delegations', { to, until: inDays(2), ...more });
  const revoke = async (who: string): Promise<void> => {
    for (const { id } of (await call(who, 'GET', '/me/delegations')).body.items) await call(who, 'POST', `/delegations/${id}/revoke`, {});
  };

  test('no circle, no second hop in either direction, nobody for themselves, no second one for the same; a later one may follow', async () => {
    expect((await delegate('sam', 'sam')).status).toBe(422);
    expect((await delegate('sam', 'sol')).status).toBe(200);
    for (const [absent, to] of [['sol', 'sam'], ['sol', 'leo'], ['leo', 'sam']] as const) expect((await delegate(absent, to)).body).toMatchObject({ status: 409, code: 'delegation-chain' });
    expect((await delegate('sam', 'leo', { until: inDays(9) })).body).toMatchObject({ status: 409, code: 'delegation-overlaps' });
    expect((await delegate('sam', 'leo', { from: inDays(2.5), until: inDays(4) })).status).toBe(200);
    await revoke('sam');
  });

  test('five who delegate to each other in a circle at the same moment: the circle does not close', async () => {
    const people = ['eva', 'edo', 'mia', 'sam', 'sol'];
    const answers = await Promise.all(people.map((absent, index) => delegate(absent, people[(index + 1) % people.length] ?? '')));
    expect(answers.map(({ status }) => status).filter((status) => status !== 200 && status !== 409)).toEqual([]);
    const held = people.filter((_, index) => answers[index]?.status === 200);
    const delegates = held.map((absent) => people[(people.indexOf(absent) + 1) % people.length]);
    expect(delegates.filter((each) => held.includes(each ?? ''))).toEqual([]);
    for (const who of people) await revoke(who);
  });

  test('a delegate who leaves without a successor decides on nothing, and the absence ends', async () => {
    const { address, digest } = await atSecondGate();
    expect((await delegate('sam', 'leo')).status).toBe(200);
    await eventually(async () => (await view(address)).absences.length === 1, 'the approval to move');
    expect((await call('olga', 'POST', '/people/leo/leave', { to: 'sam' })).status).toBe(200);
    await eventually(async () => (await view(address)).absences.length === 0, 'the approval to come back');
    expect((await call('leo', 'POST', `${address}/decide`, { outcome: 'approve', digest, onBehalfOf: 'sam' })).status).toBe(401);
    expect((await call('sam', 'POST', `${address}/decide`, { outcome: 'approve', digest })).status).toBe(200);
  });
});

describe('files', () => {
  const sha = (content: string): string => createHash('sha256').update(content).digest('hex');
  const upload = (who: string, project: string, name: string, type: string, content: string) => fetch(`${product.url}/api/v1/projects/${project}/files?name=${encodeURIComponent(name)}`,
    { method: 'POST', body: content, headers: { Authorization: `Bearer ${product.tokens.get(who)}`, 'Content-Type': type } });
  const download = (who: string, project: string, digest: string, headers: Record<string, string> = {}) => fetch(`${product.url}/api/v1/projects/${project}/files/${digest}`,
    { headers: { Authorization: `Bearer ${product.tokens.get(who)}`, ...headers } });

  test('a file of another project is no evidence here, and is not given out here, also to those who see both', async () => {
    const [one, other] = [await start('One'), await start('Other')];
    const content = '%PDF-1.7\nof the other\n';
    expect((await upload('eva', other, 'a.pdf', 'application/pdf', content)).status).toBe(201);
    expect((await download('eva', one, sha(content))).status).toBe(404);
    const { body } = await call('eva', 'POST', `/projects/${one}/phases/design/tasks/draw/complete`, { evidence: { ...DRAWN, drawing: { name: 'a', sha256: sha(content) } } });
    expect(body).toMatchObject({ code: 'evidence-invalid', errors: [{ pointer: '/evidence/drawing/sha256' }] });
  });

  test('a PDF that is a page as well is a download, in a sandbox, under its own type; a part of it is not given out', async () => {
    const project = await start('Polyglot');
    const content = '%PDF-1.7\n<html><script>alert(document.cookie)</script></html>\n%%EOF\n';
    expect((await upload('eva', project, 'both.pdf', 'application/pdf', content)).status).toBe(201);
    const answer = await download('mia', project, sha(content), { Range: 'bytes=0-3', Accept: 'text/html' });
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('x-content-type-options'), answer.headers.get('content-security-policy')])
      .toEqual([200, 'application/pdf', 'nosniff', "default-src 'none'; sandbox"]);
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment;/);
    expect(await answer.text()).toBe(content);
  });

  test.each(['\u0000.pdf', 'a\u0000.pdf', '%2e%2e%2fa.pdf\u0007', `${'x'.repeat(300)}.pdf`, ' .pdf ', ''])('a name that is none is refused: %j', async (name) => {
    const project = await start('Names');
    expect((await upload('eva', project, name, 'application/pdf', '%PDF-1.7\n')).status).toBe(422);
    expect((await call('eva', 'GET', `/projects/${project}/files`)).body.items).toEqual([]);
  });
});

describe('what somebody may not see', () => {
  test('a hidden project answers as one that there is not, whatever is asked of it', async () => {
    const hidden = await start('Hidden harbour', { ...SMALL_ROLES, engineer: ['edo'] });
    const shape = ({ status, body }: Answer) => JSON.stringify({ status, ...body, instance: '' });
    const paths = ['', '/tasks', '/events', '/files', '/record', '/changes', `/files/${'0'.repeat(64)}`, '/phases/design/tasks/draw', '/phases/design/tasks/draw/comments'];
    for (const path of paths) {
      const [there, not] = await Promise.all([hidden, 'p-none'].map((project) => call('eva', 'GET', `/projects/${project}${path}`)));
      expect(there?.status).toBe(404);
      expect(shape(there as Answer)).toBe(shape(not as Answer).replaceAll('p-none', hidden));
    }
    const deeds: [string, object][] = [['/phases/design/tasks/draw/claim', {}], ['/hold', { reason: 'x' }], ['/phases/design/tasks/draw/comments', { text: 'x' }], ['/phases/design/tasks/draw/complete', { evidence: { drawing: { name: 'a', sha256: '0'.repeat(64) } } }]];
    for (const [path, body] of deeds) expect((await call('eva', 'POST', `/projects/${hidden}${path}`, body)).body).toMatchObject({ status: 404, code: 'unknown-project' });
    const approval = encodeURIComponent(`project/${hidden}/phase/design/1/approval/design-gate/1`);
    expect((await call('eva', 'GET', `/approvals/${approval}`)).body.code).toBe('unknown-approval');
    expect((await call('eva', 'GET', `/commands/${encodeURIComponent(`project/${hidden}`)}/start`)).status).toBe(404);
  });

  test('nor is it in lists, counts, search or the table of the portfolio', async () => {
    const hidden = await start('Zeppelin quay', { ...SMALL_ROLES, engineer: ['edo'] });
    await eventually(async () => (await call('edo', 'GET', '/search?q=zeppelin')).body.items.length > 0, 'it to be found by who sees it');
    expect((await call('eva', 'GET', '/search?q=zeppelin')).body.items).toEqual([]);
    for (const path of ['/projects?limit=200', '/portfolio?limit=200', '/tasks?limit=200', '/approvals?limit=200', '/me', '/me/inbox?limit=200']) {
      const text = JSON.stringify((await call('eva', 'GET', path)).body);
      expect(text).not.toContain(hidden);
      expect(text).not.toContain('Zeppelin');
    }
    const table = await fetch(`${product.url}/api/v1/portfolio.csv`, { headers: { Authorization: `Bearer ${product.tokens.get('eva')}` } });
    expect(await table.text()).not.toContain('Zeppelin');
  });
});

describe('many tasks at once', () => {
  test('five hundred with duplicates, strangers, hidden projects and nonsense: an answer for each, in the order given', async () => {
    const [mine, hidden] = [await start('Mine'), await start('Hidden', { ...SMALL_ROLES, engineer: ['edo'] })];
    await eventually(async () => (await call('mia', 'GET', `/projects/${mine}/tasks?phase=control&status=ready`)).body.items.length === 8, 'the tasks');
    const kinds = [
      { project: mine, phase: 'control', task: 'log-1' }, { project: mine, phase: 'control', task: 'no-such' }, { project: mine, phase: '../design', task: 'draw' },
      { project: hidden, phase: 'control', task: 'log-1' }, { project: 'p-none', phase: 'control', task: 'log-1' }, { project: '__proto__', phase: 'constructor', task: 'toString' },
      { project: mine, phase: 'control', task: '__proto__' }, { project: mine, phase: 'build', task: 'rack' },
    ];
    const tasks = Array.from({ length: 500 }, (_, index) => kinds[index % kinds.length]);
    const { status, body } = await call('eva', 'POST', '/tasks/complete', { tasks });
    expect(status).toBe(200);
    const said = (body.items as { outcome: string; problem: { code: string } | null }[]).map(({ outcome, problem }) => problem?.code ?? outcome);
    expect(said).toHaveLength(500);
    expect(said.slice(0, 8)).toEqual(['completed', 'unknown-task', 'unknown-phase', 'unknown-project', 'unknown-project', 'unknown-project', 'unknown-task', 'task-not-ready']);
    expect(said.slice(8, 16)).toEqual(['task-already-done', ...said.slice(1, 8)]);
    expect(said.slice(16)).toEqual(Array.from({ length: 484 }, (_, index) => said[8 + (index % 8)]));
  });
});

describe('free texts', () => {
  const comment = async (project: string, text: string) => call('eva', 'POST', `/projects/${project}/phases/design/tasks/draw/comments`, { text });

  test.each<[string, string]>([
    ['from right to left', 'مرحبا \u202bبالعالم\u202c שלום'], ['signs of many parts', '👩🏽‍💻 🇧🇪 e\u0301 \u{1F9F1}'], ['a page', '<script>alert(1)</script><img src=x onerror=alert(1)>'],
    ['as long as it may be', 'ß'.repeat(4000)], ['lines', 'one\r\ntwo\n\tthree'], ['of the database', "'; DROP TABLE events; -- %s \\u0041 $1"],
  ])('come back as they were given: %s', async (_, text) => {
    const project = await start(text.slice(0, 100).replace(/[\r\n\t]+/g, ' '));
    expect((await comment(project, text)).status).toBe(200);
    const found = await eventually(async () => (await call('mia', 'GET', `/projects/${project}/phases/design/tasks/draw/comments`)).body.items[0], 'the comment');
    expect(found.text).toBe(text);
  });

  test.each<[string, string]>([
    ['ten thousand characters', 'x'.repeat(10_000)], ['NUL', 'a\u0000b'], ['half of a character', 'a\ud800b'], ['the other half', '\udc00'], ['a bell', 'a\u0007'], ['nothing but space', ' \n\u00a0 '], ['nothing', ''],
  ])('are refused with their place: %s', async (_, text) => {
    const project = await start('Refused');
    expect(await comment(project, text)).toMatchObject({ status: 422, body: { code: 'invalid-request', errors: [{ pointer: '/text' }] } });
    for (const [path, field] of [['hold', 'reason'], ['cancel', 'reason']] as const) {
      expect((await call('mia', 'POST', `/projects/${project}/${path}`, { [field]: text })).body).toMatchObject({ status: 422, errors: [{ pointer: `/${field}` }] });
    }
    expect((await call('olga', 'POST', '/projects', { name: text, template: 'small', roles: SMALL_ROLES })).body).toMatchObject({ status: 422, errors: [{ pointer: '/name' }] });
  });

  test('a name that a spreadsheet would take for a formula is text in the table', async () => {
    await start('=HYPERLINK("http://evil.example")');
    const table = await fetch(`${product.url}/api/v1/portfolio.csv`, { headers: { Authorization: `Bearer ${product.tokens.get('olga')}` } });
    expect(await table.text()).toContain(`"'=HYPERLINK(""http://evil.example"")"`);
  });
});

test('after all of this the log is whole, and the read model is what it folds to', async () => {
  await eventually(async () => (await verifyLog(product.engine.testDatabase.url, { deep: PROCESSES })).ok, 'log and read model to agree');
});
