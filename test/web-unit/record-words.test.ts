/** The log of a project tells all that can stand in it, in words. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DECISIONS, DEEDS, isDecision, sentenceOf, type Called } from '../../web/rooms/project/record-words';
import en from '../../web/texts/en/record';

const DOMAIN = join(__dirname, '..', '..', 'domain');
const UNIONS = ['project/types.ts', 'revision.ts', 'stage/types.ts', 'approval/types.ts', 'backlog/types.ts', 'sprint/types.ts', 'handover/types.ts', 'handover/early-life-types.ts'];

/** The types of all events that a file declares. */
const eventsIn = (file: string): string[] => [...readFileSync(join(DOMAIN, file), 'utf8').matchAll(/export type \w+Event(?:<\w>)? =\n(.*?);\n(?:\n|$)/gs)].flatMap(([, union = '']) => [...union.matchAll(/type: '([a-z-]+)'/g)].map(([, type = '']) => type));

test.each(UNIONS)('each event of %s has a sentence', (file) => {
  const types = eventsIn(file);
  expect(types.length).toBeGreaterThan(0);
  expect(types.filter((type) => ![...DECISIONS, ...DEEDS].includes(type as never))).toEqual([]);
});

const named = (key: string): string => key;
const CALLED: Called = { phase: named, gate: (phase) => `gate of ${phase}`, task: (_, key) => key, person: named, role: named, change: named, program: named };
const say = (type: string, stream: string, event: object, by: object = { kind: 'person', person: 'sam' }) => sentenceOf(
  { type, stream, event, by } as unknown as Parameters<typeof sentenceOf>[0], CALLED,
  ((key: keyof typeof en, values: Record<string, unknown> = {}) => en[key].replace(/{{(\w+)}}/g, (_, name: string) => String(values[name]))) as never,
);

test('what is said of a sprint names its number, and leads to the board', () => {
  expect(say('card-moved', 'project/p/phase/build/1/sprint/team/3', { item: 'i-1', person: 'eva' })).toMatchObject({ text: 'eva moved a card of sprint 3.', room: { of: 'agile', phase: 'build', service: '' }, approval: null });
  expect(say('sprint-started', 'project/p/phase/build/1/backlog', { team: 'team', number: 2 })).toMatchObject({ text: 'Sprint 2 of “build” started.', room: { of: 'agile' } });
});

test('what is said of a service leads to it, and a vote on its sign-off to the decision', () => {
  expect(say('service-accepted', 'project/p/phase/move/1/handover', { service: 'service-1' })).toMatchObject({ room: { of: 'handover', phase: 'move', service: 'service-1' }, approval: null });
  const signOff = 'project/p/phase/move/1/handover/approval/service-1/2';
  expect(say('vote-cast', signOff, { vote: { person: 'sam', outcome: 'approve' } })).toMatchObject({ text: 'sam on “gate of move”: approved.', approval: signOff });
  expect(say('vote-cast', 'project/p/phase/move/1/approval/gate/1', { vote: { person: 'sam', outcome: 'rework' } }).approval).toBe('project/p/phase/move/1/approval/gate/1');
});

test('what follows from a decision leads to it, and did not happen by itself', () => {
  const [stage, gate] = ['project/p/phase/build/1', 'project/p/phase/build/1/approval/gate/1'];
  expect(say('task-reopened', stage, { task: 'rack' }, { kind: 'system', source: gate })).toMatchObject({ approval: gate, isDecided: true, task: { phase: 'build', task: 'rack' } });
  expect(say('task-overdue', stage, { task: 'rack' }, { kind: 'system', source: 'timer' })).toMatchObject({ approval: null, isDecided: false });
  expect(say('phase-passed', 'project/p', { phase: 'build' }, { kind: 'system', source: stage })).toMatchObject({ approval: null, isDecided: false });
  // It is asked whether the project may be held, or comes after another outcome: nothing was decided.
  for (const type of ['revision-answered', 'gate-outcome-refused']) expect(say(type, stage, {}, { kind: 'system', source: gate })).toMatchObject({ approval: gate, isDecided: false });
  // The approval itself: by its own timer, or because its gate is gone.
  for (const source of ['timer', gate]) expect(say('approval-cancelled', gate, {}, { kind: 'system', source })).toMatchObject({ approval: gate, isDecided: false });
  // A service keeps its link beside that of the decision on it.
  const signOff = 'project/p/phase/move/1/handover/approval/service-1/2';
  expect(say('service-accepted', 'project/p/phase/move/1/handover', { service: 'service-1' }, { kind: 'system', source: signOff })).toMatchObject({ approval: signOff, isDecided: true, room: { of: 'handover', service: 'service-1' } });
});

test('a move to another version and a change of the plan are told once, of the project', () => {
  const plan = { template: { key: 'small', version: '2.0.0' } };
  expect(say('revision-prepared', 'project/p', { kind: 'migrate', migration: { plan } }).text).toBe('It was asked that the project is moved to version 2.0.0 of its template.');
  expect(say('revision-prepared', 'project/p', { kind: 'migrate', migration: { plan, change: 'c-1' } }).text).toBe('It was asked that the project is changed as asked in “c-1”.');
  expect(say('revision-committed', 'project/p', { kind: 'migrate', change: 'c-1' }).text).toBe('The project was changed as asked in “c-1”.');
  expect(say('revision-committed', 'project/p', { kind: 'hold' }).text).toBe('The project was put on hold.');
  expect(say('revision-committed', 'project/p/phase/build/1', { kind: 'migrate' }).text).toBe('Phase “build” follows the project.');
  expect(['project/p', 'project/p/phase/build/1'].map((stream) => isDecision({ type: 'revision-committed', stream }))).toEqual([true, false]);
});

test('what this release does not know is called by its type', () => {
  expect(say('from-tomorrow', 'project/p', {})).toMatchObject({ text: 'from-tomorrow', room: null });
});
