/** Temporary folders and processes that end with this test run, however it ends; see `guard-process.mjs`. */
import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let guard: ChildProcess | undefined;

function tell(message: object): void {
  if (!guard) {
    guard = fork(join(__dirname, 'guard-process.mjs'), { detached: true, execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    guard.unref();
    guard.channel?.unref();
  }
  guard.send(message);
}

/** Has a process ended with this signal should the run not do it itself. */
export function guardProcess(pid: number, signal: NodeJS.Signals): void {
  tell({ add: { pid, signal } });
}

/** The process has ended. */
export function releaseProcess(pid: number): void {
  tell({ remove: pid });
}

/** Makes a folder for temporary files which is removed at the latest when the run is gone. */
export function makeFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `sluis-${name}-`));
  tell({ folder });
  return folder;
}
