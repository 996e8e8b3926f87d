/** What zod says of a wrong shape, as problems of a template. */
import { z } from 'zod';
import { type Problem, type ProblemCode, suggest, toPointer } from '../problem';
import { templateSchema } from './parts';
import { didYouMean, say, type Sentence, told } from '../say';

/** The problems that one issue of zod stands for. @param base path of the value that was judged. */
export function toProblems(issue: z.core.$ZodIssue, base: readonly PropertyKey[]): Problem[] {
  const path = [...base, ...issue.path];
  const pointer = toPointer(path);
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(path);
    return issue.keys.map((written) => {
      const suggestion = suggest(written, known);
      const detail = say`unknown key${suggestion ? didYouMean(suggestion) : say`; known are ${known.join(', ')}`}`;
      return { pointer: toPointer([...path, written]), code: 'unknown-key', ...told(detail), ...(suggestion && { suggestion }) };
    });
  }
  // A union of a word and an object: the branch that has the type which was written tells most.
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const near = issue.errors.find((issues) => !issues.some(({ code, path: at }) => code === 'invalid_type' && at.length === 0));
    if (near) return near.flatMap((inner) => toProblems(inner, path));
  }
  if (issue.code === 'invalid_union' && issue.discriminator !== undefined) {
    // zod's path of a wrong discriminator ends in it already
    const object = path.at(-1) === issue.discriminator ? path.slice(0, -1) : path;
    const options = discriminators(object, issue.discriminator);
    return [{ pointer: toPointer([...object, issue.discriminator]), code: 'choice', ...told(say`must be one of ${options.join(', ')}`) }];
  }
  return [{ pointer, code: codeOf(issue), ...told(sayIssue(issue)) }];
}

const WRONG_FORM = say`this does not have the form that is wanted here`;

/** What zod found, in our words. */
function sayIssue(issue: z.core.$ZodIssue): Sentence {
  switch (issue.code) {
    case 'invalid_type': return issue.input === undefined ? say`this is missing; it must be of the type ${issue.expected}` : say`this must be of the type ${issue.expected}`;
    case 'invalid_value': return issue.input === undefined ? say`this is missing; it must be one of ${issue.values.map(String).join(', ')}` : say`must be one of ${issue.values.map(String).join(', ')}`;
    case 'too_big': return issue.origin === 'string' ? say`at most ${String(issue.maximum)} characters` : issue.origin === 'array' ? say`at most ${String(issue.maximum)} entries` : say`at most ${String(issue.maximum)}`;
    case 'too_small': return issue.origin === 'string' ? say`at least ${String(issue.minimum)} characters` : issue.origin === 'array' ? say`at least ${String(issue.minimum)} entries` : say`at least ${String(issue.minimum)}`;
    // Written beside the shape itself: a form without parts.
    case 'custom': case 'invalid_format': return issue.message.startsWith('Invalid') ? WRONG_FORM : { form: issue.message, parts: [] };
    default: return issue.input === undefined ? say`this is missing` : WRONG_FORM;
  }
}

/** The values that tell the branches of the union at a path apart. */
function discriminators(path: readonly PropertyKey[], discriminator: string): string[] {
  return [...new Set(objectsAt(templateSchema, path, 0).flatMap((object) => {
    const each = object.def.shape[discriminator] as { readonly values?: Set<unknown>; readonly options?: readonly unknown[] } | undefined;
    return [...(each?.values ?? each?.options ?? [])].map(String);
  }))];
}

function codeOf(issue: z.core.$ZodIssue): ProblemCode {
  switch (issue.code) {
    case 'invalid_type': return issue.input === undefined ? 'required' : 'type';
    case 'too_big': return issue.origin === 'string' || issue.origin === 'array' ? 'too-long' : 'range';
    case 'too_small': return issue.origin === 'string' || issue.origin === 'array' ? 'too-short' : 'range';
    case 'invalid_format': return 'format';
    case 'invalid_value': return issue.input === undefined ? 'required' : 'choice';
    case 'custom': return (issue.params?.['code'] as ProblemCode | undefined) ?? 'format';
    case 'invalid_union': return issue.input === undefined ? 'required' : 'type';
    default: return 'type';
  }
}

/** The keys an object of the schema may have at a path; of a union, those of all its branches. */
export function keysAt(path: readonly PropertyKey[]): string[] {
  return [...new Set(objectsAt(templateSchema, path, 0).flatMap((object) => Object.keys(object.def.shape)))];
}

/** The objects that may stand at a path. */
function objectsAt(schema: unknown, path: readonly PropertyKey[], from: number): z.ZodObject[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return objectsAt(schema.def.innerType, path, from);
  if (schema instanceof z.ZodUnion) return schema.def.options.flatMap((option) => objectsAt(option, path, from));
  if (schema instanceof z.ZodArray) return from < path.length ? objectsAt(schema.def.element, path, from + 1) : [];
  if (!(schema instanceof z.ZodObject)) return [];
  return from === path.length ? [schema] : objectsAt((schema.def.shape as Record<string, unknown>)[String(path[from])], path, from + 1);
}
