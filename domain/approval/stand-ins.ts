import { holdersOf } from '../permissions';
import type { PlanPolicy, PlanRole } from '../plan';
import type { PersonId } from '../process';
import type { RoleHolders } from '../project/types';
import type { Electorate } from './types';

/** Who holds the roles in the project that a policy's ladder names, without those who may not vote; nothing when it names none. Who manages the program holds one that no plan has. */
export function standInsOf({ ladder = [] }: PlanPolicy, planRoles: readonly PlanRole[], holders: RoleHolders, barred: ReadonlySet<PersonId>): Pick<Electorate, 'standIns'> {
  const roles = [...new Set(ladder.flatMap((rung) => ('to' in rung && (planRoles.some(({ key }) => key === rung.to) || Object.hasOwn(holders, rung.to)) ? [rung.to] : [])))];
  if (roles.length === 0) return {};
  return { standIns: Object.fromEntries(roles.map((role) => [role, holdersOf(role, planRoles, holders).filter((person) => !barred.has(person))])) };
}
