/** Starts the SDK's threads for workflows by a script of ours: the SDK has no option for what that spares. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import threads, { type WorkerOptions } from 'node:worker_threads';
import { breakOff } from './break-off';

const SCRIPT = join(__dirname, 'workflow-thread.js');
const OF_SDK = 'workflow-worker-thread.js';

/** What the SDK asks of its thread: after each activation also what the workflow logged, by a message of its own. */
interface Request {
  readonly requestId: bigint;
  readonly input: { readonly type: string; readonly runId?: string; readonly isolateExecutionTimeoutMs?: number };
}

interface Response {
  readonly requestId: bigint;
  readonly result?: { readonly output?: { readonly completion?: { readonly runId?: string; readonly hasLogged?: boolean } } };
}

/** Into how many looks at a thread the longest time for one of its steps is divided. */
const LOOKS = 5;

/**
 * A thread whose answers say whether there is anything logged; where there is not, it is not asked. And one that is watched from outside: a step that takes
 * too long is broken off, its workflow task fails and is tried again, and the thread goes on with other workflows.
 */
class LeanThread extends threads.Worker {
  private readonly isLean: boolean = false;
  private readonly silent = new Set<string>();
  /** What has no answer yet, in its order: the first is what the thread is at. */
  private readonly asked = new Set<bigint>();
  private readonly brokenOff = new Set<bigint>();
  private looks = 0;

  constructor(file: string | URL, options: WorkerOptions = {}) {
    const script = String(file);
    if (!script.endsWith(OF_SDK)) {
      super(file, options);
      return;
    }
    super(SCRIPT, { ...options, workerData: { script } });
    this.isLean = true;
  }

  override postMessage(request: Request, transfer?: Parameters<threads.Worker['postMessage']>[1]): void {
    const { requestId, input } = request;
    if (this.isLean) {
      if (input.type === 'extract-sink-calls' && this.silent.delete(input.runId ?? '')) {
        // The SDK waits for an answer only once it has sent the question.
        process.nextTick(() => super.emit('message', { requestId, result: { type: 'ok', output: { type: 'sink-calls', calls: [] } } }));
        return;
      }
      // The first one loads the code of all workflows, as long as that takes.
      if (input.type === 'init') this.watch(input.isolateExecutionTimeoutMs ?? 0);
      else this.asked.add(requestId);
    }
    super.postMessage(request, transfer as never);
  }

  override emit(event: string | symbol, ...args: unknown[]): boolean {
    if (this.isLean && event === 'message') {
      const { requestId, result } = args[0] as Response;
      this.looks = 0;
      this.asked.delete(requestId);
      // Its answer was on its way when it was broken off.
      if (this.brokenOff.delete(requestId)) return true;
      const { runId, hasLogged } = result?.output?.completion ?? {};
      if (runId !== undefined && hasLogged === false) this.silent.add(runId);
    }
    return super.emit(event, ...args);
  }

  private watch(limitMs: number): void {
    const look = (): void => {
      this.looks = this.asked.size === 0 ? 0 : this.looks + 1;
      // Counted, not timed: where the whole process stood still, the thread did, too.
      if (this.looks <= LOOKS) return;
      this.looks = 0;
      void this.endStep(limitMs);
    };
    const timer = setInterval(look, limitMs / LOOKS).unref();
    this.once('exit', () => clearInterval(timer));
  }

  private async endStep(limitMs: number): Promise<void> {
    const [requestId] = this.asked;
    if (requestId === undefined) return;
    try {
      await breakOff(this.threadId, limitMs);
    } catch {
      // Then the SDK ends the worker, and the supervisor starts another.
      await this.terminate();
      return;
    }
    if (!this.asked.delete(requestId)) return;
    this.brokenOff.add(requestId);
    super.emit('message', { requestId, result: { type: 'error', name: 'Error', message: `Script execution timed out after ${limitMs}ms`, stack: '' } });
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
