/** What can be wrong with an authored template. Codes are forever: clients and tests switch on them. */
import type { Sentence } from './say';

/** Problems of the text and its shape, found by `parseTemplate`. */
export const SHAPE_PROBLEMS = [
  'too-large', 'syntax', 'too-many-aliases', 'too-deep', 'duplicate-yaml-key', 'multiple-documents',
  'required', 'type', 'unknown-key', 'choice', 'format', 'range', 'too-long', 'too-short', 'control-character', 'reserved-key',
] as const;

/** Problems of meaning, found by `compile`; by `parseTemplate` too, in what is right of a template whose shape is wrong. */
export const MEANING_PROBLEMS = [
  'duplicate-key', 'unknown-role', 'unknown-phase', 'unknown-task', 'unknown-deliverable', 'unknown-field', 'unknown-choice',
  'unknown-parameter', 'reserved-role', 'body-of-bodies', 'body-not-allowed', 'chair-not-member', 'deliverable-not-produced', 'not-iterations', 'not-handover', 'exit-criterion', 'sign-off-when', 'needs-sprints', 'sprint-too-long', 'event-too-long',
  'field-not-testable', 'test-never-holds', 'empty-range', 'depends-on-own-phase', 'task-cycle', 'phase-cycle', 'dependency-cycle',
  'scope-without-changes', 'stop-to-itself', 'stop-to-earlier-phase', 'escalation-incomplete', 'calendar-mismatch', 'calendar-too-short', 'plan-too-large',
  'condition-syntax', 'condition-unknown-name', 'condition-type', 'condition-unsupported', 'condition-clock', 'condition-too-early',
  'parameter-value', 'parameter-type', 'unknown-kind', 'unknown-attribute', 'unknown-gate', 'no-gate-before', 'due-twice', 'due-anchor-not-before', 'estimate-order',
  'rework-not-earlier', 'rework-hits-parallel', 'period-order', 'rework-not-allowed', 'change-step-when', 'change-misfit', 'change-level-order',
  'unknown-step', 'step-without-approvers', 'rung-time', 'rung-incomplete', 'rung-unseen',
  'unknown-fragment', 'include-cycle', 'include-too-deep', 'include-too-many',
] as const;

export type ProblemCode = (typeof SHAPE_PROBLEMS)[number] | (typeof MEANING_PROBLEMS)[number];

/** One problem of a template: where, what, and what would be right. */
export interface Problem {
  /** JSON pointer (RFC 6901) into the template; empty for the whole. */
  readonly pointer: string;
  readonly code: ProblemCode;
  /** A sentence in English. */
  readonly detail: string;
  /** The same, to be said in another language. */
  readonly said: Sentence;
  /** For an unknown name: the known one that was probably meant. */
  readonly suggestion?: string;
  /** Place in the text, both from 1; absent where there is none. */
  readonly line?: number;
  readonly column?: number;
  /** The file in which it stands, where that is another than the one that was read. */
  readonly file?: string;
}

/** Path segments → JSON pointer. */
export function toPointer(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replace(/~/g, '~0').replace(/\//g, '~1')}`).join('');
}

/** JSON pointer → path segments, all as strings. */
export function fromPointer(pointer: string): string[] {
  return pointer === '' ? [] : pointer.slice(1).split('/').map((part) => part.replace(/~1/g, '/').replace(/~0/g, '~'));
}

/** The known name that is nearest to what was written, or undefined when none is near (edit distance at most a third of its length). */
export function suggest(written: string, known: Iterable<string>): string | undefined {
  // An edit distance takes time with the product of the lengths: no author means a name of thousands of characters.
  if (written.length > 80) return undefined;
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(written.length / 3)) + 1;
  for (const name of known) {
    if (Math.abs(name.length - written.length) >= bestDistance) continue;
    const distance = editDistance(written.toLowerCase(), name.toLowerCase());
    if (distance < bestDistance) [best, bestDistance] = [name, distance];
  }
  return best;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, change));
    }
    row = next;
  }
  return row[b.length]!;
}
