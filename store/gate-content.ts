/** What approvers were shown: folded from the log of the stage, or of the handover, so that no copy can differ from it. */
import type { Pool } from 'pg';
import { asGateContent, serviceContent } from '../domain/handover/sign-off';
import { handover } from '../domain/handover';
import type { HandoverInput, HandoverState } from '../domain/handover/types';
import type { Key, Process, Recorded, StreamId } from '../domain/process';
import { stage } from '../domain/stage';
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
  const asked = (event: { readonly type: string }): boolean => event.type === 'gate-opened' && (event as { digest?: string }).digest === digest;
  const contentOf = (state: StageState): GateContent | undefined => (state.input.phase.gate ? gateContent(state, state.input.phase.gate) : undefined);
  return foldShown<StageInput, StageState>(pool, stream, stage, asked, contentOf);
}

/** Likewise what was shown of a service. @param digest of a sign-off that the handover opened. */
export async function readShownService(pool: Pool, stream: StreamId, service: Key, digest: string): Promise<ShownContent | null> {
  const asked = (event: { readonly type: string }): boolean =>
    event.type === 'sign-off-opened' && (event as { service?: Key }).service === service && (event as { digest?: string }).digest === digest;
  const contentOf = (state: HandoverState): GateContent | undefined => {
    const found = state.services[service];
    return found && asGateContent(serviceContent(state, service, found));
  };
  return foldShown<HandoverInput, HandoverState>(pool, stream, handover, asked, contentOf);
}

/** @param asked whether with this event the present content was shown under the digest. */
async function foldShown<I, S>(
  pool: Pool, stream: StreamId, process: Pick<Process<I, S, never, never>, 'name' | 'initial' | 'evolve'>, asked: (event: { readonly type: string }) => boolean, contentOf: (state: S) => GateContent | undefined,
): Promise<ShownContent | null> {
  const { rows: [head] } = await pool.query<{ input: I }>('SELECT input FROM streams WHERE stream = $1 AND process = $2', [stream, process.name]);
  if (!head) return null;
  let state = process.initial(head.input);
  let shown: GateContent | undefined;
  for await (const page of readLog(pool, stream)) {
    for (const { seq, at, by, commandId, event } of page) {
      if (asked(event)) shown = contentOf(state);
      state = process.evolve(state, { seq, at, by, commandId, event } as unknown as Recorded<never>);
    }
  }
  const present = contentOf(state);
  return present ? { shown, present } : null;
}
