/** Asking in one batch for what several requests want to know, where each by itself would cost more than what it asks. */
import { isDatabaseAway } from './database';

interface Waiting<A, R> {
  readonly one: A;
  readonly settle: (answer: R) => void;
  readonly fail: (error: unknown) => void;
}

/** Batches under way at once, and of how much each asks at most: one that takes long must not hold up too many others. */
const LANES = 2;
const AT_MOST = 16;

/**
 * Puts together what is asked while earlier batches are under way: it goes as soon as one of them has come back, all at once. So an answer is never older than
 * its question, and who asks alone waits for nobody.
 * @param answer What is the answer to each, in their order. When it throws, each is asked for by itself, so that nobody suffers from what another asked.
 */
export function inBatches<A, R>(answer: (asked: readonly A[]) => Promise<readonly R[]>): (one: A) => Promise<R> {
  const waiting: Waiting<A, R>[] = [];
  let underWay = 0;
  let isDue = false;
  const send = async (asked: readonly Waiting<A, R>[]): Promise<void> => {
    try {
      const answers = await answer(asked.map(({ one }) => one));
      for (const [place, { settle }] of asked.entries()) settle(answers[place] as R);
    } catch (error) {
      if (asked.length > 1 && !isDatabaseAway(error)) await Promise.all(asked.map((each) => send([each])));
      else for (const { fail } of asked) fail(error);
    }
  };
  const start = (): void => {
    isDue = false;
    while (waiting.length > 0 && underWay < LANES) {
      underWay += 1;
      void send(waiting.splice(0, AT_MOST)).finally(() => {
        underWay -= 1;
        startSoon();
      });
    }
  };
  // What came in the same moment goes together.
  const startSoon = (): void => {
    if (isDue || waiting.length === 0 || underWay >= LANES) return;
    isDue = true;
    setImmediate(start);
  };
  return (one) => new Promise((settle, fail) => {
    waiting.push({ one, settle, fail });
    startSoon();
  });
}
