import type { ProblemBody } from '../../client';

/** What the API refused, in words: with a line for each field, and for each thing that a list of facts names. */
export function sayProblem({ title, detail, errors = [], facts = {} }: ProblemBody): string {
  const lists = Object.values(facts).flatMap((fact) => (Array.isArray(fact) ? fact.filter((each): each is string => typeof each === 'string') : []));
  return [`${title}: ${detail}`, ...errors.map((each) => `    ${each.pointer || '/'} ${each.detail || each.code}`), ...lists.map((each) => `    ${each}`)].join('\n');
}
