/** Forecasts of projects that hand services over: made now and then, so that nobody who reads waits for a simulation. Not part of the read model: they can be made anew. */
import type { HandoverForecasts } from '../domain/handover/forecast';
import type { Instant } from '../domain/process';
import type { Database } from './client';

/** What is kept of a forecast. */
export interface KeptForecast {
  readonly runs: number;
  readonly phases: HandoverForecasts;
}

/** A project that is forecast again once something has happened in it, or a day is over; not more often than hourly. */
const AGAIN = `f.project IS NULL OR (
  (f.claimed_at IS NULL OR f.claimed_at < now() - interval '5 minutes') AND (f.made_at IS NULL OR f.made_at < now() - interval '1 day'
    OR (f.made_at < now() - interval '1 hour' AND f.seqs <> (SELECT sum(t.seq) FROM streams t WHERE t.project = p.id))))`;

/** Takes the project with services under way whose forecast is wanted most, so that no other process makes it too. @returns undefined: none is. */
export async function claimForecast({ pool }: Pick<Database, 'pool'>): Promise<string | undefined> {
  const { rows } = await pool.query<{ project: string }>(
    `INSERT INTO forecasts AS f (project, claimed_at, seqs)
     SELECT p.id, now(), 0 FROM projects p LEFT JOIN forecasts f ON f.project = p.id
     WHERE p.status IN ('running', 'held') AND EXISTS (SELECT FROM services s WHERE s.project = p.id AND s.status IN ('preparing', 'early-life', 'handed-back')) AND (${AGAIN})
     ORDER BY f.made_at NULLS FIRST, p.id LIMIT 1
     ON CONFLICT (project) DO UPDATE SET claimed_at = now() WHERE f.claimed_at IS NULL OR f.claimed_at < now() - interval '5 minutes' RETURNING f.project`);
  return rows[0]?.project;
}

/** How far the log of a project is. It only grows. */
export async function readProgress({ pool }: Pick<Database, 'pool'>, project: string): Promise<number> {
  const { rows } = await pool.query<{ seqs: string | null }>('SELECT sum(seq) AS seqs FROM streams WHERE project = $1', [project]);
  return Number(rows[0]?.seqs ?? 0);
}

/** Keeps what was forecast. @param seqs how far the log was. @param forecast null: it could not be made. */
export async function keepForecast({ pool }: Pick<Database, 'pool'>, project: string, seqs: number, forecast: KeptForecast | null, at: Instant): Promise<void> {
  await pool.query(
    `INSERT INTO forecasts (project, made_at, seqs, data) VALUES ($1, to_timestamp($2 / 1000.0), $3, $4)
     ON CONFLICT (project) DO UPDATE SET made_at = EXCLUDED.made_at, seqs = EXCLUDED.seqs, data = EXCLUDED.data, claimed_at = NULL`, [project, at, seqs, forecast && JSON.stringify(forecast)]);
}
