import { type Client, QueryNotRegisteredError, type WorkflowExecutionDescription, WorkflowNotFoundError } from '@temporalio/client';
import { genesisHash } from '../domain/chain';
import { askRun } from '../config/ask-run';
import type { StreamId } from '../domain/process';
import { tidyPulses } from '../store/pulse';
import { discardTail, listStale, repairStream } from '../store/repair';
import { type Head, findHash, findHead, listOpenHeads, noteGap, settleLog } from '../store/streams';
import { FilesAway } from '../store/files/store';
import { tidyFiles } from '../store/files/tidy';
import { tidy } from '../store/tidy';
import { type Pending, QUERY_PENDING, SIGNAL_ROLLOVER } from '../workflows/contract';
import type { ActivityDeps, Log } from './deps';
import { forgetTexts } from './forget-texts';
import { beat } from './heartbeat';
import { inParallel } from './in-parallel';

const PAGE = 500;
/** Each question may make a worker load a run anew: few at a time, so that commands are not held up. */
const WIDTH = 2;
/** After each question, so many times as long as its answer took, within a bound: the busier the workers, the less they are asked. */
const REST_TIMES = 3;
const REST_AT_MOST_MS = 250;
/** How long a run may take to say how far it is: it is loaded first, and has its turn after others. */
const ANSWER_MS = 10_000;
/** Longer than a workflow task may take: what the log had before, and a run still does not know, was lost with its task. */
export const LOOK_AGAIN_MS = 15_000;

/**
 * Runs that agreed with the log, and where both stood then: for as long as neither moves there is nothing to ask. Kept in memory alone,
 * so that a worker that starts, perhaps with other code, asks each run once.
 */
export type Compared = Map<StreamId, string>;

/**
 * Looks after what goes on for months: repairs read models that fell behind, compares each open run with the log, and asks runs
 * with older rules to roll over. What a lost workflow task left in the log is taken out; any other difference is logged as an error,
 * noted with its stream, and left to people.
 */
export async function tendRuns(deps: ActivityDeps, lookAgainMs = LOOK_AGAIN_MS, compared: Compared = new Map()): Promise<void> {
  await repairStale(deps);
  const { pool } = deps.database;
  await tidy(pool);
  await tidyAway(deps);
  await tidyPulses(deps.database);
  await forgetTexts(deps.client, deps.log);
  const open = new Set<StreamId>();
  for (let after = ''; ;) {
    const heads = await listOpenHeads(pool, after, PAGE);
    const unsettled: Head[] = [];
    await inParallel(heads, WIDTH, async (head) => {
      beat();
      open.add(head.stream);
      const standing = await standingOf(deps.client, head);
      if (standing !== undefined && compared.get(head.stream) === standing) return;
      compared.delete(head.stream);
      const asked = Date.now();
      const found = await tend(deps, head);
      if (found === 'unsettled') unsettled.push(head);
      if (found === 'agreed' && standing !== undefined) compared.set(head.stream, standing);
      await pause(Math.min((Date.now() - asked) * REST_TIMES, REST_AT_MOST_MS));
    });
    if (unsettled.length > 0) await lookAgain(deps, unsettled, lookAgainMs);
    if (heads.length < PAGE) break;
    after = heads.at(-1)?.stream ?? after;
  }
  for (const stream of compared.keys()) if (!open.has(stream)) compared.delete(stream);
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** An open run as the servers know it, without a worker; undefined when there is none. */
async function findOpen(client: Client, stream: StreamId): Promise<WorkflowExecutionDescription | undefined> {
  try {
    const described = await client.workflow.getHandle(stream).describe();
    return described.status.name === 'RUNNING' ? described : undefined;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw error;
  }
}

const isOpen = async (client: Client, stream: StreamId): Promise<boolean> => await findOpen(client, stream) !== undefined;

/** How far an open run's history and its log are; undefined when there is no open run. A run whose history has not grown is what it was. */
async function standingOf(client: Client, { stream, seq, head }: Head): Promise<string | undefined> {
  const open = await findOpen(client, stream);
  return open && `${open.runId} ${open.historyLength} ${seq} ${head}`;
}

/** Nobody waits for it: while the store is away, the next hour does it. */
async function tidyAway({ database: { pool }, files, fileDays, log }: ActivityDeps): Promise<void> {
  try {
    const removed = await tidyFiles(pool, files, fileDays);
    if (removed > 0) log.info({ removed }, 'uploaded files that nothing names were removed');
  } catch (error) {
    if (!(error instanceof FilesAway)) throw error;
    log.warn({ error: error.message }, 'the store of files is away');
  }
}

async function repairStale({ database, processes, log }: ActivityDeps): Promise<void> {
  for (const { stream, reason } of await listStale(database.pool)) {
    beat();
    try {
      await repairStream(database.pool, processes, stream);
      log.info({ stream, reason }, 'the read model of a stream was rebuilt from its log');
    } catch (error) {
      log.error({ stream, reason, error: String(error) }, 'the read model of a stream can not be rebuilt');
    }
  }
}

/** How far a run is; null when there is no open one any more, undefined when it does not answer. */
async function ask(client: Client, log: Log, stream: StreamId): Promise<Pending | null | undefined> {
  try {
    return await client.withDeadline(Date.now() + ANSWER_MS, () => askRun(client, stream, QUERY_PENDING));
  } catch (error) {
    // A run that continued as new while it was asked is closed as well: the next one is open.
    if (error instanceof WorkflowNotFoundError) return await isOpen(client, stream) ? undefined : null;
    if (!(error instanceof QueryNotRegisteredError)) log.warn({ stream, error: String(error) }, 'a run did not answer how far it is');
    return undefined;
  }
}

/** It may have ended since it was asked. */
async function askToRollOver(client: Client, stream: string): Promise<void> {
  await client.workflow.getHandle(stream).signal(SIGNAL_ROLLOVER).catch((error: unknown) => {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  });
}

/**
 * Answers `agreed` when run and log stand at the same event, and nothing is left to do; `unsettled` for a log that differs from its run in what was not settled: a workflow task may be under way still, or the
 * repetition of a lost one may just be putting its own in that place. With `isSecond` only the former.
 */
async function tend(deps: ActivityDeps, before: Head, isSecond = false): Promise<'agreed' | 'unsettled' | undefined> {
  const { client, database: { pool }, log, rules } = deps;
  const { stream } = before;
  const run = await ask(client, log, stream);
  const after = await findHead(pool, stream);
  if (run === undefined || !after || after.final) return undefined;
  if (run && before.seq > run.seq && run.seq >= before.settled) return 'unsettled';
  const gap = run ? compare(before, run, after) : 'there is no open run of it any more';
  if (gap !== null && run && run.seq > after.settled && !isSecond) return 'unsettled';
  if (gap !== null) log.error({ stream, gap, logged: after.seq, run: run?.seq }, 'a run and the log do not agree');
  if (gap !== after.gap) await noteGap(pool, stream, gap);
  const agrees = gap === null && before.seq === run?.seq && before.head === run.head;
  if (agrees) await settleLog(pool, before);
  if (run && run.rules < rules) await askToRollOver(client, stream);
  else if (agrees) return 'agreed';
  return undefined;
}

/** How far the log is for certain, as the run has heard. */
const loggedOf = ({ seq, unprojected, logged }: Pending): number => logged ?? (unprojected === 0 ? seq : 0);

/**
 * In what a run and the log disagree, given the log's head from before and from after the run was asked; null: in nothing. The log
 * may be behind by what the run has not projected yet, never ahead.
 */
export function compare(before: Head, run: Pending, after: Head): string | null {
  if (before.seq > run.seq) return `the log has ${before.seq} events, the run only ${run.seq}`;
  if (after.seq < loggedOf(run)) return `the run knows ${loggedOf(run)} events to be in the log, which has only ${after.seq}`;
  const same = [before, after].find((head) => head.seq === run.seq);
  if (same && same.head !== run.head) return `event ${run.seq} of the run is another than the log's`;
  return null;
}

/** Takes out of the log what its run still does not know of, after no workflow task can be under way any more that made it. */
async function lookAgain(deps: ActivityDeps, heads: readonly Head[], afterMs: number): Promise<void> {
  const { client, database: { pool }, log, processes } = deps;
  for (const until = Date.now() + afterMs; Date.now() < until;) {
    beat();
    await pause(Math.min(1_000, afterMs));
  }
  await inParallel(heads, WIDTH, async ({ stream, seq, head }) => {
    beat();
    const run = await ask(client, log, stream);
    if (!run) return;
    if (run.seq >= seq) {
      const now = await findHead(pool, stream);
      if (now && !now.final) await tend(deps, now, true);
      return;
    }
    const same = run.seq === 0 ? genesisHash(stream) : await findHash(pool, stream, run.seq);
    if (same !== run.head) {
      log.error({ stream, run: run.seq, logged: seq }, 'a run and the log do not agree');
      await noteGap(pool, stream, `event ${run.seq} of the run is another than the log's`);
    } else if (await discardTail(pool, processes, { stream, seq: run.seq, head })) {
      log.warn({ stream, from: run.seq + 1, to: seq }, 'a workflow task was lost after its projection; what it had made was taken out of the log');
    }
  });
}
