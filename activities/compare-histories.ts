/** Whether the log says what the workflows recorded: what stands in their histories can't be changed from the database. */
import { type Client, QueryNotRegisteredError, WorkflowNotFoundError } from '@temporalio/client';
import { askRun } from '../config/ask-run';
import { canonicalJson } from '../domain/digest';
import type { Instant, StreamId } from '../domain/process';
import type { Database } from '../store/client';
import { readLog } from '../store/fold';
import { findHead } from '../store/streams';
import { type Pending, QUERY_PENDING, WORKFLOW_TYPE } from '../workflows/contract';
import { type RecordedHistory, readHistories } from './histories';
import { inParallel } from './in-parallel';

export interface HistoriesReport {
  readonly ok: boolean;
  /** Streams whose histories were compared, their runs, and the commands that these accepted. */
  readonly streams: number;
  readonly runs: number;
  readonly commands: number;
  /** When the earliest history begins; null without any. */
  readonly since: Instant | null;
  /** Streams of which the server has no history any more. */
  readonly expired: number;
  /** Streams whose workflow was not asked how far it is, as no worker answers: their last events, after the last command of a person, were not compared. */
  readonly unasked: number;
  /** Streams whose run has recorded what is still on its way to the log. */
  readonly behind: number;
  /** Of a stream the first difference. */
  readonly problems: readonly { readonly stream: StreamId; readonly seq?: number; readonly detail: string }[];
}

export interface CompareOptions {
  /** Hears how many streams were compared. */
  readonly onProgress?: (streams: number) => void;
  /** How long a workflow may take to say how far it is. */
  readonly answerMs?: number;
  /** A difference must still be there so long after it was found, as often as `TRIES`: work goes on meanwhile. */
  readonly againMs?: number;
}

const WIDTH = 4;
const TRIES = 3;
const ANSWER_MS = 10_000;
const AGAIN_MS = 2_000;

interface Difference {
  readonly seq?: number;
  readonly detail: string;
}

interface Compared {
  readonly history: RecordedHistory | null;
  readonly run: Pending | undefined;
  readonly behind: boolean;
  readonly difference: Difference | null;
}

/**
 * Compares each stream of the log with the histories of its workflow, and looks for workflows that the log does not know. Reads only; may run
 * beside the product.
 */
export async function compareHistories(client: Client, database: Database, options: CompareOptions = {}): Promise<HistoriesReport> {
  const { rows } = await database.pool.query<{ stream: StreamId }>('SELECT stream FROM streams ORDER BY stream');
  const count = { streams: 0, runs: 0, commands: 0, expired: 0, unasked: 0, behind: 0 };
  const problems: { stream: StreamId; seq?: number; detail: string }[] = [];
  const ask = questioner(client, options.answerMs ?? ANSWER_MS);
  let since: Instant | null = null;
  let done = 0;
  const look = async (stream: StreamId): Promise<void> => {
    const { history, run, behind, difference } = await compareStream(client, database, stream, ask, options.againMs ?? AGAIN_MS);
    options.onProgress?.(done += 1);
    if (difference) problems.push({ stream, ...difference });
    if (!history) {
      count.expired += 1;
      return;
    }
    count.streams += 1;
    count.runs += history.runs;
    count.commands += history.commands.length;
    if (!run) count.unasked += 1;
    if (behind) count.behind += 1;
    since = Math.min(since ?? history.since, history.since);
  };
  const known = new Set(rows.map(({ stream }) => stream));
  await inParallel([...known], WIDTH, look);
  await inParallel(await listUnknown(client, known), WIDTH, look);
  problems.sort((one, other) => (one.stream < other.stream ? -1 : 1));
  return { ok: problems.length === 0, ...count, since, problems };
}

/** Workflows of ours that the log has no stream of. */
async function listUnknown(client: Client, known: ReadonlySet<StreamId>): Promise<StreamId[]> {
  const types = Object.values(WORKFLOW_TYPE).map((type) => `'${type}'`).join(', ');
  const found = new Set<StreamId>();
  for await (const { workflowId } of client.workflow.list({ query: `WorkflowType IN (${types})` })) if (!known.has(workflowId)) found.add(workflowId);
  return [...found];
}

type Ask = (stream: StreamId) => Promise<Pending | undefined>;

/** Asks a workflow how far it is; a closed one says how far it was. Once nobody answers in time, nobody is asked any more. */
function questioner(client: Client, answerMs: number): Ask {
  let silent = false;
  return async (stream) => {
    if (silent) return undefined;
    try {
      return await client.withDeadline(Date.now() + answerMs, () => askRun(client, stream, QUERY_PENDING).catch((error: unknown) => {
        // One that has ended is at no workflow task.
        if (error instanceof WorkflowNotFoundError) return client.workflow.getHandle(stream).query<Pending, []>(QUERY_PENDING);
        throw error;
      }));
    } catch (error) {
      silent = !isItsOwn(error);
      return undefined;
    }
  };
}

/** Whether an error concerns this workflow alone: it is not there, or too old to know the question. Of any other nobody else would answer either. */
const isItsOwn = (error: unknown): boolean => error instanceof WorkflowNotFoundError || error instanceof QueryNotRegisteredError;

async function compareStream(client: Client, database: Database, stream: StreamId, ask: Ask, againMs: number): Promise<Compared> {
  for (let tries = 1; ; tries++) {
    const compared = await compareOnce(client, database, stream, ask);
    if (!compared.difference || tries === TRIES) return compared;
    await new Promise((resolve) => { setTimeout(resolve, againMs); });
  }
}

async function compareOnce(client: Client, database: Database, stream: StreamId, ask: Ask): Promise<Compared> {
  // In this order the history has all that the run knew when it was asked, and the log all that the history has but what is on its way.
  const before = await findHead(database.pool, stream);
  const known = await readCommands(database, stream);
  const run = await ask(stream);
  const history = await readHistories(client, stream);
  if (!history) {
    const lost = before && !before.final ? { detail: 'the log has not ended, and the server has no run of it' } : null;
    return { history, run, behind: false, difference: lost };
  }
  const log = await readStream(database, stream);
  const behind = run !== undefined && run.unprojected > 0;
  // Up to here nothing is on its way any more.
  const logged = behind ? (run.logged ?? 0) : Infinity;
  // Where the run was not asked: what a workflow task made that is still under way may be in the log already.
  const until = run?.seq ?? (before?.final ? Infinity : (before?.settled ?? 0));
  const difference = findForward(history, log, run, logged) ?? findBackward(history, { ...log, commands: known }, run, until);
  return { history, run, behind, difference };
}

interface Log {
  readonly input: unknown;
  /** Hash and command of each event, by its seq. */
  readonly events: ReadonlyMap<number, { readonly hash: string; readonly commandId: string; readonly byPerson: boolean }>;
  readonly commands: ReadonlyMap<string, { readonly hash: string; readonly to: number }>;
  readonly last: number;
}

async function readCommands({ pool }: Database, stream: StreamId): Promise<Log['commands']> {
  const { rows } = await pool.query<{ id: string; hash: string; to: number }>('SELECT id, hash, to_seq AS "to" FROM commands WHERE stream = $1', [stream]);
  return new Map(rows.map(({ id, ...command }) => [id, command]));
}

async function readStream(database: Database, stream: StreamId): Promise<Log> {
  const { pool } = database;
  const events = new Map<number, { hash: string; commandId: string; byPerson: boolean }>();
  for await (const page of readLog(pool, stream)) for (const { seq, hash, commandId, by } of page) events.set(seq, { hash, commandId, byPerson: by.kind === 'person' });
  const { rows: [head] } = await pool.query<{ input: unknown }>('SELECT input FROM streams WHERE stream = $1', [stream]);
  return { input: head?.input ?? null, events, commands: await readCommands(database, stream), last: Math.max(0, ...events.keys()) };
}

/** What the workflow recorded, and the log does not have so. @param logged What comes after this may be on its way to the log. */
function findForward({ inputs, carried, commands }: RecordedHistory, log: Log, run: Pending | undefined, logged: number): Difference | null {
  if (log.input !== null && inputs.some((input) => canonicalJson(input) !== canonicalJson(log.input))) return { detail: 'the workflow was started with something else than the log says' };
  const heads = [...carried.map(({ seq, head }) => ({ seq, hash: head })), ...commands.flatMap(({ events }) => events), ...(run && run.seq > 0 ? [{ seq: run.seq, hash: run.head }] : [])];
  for (const { seq, hash } of heads.sort((one, other) => one.seq - other.seq)) {
    const found = log.events.get(seq);
    if (found && found.hash !== hash) return { seq, detail: `event ${seq} of the log is not the one that the workflow recorded` };
    if (!found && seq > 0 && seq <= logged) return { seq, detail: `the workflow recorded event ${seq}, the log ends at ${log.last}` };
  }
  for (const { id, hash, seq } of commands) {
    const found = log.commands.get(id);
    if (found && (found.hash !== hash || found.to !== seq)) return { seq, detail: `the command ${id} of the log is not the one that the workflow accepted` };
    // One that changed nothing stands where the one before it ended, and may be on its way alone.
    if (!found && seq < logged) return { seq, detail: `the workflow accepted the command ${id}, the log does not have it` };
  }
  if (run && Number.isFinite(logged) && log.last < logged) return { seq: log.last + 1, detail: `the workflow knows ${logged} events to be in the log, which ends at ${log.last}` };
  return null;
}

/** What the log has, and the workflow never recorded. @param until Up to here the history has all that the log has. */
function findBackward({ from, commands, messages }: RecordedHistory, log: Log, run: Pending | undefined, until: number): Difference | null {
  if (run && log.last > run.seq) return { seq: run.seq + 1, detail: `the log has ${log.last} events, the workflow recorded ${run.seq}` };
  const accepted = new Set(commands.map(({ id }) => id));
  for (const [id, { to }] of log.commands) {
    if (to > from && to <= until && !accepted.has(id)) return { seq: to, detail: `the log has the command ${id}, which the workflow never accepted` };
  }
  for (const [seq, { commandId, byPerson }] of log.events) {
    if (seq <= from || seq > until) continue;
    if (byPerson && !accepted.has(commandId)) return { seq, detail: `event ${seq} of the log is of a command that the workflow never accepted` };
    if (commandId.startsWith('message/') && !byPerson && !messages.has(commandId.slice('message/'.length))) return { seq, detail: `event ${seq} of the log is of a message that the workflow never heard` };
  }
  return null;
}
