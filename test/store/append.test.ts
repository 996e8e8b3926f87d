import { chainHash } from '../../domain/chain';
import { appendBatch } from '../../store/append';
import { type Database, openDatabase } from '../../store/client';
import { tidy } from '../../store/tidy';
import { AT, StreamWriter, approvalRow, notice, projectRow, roleRow, taskRow } from '../support/batches';
import { DATABASE_KINDS, type TestDatabase, createTestDatabase, runSql } from '../support/database';


describe.each(DATABASE_KINDS)('appending on %s', (kind) => {
  let test: TestDatabase;
  let database: Database;
  let count = 0;
  const writer = (): StreamWriter => new StreamWriter(`project/p1/phase/planning/${++count}`);
  const sql = (text: string, values?: unknown[]) => database.pool.query(text, values).then((result) => result.rows);
  const append = (batch: Parameters<typeof appendBatch>[1]) => appendBatch(database.pool, batch);
  const seqs = async (stream: string) => (await sql('SELECT seq FROM events WHERE stream = $1 ORDER BY seq', [stream])).map((row) => row.seq);

  beforeAll(async () => {
    test = await createTestDatabase(kind);
    database = openDatabase(test.url);
  });
  afterAll(async () => {
    await database?.close();
    await test?.close();
  });

  it('writes events verbatim, the head, the input and the commands', async () => {
    const w = writer();
    const event = { type: 'odd', text: 'a\u0000b \ud800 "\\', n: 1e21, z: 1, a: { y: [null, true], x: 'é' } };
    w.add({ seq: 1, at: AT, by: { kind: 'system', source: 'timer' }, commandId: 'x', event });
    expect(await append(w.batch(1, 1, { input: { project: 'p1' } }))).toEqual({ outcome: 'appended' });
    const [row] = await sql('SELECT *, event::text AS raw FROM events WHERE stream = $1', [w.stream]);
    expect(row.raw).toBe(JSON.stringify(event));
    expect(row).toMatchObject({ seq: 1, project: 'p1', type: 'odd', by: { kind: 'system', source: 'timer' }, command_id: 'x', hash: w.head });
    expect(row.at.getTime()).toBe(AT);
    expect(chainHash(row.prev_hash, { seq: row.seq, at: row.at.getTime(), by: row.by, commandId: row.command_id, event: row.event })).toBe(w.head);
    const [stream] = await sql('SELECT * FROM streams WHERE stream = $1', [w.stream]);
    expect(stream).toMatchObject({ seq: 1, head: w.head, input: { project: 'p1' }, stale: null, broken: null, final: false, rules: 1 });
    expect(await sql('SELECT id, hash, from_seq, to_seq FROM commands WHERE stream = $1', [w.stream]))
      .toEqual([{ id: 'x', hash: 'h', from_seq: 1, to_seq: 1 }]);
  });

  it('takes the same batch twice without a trace', async () => {
    const w = writer();
    const batch = w.next(3, { rows: [taskRow(w.stream, 'a')], notices: [notice(`${w.stream}/1/0`, { persons: ['p-tess'] })] });
    expect(await append(batch)).toEqual({ outcome: 'appended' });
    expect(await append(batch)).toEqual({ outcome: 'repeated' });
    expect(await seqs(w.stream)).toEqual([1, 2, 3]);
    expect(await sql('SELECT id FROM notifications WHERE id LIKE $1', [`${w.stream}/%`])).toHaveLength(1);
  });

  it('takes a batch that overlaps what the log has, and adds the rest', async () => {
    const w = writer();
    await append(w.next(3));
    w.next(3);
    expect(await append(w.batch(2, 6, { rows: [taskRow(w.stream, 'a', { status: 'done' })] }))).toEqual({ outcome: 'appended' });
    expect(await seqs(w.stream)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(await sql('SELECT seq, status FROM tasks WHERE stage = $1', [w.stream])).toEqual([{ seq: 6, status: 'done' }]);
    const linked = await sql('SELECT count(*)::int n FROM events a JOIN events b ON b.stream = a.stream AND b.seq = a.seq + 1 AND b.prev_hash = a.hash WHERE a.stream = $1', [w.stream]);
    expect(linked).toEqual([{ n: 5 }]);
  });

  it('keeps newer rows when an older batch comes late', async () => {
    const w = writer();
    const first = w.next(1, { rows: [taskRow(w.stream, 'a', { status: 'ready' })] });
    const second = w.next(1, { rows: [taskRow(w.stream, 'a', { status: 'done' })] });
    await append(first);
    await append(second);
    expect(await append(first)).toEqual({ outcome: 'repeated' });
    expect(await sql('SELECT status FROM tasks WHERE stage = $1', [w.stream])).toEqual([{ status: 'done' }]);
  });

  it.each([
    ['another content for a seq that the log has', 'content: event 2'],
    ['a batch that does not follow the head', 'link: event 4'],
    ['a gap before the batch', 'gap: the log ends at 3'],
    ['a gap within the batch', 'gap: a batch that begins at 4'],
  ])('stops the stream at %s', async (what, reason) => {
    const w = writer();
    const other = new StreamWriter(w.stream);
    await append(w.next(3, { rows: [taskRow(w.stream, 'a')] }));
    let bad = w.next(3);
    if (what.startsWith('another')) {
      other.next(1);
      other.add({ ...w.events[1]!, at: AT - 1 });
      bad = other.batch(2, 2);
    } else if (what.includes('head')) bad = { ...bad, prevHash: 'f'.repeat(64) };
    else if (what.includes('before')) bad = w.batch(5, 6);
    else bad = { ...bad, events: [bad.events[0]!, bad.events[2]!] };
    expect(await append(bad)).toEqual({ outcome: 'broken', reason: expect.stringContaining(reason) });
    expect(await append(w.batch(4, 6))).toEqual({ outcome: 'broken', reason: expect.stringContaining(reason) });
    expect(await seqs(w.stream)).toEqual([1, 2, 3]);
    expect(await sql('SELECT broken FROM streams WHERE stream = $1', [w.stream])).toEqual([{ broken: expect.stringContaining(reason) }]);
  });

  it('appends though the read model can not follow, and marks the stream stale', async () => {
    const w = writer();
    const rows = [taskRow(w.stream, 'good'), taskRow(w.stream, 'bad', { position: 'not a number' })];
    expect(await append(w.next(2, { rows }))).toEqual({ outcome: 'stale', reason: expect.stringContaining('not a number') });
    expect(await append(w.next(1, { rows: [taskRow(w.stream, 'nul', { evidence: { a: '\u0000' } })] })))
      .toMatchObject({ outcome: 'stale' });
    expect(await append(w.next(1, { rows: [taskRow(w.stream, 'later')] }))).toEqual({ outcome: 'appended' });
    expect(await seqs(w.stream)).toEqual([1, 2, 3, 4]);
    expect(await sql('SELECT count(*)::int n FROM commands WHERE stream = $1', [w.stream])).toEqual([{ n: 4 }]);
    expect(await sql('SELECT task FROM tasks WHERE stage = $1', [w.stream])).toEqual([{ task: 'later' }]);
    expect(await sql('SELECT stale IS NOT NULL AS stale FROM streams WHERE stream = $1', [w.stream])).toEqual([{ stale: true }]);
  });

  it('records a command that caused no event, and the end of a stream', async () => {
    const w = writer();
    await append(w.next(1));
    const none = { id: 'nothing', hash: 'h2', from: 2, to: 1, at: AT };
    expect(await append(w.next(0, { commands: [none] }))).toEqual({ outcome: 'appended' });
    await append(w.next(1, { final: true, rules: 2 }));
    expect(await sql('SELECT from_seq, to_seq FROM commands WHERE stream = $1 AND id = $2', [w.stream, 'nothing'])).toEqual([{ from_seq: 2, to_seq: 1 }]);
    expect(await sql('SELECT seq, final, rules FROM streams WHERE stream = $1', [w.stream])).toEqual([{ seq: 2, final: true, rules: 2 }]);
  });

  describe('what may be early', () => {
    const appendEarly = (batch: Parameters<typeof appendBatch>[1]) => appendBatch(database.pool, batch, true);
    /** A log whose second event stems from a lost workflow task, and the stream as its workflow has it. */
    const afterLostTask = async (): Promise<StreamWriter> => {
      const lost = writer();
      const kept = new StreamWriter(lost.stream);
      await append({ ...lost.next(1), settled: 1 });
      await append({ ...lost.next(1), settled: 1 });
      kept.next(1);
      kept.add({ seq: 2, at: AT + 9, by: { kind: 'system', source: 'timer' }, commandId: 'o', event: { type: 'other' } });
      return kept;
    };
    const traces = (stream: string) => sql('SELECT seq, broken, settled FROM streams WHERE stream = $1', [stream]);

    it('waits where the stream is not known, leaving no trace', async () => {
      const w = writer();
      w.next(1);
      expect(await appendEarly({ ...w.next(1), settled: 2 })).toMatchObject({ outcome: 'early' });
      expect(await traces(w.stream)).toEqual([]);
    });

    it('waits for the batch before it, and is taken after that one', async () => {
      const w = writer();
      await append({ ...w.next(2), settled: 2 });
      const [before, early] = [w.next(1), w.next(2)];
      expect(await appendEarly({ ...early, settled: 5 })).toEqual({ outcome: 'early', reason: expect.stringContaining('gap: the log ends at 2') });
      expect(await traces(w.stream)).toEqual([{ seq: 2, broken: null, settled: 2 }]);
      expect(await appendEarly({ ...before, settled: 3 })).toEqual({ outcome: 'appended' });
      expect(await appendEarly({ ...early, settled: 5 })).toEqual({ outcome: 'appended' });
      expect(await appendEarly({ ...early, settled: 5 })).toEqual({ outcome: 'repeated' });
      expect(await traces(w.stream)).toEqual([{ seq: 5, broken: null, settled: 5 }]);
    });

    it('waits where the end of the log may stem from a lost workflow task, and stops the stream where it is settled', async () => {
      const kept = await afterLostTask();
      const after = { ...kept.next(1), settled: 3 };
      expect(await appendEarly(after)).toEqual({ outcome: 'early', reason: expect.stringContaining('link') });
      expect(await append({ ...kept.batch(2, 2), settled: 1 })).toEqual({ outcome: 'superseded' });
      expect(await appendEarly(after)).toEqual({ outcome: 'appended' });
      const forged = { ...kept.next(1), prevHash: 'f'.repeat(64), settled: undefined as never };
      expect(await appendEarly(forged)).toMatchObject({ outcome: 'broken' });
    });

    it('takes the place of what a lost workflow task left', async () => {
      const kept = await afterLostTask();
      expect(await appendEarly({ ...kept.batch(2, 2), settled: 2 })).toEqual({ outcome: 'superseded' });
      expect(await sql('SELECT hash FROM events WHERE stream = $1 AND seq = 2', [kept.stream])).toEqual([{ hash: kept.head }]);
    });
  });

  it('lets two batches for the same stream race', async () => {
    for (let round = 0; round < 10; round++) {
      const w = writer();
      const [a, b] = [w.next(2), w.next(2)];
      const both = w.batch(1, 4);
      await Promise.all([append(a), append(both), append(a)]);
      expect(await append(b)).toEqual({ outcome: 'repeated' });
      expect(await seqs(w.stream)).toEqual([1, 2, 3, 4]);
    }
  });

  it('lets one of two different contents for a seq win, and stops the stream', async () => {
    const w = writer();
    const other = new StreamWriter(w.stream);
    other.add({ seq: 1, at: AT - 5, by: { kind: 'system', source: 'timer' }, commandId: 'o', event: { type: 'other' } });
    const outcomes = (await Promise.all([append(w.next(1)), append(other.batch(1, 1))])).map((one) => one.outcome).sort();
    expect(outcomes).toEqual(['appended', 'broken']);
    expect(await seqs(w.stream)).toEqual([1]);
  });

  describe('when a workflow task is lost after its projection', () => {
    const other = (w: StreamWriter, seq: number, at: number): void =>
      w.add({ seq, at, by: { kind: 'person', person: 'p-tom' }, commandId: `d-${seq}`, event: { type: 'other' } });

    it('lets its repetition take the place of what was not settled', async () => {
      const lost = writer();
      const again = new StreamWriter(lost.stream);
      await append({ ...lost.next(2), settled: 0 });
      await append({ ...lost.next(1), settled: 2 });
      again.next(2);
      const gone = lost.next(3, { notices: [notice(`${lost.stream}/4/0`, { persons: ['x'] })], rows: [taskRow(lost.stream, 'a')], final: true });
      await append({ ...gone, settled: 2 });
      again.next(1);
      other(again, 4, AT + 1_000);
      expect(await append({ ...again.batch(4, 4), settled: 3 })).toEqual({ outcome: 'superseded' });
      expect(await seqs(lost.stream)).toEqual([1, 2, 3, 4]);
      expect(await sql('SELECT seq, hash FROM discarded_events WHERE stream = $1 ORDER BY seq', [lost.stream]))
        .toEqual(gone.events.map(({ seq, hash }) => ({ seq, hash })));
      expect(await sql('SELECT id FROM commands WHERE stream = $1 ORDER BY to_seq', [lost.stream])).toEqual(['c-1', 'c-2', 'c-3', 'd-4'].map((id) => ({ id })));
      expect(await sql('SELECT id FROM notifications WHERE id LIKE $1', [`${lost.stream}/%`])).toEqual([]);
      expect(await sql('SELECT seq, head, settled, final, stale IS NOT NULL AS stale, stale_from FROM streams WHERE stream = $1', [lost.stream]))
        .toEqual([{ seq: 4, head: again.head, settled: 3, final: false, stale: true, stale_from: 4 }]);
      // A worker that was stopped for long sends what the lost task had still to send.
      expect(await append({ ...gone, settled: 2 })).toEqual({ outcome: 'outdated', reason: expect.any(String) });
      expect(await append({ ...lost.next(1), settled: 2 })).toEqual({ outcome: 'outdated', reason: expect.any(String) });
      expect(await sql('SELECT broken FROM streams WHERE stream = $1', [lost.stream])).toEqual([{ broken: null }]);
    });

    it('stops the stream when what differs was settled', async () => {
      const w = writer();
      const again = new StreamWriter(w.stream);
      await append({ ...w.next(3), settled: 0 });
      await append({ ...w.next(1), settled: 3 });
      again.next(2);
      other(again, 3, AT + 1_000);
      expect(await append({ ...again.batch(3, 3), settled: 2 })).toMatchObject({ outcome: 'broken' });
      expect(await seqs(w.stream)).toEqual([1, 2, 3, 4]);
    });

    it('stops the stream when nothing is said about what is settled', async () => {
      const w = writer();
      const again = new StreamWriter(w.stream);
      await append(w.next(3));
      again.next(2);
      other(again, 3, AT + 1_000);
      expect(await append(again.batch(3, 3))).toMatchObject({ outcome: 'broken' });
    });
  });

  it('replaces who holds a role and whose vote is awaited', async () => {
    const w = new StreamWriter('project/p2', 'p2', 'project');
    const holders = () => sql("SELECT role, person FROM role_holders WHERE project = 'p2' ORDER BY role, person");
    await append(w.next(1, { rows: [projectRow('p2'), roleRow('pm', ['a', 'b'], 'p2'), roleRow('psc', ['a'], 'p2')] }));
    await append(w.next(1, { rows: [roleRow('pm', ['b', 'c'], 'p2')] }));
    expect(await holders()).toEqual([{ role: 'pm', person: 'b' }, { role: 'pm', person: 'c' }, { role: 'psc', person: 'a' }]);
    await append(w.next(1, { rows: [roleRow('pm', [], 'p2')] }));
    expect(await holders()).toEqual([{ role: 'psc', person: 'a' }]);

    const approval = new StreamWriter('project/p2/approval/1', 'p2', 'approval');
    const waiting = () => sql('SELECT person FROM approval_waiting WHERE approval = $1 ORDER BY person', [approval.stream]);
    await append(approval.next(1, { rows: [approvalRow(approval.stream, ['x', 'y'])] }));
    await append(approval.next(1, { rows: [approvalRow(approval.stream, ['y', 'z'])] }));
    expect(await waiting()).toEqual([{ person: 'y' }, { person: 'z' }]);
    await append(approval.next(1, { rows: [approvalRow(approval.stream, [], { status: 'decided' })], final: true }));
    expect(await waiting()).toEqual([]);
  });

  it('delivers a notice once to each person, by name or by the role they hold then', async () => {
    const w = new StreamWriter('project/p3', 'p3', 'project');
    await append(w.next(1, {
      rows: [roleRow('pm', ['a', 'b'], 'p3'), roleRow('qa', ['b', 'c'], 'p3')],
      notices: [notice('n1', { persons: ['a'], roles: ['pm', 'qa'] }, 'p3'), notice('n2', { roles: ['nobody'] }, 'p3')],
    }));
    expect(await sql("SELECT id, person, kind, about, at FROM notifications WHERE project = 'p3' ORDER BY id")).toEqual(
      ['a', 'b', 'c'].map((person) => ({ id: `n1/${person}`, person, kind: 'task-ready', about: { project: 'p3', task: 't-1' }, at: new Date(AT) })));
  });

  it('is tidied only where the database does not do it itself', async () => {
    expect(await tidy(database.pool)).toBe(kind === 'pglite');
    // All tables that are there: of one that is left out dead rows would pile up for good.
    const looked = "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'r' AND n.nspname = current_schema() AND c.reltuples < 0";
    if (kind === 'pglite') expect(await sql(looked)).toEqual([]);
  });

  it('refuses to alter the log', async () => {
    await expect(runSql(test.url, "UPDATE events SET type = 'x'")).rejects.toThrow('append-only');
    await expect(runSql(test.url, 'DELETE FROM events')).rejects.toThrow('append-only');
  });
});
