import type { Row } from '../../domain/process';
import type { ApprovalRow, HandoverRow, PhaseRow, ProjectRow, RoleRow, ServiceRow, StageRow, TaskRow } from '../../domain/rows';

/** A row with the id under which it stands. */
export type WithId<T> = T & { readonly id: string };

/** All that a view of a project is made of, from the read model or from the workflows. */
export interface ProjectRows {
  readonly project: ProjectRow;
  readonly phases: readonly PhaseRow[];
  readonly stages: readonly WithId<StageRow>[];
  readonly tasks: readonly WithId<TaskRow>[];
  readonly approvals: readonly WithId<ApprovalRow>[];
  readonly roles: readonly RoleRow[];
  /** Handovers and services: of a moment in the past alone, as the present ones are read where they are asked for. */
  readonly handovers: readonly WithId<HandoverRow>[];
  readonly services: readonly ServiceRow[];
}

/** Sorts rows by table; undefined when the row of the project itself is missing: it has not started. */
export function collectRows(rows: readonly Row[]): ProjectRows | undefined {
  const of = <T>(table: Row['table']): WithId<T>[] =>
    rows.filter((row) => row.table === table).map(({ id, data }) => ({ ...(data as T), id }));
  const project = of<ProjectRow>('project')[0];
  if (!project) return undefined;
  return {
    project,
    phases: of<PhaseRow>('phase').sort((one, other) => one.position - other.position),
    stages: of<StageRow>('stage'),
    tasks: of<TaskRow>('task').sort((one, other) => one.position - other.position || (one.task < other.task ? -1 : 1)),
    approvals: of<ApprovalRow>('approval'),
    handovers: of<HandoverRow>('handover'), services: of<ServiceRow>('service'),
    roles: of<RoleRow>('role').sort((one, other) => (one.role < other.role ? -1 : 1)),
  };
}
