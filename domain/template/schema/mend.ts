/**
 * A template whose shape is wrong, made right so that the rest of it can be judged: what is not known is left out, what is wrong has
 * something in its place that is of the right shape and means nothing.
 */
import { z } from 'zod';
import { toPointer } from '../problem';
import { templateSchema } from './parts';
import { keysAt, toProblems } from './problems';

export interface Mended {
  readonly template: z.output<typeof templateSchema>;
  /** Pointers to what was left out or replaced, or could have been meant by what was left out. */
  readonly broken: readonly string[];
}

type Path = readonly PropertyKey[];
type Container = Record<PropertyKey, unknown>;

/** What is mended can show what it hid: so often at most is looked again. */
const MAX_ROUNDS = 10;
/** Of a text with more that is wrong, the rest is not judged. */
const MAX_ISSUES = 200;
/** One of these fits every text of the language; the number makes it another than all others. */
const WORDS = ['mended-', '2027-01-04', '1.0.0', '08:30', 'EUR'];

const isContainer = (value: unknown): value is Container => typeof value === 'object' && value !== null;

/** The template with what is wrong mended; undefined when too little is left to judge. @param value plain JSON; it is not changed. */
export function mend(value: unknown): Mended | undefined {
  const mender = new Mender();
  const root = structuredClone(value);
  if (!isContainer(root) || Array.isArray(root)) return undefined;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const result = templateSchema.safeParse(root, { reportInput: true });
    if (result.success) return { template: result.data, broken: [...mender.broken] };
    if (result.error.issues.length > MAX_ISSUES) return undefined;
    for (const issue of result.error.issues) mender.mend(root, issue);
  }
  return undefined;
}

class Mender {
  readonly broken = new Set<string>();
  private made = 0;

  mend(root: Container, issue: z.core.$ZodIssue): void {
    if (issue.code === 'unrecognized_keys') {
      this.leaveOut(root, issue);
      return;
    }
    // A part is told apart by its kind or type: if that is wrong, all of the part is.
    const isKind = issue.code === 'invalid_union' && issue.discriminator !== undefined && issue.path.at(-1) === issue.discriminator;
    const path = isKind ? issue.path.slice(0, -1) : issue.path;
    const name = path.at(-1);
    const parent = at(root, path.slice(0, -1));
    if (name === undefined || !isContainer(parent)) return;
    this.broken.add(toPointer(path));
    const schema = schemaAt(templateSchema, root, path);
    if (schema === undefined) return;
    const standIn = this.standIn(schema, parent[name]);
    if (standIn === undefined && !Array.isArray(parent)) delete parent[name];
    else parent[name] = standIn;
  }

  /** Leaves out keys that are not known; each may have been meant for one that is missing. */
  private leaveOut(root: Container, issue: z.core.$ZodIssueUnrecognizedKeys): void {
    const parent = at(root, issue.path);
    if (!isContainer(parent)) return;
    for (const key of issue.keys) delete parent[key];
    const suggestions = toProblems(issue, []).map(({ suggestion }) => suggestion);
    const meant = suggestions.includes(undefined) ? keysAt(issue.path) : suggestions;
    for (const key of meant) if (key !== undefined && !Object.hasOwn(parent, key)) this.broken.add(toPointer([...issue.path, key]));
  }

  /** A value of the right shape; of an object, what is right of it stays. Undefined where there need be none. */
  private standIn(schema: unknown, before: unknown): unknown {
    if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return undefined;
    if (schema instanceof z.ZodUnion) return this.standIn(schema.def.options[0], before);
    if (schema instanceof z.ZodEnum) return schema.options[0];
    if (schema instanceof z.ZodLiteral) return [...schema.values][0];
    if (schema instanceof z.ZodArray) return fitting(schema, [[], [this.standIn(schema.def.element, undefined)]]);
    if (schema instanceof z.ZodString) {
      this.made += 1;
      return fitting(schema, WORDS.map((word) => (word.endsWith('-') ? `${word}${this.made}` : word)));
    }
    if (schema instanceof z.ZodObject) {
      const parts = Object.entries(schema.def.shape as Record<string, z.ZodType>).map(([key, part]): [string, unknown] => {
        const own = isContainer(before) && Object.hasOwn(before, key) ? before[key] : undefined;
        return [key, part.safeParse(own).success ? own : this.standIn(part, own)];
      });
      return Object.fromEntries(parts.filter(([, part]) => part !== undefined));
    }
    return fitting(schema as z.ZodType, [false, 0, 1, '2027-01-04', 'x']);
  }
}

const fitting = (schema: z.ZodType, values: readonly unknown[]): unknown => values.find((value) => schema.safeParse(value).success);

/** What stands at a path. */
function at(root: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, part) => (isContainer(value) && Object.hasOwn(value, part) ? value[part] : undefined), root);
}

/** The schema of what may stand at a path; of parts of several kinds, that of the kind which is written. */
function schemaAt(schema: unknown, value: unknown, path: Path): unknown {
  if (path.length === 0) return schema;
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return schemaAt(schema.def.innerType, value, path);
  const [part = '', ...rest] = path;
  const inner = isContainer(value) && Object.hasOwn(value, part) ? value[part] : undefined;
  if (schema instanceof z.ZodArray) return schemaAt(schema.def.element, inner, rest);
  if (schema instanceof z.ZodObject) return schemaAt((schema.def.shape as Record<string, unknown>)[String(part)], inner, rest);
  if (!(schema instanceof z.ZodUnion)) return undefined;
  const { options } = schema.def;
  const isWritten = (option: unknown): boolean => option instanceof z.ZodObject && isContainer(value)
    && ['type', 'kind'].every((kind) => !(kind in option.def.shape) || (option.def.shape[kind] as unknown as z.ZodType).safeParse(value[kind]).success);
  return schemaAt(options.find(isWritten) ?? options.find((option) => option instanceof z.ZodObject), value, path);
}
