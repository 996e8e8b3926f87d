/** No sequence of commands, in any order, by anyone, with messages under way in any order, breaks an invariant. */
import fc from 'fast-check';
import { thorough } from '../support/property';
import type { StageEvent, StageState } from '../../domain/stage/types';
import type { Authority } from '../../domain/process';
import { previewMigration } from '../../domain/play/preview-migration';
import type { Operation } from '../../domain/change/types';
import type { Plan, PlanGate } from '../../domain/plan';
import { ROLES, WATERFALL, gate, phase, task, version } from '../support/plans';
import { bringToEnd } from '../support/bring-to-end';
import { checkLogs } from '../support/check-logs';
import { PEOPLE, World } from '../support/world';

const names = Object.keys(PEOPLE) as (keyof typeof PEOPLE)[];
const tasks = ['draw', 'rack', 'cable', 'archive', 'log', 'review-build', 'condition-1-1', 'no-such-task'];
const text = { text: 't' };

/** Plans that a project may move to: tasks, gates and phases that come, go and change. */
const [design, build, close, control] = WATERFALL.phases as [Plan['phases'][number], Plan['phases'][number], Plan['phases'][number], Plan['phases'][number]];
const PLANS: readonly Plan[] = [
  version(WATERFALL, '2.0.0', [design, { ...build, tasks: [...build.tasks.slice(1).map((each) => ({ ...each, after: [] })), task('test', { dueDays: 3, checklist: [{ key: 'once', required: true }] })], gate: gate('ready') }, close, control]),
  version(WATERFALL, '3.0.0', [phase('study', [task('think')]), { ...design, after: ['study'], gate: gate('design-gate') }, build, { ...close, tasks: [task('report')] }]),
  version(WATERFALL, '4.0.0', [design, { ...build, tasks: build.tasks.map((each) => ({ ...each, dueDays: 1 })) }, phase('pilot', [task('try')], { after: ['build'], gate: gate('pilot-gate') }), { ...close, after: ['pilot'] }, control]),
  version(WATERFALL, '5.0.0'),
];

/** The same, with ladders that do all that they can. */
const LADDERED: Plan = version(WATERFALL, '1.0.0', [
  { ...design, gate: gate('design-gate', { ...design.gate, policy: {
    steps: [{ key: 'board', roles: ['board'], quorum: 'majority' }], reasonRequired: [], against: 'counts', dueDays: 2,
    ladder: [{ hours: 2, do: 'raise', to: 'engineer' }, { days: -1, from: 'due', do: 'add-approver', to: 'manager' }, { days: 3, do: 'decide', outcome: 'approve' }],
  } }) },
  { ...build, gate: gate('build-gate', { ...build.gate, policy: {
    steps: [{ key: 'security', roles: ['security'], quorum: 'all' }, { key: 'board', roles: ['board'], quorum: 2 }], reasonRequired: [], separationOfDuties: true,
    ladder: [{ hours: 1, do: 'remind' }, { days: 1, do: 'move-to-deputy', to: 'sponsor', step: 'security' }, { days: 2, do: 'add-approver', to: 'manager' }, { days: 3, do: 'decide', outcome: 'stop' }],
  } }) },
  close, control,
]);

/** Two phases beside each other after a first, each with a gate that may send the project back to it. */
const BACK: Plan = version(WATERFALL, '1.0.0', [
  { ...design, gate: gate('design-gate') }, { ...build, gate: gate('build-gate', { onRework: ['design'] }) },
  phase('pilot', [task('try')], { after: ['design'], gate: gate('pilot-gate', { onRework: ['design'] }) }), { ...close, after: ['build', 'pilot'] }, control,
]);

/** What a project may bring from elsewhere. */
const ADOPTIONS = [
  undefined, undefined, { source: text, gates: [], tasks: [{ phase: 'build', task: 'cable', status: 'done' }, { phase: 'control', task: 'log', status: 'dropped' }] },
  { source: text, gates: [{ gate: 'design-gate', by: text }], tasks: [{ phase: 'build', task: 'rack', status: 'done', at: 0 }] },
  { source: text, gates: [{ gate: 'design-gate' }, { gate: 'build-gate' }], tasks: [{ phase: 'control', task: 'log', status: 'done' }, { phase: 'control', task: 'review-build', status: 'done' }] },
];

/** Changes that somebody may ask for; some fit the plan, at some moments. */
const OPERATIONS: readonly Operation[] = [
  { op: 'add-task', phase: 'build', task: { key: 'test', title: text, responsible: 'engineer', after: ['cable'], budget: 100 } },
  { op: 'add-task', phase: 'design', task: { key: 'review', title: text, responsible: 'engineer' } },
  { op: 'remove-task', phase: 'build', task: 'cable' },
  { op: 'set-task', phase: 'build', task: 'cable', set: { estimate: [1, 2, 3], responsible: 'manager' } },
  { op: 'add-phase', phase: { key: 'pilot', title: text, after: ['build'], before: ['close'], tasks: [{ key: 'try', title: text, responsible: 'engineer' }],
    gate: { key: 'pilot-gate', title: text, steps: [{ key: 'one', roles: ['board'], quorum: 'any' }] } } },
  { op: 'remove-gate', phase: 'build' }, { op: 'redo-phase', phase: 'design' }, { op: 'remove-phase', phase: 'close' }, { op: 'set-phase', phase: 'build', set: { budget: 5000 } },
];
const CONTROLLED: Plan = {
  ...WATERFALL, onCancel: 'close',
  changeControl: {
    tolerance: { days: 3, cost: 200, tasks: 2 },
    levels: [{ key: 'all', policy: { steps: [{ key: 'board', roles: ['board'], quorum: 'any' }], reasonRequired: [], outcomes: ['approve', 'rework', 'stop'] } }],
  },
};

/** Asks for a change, or withdraws one. */
function change(world: World, authority: Authority, what: number, how: number): void {
  const known = world.projectState().changes ?? [];
  const old = known[how % Math.max(1, known.length)];
  if (how > 7 && old) world.command(world.root, { type: 'withdraw-change', change: old.id }, authority);
  else world.command(world.root, { type: 'request-change', change: { id: `c-${known.length}`, title: text, reason: text, impact: {}, operations: [OPERATIONS[(what + how) % OPERATIONS.length]] } }, authority);
}

/** A step is a few small numbers; what they mean depends on where the world is. */
const step = fc.record({
  // `work` and `vote` do what fits, so that runs get far; the others are anybody doing anything.
  action: fc.constantFrom('work', 'work', 'work', 'work', 'vote', 'vote', 'vote', 'complete', 'claim', 'release', 'reopen', 'withdraw', 'give', 'block', 'unblock', 'comment', 'change-checklist', 'log-effort', 'decide', 'hold', 'resume', 'resume', 'cancel', 'reopen-phase', 'assign', 'absence', 'program', 'leave', 'stand-in', 'migrate', 'change', 'money', 'deliver', 'deliver', 'settle', 'settle', 'ring', 'calendar', 'repeat', 'repeat', 'roll-over', 'roll-over'),
  who: fc.nat(names.length - 1),
  what: fc.nat(tasks.length - 1),
  how: fc.nat(9),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const outcomes = ['approve', 'approve', 'approve', 'approve', 'approve', 'approve', 'approve-with-conditions', 'approve', 'rework', 'stop'] as const;

/** Completes a task that is ready, as one who may. */
function work(world: World, how: number): void {
  const ready = world.stages().flatMap((stage) => Object.entries(stage.tasks)
    .filter(([, task]) => task.status === 'ready' || task.status === 'claimed').map(([key, task]) => ({ stage, key, task })));
  const chosen = ready[how % Math.max(1, ready.length)];
  if (!chosen) return;
  const { stage, key, task } = chosen;
  const evidence = key === 'draw' ? { pages: 1 + how, check: how < 8 ? 'good' : 'bad' } : task.condition ? { proof: text } : {};
  const who = task.assignee === 'edo' ? PEOPLE.edo : PEOPLE.eva;
  if (key === 'test') world.command(stage.input.id, { type: 'change-checklist', task: key, tick: ['once'] }, who);
  world.command(stage.input.id, { type: 'complete', task: key, evidence }, who);
}

/** Votes on the open approval or an old one: as one of those it waits for, or as anybody. */
function vote(world: World, anybody: Authority, how: number, fitting: boolean): void {
  const approvals = world.approvals();
  const open = approvals.filter(({ status }) => status === 'open');
  const approval = open[how % Math.max(1, open.length)] ?? approvals[how % Math.max(1, approvals.length)];
  if (!approval) return;
  const outcome = outcomes[how % outcomes.length];
  const conditions = [{ defect: text, plan: text, owner: 'engineer', dueDays: how }];
  const rework = approval.input.tasks.slice(0, 1 + (how % 2));
  const reworkPhases = approval.input.reworkPhases ?? [];
  const digest = !fitting && how > 6 ? 'outdated' : approval.input.digest;
  const authority = fitting ? (how % 2 === 0 ? PEOPLE.sam : PEOPLE.sol) : anybody;
  world.command(approval.input.id, { type: 'decide', outcome, digest, reason: text, conditions, rework, reworkPhases }, authority);
}

function take(world: World, { action, who, what, how }: Step): void {
  const authority = PEOPLE[names[who] ?? 'stranger'];
  const task = tasks[what] ?? '';
  const stages = world.stages();
  const stage = stages.find((each) => Object.hasOwn(each.tasks, task)) ?? stages[how % stages.length];
  switch (action) {
    case 'work': return work(world, how);
    case 'vote': return vote(world, authority, how, true);
    case 'deliver': { const busy = world.busy(); if (busy.length > 0) world.deliver(busy[how % busy.length] ?? ''); return; }
    case 'settle': return world.settle((count) => how % count);
    case 'ring': return world.ring();
    case 'repeat': return world.repeat(what * 37 + how * 7);
    case 'roll-over': return world.rollOver(how);
    case 'calendar': {
      const { calendar } = WATERFALL;
      world.hear(world.root, 'calendar/be', 2 + how, { type: 'calendar-changed', calendar: { ...calendar, version: 2 + how, days: calendar.days.slice(how) } });
      return;
    }
    case 'hold':
    case 'cancel': if (action === 'cancel' && how > 0) return; world.command(world.root, { type: action, reason: text }, authority); return;
    case 'migrate': {
      const next = PLANS[how % PLANS.length] as Plan;
      const { undecided } = previewMigration(world.standings(), next, world.now).preview;
      world.migrate(next, authority, Object.fromEntries(undecided.map((id) => [id, id.startsWith('phase:') ? 'drop' : how < 5 ? 'keep' : 'reopen'])));
      return;
    }
    case 'change': return change(world, authority, what, how);
    case 'money': world.command(world.root, { type: 'record-cost', phase: 'build', actual: how * 100 - 200, ...(how > 7 && { toComplete: how * 1000 }) }, authority); return;
    case 'reopen-phase': world.command(world.root, { type: action, phase: how < 5 ? 'design' : 'build', reason: text }, authority); return;
    case 'resume': world.command(world.root, { type: 'resume' }, authority); return;
    case 'assign': world.command(world.root, { type: 'assign-roles', roles: how < 5 ? { security: ['sol'] } : { security: ['sol', 'new'] } }, authority); return;
    case 'program':
      if (how < 3) return world.hearFromDirectory({ programs: { move: how < 2 ? ['sam', 'pia'] : [] }, absences: { sam: [{ delegation: 'of-program', delegate: 'edo', until: world.now + 1_000_000, program: 'move' }] } });
      world.command(world.root, { type: 'set-program', program: how < 8 ? { key: how < 6 ? 'move' : 'other', managers: ['sam'] } : null }, authority);
      return;
    case 'absence': return world.hearFromDirectory({ absences: { sol: how < 3 ? [] : [{ delegation: `d${how}`, delegate: how < 6 ? 'edo' : 'olga', until: world.now + how * 1_000_000 }] } });
    case 'leave': return world.hearFromDirectory({ left: how < 5 ? { edo: 'eva' } : { new: 'sol' } });
    case 'stand-in': {
      const approval = world.openApproval();
      const [absent, deputy] = Object.entries(approval?.deputies ?? {})[0] ?? [];
      if (!approval || absent === undefined || !deputy) return;
      const caster = how < 8 ? deputy.person : 'stranger';
      world.command(approval.input.id, { type: 'decide', outcome: 'approve', digest: approval.input.digest }, { kind: 'person', person: caster, onBehalfOf: absent, roles: ['board'] });
      return;
    }
    case 'decide': return vote(world, authority, how, false);
    default: {
      if (!stage) return;
      const evidence = task === 'draw' ? { pages: how } : task.startsWith('condition') ? { proof: text } : {};
      const more = { person: how < 5 ? 'eva' : 'edo', text, mentions: ['mia'], hours: how - 3, remaining: how, ...(how < 5 ? { add: [text] } : { tick: ['1'] }) };
      world.command(stage.input.id, { type: action === 'give' ? 'assign' : action, task, evidence, reason: text, ...more }, authority);
    }
  }
}

/** What a mandatory criterion of these plans asks for, said once more: the judge of a gate is not to be its own witness. */
function isUnmet({ tasks: known, input }: StageState, criterion: PlanGate['criteria'][number]): boolean {
  const isDone = (key: string): boolean => known[key]?.status === 'done';
  if (!criterion.mandatory) return false;
  switch (criterion.kind) {
    case 'judged': return false;
    case 'evidence': {
      const { task: key, field, is } = criterion.test as { readonly task: string; readonly field: string; readonly is: readonly unknown[] };
      return !isDone(key) || !is.includes(known[key]?.evidence?.[field]);
    }
    case 'deliverable': {
      const makers = input.phase.tasks.filter(({ produces }) => produces.includes(criterion.deliverable));
      return makers.length === 0 || !makers.every(({ key }) => isDone(key));
    }
    default: throw new Error(`the plans of this test have no criterion of the kind ${criterion.kind}`);
  }
}

const lacksCriteria = (stage: StageState): boolean => stage.input.phase.gate?.criteria.some((criterion) => isUnmet(stage, criterion)) ?? false;

const GATE_PASSED = ['approved', 'approved-with-conditions', 'adopted'];

/** No gate passes with an unmet mandatory criterion, and no phase that has a gate without its decision. */
function checkGate(process: string, id: string, state: unknown, event: { readonly type: string }): void {
  if (process !== 'stage') return;
  const [stage, happened] = [state as StageState, event as StageEvent];
  const passes = (happened.type === 'gate-decided' && happened.outcome.startsWith('approve')) || (happened.type === 'stage-passed' && stage.gate.status !== 'adopted');
  if (passes && lacksCriteria(stage)) throw new Error(`${id}: a gate passed with an unmet mandatory criterion`);
  if (happened.type === 'stage-passed' && stage.input.phase.gate && !GATE_PASSED.includes(stage.gate.status)) throw new Error(`${id}: a phase passed without the decision on its gate`);
}

function checkWorld(world: World): void {
  checkLogs(world, checkGate);
  for (const { votes, climbed = [], input, outcome, byPolicy } of world.approvals()) {
    expect(new Set(votes.map((vote) => vote.person)).size).toBe(votes.length);
    // Each rung once per step, and none that answers against a person, or for those who did the work.
    const reached = climbed.flatMap(({ rung, steps }) => (steps.length > 0 ? steps : ['']).map((step) => `${rung} ${step}`));
    expect(new Set(reached).size).toBe(reached.length);
    if (outcome === 'approve' && byPolicy) expect(input.policy.separationOfDuties).toBeUndefined();
    for (const { person } of votes) expect(input.policy.separationOfDuties && input.barred?.includes(person) ? person : '').toBe('');
    // Nobody decides twice, whoever's name it is in.
    expect(new Set(votes.map((vote) => vote.castBy ?? vote.person)).size).toBe(votes.length);
  }
  for (const stage of world.stages()) {
    if (!['ended', 'stopped', 'reworked', 'cancelled'].includes(stage.status)) continue;
    for (const task of Object.values(stage.tasks)) expect(['done', 'dropped']).toContain(task.status);
  }
}

/** Once all messages have arrived, whatever is not final has somebody who can act, or time that will. */
function checkNothingIsStuck(world: World): void {
  const project = world.projectState();
  if (['completed', 'stopped', 'cancelled'].includes(project.status)) {
    for (const [id, { runner }] of world.actors) if (!runner.isFinal()) throw new Error(`${id} is open in a project that has ended`);
    return;
  }
  expect(project.revision).toBeUndefined();
  if (project.status === 'held') {
    for (const state of [...world.stages(), ...world.approvals()]) {
      if (['open', 'passed'].includes(state.status)) expect(state.heldAt).toBeDefined();
    }
    return;
  }
  // What is done can be reopened; it has to be where the gate, which opens by itself, is not satisfied with it.
  const canWork = world.stages().some((stage) => Object.values(stage.tasks).some(({ status }) => status === 'ready' || status === 'claimed'
    || (status === 'done' && stage.status === 'open' && lacksCriteria(stage))));
  for (const state of [...world.stages(), ...world.approvals()]) {
    if (!world.actors.get(state.input.id)?.runner.isFinal()) expect([state.input.id, state.heldAt, 'revision' in state ? state.revision : undefined]).toEqual([state.input.id, undefined, undefined]);
  }
  const open = world.approvals().filter(({ status }) => status === 'open');
  for (const { input } of open) {
    const runner = world.actors.get(input.id)?.runner;
    const waits = runner?.rows().rows.some(({ data }) => (data as { waitingFor: string[] }).waitingFor.length > 0);
    if (!waits) throw new Error(`${input.id} is open and waits for nobody`);
  }
  const canVote = open.length > 0;
  expect(project.changes?.some(({ status }) => status === 'approved')).not.toBe(true);
  if (!canWork && !canVote) throw new Error(`nobody can act: ${JSON.stringify(project.phases)}`);
}

test('any sequence of commands by anyone keeps every invariant', () => {
  fc.assert(fc.property(fc.array(step, { maxLength: 120, size: 'max' }), fc.nat(1000), fc.constantFrom(...ADOPTIONS), fc.constantFrom(WATERFALL, CONTROLLED, LADDERED, BACK), (steps, order, adoption, plan) => {
    const world = new World(plan);
    world.command(world.root, { type: 'start', name: text, roles: ROLES, ...(adoption && { adoption }) }, PEOPLE.olga);
    world.settle();
    for (const each of steps) take(world, each);
    checkWorld(world);
    world.settle((count) => order % count);
    checkWorld(world);
    checkNothingIsStuck(world);
    bringToEnd(world);
    checkWorld(world);
  }), thorough(100));
});
