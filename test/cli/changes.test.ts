/** Changes of a running plan on the command line, against a real product. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CliBed, startCliBed } from '../support/cli';
import { eventually } from '../support/engine';
import { smallText, smallVersion } from '../support/template';

let bed: CliBed;
const folder = mkdtempSync(join(tmpdir(), 'sluis-changes-'));
beforeAll(async () => { bed = await startCliBed(); });
afterAll(async () => { await bed.close(); rmSync(folder, { recursive: true }); });

test('a manager looks at a change, asks for it, sees it in effect and compares', async () => {
  const changeControl = {
    tolerance: { tasks: 1, cost: 1000 },
    levels: [{ key: 'any', name: smallText('any'), approval: { steps: [{ key: 'sponsor', roles: ['sponsor'], quorum: 'any' }] } }],
  };
  const text = smallVersion('1.1.0', (template) => { Object.assign(template, { changeControl }); });
  expect((await bed.product.call('olga', 'POST', '/templates', { text })).status).toBe(201);
  const { body } = await bed.product.call('olga', 'POST', '/projects', { name: 'Move', template: 'small', roles: { manager: ['mia'], engineer: ['eva'], sponsor: ['sam'], security: ['sol'] } });
  const file = join(folder, 'change.yaml');
  writeFileSync(file, 'title: Label the racks\nreason: The auditor asks for it.\noperations:\n'
    + '  - { op: add-task, phase: build, task: { key: label, title: Rekken labelen, responsible: engineer, after: [rack], budget: 250 } }\n'
    + '  - { op: set-task, phase: build, task: cable, set: { dueDate: 2027-01-29 } }\n');
  const looked = await bed.sluis('mia', 'project', 'change', body.id, file);
  expect(looked).toMatchObject({ code: 0 });
  expect(looked.out).toMatch(/0 working days, \+250 money, 1 tasks come or go\n[^]*~ task build \(en\): cable \(en\)\n +due: – → 2027-01-29\n[^]*\+ task build \(en\): Rekken labelen\n[^]*responsible: engineer \(en\)[^]*within what the project manager may do[^]*--yes/);
  expect((await bed.sluis('mia', 'project', 'changes', body.id)).out).toBe('No changes.\n');

  expect((await bed.sluis('mia', 'project', 'change', body.id, file, '--yes', '--key', 'once'))).toMatchObject({ code: 0 });
  await eventually(async () => /applied/.test((await bed.sluis('mia', 'project', 'changes', body.id)).out), 'the change to take effect');
  expect((await bed.sluis('mia', 'project', 'changes', body.id)).out).toMatch(/c-\w+ +Label the racks +applied +the project manager/);
  expect(await bed.sluis('mia', 'project', 'cost', body.id, '--phase', 'build', '--task', 'label', '--actual', '100', '--to-complete', '80')).toMatchObject({ code: 0 });
  expect(await bed.sluis('mia', 'project', 'cost', body.id, '--phase', 'build', '--actual', 'veel')).toMatchObject({ code: 2, err: expect.stringContaining('--actual takes a number, not "veel"') });
  const compared = await bed.sluis('mia', 'project', 'compare', body.id);
  expect(compared.out).toMatch(/money in EUR\n[^]*build \(en\) +\S+ +\S+ +– +– +0 +250 +100 +180/);
  const before = JSON.parse((await bed.sluis('mia', 'project', 'compare', body.id, '--json', '--forecast')).out);
  expect(before).toMatchObject({ baselineChange: null, end: { forecast: { p80: expect.any(String) } } });

  writeFileSync(file, 'title: x\nreason: y\noperations: [{ op: remove-task, phase: build, task: rack }]\n');
  const refused = await bed.sluis('mia', 'project', 'change', body.id, file);
  expect([refused.code, refused.err]).toEqual([1, expect.stringMatching(/\/operations\/0\/task .*criterion racked looks at it/)]);
  writeFileSync(file, 'titel: x\n');
  expect(await bed.sluis('mia', 'project', 'change', body.id, file)).toMatchObject({ code: 2, err: expect.stringContaining('titel means nothing here') });
});
