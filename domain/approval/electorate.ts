/** Who may vote, of the people whom a project has: per step all, who chairs it, who has a veto, whom the ladder may bring, and who may vote in whose name. */
import type { Absences } from '../directory/types';
import { holdersOf, rolesHeld } from '../permissions';
import type { PlanPolicy, PlanRole, PlanStep } from '../plan';
import type { Key, PersonId } from '../process';
import type { RoleHolders } from '../project/types';
import { standInsOf } from './stand-ins';
import type { Deputy, Electorate } from './types';

/** The people of a project as they are now. */
export interface People {
  readonly planRoles: readonly PlanRole[];
  readonly holders: RoleHolders;
  readonly absences?: Absences | undefined;
}

/**
 * @param barred who may not vote, not for another either; left out where duties are not separated.
 * @param votesIn which holders of the roles of a step vote in it; all unless given.
 */
export function electorateFor(policy: PlanPolicy, people: People, barred?: readonly PersonId[], votesIn: (step: PlanStep, person: PersonId) => boolean = () => true): Electorate {
  const { planRoles, holders } = people;
  const persons = (roles: readonly Key[]) => [...new Set(roles.flatMap((role) => holdersOf(role, planRoles, holders)))]
    .filter((person) => !barred?.includes(person));
  const electorate = Object.fromEntries(policy.steps.map((step) => [step.key, persons(step.roles).filter((person) => votesIn(step, person))]));
  const among = (step: PlanStep, roles: readonly Key[]) => roles.flatMap((role) => holdersOf(role, planRoles, holders)).filter((person) => electorate[step.key]?.includes(person));
  const chairs = policy.steps.filter(({ quorum }) => quorum === 'majority')
    .map((step) => [step.key, among(step, step.roles.flatMap((role) => planRoles.find(({ key }) => key === role)?.chair ?? []))] as const);
  const vetoes = policy.steps.flatMap((step) => (step.veto ? [[step.key, among(step, step.veto)] as const] : []));
  const ladder = standInsOf(policy, planRoles, holders, new Set(barred));
  const deputies = deputiesIn(policy, people, { electorate, ...ladder }, barred);
  return {
    electorate, ...(chairs.length > 0 && { chairs: Object.fromEntries(chairs) }), ...(vetoes.length > 0 && { vetoes: Object.fromEntries(vetoes) }),
    ...(barred && { barred }), ...ladder, ...(deputies.length > 0 && { deputies: Object.fromEntries(deputies) }),
  };
}

/**
 * Who may vote in the name of somebody absent: for what was delegated, unless the policy, one of the steps or one of the roles of the absent
 * person asks for them in person. Never one who may not decide here at all, nor one who votes here themselves: nobody decides twice.
 */
export function deputiesIn(
  policy: PlanPolicy, { planRoles, holders, absences = {} }: People, { electorate, standIns = {} }: Pick<Electorate, 'electorate' | 'standIns'>, barred: readonly PersonId[] = [],
): [PersonId, Deputy][] {
  if (policy.inPerson) return [];
  const excluded = new Set([...barred, ...Object.values(electorate).flat()]);
  return Object.entries(absences).flatMap(([absent, each]): [PersonId, Deputy][] => {
    const steps = policy.steps.filter(({ key }) => electorate[key]?.includes(absent));
    // The ladder may bring the person.
    const through = Object.keys(standIns).filter((role) => standIns[role]?.includes(absent));
    const held = new Set([...steps.flatMap(({ roles }) => roles), ...through].flatMap((role) => rolesHeld(absent, [role], planRoles, holders)));
    const inPerson = steps.some((step) => step.inPerson) || planRoles.some((role) => role.inPerson && held.has(role.key));
    const absence = each.find(({ role }) => role === undefined || held.has(role));
    return held.size === 0 || inPerson || !absence || excluded.has(absence.delegate) ? [] : [[absent, { person: absence.delegate, until: absence.until }]];
  });
}
