import { fork } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { getPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Part } from '../../embedded/part';
import type { ProcessRecord } from '../../embedded/processes';

const folder = mkdtempSync(join(tmpdir(), 'sluis-part-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A part that runs the script; keeps every process it had. */
function makePart(script: string, { stopMs = 5000, readyMs = 30_000, givesWay = false, detached = false } = {}) {
  const path = join(folder, `${Math.random().toString(36).slice(2)}.js`);
  writeFileSync(path, script);
  const said: string[] = [];
  const seen: (ProcessRecord | undefined)[] = [];
  const part = new Part({
    name: 'helper', givesWay,
    launch: () => fork(path, [], { execArgv: [], stdio: 'ignore', detached }),
    waitReady: (child) => new Promise((resolve) => { child.once('message', () => resolve()); }),
    requestStop: (child) => { child.send('stop', () => undefined); },
    stopLimitMs: stopMs,
    readyLimitMs: readyMs,
    lastWords: () => ' Last words.',
    say: (line) => said.push(line),
    changed: (record) => seen.push(record),
  });
  const pids = (): number[] => seen.flatMap((record) => (record ? [record.pid] : []));
  return { part, said, pids };
}

const GOOD = 'process.send("ready"); process.on("message", () => process.exit(0));';

async function until(what: () => boolean): Promise<void> {
  const limit = Date.now() + 60_000;
  while (!what()) {
    if (Date.now() > limit) throw new Error('it did not happen within 60 s');
    await sleep(20);
  }
}

describe('a part of the product', () => {
  test('is started again when it is killed, and stays down once stopped', async () => {
    const { part, said, pids } = makePart(GOOD);
    await part.start();
    process.kill(pids()[0] ?? 0, 'SIGKILL');
    await until(() => pids().length === 2);
    expect(said).toEqual(['The helper ended (SIGKILL); starting it again.']);
    await sleep(300);
    await part.stop();
    await sleep(500);
    expect(pids()).toHaveLength(2);
  });

  test('gives way to the others where it is to, also after it was started again', async () => {
    const { part, pids } = makePart(GOOD, { givesWay: true });
    const other = makePart(GOOD);
    await Promise.all([part.start(), other.part.start()]);
    expect(getPriority(other.pids()[0])).toBe(getPriority());
    process.kill(pids()[0] ?? 0, 'SIGKILL');
    await until(() => pids().length === 2 && getPriority(pids()[1]) === getPriority() + 5);
    const threads = existsSync('/proc') ? readdirSync(`/proc/${pids()[1]}/task`).map(Number) : [];
    expect(threads.filter((thread) => getPriority(thread) !== getPriority() + 5)).toEqual([]);
    await Promise.all([part.stop(), other.part.stop()]);
  });

  test('gives way as a session where it leads one, and leaves its own session as it was', async () => {
    // Where the system shares nothing among sessions there is none to be told.
    const niceOf = (pid: number | string = 0): number => Number((existsSync(`/proc/${pid}/autogroup`) && /nice (-?\d+)/.exec(readFileSync(`/proc/${pid}/autogroup`, 'utf8'))?.[1]) || Number.NaN);
    const before = niceOf('self');
    const [leader, member] = [makePart(GOOD, { givesWay: true, detached: true }), makePart(GOOD, { givesWay: true })];
    await Promise.all([leader.part.start(), member.part.start()]);
    expect([niceOf(leader.pids()[0]), niceOf(member.pids()[0]), niceOf('self')]).toEqual([before + 5, before, before]);
    await Promise.all([leader.part.stop(), member.part.stop()]);
  });

  test('which falls again and again is started less and less often', async () => {
    const { part, pids } = makePart(`${GOOD} setTimeout(() => process.exit(3), 20);`);
    await part.start();
    await until(() => pids().length >= 4);
    const began = Date.now();
    await until(() => pids().length >= 5);
    expect(Date.now() - began).toBeGreaterThan(1000);
    await part.stop();
  });

  test('which does not come up makes the start fail, with its last words', async () => {
    const { part } = makePart('process.exit(7)');
    await expect(part.start()).rejects.toThrow('The helper ended before it was ready (exit code 7). Last words.');
    await part.stop();
  });

  test('which stays silent makes the start fail after its limit', async () => {
    const { part } = makePart('setInterval(() => undefined, 1000)', { readyMs: 300 });
    await expect(part.start()).rejects.toThrow('was not ready after 0.3 s');
    await part.stop();
  });

  test('which does not end when asked is killed', async () => {
    const { part, said, pids } = makePart('process.send("ready"); process.on("message", () => undefined)', { stopMs: 200 });
    await part.start();
    await part.stop();
    expect(said).toEqual(['The helper did not end within 0.2 s and was killed.']);
    expect(() => process.kill(pids()[0] ?? 0, 0)).toThrow('ESRCH');
  });
});
