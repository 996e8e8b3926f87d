/** What a phase knows of those before it: evidence that conditions ask for, outcomes and moments of gates. */
import type { Reference, Scalar } from './expression';
import type { Evidence, EvidenceValue } from './evidence-types';
import { own } from './fold';
import type { Key } from './process';

/** Facts by key: `PHASE/TASK/FIELD`, `gate/KEY` (its outcome, `adopted` when it was passed elsewhere), `gate-at/KEY` (the instant of its decision, if known). */
export type Facts = Readonly<Record<string, Scalar>>;

export const factKey = (phase: Key, task: Key, field: Key): string => `${phase}/${task}/${field}`;
export const gateKey = (gate: Key): string => `gate/${gate}`;
export const gateMomentKey = (gate: Key): string => `gate-at/${gate}`;

/** The fact that a reference asks for; undefined for one to something else. */
export function factKeyOf(to: Reference): string | undefined {
  if (to[0] === 'fact') return factKey(to[1], to[2], to[3]);
  return to[0] === 'gate' ? gateKey(to[1]) : undefined;
}

/** Evidence as a condition sees it: what is for people to read is unknown to it. */
export function toScalar(value: EvidenceValue | undefined): Scalar {
  return typeof value === 'object' || value === undefined ? null : value;
}

/** Of evidence by task, what a phase says of itself. @param exports `TASK/FIELD` each. */
export function exportedFacts(phase: Key, exports: readonly string[], evidenceOf: (task: Key) => Evidence | undefined): Facts {
  return Object.fromEntries(exports.map((each): [string, Scalar] => {
    const [task = '', field = ''] = each.split('/');
    return [factKey(phase, task, field), toScalar(own(evidenceOf(task) ?? {}, field))];
  }));
}
