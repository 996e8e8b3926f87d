/** A process in motion, without a server. */
import { project } from '../../domain/project';
import { begin } from '../../workflows/shell/carried';
import { Runner } from '../../workflows/shell/runner';
import { ROLES, WATERFALL } from '../support/plans';
import { PEOPLE } from '../support/world';

const NOW = 100 * 3_600_000;

test('what is due is worked out once, and anew when something happened', () => {
  let asked = 0;
  const counted: typeof project = { ...project, due: (state) => { asked += 1; return project.due(state); } };
  const stream = 'project/p';
  const runner = new Runner(counted, stream, begin(project as never, { project: 'p', plan: WATERFALL }, stream) as never);
  const look = () => [runner.due(), runner.due()];
  expect(look()).toEqual([project.due(runner.state), project.due(runner.state)]);
  expect(asked).toBe(1);
  const start = { id: 'start', hash: 'a'.repeat(64), authority: PEOPLE.olga, command: { type: 'start', name: { text: 'n' }, roles: ROLES } };
  expect(runner.execute(start, NOW)).toHaveProperty('seq');
  expect(look()).toEqual([project.due(runner.state), project.due(runner.state)]);
  expect(runner.due()).not.toBeNull();
  expect(asked).toBe(2);
});
