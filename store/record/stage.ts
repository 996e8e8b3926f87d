/** Reads the record of a project at one moment and lays its parts on disk, ready to be packed. */
import { createHash } from 'node:crypto';
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Pool, PoolClient } from 'pg';
import { productVersion } from '../../config/version';
import { readLog } from '../fold';
import { millis } from '../reads/columns';
import { byStream } from '../seal';
import { inTransaction } from '../transaction';
import {
  COMMANDS, DISCARDED, EVENTS, FILES, INVENTORY, PEOPLE, README, type RecordManifest, type RecordPart, SEALS, STREAMS, type StreamPart, TEXTS, filePath,
  planPath, templatePath,
} from './layout';
import { readmeOf } from './readme';

/** A record that lies in a folder, but for the content of uploaded files, which is in the file store. */
export interface StagedRecord {
  readonly manifest: RecordManifest;
  readonly folder: string;
}

const PAGE = 1_000;

class Writer {
  readonly parts: RecordPart[] = [];

  constructor(private readonly folder: string) {}

  /** Writes a part of lines, or of anything else, as it comes. */
  async write(path: string, chunks: AsyncIterable<string> | Iterable<string>): Promise<void> {
    const hash = createHash('sha256');
    let bytes = 0;
    const handle = await this.create(path);
    try {
      for await (const chunk of chunks) {
        hash.update(chunk);
        bytes += Buffer.byteLength(chunk);
        await handle.appendFile(chunk);
      }
    } finally {
      await handle.close();
    }
    this.parts.push({ path, bytes, sha256: hash.digest('hex') });
  }

  json(path: string, value: unknown): Promise<void> {
    return this.write(path, [`${JSON.stringify(value, null, 1)}\n`]);
  }

  async create(path: string): Promise<FileHandle> {
    const target = join(this.folder, path);
    await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    return open(target, 'wx', 0o600);
  }
}

const lines = (rows: readonly unknown[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('');

/** Rows of a statement, as lines, page after page. */
async function* linesOf(client: PoolClient, statement: string, project: string): AsyncGenerator<string> {
  await client.query(`DECLARE record_rows NO SCROLL CURSOR FOR ${statement}`, [project]);
  for (;;) {
    const { rows } = await client.query(`FETCH ${PAGE} FROM record_rows`);
    if (rows.length === 0) break;
    yield lines(rows);
  }
  await client.query('CLOSE record_rows');
}

/** Short texts within plain JSON: ids of persons are among them. */
function collectIds(value: unknown, into: Set<string>): void {
  if (typeof value === 'string' && value.length <= 100) into.add(value);
  else if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) collectIds(part, into);
}

async function* eventLines(client: PoolClient, streams: readonly StreamPart[], seen: { events: number; readonly ids: Set<string>; readonly templates: Set<string> }): AsyncGenerator<string> {
  for (const { stream } of streams) {
    for await (const page of readLog(client, stream)) {
      seen.events += page.length;
      for (const { by, event } of page) {
        collectIds([by, event], seen.ids);
        collectTemplates(event, seen.templates);
      }
      yield lines(page.map(({ type: _, project: __, position, ...event }) => ({ stream, position: String(position), ...event })));
    }
  }
}

/** Digests of the template versions that events name: of the start, and of moves to others. */
function collectTemplates(event: unknown, into: Set<string>): void {
  const { template, migration } = event as { template?: { digest?: string }; migration?: { plan?: { template?: { digest?: string } } } };
  for (const digest of [template?.digest, migration?.plan?.template?.digest]) if (digest !== undefined) into.add(digest);
}

interface TemplateRow {
  readonly key: string;
  readonly version: string;
  readonly digest: string;
  readonly source: string;
  readonly template: unknown;
}

/**
 * Lays the record of a project into an empty folder, as it stands at one moment.
 * @param now milliseconds since 1970.
 * @returns null when there is no such project.
 */
export async function stageRecord(pool: Pool, project: string, folder: string, now: number): Promise<StagedRecord | null> {
  return inTransaction(pool, async (client) => {
    await client.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
    const query = async <T>(statement: string, value: unknown = project): Promise<T[]> => (await client.query(statement, [value])).rows as T[];
    const streams = (await query<StreamPart>('SELECT stream, process, rules, seq, head, settled, final, input FROM streams WHERE project = $1')).sort(byStream);
    if (streams.length === 0) return null;
    const exportedAt = new Date(now).toISOString();
    const writer = new Writer(folder);
    const seen = { events: 0, ids: new Set<string>(), templates: new Set<string>() };
    await writer.write(README, [readmeOf(project, exportedAt)]);
    await writer.json(STREAMS, streams);
    await writer.write(EVENTS, eventLines(client, streams, seen));
    await writer.write(COMMANDS, linesOf(client, `SELECT c.stream, c.id, c.hash, c.from_seq AS "from", c.to_seq AS "to", ${millis('c.at', 'at')}
      FROM commands c JOIN streams s ON s.stream = c.stream WHERE s.project = $1 ORDER BY c.stream, c.to_seq, c.id`, project));
    await writer.write(DISCARDED, linesOf(client, `SELECT stream, seq, ${millis('at', 'at')}, by, command_id AS "commandId", event, prev_hash AS "prevHash", hash,
      ${millis('discarded_at', 'discardedAt')} FROM discarded_events WHERE project = $1 ORDER BY id`, project));
    await writer.json(SEALS, await query(`SELECT c.id, ${millis('c.at', 'at')}, h.stream, h.seq, h.hash FROM checkpoint_heads h JOIN checkpoints c ON c.id = h.checkpoint_id
      JOIN streams s ON s.stream = h.stream WHERE s.project = $1 ORDER BY c.id, h.stream`));
    await writer.write(TEXTS, linesOf(client, `SELECT ref, salt, text, ${millis('kept_at', 'keptAt')}, ${millis('erased_at', 'erasedAt')} FROM texts WHERE project = $1 ORDER BY ref`, project));
    for (const { version, plan } of await query<{ version: number; plan: unknown }>('SELECT version, plan FROM plans WHERE project = $1 ORDER BY version')) {
      await writer.json(planPath(version), plan);
    }
    const templates = await query<TemplateRow>(
      'SELECT key, version, digest, source, content AS template FROM template_versions WHERE digest = ANY ($1::text[]) ORDER BY key, version', [...seen.templates]);
    for (const [place, template] of templates.entries()) await writer.json(templatePath(place + 1), template);
    await writer.json(INVENTORY, await query('SELECT id, kind, name, attributes FROM inventory_items WHERE project = $1 ORDER BY position, id'));
    const files = await query<{ sha256: string; size: number; by: string }>(
      `SELECT sha256, name, type, size, by, ${millis('at', 'at')} FROM files WHERE project = $1 AND stored_at IS NOT NULL ORDER BY sha256`);
    await writer.json(FILES, files);
    for (const { by } of files) seen.ids.add(by);
    await writer.json(PEOPLE, await query('SELECT id, name FROM people WHERE id = ANY ($1::text[]) ORDER BY id', [...seen.ids]));
    const contents = files.map(({ sha256, size }) => ({ path: filePath(sha256), bytes: size, sha256 }));
    return { folder, manifest: { format: 1, product: productVersion(), project, exportedAt, events: seen.events, parts: [...writer.parts, ...contents] } };
  });
}
