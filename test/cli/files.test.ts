/** Files and records from the command line: real processes, against the real API and the real engine. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CliBed, runCli, startCliBed } from '../support/cli';
import { Forgery } from '../support/record';

let bed: CliBed;
let id: string;
beforeAll(async () => {
  bed = await startCliBed();
  id = await bed.product.startProject('Files by command');
});
afterAll(() => bed?.close());

const PDF = Buffer.from('%PDF-1.7 report');
const SHA = createHash('sha256').update(PDF).digest('hex');

test('a file is uploaded, listed and saved again, wholly or not at all', async () => {
  const { folder, sluis, product } = bed;
  writeFileSync(join(folder, 'report.pdf'), PDF);
  expect(await sluis('eva', 'project', 'upload', id, 'report.pdf', '--name', 'Report 1.pdf')).toMatchObject({ code: 0, err: '', out: `kept  Report 1.pdf (application/pdf, 1 kB)\n${SHA}\n` });
  expect(JSON.parse((await sluis('eva', 'project', 'upload', id, 'report.pdf', '--json')).out)).toMatchObject({ sha256: SHA, name: 'Report 1.pdf', size: PDF.length });
  expect((await sluis('mia', 'project', 'files', id)).out).toMatch(new RegExp(`${SHA.slice(0, 12)} +Report 1\\.pdf +1 kB +EVA .*\n\n1 file\\.\n$`));
  expect(await sluis('mia', 'project', 'download', id, SHA.slice(0, 8))).toMatchObject({ code: 0, err: '' });
  expect(readFileSync(join(folder, 'Report 1.pdf'))).toEqual(PDF);
  expect(await sluis('mia', 'project', 'download', id, SHA)).toMatchObject({ code: 2, err: expect.stringContaining('Report 1.pdf exists already') });
  expect(await sluis('mia', 'project', 'download', id, 'ffff')).toMatchObject({ code: 2, err: expect.stringContaining('no file whose SHA-256 begins with ffff') });

  writeFileSync(join(folder, 'page.html'), '<html>');
  expect(await sluis('eva', 'project', 'upload', id, 'page.html')).toMatchObject({ code: 2, err: expect.stringContaining('page.html: evidence is a file that ends in .pdf') });
  writeFileSync(join(folder, 'lie.pdf'), '<html>');
  expect(await sluis('eva', 'project', 'upload', id, 'lie.pdf')).toMatchObject({ code: 1, err: expect.stringContaining('The file is not what it says it is') });
  expect(await sluis('leo', 'project', 'upload', id, 'report.pdf')).toMatchObject({ code: 1, err: expect.stringContaining('Project not found') });

  writeFileSync(join(product.engine.folder, 'files', SHA.slice(0, 2), SHA), '%PDF-1.7 r3port');
  expect(await sluis('mia', 'project', 'download', id, SHA, 'altered.pdf')).toMatchObject({ code: 1, err: expect.stringContaining('File damaged') });
  expect(readdirSync(folder).filter((name) => name.startsWith('altered'))).toEqual([]);
  await sluis('eva', 'project', 'upload', id, 'report.pdf');
});

test('the record of a project is exported, and verified where there is no server', async () => {
  const { folder, sluis } = bed;
  const exported = await sluis('aude', 'project', 'export', id);
  expect(exported).toMatchObject({ code: 0, err: '' });
  const name = `${id}-record.tar.gz`;
  const noted = createHash('sha256').update(readFileSync(join(folder, name))).digest('hex');
  expect(exported.out).toContain(`SHA-256 ${noted}: note it.`);
  const offline = (...args: string[]) => runCli(['audit', 'verify-record', ...args], { cwd: folder });
  const whole = await offline(name);
  expect(whole).toMatchObject({ code: 0, err: '', out: expect.stringContaining('The record is whole.') });
  expect(whole.out).toContain(noted);
  expect(JSON.parse((await offline(name, '--json')).out)).toMatchObject({ ok: true, project: id, files: 1, archive: noted, problems: [] });

  const record = await Forgery.of(join(folder, name), folder);
  record.lines('events.ndjson', (lines) => lines.map((line) => (line['seq'] === 2 ? { ...line, commandId: 'another' } : line)));
  record.reseal();
  const forged = await offline(await record.pack());
  expect(forged).toMatchObject({ code: 1, out: expect.stringMatching(/The record is NOT whole\.[^]*First difference: event, project\/\S+, event 2: event 2 is not what was written/) });
  expect(await offline('nothing.tar.gz')).toMatchObject({ code: 2, err: expect.stringContaining('There is no file nothing.tar.gz') });
  expect(await sluis('eva', 'project', 'export', id, 'eva.tar.gz')).toMatchObject({ code: 1, err: expect.stringContaining('Your role does not allow this') });
  expect(existsSync(join(folder, 'eva.tar.gz'))).toBe(false);
});
