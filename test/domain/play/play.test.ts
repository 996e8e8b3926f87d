/** Plays that share their steps come to the same as plays that take each themselves. */
import { castOf } from '../../../domain/play/cast';
import { Play, Steps } from '../../../domain/play/play';
import type { Outcome } from '../../../domain/plan';
import { WATERFALL } from '../../support/plans';
import { MONDAY } from '../../support/scenario';

const TEXT = { text: 'play' };
const DRAWN = { pages: 2, check: 'good' };
const cast = castOf(WATERFALL);

function readyTask(play: Play): { stream: string; task: string } | undefined {
  return play.stages().flatMap(([stream, { tasks }]) => Object.entries(tasks).filter(([, { status }]) => status === 'ready').map(([task]) => ({ stream, task })))[0];
}

/** Does all tasks that are ready, and answers the gates in turn. @returns every state on the way. */
function goOn(play: Play, outcomes: readonly Outcome[]): unknown[] {
  const seen: unknown[] = [];
  for (const outcome of outcomes) {
    for (let ready = readyTask(play); ready; ready = readyTask(play)) {
      const { stream, task } = ready;
      play.act(stream, { type: 'complete', task, evidence: task === 'draw' ? DRAWN : {} }, cast.authority('engineer#1'));
    }
    for (const [stream, { input }] of play.openApprovals()) {
      for (const person of Object.values(input.electorate).flat()) {
        play.act(stream, { type: 'decide', outcome, digest: input.digest, reason: TEXT, ...(outcome === 'rework' && { rework: input.tasks }) }, cast.authority(person));
      }
    }
    seen.push({ project: play.project(), stages: play.stages(), open: play.openApprovals(), happened: play.takeHappened() });
  }
  return seen;
}

const WAYS: readonly (readonly Outcome[])[] = [
  ['approve', 'approve', 'approve'], ['rework', 'approve', 'approve'], ['approve', 'rework', 'approve'], ['stop', 'approve'], ['approve', 'stop', 'approve'],
];

test('whatever way others went before, with shared steps and without', () => {
  const steps = new Steps(MONDAY);
  for (const way of [...WAYS, ...WAYS]) {
    const [shared, alone] = [new Play(WATERFALL, MONDAY, { steps }), new Play(WATERFALL, MONDAY)];
    for (const play of [shared, alone]) play.start(cast.holders);
    expect(goOn(shared, way)).toEqual(goOn(alone, way));
  }
});

test('at another moment a play takes its steps itself', () => {
  const steps = new Steps(MONDAY);
  new Play(WATERFALL, MONDAY, { steps }).start(cast.holders);
  const later = new Play(WATERFALL, MONDAY + 60_000, { steps });
  later.start(cast.holders);
  expect(later.project().startedAt).toBe(MONDAY + 60_000);
});

test('a fork goes on by itself', () => {
  const play = new Play(WATERFALL, MONDAY, { steps: new Steps(MONDAY) });
  play.start(cast.holders);
  const before = play.project();
  goOn(play.fork(), ['approve']);
  expect(play.project()).toBe(before);
});
