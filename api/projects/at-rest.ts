/** Where projects stand when nothing that concerns all of them is on its way. */
import type { ApprovalState } from '../../domain/approval/types';
import { projectAmong, type Standing } from '../../domain/play/play';
import type { StageState } from '../../domain/stage/types';
import type { Deps } from '../deps';
import { pause } from '../http/limit';

const TRIES = 30;
const LOOK_EVERY_MS = 100;

/** A project has settled something of which a part of it has not heard yet. */
function isUnheard(standings: readonly Standing[]): boolean {
  return projectAmong(standings)?.revision === undefined
    && standings.some(({ process, state }) => process !== 'project' && (state as StageState | ApprovalState).revision !== undefined);
}

/**
 * States of running projects, read again for a few seconds where a message is still on its way: what is judged in between would be
 * neither the old plan nor the new one. One that has ended is missing.
 */
export async function readAtRest(deps: Deps, projects: readonly string[]): Promise<ReadonlyMap<string, readonly Standing[]>> {
  const found = new Map(await deps.reads.standings(projects));
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const unheard = [...found].filter(([, standings]) => isUnheard(standings)).map(([project]) => project);
    if (unheard.length === 0) break;
    await pause(LOOK_EVERY_MS);
    const again = await deps.reads.standings(unheard);
    for (const project of unheard) {
      const standings = again.get(project);
      if (standings) found.set(project, standings);
      else found.delete(project);
    }
  }
  return found;
}
