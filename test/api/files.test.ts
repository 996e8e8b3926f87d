/** Evidence as files, over real HTTP: uploaded, named in evidence, seen by approvers, downloaded; and every way in which a file is refused. */
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { FilesAway } from '../../store/files/store';
import { tidyFiles } from '../../store/files/tidy';
import { eventually } from '../support/engine';
import { startProduct, type Answer, type Product } from '../support/product';
import { DRAWN, SMALL_ROLES, smallTask, smallVersion } from '../support/template';
import { docx } from '../support/zip';

const MEGABYTE = 1_048_576;
let product: Product;
let id: string;
beforeAll(async () => {
  product = await startProduct({ SLUIS_FILE_MEGABYTES: '2' });
  id = await product.startProject('Files');
  await eventually(async () => (await product.call('eva', 'GET', `/projects/${id}/tasks?status=ready`)).body.items.length >= 9, 'the tasks');
});
afterAll(() => product?.close());

const PDF = 'application/pdf';
const pdf = (mark: string): Buffer => Buffer.from(`%PDF-1.7\n% ${mark}\n`);
const sha = (content: Buffer): string => createHash('sha256').update(content).digest('hex');
const pathOf = (digest: string): string => join(product.engine.folder, 'files', digest.slice(0, 2), digest);
const underWay = (): string[] => readdirSync(join(product.engine.folder, 'incoming'));

async function upload(who: string, name: string, type: string | undefined, content: Buffer | string | ReadableStream<Uint8Array>, project = id): Promise<Answer> {
  const response = await fetch(`${product.url}/api/v1/projects/${project}/files?name=${encodeURIComponent(name)}`, {
    method: 'POST', body: content, headers: { Authorization: `Bearer ${product.tokens.get(who)}`, ...(type !== undefined && { 'Content-Type': type }) },
    ...(content instanceof ReadableStream && { duplex: 'half' }),
  } as RequestInit);
  return { status: response.status, headers: response.headers, body: await response.json() };
}

const download = (who: string, digest: string, project = id, method = 'GET') =>
  fetch(`${product.url}/api/v1/projects/${project}/files/${digest}`, { method, headers: { Authorization: `Bearer ${product.tokens.get(who)}` } });

const complete = (evidence: object, task = 'draw', phase = 'design') => product.call('eva', 'POST', `/projects/${id}/phases/${phase}/tasks/${task}/complete`, { evidence });

test('a file is kept under its digest, listed, and given back to whoever may see the project, as an attachment', async () => {
  const content = pdf('the first');
  const kept = await upload('eva', 'Plan "Zürich" 2.pdf', PDF, content);
  expect(kept).toMatchObject({
    status: 201, body: { sha256: sha(content), name: 'Plan "Zürich" 2.pdf', type: PDF, size: content.length, by: { id: 'eva', name: 'EVA' }, href: `/api/v1/projects/${id}/files/${sha(content)}` },
  });
  expect(readFileSync(pathOf(sha(content)))).toEqual(content);
  expect(statSync(pathOf(sha(content))).mode & 0o077).toBe(0);

  const answer = await download('aude', sha(content));
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(content);
  expect(Object.fromEntries(['content-type', 'content-length', 'content-disposition', 'content-security-policy', 'x-content-type-options', 'cache-control']
    .map((header) => [header, answer.headers.get(header)]))).toEqual({
    'content-type': PDF, 'content-length': String(content.length), 'x-content-type-options': 'nosniff', 'cache-control': 'no-store',
    'content-disposition': `attachment; filename="Plan \\"Z?rich\\" 2.pdf"; filename*=UTF-8''Plan%20%22Z%C3%BCrich%22%202.pdf`,
    'content-security-policy': `default-src 'none'; sandbox`,
  });
  const head = await download('aude', sha(content), id, 'HEAD');
  expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, String(content.length), '']);

  await upload('eva', 'Notes.txt', 'text/plain; charset=UTF-8', 'Rack 12: été');
  const first = (await product.call('sam', 'GET', `/projects/${id}/files?limit=1`)).body;
  const second = (await product.call('sam', 'GET', `/projects/${id}/files?limit=1&cursor=${first.nextCursor}`)).body;
  expect([first.items[0].name, second.items[0].name, second.nextCursor]).toEqual(['Notes.txt', 'Plan "Zürich" 2.pdf', null]);
  expect((await download('eva', first.items[0].sha256)).headers.get('content-type')).toBe('text/plain; charset=utf-8');
});

test('only who has a part in the project uploads, and only who sees it downloads', async () => {
  const content = pdf('whose');
  expect(await upload('leo', 'x.pdf', PDF, content)).toMatchObject({ status: 404, body: { code: 'unknown-project' } });
  expect(await upload('aude', 'x.pdf', PDF, content)).toMatchObject({ status: 403, body: { code: 'not-permitted', facts: { roles: expect.arrayContaining(['engineer', 'project-office']) }, detail: expect.stringContaining('engineer (en)') } });
  expect(await upload('nobody', 'x.pdf', PDF, content)).toMatchObject({ status: 401 });
  expect((await upload('olga', 'x.pdf', PDF, content)).status).toBe(201);
  expect((await download('leo', sha(content))).status).toBe(404);
  const other = await product.startProject('Another');
  expect(await (await download('olga', sha(content), other)).json()).toMatchObject({ status: 404, code: 'unknown-file' });
  expect((await product.call('olga', 'GET', `/projects/${other}/files`)).body).toEqual({ items: [], nextCursor: null });
  expect((await download('olga', 'A'.repeat(64))).status).toBe(422);
});

test('the same content is one file, however often and from wherever it comes, also all at once', async () => {
  const content = Buffer.concat([pdf('often'), randomBytes(300_000)]);
  const many = await Promise.all(Array.from({ length: 6 }, (_, index) => upload('eva', `copy ${index}.pdf`, PDF, content)));
  expect(many.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 201]);
  expect(new Set(many.map(({ body }) => body.sha256))).toEqual(new Set([sha(content)]));
  const later = await upload('edo', 'other name.pdf', PDF, content);
  expect(later).toMatchObject({ status: 200, body: { by: { id: 'eva', name: 'EVA' } } });
  expect(later.body.name).toMatch(/^copy \d\.pdf$/);
  const { items } = (await product.call('eva', 'GET', `/projects/${id}/files`)).body;
  expect(items.filter((each: { sha256: string }) => each.sha256 === sha(content))).toHaveLength(1);
  expect(Buffer.from(await (await download('eva', sha(content))).arrayBuffer())).toEqual(content);
});

test.each<[string, string, string | undefined, Buffer | string, number, string]>([
  ['empty', 'a.pdf', PDF, '', 422, 'file-empty'],
  ['HTML', 'a.html', 'text/html', '<html>', 415, 'file-type-not-allowed'],
  ['SVG', 'a.svg', 'image/svg+xml', '<svg/>', 415, 'file-type-not-allowed'],
  ['of no type', 'a.bin', undefined, pdf('x'), 415, 'file-type-not-allowed'],
  ['in another encoding', 'a.txt', 'text/plain; charset=iso-8859-1', 'x', 415, 'file-type-not-allowed'],
  ['a page that is called text', 'a.txt', 'text/plain', ' <!doctype html><script>alert(1)</script>', 415, 'file-type-differs'],
  ['a program that is called PDF', 'a.pdf', PDF, Buffer.from('MZ\u0090\u0000'), 415, 'file-type-differs'],
  ['a document with macros', 'a.docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', docx({ 'word/vbaProject.bin': 'x' }), 415, 'file-type-differs'],
  ['text with the name of a page', 'a.html', 'text/plain', 'x', 422, 'invalid-request'],
  ['a path up', '../../etc/a.pdf', PDF, pdf('x'), 422, 'invalid-request'],
  ['a path of Windows', '..\\a.pdf', PDF, pdf('x'), 422, 'invalid-request'],
  ['a name with a line end', 'a\r\nX-Evil: 1.pdf', PDF, pdf('x'), 422, 'invalid-request'],
  ['a name that reads backwards', 'a\u202efdp.pdf', PDF, pdf('x'), 422, 'invalid-request'],
  ['a name of dots', '..', PDF, pdf('x'), 422, 'invalid-request'],
  ['too large', 'a.pdf', PDF, Buffer.concat([pdf('x'), Buffer.alloc(2 * MEGABYTE)]), 413, 'body-too-large'],
])('a file that is refused leaves nothing: %s', async (_, name, type, content, status, code) => {
  const before = (await product.call('eva', 'GET', `/projects/${id}/files?limit=200`)).body.items.length;
  const body = typeof content === 'string' ? Buffer.from(content) : content;
  expect(await upload('eva', name, type, body)).toMatchObject({ status, body: { code } });
  expect((await product.call('eva', 'GET', `/projects/${id}/files?limit=200`)).body.items).toHaveLength(before);
  expect([underWay(), existsSync(pathOf(sha(body)))]).toEqual([[], false]);
});

test('a name that is refused is told what a name is', async () => {
  expect((await upload('eva', 'a\u202efdp.pdf', PDF, pdf('x'))).body).toMatchObject({ code: 'invalid-request', errors: [{ pointer: '/query/name', code: 'file-name', detail: expect.stringContaining('another order') as string }] });
});

test('one that turns out to be too large on its way is answered, and leaves nothing', async () => {
  const parts = Array.from({ length: 40 }, () => randomBytes(100_000));
  const stream = new ReadableStream<Uint8Array>({ pull: (to) => { const part = parts.shift(); if (part) to.enqueue(part); else to.close(); } });
  expect(await upload('eva', 'a.pdf', PDF, stream)).toMatchObject({ status: 413, body: { code: 'body-too-large', facts: { megabytes: 2 } } });
  expect(underWay()).toEqual([]);
});

test('one that breaks off leaves nothing', async () => {
  const before = (await product.call('eva', 'GET', `/projects/${id}/files?limit=200`)).body.items.length;
  const { hostname, port } = new URL(product.url);
  const sent = request({ hostname, port, method: 'POST', path: `/api/v1/projects/${id}/files?name=a.pdf`, headers: {
    'Authorization': `Bearer ${product.tokens.get('eva')}`, 'Content-Type': PDF, 'Content-Length': MEGABYTE } });
  sent.on('error', () => undefined);
  sent.write(Buffer.concat([pdf('half'), Buffer.alloc(100_000)]));
  await eventually(async () => underWay().length === 1, 'the beginning of it');
  sent.destroy();
  await eventually(async () => underWay().length === 0, 'the end of it');
  expect((await product.call('eva', 'GET', `/projects/${id}/files?limit=200`)).body.items).toHaveLength(before);
});

test('evidence names an uploaded file; the approval shows it, and another file is another digest', async () => {
  const [one, two] = [pdf('drawing A'), pdf('drawing B')];
  expect(await complete({ ...DRAWN, drawing: { name: 'Drawing', sha256: sha(one) } })).toMatchObject({
    status: 422, body: { code: 'evidence-invalid', errors: [{ pointer: '/evidence/drawing/sha256', code: 'no-file' }] },
  });
  await upload('eva', 'drawing-a.pdf', PDF, one);
  await upload('eva', 'drawing-b.pdf', PDF, two);
  const task = async () => (await product.call('mia', 'GET', `/projects/${id}/phases/design/tasks/draw`)).body;
  expect((await complete({ ...DRAWN, drawing: { name: 'Drawing', sha256: sha(one) } })).status).toBe(200);
  const file = { type: PDF, size: one.length, href: `/api/v1/projects/${id}/files/${sha(one)}` };
  expect((await task()).evidence.drawing).toEqual({ name: 'Drawing', sha256: sha(one), file });

  await product.call('eva', 'POST', `/projects/${id}/phases/design/tasks/check/complete`, { evidence: {} });
  const approval = async () => {
    const { items } = (await product.call('sam', 'GET', '/approvals?mine=true')).body;
    return items.length > 0 && (await product.call('sam', 'GET', `/approvals/${encodeURIComponent(items[0].id)}`)).body;
  };
  const asked = await eventually(approval, 'the approval');
  expect(asked.evidence.find((each: { task: string }) => each.task === 'draw').evidence.drawing.file).toEqual(file);
  expect((await fetch(product.url + file.href, { headers: { Authorization: `Bearer ${product.tokens.get('sam')}` } })).status).toBe(200);

  await product.call('mia', 'POST', `/projects/${id}/phases/design/tasks/draw/reopen`, { reason: 'The other one.' });
  await eventually(async () => (await task()).status === 'ready', 'the task again');
  expect((await complete({ ...DRAWN, drawing: { name: 'Drawing', sha256: sha(two) } })).status).toBe(200);
  const anew = await eventually(async () => { const now = await approval(); return now && now.id !== asked.id && now; }, 'the next round');
  expect(anew.digest).not.toBe(asked.digest);
  const { changes } = (await product.call('sam', 'GET', `/approvals/${encodeURIComponent(anew.id)}/difference?from=${asked.digest}`)).body;
  expect(changes.find((each: { kind: string }) => each.kind === 'evidence')).toMatchObject({ before: { sha256: sha(one), file: { size: one.length } }, after: { sha256: sha(two), file: { size: two.length } } });
});

test('the digest of a document elsewhere claims no file', async () => {
  const text = smallVersion('1.1.0', (template) => { template.phases[3]?.tasks.push(smallTask('elsewhere', {
    evidence: [{ key: 'report', name: template.name, type: 'document' }, { key: 'list', name: template.name, type: 'table', minRows: 1, maxRows: 5, columns: [{ key: 'proof', name: template.name, type: 'document' }] }] })); });
  expect((await product.call('olga', 'POST', '/templates', { text })).status).toBe(201);
  const project = (await product.call('olga', 'POST', '/projects', { name: 'Elsewhere', template: 'small', version: '1.1.0', roles: SMALL_ROLES })).body.id as string;
  const path = `/projects/${project}/phases/control/tasks/elsewhere`;
  const send = (report: object, proof: object) => product.call('eva', 'POST', '/tasks/complete',
    { tasks: [{ project, phase: 'control', task: 'elsewhere', evidence: { report, list: { rows: [{ proof }] } } }] });
  const linked = { name: 'Report', url: 'https://docs.example.org/report', sha256: 'a'.repeat(64) };
  await eventually(async () => (await product.call('eva', 'GET', path)).body.status === 'ready', 'the task');
  // A file of another project is none of this one.
  const elsewhere = { name: 'Proof', sha256: sha(pdf('drawing A')) };
  expect((await send(linked, elsewhere)).body.items[0]).toMatchObject({ outcome: 'refused', problem: { code: 'evidence-invalid', errors: [{ pointer: '/evidence/list/rows/0/proof/sha256', code: 'no-file' }] } });
  await upload('eva', 'proof.pdf', PDF, pdf('drawing A'), project);
  expect((await send(linked, elsewhere)).body.items[0]).toMatchObject({ outcome: 'completed' });
  const { evidence } = (await product.call('eva', 'GET', path)).body;
  expect(evidence.report).toEqual(linked);
  expect(evidence.list.rows[0].proof).toMatchObject({ ...elsewhere, file: { href: `/api/v1/projects/${project}/files/${elsewhere.sha256}` } });
});

test('content that is not what was uploaded is never given whole, nor is a lost one', async () => {
  const [small, large] = [pdf('altered'), Buffer.concat([pdf('altered'), randomBytes(400_000)])];
  for (const content of [small, large]) {
    await upload('eva', 'altered.pdf', PDF, content);
    writeFileSync(pathOf(sha(content)), Buffer.concat([content.subarray(0, -1), Buffer.from('!')]));
  }
  expect(await (await download('eva', sha(small))).json()).toMatchObject({ status: 500, code: 'file-damaged' });
  await expect(download('eva', sha(large)).then((answer) => answer.arrayBuffer())).rejects.toThrow();
  // The same upload again puts it right.
  for (const content of [small, large]) {
    expect((await upload('eva', 'altered.pdf', PDF, content)).status).toBe(200);
    expect(Buffer.from(await (await download('eva', sha(content))).arrayBuffer())).toEqual(content);
    await product.engine.files.remove(sha(content));
    expect(await (await download('eva', sha(content))).json()).toMatchObject({ status: 500, code: 'file-damaged' });
  }
});

test('a file that nothing names is removed after its days; its content when no project has it any more', async () => {
  const { database: { pool }, files } = product.engine;
  const [unused, shared, named] = [pdf('unused'), pdf('shared'), pdf('drawing B')];
  await upload('eva', 'unused.pdf', PDF, unused);
  await upload('eva', 'shared.pdf', PDF, shared);
  const other = await product.startProject('Shares');
  await upload('olga', 'shared.pdf', PDF, shared, other);
  expect(await tidyFiles(pool, files, 1)).toBe(0);
  await pool.query(`UPDATE files SET seen_at = now() - interval '2 days' WHERE project = $1`, [id]);
  // About to be named: its days begin anew.
  await upload('eva', 'again.pdf', PDF, pdf('the first'));
  // While the store is away nothing is forgotten of what it still holds.
  const gone = { ...files, remove: async () => { throw new FilesAway('refused'); } };
  const before = (await pool.query('SELECT FROM files')).rowCount;
  await expect(tidyFiles(pool, gone, 1)).rejects.toBeInstanceOf(FilesAway);
  expect((await pool.query('SELECT FROM files')).rowCount).toBe(before);
  expect(await tidyFiles(pool, files, 1)).toBeGreaterThanOrEqual(2);
  const left = (await product.call('eva', 'GET', `/projects/${id}/files`)).body.items.map((each: { sha256: string }) => each.sha256);
  expect(left.sort()).toEqual([sha(pdf('the first')), sha(pdf('drawing A')), sha(named)].sort());
  expect([unused, shared, named].map((content) => existsSync(pathOf(sha(content))))).toEqual([false, true, true]);
  expect((await download('olga', sha(shared), other)).status).toBe(200);
  expect((await download('eva', sha(named))).status).toBe(200);
});
