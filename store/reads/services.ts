/** Services beyond one handover, and the days of their early-life support. */
import type { RecordedDay, RefusedFigures } from '../../domain/handover/early-life-types';
import type { Instant, Key, PersonId, StreamId } from '../../domain/process';
import type { DayRow, HandoverRow, ServiceRow } from '../../domain/rows';
import type { Database } from '../client';
import type { KeptForecast } from '../forecasts';
import { queryHot } from '../hot';
import type { Place } from './columns';
import { hasPart } from './visible';

/** What was told of days of services, by service (`HANDOVER/service/KEY`) and date. @param last so many last days of each at most. */
export async function listDays(db: Database, services: readonly string[], last = 1_000): Promise<ReadonlyMap<string, Readonly<Record<string, RecordedDay>>>> {
  if (services.length === 0) return new Map();
  const rows = await queryHot<{ of: string; days: Readonly<Record<string, DayRow>> }>(db.pool,
    `SELECT s.of, (SELECT json_object_agg(d.date, d.data) FROM (SELECT date, data FROM service_days WHERE "of" = s.of ORDER BY date DESC LIMIT $2) d) AS days
     FROM unnest($1::text[]) s(of)`, [services, last]);
  return new Map(rows.map(({ of, days }) => [of, days ?? {}]));
}

/** As {@link listDays}, the figures alone: what lists need of many services. */
export async function listFigures(db: Database, services: readonly string[]): Promise<ReadonlyMap<string, Readonly<Record<string, Pick<RecordedDay, 'figures'>>>>> {
  if (services.length === 0) return new Map();
  const rows = await queryHot<{ of: string; dates: readonly string[]; figures: readonly (readonly number[])[] }>(db.pool,
    `SELECT "of", array_agg(date) AS dates, json_agg(data->'figures') AS figures FROM service_days WHERE "of" = ANY ($1::text[]) GROUP BY "of"`, [services]);
  return new Map(rows.map(({ of, dates, figures }) => [of, Object.fromEntries(dates.map((date, index) => [date, { figures: figures[index] ?? [] }]))]));
}

/** What became of figures that a command brought: what was recorded, and what was refused. */
export async function listFiguresOutcome(db: Database, stream: StreamId, seqs: readonly number[]): Promise<{ readonly recorded: readonly { readonly service: Key; readonly date: string; readonly correction: boolean }[]; readonly refused: readonly RefusedFigures[] }> {
  const { rows } = await db.pool.query<{ event: { readonly type: string; readonly service?: Key; readonly date?: string; readonly correction?: true; readonly entries?: readonly RefusedFigures[] } }>(
    `SELECT event FROM events WHERE stream = $1 AND seq = ANY ($2::int[]) AND type IN ('figures-recorded', 'figures-refused') ORDER BY seq`, [stream, seqs]);
  return {
    recorded: rows.flatMap(({ event }) => (event.type === 'figures-recorded' ? [{ service: event.service ?? '', date: event.date ?? '', correction: event.correction ?? false }] : [])),
    refused: rows.flatMap(({ event }) => event.entries ?? []),
  };
}

export interface ServiceFilter {
  readonly statuses?: readonly string[];
  /** Key of a team that receives. */
  readonly team?: Key;
  readonly project?: string;
  /** Those that are not over, and those with a condition that is not met. */
  readonly current?: true;
}

/** A service of some project that a person sees. */
export interface ServiceOfProject {
  readonly service: ServiceRow;
  readonly handover: HandoverRow;
  readonly nameRef: string;
  readonly template: Key;
  readonly templateVersion: string;
  /** What the simulation of its project said, and when; null: there is none. */
  readonly forecast: KeptForecast | null;
  readonly madeAt: Instant | null;
  /** By when it is expected to be taken over, or else signed off; far away where nothing says so. */
  readonly expected: Instant;
}

/** By when it is expected to be taken over for good, by the forecast and not before the plan; what has no such date comes last. As `forecastOf` has it. */
const EXPECTED = `coalesce(CASE WHEN s.status IN ('preparing', 'handed-back') THEN greatest(
    (f.data->'phases'->(s.data->>'phase')->(CASE WHEN s.data->>'approval' IS NULL THEN 'gate' ELSE 'asked' END)->'transfer'->>'p50')::bigint, (s.data->>'transferBy')::bigint)
  END, (s.data->>'transferBy')::bigint, (s.data->>'acceptBy')::bigint, 9000000000000000)`;

/** Services that a person sees, those first that are expected to be taken over first. @param place.after expected moment and id of the last one shown. */
export async function listServices(
  db: Database, viewer: { readonly person: PersonId; readonly seesAll: boolean }, filter: ServiceFilter, place: Place<{ readonly expected: Instant; readonly id: string }>,
): Promise<(ServiceOfProject & { readonly id: string })[]> {
  const values: unknown[] = [place.limit];
  const bind = (value: unknown): string => `$${values.push(value)}`;
  const conditions = ["(p.status IN ('running', 'held', 'completed') OR h.data->>'status' = 'outliving')"];
  if (!viewer.seesAll) conditions.push(hasPart(bind(viewer.person), 's.project'));
  if (filter.statuses) conditions.push(`s.status = ANY (${bind(filter.statuses)}::text[])`);
  if (filter.current) {
    conditions.push(`(s.status NOT IN ('transferred', 'withdrawn') OR (s.status = 'transferred' AND EXISTS (SELECT FROM jsonb_each(s.data->'conditions') c WHERE c.value->>'status' <> 'met')))`);
  }
  if (filter.team !== undefined) conditions.push(`s.data->'teams' ? ${bind(filter.team)}`);
  if (filter.project !== undefined) conditions.push(`s.project = ${bind(filter.project)}`);
  if (place.after) conditions.push(`(${EXPECTED}, s.id) > (${bind(place.after.expected)}::bigint, ${bind(place.after.id)})`);
  const { rows } = await db.pool.query<ServiceOfProject & { readonly id: string }>(
    `SELECT s.id, s.data AS service, h.data AS handover, p.name AS "nameRef", p.template, p.template_version AS "templateVersion",
       f.data AS forecast, (extract(epoch FROM f.made_at) * 1000)::float8 AS "madeAt", (${EXPECTED})::float8 AS expected
     FROM services s JOIN handovers h ON h.id = s.handover JOIN projects p ON p.id = s.project LEFT JOIN forecasts f ON f.project = s.project
     WHERE ${conditions.join(' AND ')} ORDER BY ${EXPECTED}, s.id LIMIT $1`, values);
  return rows;
}
