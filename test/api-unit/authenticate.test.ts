import { createAuth } from '../../api/auth/authenticate';
import { DatabaseAway } from '../../api/database';
import type { Glance } from '../../api/reads';

const STREAM = 'project/p1/phase/a/2';
const WANTED = { project: 'p1', phase: 'a', commandId: 'k' };
const COMMAND = { stream: STREAM, hash: 'h', fromSeq: 1, toSeq: 1, settled: true };
const glance: Glance = {
  person: { id: 'ann', name: 'Ann', language: 'nl', globalRoles: [] }, access: { template: 't', templateVersion: '1', roles: ['pm'] },
  phaseStream: STREAM, backlog: 'project/p1/phase/a/1/backlog', command: COMMAND,
};
const header = `Bearer sluis_${'a'.repeat(43)}`;

function setUp(resolve: () => Promise<Glance | null> = async () => glance) {
  return createAuth({ resolve, access: async () => glance.access });
}

test('what was read along with the person is not asked for again', async () => {
  const auth = setUp();
  const person = await auth.authenticate(header, WANTED);
  expect(auth.seenPhaseStream(person, 'p1', 'a')).toEqual({ stream: STREAM });
  expect(auth.seenCommand(person, STREAM, 'k')).toEqual(COMMAND);
});

test('a list of tasks that was read along is of its request alone, and not kept for when the database is away', async () => {
  let away = false;
  const auth = setUp(async () => { if (away) throw new DatabaseAway(undefined); return { ...glance, tasks: { of: 'person', tasks: [] } }; });
  const person = await auth.authenticate(header, { tasks: { of: 'person', filter: {}, limit: 1 } });
  expect(auth.seenTasks(person, 'person')).toEqual([]);
  expect(auth.seenTasks(person, 'project')).toBeUndefined();
  expect(auth.seenTasks({ ...person }, 'person')).toBeUndefined();
  away = true;
  expect(auth.seenTasks(await auth.authenticate(header), 'person')).toBeUndefined();
});

test('of another phase, stream or command nothing was read', async () => {
  const auth = setUp();
  const person = await auth.authenticate(header, WANTED);
  expect(auth.seenPhaseStream(person, 'p1', 'b')).toBeUndefined();
  expect(auth.seenPhaseStream(person, 'p2', 'a')).toBeUndefined();
  expect(auth.seenCommand(person, STREAM, 'other')).toBeUndefined();
  expect(auth.seenCommand(person, 'project/p1', 'k')).toBeUndefined();
});

test('of a part of a backlog, the command is the one of its stream', async () => {
  const sprint = 'project/p1/phase/a/1/sprint/blue/3';
  const auth = setUp(async () => ({ ...glance, command: { ...COMMAND, stream: sprint } }));
  const person = await auth.authenticate(header, { ...WANTED, part: 'sprint/blue/3' });
  expect(auth.seenBacklog(person, 'p1', 'a')).toEqual({ stream: 'project/p1/phase/a/1/backlog' });
  expect(auth.seenBacklog(person, 'p1', 'b')).toBeUndefined();
  expect(auth.seenCommand(person, sprint, 'k')).toMatchObject({ stream: sprint });
  expect(auth.seenCommand(person, STREAM, 'k')).toBeUndefined();
  expect(auth.seenCommand(person, 'project/p1/phase/a/1/backlog', 'k')).toBeUndefined();
});

test('while the database is away people are who they were, but what became of a command is not taken from an earlier request', async () => {
  let away = false;
  const auth = setUp(async () => { if (away) throw new DatabaseAway(undefined); return glance; });
  await auth.authenticate(header, WANTED);
  away = true;
  const person = await auth.authenticate(header, WANTED);
  expect(person.id).toBe('ann');
  expect(await auth.enter(person, 'p1')).toEqual(glance.access);
  expect(auth.seenPhaseStream(person, 'p1', 'a')).toBeUndefined();
  expect(auth.seenCommand(person, STREAM, 'k')).toBeUndefined();
});

test('where no phase was asked for, the command is the one of the stream that was', async () => {
  const auth = setUp(async () => ({ ...glance, phaseStream: undefined, command: null }));
  const person = await auth.authenticate(header, { project: 'p1', stream: 'project/p1', commandId: 'k' });
  expect(auth.seenCommand(person, 'project/p1', 'k')).toBeNull();
  expect(auth.seenCommand(person, STREAM, 'k')).toBeUndefined();
});
