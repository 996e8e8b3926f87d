/** What the operating system says of processes; Linux only, and without figures elsewhere. */
import { readFileSync, readdirSync } from 'node:fs';
import { round, sleep } from './measure';

interface Stat {
  readonly parent: number;
  readonly ticks: number;
}

function statOf(pid: number): Stat | undefined {
  try {
    const fields = (readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1] ?? '').split(' ');
    return fields[0] === 'Z' ? undefined : { parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) };
  } catch {
    return undefined;
  }
}

/** CPU time of processes and of the direct children of `parents`, in ticks. */
const ticksOf = (pids: readonly number[]): number => pids.reduce((sum, pid) => sum + (statOf(pid)?.ticks ?? 0), 0);

function childrenOf(parent: number): number[] {
  try {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number).filter((pid) => statOf(pid)?.parent === parent);
  } catch {
    return [];
  }
}

/** Who is watched: the engine's processes, and the server of the database with its children. */
export interface Watched {
  readonly engine: readonly number[];
  readonly database: number | undefined;
}

interface Look {
  readonly total: number;
  readonly busy: number;
  readonly client: number;
  readonly jvm: number;
  readonly db: number;
}

/** CPU time so far. */
export function lookAtCpu({ engine, database }: Watched): Look | undefined {
  try {
    const all = (readFileSync('/proc/stat', 'utf8').split('\n')[0] ?? '').trim().split(/\s+/).slice(1, 9).map(Number);
    const total = all.reduce((sum, ticks) => sum + ticks, 0);
    const db = database === undefined ? 0 : ticksOf([database, ...childrenOf(database)]);
    return { total, busy: total - (all[3] ?? 0) - (all[4] ?? 0), client: ticksOf([process.pid]), jvm: ticksOf(engine), db };
  } catch {
    return undefined;
  }
}

/** Percent of the whole machine. `jvm` is the engine (the name that the peers' table has), `others` all that is none of these. */
export type CpuShares = { readonly client: number; readonly jvm: number; readonly db: number; readonly others: number };

/** Shares of the machine's CPU time since an earlier look; null where there is nothing to look at. */
export function cpuSince(watched: Watched, before: Look | undefined): CpuShares | null {
  const now = lookAtCpu(watched);
  if (!before || !now || now.total === before.total) return null;
  const share = (ticks: number): number => round((100 * ticks) / (now.total - before.total), 0);
  const [client, jvm, db] = [share(now.client - before.client), share(now.jvm - before.jvm), share(now.db - before.db)];
  return { client, jvm, db, others: Math.max(0, share(now.busy - before.busy) - client - jvm - db) };
}

/** Waits until all other processes use less than SETTLE_PCT (15) of the CPUs, or SETTLE_S (60) seconds. */
export async function settle(watched: Watched): Promise<void> {
  const least = Number(process.env['SETTLE_PCT'] ?? 15);
  const giveUp = Date.now() + Number(process.env['SETTLE_S'] ?? 60) * 1000;
  while (Date.now() < giveUp) {
    const before = lookAtCpu(watched);
    await sleep(2000);
    const since = cpuSince(watched, before);
    if (!since || since.others < least) return;
  }
}

/** Resident memory of a process in MiB; null when it can't be told. */
export function rssMiB(pid: number | undefined): number | null {
  try {
    const kib = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kib === undefined ? null : round(Number(kib) / 1024, 1);
  } catch {
    return null;
  }
}
