/** A change of the whole project, agreed with everything that is open in it: see `domain/revision.ts`. */
import { own } from '../fold';
import type { Key } from '../process';
import type { RevisionKind, RevisionReply } from '../revision';
import { endBeside, openChildren, phaseStream } from './children';
import { standsAsProved } from './migrate';
import type { Migration, ProjectEvent, ProjectState } from './types';

/** Begins a revision; with nobody to ask it is settled at once. */
export function prepare(state: ProjectState, kind: RevisionKind, reason?: { text: string }, migration?: Migration): ProjectEvent[] {
  const children = openChildren(state).filter((child) => !state.lostChildren.includes(child));
  const prepared: ProjectEvent = { type: 'revision-prepared', revision: state.revisions + 1, kind, children, ...(reason && { reason }), ...(migration && { migration }) };
  return children.length > 0 ? [prepared] : [prepared, ...commit(state, state.revisions + 1, kind, reason, migration)];
}

function commit(state: ProjectState, revision: number, kind: RevisionKind, reason?: { text: string }, migration?: Migration): ProjectEvent[] {
  const committed: ProjectEvent = { type: 'revision-committed', revision, kind, ...(reason && { reason }), ...(migration?.reopen && { reopen: migration.reopen }),
    ...(migration?.change !== undefined && { change: migration.change }) };
  if (migration?.again && migration.change !== undefined) {
    const phases = migration.again.filter((key) => own(state.phases, key)?.status !== 'waiting');
    return [committed, { type: 'phases-reset', by: migration.change, phases }];
  }
  if (kind !== 'cancel') return [committed];
  const closing = closingOf(state);
  const skipped = Object.entries(state.phases).filter(([key, phase]) => phase.status === 'waiting' && key !== closing)
    .map(([phase]): ProjectEvent => ({ type: 'phase-skipped', phase }));
  const gone = Object.entries(state.phases)
    .filter(([key, phase]) => state.lostChildren.includes(phaseStream(state.project, key, phase.round)))
    .map(([phase, { round }]): ProjectEvent => ({ type: 'phase-ended', phase, round }));
  return [{ ...committed, ...(closing !== undefined && { closing }) }, ...endBeside(state), ...skipped, ...gone];
}

/** The phase that closes a project which is cancelled now: none when it has begun, or when the closing itself is cancelled. */
function closingOf({ plan, phases, cancelReason }: ProjectState): Key | undefined {
  const { onCancel } = plan;
  return onCancel !== undefined && !cancelReason && own(phases, onCancel)?.status === 'waiting' ? onCancel : undefined;
}

export function answered(state: ProjectState, reply: RevisionReply): ProjectEvent[] {
  const { revision } = state;
  if (!revision || revision.revision !== reply.revision || !revision.waitingFor.includes(reply.child)) return [];
  const events: ProjectEvent[] = [{ type: 'revision-answered', revision: reply.revision, reply }];
  if (revision.waitingFor.length > 1) return events;
  const { kind, reason, migration } = revision;
  // What a stopped project would still get to do by a change must not keep it from its end.
  const isStopped = migration?.change !== undefined && state.stoppedBy !== undefined;
  if (isStopped || migration && !standsAsProved(migration, { ...revision.replies, [reply.child]: reply })) {
    return [...events, { type: 'revision-aborted', revision: revision.revision, kind, because: 'moved-on' }];
  }
  return [...events, ...commit(state, revision.revision, kind, reason, migration)];
}
