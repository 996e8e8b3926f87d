/** A world with a backlog and sprints. */
import { backlogStream, sprintStream } from '../../domain/backlog/streams';
import type { BacklogState } from '../../domain/backlog/types';
import { type PlanIterations, type PlanTeam } from '../../domain/plan';
import type { SprintState } from '../../domain/sprint/types';
import { gate, phase, plan, ROLES, task } from './plans';
import { PEOPLE, World } from './world';

export const TEAM: PlanTeam = { key: 'alpha', roles: ['engineer'], days: 10, startsItself: true, leftovers: 'next' };
export const ITERATIONS: PlanIterations = {
  productOwner: 'sponsor', unit: 'points', ready: [], done: ['tested'], teams: [TEAM],
  columns: [{ key: 'todo' }, { key: 'doing', wip: 2 }, { key: 'done' }],
};
export const planWith = (iterations: PlanIterations) => plan([phase('build', [task('run')], { kind: 'iterations', iterations, gate: gate('release') }), phase('close', [task('archive')], { after: ['build'] })]);
export const BACKLOG = backlogStream('P', 'build', 1);
export const DAY = 86_400_000;
export const title = { text: 't' };
export const story = (estimate?: number) => ({ kind: 'story', title, ...(estimate !== undefined && { estimate }) });

export function started(iterations = ITERATIONS): World {
  const world = new World(planWith(iterations));
  world.command(world.root, { type: 'start', name: title, roles: ROLES }, PEOPLE.olga);
  world.settle();
  return world;
}
export const backlogOf = (world: World): BacklogState => world.actors.get(BACKLOG)?.runner.state as BacklogState;
export const sprintId = (number: number, team = 'alpha'): string => sprintStream(BACKLOG, team, number);
export const sprintOf = (world: World, number: number, team = 'alpha'): SprintState => world.actors.get(sprintId(number, team))?.runner.state as SprintState;
export const give = (world: World, to: string, command: { type: string; [field: string]: unknown }, who: Parameters<World['command']>[2] = PEOPLE.eva) => {
  const refused = world.command(to, command, who);
  world.settle();
  return refused?.code ?? null;
};
/** A running sprint with three items. */
export function running(iterations = ITERATIONS): World {
  const world = started(iterations);
  give(world, BACKLOG, { type: 'add-items', items: [story(3), story(5), story(8)] });
  give(world, BACKLOG, { type: 'open-sprint', team: 'alpha' });
  give(world, BACKLOG, { type: 'plan-items', team: 'alpha', number: 1, items: ['1', '2', '3'] });
  give(world, sprintId(1), { type: 'set-goal', goal: title });
  expect(give(world, sprintId(1), { type: 'start' })).toBeNull();
  return world;
}
export const deliver = (world: World, number: number, item: string): void => {
  give(world, sprintId(number), { type: 'tick-card', item, tick: ['tested'] });
  give(world, sprintId(number), { type: 'move-card', item, from: 'todo', to: 'doing' });
  expect(give(world, sprintId(number), { type: 'move-card', item, from: 'doing', to: 'done' })).toBeNull();
};
/** Lets time pass until a sprint's time is over. */
export function passTime(world: World, number: number): void {
  for (let round = 0; round < 100 && sprintOf(world, number).status === 'running'; round += 1) {
    world.ring();
    world.settle();
  }
  expect(sprintOf(world, number).status).toBe('over');
}
