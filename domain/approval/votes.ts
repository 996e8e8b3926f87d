/** Counting votes: what a set of votes means for the steps of a policy. */
import { own } from '../fold';
import type { DefaultOutcome, Outcome, PlanStep } from '../plan';
import type { Key, PersonId } from '../process';
import { unreachable } from '../unreachable';
import type { ApprovalEvent, ApprovalState, ConditionAsked, Vote } from './types';

/** The step that is open now, the first of those that are where all are open at once; undefined when all are through. */
export function currentStep(state: ApprovalState): PlanStep | undefined {
  return openSteps(state)[0];
}

/** The steps whose people may vote now. */
export function openSteps(state: ApprovalState): readonly PlanStep[] {
  const { steps, parallel } = state.input.policy;
  return parallel ? steps.filter((step) => standing(state, step) === 'open') : steps.slice(state.step, state.step + 1);
}

/** Persons who may vote in a step: of its roles, and whom the ladder brought. */
export function electors(state: ApprovalState, step: Key): readonly PersonId[] {
  return seatsOf(state, step).persons;
}

/** Who votes in a step, and who of them has a place that counts for its quorum: who was added only helps to reach it. */
interface Seats {
  readonly persons: readonly PersonId[];
  readonly counted: readonly PersonId[];
  /** Of those who were added, who can only help. */
  readonly helping: readonly PersonId[];
}

function seatsOf(state: ApprovalState, step: Key): Seats {
  let counted = own(state.electorate, step) ?? [];
  let added: readonly PersonId[] = [];
  let helping: readonly PersonId[] = [];
  for (const { do: deed, steps, to, helps } of state.climbed ?? []) {
    const standIns = steps.includes(step) ? holdersIn(state, to) : [];
    // With nobody to take it, the place stays where it is.
    if (standIns.length === 0) continue;
    if (deed === 'add-approver') {
      added = [...added, ...standIns];
      if (helps) helping = [...helping, ...standIns];
    } else if (deed === 'move-to-deputy') {
      const hasVoted = (person: PersonId): boolean => state.votes.some((vote) => vote.person === person);
      counted = [...new Set([...counted.filter(hasVoted), ...standIns])];
      added = added.filter(hasVoted);
    }
  }
  return { counted, helping: helping.filter((person) => !counted.includes(person)), persons: added.length > 0 ? [...new Set([...counted, ...added])] : counted };
}

const holdersIn = ({ standIns }: ApprovalState, role: Key | undefined): readonly PersonId[] => (standIns && role !== undefined ? own(standIns, role) : undefined) ?? [];

/** The roles to which a step was raised. */
export function raisedTo(state: ApprovalState, step: Key): readonly Key[] {
  return (state.climbed ?? []).flatMap((rung) => (rung.do === 'raise' && rung.steps.includes(step) && rung.to !== undefined ? [rung.to] : []));
}

/** Whether a person is one of those to whom steps were raised by a role of the project. */
export const standsInAs = (state: ApprovalState, role: Key, person: PersonId): boolean => holdersIn(state, role).includes(person);

/** Persons whose vote can still be given now. */
export function waitingFor(state: ApprovalState): readonly PersonId[] {
  if (state.status !== 'open') return [];
  const persons = new Set(openSteps(state).flatMap(({ key }) => [...electors(state, key), ...raisedTo(state, key).flatMap((role) => holdersIn(state, role))]));
  return [...persons].filter((person) => !hasDecided(state, person));
}

/** Whether somebody voted, or had their vote given: who voted in the name of another has decided as well, and does not decide twice. */
export const hasDecided = ({ votes }: ApprovalState, person: PersonId): boolean => votes.some((vote) => vote.person === person || vote.castBy === person);

/** Those who may vote in the name of one of these persons, each once: of all whose vote can still be given, unless others are named. */
export function delegatesOf(state: ApprovalState, persons: readonly PersonId[] = waitingFor(state)): readonly PersonId[] {
  return [...new Set(persons.flatMap((person) => own(state.deputies ?? {}, person)?.person ?? []))].filter((person) => !hasDecided(state, person));
}

/** All who can give a vote now, their own or that of somebody who is absent. */
export function asked(state: ApprovalState): readonly PersonId[] {
  return [...new Set([...waitingFor(state), ...delegatesOf(state)])];
}

/** Whether a vote is one for rework or stop. */
export const isAgainst = ({ outcome }: Vote): boolean => outcome === 'rework' || outcome === 'stop';
const isFor = ({ outcome }: Vote): boolean => outcome === 'approve' || outcome === 'approve-with-conditions';

/** How the votes in a step stand. A person votes once: the vote counts in every step that the person belongs to. */
interface Count {
  readonly electors: number;
  readonly for: number;
  readonly against: number;
  readonly abstained: number;
  /** Votes that can still be given. */
  readonly open: number;
  /** Of them, those that may be against: who was added takes no majority away that there was before. */
  readonly opposing: number;
}

function count(state: ApprovalState, step: PlanStep): Count {
  const { persons, counted, helping } = seatsOf(state, step.key);
  const votes = state.votes.filter((vote) => persons.includes(vote.person));
  const [inFavour, against] = [votes.filter(isFor).length, votes.filter(isAgainst).length];
  const abstained = votes.filter((vote) => vote.outcome === 'abstain' && counted.includes(vote.person)).length;
  const open = persons.filter((person) => !hasDecided(state, person));
  return { electors: counted.length, for: inFavour, against, abstained, open: open.length, opposing: open.filter((person) => !helping.includes(person)).length };
}

/** How a step stands: `lost` when its quorum can't be reached any more and somebody is against. */
type StepStanding = 'open' | 'reached' | 'lost';

/** An empty electorate never has a quorum: nobody decided. */
function standing(state: ApprovalState, step: PlanStep): StepStanding {
  if (isAnswered(state, 'approve', step.key)) return 'reached';
  if (state.votes.some((vote) => vote.raisedTo !== undefined && vote.step === step.key && isFor(vote))) return 'reached';
  const votes = count(state, step);
  if (step.quorum === 'majority') return majority(state, step, votes);
  const needed = neededVotes(step.quorum, votes);
  if (votes.for >= needed) return 'reached';
  return votes.for + votes.open < needed && votes.against > 0 ? 'lost' : 'open';
}

/** Whether the policy itself answered so, in a step or in any. */
function isAnswered({ climbed = [] }: ApprovalState, outcome: DefaultOutcome, step?: Key): boolean {
  return climbed.some((rung) => rung.do === 'decide' && !rung.heldBack && rung.outcome === outcome && (step === undefined || rung.steps.includes(step)));
}

/** Votes that a quorum takes. Who abstains is left out of `all`; a share is one of all who may vote, rounded up. */
function neededVotes(quorum: Exclude<PlanStep['quorum'], 'majority'>, { electors: persons, abstained }: Count): number {
  if (quorum === 'any') return 1;
  if (quorum === 'all') return Math.max(1, persons - abstained);
  return typeof quorum === 'number' ? quorum : Math.max(1, Math.ceil((persons * quorum.percent) / 100));
}

/** More for than against, once nothing that is still to come can change that; of as many for as against the chair's vote decides. */
function majority(state: ApprovalState, step: PlanStep, votes: Count): StepStanding {
  if (votes.for > votes.against + votes.opposing) return 'reached';
  if (votes.against > votes.for + votes.open) return 'lost';
  if (votes.open > 0 || votes.for + votes.against === 0) return 'open';
  if (votes.for !== votes.against) return votes.for > votes.against ? 'reached' : 'lost';
  const chairs = own(state.chairs ?? {}, step.key) ?? [];
  return state.votes.some((vote) => chairs.includes(vote.person) && isFor(vote)) ? 'reached' : 'lost';
}

/** Whether a step that is open can't be decided any more by those who may vote: too few of them, or too few that are left. One that was raised, somebody can decide alone. */
function isOutOfReach(state: ApprovalState, step: PlanStep): boolean {
  if (standing(state, step) !== 'open' || raisedTo(state, step.key).length > 0) return false;
  const votes = count(state, step);
  return step.quorum === 'majority' ? votes.open === 0 : votes.for + votes.open < neededVotes(step.quorum, votes);
}

/** The steps yet to be decided that those who may vote can't bring to an end. */
export function unreachableSteps(state: ApprovalState): readonly Key[] {
  const { steps, parallel } = state.input.policy;
  return (parallel ? steps : steps.slice(state.step)).filter((step) => isOutOfReach(state, step)).map(({ key }) => key);
}

/** Tells once when steps come out of reach, or within reach again; only where there is somebody to be told. */
function reachChanged(state: ApprovalState): readonly ApprovalEvent[] {
  if (state.input.managerRole === undefined) return [];
  const steps = unreachableSteps(state);
  const known = state.unreachable ?? [];
  return steps.length === known.length && steps.every((step) => known.includes(step)) ? [] : [{ type: 'approval-unreachable', steps }];
}

const conditionsOf = ({ owed = [], votes }: ApprovalState): ConditionAsked[] => [...owed, ...votes.flatMap((vote) => vote.conditions)];

/** A vote that decides by itself: any against, or, where votes against are counted, one of somebody with a veto or to whom it was raised. */
function decidesAlone(state: ApprovalState): Vote | undefined {
  if (state.input.policy.against !== 'counts') return state.votes.find(isAgainst);
  return state.votes.find((vote) => isAgainst(vote)
    && (vote.raisedTo !== undefined || Object.values(state.vetoes ?? {}).some((persons) => persons.includes(vote.person))));
}

/** The answer of these votes against: stop when most of them say so, else rework of all that they name. */
function refusal(votes: readonly Vote[]): ApprovalEvent {
  const outcome: Outcome = votes.filter((vote) => vote.outcome === 'stop').length * 2 > votes.length ? 'stop' : 'rework';
  const saying = votes.filter((vote) => vote.outcome === outcome);
  const phases = [...new Set(saying.flatMap(({ reworkPhases = [] }) => reworkPhases))];
  const reason = saying.find((vote) => vote.reason)?.reason;
  return {
    type: 'approval-decided', outcome, conditions: [], rework: [...new Set(saying.flatMap(({ rework }) => rework))],
    ...(phases.length > 0 && { reworkPhases: phases }), ...(reason && { reason }),
  };
}

/** What follows from the votes as they stand: the next step, the outcome, or that none can be reached. */
export function nextFromVotes(state: ApprovalState): readonly ApprovalEvent[] {
  if (state.status !== 'open') return [];
  const alone = decidesAlone(state);
  if (alone) return [refusal([alone])];
  if (isAnswered(state, 'stop')) return [{ type: 'approval-decided', outcome: 'stop', conditions: [], rework: [], byPolicy: true }];
  const { steps, parallel } = state.input.policy;
  const open = parallel ? steps : steps.slice(state.step, state.step + 1);
  const lost = open.find((step) => standing(state, step) === 'lost');
  if (lost) return [refusal(state.votes.filter((vote) => isAgainst(vote) && electors(state, lost.key).includes(vote.person)))];
  if (open.length === 0 || !open.every((step) => standing(state, step) === 'reached')) return reachChanged(state);
  const next = parallel ? undefined : steps[state.step + 1];
  if (next) return [{ type: 'step-opened', step: next.key }];
  const conditions = conditionsOf(state);
  const byPolicy = isAnswered(state, 'approve') ? { byPolicy: true as const } : {};
  return [{ type: 'approval-decided', outcome: conditions.length > 0 ? 'approve-with-conditions' : 'approve', conditions, rework: [], ...byPolicy }];
}

/** Whether a vote of this outcome must say why. */
export function needsReason(state: ApprovalState, outcome: Vote['outcome']): boolean {
  switch (outcome) {
    case 'abstain': return false;
    case 'approve':
    case 'approve-with-conditions':
    case 'rework':
    case 'stop': return state.input.policy.reasonRequired.includes(outcome);
    default: return unreachable(outcome);
  }
}
