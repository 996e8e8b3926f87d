/** Replays a recorded history with the present code and captures what it computes: every answer and every batch for the log. */
import { join } from 'node:path';
import { DefaultLogger, Runtime, Worker, type WorkflowBundleWithSourceMap, bundleWorkflowCode } from '@temporalio/worker';
import { temporal } from '@temporalio/proto';
import { dataConverter } from '../../config/payloads';
import { BUNDLE_OPTIONS } from '../../scripts/workflow-bundle.cjs';

/** What a run computed, in order. The batches hold every event with its link of the chain, and every row, so also the final state. */
export interface Captured {
  readonly answers: readonly { readonly id: string; readonly answer: unknown }[];
  readonly batches: readonly object[];
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
export async function replay(history: string, workflowId: string): Promise<Captured> {
  const answers: { id: string; answer: unknown }[] = [];
  const batches: object[] = [];
  await Worker.runReplayHistory({
    workflowBundle: await replayBundle(), dataConverter,
    sinks: {
      capture: {
        answered: { fn: (_info, id: string, answer: unknown) => { answers.push({ id, answer }); }, callDuringReplay: true },
        projected: { fn: (_info, batch: object) => { batches.push(batch); }, callDuringReplay: true },
      },
    },
  }, temporal.api.history.v1.History.decode(Buffer.from(history, 'base64')), workflowId);
  // Through JSON, as the recording went: `undefined` fields fall away.
  return JSON.parse(JSON.stringify({ answers, batches })) as Captured;
}
