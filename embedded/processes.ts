import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { constants, getPriority, setPriority } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process, told apart from a later one with the same number by the moment it began. */
export type ProcessRecord = { readonly pid: number; readonly began: string };

/** Describes a process that runs; undefined when there is none with this number (or only its remains, a zombie). */
export function recordProcess(pid: number): ProcessRecord | undefined {
  const began = process.platform === 'linux' ? beganOnLinux(pid) : beganElsewhere(pid);
  return began === undefined ? undefined : { pid, began };
}

/** Whether the very process that was recorded still runs. */
export function isRunning(record: ProcessRecord): boolean {
  return recordProcess(record.pid)?.began === record.began;
}

/** Ends a recorded process and waits for it: SIGTERM, then SIGKILL after `graceMs`. Does nothing when it is gone. */
export async function endProcess(record: ProcessRecord, graceMs: number): Promise<void> {
  signal(record, 'SIGTERM');
  const limit = Date.now() + graceMs;
  while (isRunning(record)) {
    if (Date.now() > limit) signal(record, 'SIGKILL');
    await sleep(25);
  }
}

/** By so much a process that gives way is the nicer one: where all processors are busy it gets a third of what another gets. */
const NICER = 5;

/**
 * Makes a process, with all of its threads, give way to others such as this one. Threads that it makes later take after those that make them. Linux may share the
 * processors among sessions first (autogroup), and looks at threads within each only: a process that leads a session of its own gives way as a session, too.
 */
export async function giveWay(pid: number): Promise<void> {
  const priority = Math.min(getPriority() + NICER, constants.priority.PRIORITY_LOW);
  for (const thread of threadsOf(pid)) {
    try {
      setPriority(thread, priority);
    } catch {
      // It has ended already, or may not be told so here: then it competes with the others, as it would have.
    }
  }
  await giveWayAsSession(pid);
}

/** Makes the session of a process give way where it is another than this one and sessions share the processors; else nothing. */
async function giveWayAsSession(pid: number): Promise<void> {
  for (let attempt = 1; attempt <= 10; attempt += 1) {
    try {
      const [own, other] = [autogroupOf('self'), autogroupOf(pid)];
      if (other.name !== own.name) writeFileSync(`/proc/${pid}/autogroup`, String(Math.min(own.nice + NICER, constants.priority.PRIORITY_LOW)));
      return;
    } catch (error) {
      // The system knows no such sessions, or this may not be told here; one is told each tenth of a second, whoever asks.
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return;
      await sleep(110);
    }
  }
}

/** The group of a process, as in `/autogroup-42 nice 0`. @throws Error where there are none. */
function autogroupOf(pid: number | 'self'): { readonly name: string; readonly nice: number } {
  const text = readFileSync(`/proc/${pid}/autogroup`, 'utf8');
  const [, name, nice] = /^(\S+) nice (-?\d+)/.exec(text) ?? [];
  if (name === undefined) throw new Error(`no group of sessions: ${text}`);
  return { name, nice: Number(nice) };
}

/** The threads of a process, where each has a priority of its own (Linux); else the process itself. */
function threadsOf(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).map(Number);
  } catch {
    return [pid];
  }
}

function signal(record: ProcessRecord, name: NodeJS.Signals): void {
  if (!isRunning(record)) return;
  try {
    process.kill(record.pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Boot and clock ticks since: unique over restarts of the machine. */
function beganOnLinux(pid: number): string | undefined {
  try {
    // The name in brackets may hold blanks and brackets; the fields after it don't.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot}:${fields[19] ?? ''}`;
  } catch {
    return undefined;
  }
}

function beganElsewhere(pid: number): string | undefined {
  try {
    const line = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    return line === '' || line.startsWith('Z') ? undefined : line.replace(/^\S+\s+/, '');
  } catch {
    return undefined;
  }
}
