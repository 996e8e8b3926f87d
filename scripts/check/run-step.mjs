// Runs a program as one step of the tests: in a process group of its own, which ends when the step takes too long.
import { spawn } from 'node:child_process';
import path from 'node:path';

/**
 * Runs `command` in `root`, with its output on ours.
 * @param {string[]} command program and arguments
 * @param {{ root: string, minutes: number, env?: NodeJS.ProcessEnv }} options
 * @returns {Promise<{ ok: boolean, reason?: string }>}
 */
export function runProgram(command, { root, minutes, env = {} }) {
  return new Promise((resolve) => {
    const [program, ...rest] = command;
    const child = spawn(program, rest, {
      cwd: root,
      detached: true,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env, PATH: `${path.join(root, 'node_modules', '.bin')}${path.delimiter}${process.env.PATH}` },
    });
    let reason;
    const signal = (name) => {
      if (child.pid === undefined) return;
      try {
        process.kill(-child.pid, name);
      } catch {
        // It has ended meanwhile.
      }
    };
    const end = (why) => {
      reason ??= why;
      signal('SIGTERM');
      setTimeout(() => signal('SIGKILL'), 10_000).unref();
    };
    const timer = setTimeout(() => end(`took longer than ${minutes} minutes and was ended`), minutes * 60_000);
    const interrupt = () => end('interrupted');
    process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
    const settle = (result) => {
      clearTimeout(timer);
      process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
      resolve(result);
    };
    child.once('error', (error) => settle({ ok: false, reason: error.message }));
    child.once('close', (code, by) => settle(code === 0 && !reason ? { ok: true } : { ok: false, reason: reason ?? `ended with ${by ?? code}` }));
  });
}
