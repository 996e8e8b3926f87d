/** `sluis program` and `sluis project set-program`, as they are typed, against a real product. */
import { type CliBed, startCliBed } from '../support/cli';

let bed: CliBed;
beforeAll(async () => { bed = await startCliBed(); });
afterAll(async () => { await bed.close(); });

test('a program is made, managed by another one, and gets a project', async () => {
  const nameless = await bed.sluis('olga', 'program', 'set', 'exit', '--manager', 'leo');
  expect([nameless.code, nameless.err]).toEqual([2, expect.stringContaining('exit has no name yet: --name')]);
  expect((await bed.sluis('olga', 'program', 'set', 'exit', '--name', 'Datacenter exit', '--manager', 'leo', 'edo')).out).toContain('made  exit  Datacenter exit');
  expect((await bed.sluis('olga', 'program', 'set', 'exit', '--manager', 'leo')).out).toContain('changed  exit  Datacenter exit');
  expect((await bed.sluis('leo', 'program', 'list')).out).toMatch(/exit +Datacenter exit +LEO\n[^]*1 program\./);

  const started = JSON.parse((await bed.sluis('olga', 'project', 'start', 'small', '--name', 'Racks', '--program', 'exit', '--role', 'manager=mia', '--json')).out) as { id: string };
  expect((await bed.sluis('leo', 'project', 'list', '--program', 'exit')).out).toMatch(new RegExp(`${started.id} +Racks[^]*1 project\\.`));
  expect((await bed.sluis('olga', 'project', 'set-program', started.id)).out).toContain(`${started.id} belongs to no program.`);
  expect((await bed.sluis('leo', 'project', 'list')).out).toContain('0 projects.');
  expect((await bed.sluis('olga', 'project', 'set-program', started.id, 'exit')).out).toContain('belongs to exit.');
  expect((await bed.sluis('olga', 'project', 'events', started.id)).out).toContain('Belongs to the program: exit');

  expect((await bed.sluis('sam', 'people', 'absent', '--to', 'eva', '--until', '2099-01-31', '--from', '2099-01-01', '--program', 'exit')).code).toBe(0);
  expect((await bed.sluis('eva', 'people', 'delegations')).out).toMatch(/SAM +EVA .* exit +planned/);
});
