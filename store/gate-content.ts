/** What approvers were shown: folded from the log of the stage, so that no copy can differ from it. */
import type { Pool } from 'pg';
import type { StreamId } from '../domain/process';
import { stage as process } from '../domain/stage';
import { type GateContent, gateContent } from '../domain/stage/gate';
import type { StageInput, StageState } from '../domain/stage/types';
import { readLog } from './fold';

export interface ShownContent {
  /** What was shown under the digest; undefined when it never was. */
  readonly shown: GateContent | undefined;
  /** What there is now. */
  readonly present: GateContent;
}

/** @param digest of a gate that the stage opened. @returns null when there is no such stage, or it has no gate. */
export async function readShownContent(pool: Pool, stream: StreamId, digest: string): Promise<ShownContent | null> {
  const { rows } = await pool.query<{ input: StageInput }>(`SELECT input FROM streams WHERE stream = $1 AND process = 'stage'`, [stream]);
  const [head] = rows;
  if (!head) return null;
  let state: StageState = process.initial(head.input);
  let shown: GateContent | undefined;
  for await (const page of readLog(pool, stream)) {
    for (const { seq, at, by, commandId, event } of page) {
      const { gate } = state.input.phase;
      if (event.type === 'gate-opened' && gate && (event as { digest?: string }).digest === digest) shown = gateContent(state, gate);
      state = process.evolve(state, { seq, at, by, commandId, event: event as Parameters<typeof process.evolve>[1]['event'] });
    }
  }
  const { gate } = state.input.phase;
  return gate ? { shown, present: gateContent(state, gate) } : null;
}
