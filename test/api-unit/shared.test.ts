import { shareReads } from '../../api/http/shared';

/** Reads that end when they are told to. */
function setUp() {
  const reads: { readonly by: string; readonly end: (result: string) => void; readonly fail: (error: Error) => void }[] = [];
  const share = shareReads<string>();
  const ask = (words: string, by: string) => share(words, () => new Promise<string>((end, fail) => { reads.push({ by, end, fail }); }));
  return { ask, reads, begun: () => reads.map(({ by }) => by).join('') };
}
const soon = (): Promise<void> => new Promise((resolve) => { setImmediate(resolve); });

test('who asks while the same is being read shares the next read, which begins afterwards', async () => {
  const { ask, reads, begun } = setUp();
  const early = [ask('x', 'a'), ask('x', 'b')];
  const late = [ask('x', 'c'), ask('x', 'd')];
  expect(begun()).toBe('ab');
  reads[0]?.end('before');
  await soon();
  expect(begun()).toBe('abc');
  const later = ask('x', 'e');
  reads[1]?.end('before');
  await soon();
  expect(begun()).toBe('abce');
  reads[2]?.end('after');
  reads[3]?.end('last');
  expect(await Promise.all(early)).toEqual(['before', 'before']);
  expect(await Promise.all(late)).toEqual(['after', 'after']);
  expect(await later).toBe('last');
});

test('other words are read by themselves', async () => {
  const { ask, reads, begun } = setUp();
  const all = Promise.all(['x', 'x', 'y', 'z'].map((words, place) => ask(words, String(place))));
  expect(begun()).toBe('0123');
  for (const { by, end } of reads) end(by);
  expect(await all).toEqual(['0', '1', '2', '3']);
});

test('a read that fails fails for those who share it, and the next begins', async () => {
  const { ask, reads, begun } = setUp();
  const all = Promise.allSettled(['a', 'b', 'c', 'd'].map((by) => ask('x', by)));
  reads[0]?.fail(new Error('away'));
  reads[1]?.end('well');
  await soon();
  reads[2]?.fail(new Error('away again'));
  expect((await all).map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'rejected', 'rejected']);
  const again = ask('x', 'e');
  expect(begun()).toBe('abce');
  reads[3]?.end('well');
  expect(await again).toBe('well');
});
