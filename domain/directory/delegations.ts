/** Rules between delegations: which one holds, and which can't stand beside each other. */
import type { Instant, PersonId } from '../process';
import type { Absence, Delegation, DelegationState, DirectoryState } from './types';

/** Delegations that hold or will hold. */
export const openDelegations = (state: DirectoryState): readonly DelegationState[] =>
  Object.values(state.delegations).filter(({ status }) => status !== 'ended');

const overlap = (one: Delegation, other: Delegation): boolean => one.from < other.until && other.from < one.until;
const sameScope = (one: Delegation, other: Delegation): boolean => one.role === other.role && one.project === other.project && one.program === other.program;

/** A delegation beside which another one can't stand, and why. */
export interface Clash {
  readonly code: 'delegation-overlaps' | 'delegation-chain';
  readonly delegation: DelegationState;
}

/**
 * What keeps a delegation from being set up. At any time a person is either absent or somebody's delegate: so there are no circles, and a vote
 * is passed on once at most. For the same scope one person has one delegate at a time; of different scopes the narrowest holds.
 */
export function clashOf(state: DirectoryState, wanted: Delegation): Clash | undefined {
  const others = openDelegations(state).filter((each) => overlap(each, wanted));
  const chain = others.find(({ absent, delegate }) => absent === wanted.delegate || delegate === wanted.absent);
  if (chain) return { code: 'delegation-chain', delegation: chain };
  const same = others.find((each) => each.absent === wanted.absent && sameScope(each, wanted));
  return same && { code: 'delegation-overlaps', delegation: same };
}

const narrowness = ({ project, program, role }: Delegation): number => (project === undefined ? 0 : 4) + (program === undefined ? 0 : 2) + (role === undefined ? 0 : 1);

/** How a person is absent in a project now, the narrowest delegation first. Whether it belongs to a program is for the project to know. */
export function absencesIn(state: DirectoryState, person: PersonId, project: string): readonly Absence[] {
  return Object.values(state.delegations)
    .filter((each) => each.status === 'active' && each.absent === person && (each.project ?? project) === project)
    .sort((one, other) => narrowness(other) - narrowness(one))
    .map(({ id, delegate, until, role, program }) => ({ delegation: id, delegate, until, ...(role !== undefined && { role }), ...(program !== undefined && { program }) }));
}

/** The next moment at which a delegation begins or ends. */
export function nextTurn(state: DirectoryState): Instant {
  return Math.min(...openDelegations(state).map(({ status, from, until }) => (status === 'planned' ? from : until)));
}
