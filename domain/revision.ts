/**
 * The protocol by which a project and its open children change together (hold, resume, cancel, and the move to
 * another plan): prepare → each answers with its seq and digest, or with its end → commit or abort. No handler awaits another workflow.
 */
import type { Message, StreamId } from './process';
import { unreachable } from './unreachable';

export type RevisionKind = 'hold' | 'resume' | 'cancel' | 'migrate';

/** What a child answers to `prepare`. `ended` means it can't change any more. */
export interface RevisionReply {
  readonly revision: number;
  readonly child: StreamId;
  readonly seq: number;
  readonly digest: string;
  readonly ended: boolean;
}

/** The messages that a parent sends to its open children. */
export type RevisionMessage =
  | { readonly type: 'prepare'; readonly revision: number; readonly kind: RevisionKind }
  | { readonly type: 'commit'; readonly revision: number; readonly kind: RevisionKind }
  | { readonly type: 'abort'; readonly revision: number; readonly kind: RevisionKind };

/**
 * While answers are missing, the parent looks this often whether its children are still there: one that was ended from outside has
 * answered by that. `prepare` is not sent again, since a message is tried until it arrives.
 */
export const LOOK_AGAIN_AFTER_MS = 30_000;

/** Makes the effects that tell each child. */
export function tellChildren(children: readonly StreamId[], message: RevisionMessage): { kind: 'message'; to: StreamId; message: Message }[] {
  return children.map((to) => ({ kind: 'message' as const, to, message: { ...message } }));
}

/** What a child hears that answers for itself: it digests nothing that the project would have to know. `S`: its part of a plan. */
export type RevisionCommand<S> =
  | { readonly type: 'prepare'; readonly revision: number; readonly kind: RevisionKind }
  | { readonly type: 'commit'; readonly revision: number; readonly kind: RevisionKind; readonly slice?: S }
  | { readonly type: 'abort'; readonly revision: number; readonly kind: RevisionKind };

export type RevisionEvent<S> =
  | { readonly type: 'revision-prepared'; readonly revision: number; readonly kind: RevisionKind }
  | { readonly type: 'revision-committed'; readonly revision: number; readonly kind: RevisionKind; readonly slice?: S }
  | { readonly type: 'revision-aborted'; readonly revision: number; readonly kind: RevisionKind };

interface Revised {
  /** The last one that was settled. */
  readonly settled: number;
  /** The one under way. */
  readonly revision?: { readonly revision: number; readonly kind: RevisionKind };
}

/** What such a child makes of a message; nothing of one that comes twice or too late. */
export function hearRevision<S>(state: Revised, command: RevisionCommand<S>): RevisionEvent<S>[] {
  const { revision, kind } = command;
  switch (command.type) {
    case 'prepare': return state.revision || revision <= state.settled ? [] : [{ type: 'revision-prepared', revision, kind }];
    case 'abort': return state.revision?.revision === revision ? [{ type: 'revision-aborted', revision, kind }] : [];
    case 'commit': return state.revision?.revision === revision ? [{ type: 'revision-committed', revision, kind, ...(command.slice && { slice: command.slice }) }] : [];
    default: return unreachable(command);
  }
}

/** The state of a child without the revision that is over. */
export function settleRevision<T extends Revised>(state: T, revision: number): T {
  const { revision: _, ...rest } = state;
  return { ...rest, settled: revision } as T;
}
