/** What was decided stands, whatever happens beside it; and what nobody with a right to it has decided does not (rules 16). */
import { approval } from '../../domain/approval';
import type { ApprovalCommand, ApprovalEvent, ApprovalInput, ApprovalState } from '../../domain/approval/types';
import { handover } from '../../domain/handover';
import type { EarlyLifePolicy } from '../../domain/handover/early-life-types';
import type { HandoverCommand, HandoverEvent, HandoverInput, HandoverState } from '../../domain/handover/types';
import type { PlanHandover, PlanPolicy, PlanStep } from '../../domain/plan';
import { PLAN, test2, text } from '../support/controlled';
import { HandoverWorld, WHO } from '../support/handovers';
import { CALENDAR, gate, phase, plan, ROLES, task } from '../support/plans';
import { MONDAY, person, Scenario, system } from '../support/scenario';
import { PEOPLE, World } from '../support/world';

const DAY = 86_400_000;
type Approval = Scenario<ApprovalInput, ApprovalState, ApprovalCommand, ApprovalEvent>;
const BOARD: PlanStep = { key: 'board', roles: ['board'], quorum: 'all' };
const OWNER: PlanStep = { key: 'owner', roles: ['owner'], quorum: 'any' };
const CONDITION = { defect: text, plan: text, owner: 'engineer', dueDays: 5 };

function opened(policy: Partial<PlanPolicy>, input: Partial<ApprovalInput>): Approval {
  const scenario: Approval = new Scenario(approval, {
    project: 'P', phase: 'p', gate: 'g', parent: 's', id: 'x', round: 1, digest: 'd', calendar: CALENDAR, roles: ['engineer'], tasks: ['draw'],
    policy: { steps: [BOARD], reasonRequired: [], ...policy }, electorate: { board: ['a', 'b'] }, ...input,
  } as ApprovalInput);
  scenario.given({ type: 'open' }, system);
  return scenario;
}

/** How the approval stands after a vote, or why it was refused. */
function vote(scenario: Approval, who: string, outcome: 'approve' | 'approve-with-conditions' = 'approve'): string {
  const more = outcome === 'approve' ? {} : { conditions: [CONDITION] };
  const tried = scenario.when({ type: 'decide', outcome, digest: 'd', ...more }, person(who));
  return 'rejection' in tried ? tried.rejection.code : scenario.state.outcome ?? scenario.state.status;
}

const change = (electorate: Record<string, string[]>, standIns?: Record<string, string[]>): ApprovalCommand => ({ type: 'electorate-changed', electorate, ...(standIns && { standIns }) });

describe('an approval', () => {
  const steps = [OWNER, { ...BOARD, key: 'end', quorum: 'any' as const }];

  test('keeps the conditions of a step that is through, also when who asked for them has left', () => {
    const scenario = opened({ steps }, { electorate: { owner: ['a'], end: ['e'] } });
    expect(vote(scenario, 'a', 'approve-with-conditions')).toBe('open');
    scenario.given(change({ owner: ['n'], end: ['e'] }), system);
    expect(vote(scenario, 'e')).toBe('approve-with-conditions');
    expect(scenario.log.at(-1)?.event).toMatchObject({ conditions: [CONDITION] });
    expect(scenario.foldsToState()).toBe(true);
  });

  test('asks the successor where the step is still open: conditions fall with the vote then', () => {
    const scenario = opened({ steps: [{ ...OWNER, quorum: 'all' }] }, { electorate: { owner: ['a', 'b'] } });
    vote(scenario, 'a', 'approve-with-conditions');
    scenario.given(change({ owner: ['n', 'b'] }), system);
    vote(scenario, 'n');
    expect(vote(scenario, 'b')).toBe('approve');
  });

  test('takes a vote back with the role to which its step was raised, whoever else the voter is', () => {
    const ladder = [{ hours: 1, do: 'raise' as const, to: 'deputy', step: 'owner' }];
    const people = { owner: ['o'], board: ['a', 'p'] };
    const scenario = opened({ parallel: true, steps: [OWNER, BOARD], ladder }, { electorate: people, standIns: { deputy: ['p'] } });
    scenario.ring();
    expect(vote(scenario, 'p')).toBe('open');
    scenario.given(change(people, { deputy: ['q'] }), system);
    expect(vote(scenario, 'a')).toBe('open');
    // In the name of the board p decides as before.
    expect([vote(scenario, 'p'), vote(scenario, 'o')]).toEqual(['open', 'approve']);
  });

  test('takes back the vote of a program manager who is none any more', () => {
    const ladder = [{ hours: 1, do: 'raise' as const, to: 'program-manager', step: 'owner' }];
    const people = { owner: ['o'], board: ['a'] };
    const scenario = opened({ parallel: true, steps: [OWNER, BOARD], ladder }, { electorate: people, standIns: { 'program-manager': ['pm'] } });
    scenario.ring();
    expect(vote(scenario, 'pm')).toBe('open');
    scenario.given(change(people, { 'program-manager': ['next'] }), system);
    expect(scenario.state.votes).toEqual([]);
    // Who manages all programs holds the role beyond the project, which does not know it.
    expect(scenario.when({ type: 'decide', outcome: 'approve', digest: 'd' }, person('all', 'program-manager'))).not.toHaveProperty('rejection');
    scenario.given(change(people, { 'program-manager': ['other'] }), system);
    expect(scenario.state.votes).toMatchObject([{ person: 'all' }]);
  });

  test('under older rules goes on as it began', () => {
    const scenario = opened({ steps }, { electorate: { owner: ['a'], end: ['e'] } });
    vote(scenario, 'a', 'approve-with-conditions');
    const decided = approval.decide(scenario.state, change({ owner: ['n'], end: ['e'] }), { now: scenario.now, authority: system, rules: 15 });
    expect(decided).toMatchObject({ ok: true, events: [{ type: 'electorate-changed' }, { type: 'vote-withdrawn', person: 'a', step: 'owner' }] });
    expect(JSON.stringify(decided)).not.toContain('defect');
  });

  test('needs no more votes for a majority when somebody is added to help', () => {
    const votes = { steps: [{ ...BOARD, quorum: 'majority' as const }], ladder: [{ hours: 1, do: 'add-approver' as const, to: 'deputy' }] };
    const electorate = { board: ['a', 'b', 'c'] };
    const [plain, added, helped] = [0, 1, 2].map(() => opened(votes, { electorate, standIns: { deputy: ['x', 'y'] } })) as [Approval, Approval, Approval];
    expect([vote(plain, 'a'), vote(plain, 'b')]).toEqual(['open', 'approve']);
    added.ring();
    expect([vote(added, 'a'), vote(added, 'b')]).toEqual(['open', 'approve']);
    helped.ring();
    expect([vote(helped, 'x'), vote(helped, 'a'), vote(helped, 'y')]).toEqual(['open', 'open', 'approve']);
  });

  test('tells of a rung also who stands in for those whom it concerns', () => {
    const deputies = (absent: string) => ({ [absent]: { person: 'z', until: MONDAY + 100 * DAY } });
    const toldBy = (rung: 'remind' | 'add-approver' | 'raise'): unknown => {
      const scenario = opened({ ladder: [{ hours: 1, do: rung, ...(rung !== 'remind' && { to: 'deputy' }) }] as never }, rung === 'remind' ? { deputies: deputies('a') } : { standIns: { deputy: ['x'] }, deputies: deputies('x') });
      scenario.ring();
      return scenario.effects.flatMap((effect) => (effect.kind === 'notify' ? [effect.to] : [])).at(-1);
    };
    expect([toldBy('remind'), toldBy('add-approver'), toldBy('raise')]).toEqual([{ persons: ['a', 'b', 'z'] }, { persons: ['x', 'z'] }, { roles: ['deputy'], persons: ['z'] }]);
  });
});

describe('a project', () => {
  test('that a gate stopped stays stopped when the gate beside it asks for rework', () => {
    const world = new World(plan([
      phase('w', [task('w1')]),
      phase('a', [task('a1')], { after: ['w'], gate: gate('a-gate', { onStop: 'close' }) }), phase('b', [task('b1')], { after: ['w'], gate: gate('b-gate', { onRework: ['w'] }) }),
      phase('c', [task('c1')], { after: ['a', 'b'] }), phase('close', [task('archive')], { after: ['c'] }),
    ]));
    const work = (key: string, name: string): void => {
      world.command(world.stages().filter(({ input }) => input.phase.key === key).at(-1)?.input.id ?? '', { type: 'complete', task: name, evidence: {} }, PEOPLE.eva);
      world.settle();
    };
    const decide = (name: string, outcome: string, more = {}): void => {
      const open = world.approvals().find(({ status, input }) => status === 'open' && input.gate === name);
      expect(world.command(open?.input.id ?? '', { type: 'decide', outcome, digest: open?.input.digest, reason: text, ...more }, PEOPLE.sam)).toBeNull();
      world.settle();
    };
    world.command(world.root, { type: 'start', name: text, roles: ROLES }, PEOPLE.olga);
    world.settle();
    for (const [key, name] of [['w', 'w1'], ['a', 'a1'], ['b', 'b1']] as const) work(key, name);
    decide('a-gate', 'stop');
    decide('b-gate', 'rework', { reworkPhases: ['w'] });
    const { phases, stoppedBy } = world.projectState();
    expect([Object.fromEntries(Object.entries(phases).map(([key, { status, round }]) => [key, `${status} ${round}`])), stoppedBy]).toEqual([
      { w: 'ended 1', a: 'ended 1', b: 'open 2', c: 'skipped 0', close: 'open 1' }, 'a']);
    work('b', 'b1');
    decide('b-gate', 'approve');
    work('close', 'archive');
    expect(world.projectState().status).toBe('stopped');
  });

  test('on hold adds up what its manager changes alone: what is beyond the tolerance then is asked', () => {
    const world = new World(PLAN);
    world.command(world.root, { type: 'start', name: text, roles: ROLES }, PEOPLE.olga);
    world.settle();
    world.command(world.root, { type: 'hold', reason: text }, PEOPLE.mia);
    world.settle();
    for (const id of ['one', 'two', 'three']) {
      const operations = [{ ...test2, task: { ...test2.task, key: `test-${id}`, budget: 900 } }];
      expect(world.command(world.root, { type: 'request-change', change: { id, title: text, reason: text, impact: {}, operations } }, PEOPLE.mia)).toBeNull();
      world.settle();
    }
    world.command(world.root, { type: 'resume' }, PEOPLE.mia);
    world.settle();
    // The tolerance is one task, and 1,000.
    expect(world.projectState().plan.phases[1]?.tasks.length).toBe(3);
    expect(world.projectState().changes?.map(({ id, status, level }) => [id, status, level])).toEqual([['one', 'applied', undefined], ['two', 'open', 'minor'], ['three', 'open', 'minor']]);
    const asked = world.approvals().filter(({ status }) => status === 'open').find(({ input }) => input.change === 'two');
    expect(world.command(asked?.input.id ?? '', { type: 'decide', outcome: 'approve', digest: asked?.input.digest }, PEOPLE.sam)).toBeNull();
    world.settle();
    expect(world.projectState().changes?.map(({ status }) => status)).toEqual(['applied', 'applied', 'open']);
  });
});

describe('a handover', () => {
  test('has an absent service owner stood in for by a colleague who owns other services', () => {
    const world = new HandoverWorld();
    world.give(WHO.mia, { type: 'add-services', services: [{ name: text, owner: 'ona' }] });
    world.prepare();
    expect(world.give(WHO.mia, { type: 'ask-sign-off', service: 'service-1' })).toBeNull();
    world.hearFromDirectory({ absences: { ona: [{ delegation: 'd1', delegate: 'ole', until: world.now + 30 * DAY }] } });
    world.settle();
    expect(world.sign(WHO.ole)).toBe('not-in-electorate');
    expect(world.sign({ kind: 'person', person: 'ole', onBehalfOf: 'ona', roles: ['owner'] })).toBeNull();
  });

  test('lets nobody answer a waiver that they proposed in the name of another', () => {
    const world = new HandoverWorld();
    world.give(WHO.mia, { type: 'add-services', services: [{ name: text }] });
    const about = { service: 'service-1', entry: 'monitoring' };
    expect(world.give({ kind: 'person', person: 'ole', onBehalfOf: 'mia', roles: ['manager'] }, { type: 'propose-waiver', ...about, reason: text })).toBeNull();
    expect(world.give(WHO.ole, { type: 'answer-waiver', ...about, accept: true })).toBe('separation-of-duties');
    expect(world.give(WHO.mia, { type: 'propose-waiver', ...about, reason: text })).toBeNull();
    expect(world.give(WHO.ole, { type: 'answer-waiver', ...about, accept: true })).toBeNull();
  });

  test('keeps the condition of a support that ended when the service was given back beside that of the next', () => {
    const earlyLife: EarlyLifePolicy = { days: 3, count: 'working', acceptanceDays: 100, criteria: [{ key: 'levels', kind: 'figures', measure: 'service-level', over: 'each-day', limit: 99 }] };
    const planned: PlanHandover = {
      delivering: ['engineer'], serviceOwner: 'sponsor', teams: [{ key: 'ops', roles: ['security'] }], topics: [], earlyLife,
      entries: [{ key: 'tested', kind: 'criterion', owner: 'engineer', mandatory: true, evidence: [] }], signOff: { steps: [{ key: 'ops', roles: ['security'], quorum: 'any' }], reasonRequired: [] },
    };
    const run = new Scenario<HandoverInput, HandoverState, HandoverCommand, HandoverEvent>(handover, {
      project: 'P', parent: 'project/P', id: 'project/P/phase/go/1/handover', phase: 'go', handover: planned, planRoles: plan([]).roles, managerRole: 'manager', calendar: CALENDAR, roles: ROLES,
    });
    const [mia, eva, sol] = [person('mia', 'manager'), person('eva', 'engineer'), person('sol', 'security')];
    const defects = () => Object.values(run.state.services['service-1']?.conditions ?? {}).map(({ defect }) => defect.text);
    const support = (days: readonly string[], defect: string): void => {
      run.given({ type: 'meet-entry', service: 'service-1', entry: 'tested', evidence: {} }, eva);
      if (run.state.services['service-1']?.signOff.status !== 'open') run.given({ type: 'ask-sign-off', service: 'service-1' }, mia);
      const { round, digest = '' } = run.state.services['service-1']!.signOff;
      run.given({ type: 'approval-decided', service: 'service-1', round, digest, outcome: 'approve', conditions: [], rework: [] }, system);
      for (const date of days) {
        run.now = Date.parse(`${date}T18:00:00Z`);
        run.given({ type: 'record-figures', source: 'hand', entries: [{ service: 'service-1', date, figures: { incidents: { p1: 0, p2: 0, p3: 1, p4: 2 }, serviceLevel: 90, defects: 2, calls: 7 } }] }, sol);
      }
      run.now += DAY;
      run.given({ type: 'accept-unmet', service: 'service-1', criteria: ['levels'], asked: { ...CONDITION, defect: { text: defect } } }, sol);
    };
    run.given({ type: 'open' }, system);
    run.given({ type: 'add-services', services: [{ name: text }] }, mia);
    support(['2026-10-05', '2026-10-06', '2026-10-07'], 'first');
    run.given({ type: 'hand-back', service: 'service-1', reason: text, missing: ['tested'] }, sol);
    support(['2026-10-08', '2026-10-09', '2026-10-12'], 'second');
    expect(defects()).toEqual(['first', 'second']);
    expect(run.foldsToState()).toBe(true);
  });
});
