/**
 * The protocol by which a project and its open children change together (hold, resume, cancel, and the move to
 * another plan): prepare → each answers with its seq and digest, or with its end → commit or abort. No handler awaits another workflow.
 */
import type { Message, StreamId } from './process';

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
