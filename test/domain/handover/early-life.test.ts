/** The period of early-life support and its exit criteria: what figures say, what they do not say, and what lengthens it. */
import fc from 'fast-check';
import { localDate } from '../../../domain/calendar';
import { daysOf, endOf, type ExitFacts, expectedDays, expectedOn, firstDay, judge as judgeCriteria, lastDay, missingDays, standings } from '../../../domain/handover/early-life';
import type { DailyFigures, EarlyLife, EarlyLifePolicy, ExitCriterion, FiguresEntry } from '../../../domain/handover/early-life-types';
import { judgeFigures, packFigures, unpackFigures } from '../../../domain/handover/figures';
import { CALENDAR } from '../../support/plans';

const NOON = (date: string): number => Date.parse(`${date}T11:00:00Z`);
const GOOD: DailyFigures = { incidents: { p1: 0, p2: 0, p3: 1, p4: 2 }, open: { p1: 0, p2: 0, p3: 0, p4: 1 }, serviceLevel: 99.5, defects: 2, calls: 7 };
const figures = (more: Partial<DailyFigures> = {}): DailyFigures => ({ ...GOOD, ...more });
const CRITERIA: readonly ExitCriterion[] = [
  { key: 'no-p1', kind: 'figures', measure: 'open-incidents', priorities: ['p1'], over: 'last-day', limit: 0 },
  { key: 'few-p2', kind: 'figures', measure: 'incidents', priorities: ['p2'], over: 'total', last: 3, limit: 2 },
  { key: 'levels', kind: 'figures', measure: 'service-level', over: 'each-day', limit: 99 },
  { key: 'defects', kind: 'figures', measure: 'defects', over: 'last-day', limit: 3 },
];
const POLICY: EarlyLifePolicy = { days: 5, count: 'working', extension: { days: 3, times: 1 }, acceptanceDays: 30, criteria: CRITERIA };
/** From Thursday 8 October 2026: five working days end on Wednesday 14. */
const LIFE: EarlyLife = { startedAt: NOON('2026-10-08'), from: '2026-10-08', length: 5, days: {}, extensions: [], acceptances: [] };
const DAYS = ['2026-10-08', '2026-10-09', '2026-10-12', '2026-10-13', '2026-10-14'];
const TRAINED: ExitFacts = { trainingComplete: true, accepted: new Set() };

const record = (life: EarlyLife, date: string, told: DailyFigures, at = NOON(date)): EarlyLife =>
  ({ ...life, days: { ...life.days, [date]: { figures: packFigures(told), at, by: 'olga', source: 'hand' } } });
const recorded = (days: Readonly<Record<string, DailyFigures>>, life = LIFE): EarlyLife => Object.entries(days).reduce((each, [date, told]) => record(each, date, told), life);
const allGood = (days: readonly string[] = DAYS): Record<string, DailyFigures> => Object.fromEntries(days.map((date) => [date, GOOD]));
const stand = (life: EarlyLife, at: string, policy = POLICY) => Object.fromEntries(standings(CALENDAR, policy, life, TRAINED, NOON(at)).map((each) => [each.key, each]));

describe('the period', () => {
  test('is counted in working days, or in all days', () => {
    expect(daysOf(CALENDAR, POLICY, LIFE)).toEqual(DAYS);
    expect(lastDay(CALENDAR, { count: 'calendar' }, LIFE)).toBe('2026-10-12');
    expect(firstDay(CALENDAR, POLICY, '2026-10-10')).toBe('2026-10-12');
    expect(firstDay(CALENDAR, { count: 'calendar' }, '2026-10-10')).toBe('2026-10-10');
  });

  test('its days are kept in short', () => {
    expect(expectedOn('2026-10-08', DAYS)).toBe('1100111');
    expect(expectedDays('2026-10-08', '1100111')).toEqual(DAYS);
  });

  test('is over at midnight where the service is, also in the night in which clocks change', () => {
    expect(new Date(endOf(CALENDAR, POLICY, LIFE)).toISOString()).toBe('2026-10-14T22:00:00.000Z');
    const overChange = { ...LIFE, from: '2026-10-24', length: 2 };
    expect(new Date(endOf(CALENDAR, { count: 'calendar' }, overChange)).toISOString()).toBe('2026-10-25T23:00:00.000Z');
  });

  test('a day that becomes a holiday moves its end', () => {
    const holiday = { ...CALENDAR, version: 2, days: CALENDAR.days.split('').map((day, index) => (index === (Date.parse('2026-10-12') - Date.parse('2026-01-01')) / 86_400_000 ? '0' : day)).join('') };
    expect(lastDay(holiday, POLICY, LIFE)).toBe('2026-10-15');
  });
});

describe('exit criteria', () => {
  test('nothing is said before a day is over', () => {
    expect(Object.values(stand(LIFE, '2026-10-08')).map(({ verdict }) => verdict)).toEqual(['pending', 'pending', 'pending', 'pending']);
  });

  test('a day of which nothing was told is named and never counts as zero', () => {
    const life = recorded({ '2026-10-08': GOOD, '2026-10-12': GOOD });
    expect(missingDays(CALENDAR, POLICY, life, NOON('2026-10-13'))).toEqual(['2026-10-09']);
    expect(stand(life, '2026-10-13')).toMatchObject({
      'no-p1': { verdict: 'met' }, 'few-p2': { verdict: 'missing', missing: ['2026-10-09'], value: 0 }, levels: { verdict: 'missing', missing: ['2026-10-09'] },
    });
  });

  test('all are met when each day was told and good', () => {
    expect(judgeCriteria(CALENDAR, POLICY, recorded(allGood()), TRAINED, NOON('2026-10-15'))).toEqual({ outcome: 'met', criteria: [], missing: [] });
  });

  test('a total looks at its last days alone, a weekend between them counts', () => {
    const p2 = (count: number) => figures({ incidents: { p1: 0, p2: count, p3: 0, p4: 0 } });
    expect(stand(recorded({ ...allGood(), '2026-10-08': p2(9) }), '2026-10-15')['few-p2']).toMatchObject({ verdict: 'met', value: 0 });
    const weekend = recorded({ ...allGood(['2026-10-08', '2026-10-09', '2026-10-12']), '2026-10-10': p2(3) });
    expect(stand(weekend, '2026-10-13')['few-p2']).toMatchObject({ verdict: 'unmet', value: 3, limit: 2 });
  });

  test('one bad day breaks what must hold on each day, and is named', () => {
    const life = recorded({ ...allGood(), '2026-10-09': figures({ serviceLevel: 98.9 }) });
    expect(stand(life, '2026-10-15')['levels']).toMatchObject({ verdict: 'unmet', value: 98.9, breached: ['2026-10-09'] });
    expect(judgeCriteria(CALENDAR, POLICY, life, TRAINED, NOON('2026-10-15'))).toEqual({ outcome: 'unmet', criteria: ['levels'], missing: [] });
  });

  test('what is unmet stays unmet, whatever is missing; what is only missing waits', () => {
    const { '2026-10-14': _, ...days } = allGood();
    expect(judgeCriteria(CALENDAR, POLICY, recorded(days), TRAINED, NOON('2026-10-15'))).toEqual({ outcome: 'missing', criteria: ['no-p1', 'few-p2', 'levels', 'defects'], missing: ['2026-10-14'] });
    const bad = recorded({ ...days, '2026-10-13': figures({ serviceLevel: 12 }) });
    expect(judgeCriteria(CALENDAR, POLICY, bad, TRAINED, NOON('2026-10-15'))).toMatchObject({ outcome: 'unmet', criteria: ['levels'] });
  });

  test('an extension leaves a bad day behind once it is further back than the agreed period', () => {
    const bad = { ...allGood([...DAYS, '2026-10-15', '2026-10-16', '2026-10-19']), '2026-10-09': figures({ serviceLevel: 50 }) };
    const longer = { ...recorded(bad), length: 8 };
    expect(judgeCriteria(CALENDAR, POLICY, longer, TRAINED, NOON('2026-10-20')).outcome).toBe('met');
    const late = { ...recorded({ ...bad, '2026-10-14': figures({ serviceLevel: 50 }) }), length: 8 };
    expect(judgeCriteria(CALENDAR, POLICY, late, TRAINED, NOON('2026-10-20')).criteria).toEqual(['levels']);
  });

  test('open incidents that were not told are missing, not none', () => {
    const { open: _, ...silent } = GOOD;
    expect(stand(recorded({ ...allGood(), '2026-10-14': silent }), '2026-10-15')['no-p1']).toMatchObject({ verdict: 'missing', missing: ['2026-10-14'], value: null });
  });

  test('what is accepted keeps nobody', () => {
    const life = recorded({ ...allGood(), '2026-10-14': figures({ defects: 4 }) });
    expect(judgeCriteria(CALENDAR, POLICY, life, TRAINED, NOON('2026-10-15')).criteria).toEqual(['defects']);
    expect(judgeCriteria(CALENDAR, POLICY, life, { ...TRAINED, accepted: new Set(['defects']) }, NOON('2026-10-15')).outcome).toBe('met');
  });

  test('training counts as the knowledge transfer says', () => {
    const policy: EarlyLifePolicy = { ...POLICY, criteria: [...CRITERIA, { key: 'trained', kind: 'training' }] };
    expect(judgeCriteria(CALENDAR, policy, recorded(allGood()), { ...TRAINED, trainingComplete: false }, NOON('2026-10-15')).criteria).toEqual(['trained']);
    expect(judgeCriteria(CALENDAR, policy, recorded(allGood()), TRAINED, NOON('2026-10-15')).outcome).toBe('met');
  });

  test('a missing day never makes a judgement better, whatever the figures', () => {
    const day = fc.record({
      incidents: fc.record({ p1: fc.nat(2), p2: fc.nat(2), p3: fc.nat(5), p4: fc.nat(5) }), open: fc.record({ p1: fc.nat(1), p2: fc.nat(1), p3: fc.nat(1), p4: fc.nat(1) }),
      serviceLevel: fc.integer({ min: 97, max: 100 }), defects: fc.nat(5), calls: fc.nat(9),
    });
    const rank = { met: 2, missing: 1, unmet: 0 };
    fc.assert(fc.property(fc.array(day, { minLength: 5, maxLength: 5 }), fc.nat(4), (told, gone) => {
      const all = Object.fromEntries(DAYS.map((date, index) => [date, told[index] ?? GOOD]));
      const some = Object.fromEntries(Object.entries(all).filter((_, index) => index !== gone));
      const full = judgeCriteria(CALENDAR, POLICY, recorded(all), TRAINED, NOON('2026-10-15')).outcome;
      const less = judgeCriteria(CALENDAR, POLICY, recorded(some), TRAINED, NOON('2026-10-15')).outcome;
      expect(less).not.toBe('met');
      if (full === 'met') expect(rank[less]).toBeLessThan(rank[full]);
    }));
  });
});

describe('figures of a day', () => {
  const entry = (date: string, more: Partial<FiguresEntry> = {}): FiguresEntry => ({ service: 'mail', date, figures: GOOD, ...more });
  const judge = (told: FiguresEntry, life = LIFE, now = NOON('2026-10-12')) => judgeFigures(told, 'hand', life, CALENDAR, now);

  test('are kept in short and read back', () => {
    fc.assert(fc.property(fc.nat(99), fc.nat(99), fc.boolean(), (p1, calls, isOpen) => {
      const { open: _, ...silent } = figures({ incidents: { p1, p2: 1, p3: 2, p4: 3 }, calls });
      const told = isOpen ? { ...silent, open: { p1: 9, p2: 8, p3: 7, p4: 6 } } : silent;
      expect(unpackFigures(packFigures(told))).toEqual(told);
    }));
  });

  test('of the first day until today are taken', () => {
    expect(judge(entry('2026-10-12'))).toEqual({ ok: true, events: [{ type: 'figures-recorded', service: 'mail', date: '2026-10-12', figures: packFigures(GOOD), source: 'hand' }] });
    expect(judge(entry('2026-10-07'))).toMatchObject({ ok: false, rejection: { code: 'figures-invalid', fields: [{ pointer: '/date', code: 'range', expected: '≥ 2026-10-08' }] } });
    expect(judge(entry('2026-10-13'))).toMatchObject({ ok: false, rejection: { code: 'figures-invalid', fields: [{ pointer: '/date', code: 'future', expected: '≤ 2026-10-12' }] } });
  });

  test('the day is that of the service: at half past midnight there it is the next one', () => {
    const late = Date.parse('2026-10-12T22:30:00Z');
    expect(localDate(CALENDAR, late)).toBe('2026-10-13');
    expect(judge(entry('2026-10-13'), LIFE, late).ok).toBe(true);
    expect(judge(entry('2026-10-12', { timeZone: 'America/New_York' }))).toMatchObject({ rejection: { fields: [{ pointer: '/timeZone', code: 'choice', expected: 'Europe/Brussels' }] } });
    expect(judge(entry('2026-10-12', { timeZone: 'Europe/Brussels' })).ok).toBe(true);
  });

  test('late ones are taken, and marked', () => {
    expect(judge(entry('2026-10-09'), LIFE, Date.parse('2026-10-12T14:59:00Z'))).not.toHaveProperty('events.0.late');
    expect(judge(entry('2026-10-09'), LIFE, Date.parse('2026-10-12T15:01:00Z'))).toHaveProperty('events.0.late', true);
  });

  test('the same ones twice change nothing; others are a correction, and only when they say so', () => {
    const known = record(LIFE, '2026-10-09', GOOD);
    expect(judge(entry('2026-10-09'), known)).toEqual({ ok: true, events: [] });
    const other = entry('2026-10-09', { figures: figures({ calls: 8 }) });
    expect(judge(other, known)).toMatchObject({ ok: false, rejection: { code: 'figures-known', facts: { date: '2026-10-09', person: 'olga' } } });
    expect(judge({ ...other, correction: true }, known)).toHaveProperty('events.0.correction', true);
  });

  test.each([
    [figures({ serviceLevel: 100.1 }), '/figures/serviceLevel'], [figures({ serviceLevel: Number.NaN }), '/figures/serviceLevel'], [figures({ defects: -1 }), '/figures/defects'],
    [figures({ calls: 1.5 }), '/figures/calls'], [figures({ incidents: { p1: 0, p2: 0, p3: 0, p4: 100_001 } }), '/figures/incidents/p4'],
    [figures({ open: { p1: -1, p2: 0, p3: 0, p4: 0 } }), '/figures/open/p1'],
  ])('numbers that can not be are refused: %#', (told, pointer) => {
    expect(judge(entry('2026-10-09', { figures: told }))).toMatchObject({ ok: false, rejection: { code: 'figures-invalid', fields: [{ pointer, code: 'range' }] } });
  });

  test.each(['2026-02-30', '9 Oct 2026', '2026-10-09T10:00', '__proto__'])('%s is no day', (date) => {
    expect(judge(entry(date))).toMatchObject({ ok: false, rejection: { fields: [{ pointer: '/date', code: 'format' }] } });
  });
});
