/** Verifies one stream of the log: its chain, its head, its seals, its commands and its texts. */
import { chainHash, genesisHash } from '../domain/chain';
import type { Database } from './client';
import { type LoggedEvent, readLog } from './fold';
import type { SealedHead } from './seal';
import { collectTextRefs, readTexts } from './texts';
import type { VerifyProblem } from './verify';

interface Run {
  readonly from: number;
  to: number;
  count: number;
  byPerson: boolean;
}

/** What the walk along a stream's chain knows at its end. */
interface Walk {
  seq: number;
  hash: string;
  position: bigint;
  /** Hashes under which a seq was sealed; what was discarded since is left out. */
  readonly sealed: Map<number, string>;
  readonly commands: Map<string, Run>;
  readonly texts: Set<string>;
}

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
  const walk: Walk = {
    seq: 0, hash: genesisHash(stream), position: 0n, texts: new Set(), commands: new Map(),
    sealed: new Map(seals.map(({ seq, hash }) => [seq, hash])),
  };
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

/** Goes one event further, or says what is wrong with it. */
function step(walk: Walk, event: LoggedEvent, project: string): [VerifyProblem['kind'], string] | undefined {
  const { seq, at, by, commandId, hash, prevHash } = event;
  if (seq !== walk.seq + 1) return ['missing', `event ${walk.seq + 1} is missing`];
  if (prevHash !== walk.hash) return ['link', `event ${seq} does not follow the one before`];
  if (chainHash(prevHash, { seq, at, by, commandId, event: event.event }) !== hash) return ['content', `event ${seq} is not what was written`];
  if (event.type !== event.event.type) return ['column', `the type of event ${seq} is not its own`];
  if (event.project !== project) return ['column', `the project of event ${seq} is not the stream's`];
  if (event.position <= walk.position) return ['column', `the position of event ${seq} is not after the one before`];
  const sealedHash = walk.sealed.get(seq);
  if (sealedHash !== undefined && sealedHash !== hash) return ['sealed-otherwise', `event ${seq} was sealed with another content`];
  walk.seq = seq;
  walk.hash = hash;
  walk.position = event.position;
  collectTextRefs(event.event, walk.texts);
  const run = walk.commands.get(commandId);
  if (!run) walk.commands.set(commandId, { from: seq, to: seq, count: 1, byPerson: by.kind === 'person' });
  else {
    run.to = seq;
    run.count += 1;
  }
  return undefined;
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

/** Each command names its events, and each event of a person belongs to a command. */
async function judgeCommands(db: Database, stream: string, walk: Walk, say: Say): Promise<VerifyProblem[]> {
  const { rows } = await db.pool.query<{ id: string; from_seq: number; to_seq: number }>(
    'SELECT id, from_seq, to_seq FROM commands WHERE stream = $1 ORDER BY to_seq', [stream]);
  const known = new Set(rows.map(({ id }) => id));
  for (const { id, from_seq: from, to_seq: to } of rows) {
    if (to > walk.seq) continue;
    const run = walk.commands.get(id);
    const fits = from > to ? !run : run?.from === from && run.to === to && run.count === to - from + 1;
    if (!fits) return [say('command', from, `the command ${id} does not name its events`)];
  }
  const lost = [...walk.commands].find(([id, run]) => run.byPerson && !known.has(id));
  return lost ? [say('command', lost[1].from, `the command ${lost[0]} of event ${lost[1].from} is missing`)] : [];
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
