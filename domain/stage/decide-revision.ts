/** A stage's part in a change of the whole project: it answers for itself and for its open approval. */
import type { Context } from '../process';
import { KEEPS_DAYS, rulesOf } from '../rules';
import { dropOpenTasks } from './advance';
import { stageDigest } from './evolve';
import { openApproval } from './gate';
import { migrate, standingDigest } from './migrate';
import type { StageCommand, StageEvent, StageState } from './types';

type RevisionNews = Extract<StageCommand, { type: 'prepare' | 'prepared' | 'commit' | 'abort' }>;

export function decideRevision(state: StageState, command: RevisionNews, context: Context): StageEvent[] {
  const { revision } = command;
  switch (command.type) {
    case 'prepare': {
      if (state.revision || revision <= state.settled) return [];
      const waitingFor = openApproval(state);
      return [{ type: 'revision-prepared', revision, kind: command.kind, digest: command.kind === 'migrate' ? standingDigest(state) : stageDigest(state), ...(waitingFor !== undefined && { waitingFor }) }];
    }
    case 'prepared': {
      const { type: _, ...reply } = command;
      return state.revision?.revision === revision && state.revision.waitingFor === command.child ? [{ type: 'revision-answered', revision, reply }] : [];
    }
    case 'abort':
      return state.revision?.revision === revision ? [{ type: 'revision-aborted', revision, kind: command.kind }] : [];
    case 'commit': {
      if (state.revision?.revision !== revision) return [];
      const { kind, move } = command;
      if (move) return migrate(state, command, move, context);
      const committed: StageEvent = { type: 'revision-committed', revision, kind, ...(kind === 'resume' && restOf(state, context)) };
      if (kind !== 'cancel') return [committed];
      return [committed, ...dropOpenTasks(state), { type: 'stage-ended', status: 'cancelled' }];
    }
  }
}

/** How long a stage was on hold: since when, under older rules in milliseconds. */
function restOf({ heldAt }: StageState, context: Context): Pick<Extract<StageEvent, { type: 'revision-committed' }>, 'heldSince' | 'pausedMs'> {
  if (heldAt === undefined) return {};
  return rulesOf(context) >= KEEPS_DAYS ? { heldSince: heldAt } : { pausedMs: context.now - heldAt };
}
