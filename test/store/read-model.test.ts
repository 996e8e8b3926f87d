import { PROCESSES } from '../../domain/processes';
import { type Database, openDatabase } from '../../store/client';
import { listProjectRows } from '../../store/reads/projects';
import { listStale, repairStream } from '../../store/repair';
import { sealHeads } from '../../store/seal';
import { verifyLog } from '../../store/verify';
import { DATABASE_KINDS, type TestDatabase, createTestDatabase, runSql } from '../support/database';
import { ROLES, WATERFALL } from '../support/plans';
import { ProjectedWorld, actAtRandom, makeRandom, sortRows } from '../support/projected-world';
import { PEOPLE } from '../support/world';


describe.each(DATABASE_KINDS)('the read model on %s', (kind) => {
  let test: TestDatabase;
  let db: Database;

  beforeAll(async () => {
    test = await createTestDatabase(kind);
    db = openDatabase(test.url);
  });
  afterAll(async () => {
    await db?.close();
    await test?.close();
  });

  function start(project: string): ProjectedWorld {
    const world = new ProjectedWorld(WATERFALL, project);
    world.command(world.root, { type: 'start', name: { text: 'n' }, roles: ROLES }, PEOPLE.olga);
    world.settle();
    return world;
  }

  it('says what the processes say, after any sequence of commands, and what the log folds to', async () => {
    for (let seed = 1; seed <= 12; seed++) {
      const world = start(`r${seed}`);
      const random = makeRandom(seed);
      for (let step = 0; step < 60; step++) {
        actAtRandom(world, random, Object.values(PEOPLE));
        if (random(3) > 0) world.settle(random);
        if (random(4) === 0) {
          await world.drain(db);
          expect(sortRows(await listProjectRows(db, world.project))).toEqual(world.liveRows());
        }
      }
      world.settle();
      await world.drain(db);
      expect(sortRows(await listProjectRows(db, world.project))).toEqual(world.liveRows());
      await sealHeads(db.pool, Date.now());
    }
    const report = await verifyLog(test.url, { deep: PROCESSES });
    expect(report).toMatchObject({ ok: true, problems: [], stale: [], broken: [], gaps: [], seals: 12 });
    expect(report.events).toBeGreaterThan(100);
  });

  it('is rebuilt from the log, notices included, after it could not follow', async () => {
    const world = start('stale');
    await world.drain(db);
    const stage = world.stage('design').input.id;
    world.command(stage, { type: 'complete', task: 'draw', evidence: { pages: 3, check: 'good' } }, PEOPLE.eva);
    world.settle();
    const outcomes = await world.drain(db, (batch) => ({
      ...batch,
      rows: batch.rows.map((row) => (row.table === 'task' ? { ...row, data: { ...(row.data as object), position: 'x' } } : row)),
      notices: batch.notices.map((notice) => ({ ...notice, kind: null as unknown as string })),
    }));
    expect(outcomes.map((one) => one.outcome)).toContain('stale');
    expect(sortRows(await listProjectRows(db, 'stale'))).not.toEqual(world.liveRows());
    const stale = await listStale(db.pool);
    expect(stale.map((one) => one.stream)).toContain(stage);
    expect((await verifyLog(test.url, { deep: PROCESSES })).stale).toHaveLength(stale.length);

    for (const { stream } of stale) await repairStream(db.pool, PROCESSES, stream);
    expect(await listStale(db.pool)).toEqual([]);
    expect(sortRows(await listProjectRows(db, 'stale'))).toEqual(world.liveRows());
    const inbox = await runSql(test.url, "SELECT person, kind FROM notifications WHERE project = 'stale' AND kind = 'approval-open'");
    expect(inbox.length).toBeGreaterThan(0);
    for (const { stream } of stale) await repairStream(db.pool, PROCESSES, stream);
    expect(await runSql(test.url, "SELECT person, kind FROM notifications WHERE project = 'stale' AND kind = 'approval-open'")).toEqual(inbox);
    expect((await verifyLog(test.url, { deep: PROCESSES })).ok).toBe(true);
  });

  it('is found out when it was altered', async () => {
    const world = start('altered');
    await world.drain(db);
    const alterations: [string, string, string][] = [
      ["UPDATE tasks SET data = jsonb_set(data, '{status}', '\"done\"') WHERE project = 'altered' AND task = 'draw'", 'columns of project/altered/',
        "UPDATE tasks SET data = jsonb_set(data, '{status}', '\"ready\"') WHERE project = 'altered' AND task = 'draw'"],
      ["UPDATE tasks SET data = jsonb_set(data, '{reopened}', '9') WHERE project = 'altered' AND task = 'draw'", 'the task project/altered/',
        "UPDATE tasks SET data = jsonb_set(data, '{reopened}', '0') WHERE project = 'altered' AND task = 'draw'"],
      ["INSERT INTO role_holders VALUES ('altered', 'manager', 'mallory')", 'columns of altered/role/manager', "DELETE FROM role_holders WHERE person = 'mallory'"],
      ["DELETE FROM phases WHERE project = 'altered' AND phase = 'design'", 'lacks the phase', ''],
    ];
    for (const [alter, expected, undo] of alterations) {
      await runSql(test.url, alter);
      const { ok, problems } = await verifyLog(test.url, { deep: PROCESSES });
      expect(ok).toBe(false);
      expect(problems[0]).toMatchObject({ kind: 'rows', detail: expect.stringContaining(expected) });
      if (undo) await runSql(test.url, undo);
    }
  });
});
