/** Commands and time in early-life support: given / when / then on what a handover keeps of its services. */
import fc from 'fast-check';
import { localDate } from '../../../domain/calendar';
import { standings } from '../../../domain/handover/early-life';
import { advanceEarlyLife, decideEarlyLife, recordFigures, earlyLifeTimes, evolveEarlyLife, exitProblem, startEarlyLife, type SupportedService, type Supporting, type SupportEvent } from '../../../domain/handover/early-life-support';
import { RULES } from '../../../domain/rules';
import type { DailyFigures, EarlyLifeCommand, EarlyLifePolicy, FiguresEntry } from '../../../domain/handover/early-life-types';
import { foldAll } from '../../../domain/fold';
import { person } from '../../support/scenario';
import { CALENDAR } from '../../support/plans';

const at = (date: string, time = '11:00') => Date.parse(`${date}T${time}:00Z`);
const GOOD: DailyFigures = { incidents: { p1: 0, p2: 0, p3: 1, p4: 2 }, serviceLevel: 99.5, defects: 2, calls: 7 };
const POLICY: EarlyLifePolicy = {
  days: 3, count: 'working', extension: { days: 2, times: 1 }, acceptanceDays: 10,
  criteria: [{ key: 'levels', kind: 'figures', measure: 'service-level', over: 'each-day', limit: 99 }, { key: 'defects', kind: 'figures', measure: 'defects', over: 'last-day', limit: 3 }],
};
/** Early-life support from Thursday 8 October 2026, over at the end of Monday 12. */
const DAYS = ['2026-10-08', '2026-10-09', '2026-10-12'];
const asked = (dueDays = 5) => ({ defect: { text: 'd' }, plan: { text: 'p' }, owner: 'engineer', dueDays });

type Service = SupportedService;
/** A handover of which only early-life support moves. */
class Handover {
  now = at('2026-10-08');
  state: Supporting;
  constructor(policy = POLICY, readonly names: readonly string[] = ['mail']) {
    this.state = { input: { calendar: CALENDAR, handover: { earlyLife: policy } }, services: Object.fromEntries(names.map((name): [string, Service] => [name, { status: 'early-life', sessions: {}, conditions: {} }])) };
    for (const name of names) this.apply(startEarlyLife(this.state, name, this.now));
  }
  apply(events: readonly SupportEvent[], who = 'olga'): void {
    const context = { now: this.now, authority: person(who) };
    this.state = foldAll(this.state, events, context, (state, recorded) => {
      const { event } = recorded;
      if (event.type === 'figures-refused') return state;
      const of = state.services[event.service] as Service;
      const next: Service = event.type === 'condition-agreed'
        ? { ...of, conditions: { ...of.conditions, [event.condition]: { status: 'open', dueAt: event.dueAt } } }
        : { ...of, ...(() => { const life = evolveEarlyLife(of.earlyLife, { ...recorded, event }); return life && { earlyLife: life }; })() };
      return { ...state, services: { ...state.services, [event.service]: next } };
    });
  }
  /** What time brings until nothing follows from it. */
  advance(): SupportEvent[] {
    const all: SupportEvent[] = [];
    for (let next = advanceEarlyLife(this.state, this.now); next.length > 0; next = advanceEarlyLife(this.state, this.now)) {
      this.apply(next);
      all.push(...next);
      if (all.length > 100) throw new Error('does not come to rest');
    }
    return all;
  }
  when(command: EarlyLifeCommand): readonly SupportEvent[] | string {
    const decision = command.type === 'record-figures' ? recordFigures(this.state, command, this.now, () => true) : decideEarlyLife(this.state, command, 'olga', this.now, RULES);
    if (!decision.ok) return decision.rejection.code;
    this.apply(decision.events);
    return [...decision.events, ...this.advance()];
  }
  tell(...days: readonly (string | readonly [string, Partial<DailyFigures>])[]) {
    return this.when({ type: 'record-figures', source: 'hand', entries: days.map((day): FiguresEntry => (typeof day === 'string'
      ? { service: 'mail', date: day, figures: GOOD } : { service: 'mail', date: day[0], figures: { ...GOOD, ...day[1] } })) });
  }
  time(date: string, time = '11:00'): SupportEvent[] {
    this.now = at(date, time);
    return this.advance();
  }
  problem() {
    const of = this.state.services['mail'] as Service;
    return of.earlyLife && exitProblem(this.state, POLICY, of, of.earlyLife, this.now)?.code;
  }
  get life() { return (this.state.services['mail'] as Service).earlyLife; }
}
const typesOf = (events: readonly SupportEvent[] | string) => (typeof events === 'string' ? events : events.map(({ type }) => type));

describe('the end of the period', () => {
  test('comes at midnight; good figures are judged met, and then the service may go', () => {
    const handover = new Handover();
    expect(earlyLifeTimes(handover.state)).toEqual([at('2026-10-12', '22:00')]);
    handover.time('2026-10-12');
    handover.tell(...DAYS);
    expect(handover.problem()).toBe('early-life-not-over');
    expect(handover.time('2026-10-12', '21:59')).toEqual([]);
    expect(handover.time('2026-10-12', '22:00')).toEqual([{ type: 'early-life-judged', service: 'mail', outcome: 'met', criteria: [], missing: [] }]);
    expect(handover.problem()).toBeUndefined();
    expect(earlyLifeTimes(handover.state)).toEqual([]);
  });

  test('a criterion that is not met lengthens it, once; then people have to decide', () => {
    const handover = new Handover();
    handover.time('2026-10-12');
    handover.tell('2026-10-08', '2026-10-09', ['2026-10-12', { defects: 9 }]);
    expect(handover.time('2026-10-13')).toEqual([{ type: 'early-life-extended', service: 'mail', days: 2, criteria: ['defects'] }]);
    expect(earlyLifeTimes(handover.state)).toEqual([at('2026-10-14', '22:00')]);
    expect(handover.problem()).toBe('early-life-not-over');
    handover.time('2026-10-14');
    handover.tell('2026-10-13', ['2026-10-14', { defects: 4 }]);
    expect(handover.time('2026-10-15')).toEqual([{ type: 'early-life-judged', service: 'mail', outcome: 'unmet', criteria: ['defects'], missing: [] }]);
    expect(handover.problem()).toBe('exit-criteria-open');
  });

  test('the extension is enough when the criteria are met in it', () => {
    const handover = new Handover();
    handover.time('2026-10-12');
    handover.tell('2026-10-08', '2026-10-09', ['2026-10-12', { defects: 9 }]);
    handover.time('2026-10-14');
    handover.tell('2026-10-13', '2026-10-14');
    expect(handover.time('2026-10-15')).toMatchObject([{ outcome: 'met' }]);
    expect(handover.problem()).toBeUndefined();
  });

  test('missing days do not lengthen it: it waits for them, names them, and judges once they are told', () => {
    const handover = new Handover();
    handover.time('2026-10-12');
    handover.tell('2026-10-08', '2026-10-12');
    expect(handover.time('2026-10-13')).toEqual([{ type: 'early-life-judged', service: 'mail', outcome: 'missing', criteria: ['levels'], missing: ['2026-10-09'] }]);
    expect(handover.problem()).toBe('figures-missing');
    handover.now = at('2026-10-20');
    expect(typesOf(handover.tell('2026-10-09'))).toEqual(['figures-recorded', 'early-life-judged']);
    expect(handover.life).toMatchObject({ judged: { outcome: 'met' }, days: { '2026-10-09': { late: true } } });
  });

  test('a correction afterwards is judged anew, and both figures stay', () => {
    const handover = new Handover();
    handover.time('2026-10-12');
    handover.tell(...DAYS);
    handover.time('2026-10-13');
    const corrected = handover.when({ type: 'record-figures', source: 'hand', entries: [{ service: 'mail', date: '2026-10-09', figures: { ...GOOD, serviceLevel: 90 }, correction: true }] });
    expect(typesOf(corrected)).toEqual(['figures-recorded', 'early-life-extended']);
    expect(handover.life?.days['2026-10-09']).toMatchObject({ figures: [0, 0, 1, 2, 90, 2, 7], before: [{ figures: [0, 0, 1, 2, 99.5, 2, 7], by: 'olga' }] });
  });

  test('it comes to rest at any time, whatever was told (property)', () => {
    const day = fc.record({ serviceLevel: fc.integer({ min: 97, max: 100 }), defects: fc.nat(5) });
    fc.assert(fc.property(fc.array(fc.tuple(fc.integer({ min: 8, max: 31 }), day), { maxLength: 25 }), fc.integer({ min: 8, max: 31 }), (told, last) => {
      const handover = new Handover();
      for (const [date, figures] of told.sort(([one], [other]) => one - other)) {
        handover.time(`2026-10-${String(date).padStart(2, '0')}`);
        handover.tell([localDate(CALENDAR, handover.now), figures]);
      }
      handover.time(`2026-10-${String(Math.max(last, told.at(-1)?.[0] ?? 8)).padStart(2, '0')}`);
      expect(handover.advance()).toEqual([]);
      expect(handover.life?.extensions.length).toBeLessThanOrEqual(1);
      // Nothing can go that is not shown to be right.
      const verdicts = handover.life ? standings(CALENDAR, POLICY, handover.life, { trainingComplete: true }, handover.now).map(({ verdict }) => verdict) : [];
      expect(handover.problem() === undefined).toBe(verdicts.every((verdict) => verdict === 'met') && handover.life?.judged?.outcome === 'met');
    }));
  });
});

describe('taking what is not met', () => {
  const unmet = (): Handover => {
    const handover = new Handover();
    handover.time('2026-10-12');
    handover.tell('2026-10-08', '2026-10-09', ['2026-10-12', { defects: 9 }]);
    handover.time('2026-10-13');
    return handover;
  };
  const take = (handover: Handover, criteria: readonly string[], dueDays = 5) => handover.when({ type: 'accept-unmet', service: 'mail', criteria, asked: asked(dueDays) });

  test('makes a condition with an end, and the longer period need not pass', () => {
    const handover = unmet();
    expect(handover.problem()).toBe('early-life-not-over');
    const taken = take(handover, ['defects']);
    expect(taken).toMatchObject([
      { type: 'unmet-accepted', criteria: ['defects'], condition: 'condition-exit-1', person: 'olga' },
      { type: 'condition-agreed', condition: 'condition-exit-1', dueAt: at('2026-10-20', '15:00') }, { type: 'early-life-judged', outcome: 'met' },
    ]);
    expect(handover.problem()).toBeUndefined();
  });

  test('holds until the condition is over, not longer', () => {
    const handover = unmet();
    take(handover, ['defects']);
    handover.time('2026-10-20', '15:00');
    expect(handover.problem()).toBeUndefined();
    handover.time('2026-10-20', '15:01');
    expect(handover.problem()).not.toBeUndefined();
  });

  test.each([
    [['levels'], 5, '/criteria/0'], [['other'], 5, '/criteria/0'], [[], 5, '/criteria'], [['defects'], 11, '/dueDays'], [['defects'], 0, '/dueDays'], [['defects'], 1.5, '/dueDays'],
  ])('%j for %d days is refused at %s', (criteria, dueDays, pointer) => {
    const handover = unmet();
    const decision = decideEarlyLife(handover.state, { type: 'accept-unmet', service: 'mail', criteria, asked: asked(dueDays) }, 'olga', handover.now, RULES);
    expect(decision).toMatchObject({ ok: false, rejection: { code: 'acceptance-invalid', fields: [{ pointer }] } });
  });

  test('before the agreed period is over nothing is taken', () => {
    expect(take(new Handover(), ['defects'])).toBe('early-life-not-over');
  });
});

describe('many figures at once', () => {
  const entries = (...told: readonly (readonly [string, string, Partial<DailyFigures>?])[]): FiguresEntry[] => told.map(([service, date, more]) => ({ service, date, figures: { ...GOOD, ...more } }));
  const send = (handover: Handover, list: readonly FiguresEntry[]) => handover.when({ type: 'record-figures', source: 'file', entries: list });

  test('each is judged by itself, and what comes twice is judged as the second', () => {
    const handover = new Handover(POLICY, ['mail', 'dns']);
    handover.time('2026-10-12');
    const events = send(handover, entries(['mail', '2026-10-08'], ['dns', '2026-10-08'], ['mail', '2026-10-08'], ['mail', '2026-10-08', { calls: 1 }], ['web', '2026-10-08'], ['mail', '2026-10-13']));
    expect(events).toMatchObject([
      { type: 'figures-recorded', service: 'mail' }, { type: 'figures-recorded', service: 'dns' },
      { type: 'figures-refused', entries: [{ place: 3, code: 'figures-known' }, { place: 4, code: 'unknown-service' }, { place: 5, code: 'figures-invalid', fields: [{ pointer: '/date', code: 'future' }] }] },
    ]);
    // The same list again: what is there already changes nothing, and the answer is the same for the others.
    expect(send(handover, entries(['mail', '2026-10-08'], ['dns', '2026-10-08']))).toEqual([]);
  });

  test('a list that brings nothing is refused with the reason of each; one alone with its own', () => {
    const handover = new Handover();
    expect(send(handover, entries(['mail', '2026-10-07'], ['web', '2026-10-08']))).toBe('nothing-recorded');
    expect(send(handover, entries(['web', '2026-10-08']))).toBe('unknown-service');
    expect(send(handover, [])).toBe('figures-invalid');
    expect(send(handover, Array.from({ length: 501 }, () => ({ service: 'mail', date: '2026-10-08', figures: GOOD })))).toBe('figures-invalid');
  });

  test('a service that is not in support takes none, and names from outside are no properties', () => {
    const handover = new Handover();
    handover.state = { ...handover.state, services: { ...handover.state.services, dns: { status: 'preparing', sessions: {}, conditions: {} } } };
    expect(send(handover, entries(['dns', '2026-10-08']))).toBe('early-life-closed');
    expect(send(handover, entries(['constructor', '2026-10-08']))).toBe('unknown-service');
    expect(send(handover, entries(['__proto__', '2026-10-08']))).toBe('unknown-service');
  });
});

describe('who is there', () => {
  test('people of both sides per day; the same again changes nothing', () => {
    const handover = new Handover();
    const days = [{ date: '2026-10-08', side: 'project' as const, persons: ['eva'] }, { date: '2026-10-08', side: 'operations' as const, persons: ['sol', 'sam'] }];
    expect(handover.when({ type: 'set-duty', service: 'mail', days })).toEqual([{ type: 'duty-set', service: 'mail', days }]);
    expect(handover.life?.duty).toEqual({ '2026-10-08': { project: ['eva'], operations: ['sol', 'sam'] } });
    expect(handover.when({ type: 'set-duty', service: 'mail', days })).toEqual([]);
    expect(handover.when({ type: 'set-duty', service: 'mail', days: [{ date: '2026-10-08', side: 'project', persons: [] }] })).toHaveLength(1);
    expect(handover.life?.duty?.['2026-10-08']?.project).toEqual([]);
  });

  test.each([['2026-10-07', ['eva']], ['2027-06-01', ['eva']], ['next week', ['eva']], ['2026-10-08', Array.from({ length: 21 }, (_, index) => `p${index}`)]])('%s is refused', (date, persons) => {
    expect(new Handover().when({ type: 'set-duty', service: 'mail', days: [{ date, side: 'project', persons }] })).toBe('duty-invalid');
  });

  test('contacts are replaced as a whole', () => {
    const handover = new Handover();
    const contact = { side: 'project' as const, what: { text: 'a' }, who: { text: 'b' }, how: { text: 'c' } };
    handover.when({ type: 'set-contacts', service: 'mail', contacts: [contact, contact] });
    handover.when({ type: 'set-contacts', service: 'mail', contacts: [contact] });
    expect(handover.life?.contacts).toEqual([contact]);
    expect(handover.when({ type: 'set-contacts', service: 'mail', contacts: Array.from({ length: 31 }, () => contact) })).toBe('duty-invalid');
  });
});
