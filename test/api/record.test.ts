/** The record of a project as one archive: exported over real HTTP, verified without a server, and every kind of forgery found. */
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyRecord } from '../../store/record/verify';
import { sealHeads } from '../../store/seal';
import { eraseText } from '../../store/texts';
import { eventually } from '../support/engine';
import { startProduct, type Product } from '../support/product';
import { Forgery } from '../support/record';
import { DRAWN } from '../support/template';

let product: Product;
let folder: string;
let id: string;
let archive: string;
const PDF = Buffer.from('%PDF-1.7 drawing');
const SHA = createHash('sha256').update(PDF).digest('hex');

const exportAs = (who: string, project = id) => fetch(`${product.url}/api/v1/projects/${project}/record`, { headers: { Authorization: `Bearer ${product.tokens.get(who)}` } });

beforeAll(async () => {
  product = await startProduct();
  folder = mkdtempSync(join(tmpdir(), 'sluis-record-test-'));
  id = await product.startProject('Rack 7\u2028second line');
  const { pool } = product.engine.database;
  const done = async (task: string, evidence: object) => {
    await eventually(async () => (await product.call('eva', 'POST', `/projects/${id}/phases/design/tasks/${task}/complete`, { evidence })).status === 200, task);
  };
  await fetch(`${product.url}/api/v1/projects/${id}/files?name=drawing.pdf`, { method: 'POST', body: PDF, headers: { 'Authorization': `Bearer ${product.tokens.get('eva')}`, 'Content-Type': 'application/pdf' } });
  await done('draw', { ...DRAWN, drawing: { name: 'Drawing', sha256: SHA }, note: 'to be erased' });
  await done('check', {});
  const { rows } = await pool.query<{ ref: string }>(`SELECT ref FROM texts WHERE text = 'to be erased'`);
  expect(await eraseText(product.engine.database, id, rows[0]!.ref)).toBe(true);
  await eventually(async () => (await product.call('sam', 'GET', '/approvals?mine=true')).body.items.length > 0, 'the approval');
  await sealHeads(pool, Date.now());
  const answer = await exportAs('aude');
  expect([answer.status, answer.headers.get('content-type'), answer.headers.get('content-disposition')]).toEqual([200, 'application/gzip', `attachment; filename=${id}-record.tar.gz`]);
  archive = join(folder, 'record.tar.gz');
  writeFileSync(archive, Buffer.from(await answer.arrayBuffer()));
});
afterAll(async () => {
  await product?.close();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

test('the manager, the project office and auditors export; nothing is left of it here', async () => {
  for (const [who, status] of [['mia', 200], ['olga', 200], ['eva', 403], ['sam', 403], ['pia', 403], ['leo', 404]] as const) {
    const answer = await exportAs(who);
    expect([who, answer.status]).toEqual([who, status]);
    await answer.arrayBuffer();
  }
  await eventually(async () => readdirSync(join(product.engine.folder, 'incoming')).length === 0, 'an empty folder');
});

test('it holds everything, says so itself, and is whole', async () => {
  const report = await verifyRecord(archive);
  const { rows: [log] } = await product.engine.database.pool.query<{ events: number; streams: number }>(
    'SELECT count(*)::int AS events, count(DISTINCT stream)::int AS streams FROM events WHERE project = $1', [id]);
  expect(report).toMatchObject({ ok: true, project: id, problems: [], events: log!.events, streams: log!.streams, erased: 1, files: 1 });
  const record = await Forgery.of(archive, folder);
  expect(readFileSync(join(record.folder, 'files', SHA))).toEqual(PDF);
  const readme = record.read('README.txt');
  for (const words of ['Het volledige dossier', 'Le dossier complet', 'The full record', 'sluis audit verify-record']) expect(readme).toContain(words);
  expect(JSON.parse(record.read('people.json'))).toEqual(expect.arrayContaining([{ id: 'eva', name: 'EVA' }, { id: 'olga', name: 'OLGA' }]));
  expect(JSON.parse(record.read('files.json'))).toMatchObject([{ sha256: SHA, name: 'drawing.pdf', by: 'eva' }]);
  expect(JSON.parse(record.read('templates/1.json'))).toMatchObject({ key: 'small', version: '1.0.0', template: { phases: expect.any(Array) } });
  expect(record.read('texts.ndjson')).toContain('Rack 7');
  expect(record.read('texts.ndjson')).not.toContain('to be erased');
  expect(JSON.parse(record.read('seals.json')).length).toBeGreaterThan(0);
});

const STAGE = () => `project/${id}/phase/design/1`;
const isStage = ({ stream }: Record<string, unknown>) => stream === STAGE();

/** What is changed, whether the manifest is made to fit, and the first difference. */
const FORGERIES: readonly (readonly [what: string, forge: (record: Forgery) => string[] | void, first: () => object])[] = [
  ['an event, and nothing else', (record) => record.lines('events.ndjson', (lines) => lines.map((line) => (line['event'].type === 'project-started' ? { ...line, at: line['at'] + 1 } : line))),
    () => ({ kind: 'part', part: 'events.ndjson', detail: 'events.ndjson is not what the manifest says' })],
  ['who did it, with the manifest', (record) => {
    record.lines('events.ndjson', (lines) => lines.map((line) => (line['event'].type === 'task-completed' && line['event'].task === 'draw' ? { ...line, by: { ...line['by'], person: 'edo' } } : line)));
    record.reseal();
  }, () => ({ kind: 'event', stream: STAGE(), seq: expect.any(Number), detail: expect.stringMatching(/^event \d+ is not what was written$/) })],
  ['an event is left out', (record) => {
    record.lines('events.ndjson', (lines) => lines.filter((line) => !(isStage(line) && line['seq'] === 2)));
    record.reseal();
  }, () => ({ kind: 'event', stream: STAGE(), seq: 2, detail: 'event 2 is missing' })],
  ['the end is cut', (record) => {
    record.lines('events.ndjson', (lines) => lines.filter((line) => !(isStage(line) && line['seq'] >= 3)));
    record.reseal();
  }, () => ({ kind: 'event', stream: STAGE(), seq: 3, detail: expect.stringContaining('was sealed at') })],
  ['the head of a stream', (record) => {
    record.json('streams.json', (streams: Record<string, unknown>[]) => streams.map((each) => (isStage(each) ? { ...each, head: '0'.repeat(64) } : each)));
    record.reseal();
  }, () => ({ kind: 'stream', stream: STAGE(), detail: 'the head of the stream is not the hash of its last event' })],
  ['a stream is left out', (record) => {
    record.lines('events.ndjson', (lines) => lines.filter((line) => !isStage(line)));
    record.json('streams.json', (streams: Record<string, unknown>[]) => streams.filter((each) => !isStage(each)));
    record.reseal();
  }, () => ({ kind: 'stream', stream: STAGE(), detail: expect.stringContaining('was sealed') })],
  ['a stream is put in', (record) => {
    record.lines('events.ndjson', (lines) => [...lines, { ...lines[0], stream: 'project/forged' }]);
    record.reseal();
  }, () => ({ kind: 'stream', stream: 'project/forged' })],
  ['a command is left out', (record) => {
    record.lines('commands.ndjson', (lines) => lines.filter((line) => !isStage(line)));
    record.reseal();
  }, () => ({ kind: 'command', stream: STAGE() })],
  ['a command names other events', (record) => {
    record.lines('commands.ndjson', (lines) => lines.map((line) => (isStage(line) ? { ...line, to: line['to'] + 1 } : line)));
    record.reseal();
  }, () => ({ kind: 'command', stream: STAGE() })],
  ['a text', (record) => {
    record.lines('texts.ndjson', (lines) => lines.map((line) => (line['text'] === 'Drawing' ? { ...line, text: 'Another' } : line)));
    record.reseal();
  }, () => ({ kind: 'text', part: 'texts.ndjson', detail: expect.stringContaining('is not the one that was kept') })],
  ['a text is left out', (record) => {
    record.lines('texts.ndjson', (lines) => lines.filter((line) => line['text'] !== 'Drawing'));
    record.reseal();
  }, () => ({ kind: 'text', stream: STAGE(), detail: expect.stringContaining('is missing') })],
  ['a text is passed off as erased', (record) => {
    record.lines('texts.ndjson', (lines) => lines.map((line) => (line['text'] === 'Drawing' ? { ...line, text: null, salt: '' } : line)));
    record.reseal();
  }, () => ({ kind: 'text', detail: expect.stringContaining('was not erased') })],
  ['a file', (record) => {
    record.write(`files/${SHA}`, '%PDF-1.7 another');
    record.reseal();
  }, () => ({ kind: 'file', part: `files/${SHA}`, detail: 'the content of the file "drawing.pdf" is not what was uploaded' })],
  ['a file is left out', (record) => { record.reseal(`files/${SHA}`); }, () => ({ kind: 'file', part: `files/${SHA}`, detail: 'the content of the file "drawing.pdf" is missing' })],
  ['a file is put in', (record) => {
    record.write(`files/${'a'.repeat(64)}`, 'x');
    const manifest = record.manifest();
    record.write('manifest.json', JSON.stringify({ ...manifest, parts: [...manifest.parts, { path: `files/${'a'.repeat(64)}`, bytes: 0, sha256: SHA }] }));
    record.reseal();
  }, () => ({ kind: 'file', part: `files/${'a'.repeat(64)}` })],
  ['the plan', (record) => {
    record.json('plans/1.json', (plan) => ({ ...plan, managerRole: 'engineer' }));
    record.reseal();
  }, () => ({ kind: 'plan', part: 'plans/1.json', detail: 'the plan is not the one that the project was started with' })],
  ['the template', (record) => {
    record.json('templates/1.json', (found) => ({ ...found, template: { ...found.template, managerRole: 'engineer' } }));
    record.reseal();
  }, () => ({ kind: 'template', part: 'templates/1.json' })],
  ['the template is left out', (record) => { record.reseal('templates/1.json'); }, () => ({ kind: 'plan', part: 'plans/1.json', detail: 'the template of the plan is not in the record' })],
  ['a line is no JSON', (record) => {
    record.write('commands.ndjson', 'nonsense\n');
    record.reseal();
  }, () => ({ kind: 'shape', part: 'commands.ndjson', detail: expect.stringContaining('line 1') })],
  ['the manifest is of a newer version', (record) => record.write('manifest.json', JSON.stringify({ ...record.manifest(), format: 2 })), () => ({ kind: 'manifest' })],
  ['the manifest names a path outside', (record) => {
    const manifest = record.manifest();
    record.write('stray', 'x');
    record.write('manifest.json', JSON.stringify({ ...manifest, parts: [...manifest.parts.filter(({ path }) => path !== 'people.json'), { path: 'stray', bytes: 1, sha256: SHA }] }));
  }, () => ({ kind: 'archive', part: 'stray' })],
  ['the manifest names too little', (record) => {
    const manifest = record.manifest();
    record.write('manifest.json', JSON.stringify({ ...manifest, parts: manifest.parts.filter(({ path }) => path !== 'seals.json') }));
  }, () => ({ kind: 'manifest', part: 'seals.json' })],
  ['something is put in beside it', (record) => {
    record.write('run.sh', 'echo');
    return ['run.sh'];
  }, () => ({ kind: 'archive', part: 'run.sh' })],
  ['a part is there twice', () => ['texts.ndjson'], () => ({ kind: 'archive', part: 'texts.ndjson', detail: 'the archive holds texts.ndjson twice' })],
  ['a link in place of a part', (record) => {
    record.remove('people.json');
    symlinkSync('/etc/hostname', join(record.folder, 'people.json'));
  }, () => ({ kind: 'archive', part: 'people.json' })],
];

test.each(FORGERIES)('a forged record is refused, and the first difference named: %s', async (_, forge, first) => {
  const record = await Forgery.of(archive, folder);
  const more = forge(record) ?? [];
  const report = await verifyRecord(await record.pack(...more));
  expect(report.ok).toBe(false);
  expect(report.problems[0]).toMatchObject(first());
});

test('what is no archive, or only half of one, is refused', async () => {
  const half = join(folder, 'half.tar.gz');
  writeFileSync(half, readFileSync(archive).subarray(0, 3_000));
  const text = join(folder, 'text.tar.gz');
  writeFileSync(text, 'not an archive');
  for (const file of [half, text, join(folder, 'nothing')]) expect((await verifyRecord(file)).problems[0]?.kind).toMatch(/^(archive|manifest|part)$/);
});

test('with a file that is not there as it was uploaded, the export breaks off rather than pass for whole', async () => {
  await product.engine.files.remove(SHA);
  const answer = await exportAs('aude');
  await expect(answer.arrayBuffer()).rejects.toThrow();
  await eventually(async () => readdirSync(join(product.engine.folder, 'incoming')).length === 0, 'an empty folder');
});
