/**
 * The authored template, `schema: 1`, as a zod schema: its shape, and nothing about its meaning (that is `compile`). This folder alone
 * in `domain/` knows zod.
 */
import { z } from 'zod';
import { checkRest } from '../check-rest';
import { expandIncludes, type Fragments, NO_FRAGMENTS } from '../include';
import type { Problem } from '../problem';
import { inOrder, type Locate, located, readText } from '../read';
import { mend } from './mend';
import { type field, type parameter, templateSchema, type test } from './parts';
import { toProblems } from './problems';

export { templateSchema };

/** A template whose shape is right, with its defaults filled in. */
export type Template = z.output<typeof templateSchema>;
/** What people read, in the three languages. */
export type Text = Template['name'];
export type TemplatePhase = Template['phases'][number];
export type TemplateTask = TemplatePhase['tasks'][number];
export type TemplateField = z.output<typeof field>;
export type TemplateGate = NonNullable<TemplatePhase['gate']>;
export type TemplateRung = NonNullable<TemplateGate['approval']['ladder']>[number];
export type TemplateTest = z.output<typeof test>;
export type TemplateParameter = z.output<typeof parameter>;
export type TemplateCalendar = Exclude<Template['calendar'], string>;
export type TemplateItemKind = Template['inventory'][number];

export type Parsed =
  | { readonly ok: true; readonly template: Template; readonly locate: Locate }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Parses the text of a template (YAML or JSON), with the fragments that it includes, and judges its shape; where that is wrong, also the meaning
 * of all that is right. Never throws.
 * @returns the template with its defaults and a way to find places in the text, or all problems in the order of the text.
 */
export function parseTemplate(text: string, fragments: Fragments = NO_FRAGMENTS): Parsed {
  const read = readText(text);
  if (!read.ok) return read;
  const { value, problems, locate } = expandIncludes(upcast(read.value), read.locate, fragments);
  const checked = checkShape(value);
  if (checked.ok && problems.length === 0) return { ...checked, locate };
  // What could not be included is missing: nothing is said of what may have been in it.
  const missing = problems.length > 0 ? INCLUDED : [];
  const shape = (checked.ok ? [] : checked.problems).filter(({ pointer, code }) => !(missing.includes(pointer) && (code === 'too-short' || code === 'required')));
  const mended = checked.ok ? { template: checked.template, broken: [] } : mend(value);
  const rest = mended ? checkRest(mended.template, mended.broken, missing) : [];
  return { ok: false, problems: inOrder([...problems, ...located([...shape, ...rest], locate)]) };
}

/** What an include can add to. */
const INCLUDED: readonly string[] = ['/phases', '/roles', '/parameters', '/inventory'];

/** Earlier forms of the language, each with the function that makes the next one of it. There is only one form so far. */
const UPCASTERS: Readonly<Record<number, (template: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>>> = {};

function upcast(value: unknown): unknown {
  let current = value;
  for (;;) {
    const form = typeof current === 'object' && current !== null ? (current as { schema?: unknown }).schema : undefined;
    const next = typeof form === 'number' ? UPCASTERS[form] : undefined;
    if (!next) return current;
    current = next(current as Readonly<Record<string, unknown>>);
  }
}

/** Judges the shape of a template given as plain JSON: the template with its defaults, or all problems. */
export function checkShape(value: unknown): { ok: true; template: Template } | { ok: false; problems: Problem[] } {
  const result = templateSchema.safeParse(value, { reportInput: true });
  if (result.success) return { ok: true, template: result.data };
  return { ok: false, problems: result.error.issues.flatMap((issue) => toProblems(issue, [])) };
}

/** The shape of a template as a JSON Schema (draft 2020-12), for completion in editors. */
export function jsonSchema(): Record<string, unknown> {
  return { title: 'Sluis lifecycle template', ...z.toJSONSchema(templateSchema, { io: 'input', unrepresentable: 'any' }) };
}
