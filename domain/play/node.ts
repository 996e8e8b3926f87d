/** A state that an exploration came to, and the way there. */
import type { PlanPhase } from '../plan';
import type { Key } from '../process';
import { phaseStream } from '../project/children';
import type { Assignment } from './assignments';
import type { Finding, Move, PhaseStanding } from './findings';
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

/** The moves from the start to a state, and how the phases stood at the start and after each of them. */
export function wayTo(node: Node): Pick<Finding, 'trace' | 'standings'> {
  const nodes: Node[] = [];
  for (let each: Node | undefined = node; each; each = each.parent) nodes.unshift(each);
  return { trace: nodes.flatMap(({ move }) => move ?? []), standings: nodes.map(({ play }) => standingOf(play)) };
}

function standingOf(play: Play): PhaseStanding[] {
  const { project, phases } = play.project();
  return Object.entries(phases).map(([phase, { status, round }]) => {
    const stage = play.stage(phaseStream(project, phase, round));
    const tasks = Object.values(stage?.tasks ?? {}).filter((task) => task.status !== 'dropped');
    const done = tasks.filter((task) => task.status === 'done').length;
    return { phase, status, gate: stage?.gate.status ?? 'waiting', done, open: tasks.length - done };
  });
}
