/** What the record of a project is made of, as one archive. */
import { z } from 'zod';

export const MANIFEST = 'manifest.json';
export const README = 'README.txt';
export const STREAMS = 'streams.json';
export const EVENTS = 'events.ndjson';
export const COMMANDS = 'commands.ndjson';
export const DISCARDED = 'discarded.ndjson';
export const SEALS = 'seals.json';
export const TEXTS = 'texts.ndjson';
export const PEOPLE = 'people.json';
export const INVENTORY = 'inventory.json';
export const FILES = 'files.json';

export const planPath = (version: number): string => `plans/${version}.json`;
export const templatePath = (place: number): string => `templates/${place}.json`;
export const filePath = (sha256: string): string => `files/${sha256}`;

/** Parts that every record has. */
export const ALWAYS: readonly string[] = [README, STREAMS, EVENTS, COMMANDS, DISCARDED, SEALS, TEXTS, PEOPLE, INVENTORY, FILES];
const MORE = /^(plans\/\d{1,6}\.json|templates\/\d{1,6}\.json|files\/[0-9a-f]{64})$/;

/** Whether a record may have such a part. */
export const isPart = (path: string): boolean => ALWAYS.includes(path) || MORE.test(path);

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** Describes a record: the first entry of the archive. `format` rises when an older product could not verify it. */
export const manifestSchema = z.strictObject({
  format: z.literal(1),
  product: z.string(),
  project: z.string(),
  exportedAt: z.iso.datetime(),
  events: z.int(),
  parts: z.array(z.strictObject({ path: z.string().refine(isPart), bytes: z.int(), sha256 })),
});
export type RecordManifest = z.output<typeof manifestSchema>;
export type RecordPart = RecordManifest['parts'][number];

const json = z.unknown();
const recorded = { seq: z.int(), at: z.number(), by: z.looseObject({ kind: z.string() }), commandId: z.string(), event: z.looseObject({ type: z.string() }), prevHash: z.string(), hash: z.string() };

/** The shapes of what is in the parts, as they are read back. */
export const SHAPES = {
  stream: z.strictObject({ stream: z.string(), process: z.string(), rules: z.int(), seq: z.int(), head: z.string(), settled: z.int(), final: z.boolean(), input: json }),
  event: z.strictObject({ stream: z.string(), position: z.string().regex(/^\d{1,19}$/), ...recorded }),
  command: z.strictObject({ stream: z.string(), id: z.string(), hash: z.string(), from: z.int(), to: z.int(), at: z.number() }),
  discarded: z.strictObject({ stream: z.string(), ...recorded, discardedAt: z.number() }),
  seal: z.strictObject({ id: z.int(), at: z.number(), stream: z.string(), seq: z.int(), hash: z.string() }),
  text: z.strictObject({ ref: sha256, salt: z.string(), text: z.string().nullable(), keptAt: z.number(), erasedAt: z.number().nullable() }),
  person: z.strictObject({ id: z.string(), name: z.string() }),
  item: z.strictObject({ id: z.string(), kind: z.string(), name: z.string(), attributes: json }),
  file: z.strictObject({ sha256, name: z.string(), type: z.string(), size: z.int(), by: z.string(), at: z.number() }),
  plan: z.looseObject({ template: z.looseObject({ digest: z.string() }) }),
  template: z.strictObject({ key: z.string(), version: z.string(), digest: sha256, source: z.string(), template: z.looseObject({}) }),
} as const;

export type StreamPart = z.output<typeof SHAPES.stream>;
export type EventPart = z.output<typeof SHAPES.event>;
export type TextPart = z.output<typeof SHAPES.text>;
