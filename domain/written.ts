/** What people write where a value is meant: numbers, days, yes or no, and tables of them. The same in a field of a page, in a table and on a terminal. */
import { isDate } from './date';

/** What stands before the decimals: a comma in Dutch and French and in the spreadsheets of Belgium, a point in English. */
export type DecimalSign = ',' | '.';

const SIGNS: readonly DecimalSign[] = [',', '.'];
/** Spaces between digits, of all widths: spreadsheets and pages write those that do not break. */
const GROUPED_BY_SPACE = /^\d{1,3}([\s\u00A0\u2009\u202F]\d{3})+(?=$|[.,])/;

const isGrouped = (text: string, sign: DecimalSign): boolean => text.split(sign).every((group, place) => (place === 0 ? /^[1-9]\d{0,2}$/ : /^\d{3}$/).test(group));

/** Digits with the decimal sign as a point; undefined when they are no number. */
function plain(text: string, decimal: DecimalSign): string | undefined {
  const [used, both] = [SIGNS.filter((sign) => text.includes(sign)), text.includes(',') && text.includes('.')];
  const [first = decimal] = used;
  // With both, the last one is the decimal sign, and the other one parts thousands.
  const sign = both ? (text.lastIndexOf(',') > text.lastIndexOf('.') ? ',' : '.') : first;
  const other = sign === ',' ? '.' : ',';
  const parts = text.split(sign);
  if (both) return parts.length === 2 && isGrouped(parts[0] ?? '', other) ? `${parts[0]?.replaceAll(other, '')}.${parts[1]}` : undefined;
  if (parts.length > 2) return isGrouped(text, sign) ? parts.join('') : undefined;
  // A keypad of numbers has a point in every language: only three digits after it are thousands.
  if (parts.length === 2 && sign !== decimal && isGrouped(text, sign)) return parts.join('');
  return parts.join('.');
}

/**
 * The number that is written: `1.250,50`, `1 250,50` and `1250.5` are the same. Undefined: it is none, or one with more digits than a number keeps.
 * @param decimal the sign of whoever writes; it decides whether `1.250` is more than a thousand.
 */
export function numberIn(text: string, decimal: DecimalSign): number | undefined {
  const [, minus, body = ''] = /^([-−]?)\s*(.*)$/su.exec(text.trim().replace(/^(?:€|EUR)\s*|\s*(?:€|EUR)$/giu, '')) ?? [];
  const digits = plain(body.replace(GROUPED_BY_SPACE, (groups) => groups.replaceAll(/\D/g, '')), decimal);
  if (digits === undefined || !/^(\d+\.?\d*|\.\d+)$/.test(digits) || digits.replace('.', '').replace(/^0+/, '').length > 15) return undefined;
  return Number(digits) * (minus === '' ? 1 : -1) || 0;
}

/** The day that is written, as `2027-03-28`: so, or with its day first as in Belgium (`28/03/2027`, `28-3-27`). Undefined: it is none. */
export function dayIn(text: string): string | undefined {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text.trim()) ?? [];
  const [, first, second, third] = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})$/.exec(text.trim()) ?? [];
  const found = year !== undefined ? `${year}-${month}-${date}` : third === undefined ? '' : `${third.padStart(4, '20')}-${second?.padStart(2, '0')}-${first?.padStart(2, '0')}`;
  return isDate(found) ? found : undefined;
}

// Those of spreadsheets are among them: they write WAAR and VRAI for what is ticked.
const YES = new Set(['true', 'yes', 'y', 'ja', 'j', 'oui', 'o', 'waar', 'vrai', 'x', '1']);
const NO = new Set(['false', 'no', 'n', 'nee', 'neen', 'non', 'onwaar', 'faux', '0']);

/** Whether yes or no is written; undefined: neither. */
export function truthIn(text: string): boolean | undefined {
  const word = text.trim().toLowerCase();
  return YES.has(word) ? true : NO.has(word) ? false : undefined;
}

/** What parts the cells of a table: a tab as it is pasted, a semicolon as the spreadsheets of Belgium save it, or a comma. */
export type Delimiter = '\t' | ';' | ',';

/** @param text a table whose first line names its columns. */
export function delimiterIn(text: string): Delimiter {
  const head = (/^[^\r\n]*/.exec(text)?.[0] ?? '').replaceAll(/"[^"]*"/g, '');
  return head.includes('\t') ? '\t' : head.includes(';') ? ';' : ',';
}

/** Where commas part cells, they part no decimals. */
export const decimalIn = (delimiter: Delimiter): DecimalSign => (delimiter === ',' ? '.' : ',');

// Bytes 0x80 to 0x9f: not every runtime tells them from control characters.
const WINDOWS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ';

/** The text of a file, without a mark of its encoding: spreadsheets that do not save UTF-8 save what Windows writes in Western Europe, or UTF-16. */
export function textIn(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return Array.from(bytes, (byte) => WINDOWS[byte - 0x80] ?? String.fromCharCode(byte)).join('');
  }
}
