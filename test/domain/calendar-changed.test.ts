/** What becomes known of a calendar reaches all that runs: dates to come are counted anew, those that are past stay. */
import { isProvisional, type WorkingCalendar } from '../../domain/calendar';
import type { PlanPolicy } from '../../domain/plan';
import type { TaskRow, ApprovalRow } from '../../domain/rows';
import { CALENDAR, gate, phase, plan, ROLES, task } from '../support/plans';
import { PEOPLE, World } from '../support/world';

const text = { text: 't' };
const at = (day: string, time = '17:00') => Date.parse(`${day}T${time}+0${day < '2026-10-25' ? 2 : 1}:00`);
const iso = (moment: number | undefined) => (moment === undefined ? undefined : new Date(moment).toISOString());

/** The calendar with days off. */
function without(calendar: WorkingCalendar, version: number, ...off: string[]): WorkingCalendar {
  const days = calendar.days.split('');
  for (const date of off) days[(Date.parse(date) - Date.parse(calendar.from)) / 86_400_000] = '0';
  const { unannounced: _, ...rest } = calendar;
  return { ...rest, version, days: days.join('') };
}

const OPEN: WorkingCalendar = { ...CALENDAR, unannounced: [2026] };
const policy: PlanPolicy = {
  steps: [{ key: 'board', roles: ['board'], quorum: 'any' }], reasonRequired: [], remindAfterDays: 2, dueDays: 3,
  ladder: [{ hours: 10, do: 'remind' }, { days: 3, do: 'raise', to: 'manager' }],
};

function started(): World {
  const world = new World({ ...plan([
    phase('design', [task('draw', { dueDays: 5 }), task('late', { dueDays: 0 }), task('go', { due: { days: -2, from: 'date', date: '2026-10-14' } })]),
    phase('ask', [task('form')], { gate: gate('asked', { policy }) }),
    phase('after', [task('archive', { dueDays: 5 })], { after: ['ask'] }),
  ]), calendar: OPEN });
  world.command(world.root, { type: 'start', name: text, roles: ROLES }, PEOPLE.olga);
  world.settle();
  world.command(world.stage('ask').input.id, { type: 'complete', task: 'form', evidence: {} }, PEOPLE.eva);
  world.settle();
  return world;
}

/** Tells the project, as the activity does. */
function tell(world: World, calendar: WorkingCalendar): void {
  world.hear(world.root, `calendar/${calendar.key}`, calendar.version, { type: 'calendar-changed', calendar });
  world.settle();
}
const row = <T>(world: World, id: string): T => [...world.actors.values()].flatMap(({ runner }) => [...runner.rows().rows]).find((each) => each.id === id)?.data as T;
const taskRow = (world: World, key: string) => row<TaskRow>(world, `project/P/phase/design/1/task/${key}`);
const approvalRow = (world: World) => row<ApprovalRow>(world, 'project/P/phase/ask/1/approval/asked/1');

test('dates in a year that is not announced are provisional; with the announcement they move, and are sure', () => {
  const world = started();
  expect(taskRow(world, 'draw')).toMatchObject({ dueAt: at('2026-10-12'), dueIsProvisional: true });
  expect(approvalRow(world)).toMatchObject({ dueAt: at('2026-10-08'), dueIsProvisional: true, nextRung: { at: at('2026-10-06', '10:30'), isProvisional: true } });

  world.now = at('2026-10-06', '09:00');
  tell(world, without(OPEN, 2, '2026-10-07', '2026-10-13'));
  expect(taskRow(world, 'draw')).toMatchObject({ dueAt: at('2026-10-14') });
  // Counted back from a fixed date: the day off makes it earlier.
  expect(iso(taskRow(world, 'go').dueAt ?? 0)).toBe(iso(at('2026-10-09')));
  // What was due is as it was.
  expect(taskRow(world, 'late').dueAt).toBe(at('2026-10-05'));
  expect([taskRow(world, 'draw').dueIsProvisional, taskRow(world, 'late').dueIsProvisional]).toEqual([undefined, undefined]);
  const approval = world.openApproval();
  expect([approval?.dueAt, approval?.remindAt].map(iso)).toEqual([at('2026-10-09'), at('2026-10-08')].map(iso));
  expect(approval?.rungs?.map(({ at: moment }) => iso(moment))).toEqual([at('2026-10-06', '10:30'), at('2026-10-09')].map(iso));
  expect(approvalRow(world).dueIsProvisional).toBeUndefined();
});

test('a version that is known, or of another calendar, changes nothing', () => {
  const world = started();
  const before = [...world.actors.values()].map(({ log }) => log.length);
  tell(world, { ...OPEN, version: 1 });
  tell(world, { ...without(OPEN, 7, '2026-10-07'), key: 'nl' });
  expect([...world.actors.values()].map(({ log }) => log.length)).toEqual(before);
});

test('on hold, a date has as many days left afterwards as it had, whatever the calendar', () => {
  const world = started();
  world.now = at('2026-10-06', '09:00');
  world.command(world.root, { type: 'hold', reason: text }, PEOPLE.mia);
  world.settle();
  tell(world, without(OPEN, 2, '2026-10-07'));
  world.now = at('2026-10-19', '09:00');
  world.command(world.root, { type: 'resume' }, PEOPLE.mia);
  world.settle();
  // When the hold began an hour and a half of work was left until the first rung, and two days until the second.
  expect(world.openApproval()?.rungs?.map(({ at: moment }) => iso(moment))).toEqual([at('2026-10-19', '10:30'), at('2026-10-21')].map(iso));
  expect(taskRow(world, 'draw').dueAt).toBeGreaterThan(at('2026-10-22'));
});

test('phases that open later, and moves to other plans, keep what is known', () => {
  const world = started();
  const known = without(OPEN, 2, '2026-10-07');
  tell(world, known);
  world.migrate({ ...plan([
    phase('design', [task('draw', { dueDays: 6 }), task('late', { dueDays: 0 }), task('go')]), phase('ask', [task('form')], { gate: gate('asked', { policy }) }),
    phase('after', [task('archive', { dueDays: 1 })], { after: ['ask'] }),
  ]), calendar: OPEN, template: { key: 'test', version: '2.0.0', digest: 'd2' } }, PEOPLE.olga);
  world.settle();
  expect(world.projectState().plan).toMatchObject({ template: { version: '2.0.0' }, calendar: { version: 2 } });
  const approval = world.openApproval();
  world.command(approval?.input.id ?? '', { type: 'decide', outcome: 'approve', digest: approval?.input.digest }, PEOPLE.sam);
  world.settle();
  expect(world.stage('after').input.calendar.version).toBe(2);
  expect(world.projectState().baseline?.endAt).toBeDefined();
});

test('a date beyond what is known is provisional as well', () => {
  expect([isProvisional(OPEN, at('2026-12-31', '12:00')), isProvisional(OPEN, at('2027-01-04', '12:00')), isProvisional(OPEN, Date.parse('2030-01-01T12:00:00Z'))]).toEqual([true, false, true]);
});
