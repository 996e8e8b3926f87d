import { type Database, openDatabase } from '../../store/client';
import { queryHot } from '../../store/hot';
import { type TestDatabase, createTestDatabase, runSql } from '../support/database';


const TEXT = 'SELECT $1::int + 1 AS n';

describe.each(['postgres', 'pglite'] as const)('hot statements on %s', (kind) => {
  let test: TestDatabase;
  let db: Database;
  const ask = (n: number, pool = db.pool) => queryHot<{ n: number }>(pool, TEXT, [n]);

  beforeAll(async () => {
    test = await createTestDatabase(kind);
    db = openDatabase(test.url, { max: 3 });
  });
  afterAll(async () => {
    await db?.close();
    await test?.close();
  });

  it('answer on every connection, of several clients', async () => {
    const other = openDatabase(test.url, { max: 3 });
    const answers = await Promise.all(Array.from({ length: 12 }, (_, n) => ask(n, n % 2 === 0 ? db.pool : other.pool)));
    expect(answers).toEqual(Array.from({ length: 12 }, (_, n) => [{ n: n + 1 }]));
    await other.close();
  });

  it('are planned once per session, whichever connection asks', async () => {
    await Promise.all(Array.from({ length: 30 }, (_, n) => ask(n)));
    const one = openDatabase(test.url, { max: 1 });
    for (let n = 0; n < 12; n += 1) expect(await ask(n, one.pool)).toEqual([{ n: n + 1 }]);
    const { rows } = await one.pool.query('SELECT custom_plans::int AS anew, generic_plans > 0 AS kept FROM pg_prepared_statements WHERE statement = $1', [TEXT]);
    expect(rows).toEqual([{ anew: 5, kept: true }]);
    await one.close();
  });

  it('that requests begin with have connections of their own, and one plan for whatever is asked; also after these broke', async () => {
    const apart = openDatabase(test.url, { max: 3, first: 1 });
    const text = 'SELECT $1::int + 2 AS n';
    const plans = async (): Promise<unknown> => (await apart.first.query('SELECT custom_plans::int AS anew, generic_plans::int AS kept FROM pg_prepared_statements WHERE statement = $1', [text])).rows;
    for (let n = 0; n < 7; n += 1) expect(await queryHot(apart.first, text, [n])).toEqual([{ n: n + 2 }]);
    // The connections of the embedded database have one session, whose other statements are planned as the server sees fit.
    expect(await plans()).toEqual([kind === 'postgres' ? { anew: 0, kept: 7 } : { anew: 5, kept: 2 }]);
    expect((await apart.pool.query('SHOW plan_cache_mode')).rows).toEqual([{ plan_cache_mode: 'auto' }]);
    if (kind === 'postgres') {
      await runSql(test.url, 'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()');
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(await queryHot(apart.first, text, [1])).toEqual([{ n: 3 }]);
      expect(await plans()).toEqual([{ anew: 0, kept: 1 }]);
    }
    await apart.close();
    await expect(apart.first.query('SELECT 1')).rejects.toThrow('after calling end');
    expect(db.first).toBe(db.pool);
  });

  it('pass on what is wrong with them', async () => {
    await expect(queryHot(db.pool, 'SELECT 1 / $1::int', [0])).rejects.toMatchObject({ code: '22012' });
    expect(await ask(1)).toEqual([{ n: 2 }]);
  });

  it('answer after the connection lost what it had prepared', async () => {
    const one = openDatabase(test.url, { max: 1 });
    await ask(1, one.pool);
    await one.pool.query('DEALLOCATE ALL');
    expect(await ask(2, one.pool)).toEqual([{ n: 3 }]);
    await one.close();
    expect(await runSql(test.url, 'SELECT 1 n')).toEqual([{ n: 1 }]);
  });
});
