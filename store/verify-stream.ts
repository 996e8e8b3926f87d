/** Verifies one stream of the log: its chain, its head, its seals, its commands and its texts. */
import type { Database } from './client';
import { readLog } from './fold';
import type { SealedHead } from './seal';
import { readTexts } from './texts';
import type { VerifyProblem } from './verify';
import { type Walk, beginWalk, findWrongCommand, step } from './verify-walk';

interface Head {
  readonly seq: number;
  readonly head: string;
  readonly project: string;
  readonly sealed: number;
}

/** @param allSeals the heads of this stream in all seals, the oldest first. */
export async function verifyStream(
  db: Database, stream: string, allSeals: readonly SealedHead[],
): Promise<{ events: number; problems: VerifyProblem[] }> {
  const { rows: discarded } = await db.pool.query<{ hash: string }>('SELECT hash FROM discarded_events WHERE stream = $1', [stream]);
  const gone = new Set(discarded.map((one) => one.hash));
  const seals = allSeals.filter((seal) => !gone.has(seal.hash));
  const { rows: [head] } = await db.pool.query<Head>('SELECT seq, head, project, sealed FROM streams WHERE stream = $1', [stream]);
  if (!head) return { events: 0, problems: [] };
  const walk = beginWalk(stream, seals);
  const problem = (kind: VerifyProblem['kind'], seq: number, detail: string): VerifyProblem => ({ kind, stream, seq, detail });
  const problems: VerifyProblem[] = [];
  reading: for await (const page of readLog(db.pool, stream)) {
    for (const event of page) {
      if (event.seq > head.seq) break reading;
      const wrong = step(walk, event, head.project);
      // What follows a break can't be judged.
      if (wrong) return { events: walk.seq, problems: [problem(wrong[0], walk.seq + 1, wrong[1])] };
    }
  }
  if (walk.seq < head.seq) problems.push(problem('missing', walk.seq + 1, `the log ends at ${walk.seq}, its head says ${head.seq}`));
  else if (walk.hash !== head.head) problems.push(problem('head', head.seq, 'the head is not the hash of the last event'));
  problems.push(...await findBeyondHead(db, stream), ...judgeSeals(walk, head, seals, problem));
  problems.push(...await judgeCommands(db, stream, walk, problem), ...await judgeTexts(db, walk, problem));
  return { events: walk.seq, problems };
}

type Say = (kind: VerifyProblem['kind'], seq: number, detail: string) => VerifyProblem;

function judgeSeals(walk: Walk, head: Head, seals: readonly SealedHead[], say: Say): VerifyProblem[] {
  const last = seals.at(-1);
  if (last && last.seq > walk.seq) return [say('cut-tail', walk.seq + 1, `the stream was sealed at ${last.seq}, the log ends at ${walk.seq}`)];
  // A seal may have been made since the seals were read.
  if (head.sealed < (last?.seq ?? 0) || head.sealed > head.seq) return [say('seal', head.sealed, 'the stream is not marked as it was sealed')];
  return [];
}

async function findBeyondHead(db: Database, stream: string): Promise<VerifyProblem[]> {
  const { rows } = await db.pool.query<{ seq: number }>(
    `SELECT e.seq FROM events e JOIN streams s ON s.stream = e.stream WHERE e.stream = $1 AND (e.seq > s.seq OR e.seq < 1) ORDER BY e.seq LIMIT 1`, [stream]);
  return rows.map(({ seq }) => ({ kind: 'beyond-head', stream, seq, detail: `event ${seq} lies outside what the head covers` }));
}

async function judgeCommands(db: Database, stream: string, walk: Walk, say: Say): Promise<VerifyProblem[]> {
  const { rows } = await db.pool.query<{ id: string; from_seq: number; to_seq: number }>(
    'SELECT id, from_seq, to_seq FROM commands WHERE stream = $1 ORDER BY to_seq', [stream]);
  const wrong = findWrongCommand(walk, rows.map(({ id, from_seq: from, to_seq: to }) => ({ id, from, to })));
  return wrong ? [say('command', wrong.seq, wrong.detail)] : [];
}

async function judgeTexts(db: Database, walk: Walk, say: Say): Promise<VerifyProblem[]> {
  const refs = [...walk.texts];
  for (let i = 0; i < refs.length; i += 1_000) {
    const some = refs.slice(i, i + 1_000);
    const known = await readTexts(db, some);
    const lost = some.find((ref) => !known.has(ref));
    if (lost) return [say('text', walk.seq, `the text ${lost} is missing: it was neither kept nor erased`)];
  }
  return [];
}
