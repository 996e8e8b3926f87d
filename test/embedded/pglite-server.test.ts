/** The embedded database answers each client with what that client asked, whatever becomes of the others. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Client, Pool } from 'pg';
import { FrameReader } from '../../embedded/pglite-frames';
import { createTestDatabase, type TestDatabase } from '../support/database';

let database: TestDatabase;
beforeAll(async () => { database = await createTestDatabase('pglite'); });
afterAll(async () => { await database.close(); });

/** A client that is in the middle of transactions and of failing queries all the time. */
const BUSY = `
  const { Pool } = require('pg');
  const pool = new Pool({ connectionString: process.argv[1], max: 6 });
  pool.on('error', () => {});
  for (let n = 0; n < 6; n += 1) (async () => {
    for (;;) {
      try {
        const client = await pool.connect();
        try {
          await client.query('BEGIN');
          await client.query('SELECT $1::text', ['x'.repeat(3000)]);
          if (n % 2) await client.query('SELECT 1 / ($1::int - $1::int)', [n]);
          await client.query('COMMIT');
        } catch (error) { await client.query('ROLLBACK'); throw error; } finally { client.release(); }
      } catch {}
    }
  })();`;

test('while others are killed in the middle of what they do, nobody gets the answer to another question', async () => {
  const pool = new Pool({ connectionString: database.url, max: 6 });
  let stopped = false;
  const wrong: string[] = [];
  let right = 0;
  const asking = Promise.all(Array.from({ length: 6 }, async (_, client) => {
    for (let n = 0; !stopped; n += 1) {
      const { rows } = await pool.query<{ asked: string }>('SELECT $1::text AS asked', [`${client}/${n}`]);
      if (rows[0]?.asked === `${client}/${n}`) right += 1;
      else wrong.push(`${client}/${n}: ${JSON.stringify(rows)}`);
    }
  }));
  const kill = async (child: ChildProcess): Promise<void> => {
    await new Promise((resolve) => setTimeout(resolve, 200 + Math.random() * 200));
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  for (let kills = 0; kills < 12; kills += 1) await kill(spawn(process.execPath, ['-e', BUSY, database.url], { stdio: 'ignore' }));
  stopped = true;
  await asking;
  await pool.end();
  expect(wrong).toEqual([]);
  expect(right).toBeGreaterThan(500);
});

test('what a client that is gone had begun is rolled back, and others go on', async () => {
  const one = new Client(database.url);
  one.on('error', () => undefined);
  await one.connect();
  await one.query('CREATE TABLE kept (n int)');
  await one.query('BEGIN');
  await one.query('INSERT INTO kept VALUES (1)');
  const other = new Client(database.url);
  const connected = other.connect();
  (one as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
  await connected;
  expect((await other.query('SELECT count(*)::int AS n FROM kept')).rows).toEqual([{ n: 0 }]);
  await other.end();
});

test('an error within a transaction stays with its client until that ends it', async () => {
  const one = new Client(database.url);
  const other = new Client(database.url);
  await Promise.all([one.connect(), other.connect()]);
  await one.query('BEGIN');
  await expect(one.query('SELECT 1 / $1::int', [0])).rejects.toThrow('division by zero');
  const waiting = other.query('SELECT 7 AS n');
  await expect(one.query('SELECT 1')).rejects.toThrow('current transaction is aborted');
  await one.query('ROLLBACK');
  expect((await waiting).rows).toEqual([{ n: 7 }]);
  await Promise.all([one.end(), other.end()]);
});

describe('turns', () => {
  const frame = (type: string, body = ''): Buffer => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(body.length + 4);
    return Buffer.concat([Buffer.from(type), length, Buffer.from(body)]);
  };
  const start = Buffer.from([0, 0, 0, 8, 0, 3, 0, 0]);
  const started = (): FrameReader => {
    const reader = new FrameReader();
    reader.push(start);
    expect(reader.next()).toEqual({ kind: 'messages', message: new Uint8Array(start), isComplete: true });
    return reader;
  };

  test('the messages of one question are one turn, however they arrive', () => {
    const question = Buffer.concat([frame('P', 'parse'), frame('B', 'bind'), frame('E', 'execute'), frame('S')]);
    for (let cut = 1; cut < question.length; cut += 1) {
      const reader = started();
      reader.push(question.subarray(0, cut));
      expect(reader.next()).toBeUndefined();
      reader.push(question.subarray(cut));
      expect(reader.next()).toEqual({ kind: 'messages', message: new Uint8Array(question), isComplete: true });
      expect(reader.next()).toBeUndefined();
    }
  });

  test('two questions in one packet are two turns; after a flush the client goes on first', () => {
    const reader = started();
    reader.push(Buffer.concat([frame('Q', 'one'), frame('P'), frame('H'), frame('S'), frame('X')]));
    expect(reader.next()).toMatchObject({ message: new Uint8Array(frame('Q', 'one')), isComplete: true });
    expect(reader.next()).toMatchObject({ message: new Uint8Array(Buffer.concat([frame('P'), frame('H')])), isComplete: false });
    expect(reader.next()).toMatchObject({ message: new Uint8Array(frame('S')), isComplete: true });
    expect(reader.next()).toEqual({ kind: 'end' });
  });

  test('a question for encryption comes before the start; a wish to cancel ends the connection', () => {
    const reader = new FrameReader();
    reader.push(Buffer.concat([Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]), start]));
    expect(reader.next()).toEqual({ kind: 'encryption' });
    expect(reader.next()).toMatchObject({ kind: 'messages' });
    const cancel = new FrameReader();
    cancel.push(Buffer.from([0, 0, 0, 16, 4, 210, 22, 46, 0, 0, 0, 1, 0, 0, 0, 2]));
    expect(cancel.next()).toEqual({ kind: 'end' });
  });
});
