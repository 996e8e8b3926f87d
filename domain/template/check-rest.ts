/** What can be said of the meaning of a template of which parts are broken: nothing that may follow from these. */
import { checkApprovers } from './approvers';
import { checkConditions } from './check-conditions';
import { checkCircles } from './check-order';
import { checkReferences } from './check-references';
import type { Problem, ProblemCode } from './problem';
import type { Template } from './schema';

/** Some places below a pointer; the last of them, and all on the way there. */
const within = (...places: readonly string[]): string => places.reduceRight((inner, place) => `(?:/${place}${inner})?`, '');

const AFTER = 'after(?:/.*)?';
const FIELD = within('\\d+', '(?:key|type|min|max|mustBeChecked|choices(?:/.*)?)');
const TASK = within('\\d+', `(?:key|${AFTER}|forEach(?:/.*)?|evidence${FIELD})`);
const tasksOf = (phase: string): string => within('phases', phase, `tasks${TASK}`);
const deliverablesOf = (phase: string): string => within('phases', phase, `(?:deliverables${within('\\d+', 'key')}|tasks${within('\\d+', 'produces(?:/.*)?')})`);
const ROLES = within('roles', '\\d+', '(?:key|members(?:/.*)?)');
const PHASES = within('phases', '\\d+', `(?:key|${AFTER})`);
const GATES = within('phases', '\\d+', `(?:key|${AFTER}|gate(?:/key)?)`);
const PARAMETERS = within('parameters', '\\d+', '(?:key|type|min|max|choices(?:/.*)?)');
const ITEMS = within('inventory', '\\d+', '(?:kind|attributes(?:/.*)?)');
const NAMES = `(?:${PARAMETERS}|${ITEMS}|${GATES}|${tasksOf('\\d+')})`;

type Place = { readonly pointer: string; readonly parent: string; readonly phase: string };

/** For each problem that may follow from what is broken: where that would stand. All others stand by themselves. */
const CAUSES: Partial<Readonly<Record<ProblemCode, (place: Place) => string>>> = {
  'unknown-role': () => ROLES, 'body-of-bodies': () => ROLES, 'body-not-allowed': () => ROLES, 'chair-not-member': () => ROLES,
  'unknown-phase': () => PHASES, 'rework-not-earlier': () => PHASES, 'rework-hits-parallel': () => PHASES,
  'unknown-task': ({ phase }) => tasksOf(phase), 'unknown-field': ({ phase }) => tasksOf(phase), 'unknown-choice': ({ phase }) => tasksOf(phase),
  'field-not-testable': ({ phase }) => tasksOf(phase), 'test-never-holds': ({ phase }) => tasksOf(phase),
  'condition-too-early': ({ phase }) => tasksOf(phase), 'due-anchor-not-before': ({ phase }) => tasksOf(phase),
  'unknown-deliverable': ({ phase }) => deliverablesOf(phase), 'deliverable-not-produced': ({ phase }) => deliverablesOf(phase),
  'condition-unknown-name': () => NAMES, 'condition-type': () => NAMES, 'condition-syntax': () => NAMES,
  'unknown-parameter': () => PARAMETERS, 'parameter-type': () => PARAMETERS, 'parameter-value': () => PARAMETERS,
  'unknown-kind': () => ITEMS, 'unknown-gate': () => GATES, 'no-gate-before': () => GATES,
  'empty-range': ({ parent }) => `${parent}/(?:min|max|minRows|maxRows)`, 'due-twice': ({ parent }) => `${parent}/due(?:Days)?`,
  'estimate-order': ({ pointer }) => `${pointer}/.*`, 'period-order': ({ pointer }) => `${pointer}/.*`,
  'escalation-incomplete': ({ pointer }) => `${pointer}/(?:escalateTo|escalateAfterDays)`,
  'unknown-step': ({ phase }) => within('phases', phase, 'gate(?:/approval(?:/steps(?:/.*)?)?)?'),
  'rung-time': ({ pointer }) => `${pointer.replace(/\/ladder.*$/, '')}/(?:due|dueDays|ladder/.*)`, 'rung-incomplete': ({ pointer }) => `${pointer}/.*`,
  'rework-not-allowed': ({ parent }) => `${parent}/approval(?:/outcomes.*)?`,
  'required': ({ parent }) => `${parent}/(?:type|choices)`,
};

/**
 * The problems of meaning that a template has beside what is broken in it.
 * @param template the template with stand-ins for what is broken; they have names that occur nowhere else.
 * @param broken pointers to what is broken.
 * @param missing pointers to lists of which parts are missing.
 */
export function checkRest(template: Template, broken: readonly string[], missing: readonly string[]): Problem[] {
  const found = [...checkReferences(template), ...checkApprovers(template), ...checkConditions(template), ...checkCircles(template)];
  const isBroken = new Set(broken);
  const known = new Map<string, boolean>();
  const anyIn = (causes: string): boolean => {
    const pattern = new RegExp(`^${causes}$`);
    const answer = known.get(causes) ?? [...broken, ...missing].some((pointer) => pattern.test(pointer));
    known.set(causes, answer);
    return answer;
  };
  return found.filter(({ pointer, code }) => {
    for (let at = pointer; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) if (isBroken.has(at)) return false;
    const causes = CAUSES[code];
    return !causes || !anyIn(causes({ pointer, parent: pointer.slice(0, pointer.lastIndexOf('/')), phase: /^\/phases\/(\d+)/.exec(pointer)?.[1] ?? '\\d+' }));
  });
}
