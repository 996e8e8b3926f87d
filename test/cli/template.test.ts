/** The commands for project offices, as they are typed. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '../support/cli';

let folder: string;
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'sluis-template-')); });
afterAll(() => { rmSync(folder, { recursive: true, force: true }); });

const sluis = (...args: string[]) => runCli(args, { cwd: folder });

test('from an empty file to a lifecycle that is proved and simulated', async () => {
  expect(await sluis('template', 'new', 'rack-move.yaml')).toMatchObject({ code: 0, out: expect.stringContaining('sluis template validate') });
  expect(await sluis('template', 'new', 'rack-move.yaml')).toMatchObject({ code: 1, err: expect.stringContaining('exists already') });
  expect(await sluis('template', 'validate', 'rack-move.yaml')).toMatchObject({ code: 0, out: 'right  rack-move 0.1.0: 2 phases, 3 tasks, 1 gate\n' });
  const proof = await sluis('template', 'verify', 'rack-move.yaml', '--json');
  expect([proof.code, JSON.parse(proof.out)]).toEqual([0, expect.objectContaining({ ok: true, findings: [], unexplored: [] })]);
  const simulated = await sluis('template', 'simulate', 'rack-move.yaml', '--runs', '20', '--seed', '3', '--start', '2027-01-04', '--json');
  expect(JSON.parse(simulated.out)).toMatchObject({ runs: 20, seed: 3, start: '2027-01-04', outcomes: { completed: 20 } });
  expect((await sluis('template', 'simulate', 'rack-move.yaml', '--runs', '20', '--seed', '3', '--start', '2027-01-04', '--json')).out).toBe(simulated.out);
  const more = await sluis('template', 'simulate', 'rack-move.yaml', '--runs', '20', '--people', 'engineer=3');
  expect(more).toMatchObject({ code: 0, out: expect.stringMatching(/engineer +3 /) });
});

test('what a change would do is compared with the same seed', async () => {
  const args = ['template', 'simulate', 'rack-move.yaml', '--runs', '20', '--seed', '3', '--start', '2027-01-04'];
  const asked = [...args, '--what-if', 'engineer=2', 'rejection=60'];
  const { whatIf, ...given } = JSON.parse((await sluis(...asked, '--json')).out);
  expect(given).toEqual(JSON.parse((await sluis(...args, '--json')).out));
  expect(whatIf.difference.workingDays.p80).toBe(Math.round((whatIf.workingDays.p80 - given.workingDays.p80) * 10) / 10);
  expect(whatIf.difference.roles).toContainEqual(expect.objectContaining({ role: 'engineer', people: 1 }));
  expect(await sluis(...asked)).toMatchObject({ code: 0, out: expect.stringMatching(/What if engineer=2, rejection=60\n(.|\n)*working days +[+−]/) });
  expect(await sluis(...args, '--what-if', 'nobody=2')).toMatchObject({ code: 2, err: expect.stringContaining('--what-if nobody=2: write ROLE=NUMBER') });
});

test('all problems are listed, each with its place and what would be right', async () => {
  const text = readFileSync(join(folder, 'rack-move.yaml'), 'utf8');
  writeFileSync(join(folder, 'bad.yaml'), text.replace('r: engineer,', 'r: enginer,').replace('when: parameters.outsourced', 'when: parameters.outsorced'));
  const bad = await sluis('template', 'validate', 'bad.yaml');
  expect(bad.code).toBe(1);
  expect(bad.out).toMatch(/bad\.yaml:\d+:\d+ \/phases\/0\/tasks\/1\/when condition-unknown-name\n +there is no "outsorced" in "parameters"; did you mean "outsourced"\?/);
  expect(bad.out).toMatch(/bad\.yaml:\d+:\d+ \/phases\/1\/tasks\/0\/rasci\/r unknown-role\n +there is no role "enginer"; did you mean "engineer"\?/);
  expect(JSON.parse((await sluis('template', 'validate', 'bad.yaml', '--json')).out)).toMatchObject({ ok: false, problems: [{ code: 'unknown-role' }, { code: 'condition-unknown-name' }] });
});

test('a lifecycle that can get stuck is shown with the way there', async () => {
  const text = readFileSync(join(folder, 'rack-move.yaml'), 'utf8');
  writeFileSync(join(folder, 'stuck.yaml'), text.replace('when: parameters.outsourced # only then', 'when: evidence.write-plan.risk = "high"')
    .replace('{ key: plan, kind: plan,', '{ key: contract, kind: artefact, name: { nl: Contract, fr: Contrat, en: Contract } }\n      - { key: plan, kind: plan,')
    .replace('estimate: [3, 5, 10]', 'estimate: [3, 5, 10]\n        produces: [contract]')
    .replace('deliverable: plan, name', 'deliverable: contract, name'));
  const stuck = await sluis('template', 'verify', 'stuck.yaml');
  expect(stuck).toMatchObject({ code: 1, out: expect.stringContaining('The project can get stuck in phase prepare') });
  expect(stuck.out).toContain('the project starts; all tasks that can be done are done, with prepare/write-plan/risk = low');
});

test('versions are compared in terms of the lifecycle', async () => {
  const text = readFileSync(join(folder, 'rack-move.yaml'), 'utf8');
  writeFileSync(join(folder, 'next.yaml'), text.replace('version: 0.1.0', 'version: 0.2.0').replace('dueDays: 10', 'dueDays: 12'));
  expect(await sluis('template', 'diff', 'rack-move.yaml', 'next.yaml')).toMatchObject({ code: 0, out: '~ task prepare/write-plan: dueDays\n\n1 change.\n' });
  expect(await sluis('template', 'diff', 'pm2', 'pm2')).toMatchObject({ code: 0, out: 'They mean the same.\n' });
});

test('what is asked wrongly is said', async () => {
  expect(await sluis('template', 'validate', 'pm')).toMatchObject({ code: 2, err: expect.stringContaining('did you mean pm2?') });
  expect(await sluis('template', 'simulate', 'pm2', '--runs', 'many')).toMatchObject({ code: 2, err: expect.stringContaining('--runs takes a whole number') });
  expect(await sluis('template', 'simulate', 'pm2', '--people', 'nobody=2')).toMatchObject({ code: 2, err: expect.stringContaining('write ROLE=NUMBER') });
});
