/** Who keeps out of the work of a phase, so that its gate can be decided. */
import type { Key, PersonId } from '../process';
import { deliverers } from '../stage/gate';
import { tasksOf } from '../stage/tasks';
import type { StageState } from '../stage/types';

/**
 * Where who did the work may not decide, people see to it that somebody can: for each step of the gate, of those who may vote in it and have delivered
 * nothing yet, the one who has the least to do in the phase. Nobody where the gate does not separate duties.
 * @param holding who holds a role
 */
export function keptFree(stage: StageState, holding: (role: Key) => readonly PersonId[]): ReadonlySet<PersonId> {
  const { phase } = stage.input;
  const kept = new Set<PersonId>();
  if (!phase.gate?.policy.separationOfDuties) return kept;
  const delivered = deliverers(stage);
  const load = new Map<PersonId, number>();
  for (const { rasci } of tasksOf(phase)) for (const person of holding(rasci.r)) load.set(person, (load.get(person) ?? 0) + 1);
  for (const { roles } of phase.gate.policy.steps) {
    const voters = roles.flatMap(holding).filter((person) => !delivered.has(person));
    if (voters.some((person) => kept.has(person))) continue;
    const [free] = voters.sort((one, other) => (load.get(one) ?? 0) - (load.get(other) ?? 0));
    if (free !== undefined) kept.add(free);
  }
  return kept;
}
