/** Who stands in for whom and when; groups, line managers, who left. */
import { directory } from '../../domain/directory';
import type { DirectoryCommand, DirectoryEvent, DirectoryInput, DirectoryState } from '../../domain/directory/types';
import { MONDAY, Scenario, person, system } from '../support/scenario';

const DAY = 86_400_000;
type Directory = Scenario<DirectoryInput, DirectoryState, DirectoryCommand, DirectoryEvent>;

const [ann, bob, olga] = [person('ann'), person('bob'), person('olga', 'project-office')];
const opened = (): Directory => new Scenario(directory, {});
const delegation = (id: string, absent: string, delegate: string, fromDay: number, untilDay: number, scope: object = {}): DirectoryCommand =>
  ({ type: 'delegate', id, absent, delegate, from: MONDAY + fromDay * DAY, until: MONDAY + untilDay * DAY, ...scope });
const told = (scenario: Directory) => scenario.effects.filter((effect) => effect.kind === 'message').map(({ to, message }) => [to, message]);
const noticesOf = (scenario: Directory) => scenario.effects.flatMap((effect) => (effect.kind === 'notify' ? [[effect.notice, ...(effect.to.persons ?? [])].join(' ')] : []));

describe('a delegation', () => {
  test('begins and ends by itself, and the projects concerned are looked for each time', () => {
    const scenario = opened();
    scenario.given(delegation('d', 'ann', 'bob', 1, 3), ann);
    expect(scenario.types()).toEqual(['delegation-planned']);
    expect(directory.due(scenario.state)).toEqual({ at: MONDAY + DAY, command: { type: 'turn' } });
    expect(scenario.ring()).toMatchObject([{ type: 'delegation-started', delegation: 'd' }, { type: 'directory-looked', persons: ['ann'] }]);
    expect(scenario.effects).toContainEqual({ kind: 'find-projects', persons: ['ann'], groups: [] });
    scenario.given({ type: 'concerned', projects: ['P'], persons: ['ann'], groups: [] }, system);
    expect(told(scenario)).toEqual([['project/P', { type: 'directory-told', absences: { ann: [{ delegation: 'd', delegate: 'bob', until: MONDAY + 3 * DAY }] }, groups: {}, left: {} }]]);
    scenario.ring();
    scenario.ring();
    expect(scenario.now).toBe(MONDAY + 3 * DAY);
    expect(scenario.log.at(-1)?.event).toMatchObject({ type: 'delegation-ended', because: 'time' });
    scenario.given({ type: 'concerned', projects: ['P'], persons: ['ann'], groups: [] }, system);
    expect(told(scenario).at(-1)).toEqual(['project/P', { type: 'directory-told', absences: { ann: [] }, groups: {}, left: {} }]);
    expect(noticesOf(scenario)).toEqual(['delegation-planned ann bob', 'delegation-started ann bob', 'delegation-ended ann bob']);
    expect(scenario.foldsToState()).toBe(true);
  });

  test('that begins now begins with the command; one whose time passed while nobody worked ends without having begun', () => {
    const scenario = opened();
    scenario.given(delegation('now', 'ann', 'bob', 0, 2), ann);
    expect(scenario.types()).toEqual(['delegation-planned', 'delegation-started']);
    scenario.given(delegation('later', 'cas', 'bob', 3, 4), person('cas'));
    scenario.now = MONDAY + 9 * DAY;
    expect(scenario.given({ type: 'turn' }, system).map((event) => event.type)).toEqual(['delegation-ended', 'delegation-ended']);
    expect(directory.due(scenario.state)).toBeNull();
  });

  test('is set up by oneself, the line manager or the project office, and taken back by these or the delegate', () => {
    const scenario = opened();
    scenario.given({ type: 'set-manager', person: 'ann', manager: 'max' }, olga);
    expect(scenario.refusal(delegation('d', 'ann', 'bob', 0, 2), bob)).toBe('not-permitted');
    expect(scenario.refusal(delegation('d', 'ann', 'bob', 0, 2), ann)).toBeUndefined();
    expect(scenario.refusal(delegation('d', 'ann', 'bob', 0, 2), olga)).toBeUndefined();
    scenario.given(delegation('d', 'ann', 'bob', 0, 2), person('max'));
    expect(scenario.state.delegations['d']).toMatchObject({ by: 'max', absent: 'ann' });
    expect(scenario.refusal({ type: 'revoke', delegation: 'd' }, person('eve'))).toBe('not-permitted');
    for (const who of [ann, bob, person('max'), olga]) expect(scenario.refusal({ type: 'revoke', delegation: 'd' }, who)).toBeUndefined();
    scenario.given({ type: 'revoke', delegation: 'd' }, bob);
    expect(scenario.refusal({ type: 'revoke', delegation: 'd' }, bob)).toBe('delegation-ended');
    expect(scenario.refusal({ type: 'revoke', delegation: 'none' }, bob)).toBe('unknown-delegation');
  });

  test('has a delegate who is somebody else, and an end after its beginning, in two years at most', () => {
    const scenario = opened();
    const fieldsOf = (command: DirectoryCommand) => {
      const tried = scenario.when(command, ann);
      return 'rejection' in tried ? tried.rejection.fields?.map(({ pointer }) => pointer) : [];
    };
    expect(fieldsOf(delegation('d', 'ann', 'ann', 0, 2))).toEqual(['/to']);
    expect(fieldsOf(delegation('d', 'ann', 'bob', 2, 2))).toEqual(['/until']);
    expect(fieldsOf(delegation('d', 'ann', 'bob', -4, -2))).toEqual(['/until']);
    expect(fieldsOf(delegation('d', 'ann', 'bob', 0, 800))).toEqual(['/until']);
  });

  test('goes no further than one hop, and in no circle', () => {
    const scenario = opened();
    scenario.given(delegation('d', 'ann', 'bob', 0, 5), ann);
    expect(scenario.refusal(delegation('x', 'bob', 'ann', 2, 3), bob)).toBe('delegation-chain');
    expect(scenario.refusal(delegation('x', 'bob', 'cas', 4, 9), bob)).toBe('delegation-chain');
    expect(scenario.refusal(delegation('x', 'cas', 'ann', 4, 9), person('cas'))).toBe('delegation-chain');
    expect(scenario.refusal(delegation('x', 'bob', 'ann', 5, 9), bob)).toBeUndefined();
    expect(scenario.refusal(delegation('x', 'cas', 'bob', 1, 9), person('cas'))).toBeUndefined();
  });

  test('of the same scope stands alone in its time; of several scopes the narrowest holds', () => {
    const scenario = opened();
    scenario.given(delegation('all', 'ann', 'bob', 0, 5), ann);
    expect(scenario.refusal(delegation('x', 'ann', 'cas', 3, 9), ann)).toBe('delegation-overlaps');
    scenario.given(delegation('role', 'ann', 'cas', 0, 5, { role: 'sponsor' }), ann);
    scenario.given(delegation('project', 'ann', 'dan', 0, 5, { project: 'P' }), ann);
    scenario.given(delegation('both', 'ann', 'eva', 0, 5, { project: 'P', role: 'sponsor' }), ann);
    scenario.given({ type: 'concerned', projects: ['P', 'Q'], persons: ['ann'], groups: [] }, system);
    const delegates = told(scenario).map(([, message]) => (message as unknown as { absences: { ann: { delegate: string }[] } }).absences.ann.map(({ delegate }) => delegate));
    expect(delegates).toEqual([['eva', 'dan', 'cas', 'bob'], ['cas', 'bob']]);
  });

  test('is told again every day, in case a project got the person without having been told', () => {
    const scenario = opened();
    scenario.given(delegation('d', 'ann', 'bob', 0, 5), ann);
    scenario.ring();
    expect(scenario.now).toBe(MONDAY + DAY);
    expect(scenario.log.at(-1)?.event).toEqual({ type: 'directory-looked', persons: ['ann'] });
  });
});

describe('a program', () => {
  const program = (managers: readonly string[]): DirectoryCommand => ({ type: 'set-program', program: 'move', name: { text: 't' }, managers });

  test('is kept by the project office; its projects are looked for and told who manages it', () => {
    const scenario = opened();
    expect(scenario.refusal(program(['bob']), ann)).toBe('not-permitted');
    scenario.given(program(['bob', 'bob']), olga);
    expect(scenario.effects).toEqual([{ kind: 'find-projects', persons: [], groups: [], programs: ['move'] }]);
    scenario.given({ type: 'concerned', projects: ['P'], persons: [], groups: [], programs: ['move'] }, system);
    expect(told(scenario)).toEqual([['project/P', { type: 'directory-told', absences: {}, groups: {}, programs: { move: ['bob'] }, left: {} }]]);
    expect(scenario.foldsToState()).toBe(true);
  });

  test('a project that joins it is told as well; whoever leaves leaves it to the successor', () => {
    const scenario = opened();
    scenario.given(program(['bob']), olga);
    scenario.given({ type: 'leave', person: 'bob', to: 'eva' }, olga);
    scenario.given({ type: 'tell', project: 'P', persons: [], groups: [], programs: ['move', 'unknown'] }, olga);
    expect(told(scenario).at(-1)).toEqual(['project/P', { type: 'directory-told', absences: {}, groups: {}, programs: { move: ['eva'], unknown: [] }, left: {} }]);
    expect(scenario.refusal(program(['bob']), olga)).toBe('person-left');
  });

  test('is a scope of delegations, narrower than everything and wider than one project', () => {
    const scenario = opened();
    for (const [delegate, scope] of [['all', {}], ['role', { role: 'sponsor' }], ['program', { program: 'move' }], ['both', { program: 'move', role: 'sponsor' }], ['project', { project: 'P' }]] as const) {
      scenario.given(delegation(`d-${delegate}`, 'ann', delegate, 0, 3, scope), ann);
    }
    expect(scenario.refusal(delegation('again', 'ann', 'zoe', 1, 2, { program: 'move' }), ann)).toBe('delegation-overlaps');
    scenario.given({ type: 'concerned', projects: ['P'], persons: ['ann'], groups: [] }, system);
    const [[, news]] = told(scenario).slice(-1) as [[string, { absences: { ann: object[] } }]];
    expect(news.absences.ann.map((each) => [(each as { delegate: string }).delegate, (each as { program?: string }).program])).toEqual([
      ['project', undefined], ['both', 'move'], ['program', 'move'], ['role', undefined], ['all', undefined]]);
  });
});

describe('who leaves', () => {
  test('and whose successor leaves, too, is replaced by the next: a project that hears late gives no role to somebody who is gone', () => {
    const scenario = opened();
    for (const [gone, to] of [['ann', 'bob'], ['bob', 'cas']] as const) scenario.given({ type: 'leave', person: gone, to }, olga);
    scenario.given({ type: 'concerned', projects: ['P'], persons: ['ann'], groups: [] }, system);
    expect(told(scenario)).toEqual([['project/P', { type: 'directory-told', absences: { ann: [] }, groups: {}, left: { ann: 'cas' } }]]);
    // Under older rules it is told the first.
    const [heard] = scenario.log.slice(-1);
    expect(directory.react(scenario.state, heard!, 15)).toMatchObject([{ message: { left: { ann: 'bob' } } }]);
  });

  test('is replaced: their delegations end, and the successor takes those over in which they were the delegate, if that can be', () => {
    const scenario = opened();
    scenario.given(delegation('of-bob', 'bob', 'zoe', 5, 9), bob);
    scenario.given(delegation('to-bob', 'ann', 'bob', 0, 4), ann);
    scenario.given(delegation('clash', 'cas', 'bob', 2, 4), person('cas'));
    scenario.given(delegation('own', 'dan', 'eva', 2, 4), person('dan'));
    scenario.given({ type: 'leave', person: 'bob', to: 'eva' }, olga);
    const open = Object.values(scenario.state.delegations).filter(({ status }) => status !== 'ended').map(({ absent, delegate, status }) => `${absent} ${delegate} ${status}`);
    expect(open.sort()).toEqual(['ann eva active', 'cas eva planned', 'dan eva planned']);
    expect(scenario.refusal({ type: 'leave', person: 'bob', to: 'eva' }, olga)).toBeUndefined();
    expect(scenario.given({ type: 'leave', person: 'bob', to: 'eva' }, olga)).toEqual([]);
    expect(scenario.refusal({ type: 'leave', person: 'bob', to: 'zoe' }, olga)).toBe('person-left');
    expect(scenario.refusal(delegation('x', 'zoe', 'bob', 0, 2), person('zoe'))).toBe('delegation-invalid');
    expect(scenario.foldsToState()).toBe(true);
  });

  test('who is absent when their delegate leaves to them decides themselves again', () => {
    const scenario = opened();
    scenario.given(delegation('d', 'ann', 'bob', 0, 4), ann);
    scenario.given({ type: 'leave', person: 'bob', to: 'ann' }, olga);
    expect(Object.values(scenario.state.delegations).map(({ status, because }) => [status, because])).toEqual([['ended', 'left']]);
  });

  test('leaves groups and the people they managed to the successor', () => {
    const scenario = opened();
    scenario.given({ type: 'set-group', group: 'board', name: { text: 't' }, members: ['bob', 'cas'] }, olga);
    scenario.given({ type: 'set-manager', person: 'bob', manager: 'max' }, olga);
    scenario.given({ type: 'set-manager', person: 'cas', manager: 'bob' }, olga);
    scenario.given({ type: 'set-manager', person: 'eva', manager: 'bob' }, olga);
    scenario.given({ type: 'leave', person: 'bob', to: 'eva' }, olga);
    expect(scenario.state.groups['board']?.members).toEqual(['eva', 'cas']);
    expect(scenario.state.people['cas']?.manager).toBe('eva');
    expect(scenario.state.people['eva']?.manager).toBe('max');
    scenario.given({ type: 'concerned', projects: ['P'], persons: ['bob'], groups: ['board'] }, system);
    expect(told(scenario).at(-1)).toEqual(['project/P', { type: 'directory-told', absences: { bob: [] }, groups: { board: ['eva', 'cas'] }, left: { bob: 'eva' } }]);
  });

  test('only the project office says so', () => {
    expect(opened().refusal({ type: 'leave', person: 'bob', to: 'eva' }, bob)).toBe('not-permitted');
  });
});

test('line managers make no circle', () => {
  const scenario = opened();
  scenario.given({ type: 'set-manager', person: 'ann', manager: 'bob' }, olga);
  scenario.given({ type: 'set-manager', person: 'bob', manager: 'cas' }, olga);
  expect(scenario.refusal({ type: 'set-manager', person: 'cas', manager: 'ann' }, olga)).toBe('manager-circle');
  expect(scenario.refusal({ type: 'set-manager', person: 'ann', manager: 'ann' }, olga)).toBe('manager-circle');
  expect(scenario.refusal({ type: 'set-manager', person: 'ann', manager: 'cas' }, ann)).toBe('not-permitted');
  scenario.given({ type: 'set-manager', person: 'bob', manager: null }, olga);
  expect(scenario.refusal({ type: 'set-manager', person: 'cas', manager: 'ann' }, olga)).toBeUndefined();
});

test('of the delegations that ended it remembers the last thousand', () => {
  const scenario = opened();
  for (let each = 0; each < 1_010; each += 1) {
    scenario.now = MONDAY + each;
    scenario.given(delegation(`d${each}`, 'ann', 'bob', 0, 5), ann);
    scenario.given({ type: 'revoke', delegation: `d${each}` }, ann);
  }
  expect(Object.keys(scenario.state.delegations)).toHaveLength(1_000);
  expect(scenario.state.delegations['d9']).toBeUndefined();
  expect(scenario.state.delegations['d10']).toBeDefined();
});
