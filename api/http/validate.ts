import type { z } from 'zod';
import type { FieldProblem } from '../../domain/errors';
import { Problem } from '../problem';

const pointerOf = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replace(/~/g, '~0').replace(/\//g, '~1')}`).join('');

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((at, part) => (typeof at === 'object' && at !== null ? (at as Record<PropertyKey, unknown>)[part] : undefined), value);
}

/** More wrong fields than this help nobody. */
const FIELDS_AT_MOST = 100;

/** Issues of zod as fields of a problem; of a union, those of the branch that fits best. */
function fieldsOf(issue: z.core.$ZodIssue, input: unknown, base: readonly PropertyKey[]): FieldProblem[] {
  const path = [...base, ...issue.path];
  const pointer = pointerOf(path);
  const missing = valueAt(input, path) === undefined;
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.slice(0, FIELDS_AT_MOST).map((key) => ({ pointer: pointerOf([...path, key]), code: 'unknown' as const }));
    case 'invalid_type':
      return [missing ? { pointer, code: 'required' } : { pointer, code: 'type', expected: issue.expected }];
    case 'invalid_value':
      return [missing ? { pointer, code: 'required' } : { pointer, code: 'choice', expected: issue.values.map(String).join(', ') }];
    case 'too_big':
      if (issue.origin === 'string') return [{ pointer, code: 'too-long', expected: String(issue.maximum) }];
      return [{ pointer, code: 'range', expected: `≤ ${issue.maximum}` }];
    case 'too_small':
      if (issue.origin === 'string') return [{ pointer, code: 'required' }];
      return [{ pointer, code: 'range', expected: `≥ ${issue.minimum}` }];
    case 'invalid_format':
      return [{ pointer, code: 'format', ...(issue.format !== 'regex' && { expected: issue.format }) }];
    case 'invalid_union': {
      const branches = issue.errors.map((errors) => errors.flatMap((each) => fieldsOf(each, input, path)));
      // The branch that got deepest tells most; where all fail at the same place, the value is of no right type.
      const deepest = branches.filter((fields) => fields.some((field) => field.pointer.length > pointer.length))
        .sort((one, other) => one.length - other.length)[0];
      if (deepest) return deepest;
      const expected = [...new Set(branches.flat().map((field) => field.expected).filter((each) => each !== undefined))].join(', ');
      return [missing ? { pointer, code: 'required' } : { pointer, code: 'type', ...(expected !== '' && { expected }) }];
    }
    case 'invalid_key':
      return [{ pointer, code: 'unknown' }];
    case 'custom': {
      const expected: unknown = issue.params?.['expected'];
      return [{ pointer, code: 'format', ...(typeof expected === 'string' && { expected }) }];
    }
    default:
      return [{ pointer, code: 'format' }];
  }
}

/**
 * What a schema made of a value, with its defaults. `base` is put before the pointers of what is wrong.
 * @throws Problem `invalid-request` with a JSON pointer for each wrong field, the first hundred of them.
 */
export function outputOf<T>(result: z.ZodSafeParseResult<T>, value: unknown, base: readonly string[] = []): T {
  if (result.success) return result.data;
  const fields = result.error.issues.slice(0, FIELDS_AT_MOST).flatMap((issue) => fieldsOf(issue, value, [])).slice(0, FIELDS_AT_MOST);
  throw Problem.fields(fields.map((field) => ({ ...field, pointer: `${pointerOf(base)}${field.pointer}` })));
}

/** A value judged by its schema. Throws as `outputOf`. */
export const validate = (schema: z.ZodType, value: unknown, base: readonly string[] = []): unknown => outputOf(schema.safeParse(value), value, base);
