/** A change of the whole project is settled whatever the phases that it asks are doing at that moment. */
import type { Plan } from '../../domain/plan';
import { gate, phase, plan, ROLES, task } from '../support/plans';
import { PEOPLE, World } from '../support/world';

const text = { text: 't' };
const BACK: Plan = plan([
  phase('design', [task('draw')], { gate: gate('design-gate') }),
  phase('build', [task('rack')], { after: ['design'], gate: gate('build-gate', { onRework: ['design'] }) }),
  phase('pilot', [task('cable')], { after: ['design'], gate: gate('pilot-gate', { onRework: ['design'] }) }),
]);

function complete(world: World, of: string, key: string): void {
  expect(world.command(world.stage(of).input.id, { type: 'complete', task: key, evidence: {} }, PEOPLE.eva)).toBeNull();
  world.settle();
}

function decide(world: World, of: string, outcome: string): void {
  const approval = world.approvals().find(({ status, input }) => status === 'open' && input.phase === of);
  const { id = '', digest } = approval?.input ?? {};
  const reworkPhases = outcome === 'rework' ? ['design'] : [];
  expect(world.command(id, { type: 'decide', outcome, digest, reason: text, rework: [], reworkPhases }, PEOPLE.sam)).toBeNull();
}

/** Both gates behind the first phase are open. */
function atTwoGates(): World {
  const world = new World(BACK);
  world.command(world.root, { type: 'start', name: text, roles: ROLES }, PEOPLE.olga);
  world.settle();
  complete(world, 'design', 'draw');
  decide(world, 'design', 'approve');
  world.settle();
  complete(world, 'build', 'rack');
  complete(world, 'pilot', 'cable');
  return world;
}

const orders = Array.from({ length: 40 }, (_, seed) => seed);
/** A choice of who goes next, another for each seed. */
function picking(seed: number): (count: number) => number {
  let at = seed * 7919 + 1;
  return (count) => {
    at = (at * 48_271) % 2_147_483_647;
    return at % count;
  };
}

describe.each(['hold', 'cancel'])('%s while a gate sends the project back', (kind) => {
  test.each(['build pilot', 'pilot build', 'build', 'pilot'])('from %s', (gates) => {
    for (const seed of orders) {
      const world = atTwoGates();
      for (const each of gates.split(' ')) decide(world, each, 'rework');
      expect(world.command(world.root, { type: kind, reason: text }, PEOPLE.mia)).toBeNull();
      world.settle(picking(seed));
      const { revision, status } = world.projectState();
      expect({ seed, revision, status }).toEqual({ seed, revision: undefined, status: kind === 'hold' ? 'held' : 'cancelled' });
    }
  });
});
