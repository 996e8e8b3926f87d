import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

/**
 * The secret that hides who answered the pulse of a team; made when there is none. It is in no backup, so that an archive alone names
 * nobody: after a restore a pulse that was open takes no more answers.
 */
export function pulseKey(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    const made = randomBytes(32).toString('hex');
    writeFileSync(path, `${made}\n`, { mode: 0o600 });
    return made;
  }
}
