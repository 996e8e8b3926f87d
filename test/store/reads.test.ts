import { appendBatch } from '../../store/append';
import { type Database, openDatabase } from '../../store/client';
import { addPeople, findUnknownPeople, listPeople, readNames } from '../../store/people';
import { findPersonByToken, findProjectAccess, listProjectRoles, REQUEST_KINDS, kindOfRequest, resolveRequest, resolveRequests, type Wanted } from '../../store/reads/authority';
import { findCommand, findStreamHead, listHappened } from '../../store/reads/commands';
import { listEvents } from '../../store/reads/events';
import { listInbox, markRead } from '../../store/reads/inbox';
import { listProjectRows, listProjects } from '../../store/reads/projects';
import { findApproval, findTask, listMyApprovals, listMyTasks, listTasks } from '../../store/reads/tasks';
import { collectTextRefs, eraseText, keepTexts, readTexts, resolveTextRefs, saltTexts, textRef } from '../../store/texts';
import { createToken, hashToken, isToken, revokeToken } from '../../store/tokens';
import { AT, StreamWriter, approvalRow, notice, projectRow, roleRow, taskRow } from '../support/batches';
import { DATABASE_KINDS, type TestDatabase, createTestDatabase, runSql } from '../support/database';
import { eventually } from '../support/engine';


describe.each(DATABASE_KINDS)('reading from %s', (kind) => {
  let test: TestDatabase;
  let db: Database;
  let token: string;
  const ann = { person: 'ann', seesAll: false };
  const stage = (project: string, round = 1): string => `project/${project}/phase/planning/${round}`;
  const stageRow = (project: string, round: number, status = 'open') => ({
    table: 'stage' as const, id: stage(project, round),
    data: { project, phase: 'planning', round, status, gate: null, gateStatus: 'none', gateRound: 0, openTasks: 1, doneTasks: 0 },
  });
  const task = (project: string, key: string, fields: Record<string, unknown> = {}, round = 1) =>
    taskRow(stage(project, round), key, { project, role: 'pm', ...fields });

  beforeAll(async () => {
    test = await createTestDatabase(kind);
    db = openDatabase(test.url);
    await addPeople(db, [
      { id: 'ann', name: 'Ann', email: 'ann@x', language: 'nl', globalRoles: [] },
      { id: 'bob', name: 'Bob', email: 'bob@x', language: 'fr', globalRoles: [] },
      { id: 'olga', name: 'Olga', email: 'olga@x', language: 'en', globalRoles: ['project-office'] },
      { id: 'zoe', name: 'Zoë', email: 'zoe@x', language: 'en', globalRoles: [] },
    ]);
    token = await createToken(db, 'ann', { label: 'test' });
    for (const [index, id] of ['one', 'two', 'three', 'held'].entries()) {
      const [kept] = saltTexts([`Move 100% of "${id}" to the new_datacenter`]);
      await keepTexts(db, id, [kept!]);
      const name = { text: kept!.ref };
      const project = new StreamWriter(`project/${id}`, id, 'project');
      await appendBatch(db.pool, project.next(2, {
        rows: [
          projectRow(id, { name, startedAt: AT + index, status: id === 'held' ? 'held' : 'running', template: index === 0 ? 'other' : 'pm2' }),
          roleRow('pm', id === 'three' ? ['bob'] : ['ann', 'bob'], id), roleRow('psc', [], id),
        ],
        notices: [notice(`${id}/2/0`, { roles: ['pm'] }, id)],
      }));
      const planning = new StreamWriter(stage(id), id, 'stage');
      await appendBatch(db.pool, planning.next(1, {
        rows: [stageRow(id, 1), task(id, 'a', { dueAt: AT + 5_000 - index }), task(id, 'b', { dueAt: null }), task(id, 'c', { status: 'waiting' }),
          task(id, 'd', { role: 'nobody' }), task(id, 'e', { role: 'nobody', status: 'claimed', assignee: 'ann', dueAt: AT + 9_000 + index })],
      }));
      const approval = new StreamWriter(`${stage(id)}/approval/rfe/1`, id, 'approval');
      await appendBatch(db.pool, approval.next(1, { rows: [approvalRow(approval.stream, ['ann'], { project: id, openedAt: AT + index })] }));
    }
  });
  afterAll(async () => {
    await db?.close();
    await test?.close();
  });

  it('knows a person by their token alone', async () => {
    expect(isToken(token)).toBe(true);
    expect(await findPersonByToken(db, hashToken(token))).toEqual({ id: 'ann', name: 'Ann', language: 'nl', globalRoles: [] });
    expect(await findPersonByToken(db, hashToken(`${token}x`))).toBeNull();
    const old = await createToken(db, 'ann', { label: 'old', expiresAt: Date.now() - 1 });
    expect(await findPersonByToken(db, hashToken(old))).toBeNull();
    const other = await createToken(db, 'ann', { label: 'other' });
    expect(await revokeToken(db, other)).toBe(true);
    expect(await findPersonByToken(db, hashToken(other))).toBeNull();
    expect(await runSql(test.url, 'SELECT count(*)::int n FROM tokens WHERE hash LIKE $1 OR label LIKE $1', ['%sluis_%'])).toEqual([{ n: 0 }]);
  });

  it('resolves person, access and earlier command in one query', async () => {
    const wanted = { project: 'one', stream: stage('one'), commandId: 'c-1' };
    expect(await resolveRequest(db, hashToken(token), wanted)).toEqual({
      person: { id: 'ann', name: 'Ann', language: 'nl', globalRoles: [], manager: null },
      project: { template: 'other', templateVersion: '1.0.0', roles: ['pm'] },
      phaseStream: undefined, backlog: undefined,
      command: { stream: stage('one'), hash: 'h', fromSeq: 1, toSeq: 1, settled: true },
    });
    expect(await resolveRequest(db, hashToken(token), { project: 'none', stream: stage('one'), commandId: 'no' }))
      .toMatchObject({ person: { id: 'ann' }, project: null, command: null });
    // Of a phase: its present round, and the command in that round or one before.
    await runSql(test.url, `INSERT INTO phases (id, seq, project, phase, position, status, data) VALUES ('project/one/phase/planning', 1, 'one',
      'planning', 0, 'open', jsonb_build_object('stream', $1::text, 'round', 12)), ('project/one/phase/later', 1, 'one', 'later', 1, 'waiting',
      '{"stream": null, "round": 0}')`, [stage('one', 12)]);
    const ofPhase = (phase: string, commandId: string) => resolveRequest(db, hashToken(token), { project: 'one', phase, commandId });
    expect(await ofPhase('planning', 'c-1')).toMatchObject({ phaseStream: stage('one', 12), command: { stream: stage('one') } });
    expect(await ofPhase('planning', 'no')).toMatchObject({ phaseStream: stage('one', 12), command: null });
    expect(await ofPhase('later', 'c-1')).toMatchObject({ phaseStream: null, command: null });
    expect(await ofPhase('none', 'c-1')).toMatchObject({ phaseStream: undefined, command: null });
    // Of a part of its backlog: in that stream alone.
    await runSql(test.url, `UPDATE phases SET data = data || jsonb_build_object('backlog', $1::text || '/backlog') WHERE phase = 'planning'`, [stage('one')]);
    const ofPart = (part: string) => resolveRequest(db, hashToken(token), { project: 'one', phase: 'planning', part, commandId: 'c-1' });
    expect(await ofPart('backlog')).toMatchObject({ backlog: `${stage('one')}/backlog`, command: null });
    await runSql(test.url, `INSERT INTO streams (stream, project, process, rules, seq, head, settled, final) SELECT $1, project, process, rules, seq, head, settled, final FROM streams WHERE stream = $2`, [`${stage('one')}/sprint/blue/3`, stage('one')]);
    await runSql(test.url, `INSERT INTO commands (stream, id, hash, from_seq, to_seq, at) VALUES ($1, 'c-1', 'h3', 1, 1, now())`, [`${stage('one')}/sprint/blue/3`]);
    expect(await ofPart('sprint/blue/3')).toMatchObject({ command: { stream: `${stage('one')}/sprint/blue/3`, hash: 'h3' } });
    expect(await ofPart('sprint/blue/4')).toMatchObject({ command: null });
    await runSql(test.url, "DELETE FROM phases WHERE project = 'one'");
    expect(await resolveRequest(db, 'no such token')).toBeNull();
    expect(await findProjectAccess(db, 'zoe', 'one')).toEqual({ template: 'other', templateVersion: '1.0.0', roles: [] });
    expect((await listProjectRoles(db, 'ann')).map(({ project, roles }) => [project, roles])).toEqual([['held', ['pm']], ['two', ['pm']], ['one', ['pm']]]);
  });

  it('tells whom a person stands in for, where they do, for one request as for many', async () => {
    const zoes = await createToken(db, 'zoe', { label: 'deputy' });
    await runSql(test.url, `INSERT INTO delegations (id, seq, absent, delegate, status, project, from_at, until_at, data)
      VALUES ('d-1', 1, 'ann', 'zoe', 'active', 'one', now(), now() + interval '1 day', '{}')`);
    const of = (project: string) => ({ hash: hashToken(zoes), wanted: { project } });
    const one = { template: 'other', templateVersion: '1.0.0', roles: [], standsInFor: [{ absent: 'ann', roles: ['pm'], delegated: ['pm'] }] };
    const two = { template: 'pm2', templateVersion: '1.0.0', roles: [] };
    expect((await resolveRequest(db, hashToken(zoes), { project: 'one' }))?.project).toEqual(one);
    expect((await resolveRequests(db, 'project', [of('one'), of('two'), of('none')])).map((found) => found?.project)).toEqual([one, two, null]);
    await runSql(test.url, `UPDATE delegations SET until_at = now() - interval '1 second'`);
    expect((await resolveRequest(db, hashToken(zoes), { project: 'one' }))?.project).toEqual({ ...one, standsInFor: undefined });
    await runSql(test.url, 'DELETE FROM delegations');
  });

  it('lists the projects one may see, the latest first, page by page', async () => {
    const ids = async (viewer: { person: string; seesAll: boolean }, filter = {}, after?: { startedAt: number; id: string }, limit = 10) =>
      (await listProjects(db, viewer, filter, { limit, ...(after && { after }) })).map(({ id }) => id);
    expect(await ids(ann)).toEqual(['held', 'two', 'one']);
    expect(await ids({ person: 'zoe', seesAll: false })).toEqual([]);
    expect(await ids({ person: 'olga', seesAll: true })).toEqual(['held', 'three', 'two', 'one']);
    const [first] = await listProjects(db, ann, {}, { limit: 1 });
    expect(first).toMatchObject({ id: 'held', startedAt: AT + 3, endedAt: null, status: 'held', nameRef: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(await ids(ann, {}, first, 1)).toEqual(['two']);
    expect(await ids(ann, { status: 'running' })).toEqual(['two', 'one']);
    expect(await ids(ann, { template: 'other' })).toEqual(['one']);
    expect(await ids(ann, { q: 'TWO' })).toEqual(['two']);
    expect(await ids(ann, { q: '100%' })).toHaveLength(3);
    expect(await ids(ann, { q: '100_' })).toEqual([]);
    expect(await ids(ann, { q: '\\' })).toEqual([]);
  });

  it('gives all rows of a project, roles nobody holds included', async () => {
    const rows = await listProjectRows(db, 'one');
    expect(rows.map((row) => row.table).sort()).toEqual(['approval', 'project', 'role', 'role', 'stage', 'task', 'task', 'task', 'task', 'task']);
    expect(rows).toContainEqual(roleRow('psc', [], 'one'));
    expect(await listProjectRows(db, 'none')).toEqual([]);
  });

  it('lists my tasks by due date, those without one last, of projects that go on', async () => {
    const all = await listMyTasks(db, 'ann', {}, { limit: 10 });
    expect(all.map(({ row }) => `${row.project}/${row.task}`)).toEqual(['two/a', 'one/a', 'one/e', 'two/e', 'three/e', 'one/b', 'two/b']);
    expect(all[0]).toMatchObject({ row: { id: `${stage('two')}/task/a`, status: 'ready', dueAt: AT + 4_999 }, template: 'pm2', templateVersion: '1.0.0' });
    const seen: string[] = [];
    for (let after: { dueAt: number | null; id: string } | undefined; ;) {
      const page = await listMyTasks(db, 'ann', {}, { limit: 2, ...(after && { after }) });
      seen.push(...page.map(({ row }) => row.id));
      const last = page.at(-1)?.row;
      if (!last) break;
      after = { dueAt: last.dueAt, id: last.id };
    }
    expect(seen).toEqual(all.map(({ row }) => row.id));
  });

  it('reads a list of tasks together with the person who asks for it', async () => {
    const along = async (wanted: Parameters<typeof resolveRequest>[2]) => (await resolveRequest(db, hashToken(token), wanted))?.tasks;
    const mine = await along({ tasks: { of: 'person', filter: {}, limit: 3 } });
    const alone = await listMyTasks(db, 'ann', {}, { limit: 3 });
    expect(alone.length).toBe(3);
    expect(mine).toEqual({ of: 'person', tasks: alone });
    expect(await along({ tasks: { of: 'person', filter: { status: 'none' }, limit: 3 } })).toEqual({ of: 'person', tasks: [] });
    const filter = { status: 'ready' };
    const ofOne = await listTasks(db, 'one', filter);
    expect(ofOne.length).toBeGreaterThan(0);
    expect(await along({ project: 'one', tasks: { of: 'project', filter } })).toEqual({ of: 'project', tasks: ofOne });
    expect(await resolveRequest(db, hashToken(token), { project: 'two', tasks: { of: 'project', filter: {} } })).toMatchObject({ project: { roles: ['pm'] } });
    expect(await resolveRequest(db, 'no such token', { tasks: { of: 'person', filter: {}, limit: 3 } })).toBeNull();
  });

  it('resolves many requests in one query, each as it is resolved alone', async () => {
    const bobs = await createToken(db, 'bob', { label: 'together' });
    const gone = await createToken(db, 'bob', { label: 'gone', expiresAt: Date.now() - 1 });
    const wanted: Wanted[] = [
      {}, { project: 'one' }, { project: 'none' }, { tasks: { of: 'person', filter: {}, limit: 3 } }, { tasks: { of: 'person', filter: { status: 'claimed' }, limit: 10 } },
      { project: 'one', tasks: { of: 'project', filter: { status: 'ready' } } }, { project: 'two', tasks: { of: 'project', filter: { phase: 'planning', assignee: 'ann' } } },
      ...['c-1', 'no'].flatMap((commandId): Wanted[] => [
        { project: 'one', stream: stage('one'), commandId }, { project: 'one', phase: 'planning', commandId }, { project: 'one', phase: 'later', commandId }, { project: 'one', phase: 'none', commandId },
        { project: 'one', phase: 'planning', part: 'backlog', commandId }, { project: 'one', phase: 'planning', part: 'sprint/blue/3', commandId },
      ]),
    ];
    for (const kind of REQUEST_KINDS) {
      const asked = wanted.filter((each) => kindOfRequest(each) === kind).flatMap((each) => [bobs, gone, token].map((one) => ({ hash: hashToken(one), wanted: each })));
      const alone = await Promise.all(asked.map((each) => resolveRequest(db, each.hash, each.wanted)));
      expect(asked.length).toBeGreaterThan(2);
      expect(alone.slice(0, 3).map((found) => found?.person.id)).toEqual(['bob', undefined, 'ann']);
      expect(await resolveRequests(db, kind, asked)).toEqual(alone);
      expect(await resolveRequests(db, kind, asked.slice(0, 1))).toEqual(alone.slice(0, 1));
    }
  });

  it('plans what is asked together no more than what is asked alone', async () => {
    const one = openDatabase(test.url, { max: 1 });
    const asked = Array.from({ length: 12 }, () => ({ hash: hashToken(token), wanted: { tasks: { of: 'person' as const, filter: {}, limit: 3 } } }));
    for (let count = 1; count <= asked.length; count += 1) await resolveRequests(one, 'tasksOfPerson', asked.slice(0, count));
    const { rows } = await one.pool.query('SELECT custom_plans::int AS anew FROM pg_prepared_statements WHERE generic_plans > 0 AND statement LIKE $1', ['%AS asked(hash, most, status, n)%']);
    expect(rows).toEqual([{ anew: 5 }]);
    await one.close();
  });

  it('lists my approvals, the oldest first, of projects that go on', async () => {
    const all = await listMyApprovals(db, 'ann', { limit: 10 });
    expect(all.map(({ row }) => row.project)).toEqual(['one', 'two', 'three']);
    const [first] = all;
    expect((await listMyApprovals(db, 'ann', { limit: 1, after: { openedAt: first!.row.openedAt, id: first!.row.id } })).map(({ row }) => row.project)).toEqual(['two']);
    expect(await listMyApprovals(db, 'bob', { limit: 10 })).toEqual([]);
    expect(await findApproval(db, first!.row.id)).toEqual(first);
    expect(await findApproval(db, 'none')).toBeNull();
  });

  it('gives the tasks of the latest round of a phase', async () => {
    const again = new StreamWriter(stage('three', 2), 'three', 'stage');
    await appendBatch(db.pool, again.next(1, { rows: [stageRow('three', 2), task('three', 'a', { position: 2 }, 2), task('three', 'b', { status: 'done' }, 2)] }));
    expect((await listTasks(db, 'three')).map(({ id }) => id)).toEqual([`${stage('three', 2)}/task/b`, `${stage('three', 2)}/task/a`]);
    expect((await listTasks(db, 'three', { status: 'done' })).map(({ task: key }) => key)).toEqual(['b']);
    expect(await listTasks(db, 'three', { phase: 'closing' })).toEqual([]);
    expect((await findTask(db, 'three', 'planning', 'a'))?.stage).toBe(stage('three', 2));
    expect(await findTask(db, 'three', 'planning', 'c')).toBeNull();
  });

  it('keeps an inbox for each person', async () => {
    const all = await listInbox(db, 'ann', {}, { limit: 10 });
    expect(all.map(({ id }) => id)).toEqual(['two/2/0/ann', 'one/2/0/ann', 'held/2/0/ann']);
    expect(await listInbox(db, 'ann', {}, { limit: 1, after: all[0]! })).toEqual([all[1]]);
    expect(await markRead(db, 'bob', all[0]!.id)).toBeNull();
    const read = await markRead(db, 'ann', all[0]!.id);
    expect(read).toMatchObject({ id: all[0]!.id, readAt: expect.any(Number) });
    expect(await markRead(db, 'ann', all[0]!.id)).toEqual(read);
    expect((await listInbox(db, 'ann', { unread: true }, { limit: 10 })).map(({ id }) => id)).toEqual(['one/2/0/ann', 'held/2/0/ann']);
  });

  it('reads the log of a project and of a stream', async () => {
    const all = await listEvents(db, 'one', {}, { limit: 10 });
    expect(all.map(({ stream, seq }) => `${stream} ${seq}`)).toEqual(['project/one 1', 'project/one 2', `${stage('one')} 1`, `${stage('one')}/approval/rfe/1 1`]);
    expect(all[0]).toMatchObject({ type: 'task-claimed', at: AT + 1, by: { person: 'p-tess' }, commandId: 'c-1', event: { task: 't-1' } });
    expect((await listEvents(db, 'one', {}, { limit: 1, after: all[1]!.position }))[0]).toEqual(all[2]);
    expect(await listEvents(db, 'one', { stream: stage('one') }, { limit: 10 })).toEqual([all[2]]);
  });

  it('reads the log the other way round, of some types, until a moment', async () => {
    const all = await listEvents(db, 'one', {}, { limit: 10 });
    const latest = await listEvents(db, 'one', {}, { limit: 3, latestFirst: true });
    expect(latest).toEqual([...all].reverse().slice(0, 3));
    expect(await listEvents(db, 'one', {}, { limit: 3, latestFirst: true, after: latest[2]!.position })).toEqual([all[0]]);
    expect(await listEvents(db, 'one', { types: ['gate-decided'] }, { limit: 10 })).toEqual([]);
    expect(await listEvents(db, 'one', { types: ['gate-decided', 'task-claimed'] }, { limit: 10 })).toEqual(all.filter(({ type }) => type === 'task-claimed'));
    expect(await listEvents(db, 'one', { until: AT + 1 }, { limit: 10 })).toEqual(all.filter(({ at }) => at <= AT + 1));
  });

  it('does not show an event while an older transaction may still bring one before it', async () => {
    if (kind === 'pglite') return;
    const slow = await db.pool.connect();
    try {
      await slow.query('BEGIN');
      await slow.query('SELECT pg_current_xact_id()');
      const late = new StreamWriter('project/late', 'late', 'project');
      await appendBatch(db.pool, late.next(1));
      expect(await listEvents(db, 'late', {}, { limit: 10 })).toEqual([]);
      expect(await listEvents(db, 'late', { stream: 'project/late' }, { limit: 10 })).toHaveLength(1);
      await slow.query('ROLLBACK');
      // Other tests on this server have transactions, too.
      await eventually(async () => (await listEvents(db, 'late', {}, { limit: 10 })).length === 1, 'the event to be shown');
    } finally {
      slow.release();
    }
  });

  it('shows after the last one what has a lower position, but was written later', async () => {
    const { rows: [taken] } = await db.pool.query<{ position: string }>("SELECT nextval(pg_get_serial_sequence('events', 'position'))::text AS position");
    await appendBatch(db.pool, new StreamWriter('project/gap', 'gap', 'project').next(1));
    const [first] = await eventually(async () => {
      const shown = await listEvents(db, 'gap', {}, { limit: 10 });
      return shown.length === 1 && shown;
    }, 'the event to be shown');
    await db.pool.query(`INSERT INTO events (stream, seq, position, project, type, at, by, command_id, event, prev_hash, hash)
      VALUES ('project/gap/late', 1, $1, 'gap', 'task-claimed', now(), '{"kind":"system","source":"upkeep"}', 'late', '{}', '', 'x')`, [taken?.position]);
    const after = (place: { after: string; latestFirst?: boolean }) => listEvents(db, 'gap', {}, { limit: 10, ...place });
    const [late] = await eventually(async () => {
      const shown = await after({ after: first?.position ?? '' });
      return shown.length === 1 && shown;
    }, 'what was written later');
    expect(late).toMatchObject({ stream: 'project/gap/late', position: taken?.position });
    expect(await after({ after: late?.position ?? '', latestFirst: true })).toEqual([first]);
    // Before all is the beginning.
    expect(await after({ after: '0' })).toEqual([first, late]);
  });

  it('finds what became of a command, and the head of a stream', async () => {
    expect(await findCommand(db, ['none', 'project/one'], 'c-2')).toEqual({ stream: 'project/one', hash: 'h', fromSeq: 2, toSeq: 2, settled: true });
    expect(await findCommand(db, ['project/one'], 'c-9')).toBeNull();
    const fresh = new StreamWriter('project/fresh', 'fresh', 'project');
    await appendBatch(db.pool, { ...fresh.next(2), settled: 0 });
    expect(await findCommand(db, ['project/fresh'], 'c-2')).toMatchObject({ settled: false });
    await appendBatch(db.pool, { ...fresh.next(1), settled: 2 });
    expect(await findCommand(db, ['project/fresh'], 'c-2')).toMatchObject({ settled: true });
    expect(await listHappened(db, 'project/one', 1, 2)).toEqual([1, 2].map((seq) => ({ seq, type: 'task-claimed', at: AT + seq })));
    expect(await findStreamHead(db, 'project/one')).toEqual({ seq: 2, final: false, broken: null, stale: false });
    expect(await findStreamHead(db, 'none')).toBeNull();
  });

  it('shows people who share a project or have a global role', async () => {
    expect((await listPeople(db, ann)).map(({ id }) => id)).toEqual(['ann', 'bob', 'olga']);
    expect((await listPeople(db, { person: 'zoe', seesAll: false })).map(({ id }) => id)).toEqual(['olga', 'zoe']);
    expect(await listPeople(db, { person: 'olga', seesAll: true })).toHaveLength(4);
    expect(await readNames(db, ['ann', 'zoe', 'none'])).toEqual(new Map([['ann', 'Ann'], ['zoe', 'Zoë']]));
    expect(await findUnknownPeople(db, ['ann', 'none'])).toEqual(['none']);
  });

  it('keeps texts apart from the log, and forgets them when told', async () => {
    const salted = saltTexts(['reden: één 🚧', 'reden: één 🚧']);
    await keepTexts(db, 'one', salted);
    const [one, two] = salted.map(({ ref }) => ({ text: ref }));
    expect(one).not.toEqual(two);
    const value = { reason: one, list: [{ defect: two }], text: 'plain', other: { text: 'no reference' } };
    const refs = collectTextRefs(value);
    expect([...refs]).toEqual([one!.text, two!.text]);
    expect(await eraseText(db, 'one', two!.text)).toBe(true);
    expect(await eraseText(db, 'one', two!.text)).toBe(false);
    // On its way when it was erased: it does not come back.
    const [late] = saltTexts(['too late']);
    expect(await eraseText(db, 'one', late!.ref)).toBe(true);
    await keepTexts(db, 'one', [late!]);
    expect(await readTexts(db, [late!.ref])).toEqual(new Map([[late!.ref, null]]));
    // Kept once more, as happens where the database fell silent over it: what was erased stays so.
    await keepTexts(db, 'one', salted);
    const texts = await readTexts(db, refs);
    expect(resolveTextRefs(value, texts)).toEqual({ reason: 'reden: één 🚧', list: [{ defect: null }], text: 'plain', other: { text: 'no reference' } });
    const [kept] = await runSql(test.url, 'SELECT salt, text FROM texts WHERE ref = $1', [one!.text]);
    expect(textRef(String(kept!['salt']), String(kept!['text']))).toBe(one!.text);
    expect(await runSql(test.url, 'SELECT salt, text FROM texts WHERE ref = $1', [two!.text])).toEqual([{ salt: '', text: null }]);
  });

  it.each([['too-long', 'x'.repeat(20_001)], ['control-character', 'a\0b'], ['control-character', '\ud800']])('refuses a text: %s', (code, text) => {
    expect(() => saltTexts(['fine', text])).toThrow(expect.objectContaining({ name: 'TextRefused', code, index: 1 }));
  });
});
