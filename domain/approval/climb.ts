/** The next rung of the ladder, when its time has come. */
import type { Instant } from '../process';
import { ADDED_HELP } from '../rules';
import type { ApprovalEvent, ApprovalState, ClimbedRung } from './types';
import { isAgainst, openSteps } from './votes';

/** The event of the first rung whose moment has come; none otherwise. One at a time, as it may decide, and then no other follows. */
export function nextRung(state: ApprovalState, now: Instant, rules: number): readonly ApprovalEvent[] {
  const { ladder = [] } = state.input.policy;
  const [first] = state.rungs ?? [];
  const rung = first && ladder[first.rung];
  if (!first || !rung || first.at > now) return [];
  const steps = openSteps(state).map(({ key }) => key).filter((key) => rung.step === undefined || rung.step === key);
  const heldBack = rung.do === 'decide' ? whyNot(state, rung.outcome) : undefined;
  return [{
    type: 'rung-reached', rung: first.rung, do: rung.do, steps,
    ...('to' in rung && { to: rung.to }), ...('outcome' in rung && { outcome: rung.outcome }), ...(rung.do === 'add-approver' && rules >= ADDED_HELP && { helps: true }), ...(heldBack && { heldBack }),
  }];
}

/**
 * Why the policy must not answer: somebody has voted against, and what a person said is never overruled by silence; or it would approve where
 * who did the work does not decide, and nobody else has looked at it.
 */
function whyNot(state: ApprovalState, outcome: ClimbedRung['outcome']): ClimbedRung['heldBack'] {
  if (state.votes.some(isAgainst)) return 'votes-against';
  return outcome === 'approve' && state.input.policy.separationOfDuties ? 'separation-of-duties' : undefined;
}
