/** Starts the SDK's threads for workflows by a script of ours: the SDK has no option for what that does. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import threads, { type WorkerOptions } from 'node:worker_threads';

const SCRIPT = join(__dirname, 'workflow-thread.js');
const OF_SDK = 'workflow-worker-thread.js';

class PreparedThread extends threads.Worker {
  constructor(file: string | URL, options: WorkerOptions = {}) {
    const script = String(file);
    if (script.endsWith(OF_SDK)) super(SCRIPT, { ...options, workerData: { script } });
    else super(file, options);
  }
}

/**
 * Runs `create`, which makes a worker: its workflows keep no stack traces. Running from sources (tests) there is no script to begin
 * with, and they do.
 */
export async function withoutStackTraces<T>(create: () => Promise<T>): Promise<T> {
  if (!existsSync(SCRIPT)) return create();
  const { Worker } = threads;
  threads.Worker = PreparedThread;
  try {
    return await create();
  } finally {
    threads.Worker = Worker;
  }
}
