/** Signed messages, tables of figures, and how many messages may come. */
import { parseFiguresCsv, figuresCsv, toEntries } from '../../api/handover/figures-input';
import { isSigned, sign, type Signed } from '../../api/handover/signature';
import { Rate } from '../../api/http/rate';
import { Problem } from '../../api/problem';

const NOW = Date.parse('2026-11-28T14:00:00Z');
const SECRET = 'whsec_test';
const message = (more: Partial<Signed> = {}): Signed => {
  const of = { timestamp: String(NOW / 1000), delivery: 'd-1', body: Buffer.from('{"entries":[]}'), ...more };
  return { signature: sign(SECRET, of), ...of, ...(more.signature !== undefined && { signature: more.signature }) };
};

describe('a signed message', () => {
  test('is what a sender computes with any HMAC', () => {
    expect(sign(SECRET, { timestamp: '1', delivery: 'd', body: Buffer.from('x') })).toBe('v1=686a67ff6ca9fc05e8359d37a3024a40e767e50d4d7a812d474249ec8baff918');
    expect(isSigned(SECRET, message(), NOW)).toBe(true);
  });

  test.each<[string, Signed]>([
    ['another secret', { ...message(), signature: sign('whsec_other', message()) }], ['another body', { ...message(), body: Buffer.from('{"entries":[1]}') }],
    ['another number', { ...message(), delivery: 'd-2' }], ['another time', { ...message(), timestamp: String(NOW / 1000 + 1) }],
    ['nothing', message({ signature: '' })], ['zeros', message({ signature: `v1=${'0'.repeat(64)}` })], ['no hex', message({ signature: `v1=${'z'.repeat(64)}` })], ['another form', message({ signature: sign(SECRET, message()).slice(3) })],
  ])('is refused with %s', (_, signed) => {
    expect(isSigned(SECRET, signed, NOW)).toBe(false);
  });

  test('is refused when it is older, or newer, than five minutes', () => {
    expect(isSigned(SECRET, message(), NOW + 300_000)).toBe(true);
    expect(isSigned(SECRET, message(), NOW + 301_000)).toBe(false);
    expect(isSigned(SECRET, message(), NOW - 301_000)).toBe(false);
    expect(isSigned(SECRET, message({ timestamp: 'now' }), NOW)).toBe(false);
  });

  test('may carry the signature of the next secret beside that of the last', () => {
    expect(isSigned(SECRET, { ...message(), signature: `${sign('whsec_next', message())}, ${sign(SECRET, message())}` }, NOW)).toBe(true);
  });
});

test('so many messages a minute, and then one after another', () => {
  const rate = new Rate(3);
  expect([1, 2, 3].map(() => rate.take('a', NOW))).toEqual([0, 0, 0]);
  expect(rate.take('a', NOW)).toBe(20);
  expect(rate.take('b', NOW)).toBe(0);
  expect(rate.take('a', NOW + 20_000)).toBe(0);
  expect(rate.take('a', NOW + 20_000)).toBeGreaterThan(0);
});

describe('a table of figures', () => {
  const HEAD = 'service,date,p1,p2,p3,p4,service_level,defects,calls';

  test('is read as it was written', () => {
    const figures = { incidents: { p1: 0, p2: 1, p3: 2, p4: 3 }, serviceLevel: 99.5, defects: 4, calls: 12 };
    const days = [{ date: '2026-11-26', figures: { ...figures, open: { p1: 0, p2: 0, p3: 1, p4: 0 } } }, { date: '2026-11-27', figures }];
    expect(toEntries(parseFiguresCsv(figuresCsv('service-1', days)))).toEqual(days.map((day) => ({ service: 'service-1', ...day })));
  });

  test('with semicolons, decimal commas, a correction and a time zone', () => {
    expect(toEntries(parseFiguresCsv(`${HEAD.replaceAll(',', ';')};correction;time_zone\nservice-1;2026-11-26;0;0;0;0;99,5;0;0;ja;Europe/Brussels`))).toEqual([
      { service: 'service-1', date: '2026-11-26', figures: { incidents: { p1: 0, p2: 0, p3: 0, p4: 0 }, serviceLevel: 99.5, defects: 0, calls: 0 }, correction: true, timeZone: 'Europe/Brussels' },
    ]);
  });

  test('as a spreadsheet saves it again: days with the day first, ticks in its language', () => {
    expect(toEntries(parseFiguresCsv(`${HEAD.replaceAll(',', ';')};correction\r\nservice-1;26/11/2026;0;0;0;0;99,50;0;1.250;WAAR\r\n`))).toEqual([
      { service: 'service-1', date: '2026-11-26', figures: { incidents: { p1: 0, p2: 0, p3: 0, p4: 0 }, serviceLevel: 99.5, defects: 0, calls: 1250 }, correction: true },
    ]);
  });

  test.each([
    ['service-1,2026-11-26,0,,0,0,99,0,0', '/csv/0/p2'], ['service-1,2026-02-30,0,0,0,0,99,0,0', '/csv/0/date'], ['service-1,2026-11-26,0,0,0,0,101,0,0', '/csv/0/service_level'],
    ['service-1,2026-11-26,0,0,0,0,99,-1,0', '/csv/0/defects'], ['service-1,2026-11-26,0,0,0,0,99,0,many', '/csv/0/calls'],
  ])('%s is refused at its place: an empty cell is no zero', (line, pointer) => {
    try {
      parseFiguresCsv(`${HEAD}\n${line}`);
      throw new Error('was read');
    } catch (error) {
      expect(error).toBeInstanceOf(Problem);
      expect((error as Problem).options.fields).toMatchObject([{ pointer }]);
    }
  });

  test('without its columns, or with others, is refused', () => {
    expect(() => parseFiguresCsv('service,date\nservice-1,2026-11-26')).toThrow(Problem);
    expect(() => parseFiguresCsv(`${HEAD},mood\nservice-1,2026-11-26,0,0,0,0,99,0,0,fine`)).toThrow(Problem);
  });
});
