/** Starts the SDK's threads for workflows by a script of ours: the SDK has no option for what that spares. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import threads, { type WorkerOptions } from 'node:worker_threads';
import { breakOff } from './break-off';
import { AT_NOTHING } from './thread-state';

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

/** What was seen of a thread: the request it is at, and in how many looks since the first. */
interface Watch {
  readonly limitMs: number;
  looks: number;
  at: bigint;
}

/**
 * A thread whose answers say whether there is anything logged; where there is not, it is not asked. And one that is watched from outside: a step that takes
 * too long is broken off, its workflow task fails and is tried again, and the thread goes on with other workflows.
 */
class LeanThread extends threads.Worker {
  private readonly silent = new Set<string>();
  /** What has no answer yet, with the looks since. */
  private readonly asked = new Map<bigint, number>();
  private readonly brokenOff = new Set<bigint>();
  private readonly isAt: BigInt64Array | undefined;
  private lastAnswered = -1n;

  constructor(file: string | URL, options: WorkerOptions = {}) {
    const script = String(file);
    if (!script.endsWith(OF_SDK)) {
      super(file, options);
      return;
    }
    const isAt = new BigInt64Array(new SharedArrayBuffer(8)).fill(AT_NOTHING);
    super(SCRIPT, { ...options, workerData: { script, isAt } });
    this.isAt = isAt;
  }

  override postMessage(request: Request, transfer?: Parameters<threads.Worker['postMessage']>[1]): void {
    const { requestId, input } = request;
    if (this.isAt) {
      if (input.type === 'extract-sink-calls' && this.silent.delete(input.runId ?? '')) {
        // The SDK waits for an answer only once it has sent the question.
        process.nextTick(() => super.emit('message', { requestId, result: { type: 'ok', output: { type: 'sink-calls', calls: [] } } }));
        return;
      }
      // The first one loads the code of all workflows, as long as that takes.
      if (input.type !== 'init') this.asked.set(requestId, 0);
      else if (input.isolateExecutionTimeoutMs) this.watch(this.isAt, { limitMs: input.isolateExecutionTimeoutMs, looks: 0, at: AT_NOTHING });
    }
    super.postMessage(request, transfer as never);
  }

  override emit(event: string | symbol, ...args: unknown[]): boolean {
    if (this.isAt && event === 'message') {
      const { requestId, result } = args[0] as Response;
      // Its answer was on its way when it was broken off.
      if (this.brokenOff.delete(requestId)) return true;
      if (this.asked.delete(requestId) && requestId > this.lastAnswered) this.lastAnswered = requestId;
      const { runId, hasLogged } = result?.output?.completion ?? {};
      if (runId !== undefined && hasLogged === false) this.silent.add(runId);
    }
    return super.emit(event, ...args);
  }

  private watch(isAt: BigInt64Array, watch: Watch): void {
    // Counted, not timed: where the whole process stood still, the thread did, too.
    const look = (): void => {
      const at = Atomics.load(isAt, 0);
      watch.looks = at === watch.at && this.asked.has(at) ? watch.looks + 1 : 0;
      watch.at = at;
      if (watch.looks >= LOOKS) {
        watch.looks = 0;
        void this.endStep(at, watch.limitMs);
      }
      // A step that ended while another was to be broken off may have met that in its place: the thread has gone on, and will never answer.
      for (const [requestId, looks] of this.asked) {
        this.asked.set(requestId, looks + 1);
        if (requestId < this.lastAnswered && at !== requestId && looks > 2 * LOOKS) this.fail(requestId, watch.limitMs);
      }
    };
    const timer = setInterval(look, watch.limitMs / LOOKS).unref();
    this.once('exit', () => {
      clearInterval(timer);
      this.asked.clear();
    });
  }

  private async endStep(requestId: bigint, limitMs: number): Promise<void> {
    try {
      await breakOff(this.threadId, limitMs);
    } catch {
      // Then the SDK ends the worker, and the supervisor starts another.
      await this.terminate();
      return;
    }
    this.fail(requestId, limitMs);
  }

  private fail(requestId: bigint, limitMs: number): void {
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
