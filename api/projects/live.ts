/** The rows of a project as its workflows hold them now; of those that have ended, as the read model has them. */
import type { Row, StreamId } from '../../domain/process';
import type { ApprovalRow, PhaseRow, StageRow } from '../../domain/rows';
import { projectStream } from '../../workflows/contract';
import { StreamGone } from '../commands/engine';
import type { Deps } from '../deps';
import { collectRows, type ProjectRows } from './rows';

/** Rows of one stream: from its workflow while there is one. */
async function rowsOf(deps: Deps, stream: StreamId): Promise<readonly Row[] | undefined> {
  try {
    return (await deps.engine.rows(stream)).rows;
  } catch (error) {
    if (error instanceof StreamGone) return undefined;
    throw error;
  }
}

const has = <T>(rows: readonly T[] | undefined): rows is readonly T[] => rows !== undefined && rows.length > 0;

/**
 * Asks the project, then each phase that is open or has open conditions, then their open approvals.
 * @param kept the read model's rows; undefined when it knows nothing of the project yet.
 * @throws Problem `engine-unavailable`.
 */
export async function readLiveRows(deps: Deps, project: string, kept: ProjectRows | undefined): Promise<ProjectRows | undefined> {
  const own = await rowsOf(deps, projectStream(project));
  if (!has(own)) return kept;
  const phases = own.filter((row) => row.table === 'phase').map((row) => row.data as PhaseRow);
  const streams = phases.filter(({ status }) => status === 'open' || status === 'passed').flatMap(({ stream }) => stream ?? []);
  const stages = await Promise.all(streams.map(async (stream) => ({ stream, rows: await rowsOf(deps, stream) })));
  const live = stages.filter(({ rows }) => has(rows));
  const asked = live.flatMap(({ rows }) => (rows ?? []).filter((row) => row.table === 'stage'))
    .flatMap((row) => (row.data as StageRow).approval ?? []);
  const approvals = await Promise.all(asked.map(async (stream) => ({ stream, rows: await rowsOf(deps, stream) })));

  const isLive = new Set([...live.map(({ stream }) => stream), ...approvals.filter(({ rows }) => has(rows)).map(({ stream }) => stream)]);
  const fresh = collectRows([...own, ...live.flatMap(({ rows }) => rows ?? []), ...approvals.flatMap(({ rows }) => rows ?? [])]);
  if (!fresh) return kept;
  const ended = {
    stages: (kept?.stages ?? []).filter(({ id }) => !isLive.has(id)),
    tasks: (kept?.tasks ?? []).filter(({ stage }) => !isLive.has(stage)),
    approvals: (kept?.approvals ?? []).filter(({ id }: ApprovalRow & { id: string }) => !isLive.has(id)),
  };
  return {
    ...fresh,
    stages: [...ended.stages, ...fresh.stages],
    tasks: inOrder([...ended.tasks, ...fresh.tasks], fresh),
    approvals: [...ended.approvals, ...fresh.approvals],
  };
}

/** Tasks in the order of the plan: by phase, then by place in it. */
export function inOrder(tasks: ProjectRows['tasks'], { phases }: Pick<ProjectRows, 'phases'>): ProjectRows['tasks'] {
  const place = new Map(phases.map(({ phase, position }) => [phase, position]));
  return [...tasks].sort((one, other) => (place.get(one.phase) ?? 0) - (place.get(other.phase) ?? 0)
    || one.position - other.position || (one.id < other.id ? -1 : 1));
}
