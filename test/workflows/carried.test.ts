/** What a run remembers of its commands when it goes on as a new one: plain functions, no server. */
import { project } from '../../domain/project';
import { begin, REMEMBER_AT_MOST, remembered, type KnownCommand } from '../../workflows/shell/carried';
import { Runner } from '../../workflows/shell/runner';
import { ROLES, WATERFALL } from '../support/plans';
import { PEOPLE } from '../support/world';

const HOUR = 3_600_000;
const NOW = 100 * HOUR;
const HASH = 'a'.repeat(64);

function commands(count: number, idOf: (index: number) => string): Map<string, KnownCommand> {
  return new Map(Array.from({ length: count }, (_, index) => [idOf(index), { hash: HASH, to: 1_000_000, at: NOW - count + index }]));
}

test('commands of the last day are remembered, the newest where there are too many', () => {
  expect(Object.keys(remembered(new Map([['old', { hash: HASH, to: 1, at: NOW - 25 * HOUR }], ['new', { hash: HASH, to: 2, at: NOW - 1 }]]), NOW))).toEqual(['new']);
  // Numbers come first in an object, whenever they were added.
  const kept = remembered(new Map([['7', { hash: HASH, to: 1, at: NOW }], ...commands(REMEMBER_AT_MOST, (index) => `k${index}`)]), NOW);
  expect(Object.keys(kept)).toHaveLength(REMEMBER_AT_MOST);
  expect([kept['7'] !== undefined, kept['k0'] !== undefined, kept['k1'] !== undefined]).toEqual([true, false, true]);
});

test('however long the ids that clients choose, they fit into the argument of a run', () => {
  const kept = remembered(commands(20_000, (index) => String(index).padStart(200, '"')), NOW);
  expect(Object.keys(kept).length).toBeGreaterThan(3_000);
  expect(JSON.stringify(kept).length).toBeLessThan(2_000_000);
});

test('a command that its client calls __proto__ is carried out once, also by the next run', () => {
  const stream = 'project/p';
  const envelope = { id: '__proto__', hash: HASH, authority: PEOPLE.olga, command: { type: 'start', name: { text: 'n' }, roles: ROLES } };
  const runner = new Runner(project, stream, begin(project as never, { project: 'p', plan: WATERFALL }, stream) as never);
  const first = runner.execute(envelope, NOW);
  expect(runner.execute(envelope, NOW)).toEqual({ ...first, events: [] });
  const next = new Runner(project, stream, JSON.parse(JSON.stringify(runner.carry(NOW))));
  expect(next.execute(envelope, NOW)).toEqual({ ...first, events: [] });
});
