import { accessSync, constants, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { ConfigError } from '../config';
import { downloadWithSdk } from './temporal-download';
import { GO_MODULE, installWithGo } from './temporal-go';
import type { Say } from './progress';

type Environment = Readonly<Record<string, string | undefined>>;

export type LocateOptions = {
  /** TEMPORAL_CLI_PATH. */
  readonly cliPath: string | undefined;
  readonly env: Environment;
  readonly say: Say;
  /** Aborts a download or a compilation under way. */
  readonly signal?: AbortSignal;
};

/** The Temporal server is nowhere to be found. Names every way to get one. */
export class NoTemporalError extends Error {
  override readonly name = 'NoTemporalError';

  constructor(tried: readonly string[]) {
    super(['No Temporal server was found. Tried:', ...tried.map((line) => `  - ${line}`), 'Any one of these helps:',
      '  - install the Temporal CLI (https://docs.temporal.io/cli) so that `temporal` is on the PATH',
      '  - TEMPORAL_CLI_PATH=/path/to/temporal',
      '  - TEMPORAL_ADDRESS=host:port of a Temporal server that runs elsewhere',
      `  - install Go 1.23 or later: the CLI is then compiled from ${GO_MODULE}`].join('\n'));
  }
}

/**
 * Finds the Temporal CLI, which is also the server: TEMPORAL_CLI_PATH, else `temporal` on the PATH, else our own cache, else
 * the SDK's official download, else compiled by Go; the last two land in the cache. Returns the path of the program.
 * Throws a `ConfigError` when TEMPORAL_CLI_PATH is wrong, a `NoTemporalError` when all fails.
 */
export async function locateTemporal(options: LocateOptions): Promise<string> {
  const { cliPath, env, say } = options;
  if (cliPath !== undefined) {
    const path = resolve(cliPath);
    if (isProgram(path)) return path;
    throw new ConfigError([`TEMPORAL_CLI_PATH: ${path} is not a program that can be run. ` +
      'It must be the path of the `temporal` program.']);
  }
  const onPath = findOnPath('temporal', env);
  if (onPath) return onPath;

  const cache = cacheFolder(env);
  const cached = [join(cache, 'download', 'temporal'), join(cache, 'go', 'temporal')].find(isProgram);
  if (cached) return cached;

  const tried = ['`temporal` on the PATH: not there', `the cache ${cache}: empty`];
  try {
    return await downloadWithSdk(join(cache, 'download'), say, options.signal);
  } catch (error) {
    options.signal?.throwIfAborted();
    tried.push(`the official download: ${messageOf(error)}`);
  }
  const go = findOnPath('go', env);
  if (!go) throw new NoTemporalError([...tried, 'compiling it with Go: `go` is not on the PATH']);
  say(`  … the official download can't be reached; compiling the Temporal server with Go (once, some minutes)`);
  try {
    return await installWithGo(go, join(cache, 'go'), env, say, options.signal);
  } catch (error) {
    options.signal?.throwIfAborted();
    throw new NoTemporalError([...tried, `compiling it with Go: ${messageOf(error)}`]);
  }
}

/** The version of the server is part of the path: another version of Sluis may want another one. */
export function cacheFolder(env: Environment): string {
  const base = env['XDG_CACHE_HOME'] || join(env['HOME'] || homedir(), '.cache');
  return join(base, 'sluis', 'temporal-1.5.1');
}

function findOnPath(name: string, env: Environment): string | undefined {
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, name)).find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
