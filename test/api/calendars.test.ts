/** Announcing a year's replacement days: dates of running projects are provisional until then, and move when it is known. */
import { eventually } from '../support/engine';
import { startProduct, type Product } from '../support/product';
import { SMALL_ROLES, smallVersion } from '../support/template';

let product: Product;
beforeAll(async () => { product = await startProduct(); });
afterAll(async () => { await product.close(); });

/** The next year in which a holiday falls on a day off. */
async function openYear(): Promise<number> {
  const { items } = (await product.call('mia', 'GET', '/calendars')).body;
  const found = items[0].years.find(({ year, provisional }: { year: number; provisional: boolean }) => provisional && year > new Date().getFullYear());
  return found.year;
}

const workdaysIn = (year: number, month: number): string[] => Array.from({ length: 28 }, (_, day) => new Date(Date.UTC(year, month - 1, day + 1)))
  .filter((day) => ![0, 6].includes(day.getUTCDay())).map((day) => day.toISOString().slice(0, 10));

test('a due date in a year that is not announced is provisional, and moves by the days that are announced; so do the rungs of a vote', async () => {
  const { call } = product;
  const year = await openYear();
  const target = `${year}-03-31`;
  // Working days until then, as the calendar knows them now.
  const { prisma } = product.engine.database;
  const { data } = await prisma.calendar.findFirstOrThrow({ where: { key: 'be' }, orderBy: { version: 'desc' } });
  const { days, from } = data as { days: string; from: string };
  const index = (date: string) => (Date.parse(date) - Date.parse(from)) / 86_400_000;
  const today = new Date().toISOString().slice(0, 10);
  const dueDays = days.slice(index(today) + 1, index(target) + 1).replaceAll('0', '').length;
  const text = smallVersion('2.0.0', (template) => {
    const close = template.phases[2]!;
    const gate = { key: 'end', name: template.name, approval: { steps: [{ key: 'board', roles: ['sponsor'], quorum: 'any' }], dueDays, ladder: [{ days: 0, after: 'due', do: 'remind' }] } };
    template.phases = [{ ...close, key: 'design', after: [], tasks: [{ ...close.tasks[0]!, key: 'draw', dueDays }] }, { ...close, after: [], gate }] as never;
  });
  const published = await call('olga', 'POST', '/templates', { text });
  expect([published.status, published.body.errors]).toEqual([201, undefined]);
  const { id } = (await call('olga', 'POST', '/projects', { name: 'Next year', template: 'small', version: '2.0.0', roles: SMALL_ROLES })).body;
  await eventually(async () => (await call('eva', 'POST', `/projects/${id}/phases/close/tasks/archive/complete`, { evidence: {} })).status === 200, 'the task');
  const approval = `/approvals/${encodeURIComponent(`project/${id}/phase/close/1/approval/end/1`)}`;
  await eventually(async () => (await call('mia', 'GET', approval)).status === 200, 'the approval');
  const dates = async () => {
    const task = (await call('mia', 'GET', `/projects/${id}/phases/design/tasks/draw`)).body;
    const { dueAt, dueIsProvisional, ladder } = (await call('mia', 'GET', approval)).body;
    return { task: task.dueAt.slice(0, 10), taskIsProvisional: task.dueIsProvisional, approval: dueAt.slice(0, 10), dueIsProvisional, rung: ladder.next.at.slice(0, 10), provisional: ladder.next.provisional };
  };
  const before = await dates();
  expect(before).toEqual({ task: before.task, approval: before.task, rung: before.task, taskIsProvisional: true, dueIsProvisional: true, provisional: true });
  expect(before.task.slice(0, 4)).toBe(String(year));

  const [replacement = '', closed = ''] = workdaysIn(year, 2).slice(3);
  const announced = await call('olga', 'POST', `/calendars/be/years/${year}/announce`, { replacementDays: [replacement], closures: [{ from: closed }] });
  expect(announced.status).toBe(200);
  expect(announced.body.years.find((each: { year: number }) => each.year === year)).toMatchObject({
    provisional: false, replacementDays: [replacement], closures: [closed], announcedBy: { id: 'olga' },
  });
  await eventually(async () => (await dates()).rung > before.rung && (await dates()).task > before.task, 'the new dates');
  const after = await dates();
  expect(after).toEqual({ task: after.task, approval: after.task, rung: after.task, taskIsProvisional: false, dueIsProvisional: false, provisional: false });
  const between = days.slice(index(before.task) + 1, index(after.task) + 1).replaceAll('0', '').length;
  expect(between).toBe(2);
  expect((await call('mia', 'GET', '/me/inbox')).body.items.map(({ kind }: { kind: string }) => kind)).toContain('calendar-changed');

  // Said again, nothing happens; a project that starts now is told nothing, as it knows.
  const again = await call('olga', 'POST', `/calendars/be/years/${year}/announce`, { replacementDays: [replacement], closures: [{ from: closed }] });
  expect(again.body.version).toBe(announced.body.version);
  await product.engine.client.workflow.getHandle(`calendars/be/${announced.body.version}`).result();
  const told = (await call('mia', 'GET', `/projects/${id}/events?limit=200`)).body.items.filter((each: { type: string }) => each.type === 'calendar-changed');
  expect(new Set(told.map(({ stream }: { stream: string }) => stream)).size).toBe(told.length);
});

test('only the project office announces, and only what can be', async () => {
  const { call } = product;
  const year = await openYear();
  const path = `/calendars/be/years/${year}/announce`;
  expect((await call('pia', 'POST', path, { replacementDays: [] })).body.code).toBe('not-permitted');
  expect((await call('olga', 'POST', `/calendars/be/years/${year + 50}/announce`, { replacementDays: [] })).body.code).toBe('unknown-calendar');
  expect((await call('olga', 'POST', `/calendars/nl/years/${year}/announce`, { replacementDays: [] })).body.code).toBe('unknown-calendar');
  const [workday = ''] = workdaysIn(year, 2);
  const wrong = await call('olga', 'POST', path, {
    replacementDays: [`${year}-07-21`, `${year + 1}-02-01`, workday, workday], closures: [{ from: `${year}-12-31`, to: `${year}-12-24` }, { from: `${year - 1}-12-31` }],
  });
  expect(wrong.body.errors.map(({ pointer, code }: { pointer: string; code: string }) => [pointer, code])).toEqual([
    ['/replacementDays/0', 'not-worked'], ['/replacementDays/1', 'range'], ['/replacementDays/3', 'duplicate'], ['/closures/0/to', 'range'], ['/closures/1', 'range'],
  ]);
});

test('of each year it is told which days are off and why: public holidays by name in the language asked for, those to be replaced, and each week', async () => {
  interface Year { readonly year: number; readonly holidays: { date: string; name: string; onDayOff: boolean }[]; readonly daysOff: string[]; readonly announcedAt: string | null }
  const of = async (lang: string): Promise<Year[]> => (await product.call('mia', 'GET', `/calendars?lang=${lang}`)).body.items[0].years;
  const isWeekend = (day: string): boolean => [0, 6].includes(new Date(day).getUTCDay());
  for (const { year, holidays, daysOff } of (await of('nl')).filter(({ announcedAt }) => announcedAt === null)) {
    expect(holidays).toHaveLength(10);
    expect(holidays[0]).toEqual({ date: `${year}-01-01`, name: 'Nieuwjaar', onDayOff: isWeekend(`${year}-01-01`) });
    expect(holidays.every(({ date, onDayOff }) => onDayOff === isWeekend(date))).toBe(true);
    expect(daysOff.filter((day) => !isWeekend(day))).toEqual(holidays.filter(({ onDayOff }) => !onDayOff).map(({ date }) => date));
  }
  expect((await of('fr'))[0]?.holidays[0]?.name).toBe('Nouvel An');
});
