import { digestOf } from '../digest';
import { own } from '../fold';
import type { Key } from '../process';
import { sprintsOf } from './items';
import type { AskedOfBacklog, Awaited, AwaitedStand, BacklogEvent, BacklogState, ItemState } from './types';

/** Items that are named of those that are left. */
const LEFT_AT_MOST = 10;

/** What a backlog's state calls for by itself: what the gate and tasks of other phases ask of it, and boards of teams that work in flow for as long as the phase is open. */
export function advance(state: BacklogState): readonly BacklogEvent[] {
  if (state.status !== 'open' || !state.phaseOpen) return [];
  const judged = judgeCriteria(state) ?? judgeAwaited(state);
  if (judged) return [judged];
  if (state.revision || state.heldAt !== undefined) return [];
  return state.input.iterations.teams.filter(({ key, days }) => days === undefined && sprintsOf(state, key).open.every(({ stage }) => stage === 'over'))
    .map(({ key }): BacklogEvent => ({ type: 'sprint-opened', team: key, number: sprintsOf(state, key).last + 1, start: true }));
}

/** Which criteria of the gate are met, if that is different from what the stage knows. */
function judgeCriteria(state: BacklogState): BacklogEvent | undefined {
  const { asked = [] } = state.input;
  const met = Object.fromEntries(asked.map((criterion) => [criterion.key, isMet(state, criterion)]));
  const known = state.met ?? {};
  const isSame = Object.keys(known).length === asked.length && asked.every(({ key }) => own(known, key) === met[key]);
  return isSame ? undefined : { type: 'criteria-judged', met };
}

/** How far it is with what tasks of other phases wait for, if that is different from what the project knows. */
function judgeAwaited(state: BacklogState): BacklogEvent | undefined {
  const { awaited = [] } = state.input;
  if (awaited.length === 0 && !state.stands) return undefined;
  const stands = Object.fromEntries(awaited.map((each): [string, AwaitedStand] => [each.key, standOf(state, each)]));
  return digestOf(stands) === digestOf(state.stands ?? {}) ? undefined : { type: 'awaited-judged', stands };
}

function standOf(state: BacklogState, { item, ...test }: Awaited): AwaitedStand {
  if (item === undefined) return { met: isMet(state, test), left: leftOf(state, test).slice(0, LEFT_AT_MOST) };
  const known = own(state.items, item);
  // One that is not needed any more keeps nobody waiting; one that is not there yet does.
  const met = known !== undefined && (known.status === 'dropped' || isDone(state.items, item, known));
  return { met, left: met ? [] : [item] };
}

type Test = Omit<AskedOfBacklog, 'key'>;

/** What was done without a sprint was accepted by nobody. */
const isJudged = ([, { finished }]: readonly [string, ItemState]): boolean => !finished;

function askedItems({ items }: BacklogState, { items: kind, label }: Test): [string, ItemState][] {
  return Object.entries(items).filter(([, item]) => item.status !== 'dropped' && (kind === undefined ? item.kind !== 'epic' : item.kind === kind) && (label === undefined || item.labels?.includes(label)));
}

const leftOf = (state: BacklogState, test: Test): string[] => askedItems(state, test).filter(([key, item]) => !isDone(state.items, key, item)).map(([key]) => key);

function isMet(state: BacklogState, test: Test): boolean {
  return askedItems(state, test).filter(isJudged).length >= (test.accepted ?? 0) && leftOf(state, test).length === 0;
}

/** An epic is done when all that belongs to it is, and something does. */
function isDone(items: BacklogState['items'], key: Key, { kind, status }: ItemState): boolean {
  if (kind !== 'epic') return status === 'done';
  const parts = Object.values(items).filter((item) => item.epic === key && item.status !== 'dropped');
  return parts.some(({ finished }) => !finished) && parts.every((part) => part.status === 'done');
}
