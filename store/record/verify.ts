/** Verifies the record of a project offline: an archive alone, no server and no database. */
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extract } from 'tar';
import type { z } from 'zod';
import { canonicalJson, digestOf } from '../../domain/digest';
import type { LoggedEvent } from '../fold';
import { textRef } from '../texts';
import { type Walk, beginWalk, findWrongCommand, step } from '../verify-walk';
import {
  ALWAYS, COMMANDS, DISCARDED, EVENTS, type EventPart, FILES, INVENTORY, MANIFEST, PEOPLE, type RecordManifest, SEALS, SHAPES, STREAMS, type StreamPart, TEXTS, filePath,
  isPart, manifestSchema,
} from './layout';

/** What is wrong, and where. */
export interface RecordProblem {
  readonly kind: 'archive' | 'manifest' | 'part' | 'shape' | 'stream' | 'event' | 'command' | 'text' | 'file' | 'plan' | 'template';
  readonly part?: string;
  readonly stream?: string;
  readonly seq?: number;
  readonly detail: string;
}

export interface RecordReport {
  readonly ok: boolean;
  readonly project: string | null;
  readonly exportedAt: string | null;
  /** SHA-256 of the manifest, which names all other parts: to be compared with what was noted when the record was exported. */
  readonly manifest: string | null;
  readonly streams: number;
  readonly events: number;
  readonly texts: number;
  readonly erased: number;
  readonly files: number;
  /** In the order in which they were found: the first one first. */
  readonly problems: readonly RecordProblem[];
}

/** Something is wrong that makes it useless to read on. */
class Unreadable extends Error {
  constructor(readonly problem: RecordProblem) {
    super(problem.detail);
  }
}

/** Reads the archive at `file`; changes nothing. */
export async function verifyRecord(file: string): Promise<RecordReport> {
  const folder = await mkdtemp(join(tmpdir(), 'sluis-record-'));
  try {
    return await new Verification(folder).run(file);
  } finally {
    // An archive that breaks off leaves files that are still being written.
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  }
}

class Verification {
  private readonly problems: RecordProblem[] = [];
  private manifest: RecordManifest | undefined;
  private readonly counts = { streams: 0, events: 0, texts: 0, erased: 0, files: 0 };
  private digest: string | null = null;

  constructor(private readonly folder: string) {}

  async run(file: string): Promise<RecordReport> {
    try {
      await this.unpack(file);
      await this.verifyParts(await this.readManifest());
      await this.verifyContents();
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      this.problems.push(error.problem);
    }
    const { problems, counts, digest, manifest } = this;
    return { ok: problems.length === 0, project: manifest?.project ?? null, exportedAt: manifest?.exportedAt ?? null, manifest: digest, ...counts, problems };
  }

  private path(part: string): string {
    return join(this.folder, part);
  }

  /** Only plain files under the names that a record has, each once: nothing else reaches the disk. */
  private async unpack(file: string): Promise<void> {
    if (!existsSync(file)) throw new Unreadable({ kind: 'archive', detail: `there is no file ${file}` });
    const seen = new Set<string>();
    const filter = (path: string, entry: { type?: unknown }): boolean => {
      const fits = entry.type === 'File' && (path === MANIFEST || isPart(path)) && !seen.has(path);
      if (!fits) this.problems.push({ kind: 'archive', part: path, detail: seen.has(path) ? `the archive holds ${path} twice` : `the archive holds what no record has: ${path}` });
      seen.add(path);
      return fits;
    };
    try {
      await extract({ file, cwd: this.folder, strict: true, filter: filter as (path: string, entry: unknown) => boolean });
    } catch (error) {
      throw new Unreadable({ kind: 'archive', detail: `the archive can not be read: ${error instanceof Error ? error.message : String(error)}` });
    }
  }

  private async readManifest(): Promise<RecordManifest> {
    if (!existsSync(this.path(MANIFEST))) throw new Unreadable({ kind: 'manifest', detail: 'this is no record of Sluis: it has no manifest' });
    const text = await readFile(this.path(MANIFEST), 'utf8');
    this.digest = createHash('sha256').update(text).digest('hex');
    const parsed = manifestSchema.safeParse(parseJson(text));
    if (!parsed.success) {
      const fields = parsed.error.issues.map((issue) => issue.path.join('.') || 'manifest').join(', ');
      throw new Unreadable({ kind: 'manifest', detail: `the manifest can not be used (${fields}): it was altered, or made by a newer version` });
    }
    this.manifest = parsed.data;
    return parsed.data;
  }

  /** Each part is what the manifest says; there is none beside them. */
  private async verifyParts({ parts }: RecordManifest): Promise<void> {
    const named = new Set(parts.map(({ path }) => path));
    for (const part of ALWAYS.filter((each) => !named.has(each))) this.problems.push({ kind: 'manifest', part, detail: `the manifest does not name ${part}` });
    for (const { path: part, bytes, sha256 } of parts) {
      if (!existsSync(this.path(part))) throw new Unreadable({ kind: 'part', part, detail: `${part} is missing` });
      const found = await digestFile(this.path(part));
      if (found !== sha256 || (await stat(this.path(part))).size !== bytes) this.problems.push({ kind: 'part', part, detail: `${part} is not what the manifest says` });
    }
    for (const part of ALWAYS) if (!existsSync(this.path(part))) throw new Unreadable({ kind: 'part', part, detail: `${part} is missing` });
  }

  private async verifyContents(): Promise<void> {
    const streams = await this.readList(STREAMS, SHAPES.stream);
    const walks = await this.walk(streams);
    for (const stream of streams) this.judgeStream(stream, walks.get(stream.stream));
    await this.judgeCommands(walks);
    await this.judgeTexts(walks);
    await this.judgeFiles();
    await this.judgePlans(streams);
    for await (const _ of this.lines(DISCARDED, SHAPES.discarded));
    await this.readList(PEOPLE, SHAPES.person);
    await this.readList(INVENTORY, SHAPES.item);
  }

  /** Recomputes the chain of every stream; a stream's walk ends at the first event that does not fit. */
  private async walk(streams: readonly StreamPart[]): Promise<Map<string, Walk>> {
    const seals = await this.readList(SEALS, SHAPES.seal);
    const walks = new Map(streams.map(({ stream }) => [stream, beginWalk(stream, seals.filter((seal) => seal.stream === stream))]));
    const broken = new Set<string>();
    const cut = seals.find(({ stream }) => !walks.has(stream));
    if (cut) this.problems.push({ kind: 'stream', stream: cut.stream, detail: `${cut.stream} was sealed, and the list of streams does not have it` });
    for await (const event of this.lines(EVENTS, SHAPES.event)) {
      const { stream } = event;
      const walk = walks.get(stream);
      if (!walk) {
        if (!broken.has(stream)) this.problems.push({ kind: 'stream', stream, seq: event.seq, detail: `the list of streams does not have ${stream}` });
        broken.add(stream);
        continue;
      }
      if (broken.has(stream)) continue;
      const wrong = step(walk, toLogged(event), '');
      if (wrong) {
        broken.add(stream);
        this.problems.push({ kind: 'event', stream, seq: walk.seq + 1, detail: wrong[1] });
        continue;
      }
      this.counts.events += 1;
    }
    for (const [stream, { seq }] of walks) {
      const last = seals.filter((seal) => seal.stream === stream).at(-1);
      if (last && last.seq > seq && !broken.has(stream)) this.problems.push({ kind: 'event', stream, seq: seq + 1, detail: `the stream was sealed at ${last.seq}, the record ends at ${seq}` });
    }
    for (const stream of broken) walks.delete(stream);
    this.counts.streams = streams.length;
    return walks;
  }

  private judgeStream({ stream, seq, head }: StreamPart, walk: Walk | undefined): void {
    if (!walk) return;
    if (walk.seq !== seq) this.problems.push({ kind: 'event', stream, seq: Math.min(walk.seq, seq) + 1, detail: `the record ends at event ${walk.seq}, the head of the stream says ${seq}` });
    else if (walk.hash !== head) this.problems.push({ kind: 'stream', stream, seq, detail: 'the head of the stream is not the hash of its last event' });
  }

  private async judgeCommands(walks: ReadonlyMap<string, Walk>): Promise<void> {
    const byStream = new Map<string, { id: string; from: number; to: number }[]>();
    for await (const { stream, id, from, to } of this.lines(COMMANDS, SHAPES.command)) byStream.set(stream, [...(byStream.get(stream) ?? []), { id, from, to }]);
    for (const [stream, walk] of walks) {
      const wrong = findWrongCommand(walk, byStream.get(stream) ?? []);
      if (wrong) this.problems.push({ kind: 'command', stream, ...wrong });
    }
  }

  /** Each text is the one that its reference says; each reference has its text, or says that it was erased. */
  private async judgeTexts(walks: ReadonlyMap<string, Walk>): Promise<void> {
    const kept = new Set<string>();
    for await (const { ref, salt, text, erasedAt } of this.lines(TEXTS, SHAPES.text)) {
      kept.add(ref);
      if (text === null) {
        this.counts.erased += 1;
        if (erasedAt === null) this.problems.push({ kind: 'text', part: TEXTS, detail: `the text ${ref} is not there, and was not erased` });
        continue;
      }
      this.counts.texts += 1;
      if (textRef(salt, text) !== ref) this.problems.push({ kind: 'text', part: TEXTS, detail: `the text ${ref} is not the one that was kept` });
    }
    for (const [stream, walk] of walks) {
      const lost = [...walk.texts].find((ref) => !kept.has(ref));
      if (lost !== undefined) this.problems.push({ kind: 'text', stream, detail: `the text ${lost} is missing: it was neither kept nor erased` });
    }
  }

  private async judgeFiles(): Promise<void> {
    const listed = await this.readList(FILES, SHAPES.file);
    for (const { sha256, size, name } of listed) {
      const part = filePath(sha256);
      if (!existsSync(this.path(part))) this.problems.push({ kind: 'file', part, detail: `the content of the file "${name}" is missing` });
      else if (await digestFile(this.path(part)) !== sha256 || (await stat(this.path(part))).size !== size) this.problems.push({ kind: 'file', part, detail: `the content of the file "${name}" is not what was uploaded` });
      else this.counts.files += 1;
    }
    const known = new Set(listed.map(({ sha256 }) => filePath(sha256)));
    for (const { path: part } of this.manifest?.parts ?? []) {
      if (part.startsWith('files/') && !known.has(part)) this.problems.push({ kind: 'file', part, detail: `${part} is a file that the project does not have` });
    }
  }

  /** The plan is the one that the project was started with, of a template that is there; each template is what its digest says. */
  private async judgePlans(streams: readonly StreamPart[]): Promise<void> {
    const parts = (this.manifest?.parts ?? []).map(({ path }) => path);
    const templates = new Set<string>();
    for (const part of parts.filter((each) => each.startsWith('templates/'))) {
      const found = this.shaped(part, SHAPES.template, parseJson(await readFile(this.path(part), 'utf8')));
      templates.add(found.digest);
      if (digestOf(found.template) !== found.digest) this.problems.push({ kind: 'template', part, detail: `the template ${found.key}@${found.version} is not what its digest says` });
    }
    const input = streams.find(({ process }) => process === 'project')?.input as { plan?: unknown } | null | undefined;
    for (const part of parts.filter((each) => each.startsWith('plans/'))) {
      const plan = this.shaped(part, SHAPES.plan, parseJson(await readFile(this.path(part), 'utf8')));
      if (!templates.has(plan.template.digest)) this.problems.push({ kind: 'plan', part, detail: 'the template of the plan is not in the record' });
      if (part === 'plans/1.json' && input?.plan !== undefined && canonicalJson(input.plan) !== canonicalJson(plan)) {
        this.problems.push({ kind: 'plan', part, detail: 'the plan is not the one that the project was started with' });
      }
    }
    for await (const { stream, seq, event } of this.lines(EVENTS, SHAPES.event)) {
      const digest = (event as { type: string; template?: { digest?: string } }).template?.digest;
      if (event.type === 'project-started' && digest !== undefined && !templates.has(digest)) {
        this.problems.push({ kind: 'template', stream, seq, detail: 'the template that the project was started from is not in the record' });
      }
    }
  }

  private shaped<S extends z.ZodType>(part: string, schema: S, value: unknown, line?: number): z.output<S> {
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    const fields = parsed.error.issues.map((issue) => issue.path.join('.') || 'all of it').join(', ');
    throw new Unreadable({ kind: 'shape', part, detail: `${part}${line === undefined ? '' : `, line ${line}`}, is not as a record has it (${fields})` });
  }

  private async readList<S extends z.ZodType>(part: string, schema: S): Promise<z.output<S>[]> {
    const value = parseJson(await readFile(this.path(part), 'utf8'));
    if (!Array.isArray(value)) throw new Unreadable({ kind: 'shape', part, detail: `${part} is not as a record has it` });
    return value.map((each) => this.shaped(part, schema, each));
  }

  private async* lines<S extends z.ZodType>(part: string, schema: S): AsyncGenerator<z.output<S>> {
    let line = 0;
    for await (const text of linesOf(this.path(part))) yield this.shaped(part, schema, parseJson(text), line += 1);
  }
}

const toLogged = ({ position, ...event }: EventPart) => ({ ...event, type: event.event.type, project: '', position: BigInt(position) }) as unknown as LoggedEvent;

/** By line feeds alone: texts hold the other characters that end a line for some. */
async function* linesOf(path: string): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of createReadStream(path, 'utf8') as AsyncIterable<string>) {
    const parts = `${rest}${chunk}`.split('\n');
    rest = parts.pop() ?? '';
    yield* parts;
  }
  if (rest !== '') yield rest;
}

async function digestFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/** Undefined for what is no JSON, which no shape fits. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
