import { appendBatch } from '../../store/append';
import { type Database, openDatabase } from '../../store/client';
import { sealHeads } from '../../store/seal';
import { eraseText, keepTexts, saltTexts } from '../../store/texts';
import { type VerifyProblem, verifyLog } from '../../store/verify';
import { AT, StreamWriter } from '../support/batches';
import { DATABASE_KINDS, type TestDatabase, createTestDatabase, runSql } from '../support/database';


describe.each(DATABASE_KINDS)('verifying on %s', (kind) => {
  let test: TestDatabase;
  let db: Database;
  const A = 'project/a';
  const B = 'project/b';

  beforeAll(async () => {
    test = await createTestDatabase(kind);
    db = openDatabase(test.url);
    const [a, b] = [new StreamWriter(A, 'a', 'project'), new StreamWriter(B, 'b', 'project')];
    const salted = saltTexts(['a reason', 'another']);
    await keepTexts(db, 'a', salted);
    const [kept, erased] = salted.map(({ ref }) => ({ text: ref }));
    await appendBatch(db.pool, a.next(4));
    a.add({ seq: 5, at: AT + 5, by: { kind: 'person', person: 'p-tess' }, commandId: 'c-5', event: { type: 'said', reason: kept, other: erased } as { type: string } });
    a.add({ seq: 6, at: AT + 6, by: { kind: 'system', source: 'timer' }, commandId: 'timer/6', event: { type: 'rang' } });
    await appendBatch(db.pool, a.batch(5, 6, { commands: [{ id: 'c-5', hash: 'h', from: 5, to: 5, at: AT }] }));
    await appendBatch(db.pool, b.next(3));
    await eraseText(db, 'a', erased!.text);
    expect(await sealHeads(db.pool, AT)).toBe(2);
    await appendBatch(db.pool, b.next(2));
    expect(await sealHeads(db.pool, AT + 3_600_000)).toBe(1);
    await appendBatch(db.pool, b.next(1));
    await runSql(test.url, 'ALTER TABLE events DISABLE TRIGGER USER');
  });
  afterAll(async () => {
    await db?.close();
    await test?.close();
  });

  /** Alters the record, looks what is found, and puts it back as it was. */
  async function problemsAfter(alter: string, tables: readonly string[]): Promise<readonly VerifyProblem[]> {
    for (const table of tables) await runSql(test.url, `CREATE TABLE kept_${table} AS SELECT * FROM ${table}`);
    try {
      await runSql(test.url, alter);
      return (await verifyLog(test.url)).problems;
    } finally {
      for (const table of [...tables].reverse()) await runSql(test.url, `DELETE FROM ${table}`);
      for (const table of tables) {
        await runSql(test.url, `INSERT INTO ${table} SELECT * FROM kept_${table}`);
        await runSql(test.url, `DROP TABLE kept_${table}`);
      }
    }
  }

  it('finds nothing wrong with an untouched record', async () => {
    expect(await verifyLog(test.url)).toEqual({
      ok: true, streams: 2, events: 12, seals: 2, sealedAt: AT + 3_600_000, problems: [], discarded: [], stale: [], broken: [], gaps: [],
    });
  });

  it.each<[string, string, VerifyProblem['kind'], number]>([
    ['seq', 'seq = 99 WHERE seq = 3', 'missing', 3],
    ['project', "project = 'b' WHERE seq = 3", 'column', 3],
    ['type', "type = 'x' WHERE seq = 3", 'column', 3],
    ['position', 'position = 0 WHERE seq = 3', 'column', 3],
    ['at', "at = at + interval '1 ms' WHERE seq = 3", 'content', 3],
    ['by', `by = '{"kind":"person","person":"p-mallory"}' WHERE seq = 3`, 'content', 3],
    ['command_id', "command_id = 'x' WHERE seq = 3", 'content', 3],
    ['event', `event = '{"type":"task-claimed","task":"other"}' WHERE seq = 3`, 'content', 3],
    ['prev_hash', "prev_hash = repeat('0', 64) WHERE seq = 3", 'link', 3],
    ['hash', "hash = repeat('0', 64) WHERE seq = 3", 'content', 3],
  ])('finds out when %s of an event was altered', async (_, change, found, seq) => {
    expect(await problemsAfter(`UPDATE events SET ${change} AND stream = '${A}'`, ['events'])).toContainEqual(
      expect.objectContaining({ kind: found, stream: A, seq }));
  });

  it('finds out when an event was moved to another stream', async () => {
    expect(await problemsAfter(`UPDATE events SET stream = 'project/c' WHERE stream = '${A}' AND seq = 6`, ['events'])).toEqual(
      expect.arrayContaining([expect.objectContaining({ kind: 'missing', stream: A }), expect.objectContaining({ kind: 'unknown-stream', stream: 'project/c' })]));
  });

  it('finds a missing event', async () => {
    expect(await problemsAfter(`DELETE FROM events WHERE stream = '${A}' AND seq = 2`, ['events'])).toEqual([
      { kind: 'missing', stream: A, seq: 2, detail: 'event 2 is missing' }]);
  });

  it('finds a tail that was cut off, even where the head was set back with it', async () => {
    expect(await problemsAfter(`DELETE FROM events WHERE stream = '${B}' AND seq >= 5`, ['events'])).toContainEqual(
      expect.objectContaining({ kind: 'missing', stream: B, seq: 5 }));
    const cut = `DELETE FROM events WHERE stream = '${B}' AND seq >= 5; DELETE FROM commands WHERE stream = '${B}' AND to_seq >= 5;
      UPDATE streams SET seq = 4, sealed = 4, head = (SELECT hash FROM events WHERE stream = '${B}' AND seq = 4) WHERE stream = '${B}'`;
    expect(await problemsAfter(cut, ['events', 'commands', 'streams'])).toEqual([expect.objectContaining({ kind: 'cut-tail', stream: B, seq: 5 })]);
  });

  it('finds a stream that was taken away whole', async () => {
    const cut = ['events', 'commands', 'streams'].map((table) => `DELETE FROM ${table} WHERE stream = '${A}'`).join(';');
    expect(await problemsAfter(cut, ['events', 'commands', 'streams'])).toEqual([expect.objectContaining({ kind: 'unknown-stream', stream: A })]);
  });

  it('finds a tail that was written anew after it was sealed', async () => {
    const other = new StreamWriter(B, 'b', 'project');
    other.next(3);
    other.add({ seq: 4, at: AT, by: { kind: 'person', person: 'p-mallory' }, commandId: 'c-4', event: { type: 'other' } });
    other.next(2);
    const values = other.events.slice(3).map((event, i) => `UPDATE events SET hash = '${event.hash}', prev_hash = '${other.events[i + 2]!.hash}',
      by = '${JSON.stringify(event.by)}', event = '${JSON.stringify(event.event)}', type = '${event.event.type}', at = '${new Date(event.at).toISOString()}'
      WHERE stream = '${B}' AND seq = ${event.seq}`);
    const rewrite = [...values, `UPDATE streams SET head = '${other.head}' WHERE stream = '${B}'`].join(';');
    expect(await problemsAfter(rewrite, ['events', 'streams'])).toEqual([
      { kind: 'sealed-otherwise', stream: B, seq: 5, detail: 'event 5 was sealed with another content' }]);
  });

  it.each<[string, string, VerifyProblem['kind']]>([
    ['head of a stream', "UPDATE streams SET head = repeat('0', 64)", 'head'],
    ['project of a stream', "UPDATE streams SET project = 'z'", 'column'],
    ['end of a stream', 'UPDATE streams SET seq = seq - 1', 'beyond-head'],
    ['mark of the last seal', 'UPDATE streams SET sealed = 1', 'seal'],
    ['digest of a seal', "UPDATE checkpoints SET digest = repeat('0', 64)", 'seal'],
    ['time of a seal', "UPDATE checkpoints SET at = at + interval '1 ms'", 'seal'],
    ['head in a seal', "UPDATE checkpoint_heads SET hash = repeat('0', 64)", 'seal'],
    ['seq in a seal', 'UPDATE checkpoint_heads SET seq = seq - 1', 'seal'],
    ['missing seal', 'DELETE FROM checkpoint_heads WHERE checkpoint_id = (SELECT min(id) FROM checkpoints); DELETE FROM checkpoints WHERE id = (SELECT min(id) FROM checkpoints)', 'seal'],
    ['range of a command', "UPDATE commands SET to_seq = to_seq + 1 WHERE id = 'c-2'", 'command'],
    ['missing command', "DELETE FROM commands WHERE id = 'c-5'", 'command'],
    ['text', "UPDATE texts SET text = 'forged' WHERE text IS NOT NULL", 'text'],
    ['missing text', 'DELETE FROM texts WHERE text IS NOT NULL', 'text'],
  ])('finds out about an altered %s', async (_, alter, found) => {
    const tables = ['streams', 'checkpoints', 'checkpoint_heads', 'commands', 'texts'];
    expect((await problemsAfter(alter, tables)).map((one) => one.kind)).toContain(found);
    expect((await verifyLog(test.url)).ok).toBe(true);
  });

  it('makes one seal when several are asked for at once', async () => {
    const before = await runSql(test.url, 'SELECT count(*)::int n FROM checkpoints');
    const now = AT + 9 * 3_600_000;
    const results = await Promise.all(Array.from({ length: 4 }, () => sealHeads(db.pool, now, 3_000_000)));
    expect(results.filter((one) => one !== null)).toEqual([1]);
    expect(await runSql(test.url, 'SELECT count(*)::int n FROM checkpoints')).toEqual([{ n: Number(before[0]!['n']) + 1 }]);
    expect((await verifyLog(test.url)).ok).toBe(true);
  });
});
