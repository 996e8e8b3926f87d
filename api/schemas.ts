/** Schemas that several resources share. */
import { z } from 'zod';

/** What no text may hold: control characters (PostgreSQL refuses NUL) other than tab and line ends, and halves of characters. */
// eslint-disable-next-line no-control-regex
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]|\p{Surrogate}/u;

const hasNone = (value: string): boolean => !FORBIDDEN.test(value);
const isFilled = (value: string): boolean => value.trim() !== '';

/** Free text of one line or more, at most so many characters. */
export const freeText = (max: number) =>
  z.string().min(1, { abort: true }).max(max).refine(isFilled).refine(hasNone);

/** An id or key that is looked for: any text that the database has a form for. */
export const idText = (max: number) => z.string().max(max).refine(hasNone);
export const key = idText(80).min(1).meta({ example: 'project-manager' });
/** A key of the directory, as templates write keys. */
export const directoryKey = z.string().max(60).regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/).meta({ example: 'network-security' });
export const personId = z.string().min(1).max(100).refine(hasNone).meta({ example: 'p-anna' });
export const instant = z.string().meta({ format: 'date-time', example: '2026-11-23T09:30:00.000Z' });
/** A moment in a body, as milliseconds since 1970. */
export const moment = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
export const namedKey = z.strictObject({ key, name: z.string() });
export const namedPerson = z.strictObject({ id: z.string(), name: z.string() });
export const reason = freeText(4000).meta({ example: 'Waiting for the delivery of the racks.' });

/** Keys of one record at most, so that what is wrong with them can be told. */
const KEYS_AT_MOST = 200;
export const fewKeys = (record: object): boolean => Object.keys(record).length <= KEYS_AT_MOST;

/** Path parameters: what can't be an id of anything is not looked for. */
const pathKey = idText(400).min(1);
export const projectParams = z.object({ project: pathKey });
export const phaseParams = z.object({ project: pathKey, phase: pathKey });
export const taskParams = z.object({ project: pathKey, phase: pathKey, task: pathKey });

/** A whole number as it stands in a query. */
export const whole = (least: number, most: number) => z.string().regex(/^\d{1,9}$/).transform(Number).pipe(z.int().min(least).max(most));

/** How many items, and from where on. */
export const page = {
  limit: whole(1, 200).default(50).meta({ description: 'Items at most, 1 to 200.', override: { type: 'integer', minimum: 1, maximum: 200, default: 50 } }),
  cursor: z.string().max(1000).optional().meta({ description: '`nextCursor` of the answer before.' }),
};
/** A moment in the past, as what was known then is asked for. */
export const asOf = moment.optional()
  .meta({ description: 'As it was known at this moment.', override: { type: 'string', format: 'date-time' } });
export const flag = z.enum(['true', 'false']).transform((value) => value === 'true');

/** A page of items. */
export const listOf = <T extends z.ZodType>(item: T) => z.strictObject({ items: z.array(item), nextCursor: z.string().nullable() });

const happened = z.strictObject({ seq: z.int(), type: z.string(), at: instant });

/** The answer to a command that is carried out. */
export const commandAnswer = z.strictObject({
  stream: z.string().meta({ example: 'project/p-4f1c' }),
  seq: z.int().meta({ description: 'Last number in the stream after the command.' }),
  events: z.array(happened),
  replayed: z.boolean().meta({ description: 'The command had been carried out before; this is its answer.' }),
}).meta({ id: 'CommandAnswer' });

/** The answer to a command that is accepted, but that what people read does not show yet. */
export const pendingAnswer = z.strictObject({ stream: z.string(), seq: z.int(), pending: z.literal(true) }).meta({ id: 'PendingAnswer' });

export const problemBody = z.object({
  type: z.string().meta({ example: 'urn:sluis:problem:task-not-ready' }),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string().meta({ description: 'Stable: switch on it.', example: 'task-not-ready' }),
  instance: z.string().meta({ description: 'Number of the request, also in X-Request-Id.' }),
  errors: z.array(z.strictObject({ pointer: z.string(), code: z.string(), detail: z.string() })).optional(),
  facts: z.record(z.string(), z.unknown()).optional(),
  difference: z.record(z.string(), z.unknown()).optional().meta({ description: 'With `evidence-changed`: what changed since you looked, as `GET /approvals/{approval}/difference` tells it.' }),
}).meta({ id: 'Problem', description: 'RFC 9457; title and detail in the language asked for.' });
