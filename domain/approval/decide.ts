import { replaces } from '../calendar';
import { digestOf } from '../digest';
import type { FieldProblem } from '../errors';
import { refuse } from '../errors';
import { cascade, foldAll, own } from '../fold';
import { actingPerson, GLOBAL_ROLES } from '../permissions';
import { OUTCOMES, type PlanStep } from '../plan';
import type { Context, Decision, Instant, PersonId } from '../process';
import { rulesOf, VOTES_BY_ROLE } from '../rules';
import { nextRung } from './climb';
import { evolve } from './evolve';
import type { ApprovalCommand, ApprovalEvent, ApprovalState, Electorate, Vote } from './types';
import { asked, electors, hasDecided, needsReason, nextFromVotes, openSteps, raisedTo, standsInAs } from './votes';

/** Longest time that a condition may be given, in working days: about two years. */
const MAX_CONDITION_DAYS = 500;

const accept = (...events: ApprovalEvent[]): Decision<ApprovalEvent> => ({ ok: true, events });

/** Judges a command on an approval. Refusals: see `domain/errors.ts`. */
export function decide(state: ApprovalState, command: ApprovalCommand, context: Context): Decision<ApprovalEvent> {
  if (command.type === 'decide') return decideVote(state, command, context);
  if (context.authority.kind !== 'system') return refuse('system-only');
  if (state.status !== 'open' && command.type !== 'open') return accept();
  switch (command.type) {
    case 'open':
      return state.status === 'opening'
        ? { ok: true, events: follow(state, [{ type: 'approval-opened', digest: state.input.digest }], context) } : accept();
    case 'withdraw': return accept({ type: 'approval-withdrawn' });
    case 'electorate-changed': {
      const { type: _, ...electorate } = command;
      return decideElectorate(state, electorate, context);
    }
    case 'calendar-changed':
      return replaces(command.calendar, state.input.calendar) ? accept({ type: 'calendar-changed', calendar: command.calendar }) : accept();
    case 'remind': return { ok: true, events: follow(state, reminders(state, context), context) };
    case 'prepare':
      if (state.revision || command.revision <= state.settled) return accept();
      return accept({ type: 'revision-prepared', revision: command.revision, kind: command.kind, digest: state.input.digest });
    case 'commit': {
      if (state.revision?.revision !== command.revision) return accept();
      const { revision, kind } = command;
      if (kind === 'cancel') return accept({ type: 'revision-committed', revision, kind }, { type: 'approval-cancelled' });
      const pausedMs = kind === 'resume' && state.heldAt !== undefined ? { pausedMs: context.now - state.heldAt } : {};
      return accept({ type: 'revision-committed', revision, kind, ...pausedMs });
    }
    case 'abort':
      if (state.revision?.revision !== command.revision) return accept();
      return accept({ type: 'revision-aborted', revision: command.revision, kind: command.kind });
    default: return refuse('unknown-command', { command: (command as { type: string }).type });
  }
}

const follow = (state: ApprovalState, events: ApprovalEvent[], context: Context): ApprovalEvent[] =>
  cascade(state, events, context, evolve, nextFromVotes);

type VoteCommand = Extract<ApprovalCommand, { type: 'decide' }>;

function decideVote(state: ApprovalState, command: VoteCommand, context: Context): Decision<ApprovalEvent> {
  const person = actingPerson(context.authority);
  const open = openSteps(state);
  const raised = person === undefined ? undefined : raisedStep(state, person, context.authority);
  const step = raised?.step ?? open.find(({ key }) => person !== undefined && electors(state, key).includes(person)) ?? open[0];
  if (person === undefined || context.authority.kind !== 'person') return refuse('not-permitted', { roles: step?.roles ?? [] });
  if (state.status !== 'open' || !step) return refuse('approval-closed', { status: state.status });
  if (state.revision) return refuse('project-changing');
  if (state.heldAt !== undefined) return refuse('project-held');
  if (!raised && !electors(state, step.key).includes(person)) return refuse('not-in-electorate', { roles: step.roles });
  const { person: caster } = context.authority;
  // As oneself and for another, or for two others: it would be one person who decides twice.
  if (hasDecided(state, caster) || state.votes.some((vote) => vote.person === person)) return refuse('already-voted');
  if (state.barred?.includes(caster) || (raised && state.barred?.includes(person))) return refuse('separation-of-duties');
  if (caster !== person && !standsInFor(state, caster, person, context.now)) return refuse('not-delegate', { person });
  if (command.digest !== state.input.digest) return refuse('evidence-changed', { digest: state.input.digest });
  const problems = voteProblems(state, command);
  if (problems) return problems;
  const { authority } = context;
  const vote: Extract<ApprovalEvent, { type: 'vote-cast' }>['vote'] = {
    person, step: step.key, outcome: command.outcome,
    conditions: command.outcome === 'approve-with-conditions' ? (command.conditions ?? []) : [],
    rework: command.outcome === 'rework' ? (command.rework ?? []) : [],
    ...(command.outcome === 'rework' && command.reworkPhases && command.reworkPhases.length > 0 && { reworkPhases: command.reworkPhases }),
    ...(authority.onBehalfOf !== undefined && { castBy: authority.person }),
    ...(command.reason && { reason: command.reason }), ...(raised && { raisedTo: raised.role }),
  };
  const role = raised?.role ?? step.roles.find((each) => authority.roles.includes(each));
  return { ok: true, events: follow(state, [{ type: 'vote-cast', vote }], context), ...(role !== undefined && { role }) };
}

/** The open step that was raised to a person, and by which role: one of the project, or one that holds beyond projects. */
function raisedStep(state: ApprovalState, person: string, authority: Context['authority']): { readonly step: PlanStep; readonly role: string } | undefined {
  const isHeld = (role: string): boolean => standsInAs(state, role, person)
    || (GLOBAL_ROLES as readonly string[]).includes(role) && authority.kind === 'person' && authority.onBehalfOf === undefined && authority.roles.includes(role);
  for (const step of openSteps(state)) {
    const role = raisedTo(state, step.key).find(isHeld);
    if (role !== undefined) return { step, role };
  }
  return undefined;
}

/** Whether somebody may vote in the name of another now: not after the absence, even when its end was not heard of yet. */
function standsInFor({ deputies = {} }: ApprovalState, caster: PersonId, absent: PersonId, now: Instant): boolean {
  const deputy = own(deputies, absent);
  return deputy?.person === caster && now < deputy.until;
}

/** A vote with conditions must say which, one of rework what to redo; owners and tasks must exist. */
function voteProblems(state: ApprovalState, command: VoteCommand): Decision<ApprovalEvent> | null {
  const { outcomes = OUTCOMES, abstention } = state.input.policy;
  const allowed: readonly string[] = abstention ? [...outcomes, 'abstain'] : outcomes;
  if (!allowed.includes(command.outcome)) {
    return refuse('outcome-not-allowed', undefined, [{ pointer: '/outcome', code: 'choice', expected: allowed.join(', ') }]);
  }
  if (!command.reason && needsReason(state, command.outcome)) {
    return refuse('reason-required', { outcome: command.outcome }, [{ pointer: '/reason', code: 'required' }]);
  }
  if (command.outcome === 'approve-with-conditions') {
    const conditions = command.conditions ?? [];
    const fields: FieldProblem[] = conditions.length === 0 ? [{ pointer: '/conditions', code: 'required' }] : [];
    conditions.forEach((condition, index) => {
      const at = `/conditions/${index}`;
      if (!state.input.roles.includes(condition.owner)) {
        fields.push({ pointer: `${at}/owner`, code: 'choice', expected: state.input.roles.join(', ') });
      }
      const { dueDays } = condition;
      if (!Number.isInteger(dueDays) || dueDays < 0 || dueDays > MAX_CONDITION_DAYS) {
        fields.push({ pointer: `${at}/dueDays`, code: 'range', expected: `0 – ${MAX_CONDITION_DAYS}` });
      }
    });
    if (fields.length > 0) return refuse('condition-invalid', undefined, fields);
  }
  // To mend a change means to ask for another.
  if (command.outcome === 'rework' && state.input.change === undefined) {
    const tasks = command.rework ?? [];
    const phases = command.reworkPhases ?? [];
    const allowed = state.input.reworkPhases ?? [];
    const fields: FieldProblem[] = tasks.length + phases.length === 0 ? [{ pointer: '/rework', code: 'required', expected: state.input.tasks.join(', ') }] : [];
    tasks.forEach((task, index) => {
      if (!state.input.tasks.includes(task)) fields.push({ pointer: `/rework/${index}`, code: 'choice', expected: state.input.tasks.join(', ') });
    });
    phases.forEach((phase, index) => {
      if (!allowed.includes(phase)) fields.push({ pointer: `/reworkPhases/${index}`, code: 'choice', expected: allowed.join(', ') });
    });
    if (fields.length > 0) return refuse('rework-unknown-task', undefined, fields);
  }
  return null;
}

/** Who may vote changed: votes of those who may no longer vote fall, and what is left is counted again. */
function decideElectorate(state: ApprovalState, next: Electorate, context: Context): Decision<ApprovalEvent> {
  const { electorate } = next;
  const same = state.input.policy.steps.every(({ key }) => {
    const before = own(state.electorate, key) ?? [];
    const after = own(electorate, key) ?? [];
    return before.length === after.length && before.every((person) => after.includes(person));
  });
  if (same && digestOf(besideElectors(state)) === digestOf(besideElectors(next))) return accept();
  const before = new Set(asked(state));
  const after = foldAll(state, [{ type: 'electorate-changed', ...next }], context, evolve);
  const joined = asked(after).filter((person) => !before.has(person));
  // Runs of before are asked as they were: nobody is told.
  const changed: ApprovalEvent = { type: 'electorate-changed', ...next, ...(state.input.managerRole !== undefined && joined.length > 0 && { asked: joined }) };
  const rules = rulesOf(context);
  const fallen = state.votes.filter((vote) => !mayStand(state, after, vote, rules)).map((vote): ApprovalEvent => {
    // Nobody is asked about that step again: what was agreed in it is still owed.
    const isOwed = rules >= VOTES_BY_ROLE && vote.conditions.length > 0 && isThrough(state, vote.step);
    return { type: 'vote-withdrawn', person: vote.person, step: vote.step, ...(isOwed && { conditions: vote.conditions }) };
  });
  return { ok: true, events: follow(state, [changed, ...fallen], context) };
}

/** Whether a vote counts under the electorate as it is now: of one of those who vote, or of one to whom it was raised. */
function mayStand(before: ApprovalState, state: ApprovalState, { person, raisedTo: role }: Vote, rules: number): boolean {
  const isByRole = rules >= VOTES_BY_ROLE && role !== undefined;
  if (!isByRole && state.input.policy.steps.some(({ key }) => electors(state, key).includes(person))) return true;
  if (role === undefined) return false;
  // Who holds a role beyond projects is not told to an approval; who held it by the project does no more.
  const isBeyond = (GLOBAL_ROLES as readonly string[]).includes(role) && !(isByRole && standsInAs(before, role, person));
  return isBeyond || standsInAs(state, role, person);
}

/** Whether a step is behind the one that is open, where one follows another. */
const isThrough = ({ input: { policy: { steps, parallel } }, step }: ApprovalState, key: string): boolean =>
  !parallel && steps.slice(0, step).some((each) => each.key === key);

/** What an electorate says beside who votes in which step. */
const besideElectors = ({ chairs, vetoes, barred, standIns, deputies }: Omit<Electorate, 'electorate'>) => [chairs, vetoes, barred, standIns, deputies];

function reminders(state: ApprovalState, context: Context): ApprovalEvent[] {
  if (state.revision || state.heldAt !== undefined) return [];
  const events: ApprovalEvent[] = [];
  if (state.remindAt !== undefined && state.remindAt <= context.now) events.push({ type: 'approval-reminded' });
  if (state.escalateAt !== undefined && state.escalateAt <= context.now) events.push({ type: 'approval-escalated' });
  return [...events, ...nextRung(state, context.now, rulesOf(context))];
}
