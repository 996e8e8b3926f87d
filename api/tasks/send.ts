/** What the handlers of commands on tasks share. */
import type { z } from 'zod';
import type { Authority, StreamId } from '../../domain/process';
import { authorityOf, send } from '../commands/send';
import { earlierRounds } from '../commands/stream';
import type { Deps } from '../deps';
import type { Call, Reply } from '../http/endpoint';
import { namingFor } from '../naming';
import { Problem } from '../problem';
import type { ProjectAccess } from '../reads';
import { personId, type taskParams } from '../schemas';

type Params = z.output<typeof taskParams>;
type Make = (access: ProjectAccess) => Promise<{ readonly type: string; readonly [field: string]: unknown }>;

export const TASK_PATH = '/projects/{project}/phases/{phase}/tasks/{task}';

/** In whose name tasks are worked on, as bodies have it. */
export const onBehalfOf = personId.optional().meta({ description: 'In whose name, when you stand in for somebody who is absent: both names stand on record.' });

/** As `authorityOf`; in the name of somebody absent with the roles that were delegated, as tasks have no list of stand-ins of their own. */
export function taskAuthority(call: Pick<Call, 'caller'>, access: ProjectAccess, absent?: string): Authority {
  const authority = authorityOf(call, access, absent);
  if (authority.kind !== 'person' || authority.onBehalfOf === undefined) return authority;
  return { ...authority, roles: [...new Set((access.standsInFor ?? []).flatMap((each) => (each.absent === absent ? each.delegated : [])))] };
}

/** Sends a command to the stage that has a task. @param absent in whose name, if not the caller's own. */
export async function sendToTask(call: Call<Params>, deps: Deps, make: Make, absent?: string): Promise<Reply> {
  const { project, phase, task } = call.params;
  const access = await deps.enter(call.caller, project);
  const seen = deps.seenPhaseStream(call.caller, project, phase);
  const [stream, naming] = await Promise.all([
    seen ? seen.stream : deps.phaseStream(project, phase), namingFor(deps, access, call.language, { phase, task }),
  ]);
  call.name(naming);
  if (stream === undefined) throw new Problem('unknown-phase', { facts: { phase } });
  if (stream === null) throw new Problem('task-not-ready', { facts: { task, waitingFor: [`phase:${phase}`] } });
  return send(call, deps, access, stream, () => make(access), taskAuthority(call, access, absent));
}

/** As {@link sendToTask}, for what undoes a completion: once the phase is over, its gate has decided. */
export async function sendToUndo(call: Call<Params>, deps: Deps, make: Make, absent?: string): Promise<Reply> {
  try {
    return await sendToTask(call, deps, make, absent);
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'phase-closed') throw error;
    const { project, phase, task } = call.params;
    const outcome = await deps.reads.phaseOutcome(project, phase);
    // Without a gate nobody has decided: the phase is over, no more.
    throw outcome === null || outcome === 'no-gate' ? error : new Problem('change-request-required', { facts: { task } });
  }
}

/** The streams of a phase's rounds, the latest first. @throws Problem when it has none yet, or there is no such phase. */
export async function roundsOf(deps: Deps, project: string, phase: string): Promise<StreamId[]> {
  const stream = await deps.phaseStream(project, phase);
  if (stream === undefined) throw new Problem('unknown-phase', { facts: { phase } });
  return stream === null ? [] : [stream, ...earlierRounds(stream)];
}
