import { courseOf, OFF_COURSE_DAYS, type Facts } from '../../../domain/portfolio/course';

const NOW = Date.UTC(2026, 10, 24, 9);
const HOUR = 3_600_000;
const calm: Facts = { status: 'running', now: NOW, slipDays: 0, exceptions: [], tasks: [], approvals: [] };
const task = (more: Partial<Facts['tasks'][number]> = {}) => ({ dueAt: NOW + HOUR, isBlocked: false, isCondition: false, hasHolder: true, ...more });
const approval = (more: Partial<Facts['approvals'][number]> = {}) => ({ gate: 'ready', dueAt: null, isUndecidable: false, ...more });

test('a project that nothing holds is on course', () => {
  expect(courseOf({ ...calm, tasks: [task(), task({ dueAt: null })], approvals: [approval({ dueAt: NOW + HOUR })] })).toEqual({ course: 'on-course', reasons: [] });
});

test.each<[string, Partial<Facts>, string, object]>([
  ['an end a day later than promised', { slipDays: 1.5 }, 'at-risk', { code: 'end-later', days: 1 }],
  ['an end as much later as is just a risk', { slipDays: OFF_COURSE_DAYS }, 'at-risk', { code: 'end-later', days: 10 }],
  ['an end more than two weeks later', { slipDays: 11 }, 'off-course', { code: 'end-later', days: 11 }],
  ['a time beyond its tolerance', { exceptions: [{ kind: 'time' }, { kind: 'time' }] }, 'off-course', { code: 'beyond-tolerance', kind: 'time' }],
  ['a gate that nobody can decide', { approvals: [approval({ isUndecidable: true })] }, 'off-course', { code: 'gate-undecidable', gate: 'ready' }],
  ['a decision that is late', { approvals: [approval({ dueAt: NOW - HOUR })] }, 'at-risk', { code: 'decision-late', gate: 'ready', since: NOW - HOUR }],
  ['overdue tasks', { tasks: [task({ dueAt: NOW - HOUR }), task({ dueAt: NOW - 2 * HOUR })] }, 'at-risk', { code: 'tasks-overdue', count: 2, since: NOW - 2 * HOUR }],
  ['a blocked task', { tasks: [task({ isBlocked: true })] }, 'at-risk', { code: 'tasks-blocked', count: 1 }],
  ['an overdue condition', { tasks: [task({ dueAt: NOW - 1, isCondition: true })] }, 'at-risk', { code: 'conditions-overdue', count: 1 }],
  ['a task whose role nobody holds', { tasks: [task({ hasHolder: false })] }, 'at-risk', { code: 'nobody-holds-role', count: 1 }],
])('%s', (_, facts, course, reason) => {
  expect(courseOf({ ...calm, ...facts })).toEqual({ course, reasons: [reason] });
});

test('a task is late from its due moment on, not at it', () => {
  expect(courseOf({ ...calm, tasks: [task({ dueAt: NOW })] }).course).toBe('on-course');
});

test('the gravest reason comes first', () => {
  const { course, reasons } = courseOf({ ...calm, slipDays: 2, exceptions: [{ kind: 'cost' }], tasks: [task({ isBlocked: true })] });
  expect([course, reasons.map(({ code }) => code)]).toEqual(['off-course', ['beyond-tolerance', 'end-later', 'tasks-blocked']]);
});

test.each([['held', 'on-hold'], ['completed', 'ended'], ['stopped', 'ended'], ['cancelled', 'ended']] as const)('a project that is %s is %s, whatever is late in it', (status, course) => {
  expect(courseOf({ ...calm, status, slipDays: 40, tasks: [task({ dueAt: 0 })] })).toEqual({ course, reasons: [] });
});
