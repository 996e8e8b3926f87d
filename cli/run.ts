/** How a command runs and ends. Exit codes: 0 all is well, 1 something was found or refused, 2 it was asked wrongly. */
import { ApiProblem } from '../client/errors';
import { ConfigError, loadConfig, type Config } from '../config';
import { sayProblem } from './client/failure';
import { type Output, printJson } from './terminal/print';
import { UsageError } from './terminal/usage-error';

export const EXIT = { found: 1, usage: 2 } as const;

/**
 * Runs a command with the configuration; an expected failure is one message, without a stack. What the API refused is
 * the answer of a command that answers as JSON.
 */
export async function run(command: (config: Config) => Promise<void> | void, { json }: Output = {}): Promise<void> {
  try {
    await command(loadConfig());
  } catch (error) {
    process.exitCode = error instanceof UsageError || error instanceof ConfigError ? EXIT.usage : EXIT.found;
    // Nothing that a failed command left open may keep the process.
    setTimeout(() => process.exit(), 1000).unref();
    if (json && error instanceof ApiProblem) printJson(error.problem);
    else process.stderr.write(`${sayFailure(error)}\n`);
  }
}

function sayFailure(error: unknown): string {
  if (error instanceof ConfigError) return `The configuration is wrong:\n${error.problems.map((line) => `  ${line}`).join('\n')}`;
  if (!(error instanceof Error)) return String(error);
  if (process.env['SLUIS_LOG_LEVEL'] === 'debug') return error.stack ?? error.message;
  return error instanceof ApiProblem ? sayProblem(error.problem) : error.message;
}
