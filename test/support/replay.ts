/** Replays a recorded history with the present code and captures what it computes: every answer, every batch for the log, and all that goes to other runs. */
import { join } from 'node:path';
import { DefaultLogger, Runtime, Worker, type WorkflowBundleWithSourceMap, bundleWorkflowCode } from '@temporalio/worker';
import { temporal } from '@temporalio/proto';
import { valuesOf } from '../../activities/histories';
import { dataConverter } from '../../config/payloads';
import { BUNDLE_OPTIONS } from '../../scripts/workflow-bundle.cjs';

/** What a run computed, in order. The batches hold every event with its link of the chain, and every row. */
export interface Captured {
  readonly answers: readonly { readonly id: string; readonly answer: unknown }[];
  readonly batches: readonly object[];
}

/** What went to another run: messages, what children begin with, and the state that is carried to the run that follows. A history holds it, too. */
export interface Sent {
  /** null: the run that follows. */
  readonly to: string | null;
  readonly what: readonly unknown[];
}

/** A recording, as it stands in `test/histories`. */
export interface Recording {
  readonly workflowId: string;
  /** The history as the server's protocol encodes it, in base64. */
  readonly history: string;
  readonly captured: Captured;
}

const interceptors = join(__dirname, 'replay-interceptors.ts');
let bundle: Promise<WorkflowBundleWithSourceMap> | undefined;

function replayBundle(): Promise<WorkflowBundleWithSourceMap> {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  bundle ??= bundleWorkflowCode({ ...BUNDLE_OPTIONS, workflowInterceptorModules: [interceptors], logger: new DefaultLogger('ERROR') });
  return bundle;
}

/**
 * @param history As in {@link Recording}.
 * @throws DeterminismViolationError when the code gives other commands than the history has.
 */
export async function replay(history: string, workflowId: string): Promise<{ readonly captured: Captured; readonly sent: readonly Sent[] }> {
  const answers: { id: string; answer: unknown }[] = [];
  const batches: object[] = [];
  const sent: { to: string | null; what: unknown }[] = [];
  await Worker.runReplayHistory({
    workflowBundle: await replayBundle(), dataConverter,
    sinks: {
      capture: {
        answered: { fn: (_info, id: string, answer: unknown) => { answers.push({ id, answer }); }, callDuringReplay: true },
        projected: { fn: (_info, batch: object) => { batches.push(batch); }, callDuringReplay: true },
        sent: { fn: (_info, to: string | null, what: unknown) => { sent.push({ to, what }); }, callDuringReplay: true },
      },
    },
  }, temporal.api.history.v1.History.decode(Buffer.from(history, 'base64')), workflowId);
  // Through JSON, as the recording went: `undefined` fields fall away.
  return JSON.parse(JSON.stringify({ captured: { answers, batches }, sent })) as { captured: Captured; sent: Sent[] };
}

/** What went to other runs by a history, in its order. */
export async function sentBy(history: string): Promise<readonly Sent[]> {
  const sent: Sent[] = [];
  for (const event of temporal.api.history.v1.History.decode(Buffer.from(history, 'base64')).events) {
    const message = event.signalExternalWorkflowExecutionInitiatedEventAttributes;
    const child = event.startChildWorkflowExecutionInitiatedEventAttributes;
    const next = event.workflowExecutionContinuedAsNewEventAttributes;
    const input = (message ?? child ?? next)?.input;
    if (!input) continue;
    const what = await valuesOf(input);
    // A run is followed by one under the rules of the present code.
    if (next) delete (what[0] as { rules?: number }).rules;
    sent.push({ to: message?.workflowExecution?.workflowId ?? child?.workflowId ?? null, what });
  }
  return sent;
}
