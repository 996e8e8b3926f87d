/** What a file is said to be, against what it is. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FILE_TYPES, findFileType } from '../../../domain/files';
import { isOfType } from '../../../store/files/content';
import { docx, zip } from '../../support/zip';

let folder: string;
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'sluis-content-')); });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function accepts(type: string, content: Buffer | string): Promise<boolean> {
  const found = findFileType(type);
  if (!found) throw new Error(`${type} is not taken at all`);
  const path = join(folder, 'file');
  writeFileSync(path, content);
  return isOfType(found, path, Buffer.byteLength(content));
}

const OFFICE = 'application/vnd.openxmlformats-officedocument';
const ODF = 'application/vnd.oasis.opendocument';
const hex = (text: string) => Buffer.concat([Buffer.from(text, 'hex'), Buffer.alloc(64)]);
/** One right content for each type. */
const RIGHT: Readonly<Record<string, Buffer | string>> = {
  'application/pdf': hex('255044462d312e37'),
  'image/png': hex('89504e470d0a1a0a'), 'image/jpeg': hex('ffd8ffe0'), 'image/gif': hex('474946383961'),
  'image/webp': hex('524946460102030457454250'), 'image/tiff': hex('49492a00'),
  [`${OFFICE}.wordprocessingml.document`]: docx(),
  [`${OFFICE}.spreadsheetml.sheet`]: zip({ '[Content_Types].xml': 'x', 'xl/workbook.xml': 'x' }),
  [`${OFFICE}.presentationml.presentation`]: zip({ '[Content_Types].xml': 'x', 'ppt/presentation.xml': 'x' }),
  'application/vnd.ms-visio.drawing': zip({ '[Content_Types].xml': 'x', 'visio/document.xml': 'x' }),
  ...Object.fromEntries(['text', 'spreadsheet', 'presentation', 'graphics'].map((kind) => [`${ODF}.${kind}`, zip({ mimetype: `${ODF}.${kind}`, 'content.xml': 'x' })])),
  'application/zip': zip({ 'logs/switch-1.txt': 'up' }),
  'text/plain': 'Ligne 1 : été\r\n\tLigne 2\f', 'text/csv': 'id;name\n1;Mechelen\n', 'text/markdown': '# Report\n\n<details>more</details>',
  'application/json': ' {"a": 1}', 'application/yaml': 'a: 1\n',
};

test('each type takes what is of it, and no type takes what is of another', async () => {
  expect(Object.keys(RIGHT).sort()).toEqual(FILE_TYPES.map(({ type }) => type).sort());
  const isText = (type: string) => findFileType(type)?.content.kind === 'text';
  for (const [type, content] of Object.entries(RIGHT)) {
    for (const other of Object.keys(RIGHT)) {
      // A document is a ZIP archive as well; and text is text.
      const fits = type === other || (other === 'application/zip' && findFileType(type)?.content.kind !== 'magic' && !isText(type))
        || (isText(type) && isText(other) && other !== 'application/json');
      expect([type, other, await accepts(other, content)]).toEqual([type, other, fits]);
    }
  }
});

test.each([
  ['a page', '<!DOCTYPE html><html><script>alert(1)</script>'], ['a page after white space', ' \n<html >'], ['a drawing', '<svg onload="alert(1)"/>'],
  ['XML', '\uFEFF<?xml version="1.0"?><svg/>'], ['a script element', '<script\n>x'], ['bytes', Buffer.from([0x61, 0, 0x62])], ['another encoding', Buffer.from('été', 'latin1')],
  ['UTF-16', Buffer.from('\uFEFFtext', 'utf16le')], ['half a character', Buffer.from([0x61, 0xc3])], ['an escape', '\u001b[31mred'],
])('%s is no text, whatever it is called', async (_, content) => {
  for (const type of ['text/plain', 'text/csv', 'text/markdown', 'application/json', 'application/yaml']) expect([type, await accepts(type, content)]).toEqual([type, false]);
});

test('a document with macros, one cut short, and an empty archive are not taken', async () => {
  const word = `${OFFICE}.wordprocessingml.document`;
  expect(await accepts(word, docx({ 'word/vbaProject.bin': 'x' }))).toBe(false);
  expect(await accepts(word, docx().subarray(0, 60))).toBe(false);
  expect(await accepts(word, zip({ 'word/document.xml': 'x' }))).toBe(false);
  expect(await accepts(word, Buffer.concat([Buffer.from('MZ'), docx()]))).toBe(false);
  expect(await accepts('application/zip', Buffer.from('504b0506000000000000000000000000000000000000', 'hex'))).toBe(false);
});

test('what would be executed is not among the types', () => {
  for (const type of ['text/html', 'image/svg+xml', 'application/xml', 'text/xml', 'application/javascript', 'text/javascript', 'application/octet-stream',
    'application/x-msdownload', 'application/msword', 'application/vnd.ms-word.document.macroEnabled.12']) expect(findFileType(type)).toBeUndefined();
});
