/** Whether the read model is what the log folds to. */
import type { Pool } from 'pg';
import { canonicalJson } from '../domain/digest';
import { DIRECTORY } from '../domain/directory/types';
import type { ProcessName, Row } from '../domain/process';
import type { DelegationRow } from '../domain/rows';
import type { Database } from './client';
import { type Processes, foldLog } from './fold';
import { listDirectoryRows } from './reads/directory';
import { listRowsBeside, listProjectRows } from './reads/projects';
import type { VerifyProblem } from './verify';

/** Columns that repeat what stands in the data, for queries; and tables made of lists in it. */
const REPEATED: readonly string[] = [
  `SELECT id FROM projects WHERE (status, template, template_version, name, program) IS DISTINCT FROM
     (data->>'status', data->>'template', data->>'templateVersion', data->'name'->>'text', data->>'program')
     OR (started_at, ended_at) IS DISTINCT FROM (sluis_instant(data->>'startedAt'), sluis_instant(data->>'endedAt'))`,
  `SELECT id FROM phases WHERE (project, phase, status, position::text) IS DISTINCT FROM
     (data->>'project', data->>'phase', data->>'status', data->>'position')`,
  `SELECT id FROM stages WHERE (project, phase, status, gate_status) IS DISTINCT FROM
     (data->>'project', data->>'phase', data->>'status', data->>'gateStatus')`,
  `SELECT id FROM tasks WHERE (project, phase, stage, task, status, role, assignee, position::text) IS DISTINCT FROM
     (data->>'project', data->>'phase', data->>'stage', data->>'task', data->>'status', data->>'role', data->>'assignee', data->>'position')
     OR due_at IS DISTINCT FROM sluis_instant(data->>'dueAt')`,
  `SELECT id FROM approvals WHERE (project, phase, gate, status) IS DISTINCT FROM
     (data->>'project', data->>'phase', data->>'gate', data->>'status') OR opened_at IS DISTINCT FROM sluis_instant(data->>'openedAt')`,
  `SELECT id FROM backlogs WHERE (project, phase) IS DISTINCT FROM (data->>'project', data->>'phase')`,
  `SELECT id FROM backlog_items WHERE (project, backlog, status, place) IS DISTINCT FROM (data->>'project', data->>'backlog', data->>'status', data->>'order')`,
  `SELECT id FROM sprints WHERE (project, phase, team, number::text, status) IS DISTINCT FROM
     (data->>'project', data->>'phase', data->>'team', data->>'number', data->>'status')`,
  `SELECT id FROM sprint_cards WHERE (project, sprint) IS DISTINCT FROM (data->>'project', data->>'sprint')`,
  `SELECT id FROM handovers WHERE (project, phase) IS DISTINCT FROM (data->>'project', data->>'phase')`,
  `SELECT id FROM services WHERE (project, handover, service, status) IS DISTINCT FROM (data->>'project', data->>'handover', data->>'service', data->>'status')`,
  `SELECT id FROM knowledge_articles WHERE (project, handover, service) IS DISTINCT FROM (data->>'project', data->>'handover', data->>'service')`,
  `SELECT id FROM service_days WHERE (project, handover, "of", date) IS DISTINCT FROM (data->>'project', data->>'handover', data->>'of', data->>'date')`,
  `SELECT coalesce(w.approval, a.id) AS id FROM approval_waiting w
     FULL JOIN (SELECT DISTINCT id, jsonb_array_elements_text((data->'waitingFor') || coalesce(data->'delegates', '[]')) AS person FROM approvals) a ON a.id = w.approval AND a.person = w.person
     WHERE w.person IS NULL OR a.person IS NULL`,
  `SELECT coalesce(h.project || '/role/' || h.role, r.id) AS id FROM role_holders h
     FULL JOIN (SELECT id, project, role, jsonb_array_elements_text(data->'persons') AS person FROM project_roles) r
     ON r.project = h.project AND r.role = h.role AND r.person = h.person
     WHERE h.person IS NULL OR r.person IS NULL`,
  `SELECT id FROM delegations WHERE (absent, delegate, status, project, role, program) IS DISTINCT FROM
     (data->>'absent', data->>'delegate', data->>'status', data->>'project', data->>'role', data->>'program')
     OR (from_at, until_at) IS DISTINCT FROM (sluis_instant(data->>'from'), sluis_instant(data->>'until'))`,
  `SELECT id FROM groups WHERE name IS DISTINCT FROM data->'name'->>'text'`,
  `SELECT id FROM programs WHERE name IS DISTINCT FROM data->'name'->>'text'`,
  `SELECT id FROM directory_people WHERE manager IS DISTINCT FROM data->>'manager' OR left_at IS DISTINCT FROM sluis_instant(data->>'leftAt')`,
];

/** Finds rows whose columns are not what their data say. */
export async function verifyColumns(pool: Pool): Promise<VerifyProblem[]> {
  const problems: VerifyProblem[] = [];
  for (const statement of REPEATED) {
    const { rows: [first] } = await pool.query<{ id: string }>(`${statement} LIMIT 1`);
    if (first) problems.push({ kind: 'rows', detail: `the columns of ${first.id} are not what its data say` });
  }
  return problems;
}

/** Folds every stream and compares its rows, project by project; those with a stream that waits for repair are left out. */
export async function verifyRows(db: Database, processes: Processes): Promise<VerifyProblem[]> {
  const { rows: projects } = await db.pool.query<{ project: string }>(
    'SELECT project FROM streams GROUP BY project HAVING bool_and(stale IS NULL) ORDER BY project');
  const problems: VerifyProblem[] = [];
  for (const { project } of projects) {
    let difference = await compareProject(db, processes, project);
    // Something may have happened between reading log and rows.
    for (let again = 0; difference && again < 3; again++) difference = await compareProject(db, processes, project);
    if (difference) problems.push(difference);
  }
  return problems;
}

async function compareProject(db: Database, processes: Processes, project: string): Promise<VerifyProblem | null> {
  const { rows: streams } = await db.pool.query<{ stream: string; process: ProcessName; input: unknown }>(
    'SELECT stream, process, input FROM streams WHERE project = $1 ORDER BY stream', [project]);
  const kept = project === DIRECTORY ? await listDirectoryRows(db.pool) : [...await listProjectRows(db, project), ...await listRowsBeside(db, project)];
  const actual = new Map(kept.map((row) => [keyOf(row), canonicalJson(row.data)]));
  const say = (stream: string | undefined, detail: string): VerifyProblem => ({ kind: 'rows', ...(stream !== undefined && { stream }), detail });
  for (const { stream, process, input } of streams) {
    if (input === null) return say(stream, 'the input of the stream was never kept: its log can not be folded');
    const { rows } = await foldLog(db.pool, stream, processes[process], input);
    for (const row of rows) {
      const found = actual.get(keyOf(row));
      if (found === undefined) return say(stream, `the read model lacks the ${row.table} ${row.id}`);
      if (found !== canonicalJson(row.data)) return say(stream, `the ${row.table} ${row.id} of the read model is not what the log folds to`);
      actual.delete(keyOf(row));
    }
  }
  // The directory itself remembers only the last of those that ended.
  if (project === DIRECTORY) for (const { table, id, data } of kept) if (table === 'delegation' && (data as DelegationRow).status === 'ended') actual.delete(keyOf({ table, id, data }));
  const [extra] = actual.keys();
  return extra === undefined ? null : say(undefined, `the read model of project ${project} has a row that no log folds to: ${extra}`);
}

const keyOf = (row: Row): string => `${row.table} ${row.id}`;
