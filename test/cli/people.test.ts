/** `sluis people`, as it is typed, against a real product. */
import { type CliBed, runCli, startCliBed } from '../support/cli';

let bed: CliBed;
beforeAll(async () => { bed = await startCliBed(); });
afterAll(async () => { await bed.close(); });

test('somebody delegates, the project office does it for another, and both are taken back', async () => {
  const own = await bed.sluis('sam', 'people', 'absent', '--to', 'leo', '--until', '2099-01-31', '--from', '2099-01-01');
  expect([own.code, own.out]).toEqual([0, expect.stringContaining('leo decides, through 2099-01-31.')]);
  expect((await bed.sluis('olga', 'people', 'absent', 'sol', '--to', 'leo', '--until', '2099-01-31', '--from', '2099-01-01', '--role', 'security')).code).toBe(0);
  const listed = await bed.sluis('leo', 'people', 'delegations');
  expect(listed.out).toMatch(/SAM +LEO +2099-01-01 00:00 +2099-02-01 00:00 +everything +planned[^]*2 delegations\./);
  const { items } = JSON.parse((await bed.sluis('aude', 'people', 'delegations', 'sol', '--json')).out) as { items: { id: string; role: string }[] };
  expect(items).toMatchObject([{ role: 'security', status: 'planned' }]);
  expect((await bed.sluis('sol', 'people', 'revoke', items[0]?.id ?? '')).code).toBe(0);
  const again = await bed.sluis('sol', 'people', 'revoke', items[0]?.id ?? '');
  expect([again.code, again.err]).toEqual([1, expect.stringContaining('Delegation ended')]);
});

test('what would move is shown and nothing is changed; the office lists everybody', async () => {
  const shown = await bed.sluis('sam', 'people', 'absent', '--to', 'leo', '--until', '2099-01-31', '--preview');
  expect([shown.code, shown.out]).toEqual([0, expect.stringContaining('0 approvals wait now; 0 tasks do not move. Nothing was changed.')]);
  expect(JSON.parse((await bed.sluis('olga', 'people', 'absent', 'sam', '--to', 'leo', '--until', '2099-01-31', '--preview', '--json')).out)).toMatchObject({ approvals: [], tasks: 0 });
  const listed = await bed.sluis('olga', 'people', 'list', '--search', 'au');
  expect([listed.code, listed.out]).toEqual([0, expect.stringMatching(/^person +name +line manager[^]*aude +AUDE[^]*1 person\./)]);
  expect((await bed.sluis('sam', 'people', 'list')).code).toBe(1);
});

test('what is typed wrongly is named', async () => {
  const wrong = await bed.sluis('sam', 'people', 'absent', '--to', 'leo', '--until', 'soon');
  expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('--until soon: write a day')]);
});

test('somebody leaves: shown first, then done', async () => {
  const project = await bed.product.startProject();
  const shown = await bed.sluis('olga', 'people', 'leave', 'edo', '--to', 'leo');
  expect([shown.code, shown.out]).toEqual([0, expect.stringMatching(new RegExp(`${project} +A project +engineer +0 +0\\n[^]*EDO has a part in 1 project, 0 groups[^]*--to leo --yes`))]);
  const without = await bed.sluis('olga', 'people', 'leave', 'edo', '--yes');
  expect([without.code, without.err]).toEqual([2, expect.stringContaining('--yes needs --to')]);
  const done = await bed.sluis('olga', 'people', 'leave', 'edo', '--to', 'leo', '--yes');
  expect([done.code, done.out]).toEqual([0, expect.stringMatching(/replaced\n[^]*left {2}edo; leo takes the place in 1 project\./)]);
  expect((await bed.sluis('edo', 'project', 'list')).code).toBe(1);
});

test('groups are made, shown and changed, and a person gets a line manager', async () => {
  const nameless = await bed.sluis('olga', 'people', 'group', 'architecture-board', '--member', 'sam');
  expect([nameless.code, nameless.err]).toEqual([2, expect.stringContaining('--name')]);
  const made = await bed.sluis('olga', 'people', 'group', 'architecture-board', '--name', 'Architects', '--member', 'sam', 'aude');
  expect([made.code, made.out]).toEqual([0, expect.stringContaining('architecture-board: 2 members.')]);
  // What is not given stays.
  expect((await bed.sluis('olga', 'people', 'group', 'architecture-board', '--name', 'Board')).code).toBe(0);
  expect((await bed.sluis('sam', 'people', 'group', 'architecture-board')).out).toMatch(/architecture-board +Board +.*\(sam\).*\(aude\)/);
  expect((await bed.sluis('olga', 'people', 'group', 'architecture-board', '--empty')).code).toBe(0);
  expect((await bed.sluis('sam', 'people', 'groups')).out).toMatch(/architecture-board +Board[^]*1 group\./);
  const stranger = await bed.sluis('sam', 'people', 'group', 'architecture-board', '--member', 'sam');
  expect(stranger.code).toBe(1);
  const given = await bed.sluis('olga', 'people', 'manager', 'sam', 'aude');
  expect([given.code, given.out]).toEqual([0, expect.stringContaining('sam: aude')]);
  expect((await bed.sluis('olga', 'people', 'manager', 'sam', 'nobody-known')).code).toBe(1);
});

test('the first people come in past the API: added, with a token that is shown once, expires, and can be withdrawn', async () => {
  const { config } = bed.product.engine;
  const direct = (...args: string[]) => runCli(['people', ...args], { cwd: bed.folder, env: { DATABASE_URL: config.databaseUrl } });
  const ask = async (token: string) => (await fetch(`${bed.product.url}/api/v1/me`, { headers: { Authorization: `Bearer ${token}` } })).json() as Promise<Record<string, unknown>>;
  const tokenIn = (out: string): string => /sluis_[A-Za-z0-9_-]{43}/.exec(out)?.[0] ?? '';

  const added = await direct('add', 'p-ines', '--name', 'Ines Peeters', '--email', 'ines@example.org', '--role', 'project-office', '--token');
  expect([added.code, added.err, added.out]).toEqual([0, '', expect.stringMatching(/^added {2}p-ines, Ines Peeters \(project-office\)\nsluis_\S{43}\nIt is shown this once\./)]);
  expect(await ask(tokenIn(added.out))).toMatchObject({ id: 'p-ines', name: 'Ines Peeters', language: 'nl', globalRoles: ['project-office'] });

  const plain = await direct('add', 'p-jan', '--name', 'Jan', '--email', 'jan@example.org', '--language', 'fr', '--json');
  expect(JSON.parse(plain.out)).toEqual({ id: 'p-jan', name: 'Jan', email: 'jan@example.org', language: 'fr', globalRoles: [], token: null });
  const made = JSON.parse((await direct('token', 'p-jan', '--days', '1', '--label', 'phone', '--json')).out) as { token: string };
  expect(await ask(made.token)).toMatchObject({ id: 'p-jan', language: 'fr' });
  const { rows } = await bed.product.engine.database.pool.query(`SELECT label, round(extract(epoch FROM expires_at - created_at) / 3600)::int AS hours FROM tokens WHERE person_id = 'p-jan'`);
  expect(rows).toEqual([{ label: 'phone', hours: 24 }]);
  expect((await direct('token', 'p-jan', '--withdraw')).out).toBe('1 token of p-jan withdrawn.\n');
  expect(await ask(made.token)).toMatchObject({ code: 'unauthenticated' });

  for (const [args, code, says] of [
    [['add', 'p-ines', '--name', 'Other', '--email', 'other@example.org'], 1, 'Somebody has the id p-ines or the address other@example.org already.'],
    [['add', 'p-other', '--name', 'Other', '--email', 'Ines@Example.org', '--token'], 1, 'already'],
    [['add', 'P 1', '--name', 'Other', '--email', 'other@example.org'], 2, 'An id is of small letters'],
    [['add', 'p-other', '--name', ' ', '--email', 'other@example.org'], 2, '--name takes'],
    [['add', 'p-other', '--name', 'Other', '--email', 'other'], 2, '--email takes an address'],
    [['add', 'p-other', '--name', 'Other', '--email', 'other@example.org', '--role', 'king'], 2, 'project-office'],
    [['add', 'p-other', '--name', 'Two\nlines', '--email', 'other@example.org'], 2, '--name takes'],
    [['token', 'p-ines', '--label', 'a\u001b[2J'], 2, '--label takes'],
    [['token', 'p-nobody'], 1, 'Nobody has the id p-nobody'],
    [['token', 'p-nobody', '--withdraw'], 1, 'Nobody has the id p-nobody'],
    [['token', 'p-ines', '--days', '0'], 2, '--days takes'],
  ] as const) {
    const refused = await direct(...args);
    expect([args[1], refused.code, refused.err]).toEqual([args[1], code, expect.stringContaining(says)]);
  }
  expect((await bed.product.engine.database.prisma.person.findMany({ where: { id: { in: ['p-other', 'P 1'] } } }))).toEqual([]);
});
