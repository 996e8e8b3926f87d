import * as fc from 'fast-check';
import { thorough } from '../support/property';
import { layOut, type Course } from '../../web/parts/waterway/layout';
import { levelOf, lockOf, type GateStatus, type PhaseStatus } from '../../web/parts/waterway/reach';

const course = (...phases: readonly (readonly [string, ...string[]])[]): Course[] => phases.map(([key, ...after]) => ({ key, after }));
const drawn = (phases: readonly Course[]): string[] => layOut(phases).placed.map(({ key, column, span, lane }) => `${key} ${lane}:${column}+${span}`);

test('phases one after the other lie in one channel', () => {
  const phases = course(['a'], ['b', 'a'], ['c', 'b']);
  expect(drawn(phases)).toEqual(['a 0:0+1', 'b 0:1+1', 'c 0:2+1']);
  expect(layOut(phases)).toMatchObject({ columns: 3, lanes: 1, joins: [] });
});

test('a phase beside all others goes on to the end, in a channel of its own', () => {
  expect(drawn(course(['control'], ['a'], ['b', 'a'], ['c', 'b']))).toEqual(['control 1:0+3', 'a 0:0+1', 'b 0:1+1', 'c 0:2+1']);
});

test('parallel phases part and meet again; the shorter one lasts until the longer one is through', () => {
  const layout = layOut(course(['start'], ['room', 'start'], ['test', 'start'], ['ship', 'test'], ['build', 'ship', 'test', 'room']));
  expect(layout.placed.map(({ key, column, span, lane }) => `${key} ${lane}:${column}+${span}`)).toEqual(
    ['start 0:0+1', 'room 1:1+2', 'test 0:1+1', 'ship 0:2+1', 'build 0:3+1']);
  // That `build` waits for `test` is said by `ship` already.
  expect(layout.joins).toEqual([
    { from: 'start', to: 'room', column: 1, lanes: [0, 1], start: 1 }, { from: 'room', to: 'build', column: 3, lanes: [1, 0], start: 3 },
  ]);
});

test('what is not there is not waited for, and a circle ends', () => {
  expect(drawn(course(['b', 'gone']))).toEqual(['b 0:0+1']);
  expect(layOut(course(['a', 'b'], ['b', 'a'])).placed).toHaveLength(2);
  expect(layOut([])).toEqual({ columns: 1, lanes: 1, placed: [], joins: [] });
});

test('no two reaches lie upon each other, and none begins before what it waits for has ended', () => {
  const graph = fc.array(fc.array(fc.nat(11), { maxLength: 3 }), { minLength: 1, maxLength: 12 })
    .map((after) => after.map((each, place) => ({ key: `p${place}`, after: each.filter((other) => other < place).map((other) => `p${other}`) })));
  fc.assert(fc.property(graph, (phases) => {
    const { placed, columns } = layOut(phases);
    for (const one of placed) {
      expect(one.column + one.span).toBeLessThanOrEqual(columns);
      for (const other of placed) {
        if (one !== other && one.lane === other.lane) expect(one.column + one.span <= other.column || other.column + other.span <= one.column).toBe(true);
      }
      for (const before of phases.find(({ key }) => key === one.key)?.after ?? []) {
        const earlier = placed.find(({ key }) => key === before);
        expect((earlier?.column ?? 0) + (earlier?.span ?? 0)).toBeLessThanOrEqual(one.column);
      }
    }
  }), thorough(100));
});

test.each<[PhaseStatus, GateStatus, ReturnType<typeof lockOf>]>([
  ['waiting', 'waiting', 'beyond'], ['open', 'waiting', 'ahead'], ['open', 'none', 'ahead'], ['open', 'open', 'asked'], ['ended', 'approved', 'passed'], ['passed', 'approved-with-conditions', 'conditions'],
  ['open', 'sent-back', 'sent-back'], ['ended', 'stopped', 'stopped'], ['ended', 'adopted', 'passed'], ['skipped', 'waiting', null],
])('the gate of a phase that is %s, itself %s, is drawn as %s', (status, gate, lock) => {
  expect(lockOf({ status, gate: { name: 'Gate', status: gate } })).toBe(lock);
});

test('an open reach is as full as its tasks are done', () => {
  expect(levelOf({ status: 'open', done: 1, open: 3 })).toBe(0.25);
  expect(levelOf({ status: 'open', done: 0, open: 0 })).toBe(0);
  expect(levelOf({ status: 'ended', done: 0, open: 0 })).toBe(1);
  expect(levelOf({ status: 'waiting', done: 0, open: 3 })).toBe(0);
});
