/** What people have to do in all projects, and when they are away. */
import type { Instant, Key, PersonId } from '../../domain/process';
import type { Away } from '../../domain/workload';
import type { CardRow, TaskRow } from '../../domain/rows';
import type { Operation } from '../../domain/change/types';
import type { MemberCapacity, Tally } from '../../domain/sprint/types';
import type { EstimateUnit } from '../../domain/plan';
import type { Database } from '../client';
import { queryHot } from '../hot';
import { ACTIVE_PROJECT, millis, type Place } from './columns';
import type { Viewer } from './search';
import { hasPart } from './visible';

/** Somebody whose workload is shown. */
export interface LoadedPerson {
  readonly id: PersonId;
  readonly name: string;
  readonly away: readonly Away[];
}

/** Of whom somebody may see the workload. `people`: of everybody who has a part in an open project. */
export interface WorkloadScope {
  readonly person: PersonId;
  readonly everybody: boolean;
  /** Projects whose people are theirs. */
  readonly projects: readonly string[];
}

export interface WorkloadFilter {
  readonly person?: PersonId;
  /** Who has a part in it. */
  readonly project?: string;
}

/**
 * Themselves, their reports and the people of their projects, by name; whoever has left is missing.
 * @param place.after name and id of the last one shown.
 */
export function listLoadedPeople(db: Database, scope: WorkloadScope, filter: WorkloadFilter, place: Place<{ readonly name: string; readonly id: PersonId }>): Promise<LoadedPerson[]> {
  return queryHot<LoadedPerson & { [column: string]: unknown }>(db.pool,
    `SELECT p.id, p.name, coalesce((
       SELECT json_agg(json_build_object('from', (extract(epoch FROM a.from_at) * 1000)::float8, 'until', (extract(epoch FROM a.until_at) * 1000)::float8))
       FROM delegations a WHERE a.absent = p.id AND a.status <> 'ended' AND a.until_at > now() AND a.project IS NULL AND a.program IS NULL AND a.role IS NULL), '[]') AS away
     FROM people p LEFT JOIN directory_people d ON d.id = p.id
     WHERE d.left_at IS NULL AND (p.id = $1 OR d.manager = $1
         OR EXISTS (SELECT FROM role_holders h JOIN projects o ON o.id = h.project AND o.status IN ('running', 'held') WHERE h.person = p.id AND ($2 OR h.project = ANY ($3::text[]))))
       AND ($4::text IS NULL OR p.id = $4) AND ($5::text IS NULL OR EXISTS (SELECT FROM role_holders h WHERE h.person = p.id AND h.project = $5))
       AND ($6::text IS NULL OR (p.name, p.id) > ($6, $7))
     ORDER BY p.name, p.id LIMIT $8`,
    [scope.person, scope.everybody, scope.projects, filter.person ?? null, filter.project ?? null, place.after?.name ?? null, place.after?.id ?? null, place.limit]);
}

interface FoundWork {
  readonly person: PersonId;
  readonly project: string;
  /** Whether the viewer sees the project. */
  readonly visible: boolean;
  readonly nameRef: string;
  readonly template: Key;
  readonly templateVersion: string;
  readonly added: readonly Operation[] | null;
}
/** A task that somebody is at, or that nobody else could do; or an item that they took in a sprint that runs. */
export type AssignedWork = FoundWork & ({ readonly kind: 'task'; readonly row: TaskRow } | {
  readonly kind: 'item'; readonly row: CardRow; readonly unit: EstimateUnit; readonly endsAt: Instant | null; readonly capacity: readonly MemberCapacity[] | null; readonly scope: Tally | null;
});

/** What these people have to do in projects that run: those of their own, and as far as a viewer sees the project. */
export function listAssignedWork(db: Database, viewer: Viewer, people: readonly PersonId[]): Promise<AssignedWork[]> {
  return queryHot<AssignedWork & { [column: string]: unknown }>(db.pool,
    `WITH work AS (
       SELECT 'task' AS kind, t.assignee AS person, t.project, t.stage, t.data AS row, t.id, NULL::jsonb AS sprint, t.due_at AS until
       FROM tasks t WHERE t.assignee = ANY ($1::text[]) AND t.status IN ('ready', 'claimed')
       UNION ALL
       SELECT 'task', h.person, t.project, t.stage, t.data, t.id, NULL, t.due_at
       FROM role_holders h JOIN tasks t ON t.project = h.project AND t.role = h.role AND t.status = 'ready' AND t.assignee IS NULL
       WHERE h.person = ANY ($1::text[]) AND NOT EXISTS (SELECT FROM role_holders o WHERE o.project = h.project AND o.role = h.role AND o.person <> h.person)
       UNION ALL
       SELECT 'item', c.data->>'person', c.project, NULL, c.data, c.id, s.data, NULL
       FROM sprints s JOIN sprint_cards c ON c.sprint = s.id
       WHERE s.status = 'running' AND s.data->>'heldAt' IS NULL AND c.data->>'person' = ANY ($1::text[]) AND NOT c.data ?| ARRAY['left', 'acceptedAt', 'deliveredAt']
     )
     SELECT w.kind, w.person, w.project, w.row, p.name AS "nameRef", p.template, p.template_version AS "templateVersion", p.data->'added' AS added, ($2 OR w.person = $3 OR v.visible) AS visible,
       w.sprint->>'unit' AS unit, (w.sprint->>'endsAt')::float8 AS "endsAt", w.sprint->'capacity' AS capacity, w.sprint->'result'->'scope' AS scope, ${millis('w.until', 'until')}
     FROM work w JOIN projects p ON p.id = w.project AND p.status IN ${ACTIVE_PROJECT}
     CROSS JOIN LATERAL (SELECT ${hasPart('$3', 'p.id')} AS visible) v
     WHERE w.stage IS NULL OR (SELECT s.status FROM stages s WHERE s.id = w.stage) NOT IN ('stopped', 'cancelled', 'ended')
     ORDER BY w.person, w.until NULLS LAST, w.id`,
    [people, viewer.seesAll, viewer.person]);
}
