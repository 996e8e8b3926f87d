/** What is in the outbox, and who projects it. */
import fc from 'fast-check';
import { Outbox } from '../../workflows/shell/outbox';
import type { Entry } from '../../workflows/contract';

const entry = (seq: number, count = 1): Entry => ({
  prevHash: `h${seq - 1}`, rows: [], notices: [],
  events: Array.from({ length: count }, (_, index) => ({
    seq: seq + index, at: 1_000 + seq, by: { kind: 'system', source: 'timer' }, commandId: `c${seq}`, event: { type: 'x' }, hash: `h${seq + index}`,
  })),
});
const any = (): boolean => true;
const seqs = (entries: readonly Entry[]): number[] => entries.flatMap(({ events }) => events.map(({ seq }) => seq));

function filled(count: number, handedOut = 0): Outbox {
  const outbox = new Outbox();
  for (let seq = 1; seq <= count; seq += 1) {
    outbox.add(entry(seq));
    if (seq <= handedOut) outbox.handOut(any);
  }
  return outbox;
}

test('what is handed out is not the workflow\'s own, until it is called back', () => {
  const outbox = filled(2, 2);
  expect({ own: outbox.hasOwn, length: outbox.length, at: outbox.handedOutAt }).toEqual({ own: false, length: 2, at: 1_001 });
  outbox.callBack();
  expect({ own: outbox.hasOwn, at: outbox.handedOutAt, next: seqs(outbox.next()) }).toEqual({ own: true, at: undefined, next: [1, 2] });
});

test('nothing is handed out behind what the workflow projects itself, nor while a batch is under way, nor what may not leave', () => {
  const outbox = filled(1);
  outbox.add(entry(2));
  expect(outbox.handOut(any)).toBeUndefined();
  outbox.next();
  outbox.drain(true);
  outbox.add(entry(3));
  expect(outbox.handOut(() => false)).toBeUndefined();
  expect(outbox.handOut(any)).toEqual(entry(3));
  outbox.callBack();
  outbox.next();
  outbox.add(entry(4));
  expect(outbox.handOut(any)).toBeUndefined();
  expect(new Outbox().handOut(any)).toBeUndefined();
});

test('what the log was seen to hold leaves; another end of the log changes nothing', () => {
  const outbox = filled(4, 3);
  for (const logged of [{ seq: 2, hash: 'other' }, { seq: 9, hash: 'h9' }, { seq: 4, hash: 'h4' }]) outbox.confirm(logged);
  expect(outbox.length).toBe(4);
  outbox.confirm({ seq: 2, hash: 'h2' });
  expect({ gone: outbox.gone, added: outbox.added, at: outbox.handedOutAt, left: seqs(outbox.carry()) }).toEqual({ gone: 2, added: 4, at: 1_003, left: [3, 4] });
  outbox.confirm({ seq: 3, hash: 'h3' });
  expect({ at: outbox.handedOutAt, left: seqs(outbox.carry()) }).toEqual({ at: undefined, left: [4] });
});

test('a batch takes what is handed out along, and nothing leaves twice', () => {
  const outbox = filled(3, 2);
  expect(seqs(outbox.next())).toEqual([1, 2, 3]);
  outbox.confirm({ seq: 2, hash: 'h2' });
  outbox.add(entry(4));
  outbox.drain(true);
  expect({ gone: outbox.gone, left: seqs(outbox.carry()), own: outbox.hasOwn }).toEqual({ gone: 3, left: [4], own: true });
});

test('what could not be brought to the log stays', () => {
  const outbox = filled(2);
  outbox.next();
  outbox.drain(false);
  expect({ gone: outbox.gone, left: seqs(outbox.carry()) }).toEqual({ gone: 0, left: [1, 2] });
});

test('a batch ends before it has too many events, and takes one entry at least', () => {
  const outbox = new Outbox([entry(1, 150), entry(151, 50), entry(201)]);
  expect(outbox.next()).toHaveLength(2);
  outbox.drain(true);
  expect(outbox.next()).toHaveLength(1);
  expect(new Outbox([entry(1, 500), entry(501)]).next()).toHaveLength(1);
});

test('whatever comes, in whatever order: every entry reaches the log once at least, in order, by either way', () => {
  const step = fc.constantFrom('command', 'message', 'append', 'confirm', 'call-back', 'batch', 'batch-ends', 'batch-fails');
  fc.assert(fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
    const outbox = new Outbox();
    /** What the sender has to append; the log; the batch under way. */
    const handed: Entry[] = [];
    let logged = 0;
    let batch: readonly Entry[] | undefined;
    let seq = 0;
    const append = (entries: readonly Entry[]): void => {
      for (const { events: [event] } of entries) {
        if (!event || event.seq <= logged) continue;
        expect(event.seq).toBe(logged + 1);
        logged = event.seq;
      }
    };
    const take = (): void => { if (!batch && outbox.hasOwn) batch = outbox.next(); };
    const end = (isLogged: boolean): void => {
      if (!batch) return;
      if (isLogged) append(batch);
      outbox.drain(isLogged);
      batch = undefined;
    };
    for (const each of steps) {
      if (each === 'command' || each === 'message') outbox.add(entry(seq += 1));
      if (each === 'command') handed.push(...[outbox.handOut(any)].flatMap((one) => one ?? []));
      if (each === 'append' && (handed[0]?.events[0]?.seq ?? Infinity) <= logged + 1) append(handed.splice(0, 1));
      if (each === 'confirm') outbox.confirm({ seq: logged, hash: `h${logged}` });
      if (each === 'call-back') outbox.callBack();
      if (each === 'batch') take();
      if (each === 'batch-ends') end(true);
      if (each === 'batch-fails') end(false);
      // What is not in the log is still in the outbox.
      expect(seqs(outbox.carry()).at(0) ?? seq + 1).toBeLessThanOrEqual(logged + 1);
      expect(outbox.added - outbox.gone).toBe(outbox.length);
    }
    end(true);
    outbox.callBack();
    for (take(); batch; take()) end(true);
    expect({ logged, length: outbox.length }).toEqual({ logged: seq, length: 0 });
  }));
});
