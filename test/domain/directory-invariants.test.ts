/** Whatever people and time do to the directory, and in whatever order messages arrive: nobody stands in for somebody who stands in, and a project knows what the directory says. */
import * as fc from 'fast-check';
import { groupRole } from '../../domain/directory/people';
import { type Delegation, DIRECTORY, type DirectoryState } from '../../domain/directory/types';
import { PROGRAM_MANAGER } from '../../domain/permissions';
import type { PersonId } from '../../domain/process';
import { checkLogs } from '../support/check-logs';
import { ROLES, WATERFALL } from '../support/plans';
import { makeRandom } from '../support/projected-world';
import { thorough } from '../support/property';
import { person } from '../support/scenario';
import { PEOPLE, World } from '../support/world';

const DAY = 86_400_000;
const text = { text: 't' };
const PERSONS = ['mia', 'eva', 'edo', 'sam', 'sol', 'ann', 'bob'];
const OFFICE = person('olga', 'project-office');
const CREW = groupRole('crew');
const PLAN = { ...WATERFALL, roles: [...WATERFALL.roles, { key: CREW, members: [] }] };
/** Of what a delegation speaks; `other` is not the project looked at, nor its program. */
const SCOPES: readonly Pick<Delegation, 'role' | 'project' | 'program'>[] = [{}, {}, {}, { role: 'sponsor' }, { project: 'P' }, { project: 'other' }, { program: 'move' }, { program: 'other' }, { project: 'P', role: 'sponsor' }];

const directoryOf = (world: World): DirectoryState => world.actors.get(DIRECTORY)?.runner.state as DirectoryState;

function act(world: World, random: (n: number) => number, step: number): void {
  const one = <T>(items: readonly T[]): T => items[random(items.length)] as T;
  const some = (): PersonId[] => PERSONS.filter(() => random(3) === 0);
  const { delegations } = directoryOf(world);
  const give = (command: { type: string; [field: string]: unknown }, who = random(4) === 0 ? person(one(PERSONS)) : OFFICE): void => { world.command(DIRECTORY, command, who); };
  switch (random(14)) {
    case 0: case 1: case 2: case 3: {
      const from = world.now + (random(12) - 3) * DAY / 2;
      return give({ type: 'delegate', id: `d${step}`, absent: one(PERSONS), delegate: one(PERSONS), from, until: from + (1 + random(20)) * DAY / 2, ...one(SCOPES) });
    }
    case 4: return give({ type: 'revoke', delegation: one([...Object.keys(delegations), 'none']) });
    case 5: return give({ type: 'set-group', group: 'crew', name: text, members: some() });
    case 6: return give({ type: 'set-program', program: 'move', name: text, managers: some() });
    case 7: return give({ type: 'set-manager', person: one(PERSONS), manager: random(4) === 0 ? null : one(PERSONS) });
    case 8: return random(4) === 0 ? give({ type: 'leave', person: one(PERSONS), to: one(PERSONS) }) : undefined;
    // Time passes at other moments than those at which something is due, too: a directory may hear late.
    case 9: {
      // Somebody may have left while they were given a role: the project hears of it right after.
      const persons = [one(PERSONS)];
      if (world.command(world.root, { type: 'assign-roles', roles: { [one(['engineer', 'sponsor'])]: persons } }, OFFICE) === null) give({ type: 'tell', project: 'P', persons, groups: [] }, OFFICE);
      return;
    }
    case 10: world.now += random(DAY); return;
    default: return world.ring();
  }
}

/** The rules between delegations, read anew: no one is absent and a delegate at once, and nobody has two delegates for the same. @throws Error */
function checkDelegations({ delegations, people }: DirectoryState): void {
  const open = Object.values(delegations).filter(({ status }) => status !== 'ended');
  for (const each of open) {
    if (people[each.absent]?.left ?? people[each.delegate]?.left) throw new Error(`${each.id} is of somebody who left`);
    for (const other of open) {
      if (Math.max(each.from, other.from) >= Math.min(each.until, other.until)) continue;
      if (each.absent === other.delegate) throw new Error(`${other.delegate} stands in by ${other.id}, absent by ${each.id}`);
      const isSame = each.absent === other.absent && each.role === other.role && each.project === other.project && each.program === other.program;
      if (isSame && each !== other) throw new Error(`${each.id} and ${other.id} are of the same`);
    }
  }
}

/** Who left is in no list and above nobody, and nobody is above themselves. @throws Error */
function checkPeople({ people, groups, programs = {} }: DirectoryState): void {
  const hasLeft = (each: PersonId): boolean => people[each]?.left !== undefined;
  for (const list of [...Object.values(groups).map(({ members }) => members), ...Object.values(programs).map(({ managers }) => managers)]) {
    if (new Set(list).size < list.length || list.some(hasLeft)) throw new Error(`a list of ${list.join()}`);
  }
  for (const each of Object.keys(people)) {
    const above: PersonId[] = [];
    for (let boss = people[each]?.manager; boss !== undefined; boss = people[boss]?.manager) {
      if (above.includes(boss)) throw new Error(`${each} has above them ${above.join()}, ${boss}`);
      above.push(boss);
    }
    const [boss] = above;
    if (boss !== undefined && hasLeft(boss) && !hasLeft(each)) throw new Error(`${each} is managed by ${boss}, who left`);
  }
}

/** Each delegation is where the time has it, once the directory has heard of the time. */
function checkTime({ delegations }: DirectoryState, now: number): void {
  for (const { id, status, from, until } of Object.values(delegations)) {
    if (status !== 'ended') expect([id, status]).toEqual([id, from <= now ? 'active' : 'planned']);
    if (status !== 'ended') expect(until).toBeGreaterThan(now);
  }
}

/** What the project acts by is what the directory says: absences, groups, who manages its program, who left. */
function checkProject(world: World): void {
  const { delegations, groups, programs = {}, people } = directoryOf(world);
  const project = world.projectState();
  for (const absent of PERSONS) {
    const here = Object.values(delegations).filter((each) => each.status === 'active' && each.absent === absent
      && [undefined, 'P'].includes(each.project) && [undefined, 'move'].includes(each.program));
    const known = project.absences?.[absent] ?? [];
    expect([absent, known.map(({ delegation }) => delegation).sort()]).toEqual([absent, here.map(({ id }) => id).sort()]);
    for (const { delegation, delegate, until } of known) expect({ delegate, until }).toEqual({ delegate: delegations[delegation]?.delegate, until: delegations[delegation]?.until });
  }
  expect(project.roles[CREW] ?? []).toEqual(groups['crew']?.members ?? []);
  expect(project.roles[PROGRAM_MANAGER] ?? []).toEqual(programs['move']?.managers ?? []);
  for (const [role, holders] of Object.entries(project.roles)) expect([role, holders.filter((each) => people[each]?.left)]).toEqual([role, []]);
}

test('delegations never meet, no list holds who left, no one is above themselves, and a project knows it all', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 1_000_000 }), (seed) => {
    const random = makeRandom(seed);
    const world = new World(PLAN);
    world.start('directory', DIRECTORY, {});
    world.command(world.root, { type: 'start', name: text, roles: ROLES, program: { key: 'move', managers: [] } }, PEOPLE.olga);
    world.settle();
    for (let step = 0; step < 100; step += 1) {
      act(world, random, step);
      checkDelegations(directoryOf(world));
      checkPeople(directoryOf(world));
      for (let count = random(3); count > 0; count -= 1) {
        const busy = world.busy();
        if (busy.length > 0) world.deliver(busy[random(busy.length)] as string);
      }
      if (random(5) === 0) world.repeat(random(1000));
      if (random(8) === 0) world.rollOver(random(20));
      if (step % 10 !== 9) continue;
      const directory = world.actors.get(DIRECTORY);
      if ((directory?.runner.due()?.at ?? Infinity) <= world.now) directory?.runner.issue({ type: 'turn' }, 'timer', world.now);
      world.settle(random);
      checkTime(directoryOf(world), world.now);
      checkProject(world);
    }
    const ends = new Map<string, string[]>();
    checkLogs(world, (process, _id, _state, event) => {
      if (process !== 'directory' || !event.type.startsWith('delegation-')) return;
      const { delegation } = event as unknown as { delegation: string | Delegation };
      const id = typeof delegation === 'string' ? delegation : delegation.id;
      ends.set(id, [...ends.get(id) ?? [], event.type.slice('delegation-'.length)]);
    });
    for (const [id, said] of ends) expect([id, said.join()]).toEqual([id, expect.stringMatching(/^planned(,started)?(,ended)?$/)]);
  }), thorough(25));
});
