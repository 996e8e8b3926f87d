/** What no body may be, whatever its schema says: parts of the latter take any JSON, and every command's body gets a digest. */
import type { FieldProblem } from '../../domain/errors';
import { Problem } from '../problem';

const VALUES_AT_MOST = 10_000;
const DEPTH_AT_MOST = 32;
const KEY_AT_MOST = 200;

const tooLong = (pointer: string, most: number): FieldProblem => ({ pointer, code: 'too-long', expected: String(most) });

function wrongKey(key: string, pointer: string): FieldProblem | undefined {
  if (key.length > KEY_AT_MOST) return tooLong(pointer, KEY_AT_MOST);
  return key === '__proto__' ? { pointer: `${pointer}/${key}`, code: 'unknown' } : undefined;
}

/**
 * Refuses JSON that is deeper than 32, holds more values than may be (10,000), a key of more than 200 characters, a number beyond what a number
 * can be, or the key `__proto__`, which schemas would drop in silence.
 * @throws Problem `invalid-request`.
 */
export function judgeJson(body: unknown, valuesAtMost = VALUES_AT_MOST): void {
  const waiting: { readonly value: unknown; readonly pointer: string; readonly depth: number }[] = [{ value: body, pointer: '', depth: 0 }];
  let values = 0;
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { value, pointer, depth } = next;
    if (depth > DEPTH_AT_MOST) throw Problem.fields([tooLong(pointer, DEPTH_AT_MOST)]);
    // JSON has no such number, but 1e999 is read as one.
    if (typeof value === 'number' && !Number.isFinite(value)) throw Problem.fields([{ pointer, code: 'range' }]);
    if (typeof value !== 'object' || value === null) continue;
    const parts = Object.entries(value);
    values += parts.length;
    if (values > valuesAtMost) throw Problem.fields([tooLong('', valuesAtMost)]);
    for (const [key, part] of parts) {
      const wrong = wrongKey(key, pointer);
      if (wrong) throw Problem.fields([wrong]);
      waiting.push({ value: part, pointer: `${pointer}/${key.replace(/~/g, '~0').replace(/\//g, '~1')}`, depth: depth + 1 });
    }
  }
}
