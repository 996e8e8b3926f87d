import { spawn } from 'node:child_process';
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Say } from './progress';

/** The official CLI, pinned. Later tags carry a `replace` line, which `go install` refuses. */
export const GO_MODULE = 'github.com/temporalio/cli/cmd/temporal@v1.5.1';

const SAY_EVERY_MS = 15_000;
/** Roughly how many packages the program is made of, to say how far it is. */
const PACKAGES = 1_300;

/**
 * Compiles the Temporal CLI with Go into `folder`, saying how far it is; sources come through Go's module proxy and are
 * checked by its checksum database. Returns the path of the program; throws with Go's own last line.
 */
export async function installWithGo(
  go: string,
  folder: string,
  env: Readonly<Record<string, string | undefined>>,
  say: Say,
  signal?: AbortSignal,
): Promise<string> {
  const incoming = join(folder, `incoming-${process.pid}`);
  mkdirSync(incoming, { recursive: true });
  const began = Date.now();
  let compiled = 0;
  let lastLine = '';
  const ticker = setInterval(() => {
    const done = Math.min(99, Math.round((compiled / PACKAGES) * 100));
    const what = compiled === 0 ? 'fetching the sources' : `about ${done}% compiled`;
    say(`    ${what}, ${Math.round((Date.now() - began) / 1000)} s`);
  }, SAY_EVERY_MS);
  try {
    await new Promise<void>((resolve, reject) => {
      const child = spawn(go, ['install', '-v', GO_MODULE], {
        env: { ...env, GOBIN: incoming } as NodeJS.ProcessEnv,
        stdio: ['ignore', 'ignore', 'pipe'],
        ...(signal ? { signal } : {}),
      });
      let rest = '';
      child.stderr.on('data', (chunk: Buffer) => {
        const lines = `${rest}${chunk.toString()}`.split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines.filter((text) => text.trim() !== '')) {
          lastLine = line;
          // "go: downloading …" comes first; a bare package path is one compiled.
          if (!line.startsWith('go: ')) compiled += 1;
        }
      });
      child.once('error', reject);
      child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(lastLine || `exit code ${code ?? 'unknown'}`))));
    });
    const target = join(folder, 'temporal');
    renameSync(join(incoming, 'temporal'), target);
    say(`    the Temporal server is compiled: ${Math.round((Date.now() - began) / 1000)} s`);
    return target;
  } finally {
    clearInterval(ticker);
    rmSync(incoming, { recursive: true, force: true });
  }
}
