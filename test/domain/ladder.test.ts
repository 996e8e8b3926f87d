/** The ladder of an approval: what the engine does by itself, to the second, while people do not decide. */
import { approval } from '../../domain/approval';
import type { ApprovalCommand, ApprovalEvent, ApprovalInput, ApprovalState } from '../../domain/approval/types';
import type { WorkingCalendar } from '../../domain/calendar';
import type { PlanPolicy, PlanRung, PlanStep } from '../../domain/plan';
import type { ApprovalRow } from '../../domain/rows';
import { CALENDAR, gate, phase, plan, ROLES, task } from '../support/plans';
import { MONDAY, Scenario, person, system } from '../support/scenario';
import { PEOPLE, World } from '../support/world';

type Approval = Scenario<ApprovalInput, ApprovalState, ApprovalCommand, ApprovalEvent>;

const BOARD: PlanStep = { key: 'board', roles: ['board'], quorum: 'all' };

function opened(ladder: readonly PlanRung[], policy: Partial<PlanPolicy> = {}, input: Partial<ApprovalInput> = {}, at = MONDAY): Approval {
  const scenario: Approval = new Scenario(approval, {
    project: 'P', phase: 'p', gate: 'g', parent: 's', id: 'x', round: 1, digest: 'd', calendar: CALENDAR, roles: ['engineer'], tasks: ['draw'],
    policy: { steps: [BOARD], reasonRequired: [], ladder, ...policy }, electorate: { board: ['a', 'b'] }, standIns: { deputy: ['x', 'y'] }, ...input,
  });
  scenario.now = at;
  scenario.given({ type: 'open' }, system);
  return scenario;
}

const vote = (scenario: Approval, who: string, outcome: 'approve' | 'rework' | 'stop' = 'approve', ...roles: string[]) => {
  const tried = scenario.when({ type: 'decide', outcome, digest: 'd', ...(outcome === 'rework' && { rework: ['draw'] }) }, person(who, ...roles));
  return 'rejection' in tried ? tried.rejection.code : scenario.state.outcome ?? scenario.state.status;
};
const row = ({ state }: Approval) => approval.rows(state)[0]?.data as ApprovalRow;
const iso = (at: number | undefined) => (at === undefined ? undefined : new Date(at).toISOString());
const notices = ({ effects }: Approval) => effects.flatMap((each) => (each.kind === 'notify' ? [[each.notice, ...(each.to.persons ?? []), ...(each.to.roles ?? [])]] : []));
const CET = (day: string, time: string) => Date.parse(`${day}T${time}+01:00`);
const CEST = (day: string, time: string) => Date.parse(`${day}T${time}+02:00`);

describe('when rungs come', () => {
  test('days end with the working day, hours are hours of work, and those before the due date count back from it', () => {
    const { state } = opened([
      { hours: 10, do: 'remind' }, { days: 1, do: 'remind' }, { hours: -2, from: 'due', do: 'remind' }, { days: -1, from: 'due', do: 'remind' }, { hours: 0.5, do: 'remind' },
    ], { dueDays: 4 });
    // Monday from 9:00; work is from 8:30 to 17:00.
    expect(state.rungs?.map(({ rung, at }) => [rung, iso(at)])).toEqual([
      [4, iso(CEST('2026-10-05', '09:30'))], [0, iso(CEST('2026-10-06', '10:30'))], [1, iso(CEST('2026-10-06', '17:00'))],
      [3, iso(CEST('2026-10-08', '17:00'))], [2, iso(CEST('2026-10-09', '15:00'))],
    ]);
    expect(iso(state.dueAt)).toBe(iso(CEST('2026-10-09', '17:00')));
  });

  test('nothing happens a second before; at the second the rung is reached, once', () => {
    const scenario = opened([{ hours: 1, do: 'remind' }]);
    scenario.now = CEST('2026-10-05', '09:59:59');
    expect(scenario.given({ type: 'remind' }, system)).toEqual([]);
    scenario.now = CEST('2026-10-05', '10:00:00');
    expect(scenario.given({ type: 'remind' }, system)).toEqual([{ type: 'rung-reached', rung: 0, do: 'remind', steps: ['board'] }]);
    expect(scenario.given({ type: 'remind' }, system)).toEqual([]);
    expect(approval.due(scenario.state)).toBeNull();
    expect(notices(scenario).at(-1)).toEqual(['approval-reminder', 'a', 'b']);
    expect(scenario.foldsToState()).toBe(true);
  });

  describe('at half past two in the night when the clocks change', () => {
    const nights: WorkingCalendar = { ...CALENDAR, startMinute: 0, endMinute: 150, days: '1'.repeat(730) };

    test.each([
      ['spring: the time does not exist, the clock shows half past three', '2027-03-27', CET('2027-03-28', '02:30')],
      ['autumn: the first of both', '2026-10-24', CEST('2026-10-25', '02:30')],
    ])('%s', (_, opening, expected) => {
      const { state } = opened([{ days: 1, do: 'remind' }], {}, { calendar: nights }, Date.parse(`${opening}T00:30:00Z`) - 3_600_000);
      expect(iso(state.rungs?.[0]?.at)).toBe(iso(expected));
    });

    test.each([
      ['spring: the work until then takes as long as in any night', CET('2027-03-27', '00:00'), CET('2027-03-27', '02:30'), CET('2027-03-28', '02:30')],
      ['autumn: of the hour that comes twice the first counts', CEST('2026-10-24', '00:00'), CEST('2026-10-24', '02:30'), CEST('2026-10-25', '02:30')],
    ])('%s', (_, opening, first, second) => {
      const { state } = opened([{ hours: 2.5, do: 'remind' }, { hours: 5, do: 'raise', to: 'deputy' }], {}, { calendar: nights }, opening);
      expect(state.rungs?.map(({ at }) => iso(at))).toEqual([iso(first), iso(second)]);
    });
  });
});

describe('what rungs do', () => {
  test('an added approver helps to reach the quorum, and raises it by nothing', () => {
    const scenario = opened([{ hours: 1, do: 'add-approver', to: 'deputy' }]);
    expect(vote(scenario, 'x')).toBe('not-in-electorate');
    scenario.ring();
    expect(row(scenario)).toMatchObject({ electorate: { board: ['a', 'b', 'x', 'y'] }, waitingFor: ['a', 'b', 'x', 'y'], climbed: [{ do: 'add-approver', to: 'deputy' }], nextRung: null });
    expect(notices(scenario).at(-1)).toEqual(['approval-stand-in', 'x', 'y']);
    expect(vote(scenario, 'a')).toBe('open');
    expect(vote(scenario, 'y')).toBe('approve');
  });

  test('deputies take the place of those who have not voted; what was voted stays', () => {
    const scenario = opened([{ hours: 1, do: 'move-to-deputy', to: 'deputy' }]);
    expect(vote(scenario, 'a')).toBe('open');
    scenario.ring();
    expect(row(scenario)).toMatchObject({ electorate: { board: ['a', 'x', 'y'] }, waitingFor: ['x', 'y'] });
    expect(vote(scenario, 'b')).toBe('not-in-electorate');
    expect([vote(scenario, 'x'), vote(scenario, 'y')]).toEqual(['open', 'approve']);
  });

  test('a place that nobody can take stays where it is, and moves when somebody can', () => {
    const scenario = opened([{ hours: 1, do: 'move-to-deputy', to: 'deputy' }], {}, { standIns: { deputy: [] } });
    expect(vote(scenario, 'a')).toBe('open');
    scenario.ring();
    expect(row(scenario).waitingFor).toEqual(['b']);
    scenario.given({ type: 'electorate-changed', electorate: { board: ['a', 'b'] }, standIns: { deputy: ['z'] } }, system);
    expect(row(scenario).waitingFor).toEqual(['z']);
    expect(vote(scenario, 'z')).toBe('approve');
  });

  test('somebody to whom it was raised decides on the step alone', () => {
    const scenario = opened([{ hours: 1, do: 'raise', to: 'deputy' }]);
    expect(vote(scenario, 'x')).toBe('not-in-electorate');
    scenario.ring();
    expect(notices(scenario).at(-1)).toEqual(['approval-raised', 'deputy']);
    expect(row(scenario)).toMatchObject({ raisedTo: ['deputy'], electorate: { board: ['a', 'b'] } });
    expect(vote(scenario, 'x', 'approve', 'deputy')).toBe('approve');
    expect(scenario.state.votes).toMatchObject([{ person: 'x', raisedTo: 'deputy' }]);
    expect(scenario.log.at(-1)?.by).toMatchObject({ person: 'x', role: 'deputy' });
  });

  test('so does the program manager, who holds no role of the project; not who did the work', () => {
    const scenario = opened([{ hours: 1, do: 'raise', to: 'program-manager' }], { separationOfDuties: true, against: 'counts' }, { barred: ['eva'] });
    expect(vote(scenario, 'pia', 'stop', 'program-manager')).toBe('not-in-electorate');
    scenario.ring();
    expect(vote(scenario, 'eva', 'stop', 'program-manager')).toBe('separation-of-duties');
    expect(vote(scenario, 'olga', 'stop', 'project-office')).toBe('not-in-electorate');
    expect(vote(scenario, 'pia', 'stop', 'program-manager')).toBe('stop');
  });

  test('the vote of one to whom it was raised falls when the role is taken away', () => {
    const scenario = opened([{ hours: 1, do: 'raise', to: 'deputy' }], { steps: [BOARD, { ...BOARD, key: 'end' }] }, { electorate: { board: ['a'], end: ['e'] } });
    scenario.ring();
    expect(vote(scenario, 'x')).toBe('open');
    expect(row(scenario)).toMatchObject({ step: 'end', waitingFor: ['e'] });
    scenario.given({ type: 'electorate-changed', electorate: { board: ['a'], end: ['e'] }, standIns: { deputy: ['y'] } }, system);
    expect(scenario.state.votes).toEqual([]);
  });

  test('the policy answers: on record as nobody’s decision', () => {
    const scenario = opened([{ days: 1, do: 'decide', outcome: 'approve' }]);
    expect(vote(scenario, 'a')).toBe('open');
    scenario.ring();
    expect(row(scenario)).toMatchObject({ status: 'decided', outcome: 'approve', byPolicy: true, climbed: [{ do: 'decide', outcome: 'approve' }] });
    expect(scenario.log.at(-1)).toMatchObject({ by: { kind: 'system', source: 'timer' }, event: { type: 'approval-decided', byPolicy: true } });
    expect(scenario.state.votes.map((each) => each.person)).toEqual(['a']);
    expect(scenario.effects).toContainEqual(expect.objectContaining({ kind: 'message', message: expect.objectContaining({ type: 'approval-decided', byPolicy: true }) }));
  });

  test('approving by itself opens the next step, with its own ladder; stop ends it', () => {
    const steps = [BOARD, { ...BOARD, key: 'end' }];
    const scenario = opened([{ hours: 1, step: 'board', do: 'decide', outcome: 'approve' }, { hours: 2, step: 'end', do: 'decide', outcome: 'stop' }], { steps }, { electorate: { board: ['a'], end: ['e'] } });
    scenario.ring();
    expect(row(scenario)).toMatchObject({ step: 'end', nextRung: { do: 'decide', outcome: 'stop', at: CEST('2026-10-05', '12:00') } });
    scenario.ring();
    expect(scenario.state).toMatchObject({ status: 'decided', outcome: 'stop' });
  });

  test('a vote against is not overruled by silence, whatever the policy would answer', () => {
    const scenario = opened([{ hours: 1, do: 'decide', outcome: 'approve' }, { hours: 2, do: 'decide', outcome: 'stop' }], { against: 'counts', steps: [{ ...BOARD, quorum: 'any' }] });
    expect(vote(scenario, 'a', 'rework')).toBe('open');
    expect([scenario.ring(), scenario.ring()]).toMatchObject([[{ heldBack: 'votes-against' }], [{ heldBack: 'votes-against' }]]);
    expect(scenario.state.status).toBe('open');
    expect(notices(scenario).at(-1)?.[0]).toBe('approval-held-back');
    expect(vote(scenario, 'b')).toBe('approve');
    expect(scenario.state.byPolicy).toBeUndefined();
  });

  test('where who did the work does not decide, it never approves by itself', () => {
    const scenario = opened([{ hours: 1, do: 'decide', outcome: 'approve' }], { separationOfDuties: true });
    expect(scenario.ring()).toMatchObject([{ heldBack: 'separation-of-duties' }]);
    expect(scenario.state.status).toBe('open');
  });

  test('steps at once: a rung of one step concerns that alone', () => {
    const steps = [BOARD, { ...BOARD, key: 'end' }];
    const scenario = opened([{ hours: 1, step: 'end', do: 'decide', outcome: 'approve' }], { steps, parallel: true }, { electorate: { board: ['a'], end: ['e'] } });
    scenario.ring();
    expect(row(scenario)).toMatchObject({ step: 'board', waitingFor: ['a'], status: 'open' });
    expect(vote(scenario, 'a')).toBe('approve');
    expect(row(scenario).byPolicy).toBe(true);
  });
});

describe('who holds the roles that a ladder names', () => {
  const rungs: readonly PlanRung[] = [{ hours: 1, do: 'add-approver', to: 'manager' }, { hours: 2, do: 'raise', to: 'engineer' }];
  const asked = gate('g', { policy: { steps: [{ key: 'board', roles: ['sponsor'], quorum: 'all' }], reasonRequired: [], separationOfDuties: true, ladder: rungs } });

  test('comes with the roles of the project, and changes with them; never who did the work', () => {
    const world = new World(plan([phase('build', [task('rack')], { gate: asked })]));
    world.command(world.root, { type: 'start', name: { text: 't' }, roles: ROLES }, PEOPLE.olga);
    world.settle();
    world.command(world.stages()[0]!.input.id, { type: 'complete', task: 'rack', evidence: {} }, PEOPLE.eva);
    world.settle();
    expect(world.openApproval()?.standIns).toEqual({ manager: ['mia'], engineer: ['edo'] });
    for (let round = 0; round < 20 && (world.openApproval()?.climbed?.length ?? 0) < 2; round += 1) world.ring();
    const approvalRow = () => approval.rows(world.openApproval()!)[0]?.data as ApprovalRow;
    expect(approvalRow()).toMatchObject({ electorate: { board: ['sam', 'mia'] }, waitingFor: ['sam', 'mia', 'edo'], raisedTo: ['engineer'] });
    world.command(world.root, { type: 'assign-roles', roles: { manager: ['new'], engineer: ['eva'] } }, PEOPLE.olga);
    world.settle();
    expect(approvalRow()).toMatchObject({ electorate: { board: ['sam', 'new'] }, waitingFor: ['sam', 'new'] });
    const { id, digest } = world.openApproval()!.input;
    expect(world.command(id, { type: 'decide', outcome: 'approve', digest }, PEOPLE.eva)?.code).toBe('not-in-electorate');
    expect(world.command(id, { type: 'decide', outcome: 'approve', digest }, PEOPLE.edo)?.code).toBe('not-in-electorate');
    expect(world.command(id, { type: 'decide', outcome: 'approve', digest }, person('new', 'manager'))).toBeNull();
    world.settle();
    expect(world.projectState().status).toBe('completed');
  });
});

describe('a project on hold', () => {
  const hold = (scenario: Approval, kind: 'hold' | 'resume', revision: number) => {
    scenario.given({ type: 'prepare', revision, kind }, system);
    scenario.given({ type: 'commit', revision, kind }, system);
  };

  test('rungs wait, and have left what they had', () => {
    const scenario = opened([{ hours: 3, do: 'remind' }, { days: 2, do: 'remind' }], { dueDays: 3 });
    scenario.now = CEST('2026-10-05', '11:00');
    hold(scenario, 'hold', 1);
    expect([approval.due(scenario.state), row(scenario).nextRung]).toEqual([null, null]);
    scenario.now = CEST('2026-10-09', '16:30');
    hold(scenario, 'resume', 2);
    expect(scenario.state.rungs?.map(({ at }) => iso(at))).toEqual([iso(CEST('2026-10-12', '09:00')), iso(CEST('2026-10-13', '17:00'))]);
    expect(iso(scenario.state.dueAt)).toBe(iso(CEST('2026-10-14', '17:00')));
    expect(scenario.foldsToState()).toBe(true);
  });

  test('a rung whose moment came while the change was agreed on comes when it is settled', () => {
    const scenario = opened([{ hours: 1, do: 'remind' }]);
    scenario.now = CEST('2026-10-05', '09:59');
    scenario.given({ type: 'prepare', revision: 1, kind: 'hold' }, system);
    scenario.now = CEST('2026-10-05', '10:01');
    expect(scenario.given({ type: 'remind' }, system)).toEqual([]);
    scenario.given({ type: 'abort', revision: 1, kind: 'hold' }, system);
    expect(scenario.given({ type: 'remind' }, system)).toHaveLength(1);
  });
});

describe('the ladder of a task', () => {
  const due = { dueDays: 1, ladder: [{ hours: -1, from: 'due', do: 'remind' }, { days: 1, from: 'due', do: 'raise', to: 'sponsor' }, { days: 2, from: 'due', do: 'raise', to: 'program-manager' }] } as const;
  function started(): World {
    const world = new World(plan([phase('design', [task('draw', due), task('check')])]));
    world.command(world.root, { type: 'start', name: { text: 't' }, roles: ROLES }, PEOPLE.olga);
    world.settle();
    return world;
  }
  const rungs = (world: World) => world.stages()[0]?.tasks['draw']?.climbed?.map(({ rung, at }) => [rung, iso(at)]);
  const until = (world: World, at: number) => {
    for (let round = 0; round < 50 && world.now < at; round += 1) world.ring();
  };

  test('is climbed around the due date, beside the reminders, as long as the task is not done', () => {
    const world = started();
    until(world, CEST('2026-10-07', '17:00'));
    expect(rungs(world)).toEqual([[0, iso(CEST('2026-10-06', '16:00'))], [1, iso(CEST('2026-10-07', '17:00'))]]);
    world.command(world.stages()[0]!.input.id, { type: 'complete', task: 'draw', evidence: {} }, PEOPLE.eva);
    until(world, CEST('2026-10-20', '17:00'));
    expect(rungs(world)).toHaveLength(2);
    const log = world.actors.get(world.stages()[0]!.input.id)?.log ?? [];
    expect(log.filter(({ event }) => event.type === 'task-overdue')).toHaveLength(1);
  });

  test('begins anew when the task is to be done again, and waits while the project is on hold', () => {
    const world = started();
    const { id } = world.stages()[0]!.input;
    until(world, CEST('2026-10-06', '16:00'));
    world.command(id, { type: 'complete', task: 'draw', evidence: {} }, PEOPLE.eva);
    world.command(id, { type: 'reopen', task: 'draw', reason: { text: 't' } }, PEOPLE.mia);
    expect(rungs(world)).toBeUndefined();
    world.command(world.root, { type: 'hold', reason: { text: 't' } }, PEOPLE.mia);
    world.settle();
    until(world, CEST('2026-10-14', '12:00'));
    expect(rungs(world)).toBeUndefined();
    world.now = CEST('2026-10-14', '12:00');
    world.command(world.root, { type: 'resume' }, PEOPLE.mia);
    world.settle();
    until(world, CEST('2026-10-15', '16:00'));
    expect(rungs(world)).toEqual([[0, iso(CEST('2026-10-15', '16:00'))]]);
  });
});
