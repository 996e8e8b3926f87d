/** Rebuilds the read model of a stream from its log. */
import type { Pool, PoolClient } from 'pg';
import { genesisHash } from '../domain/chain';
import type { ProcessName, Row, StreamId } from '../domain/process';
import { type Processes, foldLog } from './fold';
import { toRowSet } from './row-set';
import { inTransaction } from './transaction';

/** Streams whose read model waits for repair, with the reason; by name, at most `limit`. */
export async function listStale(pool: Pool, limit = 1_000): Promise<{ stream: StreamId; reason: string }[]> {
  const { rows } = await pool.query('SELECT stream, stale AS reason FROM streams WHERE stale IS NOT NULL ORDER BY stream LIMIT $1', [limit]);
  return rows;
}

/**
 * Folds the log of a stream and writes all its rows, and the notices that were not delivered, in one transaction that holds back
 * further appends to this stream.
 * @throws Error when there is no such stream, when nothing is known of its input, or when the rows still can't be written.
 */
export async function repairStream(pool: Pool, processes: Processes, stream: StreamId): Promise<void> {
  await inTransaction(pool, (client) => repair(client, processes, stream));
}

/**
 * Takes the events after `seq` out of a stream and repairs its read model: the run does not know them, the workflow task that made
 * them was lost.
 * @param head hash of the last event as it was when that was found out; with any other, nothing is done.
 * @returns whether they were taken out.
 */
export async function discardTail(
  pool: Pool, processes: Processes, { stream, seq, head }: { readonly stream: StreamId; readonly seq: number; readonly head: string },
): Promise<boolean> {
  return inTransaction(pool, async (client) => {
    const { rows: [now] } = await client.query<{ seq: number; head: string; settled: number }>(
      'SELECT seq, head, settled FROM streams WHERE stream = $1 FOR UPDATE', [stream]);
    if (!now || now.head !== head || now.seq <= seq || now.settled > seq) return false;
    await client.query('SELECT sluis_discard_tail($1, $2, $3)', [stream, seq + 1, genesisHash(stream)]);
    await repair(client, processes, stream);
    return true;
  });
}

async function repair(client: PoolClient, processes: Processes, stream: StreamId): Promise<void> {
  const { rows: [head] } = await client.query<{ process: ProcessName; project: string; input: unknown; stale_from: number | null }>(
    'SELECT process, project, input, stale_from FROM streams WHERE stream = $1 FOR UPDATE', [stream]);
  if (!head) throw new Error(`there is no stream ${stream}`);
  if (head.input === null) throw new Error(`the input of stream ${stream} was never kept: its log can't be folded`);
  const { seq, rows, notices } = await foldLog(client, stream, processes[head.process], head.input, head.stale_from ?? Infinity);
  await removeOthers(client, stream, head.project, head.process, rows);
  await client.query('SELECT sluis_upsert_rows($1, $2, true)', [seq, JSON.stringify(toRowSet(rows))]);
  await client.query('SELECT sluis_deliver_notices($1, $2)', [head.project, JSON.stringify(notices)]);
  await client.query('UPDATE streams SET stale = NULL, stale_from = NULL WHERE stream = $1', [stream]);
}

/** Removes rows that only a discarded event had made. */
async function removeOthers(client: PoolClient, stream: StreamId, project: string, process: ProcessName, rows: readonly Row[]): Promise<void> {
  const ids = (table: Row['table']): string[] => rows.filter((row) => row.table === table).map((row) => row.id);
  const remove = (table: string, column: string, owner: string, keep: string[]): Promise<unknown> =>
    client.query(`DELETE FROM ${table} WHERE ${column} = $1 AND NOT id = ANY ($2::text[])`, [owner, keep]);
  switch (process) {
    case 'stage':
      await remove('stages', 'id', stream, ids('stage'));
      await remove('tasks', 'stage', stream, ids('task'));
      return;
    case 'backlog':
      await remove('backlogs', 'id', stream, ids('backlog'));
      await remove('backlog_items', 'backlog', stream, ids('item'));
      return;
    case 'handover':
      await remove('handovers', 'id', stream, ids('handover'));
      await remove('services', 'handover', stream, ids('service'));
      await remove('knowledge_articles', 'handover', stream, ids('article'));
      await remove('service_days', 'handover', stream, ids('day'));
      return;
    case 'sprint':
      await remove('sprints', 'id', stream, ids('sprint'));
      await remove('sprint_cards', 'sprint', stream, ids('card'));
      return;
    case 'approval':
      await remove('approvals', 'id', stream, ids('approval'));
      await client.query('DELETE FROM approval_waiting w WHERE approval = $1 AND NOT EXISTS (SELECT FROM approvals a WHERE a.id = $1)', [stream]);
      return;
    case 'directory':
      // Of the delegations that ended the directory remembers only the last.
      await client.query(`DELETE FROM delegations WHERE status <> 'ended' AND NOT id = ANY ($1::text[])`, [ids('delegation')]);
      await client.query('DELETE FROM groups WHERE NOT id = ANY ($1::text[])', [ids('group')]);
      await client.query('DELETE FROM programs WHERE NOT id = ANY ($1::text[])', [ids('program')]);
      await client.query('DELETE FROM directory_people WHERE NOT id = ANY ($1::text[])', [ids('person')]);
      return;
    case 'project':
      await remove('projects', 'id', project, ids('project'));
      await remove('phases', 'project', project, ids('phase'));
      await remove('project_roles', 'project', project, ids('role'));
      await client.query(`DELETE FROM role_holders h WHERE h.project = $1
        AND NOT EXISTS (SELECT FROM project_roles r WHERE r.project = h.project AND r.role = h.role)`, [project]);
  }
}
