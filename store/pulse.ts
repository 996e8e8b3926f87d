/** The anonymous pulse of a team about a sprint: sums alone, and marks that somebody answered. Why it is kept so: ADR 19. */
import type { Key, StreamId } from '../domain/process';
import type { Database } from './client';
import { inTransaction } from './transaction';

/** From so many answers on a result is shown: fewer would tell what one person said. */
export const PULSE_NEEDS = 4;
/** The highest value of an answer; the lowest is 1. */
export const PULSE_VALUES = 5;

/** By question, how often each value was given, from 1 on. */
export type PulseCounts = Readonly<Record<Key, readonly number[]>>;

export interface PulsePlace {
  readonly sprint: StreamId;
  readonly project: string;
  readonly phase: Key;
  readonly team: Key;
  readonly number: number;
}

/** What is known of a pulse. */
export interface PulseState {
  readonly answers: number;
  readonly closed: boolean;
  readonly keyId: string;
  /** Of the marks that were asked for, those that are there. */
  readonly marks: readonly string[];
  readonly counts: PulseCounts;
}

/** A pulse whose result may be shown. */
export interface PulseResult {
  readonly number: number;
  readonly answers: number;
  readonly counts: PulseCounts;
}

/** What became of an answer. `again`: the person answered before. `closed`: no answers are taken, not yet or not any more. */
export type Answered = 'counted' | 'again' | 'closed';

function added(counts: PulseCounts, values: Readonly<Record<Key, number>>): PulseCounts {
  return Object.fromEntries([...new Set([...Object.keys(counts), ...Object.keys(values)])].map((question) => (
    [question, Array.from({ length: PULSE_VALUES }, (_, place) => (counts[question]?.[place] ?? 0) + (values[question] === place + 1 ? 1 : 0))])));
}

/** It takes no more, and forgets who answered. */
const CLOSE = ['UPDATE pulses SET closed = true WHERE sprint = $1', 'DELETE FROM pulse_marks WHERE sprint = $1'] as const;

/**
 * Counts an answer, once for each mark and never to be changed. It closes once everybody has answered, if they are enough.
 * @param everyone the marks of all who may answer. @param values of each question, from 1 to 5.
 */
export function answerPulse(
  db: Database, { sprint, project, phase, team, number }: PulsePlace, answer: { readonly keyId: string; readonly mark: string; readonly everyone: readonly string[]; readonly values: Readonly<Record<Key, number>> },
): Promise<Answered> {
  return inTransaction(db.pool, async (client) => {
    // The sprint is kept from being closed meanwhile: what its result was made of does not change.
    const { rows: [of] } = await client.query<{ status: string }>('SELECT status FROM sprints WHERE id = $1 FOR SHARE', [sprint]);
    if (of?.status !== 'over') return 'closed';
    await client.query('INSERT INTO pulses (sprint, project, phase, team, number, key_id) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING', [sprint, project, phase, team, number, answer.keyId]);
    const { rows: [before] } = await client.query<{ closed: boolean; keyId: string; counts: PulseCounts }>('SELECT closed, key_id AS "keyId", counts FROM pulses WHERE sprint = $1 FOR UPDATE', [sprint]);
    if (!before || before.closed || before.keyId !== answer.keyId) return 'closed';
    const { rowCount } = await client.query('INSERT INTO pulse_marks (sprint, mark) VALUES ($1, $2) ON CONFLICT DO NOTHING', [sprint, answer.mark]);
    if (rowCount !== 1) return 'again';
    await client.query('UPDATE pulses SET answers = answers + 1, counts = $2 WHERE sprint = $1', [sprint, JSON.stringify(added(before.counts, answer.values))]);
    const { rows: [all] } = await client.query<{ count: number }>('SELECT count(*)::int AS count FROM pulse_marks WHERE sprint = $1 AND mark = ANY ($2::text[])', [sprint, answer.everyone]);
    if (all && all.count >= PULSE_NEEDS && all.count === answer.everyone.length) for (const statement of CLOSE) await client.query(statement, [sprint]);
    return 'counted';
  });
}

/** Takes no more answers, so that the result can be shown. @returns false when there are too few of them. */
export function closePulse(db: Database, sprint: StreamId): Promise<boolean> {
  return inTransaction(db.pool, async (client) => {
    const { rows: [found] } = await client.query<{ answers: number }>('SELECT answers FROM pulses WHERE sprint = $1 FOR UPDATE', [sprint]);
    if (!found || found.answers < PULSE_NEEDS) return false;
    for (const statement of CLOSE) await client.query(statement, [sprint]);
    return true;
  });
}

/** A pulse; null when nobody has answered. @param marks those that are looked for. */
export async function findPulse(db: Database, sprint: StreamId, marks: readonly string[]): Promise<PulseState | null> {
  const { rows } = await db.pool.query<PulseState>(
    `SELECT answers, closed, key_id AS "keyId", counts, ARRAY(SELECT mark FROM pulse_marks m WHERE m.sprint = p.sprint AND m.mark = ANY ($2::text[])) AS marks FROM pulses p WHERE sprint = $1`, [sprint, marks]);
  return rows[0] ?? null;
}

/** The results of a team that may be shown, the first sprint first. @param sprints what the ids of its sprints begin with. */
export async function listPulses(db: Database, sprints: string, team: Key): Promise<PulseResult[]> {
  const { rows } = await db.pool.query<PulseResult>(
    `SELECT p.number, p.answers, p.counts FROM pulses p JOIN sprints s ON s.id = p.sprint
     WHERE starts_with(p.sprint, $1) AND p.team = $2 AND p.answers >= $3 AND (p.closed OR s.status IN ('closed', 'ended')) ORDER BY p.number`, [sprints, team, PULSE_NEEDS]);
  return rows;
}

/** Of sprints that are closed: who answered is forgotten, and so is what too few answered. */
export async function tidyPulses(db: Pick<Database, 'pool'>): Promise<void> {
  await db.pool.query(
    `WITH over AS (
       UPDATE pulses p SET closed = true, counts = CASE WHEN p.answers >= $1 THEN p.counts ELSE '{}' END
       FROM sprints s WHERE s.id = p.sprint AND s.status IN ('closed', 'ended') AND NOT p.closed RETURNING p.sprint
     ) DELETE FROM pulse_marks m USING over o WHERE m.sprint = o.sprint`, [PULSE_NEEDS]);
}
