import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { isRunning, recordProcess, type ProcessRecord } from './processes';

/** The data folder is in use by another process of the product. */
export class LockedError extends Error {
  override readonly name = 'LockedError';

  constructor(readonly pid: number, path: string) {
    super(`Sluis already runs on this data folder (process ${pid}, lock ${path}). ` +
      'End that one first, or choose another folder with SLUIS_DATA (and another PORT).');
  }
}

/**
 * Takes the lock for this process; the function returned gives it back. A lock whose owner is gone (killed, or the machine
 * went down) is taken over. Throws a `LockedError` when its owner runs.
 */
export function takeLock(path: string): () => void {
  const own = recordProcess(process.pid);
  if (!own) throw new Error('This process can\'t find itself in the list of processes.');
  const mine = `${path}.${process.pid}`;
  // Written beside it and linked into place: nobody ever reads half a lock.
  writeFileSync(mine, JSON.stringify(own), { mode: 0o600 });
  try {
    for (;;) {
      try {
        linkSync(mine, path);
        break;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      const owner = readLock(path);
      if (owner && isRunning(owner)) throw new LockedError(owner.pid, path);
      putAside(path, owner);
    }
  } finally {
    rmSync(mine, { force: true });
  }
  return () => {
    const owner = readLock(path);
    if (owner?.pid === own.pid && owner.began === own.began) rmSync(path, { force: true });
  };
}

/** Who holds the lock, if it can be read; it may be gone by the time the caller looks. */
export function readLock(path: string): ProcessRecord | undefined {
  try {
    const content = JSON.parse(readFileSync(path, 'utf8')) as Partial<ProcessRecord>;
    if (typeof content.pid !== 'number' || typeof content.began !== 'string') return undefined;
    return { pid: content.pid, began: content.began };
  } catch {
    return undefined;
  }
}

/** Removes a dead lock. Two processes may see it at once: the second must not remove the lock the first has since taken. */
function putAside(path: string, seen: ProcessRecord | undefined): void {
  const aside = `${path}.${process.pid}.dead`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  const moved = readLock(aside);
  if (moved && (moved.pid !== seen?.pid || moved.began !== seen.began) && isRunning(moved)) {
    try {
      linkSync(aside, path);
    } catch {
      // A third one was quicker; the owner of the lock we moved finds out when it gives it back.
    }
  }
  rmSync(aside, { force: true });
}
