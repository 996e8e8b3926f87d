/** A broken plan per defect, and a sound twin of it. */
import type { Expression, Reference, Scalar } from '../../../domain/expression';
import type { Plan, PlanGate, PlanPolicy, PlanRung } from '../../../domain/plan';
import { verify } from '../../../domain/play/verify';
import { gate, phase, plan, task } from '../../support/plans';
import { MONDAY } from '../../support/scenario';

const is = (to: Reference, value: Scalar): Expression => ({ kind: 'compare', by: '=', left: { kind: 'reference', to }, right: { kind: 'value', value } });
const never: Expression = { kind: 'value', value: false };
const choice = { key: 'risk', required: true, type: 'choice', choices: ['low', 'high'] } as const;
const found = (of: Plan, ...more: Plan[]) => verify([of, ...more], { start: MONDAY }).findings;
const codes = (of: Plan) => found(of).map(({ code }) => code);

const deliverable = (name: string) => ({ key: 'there', kind: 'deliverable', deliverable: `${name}-document`, mandatory: true }) as const;
const policy = (more: object) => ({ steps: [{ key: 'board', roles: ['board'], quorum: 'any' as const }], reasonRequired: [], ...more });

/** An optional task delivers what a later gate insists on. */
const optionalDelivery = (mandatory: boolean): Plan => plan([phase('build', [
  task('assess', { evidence: [choice] }),
  task('mitigate', { after: [{ task: 'assess' }], when: is(['evidence', 'assess', 'risk'], 'high') }),
], { gate: gate('g', { criteria: [{ ...deliverable('mitigate'), mandatory }, { ...deliverable('assess'), key: 'assessed' }] }) })]);

test('a sound plan has no findings', () => {
  const { findings, unexplored, states } = verify([optionalDelivery(false)], { start: MONDAY });
  expect({ findings, unexplored }).toEqual({ findings: [], unexplored: [] });
  expect(states).toBeGreaterThan(1);
});

test('a project that can get stuck is found, with the shortest way there', () => {
  expect(found(optionalDelivery(true))).toMatchObject([{
    code: 'stuck', subject: { phase: 'build', gate: 'g' }, criteria: ['there'], confirmed: true,
    trace: [{ kind: 'start', delivered: [{ phase: 'build', field: 'assess/risk', value: 'low' }] }],
  }]);
});

test('the shortest way leads over the gate that made the difference', () => {
  const stopping = (onStop: boolean): Plan => plan([
    phase('design', [task('draw')], { gate: gate('d', onStop ? { onStop: 'close' } : { onStop: 'close', policy: policy({ outcomes: ['approve'] }) }) }),
    phase('build', [task('rack')], { after: ['design'] }),
    phase('close', [task('archive'), task('report', { after: [{ phase: 'build', reaches: 'passed' }] })], {
      after: ['build'], gate: gate('c', { criteria: [deliverable('report')], policy: policy({ outcomes: ['approve'] }) }),
    }),
  ]);
  expect(found(stopping(true))).toMatchObject([{ code: 'stuck', subject: { phase: 'close' }, trace: [{ kind: 'decide', gate: 'd', outcome: 'stop' }] }]);
  // How the phases stand is told at the start of the way and after each of its moves.
  const [start, end] = found(stopping(true))[0]?.standings ?? [];
  expect(start).toMatchObject([{ phase: 'design', status: 'open', gate: 'open', done: 1, open: 0 }, { phase: 'build', status: 'waiting', gate: 'waiting', done: 0, open: 0 }, { phase: 'close', status: 'waiting' }]);
  expect(end).toMatchObject([{ phase: 'design', status: 'ended', gate: 'stopped' }, { phase: 'build', status: 'skipped' }, { phase: 'close', status: 'open', gate: 'waiting', done: 1, open: 0 }]);
  expect(codes(stopping(false))).toEqual([]);
});

test('a phase, a task and a gate that can never happen', () => {
  const broken = plan([
    phase('design', [task('draw'), task('never', { when: never })]),
    phase('optional', [task('study')], { after: ['design'], when: never, gate: gate('o') }),
  ]);
  expect(found(broken).map(({ code, subject }) => [code, subject])).toEqual([
    ['task-never', { phase: 'design', task: 'never' }], ['phase-never', { phase: 'optional' }],
  ]);
  const sound = plan([phase('design', [task('draw', { evidence: [choice] })], { exports: ['draw/risk'] }),
    phase('optional', [task('study')], { after: ['design'], when: is(['fact', 'design', 'draw', 'risk'], 'high'), gate: gate('o') })]);
  expect(codes(sound)).toEqual([]);
});

test('what happens for other parameters does happen', () => {
  const withPhase = (holds: boolean): Plan => plan([phase('design', [task('draw')]), phase('extra', [task('study')], { after: ['design'], when: { kind: 'value', value: holds } })]);
  expect(codes(withPhase(false))).toEqual(['phase-never']);
  expect(found(withPhase(false), withPhase(true))).toEqual([]);
});

test('a gate whose criteria contradict each other can never pass', () => {
  const contradicting = (second: string): Plan => plan([phase('build', [task('assess', { evidence: [choice] })], {
    gate: gate('g', { criteria: [
      { key: 'one', kind: 'evidence', mandatory: true, test: { task: 'assess', field: 'risk', is: ['low'] } },
      { key: 'two', kind: 'condition', mandatory: true, condition: is(['evidence', 'assess', 'risk'], second) },
    ] }),
  })]);
  expect(codes(contradicting('high'))).toEqual(['stuck', 'gate-never']);
  expect(codes(contradicting('low'))).toEqual([]);
});

test('rework without a way out', () => {
  const looping = (outcomes: ('approve' | 'rework')[]): Plan => plan([
    phase('build', [task('rack')]),
    phase('accept', [task('try')], { after: ['build'], gate: gate('g', { onRework: ['build'], policy: policy({ outcomes }) }) }),
  ]);
  expect(found(looping(['rework'])).map(({ code }) => code)).toEqual(['endless-rework', 'gate-never-passes']);
  expect(codes(looping(['approve', 'rework']))).toEqual([]);
});

test('a quorum that cannot be reached', () => {
  const withQuorum = (quorum: number, single: boolean): Plan => {
    const made = plan([phase('build', [task('rack')], { gate: gate('g', { policy: policy({ steps: [{ key: 'board', roles: ['board'], quorum }], outcomes: ['approve'] }) }) })]);
    return { ...made, roles: made.roles.map((role) => (single && role.members.length === 0 ? { ...role, single: true as const } : role)) };
  };
  expect(found(withQuorum(3, true))).toMatchObject([{ code: 'quorum-unreachable', subject: { gate: 'g', step: 'board' } }, { code: 'gate-never-passes' }]);
  expect(codes(withQuorum(2, true))).toEqual([]);
  expect(codes(withQuorum(3, false))).toEqual([]);
});

describe('ladders', () => {
  const laddered = (quorum: 'any' | 'all' | number, ladder: readonly PlanRung[], more: Partial<PlanPolicy> = {}): Plan => {
    const made = plan([phase('build', [task('rack')], { gate: gate('g', { policy: policy({ steps: [{ key: 'one', roles: ['security'], quorum }], ladder, outcomes: ['approve'], ...more }) }) })]);
    return { ...made, roles: made.roles.map((role) => (role.key === 'security' || role.key === 'manager' ? { ...role, single: true as const } : role)) };
  };

  test('who is added makes a quorum reachable', () => {
    expect(codes(laddered(2, []))).toEqual(['quorum-unreachable', 'gate-never-passes']);
    expect(codes(laddered(2, [{ days: 1, do: 'add-approver', to: 'manager' }]))).toEqual([]);
    expect(codes(laddered(3, [{ days: 1, do: 'add-approver', to: 'manager' }]))).toEqual(['quorum-unreachable', 'gate-never-passes']);
  });

  test('deputies who are too few leave a quorum out of reach', () => {
    const steps = [{ key: 'one', roles: ['sponsor'], quorum: 3 }];
    expect(codes(laddered('any', [{ days: 1, do: 'move-to-deputy', to: 'engineer' }], { steps }))).toEqual([]);
    expect(found(laddered('any', [{ days: 1, do: 'move-to-deputy', to: 'manager' }], { steps }))).toMatchObject([{ code: 'quorum-unreachable', subject: { gate: 'g', step: 'one' } }]);
  });

  test('whom it is raised to, also beyond the project, can decide', () => {
    expect(codes(laddered(2, [{ days: 1, do: 'raise', to: 'program-manager' }]))).toEqual([]);
  });

  test('what the policy answers by itself is a way of its own', () => {
    const stopping = (outcome: 'approve' | 'stop'): Plan => plan([
      phase('design', [task('draw')], { gate: gate('d', { onStop: 'close', policy: policy({ steps: [{ key: 'one', roles: ['security'], quorum: 3 }], outcomes: ['approve', outcome], ladder: [{ days: 1, do: 'decide', outcome }] }) }) }),
      phase('build', [task('rack')], { after: ['design'] }),
      phase('close', [task('archive'), task('report', { after: [{ phase: 'build', reaches: 'passed' }] })], {
        after: ['build'], gate: gate('c', { criteria: [deliverable('report')], policy: policy({ outcomes: ['approve'] }) }),
      }),
    ]);
    expect(found(stopping('stop'))).toMatchObject([{ code: 'stuck', trace: [{ kind: 'decide', outcome: 'stop' }] }]);
    const few = stopping('approve');
    const nobody = { ...few, roles: few.roles.map((role) => (role.key === 'security' ? { ...role, single: true as const } : role)) };
    expect(codes(nobody)).toEqual([]);
    const { phases } = nobody;
    const onlyTime = { ...nobody, phases: [{ ...phases[0]!, gate: { ...phases[0]!.gate!, policy: { ...phases[0]!.gate!.policy, outcomes: ['approve', 'stop'] as const, ladder: [{ days: 1, do: 'decide', outcome: 'stop' }] as const } } }, ...phases.slice(1)] };
    expect(found(onlyTime).find(({ code }) => code === 'stuck')?.trace).toMatchObject([{ gate: 'd', outcome: 'stop' }]);
  });
});

test('separation of duties that leaves nobody to decide', () => {
  const separated = (role: string): Plan => {
    const made = plan([phase('build', [task('rack')], { gate: gate('g', { policy: policy({ steps: [{ key: 'one', roles: [role], quorum: 'any' }], outcomes: ['approve'], separationOfDuties: true }) }) })]);
    return { ...made, roles: made.roles.map((each) => (each.key === 'engineer' ? { ...each, single: true as const } : each)) };
  };
  expect(codes(separated('engineer'))).toEqual(['quorum-unreachable', 'gate-never-passes']);
  expect(codes(separated('sponsor'))).toEqual([]);
});

test('a role that nobody can hold without breaking the separation', () => {
  const made = plan([phase('build', [task('rack')])]);
  expect(found({ ...made, separation: [['sponsor', 'board']] })).toMatchObject([{ code: 'role-impossible', subject: { role: 'sponsor' } }]);
  expect(codes({ ...made, separation: [['sponsor', 'security']] })).toEqual([]);
});

test('a due date that falls before that of what the task waits for', () => {
  const due = (first: number, second: number): Plan => plan([phase('build', [
    task('rack', { due: { days: first, from: 'phase' } }), task('cable', { after: [{ task: 'rack' }], due: { days: second, from: 'phase' } }),
  ])]);
  expect(found(due(10, 5))).toMatchObject([{ code: 'due-before-dependency', subject: { phase: 'build', task: 'cable' }, other: 'rack' }]);
  expect(codes(due(5, 10))).toEqual([]);
});

test('parallel phases that meet again are sound, whichever is skipped', () => {
  const when = is(['fact', 'split', 'draw', 'risk'], 'high');
  expect(codes(plan([
    phase('split', [task('draw', { evidence: [choice] })], { exports: ['draw/risk'] }),
    phase('left', [task('l')], { after: ['split'], when }),
    phase('right', [task('r')], { after: ['split'], when: { kind: 'not', of: when } }),
    phase('join', [task('j')], { after: ['left', 'right'] }),
  ]))).toEqual([]);
});

describe('what was played once is not played again where it comes out the same, and only there', () => {
  const deciding = (more: Partial<PlanGate>) => phase('build', [task('rack')], { gate: gate('g', { policy: policy({ steps: [{ key: 'board', roles: ['board'], quorum: 3 }], outcomes: ['approve'] }), ...more }) });
  const single = (of: Plan): Plan => ({ ...of, roles: of.roles.map((role) => (role.members.length === 0 ? { ...role, single: true as const } : role)) });

  test('the same phase with other people', () => {
    const sound = plan([deciding({})]);
    expect(found(sound, single(sound)).map(({ code }) => code)).toEqual(['quorum-unreachable']);
    expect(found(sound, sound)).toEqual([]);
  });

  test('the same phase with other facts before it', () => {
    const ending = (asked: string): Plan => plan([
      phase('design', [task('draw', { evidence: [choice] })], { exports: ['draw/risk'] }),
      phase('build', [task('rack')], {
        after: ['design'], imports: ['design/draw/risk'],
        gate: gate('g', { criteria: [{ key: 'low', kind: 'condition', mandatory: true, condition: { kind: 'not', of: is(['fact', 'design', 'draw', 'risk'], asked) } }] }),
      }),
    ]);
    expect(found(ending('high'))).toMatchObject([{ code: 'stuck', trace: [{ kind: 'start', delivered: [{ phase: 'design', field: 'draw/risk', value: 'high' }] }] }]);
    expect(codes(ending('none'))).toEqual([]);
  });

  test('evidence that is found by leaving out what a first value breaks', () => {
    const fields = Array.from({ length: 12 }, (_, index) => `f${index}`);
    const wide = (wanted: string): Plan => plan([phase('build', [task('assess', { evidence: fields.map((key) => ({ ...choice, key })) })], {
      gate: gate('g', { criteria: [
        ...fields.map((key) => ({ key, kind: 'evidence' as const, mandatory: true, test: { task: 'assess', field: key, is: ['high'] } })),
        { key: 'all', kind: 'condition', mandatory: true, condition: { kind: 'all', of: fields.map((key) => is(['evidence', 'assess', key], wanted)) } },
      ] }),
    })]);
    expect(codes(wide('high'))).toEqual([]);
    expect(codes(wide('low'))).toEqual(['stuck', 'gate-never']);
  });
});

test('where there are too many states, that is said', () => {
  const wide = plan([phase('build', [task('rack', { evidence: [choice] })], { gate: gate('g') })]);
  expect(verify([wide], { start: MONDAY, maxStates: 1 }).unexplored).toEqual([expect.stringContaining('more than 1 states')]);
});
