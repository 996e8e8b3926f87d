/** `sluis project forecast`, as it is typed, against a real product. */
import { type CliBed, startCliBed } from '../support/cli';

let bed: CliBed;
beforeAll(async () => { bed = await startCliBed(); });
afterAll(async () => { await bed.close(); });

test('a project manager reads when the project would end, and what other people would change', async () => {
  const project = await bed.product.startProject();
  const said = await bed.sluis('mia', 'project', 'forecast', project, '--runs', '30', '--seed', '2');
  expect(said.code).toBe(0);
  expect(said.out).toMatch(/30 runs, seed 2\n[^]*working days[^]*gate design-gate \(en\)[^]*close \(en\): archive \(en\) +100 %[^]*engineer \(en\) +2 /);
  const more = await bed.sluis('mia', 'project', 'forecast', project, '--runs', '30', '--people', 'engineer=4', 'manager=1', '--json');
  expect(JSON.parse(more.out)).toMatchObject({ people: { engineer: 4, manager: 1 }, outcomes: { completed: 30 } });
  const wrong = await bed.sluis('mia', 'project', 'forecast', project, '--people', 'nobody=1');
  expect([wrong.code, wrong.err]).toEqual([1, expect.stringContaining('/query/people')]);
});
