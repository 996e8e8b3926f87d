/** The command line as it is typed: a process of its own. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Product, startProduct } from './product';

export const CLI = join(__dirname, '..', '..', 'bin', 'sluis.mjs');

export interface CliResult {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** @param env Beside that of the test, without colours. */
export function runCli(args: readonly string[], { cwd, env = {} }: { readonly cwd: string; readonly env?: NodeJS.ProcessEnv }): Promise<CliResult> {
  return new Promise((resolve) => {
    execFile(process.execPath, [CLI, ...args], { cwd, env: { ...process.env, NO_COLOR: '1', ...env } }, (error, out, err) => {
      resolve({ code: error ? Number(error.code) : 0, out, err });
    });
  });
}

export interface CliBed {
  readonly product: Product;
  /** An empty one, where the commands run. */
  readonly folder: string;
  /** A command in the name of a person. */
  readonly sluis: (who: string, ...args: string[]) => Promise<CliResult>;
  close(): Promise<void>;
}

/** The whole product, and a folder from which commands speak to it. */
export async function startCliBed(): Promise<CliBed> {
  const product = await startProduct();
  const folder = mkdtempSync(join(tmpdir(), 'sluis-cli-'));
  return {
    product, folder,
    sluis: (who, ...args) => runCli([...args, '--url', product.url], { cwd: folder, env: { SLUIS_TOKEN: product.tokens.get(who), LC_ALL: 'en_US.UTF-8' } }),
    close: async () => {
      await product.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
