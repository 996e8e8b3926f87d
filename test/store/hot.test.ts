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
