/** Small checkouts in a temporary folder, so that each check is seen to fail on what it is there for. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export const ROOT = path.resolve(__dirname, '..', '..');
const made: string[] = [];

/** Makes a folder with the files, by path; `link` adds the installed packages. */
export function makeTree(files: Readonly<Record<string, string>>, { link = false } = {}): string {
  // Behind its real path: the programs under test compare paths.
  const root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'sluis-check-')));
  made.push(root);
  for (const [file, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    fs.writeFileSync(path.join(root, file), text);
  }
  if (link) fs.symlinkSync(path.join(ROOT, 'node_modules'), path.join(root, 'node_modules'));
  return root;
}

export function removeTrees(): void {
  for (const root of made.splice(0)) fs.rmSync(root, { recursive: true, force: true });
}

export interface Ended {
  readonly code: number | null;
  readonly lines: readonly string[];
}

/** Runs a program and gives its exit code and the lines it wrote. */
export function run(program: string, args: readonly string[], cwd = ROOT): Ended {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: 'utf8', env: { ...process.env, CI: '1', JEST_WORKER_ID: undefined } });
  return { code: status, lines: `${stdout}${stderr}`.split('\n').filter(Boolean) };
}

/** Runs a check of `scripts/check/` on a tree. */
export const runCheck = (check: string, root: string): Ended => run(process.execPath, [path.join(ROOT, 'scripts', 'check', `${check}.mjs`), root]);
