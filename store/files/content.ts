/** Whether the content of a file is of the type that it is said to be. What a sender says is never believed. */
import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { FileType } from '../../domain/files';

const HEAD = 1_024;
/** The end record of a ZIP archive without its comment, and with the longest one. */
const ZIP_END = 22;
const ZIP_END_AT_MOST = ZIP_END + 0xffff;
const ENTRIES_AT_MOST = 100_000;
/** Where the macros of office documents are. */
const MACROS = /(^|\/)vbaproject\.bin$/i;

/** How HTML, SVG and other XML begin: what a browser would show as a page even where it is called text. */
const PAGE = /^(<\?xml|<!doctype|<!entity|<(html|head|title|body|script|style|iframe|frameset|svg|object|embed|form|link|meta|base|applet)[\s/>])/i;
// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000b\u000e-\u001f\u007f]/;

/** Whether the file at `path` is what its type says. */
export async function isOfType({ type, content }: FileType, path: string, size: number): Promise<boolean> {
  if (content.kind === 'text') return isText(path, content.begins);
  const handle = await open(path, 'r');
  try {
    const head = await read(handle, 0, HEAD);
    if (content.kind === 'magic') return content.begins.some((bytes) => new RegExp(`^${bytes}`).test(head.toString('hex')));
    const entries = await zipEntries(handle, head, size);
    if (!entries || entries.some((name) => MACROS.test(name)) && type !== 'application/zip') return false;
    return content.kind === 'zip' ? content.entries.every((name) => entries.includes(name)) : saysOfItself(head, type);
  } finally {
    await handle.close();
  }
}

async function read(handle: FileHandle, from: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, from);
  return buffer.subarray(0, bytesRead);
}

/** OpenDocument: the first entry is called `mimetype`, is not compressed, and is the type. */
function saysOfItself(head: Buffer, type: string): boolean {
  return head.subarray(30, 38).toString('latin1') === 'mimetype' && head.readUInt16LE(8) === 0 && head.readUInt32LE(22) === type.length
    && head.subarray(38, 38 + type.length).toString('latin1') === type;
}

/** The names in a ZIP archive, by its directory at the end; undefined when it is none that can be read, or an empty one. */
async function zipEntries(handle: FileHandle, head: Buffer, size: number): Promise<string[] | undefined> {
  if (head.length < 30 || head.readUInt32LE(0) !== 0x04034b50) return undefined;
  const tail = await read(handle, Math.max(0, size - ZIP_END_AT_MOST), Math.min(size, ZIP_END_AT_MOST));
  const end = tail.lastIndexOf(Buffer.from('504b0506', 'hex'));
  if (end < 0 || end + ZIP_END > tail.length) return undefined;
  const [count, length, from] = [tail.readUInt16LE(end + 10), tail.readUInt32LE(end + 12), tail.readUInt32LE(end + 16)];
  if (count === 0 || count > ENTRIES_AT_MOST || from + length > size) return undefined;
  const directory = await read(handle, from, length);
  const names: string[] = [];
  for (let at = 0; names.length < count;) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== 0x02014b50) return undefined;
    const name = directory.readUInt16LE(at + 28);
    names.push(directory.subarray(at + 46, at + 46 + name).toString('utf8'));
    at += 46 + name + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return names;
}

/** UTF-8 throughout, nothing but text, and no page. @param begins the characters that may come first, after white space. */
async function isText(path: string, begins: string | undefined): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let beginning = '';
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      const part = decoder.decode(chunk, { stream: true });
      if (CONTROL.test(part)) return false;
      if (beginning.length < HEAD) beginning = `${beginning}${part}`.trimStart();
    }
    if (CONTROL.test(decoder.decode())) return false;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return false;
    throw error;
  }
  return !PAGE.test(beginning) && (begins === undefined || (beginning !== '' && begins.includes(beginning.charAt(0))));
}
