/** Reads the log of a stream back and folds it with the process that wrote it. */
import type { ClientBase, Pool } from 'pg';
import type { Effect, Instant, ProcessName, Recorded, Row, StreamId } from '../domain/process';
import { type AnyProcess, PROCESSES } from '../domain/processes';
import { type Notice, noticesOf } from '../workflows/contract';

export type Processes = Readonly<Record<ProcessName, AnyProcess>>;
export type Queryable = Pick<Pool | ClientBase, 'query'>;

/** A process whose types are not known here: what stands in the log is what the process itself wrote. */
export interface OpenProcess {
  initial(input: unknown): unknown;
  evolve(state: unknown, recorded: Recorded<unknown>): unknown;
  react(state: unknown, recorded: Recorded<unknown>): readonly Effect[];
  rows(state: unknown): readonly Row[];
}

/** The process of a name, whatever its types. */
export const openProcess = (name: ProcessName): OpenProcess => PROCESSES[name] as unknown as OpenProcess;

const PAGE = 1_000;

/** An event as the log has it. */
export interface LoggedEvent extends Recorded<{ readonly type: string }> {
  readonly type: string;
  readonly project: string;
  readonly position: bigint;
  readonly prevHash: string;
  readonly hash: string;
}

/** The events of a stream after `after`, in order, in pages. */
export async function* readLog(db: Queryable, stream: StreamId, after = 0): AsyncGenerator<readonly LoggedEvent[]> {
  for (let last = after; ;) {
    const { rows } = await db.query(
      `SELECT seq, (extract(epoch FROM at) * 1000)::float8 AS at, by, command_id AS "commandId", event, type, project,
         position::text AS position, prev_hash AS "prevHash", hash
       FROM events WHERE stream = $1 AND seq > $2 ORDER BY seq LIMIT ${PAGE}`, [stream, last]);
    const page = (rows as (Omit<LoggedEvent, 'position'> & { position: string })[]).map((row) => ({ ...row, position: BigInt(row.position) }));
    if (page.length > 0) yield page;
    if (page.length < PAGE) return;
    last = page.at(-1)?.seq ?? last;
  }
}

/** What a stream's log folds to: all rows of its read model, and the notices from `noticesFrom` on. */
export interface Folded {
  readonly seq: number;
  readonly rows: readonly Row[];
  readonly notices: readonly Notice[];
}

/**
 * Folds the log of a stream.
 * @param input what the process was started with.
 * @param noticesFrom first seq whose notices are wanted; none by default.
 */
export async function foldLog(
  db: Queryable, stream: StreamId, process: AnyProcess, input: unknown, noticesFrom = Infinity,
): Promise<Folded> {
  const open = process as unknown as OpenProcess;
  let state = open.initial(input);
  let seq = 0;
  const notices: Notice[] = [];
  for await (const page of readLog(db, stream)) {
    for (const logged of page) {
      const recorded = { seq: logged.seq, at: logged.at, by: logged.by, commandId: logged.commandId, event: logged.event };
      state = open.evolve(state, recorded);
      seq = logged.seq;
      if (seq >= noticesFrom) notices.push(...noticesOf(stream, open.react(state, recorded), recorded));
    }
  }
  return { seq, rows: open.rows(state), notices };
}

/** A stream with what its process was started with. */
export interface StreamHead {
  readonly stream: StreamId;
  readonly process: ProcessName;
  readonly input: unknown;
}

/** The states of several streams, read at once; with `until`, as they were after the last event until then. One without events is missing. */
export async function foldStreams(db: Queryable, heads: readonly StreamHead[], until?: Instant): Promise<ReadonlyMap<StreamId, unknown>> {
  const open = new Map(heads.map(({ stream, process, input }) => [stream, { process: openProcess(process), input }]));
  const { rows } = await db.query(
    `SELECT stream, seq, (extract(epoch FROM at) * 1000)::float8 AS at, by, command_id AS "commandId", event FROM events
     WHERE stream = ANY ($1::text[]) AND ($2::float8 IS NULL OR at <= to_timestamp($2::float8 / 1000)) ORDER BY stream, seq`, [[...open.keys()], until ?? null]);
  const states = new Map<StreamId, unknown>();
  for (const { stream, ...recorded } of rows as (Recorded<unknown> & { stream: StreamId })[]) {
    const head = open.get(stream);
    if (head) states.set(stream, head.process.evolve(states.has(stream) ? states.get(stream) : head.process.initial(head.input), recorded));
  }
  return states;
}
