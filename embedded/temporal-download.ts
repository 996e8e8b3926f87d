import { fork } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { step, type Say } from './progress';

/** No byte for this long: the host can't be reached, or hangs. */
const SILENCE_MS = 15_000;
/** In all, however steadily it comes. */
const LIMIT_MS = 300_000;

/**
 * Has the Temporal SDK fetch its official server program into `folder`. The SDK offers no download by itself, it starts the
 * server as well: so it does that in a process of its own, which can be ended when the host hangs.
 * Returns the path of the program; throws when nothing arrives in time.
 */
export async function downloadWithSdk(folder: string, say: Say, signal?: AbortSignal): Promise<string> {
  const incoming = join(folder, `incoming-${process.pid}`);
  mkdirSync(incoming, { recursive: true });
  try {
    await step('fetching the Temporal server (official download, once)', say, () => runDownload(incoming, signal));
    const [name] = readdirSync(incoming).filter((entry) => statSync(join(incoming, entry)).size > 1_000_000);
    if (name === undefined) throw new Error('it brought no program');
    const target = join(folder, 'temporal');
    chmodSync(join(incoming, name), 0o755);
    renameSync(join(incoming, name), target);
    return target;
  } finally {
    rmSync(incoming, { recursive: true, force: true });
  }
}

function runDownload(folder: string, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = join(__dirname, 'temporal-download-process.js');
    if (!existsSync(script)) {
      reject(new Error('the product is not built'));
      return;
    }
    const child = fork(script, [folder], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
    let complaint = '';
    child.stderr?.on('data', (chunk: Buffer) => { complaint += chunk.toString(); });
    const began = Date.now();
    let size = 0;
    let moved = Date.now();
    const watch = setInterval(() => {
      const now = folderSize(folder);
      if (now !== size) [size, moved] = [now, Date.now()];
      if (Date.now() - moved > SILENCE_MS) give(new Error(`nothing arrived for ${SILENCE_MS / 1000} s`));
      else if (Date.now() - began > LIMIT_MS) give(new Error(`it was not all there after ${LIMIT_MS / 1000} s`));
    }, 500);
    const abort = (): void => give(new Error('interrupted'));
    signal?.addEventListener('abort', abort);
    function give(error?: Error): void {
      clearInterval(watch);
      signal?.removeEventListener('abort', abort);
      child.kill('SIGKILL');
      if (error) reject(error);
      else resolve();
    }
    child.once('message', () => give());
    child.once('error', (error) => give(error));
    child.once('exit', (code) => {
      const [line] = complaint.trim().split('\n').filter((text) => text.includes('rror'));
      give(new Error(line ?? `it ended with exit code ${code ?? 'unknown'}`));
    });
  });
}

function folderSize(folder: string): number {
  return readdirSync(folder).reduce((sum, name) => {
    return sum + (statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0);
  }, 0);
}
