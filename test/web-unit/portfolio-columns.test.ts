import { columnsByPhase } from '../../web/rooms/portfolio/columns';
import type { Schema } from '../../client';

type Item = Schema<'PortfolioItem'>;

const PHASES = ['Plan', 'Build', 'Close'];
const project = (id: string, template: string, at: number, more: object = {}): Item => ({
  id, template: { key: template }, course: 'on-course', next: { phase: { key: PHASES[at] } },
  phases: PHASES.map((name, index) => ({ phase: name, name: `${template === 'other' ? 'Other ' : ''}${name}`, status: index < at ? 'passed' : index === at ? 'open' : 'waiting' })), ...more,
}) as unknown as Item;
const columns = (...items: Item[]) => columnsByPhase(items).map(({ name, items: found }) => [name, ...found.map(({ id }) => id)]);

test('projects of one lifecycle stand in its phases, of which all are shown', () => {
  expect(columns(project('a', 'one', 1), project('b', 'one', 1), project('c', 'one', 0))).toEqual([['Plan', 'c'], ['Build', 'a', 'b'], ['Close']]);
});

test('of several lifecycles only phases in which projects are, the early ones first; what is over stands last', () => {
  expect(columns(project('a', 'one', 2), project('b', 'other', 0), project('c', 'one', 2, { course: 'ended' }))).toEqual([['Other Plan', 'b'], ['Close', 'a'], [null, 'c']]);
});

test('without a gate that is next a project stands where it got last', () => {
  expect(columns(project('a', 'one', 1, { next: null }), project('b', 'other', 0))).toEqual([['Other Plan', 'b'], ['Build', 'a']]);
});
