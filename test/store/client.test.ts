import { appendBatch } from '../../store/append';
import { type Database, openDatabase } from '../../store/client';
import { inTransaction } from '../../store/transaction';
import { StreamWriter } from '../support/batches';
import { type TestDatabase, createTestDatabase, runSql } from '../support/database';


describe('a database that goes away', () => {
  let test: TestDatabase;
  let db: Database;
  const broke: Error[] = [];
  const breakAll = () => runSql(test.url, 'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()');

  beforeAll(async () => {
    test = await createTestDatabase('postgres');
    db = openDatabase(test.url, { max: 2, onError: (error) => broke.push(error) });
  });
  afterAll(async () => {
    await db?.close();
    await test?.close();
  });

  it('is used again as soon as it is back, after idle connections broke', async () => {
    const writer = new StreamWriter('project/x', 'x', 'project');
    await appendBatch(db.pool, writer.next(1));
    expect(await db.prisma.stream.count()).toBe(1);
    await breakAll();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(broke.length).toBeGreaterThan(0);
    expect(await appendBatch(db.pool, writer.next(1))).toEqual({ outcome: 'appended' });
    expect(await db.prisma.event.count()).toBe(2);
  });

  it('fails a transaction that was under way, and nothing else', async () => {
    await expect(inTransaction(db.pool, async (client) => {
      await client.query("UPDATE streams SET gap = 'x'");
      await breakAll();
      await client.query('SELECT 1');
    })).rejects.toThrow();
    const broken = db.prisma.$transaction(async (transaction) => {
      await transaction.stream.updateMany({ data: { gap: 'y' } });
      await breakAll();
      await transaction.stream.count();
    });
    await expect(broken).rejects.toThrow();
    expect(await db.prisma.stream.findMany({ select: { gap: true } })).toEqual([{ gap: null }]);
    await Promise.all(Array.from({ length: 8 }, () => db.pool.query('SELECT 1')));
  });

  it('rejects at once where nothing listens', async () => {
    const nowhere = openDatabase('postgresql://sluis@127.0.0.1:1/none');
    await expect(nowhere.pool.query('SELECT 1')).rejects.toThrow('ECONNREFUSED');
    await expect(nowhere.prisma.stream.count()).rejects.toThrow();
    await nowhere.close();
  });
});
