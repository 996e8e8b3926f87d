/** What must hold once everything has settled: nothing acknowledged is lost, nothing happened twice, and all views agree. */
import { isDeepStrictEqual } from 'node:util';
import { Client, Connection, WorkflowNotFoundError } from '@temporalio/client';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { askRun } from '../../../config/ask-run';
import { dataConverter } from '../../../config/payloads';
import { chainHash, genesisHash } from '../../../domain/chain';
import { PROCESSES } from '../../../domain/processes';
import type { Recorded, Row } from '../../../domain/process';
import { type Database, openDatabase } from '../../../store/client';
import { readLog } from '../../../store/fold';
import { listProjectRows } from '../../../store/reads/projects';
import { verifyLog } from '../../../store/verify';
import { type Pending, QUERY_PENDING, QUERY_ROWS, WORKFLOW_TYPE } from '../../../workflows/contract';
import { workflowBundle } from '../workflow-bundle';
import type { Sent } from './client';
import type { Rig } from './rig';
import type { Move } from './unrest';

interface Head {
  readonly stream: string;
  readonly project: string;
  readonly process: keyof typeof PROCESSES;
  readonly seq: number;
  readonly head: string;
  readonly final: boolean;
  readonly input: unknown;
}

/** A process whose types are not known here. */
interface OpenProcess {
  initial(input: unknown): unknown;
  evolve(state: unknown, recorded: Recorded<unknown>): unknown;
  rows(state: unknown): readonly Row[];
}

export interface Inspection {
  readonly database: Database;
  readonly client: Client;
  close(): Promise<void>;
}

/** Looks into the servers past the product. */
export async function inspect(rig: Rig): Promise<Inspection> {
  const connection = await Connection.connect({ address: rig.temporalAddress });
  const database = openDatabase(rig.databaseUrl, { max: 3 });
  return {
    database, client: new Client({ connection, dataConverter }),
    close: async () => {
      await database.close();
      await connection.close();
    },
  };
}

const listHeads = async ({ database }: Inspection): Promise<Head[]> =>
  (await database.pool.query<Head>('SELECT stream, project, process, seq, head, final, input FROM streams ORDER BY stream')).rows;

/** Streams of processes whose workflow runs, as Temporal lists them. */
async function listRunning({ client }: Inspection): Promise<string[]> {
  const types = Object.values(WORKFLOW_TYPE).map((type) => `'${type}'`).join(', ');
  const running: string[] = [];
  for await (const { workflowId } of client.workflow.list({ query: `ExecutionStatus = 'Running' AND WorkflowType IN (${types})` })) running.push(workflowId);
  return running;
}

/**
 * In what open workflows and log do not agree yet; empty when everything has come to rest. A project whose start nobody
 * acknowledged may run without ever having begun.
 */
export async function findUnsettled(inspection: Inspection): Promise<string[]> {
  const heads = new Map((await listHeads(inspection)).map((head) => [head.stream, head]));
  const running = await listRunning(inspection);
  const wrong = [...heads.values()].filter(({ stream, final }) => !final && !running.includes(stream)).map(({ stream }) => `${stream} is open in the log, and no workflow runs`);
  for (const stream of running) {
    const head = heads.get(stream);
    let pending: Pending;
    try {
      pending = await askRun(inspection.client, stream, QUERY_PENDING);
    } catch (error) {
      wrong.push(`${stream} does not answer: ${error instanceof WorkflowNotFoundError ? 'gone' : String(error)}`);
      continue;
    }
    if (pending.unprojected + pending.effects > 0) wrong.push(`${stream} has ${pending.unprojected} batches and ${pending.effects} effects to go`);
    else if (head?.final) wrong.push(`${stream} has ended in the log, and its workflow runs`);
    else if (!head && pending.seq === 0) continue;
    else if (pending.seq !== head?.seq || pending.head !== head.head) wrong.push(`${stream}: the workflow is at ${pending.seq}, the log at ${head?.seq ?? 0}`);
  }
  return wrong;
}

interface Logged {
  readonly stream: string;
  readonly seqs: readonly number[];
  readonly types: readonly string[];
}

/** Each command against the log: acknowledged ones exactly as answered, accepted ones once, where the answer said, refused ones never, given-up ones at most once. */
export async function checkCommands({ database }: Inspection, sent: readonly Sent[]): Promise<string[]> {
  const keys = sent.map(({ key }) => key);
  const { rows: events } = await database.pool.query<Logged & { id: string }>(
    `SELECT command_id AS id, stream, array_agg(seq ORDER BY seq) AS seqs, array_agg(type ORDER BY seq) AS types FROM events
     WHERE command_id = ANY ($1::text[]) GROUP BY command_id, stream`, [keys]);
  const { rows: commands } = await database.pool.query<{ id: string; stream: string; from: number; to: number }>(
    'SELECT id, stream, from_seq AS "from", to_seq AS "to" FROM commands WHERE id = ANY ($1::text[])', [keys]);
  const group = <T extends { id: string }>(rows: readonly T[]): Map<string, T[]> => {
    const groups = new Map<string, T[]>();
    for (const row of rows) groups.set(row.id, [...(groups.get(row.id) ?? []), row]);
    return groups;
  };
  const [eventsOf, commandsOf] = [group(events), group(commands)];
  return sent.flatMap((each) => {
    const problem = judge(each, eventsOf.get(each.key) ?? [], commandsOf.get(each.key) ?? []);
    return problem === undefined ? [] : [`${each.outcome} ${each.method} ${each.path} by ${each.person} (${each.key}): ${problem}`];
  });
}

function judge(sent: Sent, events: readonly Logged[], commands: readonly { stream: string; from: number; to: number }[]): string | undefined {
  const [logged] = events;
  if (events.length > 1 || commands.length > 1) return `it stands in ${events.length} streams, with ${commands.length} commands`;
  if (logged && logged.seqs.some((seq, place) => seq !== (logged.seqs[0] ?? 0) + place)) return `its events ${logged.seqs.join()} are not in a row: it happened twice`;
  if (sent.outcome === 'refused' && sent.accepted) return `accepted, then ${sent.refusal}`;
  if (sent.outcome === 'refused') return logged || commands.length > 0 ? `${sent.refusal}, and yet it happened` : undefined;
  if (logged && commands.length === 0) return 'it has events and no command';
  const [command] = commands;
  const { accepted } = sent;
  if (accepted && (command?.stream !== accepted.stream || command.to !== accepted.seq)) return `accepted at ${accepted.stream} ${accepted.seq}, and the log has ${command ? `${command.stream} ${command.to}` : 'nothing of it'}`;
  if (!sent.answer) return undefined;
  const { stream, seq, events: answered } = sent.answer;
  if (command?.stream !== stream || command.to !== seq) return `answered ${stream} ${seq}, and the log has ${command ? `${command.stream} ${command.to}` : 'nothing of it'}`;
  const [said, found] = [answered.map((event) => `${event.seq} ${event.type}`).join(), (logged?.seqs ?? []).map((at, place) => `${at} ${logged?.types[place]}`).join()];
  return said === found ? undefined : `answered the events [${said}], and the log has [${found}]`;
}

/** Each move whose end was told against the log: it ended so, and once. */
export async function checkMoves({ database }: Inspection, moves: readonly Move[]): Promise<string[]> {
  const { rows } = await database.pool.query<{ project: string; revision: number; type: string }>(
    `SELECT project, (event->>'revision')::int AS revision, type FROM events
     WHERE stream = 'project/' || project AND type IN ('revision-committed', 'revision-aborted')`);
  return moves.flatMap(({ project, revision, outcome }) => {
    const ended = rows.filter((row) => row.project === project && row.revision === revision).map(({ type }) => type);
    const right = outcome === 'migrated' ? 'revision-committed' : 'revision-aborted';
    return ended.length === 1 && ended[0] === right ? [] : [`revision ${revision} of ${project} was told to have ${outcome}, and the log has [${ended.join()}]`];
  });
}

/** Folds every log anew, recomputing its chain, and compares with the read model and with what the open workflows say. */
export async function checkAgreement(inspection: Inspection): Promise<string[]> {
  const { database, client } = inspection;
  const problems: string[] = [];
  const heads = await listHeads(inspection);
  for (const project of new Set(heads.map((head) => head.project))) {
    const kept = new Map((await listProjectRows(database, project)).map((row) => [keyOf(row), row.data]));
    for (const head of heads.filter((each) => each.project === project)) {
      const process = PROCESSES[head.process] as unknown as OpenProcess;
      let [state, seq, hash] = [process.initial(head.input), 0, genesisHash(head.stream)];
      for await (const page of readLog(database.pool, head.stream)) {
        for (const { seq: at, at: when, by, commandId, event, hash: written } of page) {
          const recorded = { seq: at, at: when, by, commandId, event };
          state = process.evolve(state, recorded);
          hash = chainHash(hash, recorded);
          seq += 1;
          if (at !== seq || hash !== written) problems.push(`${head.stream}: the chain breaks at ${at}`);
        }
      }
      if (seq !== head.seq || hash !== head.head) problems.push(`${head.stream}: the log ends at ${seq}, the head says ${head.seq}`);
      const folded = process.rows(state);
      const live = head.final ? undefined : await askRun(client, head.stream, QUERY_ROWS);
      if (live && !isSame(sorted(live.rows), sorted(folded))) problems.push(`${head.stream}: the workflow shows other rows than the log folds to`);
      for (const row of folded) {
        if (!isSame(kept.get(keyOf(row)), row.data)) problems.push(`${row.table} ${row.id}: the read model is not what the log folds to`);
        kept.delete(keyOf(row));
      }
    }
    for (const key of kept.keys()) problems.push(`${key}: the read model has it, and no log folds to it`);
  }
  return problems;
}

const keyOf = ({ table, id }: Row): string => `${table} ${id}`;
const plain = (value: unknown): unknown => (value === undefined ? undefined : JSON.parse(JSON.stringify(value)));
const isSame = (one: unknown, other: unknown): boolean => isDeepStrictEqual(plain(one), plain(other));
const sorted = (rows: readonly Row[]): Row[] => [...rows].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));

/** Replays every open run: whoever takes it over after a restart must come to the same. */
export async function checkReplays(inspection: Inspection): Promise<string[]> {
  const { client } = inspection;
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const problems: string[] = [];
  async function* histories() {
    for (const workflowId of await listRunning(inspection)) yield { workflowId, history: await client.workflow.getHandle(workflowId).fetchHistory() };
  }
  for await (const { workflowId, error } of Worker.runReplayHistories({ workflowBundle: await workflowBundle(), dataConverter }, histories())) {
    if (error) problems.push(`${workflowId}: its history is not replayed: ${error.message}`);
  }
  return problems;
}

/** What the product's own audit finds, stale, stopped and disagreeing streams included. */
export async function checkAudit(rig: Rig): Promise<string[]> {
  const report = await verifyLog(rig.databaseUrl, { deep: PROCESSES });
  const reasons = (['stale', 'broken', 'gaps'] as const).flatMap((kind) => report[kind].map(({ stream, reason }) => `${kind}: ${stream}: ${reason}`));
  return [...report.problems.map(({ kind, stream, seq, detail }) => `${kind}: ${stream ?? ''} ${seq ?? ''} ${detail}`), ...reasons];
}
