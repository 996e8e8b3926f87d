import { Abandoned, KeyedQueue } from '../../api/commands/queue';

const never = new AbortController().signal;
const limits = (more: Partial<{ inFlight: number; bound: number; total: number }> = {}) => ({ inFlight: 2, bound: 3, total: 100, ...more });

/** A job that ends when told to. */
function job() {
  let end: (value: string) => void = () => undefined;
  let begun = false;
  const promise = new Promise<string>((resolve) => { end = resolve; });
  return { run: () => { begun = true; return promise; }, end: () => end('done'), get begun() { return begun; } };
}
const settle = () => new Promise((resolve) => setImmediate(resolve));

test('no more jobs of a key run at once than allowed, and those that wait run in the order in which they came', async () => {
  const queue = new KeyedQueue(limits({ bound: 10 }));
  let running = 0;
  let most = 0;
  const order: number[] = [];
  await Promise.all(Array.from({ length: 10 }, (_, index) => queue.run('k', never, async () => {
    running += 1;
    most = Math.max(most, running);
    order.push(index);
    await settle();
    running -= 1;
  })));
  expect(most).toBe(2);
  expect(order).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(queue.load).toEqual({ waiting: 0, running: 0 });
});

test('keys do not wait for each other', async () => {
  const queue = new KeyedQueue(limits({ inFlight: 1 }));
  const [one, other] = [job(), job()];
  const first = queue.run('a', never, one.run);
  const second = queue.run('b', never, other.run);
  await settle();
  expect(one.begun && other.begun).toBe(true);
  one.end();
  other.end();
  await Promise.all([first, second]);
});

test('beyond the bound of a key a job is refused at once and never runs', async () => {
  const queue = new KeyedQueue(limits({ inFlight: 1, bound: 1 }));
  const jobs = [job(), job(), job()] as const;
  const first = queue.run('k', never, jobs[0].run);
  const second = queue.run('k', never, jobs[1].run);
  await expect(queue.run('k', never, jobs[2].run)).rejects.toMatchObject({ code: 'queue-full' });
  jobs[0].end();
  jobs[1].end();
  await Promise.all([first, second]);
  expect(jobs[2].begun).toBe(false);
  await expect(queue.run('k', never, async () => 'again')).resolves.toBe('again');
});

test('beyond the bound of all keys together a job is refused', async () => {
  const queue = new KeyedQueue(limits({ inFlight: 1, total: 1 }));
  const jobs = [job(), job(), job()] as const;
  const running = [queue.run('a', never, jobs[0].run), queue.run('b', never, jobs[1].run), queue.run('a', never, jobs[2].run)];
  await expect(queue.run('b', never, async () => undefined)).rejects.toMatchObject({ code: 'queue-full' });
  for (const each of jobs) each.end();
  await Promise.all(running);
});

test('a job whose client goes away while it waits leaves the queue and makes room; one that runs is not touched', async () => {
  const queue = new KeyedQueue(limits({ inFlight: 1, bound: 1 }));
  const [first, second, third] = [job(), job(), job()];
  const gone = new AbortController();
  const goneWhileRunning = new AbortController();
  const one = queue.run('k', goneWhileRunning.signal, first.run);
  const two = queue.run('k', gone.signal, second.run);
  gone.abort();
  await expect(two).rejects.toBeInstanceOf(Abandoned);
  goneWhileRunning.abort();
  const three = queue.run('k', never, third.run);
  first.end();
  await expect(one).resolves.toBe('done');
  third.end();
  await three;
  expect(second.begun).toBe(false);
  await expect(queue.run('k', gone.signal, second.run)).rejects.toBeInstanceOf(Abandoned);
  expect(queue.load).toEqual({ waiting: 0, running: 0 });
});

test('a job that fails makes room for the next', async () => {
  const queue = new KeyedQueue(limits({ inFlight: 1 }));
  await expect(queue.run('k', never, async () => { throw new Error('no'); })).rejects.toThrow('no');
  await expect(queue.run('k', never, async () => 'yes')).resolves.toBe('yes');
});
