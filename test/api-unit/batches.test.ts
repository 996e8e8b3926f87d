import { DatabaseAway } from '../../api/database';
import { inBatches } from '../../api/batches';

/** Goes that end when they are told to. */
function setUp() {
  const batches: { readonly asked: readonly string[]; readonly end: () => void; readonly fail: (error: unknown) => void }[] = [];
  const ask = inBatches((asked: readonly string[]) => new Promise<string[]>((resolve, reject) => {
    batches.push({ asked, end: () => resolve(asked.map((each) => each.toUpperCase())), fail: reject });
  }));
  return { ask, batches, asked: () => batches.map((each) => each.asked.join('')) };
}
const soon = (): Promise<void> => new Promise((resolve) => { setImmediate(() => setImmediate(resolve)); });

test('what is asked in the same moment goes together, each with its own answer', async () => {
  const { ask, batches, asked } = setUp();
  const answers = Promise.all([ask('a'), ask('b'), ask('a')]);
  await soon();
  expect(asked()).toEqual(['aba']);
  batches[0]?.end();
  expect(await answers).toEqual(['A', 'B', 'A']);
});

test('what is asked while batches are under way takes part in none of them, and goes together once one has come back', async () => {
  const { ask, batches, asked } = setUp();
  const answers = [ask('a')];
  await soon();
  answers.push(ask('b'));
  await soon();
  expect(asked()).toEqual(['a', 'b']);
  answers.push(ask('c'));
  await soon();
  answers.push(ask('d'));
  await soon();
  expect(asked()).toEqual(['a', 'b']);
  batches[1]?.end();
  await soon();
  expect(asked()).toEqual(['a', 'b', 'cd']);
  for (const { end } of batches) end();
  expect(await Promise.all(answers)).toEqual(['A', 'B', 'C', 'D']);
});

test('a batch takes so many at most, the longest waiting first', async () => {
  const { ask, batches, asked } = setUp();
  const letters = 'abcdefghijklmnopqrstuvwxyz'.repeat(2).split('');
  const answers = Promise.all(letters.map(ask));
  for (let at = 0; at < 4; at += 1) {
    await soon();
    batches[at]?.end();
  }
  expect(await answers).toEqual(letters.map((each) => each.toUpperCase()));
  expect(asked()).toEqual(['abcdefghijklmnop', 'qrstuvwxyzabcdef', 'ghijklmnopqrstuv', 'wxyz']);
});

test('a question that fails fails alone', async () => {
  const asked: string[] = [];
  const ask = inBatches(async (those: readonly string[]) => {
    asked.push(those.join(''));
    if (those.includes('x')) throw new Error('not x');
    return those;
  });
  const answers = await Promise.allSettled(['a', 'x', 'b'].map(ask));
  expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(asked).toEqual(['axb', 'a', 'x', 'b']);
  expect(await ask('c')).toBe('c');
});

test('while the database is away nobody asks it again for each', async () => {
  let batches = 0;
  const ask = inBatches(async (): Promise<string[]> => { batches += 1; throw new DatabaseAway(undefined); });
  expect((await Promise.allSettled(['a', 'b'].map(ask))).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(batches).toBe(1);
});
