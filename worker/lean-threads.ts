/** Starts the SDK's threads for workflows by a script of ours: the SDK has no option for what that spares. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import threads, { type WorkerOptions } from 'node:worker_threads';

const SCRIPT = join(__dirname, 'workflow-thread.js');
const OF_SDK = 'workflow-worker-thread.js';

/** What the SDK asks of its thread: after each activation also what the workflow logged, by a message of its own. */
interface Request {
  readonly requestId: bigint;
  readonly input: { readonly type: string; readonly runId?: string };
}

interface Response {
  readonly result?: { readonly output?: { readonly completion?: { readonly runId?: string; readonly hasLogged?: boolean } } };
}

/** A thread whose answers say whether there is anything logged; where there is not, it is not asked. */
class LeanThread extends threads.Worker {
  private readonly silent = new Set<string>();

  constructor(file: string | URL, options: WorkerOptions = {}) {
    const script = String(file);
    if (!script.endsWith(OF_SDK)) {
      super(file, options);
      return;
    }
    super(SCRIPT, { ...options, workerData: { script } });
    // Before the SDK's own listener, which goes on with the next request.
    this.on('message', ({ result }: Response) => {
      const { runId, hasLogged } = result?.output?.completion ?? {};
      if (runId !== undefined && hasLogged === false) this.silent.add(runId);
    });
  }

  override postMessage(request: Request, transfer?: Parameters<threads.Worker['postMessage']>[1]): void {
    const { requestId, input } = request;
    if (input?.type === 'extract-sink-calls' && this.silent.delete(input.runId ?? '')) {
      // The SDK waits for an answer only once it has sent the question.
      process.nextTick(() => this.emit('message', { requestId, result: { type: 'ok', output: { type: 'sink-calls', calls: [] } } }));
      return;
    }
    super.postMessage(request, transfer as never);
  }
}

/**
 * Runs `create`, which makes a worker, with threads that do without what nobody needs: see `workflow-thread.ts`. Running from sources
 * (tests) there is no script to begin with, and they are the SDK's own.
 */
export async function withLeanThreads<T>(create: () => Promise<T>): Promise<T> {
  if (!existsSync(SCRIPT)) return create();
  const { Worker } = threads;
  threads.Worker = LeanThread;
  try {
    return await create();
  } finally {
    threads.Worker = Worker;
  }
}
