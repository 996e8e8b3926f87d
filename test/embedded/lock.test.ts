import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endLeftovers } from '../../embedded/leftovers';
import { LockedError, readLock, takeLock } from '../../embedded/lock';
import { endProcess, isRunning, recordProcess } from '../../embedded/processes';
import { writeJson } from '../../embedded/run-state';

const folder = mkdtempSync(join(tmpdir(), 'sluis-lock-'));
const path = join(folder, 'lock.json');
const sleeper = () => spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)'], { stdio: 'ignore' });

afterEach(() => rmSync(path, { force: true }));
afterAll(() => rmSync(folder, { recursive: true }));

/** The record of a process that has ended. */
async function deadProcess() {
  const child = sleeper();
  const record = recordProcess(child.pid ?? 0);
  child.kill('SIGKILL');
  await once(child, 'exit');
  if (!record) throw new Error('the process was gone before it was recorded');
  return record;
}

describe('the lock of a data folder', () => {
  test('is refused while its owner runs, with the owner\'s process id', () => {
    const release = takeLock(path);
    expect(() => takeLock(path)).toThrow(LockedError);
    expect(() => takeLock(path)).toThrow(`process ${process.pid}`);
    release();
    expect(existsSync(path)).toBe(false);
    takeLock(path)();
  });

  test('is taken over from an owner that was killed', async () => {
    writeJson(path, await deadProcess());
    const release = takeLock(path);
    expect(readLock(path)?.pid).toBe(process.pid);
    release();
  });

  test('is taken over when the owner\'s process id now belongs to another process', () => {
    writeJson(path, { pid: process.pid, began: 'at another time' });
    takeLock(path)();
  });

  test('is taken over when it can\'t be read', () => {
    writeFileSync(path, '{"pid":');
    takeLock(path)();
  });

  test('is not given back by one who lost it', async () => {
    const release = takeLock(path);
    const other = sleeper();
    writeJson(path, recordProcess(other.pid ?? 0));
    release();
    expect(readLock(path)?.pid).toBe(other.pid);
    other.kill('SIGKILL');
    await once(other, 'exit');
  });
});

describe('processes of an earlier run', () => {
  test('are ended by their record; one that merely has the same number is left alone', async () => {
    const [left, stranger] = [sleeper(), sleeper()];
    const record = recordProcess(left.pid ?? 0);
    const run = join(folder, 'run.json');
    writeJson(run, { parts: { temporal: record, api: { pid: stranger.pid, began: 'at another time' } } });
    const said: string[] = [];
    const exited = once(left, 'exit');
    await endLeftovers(run, (line) => said.push(line));
    await exited;
    expect(said).toEqual(['  … ending 1 process that an earlier run left behind']);
    expect(stranger.exitCode).toBeNull();
    stranger.kill('SIGKILL');
    await once(stranger, 'exit');
  });

  test('are killed when they don\'t end in time', async () => {
    const stubborn = spawn(process.execPath, ['-e', 'process.on("SIGTERM", () => undefined); setInterval(() => undefined, 1000); console.log("up")']);
    await once(stubborn.stdout, 'data');
    const record = recordProcess(stubborn.pid ?? 0);
    if (!record) throw new Error('not found');
    expect(isRunning(record)).toBe(true);
    const exited = once(stubborn, 'exit');
    await endProcess(record, 200);
    expect(isRunning(record)).toBe(false);
    expect(await exited).toEqual([null, 'SIGKILL']);
  });
});
