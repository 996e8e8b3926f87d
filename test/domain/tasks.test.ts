/** What people do with a task beside completing it: whose it is, whether it can go on, what is said of it, and taking a completion back. */
import { stage } from '../../domain/stage';
import type { StageCommand, StageEvent, StageInput, StageState } from '../../domain/stage/types';
import type { Authority } from '../../domain/process';
import { MAX_COMMENTS, MAX_OWN_ITEMS } from '../../domain/stage/decide-work';
import type { TaskRow, StageRow } from '../../domain/rows';
import { CALENDAR, ROLES, gate, phase, plan, task } from '../support/plans';
import { MONDAY, person, Scenario, system } from '../support/scenario';

const text = (value: string) => ({ text: value });
const [mia, eva, edo, sam] = [person('mia', 'manager'), person('eva', 'engineer'), person('edo', 'engineer'), person('sam', 'sponsor', 'board')];
const forEva = (delegate: string): Authority => ({ kind: 'person', person: delegate, onBehalfOf: 'eva', roles: ['engineer'] });

const PHASE = phase('build', [
  task('draw', { dueDays: 5, rasci: { r: 'engineer', a: 'manager', s: ['sponsor'], c: [], i: [] }, checklist: [{ key: 'feeds', required: true }, { key: 'labels', required: false }] }),
  task('rack', { after: [{ task: 'draw' }] }),
  task('check', { fourEyes: true }),
], { gate: gate('g') });

type Stage = Scenario<StageInput, StageState, StageCommand, StageEvent>;
function opened(): Stage {
  const { roles: planRoles } = plan([]);
  const scenario: Stage = new Scenario(stage, {
    project: 'P', parent: 'project/P', id: 'project/P/phase/build/1', round: 1, roles: ROLES, phase: PHASE, planRoles, managerRole: 'manager', calendar: CALENDAR, phases: {},
  });
  scenario.given({ type: 'open' }, system);
  return scenario;
}
const tick = (scenario: Stage, ...keys: string[]) => scenario.given({ type: 'change-checklist', task: 'draw', tick: keys }, eva);
const complete = (scenario: Stage, key: string, who: Authority = eva) => scenario.given({ type: 'complete', task: key, evidence: {} }, who);
const row = (scenario: Stage, key: string) => stage.rows(scenario.state).find(({ id }) => id.endsWith(`/task/${key}`))?.data as TaskRow;
const notices = (scenario: Stage) => scenario.effects.flatMap((effect) => (effect.kind === 'notify' ? [[effect.notice, effect.to.persons ?? [], effect.to.roles ?? []]] : []));
afterEach(() => { for (const each of scenarios.splice(0)) expect(each.foldsToState()).toBe(true); });
const scenarios: Stage[] = [];
const started = (): Stage => {
  const scenario = opened();
  scenarios.push(scenario);
  return scenario;
};

describe('assigning', () => {
  test('a task is assigned to who may hold it, before it can begin too; nobody else takes it', () => {
    const scenario = started();
    scenario.given({ type: 'assign', task: 'rack', person: 'edo' }, mia);
    expect(scenario.state.tasks['rack']).toMatchObject({ status: 'waiting', assignee: 'edo' });
    tick(scenario, 'feeds');
    complete(scenario, 'draw');
    expect(scenario.state.tasks['rack']).toMatchObject({ status: 'ready', assignee: 'edo' });
    expect(scenario.refusal({ type: 'claim', task: 'rack' }, eva)).toBe('task-assigned-to-other');
    expect(scenario.refusal({ type: 'complete', task: 'rack', evidence: {} }, eva)).toBe('task-assigned-to-other');
    scenario.given({ type: 'claim', task: 'rack' }, edo);
    expect(scenario.refusal({ type: 'assign', task: 'rack', person: 'eva' }, eva)).toBe('task-assigned-to-other');
    scenario.given({ type: 'assign', task: 'rack', person: 'eva' }, mia);
    expect(scenario.state.tasks['rack']).toMatchObject({ status: 'ready', assignee: 'eva' });
    expect(notices(scenario)).toEqual([
      ['task-assigned', ['edo'], []], ['task-ready', ['edo'], []], ['task-assigned', ['eva'], []], ['task-unassigned', ['edo'], []]]);
    scenario.given({ type: 'release', task: 'rack' }, eva);
    expect(scenario.state.tasks['rack']?.assignee).toBeUndefined();
  });

  test('refused: a person without the role, somebody without a say, a task that is over; the same again is nothing', () => {
    const scenario = started();
    expect(scenario.when({ type: 'assign', task: 'check', person: 'sam' }, mia)).toMatchObject({ rejection: { code: 'assignee-not-eligible', facts: { role: 'engineer' } } });
    expect(scenario.refusal({ type: 'assign', task: 'check', person: 'eva' }, sam)).toBe('not-permitted');
    scenario.given({ type: 'assign', task: 'check', person: 'eva' }, eva);
    expect(scenario.given({ type: 'assign', task: 'check', person: 'eva' }, mia)).toEqual([]);
    complete(scenario, 'check');
    expect(scenario.refusal({ type: 'assign', task: 'check', person: 'edo' }, mia)).toBe('task-already-done');
    expect(scenario.refusal({ type: 'release', task: 'check' }, eva)).toBe('task-not-claimed');
  });

  test('many at once, each with its reason', () => {
    const scenario = started();
    scenario.given({ type: 'claim', task: 'check' }, edo);
    const events = scenario.given({ type: 'assign-many', tasks: ['draw', 'rack', 'check', 'none'], person: 'eva' }, eva);
    expect(events.filter(({ type }) => type === 'task-assigned')).toHaveLength(2);
    expect(events.at(-1)).toMatchObject({ type: 'tasks-refused', tasks: [{ task: 'check', code: 'task-assigned-to-other' }, { task: 'none', code: 'unknown-task' }] });
  });

  test('what is somebody’s who no longer holds the role is for whoever does', () => {
    const scenario = started();
    scenario.given({ type: 'claim', task: 'check' }, edo);
    scenario.given({ type: 'assign', task: 'draw', person: 'edo' }, mia);
    scenario.given({ type: 'roles-changed', roles: { ...ROLES, engineer: ['eva'] } }, system);
    scenario.given({ type: 'claim', task: 'check' }, eva);
    scenario.given({ type: 'assign', task: 'draw', person: 'eva' }, eva);
    expect(scenario.state.tasks).toMatchObject({ check: { status: 'claimed', assignee: 'eva' }, draw: { status: 'ready', assignee: 'eva' } });
  });

  test('what was assigned to somebody who leaves goes to who takes their place', () => {
    const scenario = started();
    for (const key of ['draw', 'rack']) scenario.given({ type: 'assign', task: key, person: 'edo' }, mia);
    scenario.given({ type: 'claim', task: 'check' }, edo);
    scenario.given({ type: 'roles-changed', roles: { ...ROLES, engineer: ['eva'] }, replaced: { person: 'edo', by: 'eva' } }, system);
    expect(scenario.state.tasks).toMatchObject({
      draw: { status: 'ready', assignee: 'eva' }, rack: { status: 'waiting', assignee: 'eva' }, check: { status: 'claimed', assignee: 'eva' } });
  });

  test('what it waits for was reopened: it stays whom it was assigned to', () => {
    const scenario = started();
    tick(scenario, 'feeds');
    complete(scenario, 'draw');
    scenario.given({ type: 'assign', task: 'rack', person: 'edo' }, mia);
    scenario.given({ type: 'reopen', task: 'draw', reason: text('wrong') }, eva);
    expect(scenario.state.tasks['rack']).toMatchObject({ status: 'waiting', assignee: 'edo' });
  });
});

describe('blocking', () => {
  test('a blocked task can not be completed, its due date goes on, and the manager is told', () => {
    const scenario = started();
    tick(scenario, 'feeds');
    const { dueAt } = scenario.state.tasks['draw'] ?? {};
    scenario.given({ type: 'block', task: 'draw', reason: text('no power') }, eva);
    expect(row(scenario, 'draw')).toMatchObject({ status: 'ready', dueAt, blocked: { person: 'eva', since: MONDAY, reason: text('no power') } });
    expect(scenario.when({ type: 'complete', task: 'draw', evidence: {} }, eva)).toMatchObject({ rejection: { code: 'task-blocked', facts: { person: 'eva' } } });
    expect(notices(scenario)).toEqual([['task-blocked', [], ['manager', 'manager']]]);
    const due = stage.due(scenario.state);
    expect(due?.command.type).toBe('remind');
    scenario.given({ type: 'unblock', task: 'draw' }, mia);
    expect(scenario.refusal({ type: 'unblock', task: 'draw' }, mia)).toBe('task-not-blocked');
    complete(scenario, 'draw');
  });

  test('what was delivered is not confirmed while it is blocked; what is over is not blocked', () => {
    const scenario = started();
    complete(scenario, 'check');
    scenario.given({ type: 'block', task: 'check', reason: text('doubt') }, mia);
    expect(scenario.refusal({ type: 'confirm', task: 'check' }, edo)).toBe('task-blocked');
    scenario.given({ type: 'unblock', task: 'check' }, mia);
    scenario.given({ type: 'confirm', task: 'check' }, edo);
    expect(scenario.refusal({ type: 'block', task: 'check', reason: text('late') }, mia)).toBe('task-already-done');
    expect(scenario.refusal({ type: 'block', task: 'draw', reason: text('x') }, sam)).toBe('not-permitted');
  });
});

describe('the checklist', () => {
  test('required items that are open refuse completion; ticking keeps who and when; own items are never required', () => {
    const scenario = started();
    expect(scenario.when({ type: 'complete', task: 'draw', evidence: {} }, eva)).toMatchObject({ rejection: { code: 'checklist-open', facts: { items: ['feeds'] } } });
    scenario.given({ type: 'change-checklist', task: 'draw', tick: ['feeds'], add: [text('ask Edo'), text('ask Sam')] }, sam);
    expect(row(scenario, 'draw').checklist).toEqual([
      { key: 'feeds', required: true, by: 'sam', at: MONDAY }, { key: 'labels', required: false },
      { key: '1', required: false, text: text('ask Edo') }, { key: '2', required: false, text: text('ask Sam') },
    ]);
    scenario.given({ type: 'change-checklist', task: 'draw', remove: ['1'], tick: ['2'], add: [text('later')] }, eva);
    expect(row(scenario, 'draw').checklist?.map(({ key }) => key)).toEqual(['feeds', 'labels', '2', '3']);
    scenario.given({ type: 'change-checklist', task: 'draw', untick: ['feeds'] }, eva);
    expect(scenario.refusal({ type: 'complete', task: 'draw', evidence: {} }, eva)).toBe('checklist-open');
    tick(scenario, 'feeds');
    complete(scenario, 'draw');
    expect(scenario.refusal({ type: 'change-checklist', task: 'draw', untick: ['feeds'] }, eva)).toBe('task-already-done');
  });

  test('what does not fit is told by field, and nothing of it is done', () => {
    const scenario = started();
    expect(scenario.when({ type: 'change-checklist', task: 'draw', tick: ['feeds', 'none'], remove: ['labels'] }, eva)).toMatchObject({
      rejection: { code: 'checklist-invalid', fields: [{ pointer: '/tick/1', code: 'choice' }, { pointer: '/remove/0', code: 'choice' }] } });
    expect(scenario.refusal({ type: 'change-checklist', task: 'draw' }, eva)).toBe('checklist-invalid');
    expect(scenario.refusal({ type: 'change-checklist', task: 'draw', tick: ['feeds'], untick: ['feeds'] }, eva)).toBe('checklist-invalid');
    expect(scenario.given({ type: 'change-checklist', task: 'draw', untick: ['feeds'] }, eva)).toEqual([]);
    const many = Array.from({ length: MAX_OWN_ITEMS + 1 }, (_, index) => text(String(index)));
    expect(scenario.refusal({ type: 'change-checklist', task: 'draw', add: many }, eva)).toBe('task-full');
    expect(scenario.refusal({ type: 'change-checklist', task: 'draw', tick: ['feeds'] }, person('x', 'security'))).toBe('not-permitted');
  });
});

describe('comments', () => {
  test('whoever has a part in the project comments; who is mentioned and whose task it is are told, not the writer', () => {
    const scenario = started();
    scenario.given({ type: 'assign', task: 'draw', person: 'eva' }, eva);
    scenario.given({ type: 'comment', task: 'draw', text: text('look'), mentions: ['edo', 'sam'] }, sam);
    scenario.given({ type: 'comment', task: 'draw', text: text('I did'), mentions: ['eva'] }, edo);
    expect(notices(scenario)).toEqual([['task-mentioned', ['edo'], []], ['task-commented', ['eva'], []], ['task-mentioned', ['eva'], []]]);
    expect(row(scenario, 'draw').comments).toBe(2);
    expect(scenario.refusal({ type: 'comment', task: 'draw', text: text('x'), mentions: [] }, person('stranger'))).toBe('not-permitted');
  });

  test('a task takes so many and no more; on hold people may still talk', () => {
    const scenario = started();
    scenario.given({ type: 'prepare', revision: 1, kind: 'hold' }, system);
    expect(scenario.refusal({ type: 'comment', task: 'draw', text: text('x'), mentions: [] }, eva)).toBe('project-changing');
    scenario.given({ type: 'commit', revision: 1, kind: 'hold' }, system);
    for (let each = 0; each < MAX_COMMENTS; each += 1) scenario.given({ type: 'comment', task: 'draw', text: text('x'), mentions: [] }, eva);
    expect(scenario.refusal({ type: 'comment', task: 'draw', text: text('x'), mentions: [] }, eva)).toBe('task-full');
    expect(scenario.refusal({ type: 'block', task: 'draw', reason: text('x') }, eva)).toBe('project-held');
  });
});

describe('attachments', () => {
  const file = (letter: string) => ({ name: text(letter), sha256: letter.repeat(64) });
  test('are told apart by their content, stay with the task when it is done, and are taken away', () => {
    const scenario = started();
    scenario.given({ type: 'change-attachments', task: 'draw', add: [file('a'), file('b')] }, sam);
    tick(scenario, 'feeds');
    complete(scenario, 'draw');
    const { digest } = scenario.state.gate;
    scenario.given({ type: 'change-attachments', task: 'draw', remove: ['a'.repeat(64)], add: [file('c')] }, eva);
    expect(row(scenario, 'draw').attachments).toEqual([{ ...file('b'), person: 'sam', at: MONDAY }, { ...file('c'), person: 'eva', at: MONDAY }]);
    expect(scenario.state.gate.digest).toBe(digest);
    expect(scenario.refusal({ type: 'change-attachments', task: 'draw', remove: ['a'.repeat(64)] }, eva)).toBe('attachments-invalid');
    expect(scenario.refusal({ type: 'change-attachments', task: 'draw', add: [file('d'), file('d')] }, eva)).toBe('attachments-invalid');
    const many = Array.from({ length: 49 }, (_, index) => ({ name: text('x'), sha256: String(index).padStart(64, '0') }));
    expect(scenario.refusal({ type: 'change-attachments', task: 'draw', add: many }, eva)).toBe('task-full');
  });
});

describe('hours', () => {
  test('are summed for the task and the phase; nothing remains of a task that is done', () => {
    const scenario = started();
    scenario.given({ type: 'log-effort', task: 'draw', hours: 0.1, remaining: 8 }, eva);
    scenario.given({ type: 'log-effort', task: 'draw', hours: 0.2 }, edo);
    scenario.given({ type: 'log-effort', task: 'check', hours: 3, remaining: 1.5 }, eva);
    expect(row(scenario, 'draw')).toMatchObject({ spent: 0.3, remaining: 8 });
    const ofStage = () => stage.rows(scenario.state)[0]?.data as StageRow;
    expect(ofStage()).toMatchObject({ spent: 3.3, remaining: 9.5 });
    scenario.given({ type: 'log-effort', task: 'draw', hours: -0.3 }, eva);
    tick(scenario, 'feeds');
    complete(scenario, 'draw');
    expect(row(scenario, 'draw')).toMatchObject({ spent: 0, remaining: 0 });
    scenario.given({ type: 'log-effort', task: 'draw', hours: 2 }, eva);
    expect(ofStage()).toMatchObject({ spent: 5, remaining: 1.5 });
    scenario.given({ type: 'reopen', task: 'draw', reason: text('again') }, eva);
    expect(row(scenario, 'draw')).not.toHaveProperty('remaining');
  });

  test('hours that can not be are refused', () => {
    const scenario = started();
    for (const wrong of [{}, { hours: 0 }, { hours: -1 }, { hours: 20_000 }, { remaining: -1 }, { hours: NaN }]) {
      expect(scenario.refusal({ type: 'log-effort', task: 'draw', ...wrong }, eva)).toBe('effort-invalid');
    }
  });
});

describe('taking a completion back', () => {
  test('by who completed it, until somebody built on it', () => {
    const scenario = started();
    tick(scenario, 'feeds');
    const { dueAt } = scenario.state.tasks['draw'] ?? {};
    complete(scenario, 'draw');
    expect(scenario.refusal({ type: 'withdraw', task: 'draw' }, edo)).toBe('not-completed-by-you');
    scenario.given({ type: 'withdraw', task: 'draw' }, eva);
    expect(scenario.state.tasks['draw']).toMatchObject({ status: 'claimed', assignee: 'eva', dueAt, reopened: 0 });
    expect(scenario.state.tasks['draw']).not.toHaveProperty('doneBy');
    expect(scenario.state.tasks['rack']?.status).toBe('waiting');
    expect(scenario.types()).toEqual(expect.arrayContaining(['task-completed', 'completion-withdrawn']));
    complete(scenario, 'draw');
    scenario.given({ type: 'claim', task: 'rack' }, edo);
    expect(scenario.when({ type: 'withdraw', task: 'draw' }, eva)).toMatchObject({ rejection: { code: 'completion-built-on', facts: { tasks: ['rack'] } } });
  });

  test('what is still to be checked can be taken back, what was checked can not', () => {
    const scenario = started();
    complete(scenario, 'check');
    scenario.given({ type: 'withdraw', task: 'check' }, eva);
    complete(scenario, 'check');
    scenario.given({ type: 'confirm', task: 'check' }, edo);
    expect(scenario.refusal({ type: 'withdraw', task: 'check' }, eva)).toBe('completion-built-on');
    expect(scenario.refusal({ type: 'withdraw', task: 'rack' }, eva)).toBe('task-not-done');
  });

  test('not once the gate looks at it; after the gate only by a change request, reopening too', () => {
    const scenario = started();
    tick(scenario, 'feeds');
    for (const key of ['draw', 'rack', 'check']) complete(scenario, key);
    scenario.given({ type: 'confirm', task: 'check' }, mia);
    expect(scenario.state.gate.status).toBe('open');
    expect(scenario.refusal({ type: 'withdraw', task: 'rack' }, eva)).toBe('task-frozen-by-gate');
    const { digest = '', round } = scenario.state.gate;
    const conditions = [{ defect: text('d'), plan: text('p'), owner: 'engineer', dueDays: 2 }];
    scenario.given({ type: 'approval-decided', round, digest, outcome: 'approve-with-conditions', conditions, rework: [] }, system);
    expect(scenario.state.status).toBe('passed');
    expect(scenario.refusal({ type: 'withdraw', task: 'rack' }, eva)).toBe('change-request-required');
    expect(scenario.refusal({ type: 'reopen', task: 'rack', reason: text('r') }, mia)).toBe('change-request-required');
  });
});

describe('four eyes, with delegates', () => {
  test('who delivered in another’s name checks neither as themselves nor for a third; nor does that other', () => {
    const scenario = started();
    complete(scenario, 'check', forEva('edo'));
    expect(scenario.state.tasks['check']).toMatchObject({ doneBy: 'eva', doneThrough: 'edo' });
    expect(scenario.refusal({ type: 'confirm', task: 'check' }, edo)).toBe('four-eyes');
    expect(scenario.refusal({ type: 'confirm', task: 'check' }, eva)).toBe('four-eyes');
    expect(scenario.refusal({ type: 'confirm', task: 'check' }, { kind: 'person', person: 'edo', onBehalfOf: 'mia', roles: ['manager'] })).toBe('four-eyes');
    scenario.given({ type: 'confirm', task: 'check' }, { kind: 'person', person: 'sam', onBehalfOf: 'mia', roles: ['manager'] });
    expect(scenario.state.tasks['check']).toMatchObject({ status: 'done', checkedBy: 'mia', checkedThrough: 'sam' });
  });

  test('who delivered does not send it back either; runs of before let them', () => {
    const scenario = started();
    complete(scenario, 'check');
    const back = { type: 'send-back', task: 'check', reason: text('Once more') } as const;
    expect(scenario.refusal(back, eva)).toBe('four-eyes');
    expect(scenario.refusal(back, forEva('edo'))).toBe('four-eyes');
    expect(stage.decide(scenario.state, back, { now: MONDAY, authority: eva, rules: 10 })).toMatchObject({ ok: true, events: [{ type: 'task-sent-back' }] });
    scenario.given(back, edo);
    expect(scenario.state.tasks['check']).toMatchObject({ status: 'ready', reopened: 1 });
  });

  test('of many at once, those that one delivered oneself are refused', () => {
    const scenario = started();
    complete(scenario, 'check');
    expect(scenario.when({ type: 'confirm-many', tasks: ['check'] }, eva)).toMatchObject({ rejection: { code: 'nothing-completed', facts: { refused: ['0 check four-eyes'] } } });
    scenario.given({ type: 'confirm-many', tasks: ['check'] }, edo);
    expect(scenario.state.tasks['check']).toMatchObject({ status: 'done', checkedBy: 'edo' });
  });
});
