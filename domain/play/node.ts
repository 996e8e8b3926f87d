/** A state that an exploration came to, and the way there. */
import type { PlanPhase } from '../plan';
import type { Key } from '../process';
import type { Assignment } from './assignments';
import type { Move } from './findings';
import type { Play } from './play';

export interface Node {
  readonly play: Play;
  readonly key: string;
  readonly parent: Node | undefined;
  readonly move: Move | undefined;
  readonly chosen: ReadonlyMap<Key, Assignment>;
}

/** The move with the evidence that was chosen to go on after it. */
export function withChoice(move: Move | undefined, phase: PlanPhase, assignment: Assignment): Move | undefined {
  if (assignment.size === 0) return move;
  const delivered = [...assignment].map(([field, value]) => ({ phase: phase.key, field, value }));
  const base: Move = move ?? { kind: 'start' };
  return { ...base, delivered: [...(base.delivered ?? []), ...delivered] };
}

/** The moves from the start to a state. */
export function traceOf(node: Node): Move[] {
  const moves: Move[] = [];
  for (let each: Node | undefined = node; each; each = each.parent) if (each.move) moves.unshift(each.move);
  return moves;
}
