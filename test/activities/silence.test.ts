import { Silence } from '../../activities/silence';

/** Something that is answered when it is told to. */
const question = (): { answer: () => void; fail: () => void; asked: Promise<void> } => {
  let [answer, fail] = [(): void => undefined, (): void => undefined];
  const asked = new Promise<void>((resolve, reject) => {
    answer = resolve;
    fail = () => reject(new Error('refused'));
  });
  return { answer, fail, asked };
};

describe('a database that takes questions and answers none', () => {
  let now = 0;
  let silence: Silence;
  beforeEach(() => {
    now = 0;
    silence = new Silence(() => now);
  });

  test('is silent after two seconds, until it answers', async () => {
    const { asked, answer } = question();
    const waiting = silence.listen(() => asked);
    now = 2_000;
    expect(silence.isSilent()).toBe(false);
    now = 2_001;
    expect(silence.isSilent()).toBe(true);
    answer();
    await waiting;
    expect(silence.isSilent()).toBe(false);
  });

  test('is not, while others get answers', async () => {
    const slow = question();
    const waiting = silence.listen(() => slow.asked);
    now = 1_900;
    await silence.listen(async () => undefined);
    now = 3_000;
    expect(silence.isSilent()).toBe(false);
    slow.answer();
    await waiting;
  });

  test('one that was forgotten hides no later silence', async () => {
    const [forgotten, later] = [question(), question()];
    const waiting = [silence.listen(() => forgotten.asked)];
    now = 1_000;
    await silence.listen(async () => undefined);
    now = 10_000;
    waiting.push(silence.listen(() => later.asked));
    now = 12_001;
    expect(silence.isSilent()).toBe(true);
    forgotten.answer();
    later.answer();
    await Promise.all(waiting);
  });

  test('an error is an answer', async () => {
    const { asked, fail } = question();
    const waiting = silence.listen(() => asked);
    now = 5_000;
    fail();
    await expect(waiting).rejects.toThrow('refused');
    expect(silence.isSilent()).toBe(false);
  });
});
