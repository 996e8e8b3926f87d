/** How votes are counted: quorums, shares, majorities, vetoes, abstention, steps at once, and who may not vote. */
import { approval } from '../../domain/approval';
import type { ApprovalInput, VoteOutcome } from '../../domain/approval/types';
import type { PlanPolicy, PlanStep, Quorum } from '../../domain/plan';
import type { PersonId } from '../../domain/process';
import type { ApprovalRow } from '../../domain/rows';
import { CALENDAR } from '../support/plans';
import { MONDAY, Scenario, person, system } from '../support/scenario';

const FIVE = ['a', 'b', 'c', 'd', 'e'];
const step = (quorum: Quorum, more: Partial<PlanStep> = {}): PlanStep => ({ key: 'board', roles: ['board'], quorum, ...more });

function opened(steps: readonly PlanStep[], more: Partial<PlanPolicy> = {}, input: Partial<ApprovalInput> = {}): Scenario<ApprovalInput, ReturnType<typeof approval.initial>, never, never> {
  const scenario = new Scenario(approval, {
    project: 'P', phase: 'p', gate: 'g', parent: 's', id: 'x', round: 1, digest: 'd', calendar: CALENDAR, roles: ['engineer'], tasks: ['draw', 'check'],
    policy: { steps, reasonRequired: [], ...more }, electorate: Object.fromEntries(steps.map(({ key }) => [key, FIVE])), ...input,
  });
  scenario.when({ type: 'open' }, system);
  return scenario as never;
}

function vote(scenario: ReturnType<typeof opened>, who: PersonId, outcome: VoteOutcome, more: object = {}): string | undefined {
  const tried = (scenario as unknown as Scenario<ApprovalInput, unknown, never, never>).when(
    { type: 'decide', outcome, digest: 'd', ...(outcome === 'rework' && { rework: ['draw'] }), ...more } as never, person(who, 'board'));
  return 'rejection' in tried ? tried.rejection.code : undefined;
}

/** A vote in the name of somebody else. */
function voteFor(scenario: ReturnType<typeof opened>, caster: PersonId, absent: PersonId): string | undefined {
  const tried = (scenario as unknown as Scenario<ApprovalInput, unknown, never, never>).when(
    { type: 'decide', outcome: 'approve', digest: 'd' } as never, { kind: 'person', person: caster, onBehalfOf: absent, roles: ['board'] });
  return 'rejection' in tried ? tried.rejection.code : undefined;
}

function change(scenario: ReturnType<typeof opened>, electorate: Partial<ApprovalInput>): void {
  (scenario as unknown as Scenario<ApprovalInput, unknown, never, never>).when({ type: 'electorate-changed', ...electorate } as never, system);
}

/** Casts votes such as `a+ b- c0 d!` (for, rework, abstained, stop), then tells how it stands. */
function after(scenario: ReturnType<typeof opened>, votes: string): string {
  const meaning: Record<string, VoteOutcome> = { '+': 'approve', '-': 'rework', '0': 'abstain', '!': 'stop' };
  for (const each of votes.split(' ').filter(Boolean)) expect(vote(scenario, each[0] ?? '', meaning[each[1] ?? ''] ?? 'approve')).toBeUndefined();
  return scenario.state.outcome ?? scenario.state.status;
}

describe('quorums, where a vote against decides', () => {
  test.each<[Quorum, string, string]>([
    ['any', 'a+', 'approve'], ['all', 'a+ b+ c+ d+', 'open'], ['all', 'a+ b+ c+ d+ e+', 'approve'], ['all', 'a0 b+ c+ d+ e+', 'approve'],
    [3, 'a+ b+', 'open'], [3, 'a+ b+ c+', 'approve'], [3, 'a+ b-', 'rework'], [{ percent: 50 }, 'a+ b+', 'open'], [{ percent: 50 }, 'a+ b+ c+', 'approve'],
    [{ percent: 60 }, 'a+ b+ c+', 'approve'], [{ percent: 1 }, 'a+', 'approve'], ['majority', 'a+ b+', 'open'], ['majority', 'a+ b+ c+', 'approve'], ['any', 'a!', 'stop'],
  ])('%j after %s: %s', (quorum, votes, expected) => {
    expect(after(opened([step(quorum)], { abstention: true }), votes)).toBe(expected);
  });
});

describe('quorums, where votes against are counted', () => {
  test.each<[Quorum, string, string]>([
    ['any', 'a- b- c- d-', 'open'], ['any', 'a- b- c- d- e-', 'rework'], ['any', 'a- b+', 'approve'],
    ['all', 'a+ b-', 'rework'], [3, 'a- b- c+ d+ e+', 'approve'], [3, 'a- b- c-', 'rework'], [{ percent: 80 }, 'a- b-', 'rework'],
    ['majority', 'a+ b- c+ d-', 'open'], ['majority', 'a+ b- c+ d- e+', 'approve'], ['majority', 'a- b- c-', 'rework'], ['majority', 'a! b! c-', 'stop'],
    ['majority', 'a! b- c-', 'rework'], ['majority', 'a0 b0 c0 d0 e+', 'approve'], ['majority', 'a0 b0 c0 d0 e0', 'open'], ['all', 'a0 b0 c0 d0 e0', 'open'],
  ])('%j after %s: %s', (quorum, votes, expected) => {
    expect(after(opened([step(quorum)], { abstention: true, against: 'counts' }), votes)).toBe(expected);
  });

  test('of as many for as against the chair decides; without a chair the answer is no', () => {
    const tied = (chairs?: ApprovalInput['chairs']) => opened([step('majority')], { against: 'counts', abstention: true }, chairs ? { chairs } : {});
    expect(after(tied({ board: ['a'] }), 'a+ b- c+ d- e0')).toBe('approve');
    expect(after(tied({ board: ['b'] }), 'a+ b- c+ d- e0')).toBe('rework');
    expect(after(tied(), 'a+ b- c+ d- e0')).toBe('rework');
  });

  test('a veto decides by itself', () => {
    expect(after(opened([step('majority')], { against: 'counts' }, { vetoes: { board: ['d'] } }), 'a+ b- d-')).toBe('rework');
  });

  test('rework is asked of all that those against it named, each once', () => {
    const scenario = opened([step(4)], { against: 'counts' });
    expect(vote(scenario, 'a', 'rework', { rework: ['draw'] })).toBeUndefined();
    expect(vote(scenario, 'b', 'rework', { rework: ['check', 'draw'] })).toBeUndefined();
    expect(scenario.log.at(-1)?.event).toMatchObject({ type: 'approval-decided', outcome: 'rework', rework: ['draw', 'check'] });
  });
});

describe('steps at once', () => {
  const two = [step('any', { key: 'security' }), step('any', { key: 'board' })];

  test('all are open, and approval takes all of them', () => {
    const scenario = opened(two, { parallel: true }, { electorate: { security: ['s'], board: ['a', 'b'] } });
    expect(approval.rows(scenario.state)[0]?.data).toMatchObject({ waitingFor: ['s', 'a', 'b'] });
    expect(after(scenario, 'b+')).toBe('open');
    expect(approval.rows(scenario.state)[0]?.data).toMatchObject({ waitingFor: ['s'], votes: [{ step: 'board' }] });
    expect(vote(scenario, 'a', 'approve')).toBe('not-in-electorate');
    expect(after(scenario, 's+')).toBe('approve');
  });

  test('one that is lost loses all', () => {
    expect(after(opened(two, { parallel: true, against: 'counts' }, { electorate: { security: ['s'], board: ['a', 'b'] } }), 'b+ s-')).toBe('rework');
  });
});

describe('who votes', () => {
  test('abstention only where the policy has it', () => {
    expect(vote(opened([step('any')]), 'a', 'abstain')).toBe('outcome-not-allowed');
  });

  test('who did the work does not decide, not for another either', () => {
    const scenario = opened([step('any')], { separationOfDuties: true }, { barred: ['x'], deputies: { a: { person: 'y', until: MONDAY + 1 } } });
    expect(voteFor(scenario, 'x', 'a')).toBe('separation-of-duties');
    expect(voteFor(scenario, 'y', 'a')).toBeUndefined();
  });

  test('nobody decides twice, as themselves and for another', () => {
    const scenario = opened([step('all')]);
    expect(vote(scenario, 'b', 'approve')).toBeUndefined();
    expect(voteFor(scenario, 'b', 'a')).toBe('already-voted');
  });

  test('a policy that asks for more than there are decides nothing until there are', () => {
    const scenario = opened([step(3)], {}, { electorate: { board: ['a', 'b'] } });
    expect(after(scenario, 'a+ b+')).toBe('open');
    change(scenario, { electorate: { board: ['a', 'b', 'c'] } });
    expect(after(scenario, 'c+')).toBe('approve');
  });
});

describe('in the name of another', () => {
  const DAY = 86_400_000;
  const absent = { electorate: { board: ['a', 'b'] }, deputies: { a: { person: 'y', until: MONDAY + DAY } } };
  const rowOf = (scenario: ReturnType<typeof opened>) => approval.rows(scenario.state)[0]?.data as ApprovalRow;

  test('who stands in votes, and both names are on record', () => {
    const scenario = opened([step('all')], {}, absent);
    expect(rowOf(scenario)).toMatchObject({ waitingFor: ['a', 'b'], delegates: ['y'], deputies: absent.deputies });
    expect(voteFor(scenario, 'y', 'b')).toBe('not-delegate');
    expect(voteFor(scenario, 'z', 'a')).toBe('not-delegate');
    expect(voteFor(scenario, 'y', 'a')).toBeUndefined();
    expect(rowOf(scenario)).toMatchObject({ waitingFor: ['b'], delegates: [], votes: [{ person: 'a', castBy: 'y' }] });
    expect(scenario.log.at(-1)).toMatchObject({ by: { person: 'y', onBehalfOf: 'a' } });
  });

  test('who is absent may vote themselves: the first vote counts', () => {
    const first = opened([step('all')], {}, absent);
    expect(vote(first, 'a', 'approve')).toBeUndefined();
    expect(voteFor(first, 'y', 'a')).toBe('already-voted');
    const second = opened([step('all')], {}, absent);
    expect(voteFor(second, 'y', 'a')).toBeUndefined();
    expect(vote(second, 'a', 'approve')).toBe('already-voted');
  });

  test('a vote stands when the absence ends; after its end nobody votes in that name, even if it was not heard of yet', () => {
    const scenario = opened([step('all')], {}, { electorate: { board: ['a', 'b', 'c'] }, deputies: { ...absent.deputies, b: { person: 'x', until: MONDAY + DAY } } });
    expect(voteFor(scenario, 'y', 'a')).toBeUndefined();
    scenario.now = MONDAY + DAY;
    expect(voteFor(scenario, 'x', 'b')).toBe('not-delegate');
    change(scenario, { electorate: { board: ['a', 'b', 'c'] } });
    expect(scenario.state.votes).toMatchObject([{ person: 'a', castBy: 'y' }]);
    expect(rowOf(scenario)).not.toHaveProperty('deputies');
  });

  test('one who stands in for two decides once', () => {
    const scenario = opened([step('all')], {}, { electorate: { board: ['a', 'b'] }, deputies: { a: { person: 'y', until: MONDAY + DAY }, b: { person: 'y', until: MONDAY + DAY } } });
    expect(voteFor(scenario, 'y', 'a')).toBeUndefined();
    expect(voteFor(scenario, 'y', 'b')).toBe('already-voted');
    expect(rowOf(scenario)).toMatchObject({ waitingFor: ['b'], delegates: [] });
  });

  test('who comes to stand in while the approval is open is told of it', () => {
    const scenario = opened([step('all')], {}, { electorate: { board: ['a', 'b'] }, managerRole: 'manager' });
    change(scenario, absent);
    expect(scenario.effects.at(-1)).toMatchObject({ kind: 'notify', to: { persons: ['y'] }, notice: 'approval-open' });
  });
});

describe('too few who may vote', () => {
  const manager = { managerRole: 'manager' };
  const isTold = (scenario: ReturnType<typeof opened>) => scenario.effects.filter((effect) => effect.kind === 'notify' && effect.notice === 'approval-unreachable').length;

  test.each<[string, Quorum, string[]]>([['three of two', 3, ['a', 'b']], ['nobody', 'any', []], ['nobody of all', 'all', []]])('%s: the manager is told once', (_, quorum, persons) => {
    const scenario = opened([step(quorum)], {}, { electorate: { board: persons }, ...manager });
    expect(scenario.types()).toEqual(['approval-opened', 'approval-unreachable']);
    expect(approval.rows(scenario.state)[0]?.data).toMatchObject({ unreachable: ['board'], status: 'open' });
    change(scenario, { electorate: { board: persons }, barred: ['z'] });
    expect(isTold(scenario)).toBe(1);
    change(scenario, { electorate: { board: ['a', 'b', 'c'] } });
    expect(approval.rows(scenario.state)[0]?.data).not.toHaveProperty('unreachable');
    expect(isTold(scenario)).toBe(1);
  });

  test('also when those who are left are too few', () => {
    const scenario = opened([step(3)], { abstention: true }, { electorate: { board: ['a', 'b', 'c'] }, ...manager });
    expect(after(scenario, 'a+ b0')).toBe('open');
    expect(scenario.log.at(-1)?.event).toEqual({ type: 'approval-unreachable', steps: ['board'] });
  });

  test('a vote falls with the role through which it was given', () => {
    const scenario = opened([step(2)], {}, { electorate: { board: ['a', 'b'] }, ...manager });
    expect(after(scenario, 'a+')).toBe('open');
    change(scenario, { electorate: { board: ['b'] } });
    expect(scenario.state.votes).toEqual([]);
    expect(scenario.types().slice(-3)).toEqual(['electorate-changed', 'vote-withdrawn', 'approval-unreachable']);
  });
});

test('a vote after the end is refused; of two at the same moment the first decides', () => {
  const scenario = opened([step('any')]);
  expect(after(scenario, 'a+')).toBe('approve');
  expect(vote(scenario, 'b', 'stop')).toBe('approval-closed');
  expect(scenario.state.outcome).toBe('approve');
});
