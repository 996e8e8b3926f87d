/** Published template versions. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fragmentsIn, TEMPLATES_FOLDER } from '../config/library';
import type { Key, PersonId } from '../domain/process';
import { sha256Hex } from '../domain/digest';
import { templateDigest } from '../domain/template/compile';
import { type Template, parseTemplate } from '../domain/template/schema';
import { keepTemplateCalendar } from './calendars';
import type { Database } from './client';

export { TEMPLATES_FOLDER };

export interface PublishedVersion {
  readonly key: Key;
  readonly version: string;
  readonly digest: string;
  /** Milliseconds since 1970. */
  readonly publishedAt: number;
  /** Null: it can start projects. */
  readonly deprecatedAt: number | null;
}

/** What became of a publication; `different`: this version was published before with another content, which stays. */
export type Published = 'published' | 'same' | 'different';

/**
 * Publishes a template version. A published version never changes.
 * @param source where it came from, for people to read.
 * @param more who published it, and the text as its author wrote it.
 */
export async function publishTemplate(db: Database, template: Template, source: string, { by, text }: { readonly by?: PersonId; readonly text?: string } = {}): Promise<Published> {
  const { key, version } = template;
  const digest = templateDigest(template);
  const { count } = await db.prisma.templateVersion.createMany({
    data: [{ key, version, digest, source, content: JSON.parse(JSON.stringify(template)), ...(by !== undefined && { publishedBy: by }), ...(text !== undefined && { text }) }], skipDuplicates: true,
  });
  await keepTemplateCalendar(db.prisma, template);
  if (count === 1) return 'published';
  const kept = await db.prisma.templateVersion.findUniqueOrThrow({ where: { key_version: { key, version } }, select: { digest: true } });
  return kept.digest === digest ? 'same' : 'different';
}

/** Deprecates a published version. @returns when it was, the first time; null when there is none. */
export async function deprecateTemplate(db: Database, key: Key, version: string, now = new Date()): Promise<number | null> {
  await db.prisma.templateVersion.updateMany({ where: { key, version, deprecatedAt: null }, data: { deprecatedAt: now } });
  const found = await db.prisma.templateVersion.findUnique({ where: { key_version: { key, version } }, select: { deprecatedAt: true } });
  return found?.deprecatedAt?.getTime() ?? null;
}

/** Published versions by the source that they came from. */
export async function listSources(db: Database): Promise<ReadonlyMap<string, { readonly key: Key; readonly version: string }>> {
  const found = await db.prisma.templateVersion.findMany({ select: { key: true, version: true, source: true } });
  return new Map(found.map(({ source, key, version }) => [source, { key, version }]));
}

/**
 * The templates in the files `*.yaml` of a folder, each with a source that tells its text and the fragments apart.
 * @param isWanted by that source: the others are not read, which takes a tenth of a second each.
 * @throws Error that names the file and the problems of the first bad one.
 */
export function readTemplateFiles(folder = TEMPLATES_FOLDER, isWanted: (source: string) => boolean = () => true): { file: string; source: string; text: string; template: Template }[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.yaml')).sort();
  const fragments = fragmentsIn(join(folder, 'fragments'), join(TEMPLATES_FOLDER, 'fragments'));
  const shared = fragments.list().map((key) => fragments.find(key)?.text ?? '').join('\n');
  return files.flatMap((file) => {
    const text = readFileSync(join(folder, file), 'utf8');
    const source = `${file} ${sha256Hex(`${text}\n${shared}`)}`;
    if (!isWanted(source)) return [];
    const parsed = parseTemplate(text, fragments);
    if (parsed.ok) return [{ file, source, text, template: parsed.template }];
    const problems = parsed.problems.map(({ line, pointer, detail }) => `  ${line ?? '-'} ${pointer} ${detail}`).join('\n');
    throw new Error(`the template ${file} is not right:\n${problems}`);
  });
}

/** Brings the calendars up to date that templates define for themselves. */
export async function resolveTemplateCalendars(db: Database): Promise<void> {
  for (const { key, version } of await listTemplates(db)) {
    const template = await findTemplate(db, key, version);
    if (template) await keepTemplateCalendar(db.prisma, template);
  }
}

/** All published versions, by key, the highest version first. */
export async function listTemplates(db: Database): Promise<PublishedVersion[]> {
  const found = await db.prisma.templateVersion.findMany({ select: { key: true, version: true, digest: true, publishedAt: true, deprecatedAt: true } });
  return found
    .map((one) => ({ ...one, publishedAt: one.publishedAt.getTime(), deprecatedAt: one.deprecatedAt?.getTime() ?? null }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : compareVersions(b.version, a.version)));
}

/** A published version as it was authored, defaults filled in; without `version` the highest. Null when there is none. */
export async function findTemplate(db: Database, key: Key, version?: string): Promise<Template | null> {
  const wanted = version ?? (await listTemplates(db)).find((one) => one.key === key)?.version;
  if (wanted === undefined) return null;
  const found = await db.prisma.templateVersion.findUnique({ where: { key_version: { key, version: wanted } }, select: { content: true } });
  return found ? (found.content as unknown as Template) : null;
}

/** The text of a published version as its author wrote it; null where it was not kept, or there is no such version. */
export async function findTemplateText(db: Database, key: Key, version: string): Promise<string | null> {
  return (await db.prisma.templateVersion.findUnique({ where: { key_version: { key, version } }, select: { text: true } }))?.text ?? null;
}

/** Orders semantic versions: negative when `a` comes before `b`. Build metadata does not count. */
export function compareVersions(a: string, b: string): number {
  const [one, other] = [split(a), split(b)];
  for (let i = 0; i < 3; i++) {
    const difference = Number(one.numbers[i] ?? 0) - Number(other.numbers[i] ?? 0);
    if (difference !== 0) return difference;
  }
  if (one.pre.length === 0 || other.pre.length === 0) return other.pre.length - one.pre.length;
  for (let i = 0; i < Math.max(one.pre.length, other.pre.length); i++) {
    const difference = compareIdentifiers(one.pre[i], other.pre[i]);
    if (difference !== 0) return difference;
  }
  return 0;
}

function split(version: string): { numbers: string[]; pre: string[] } {
  const [core = '', ...rest] = (version.split('+')[0] ?? '').split('-');
  return { numbers: core.split('.'), pre: rest.length > 0 ? rest.join('-').split('.') : [] };
}

/** Numbers come before words and compare as numbers; fewer identifiers come first. */
function compareIdentifiers(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? -1 : 1;
  const [x, y] = [/^\d+$/.test(a), /^\d+$/.test(b)];
  if (x && y) return Number(a) - Number(b);
  if (x !== y) return x ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}
