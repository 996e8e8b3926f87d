/** Whatever people and time do to a backlog and its sprints, and in whatever order messages arrive: no item is lost, none is in two places. */
import * as fc from 'fast-check';
import { backlogStream, sprintStream } from '../../domain/backlog/streams';
import { limitOf, scopeOf } from '../../domain/backlog/scope';
import type { BacklogState } from '../../domain/backlog/types';
import type { PlanIterations } from '../../domain/plan';
import type { SprintState } from '../../domain/sprint/types';
import { checkLogs } from '../support/check-logs';
import { gate, phase, plan, ROLES, task } from '../support/plans';
import { makeRandom } from '../support/projected-world';
import { PEOPLE, World } from '../support/world';
import { thorough } from '../support/property';

const BACKLOG = backlogStream('P', 'build', 1);
const text = { text: 't' };
const iterations: PlanIterations = {
  productOwner: 'sponsor', unit: 'points', ready: [], done: [], columns: [{ key: 'todo' }, { key: 'doing', wip: 3 }, { key: 'done' }],
  teams: [{ key: 'alpha', roles: ['engineer'], days: 5, startsItself: true, leftovers: 'next' }, { key: 'beta', roles: ['engineer'], days: 3, leftovers: 'backlog' }, { key: 'flow', roles: ['engineer'], leftovers: 'backlog' }],
};
// Beside it a stage: its tasks wait for items, and items wait for what it delivers.
const PLAN = plan([
  phase('build', [task('run')], { kind: 'iterations', iterations: { ...iterations, needs: [{ phase: 'install', deliverable: 'racks', label: 'hardware' }, { phase: 'install', deliverable: 'lines' }], scopeControl: { tolerance: 50, label: 'network' } } }),
  phase('install', [
    task('rack', { produces: ['racks'] }), task('connect', { produces: ['lines'] }),
    task('switch-over', { after: [{ backlog: 'build', label: 'network' }, { backlog: 'build', item: '3' }, { task: 'connect' }] }),
  ], { announces: ['racks', 'lines'], gate: gate('installed') }),
]);

const backlogOf = (world: World): BacklogState => world.actors.get(BACKLOG)?.runner.state as BacklogState;
const sprintsOf = (world: World): SprintState[] => [...world.actors.values()].filter(({ process }) => process.name === 'sprint').map(({ runner }) => runner.state as SprintState);

function act(world: World, random: (n: number) => number): void {
  const { items } = backlogOf(world);
  const keys = Object.keys(items);
  const item = keys[random(keys.length)] ?? '1';
  const other = keys[random(keys.length)] ?? '1';
  const team = ['alpha', 'beta', 'flow'][random(3)] ?? 'alpha';
  const sprints = sprintsOf(world);
  const sprint = sprints[random(sprints.length)];
  const give = (to: string, command: { type: string; [field: string]: unknown }, who = PEOPLE.eva): void => { if (world.actors.has(to)) world.command(to, command, who); };
  const column = (): string => ['todo', 'doing', 'done'][random(3)] ?? 'todo';
  switch (random(18)) {
    case 16: return give(BACKLOG, { type: 'change-item', item, change: [{ needs: ['install/lines'] }, { needs: null }, { labels: ['network'] }, { labels: ['hardware'] }][random(4)] });
    case 17: {
      const stage = world.stage('install').input.id;
      return random(3) === 0 ? give(stage, { type: 'reopen', task: ['rack', 'connect'][random(2)], reason: text }, PEOPLE.mia) : give(stage, { type: 'complete', task: ['rack', 'connect'][random(2)], evidence: {} });
    }
    case 0: return give(BACKLOG, { type: 'add-items', items: [{ kind: 'story', title: text, estimate: random(8), labels: [['network'], ['hardware'], []][random(3)] }, { kind: 'bug', title: text, after: ['#1'] }] });
    case 1: return give(BACKLOG, { type: 'move-item', item, after: other }, PEOPLE.sam);
    case 2: return give(BACKLOG, { type: 'drop-items', items: [item] }, PEOPLE.sam);
    case 3: return give(BACKLOG, { type: 'restore-items', items: [item] }, PEOPLE.sam);
    case 4: return give(BACKLOG, { type: 'open-sprint', team });
    case 5: case 6: {
      const open = backlogOf(world).teams[team]?.open ?? [];
      return give(BACKLOG, { type: 'plan-items', team, number: open[random(open.length)]?.number ?? 1, items: [item, other] });
    }
    case 7: world.ring(); return;
    case 8: {
      const type = world.projectState().status === 'held' ? 'resume' : random(4) === 0 ? 'hold' : 'assign-roles';
      world.command(world.root, { type, reason: text, roles: { security: ['sol'] } }, PEOPLE.mia);
      return;
    }
    default: {
      if (!sprint) return;
      const { id } = sprint.input;
      const cards = Object.keys(sprint.cards);
      const card = cards[random(cards.length)] ?? '1';
      switch (random(10)) {
        case 0: give(id, { type: 'set-goal', goal: text }); return give(id, { type: 'start' });
        case 1: case 2: case 3: return give(id, { type: 'move-card', item: card, from: sprint.cards[card]?.column ?? 'todo', to: column() });
        case 4: return give(id, { type: 'accept', item: card }, PEOPLE.sam);
        case 5: return give(id, { type: 'return', item: card, reason: text }, PEOPLE.sam);
        case 6: return give(id, { type: 'remove-cards', items: [card] });
        case 7: return random(3) === 0 ? give(id, { type: 'cancel', reason: text }, PEOPLE.sam) : give(id, { type: 'close' });
        case 8: return random(2) === 0 ? give(id, { type: 'recognise', person: ['eva', 'edo', 'sam'][random(3)], kind: 'help', text }) : give(id, { type: 'withdraw-recognition', recognition: 1 + random(3) });
        default: return give(id, { type: 'add-note', kind: 'action', text });
      }
    }
  }
}

/** What must hold when all messages have arrived. */
function check(world: World): void {
  const { items, teams, last } = backlogOf(world);
  expect(Object.keys(items)).toHaveLength(last);
  expect(new Set(Object.values(items).map(({ order }) => order)).size).toBe(last);
  const sprints = new Map(sprintsOf(world).map((sprint) => [sprint.input.id, sprint]));
  for (const [item, { status, sprint }] of Object.entries(items)) {
    expect([item, status === 'planned']).toEqual([item, sprint !== undefined]);
    const holding = [...sprints.values()].filter(({ cards }) => cards[item] && cards[item].left === undefined && cards[item].acceptedAt === undefined).map(({ input }) => input.id);
    expect([item, holding]).toEqual([item, sprint ? [sprintStream(BACKLOG, sprint.team, sprint.number)] : []]);
  }
  for (const [team, { open }] of Object.entries(teams)) {
    expect(open.filter(({ stage }) => stage === 'running').length).toBeLessThanOrEqual(1);
    expect(open.filter(({ stage }) => stage === 'planning').length).toBeLessThanOrEqual(1);
    for (const { number, stage } of open) expect([team, number, sprints.get(sprintStream(BACKLOG, team, number))?.status]).toEqual([team, number, stage]);
  }
}

/** Who waits knows how it stands, and nobody waits for what is there. */
function checkWaiting(world: World): void {
  const { items, openNeeds = [], stands } = backlogOf(world);
  const { stands: known, tasks, status } = world.stage('install');
  if (world.projectState().phases['build']?.status !== 'open' || status !== 'open') return;
  const isDone = (key: string): boolean => items[key]?.status === 'done' || items[key]?.status === 'dropped';
  const network = Object.entries(items).filter(([, each]) => each.status !== 'dropped' && each.kind !== 'epic' && each.labels?.includes('network'));
  const met = network.every(([key]) => isDone(key)) && isDone('3');
  expect(known).toEqual(stands);
  expect([met, tasks['connect']?.status === 'done', tasks['switch-over']?.status !== 'waiting']).toEqual([met, tasks['connect']?.status === 'done', met && tasks['connect']?.status === 'done']);
  expect([...openNeeds].sort()).toEqual([tasks['connect']?.status !== 'done' && 'install/lines', tasks['rack']?.status !== 'done' && 'install/racks'].filter(Boolean));
}

/** Nothing comes into a backlog beyond what was promised of it and the tolerance. */
function checkScope(world: World): void {
  const backlog = backlogOf(world);
  const limit = limitOf(backlog);
  if (limit !== undefined) expect(scopeOf(backlog)).toBeLessThanOrEqual(limit);
}

test('no item is lost, and none is in two places', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 1_000_000 }), (seed) => {
    const random = makeRandom(seed);
    const world = new World(PLAN);
    world.command(world.root, { type: 'start', name: text, roles: ROLES }, PEOPLE.olga);
    world.settle();
    const results = new Map<string, unknown>();
    for (let step = 0; step < 120; step += 1) {
      act(world, random);
      for (let count = random(3); count > 0; count -= 1) {
        const busy = world.busy();
        if (busy.length > 0) world.deliver(busy[random(busy.length)] as string);
      }
      if (random(5) === 0) world.repeat(random(1000));
      if (random(8) === 0) world.rollOver(random(20));
      if (step % 20 !== 19) continue;
      world.settle(random);
      check(world);
      checkWaiting(world);
      checkScope(world);
      // What a sprint came to never changes once it is over, but for what is accepted until it is closed.
      for (const { input, result } of sprintsOf(world)) {
        if (!result) continue;
        const { accepted: _, ...fixed } = result;
        expect(results.get(input.id) ?? fixed).toEqual(fixed);
        results.set(input.id, fixed);
      }
    }
    checkLogs(world);
  }), thorough(20));
});
