/** Simulation of templates over HTTP: a version or a draft is played many times, and what is supposed otherwise is compared. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { newTemplate } from '../../cli/template/new-template';
import { eventually } from '../support/engine';
import { startProduct, type Product } from '../support/product';

let product: Product;
beforeAll(async () => { product = await startProduct(); });
afterAll(async () => { await product.close(); });

const simulate = (body: object, who = 'olga', language = 'nl') => product.call(who, 'POST', '/templates/simulate', { runs: 40, start: '2027-03-01', ...body }, { headers: { 'Accept-Language': language } });

test('a published version is played: when it ends, what decides on that, and who has how much to do, by name', async () => {
  const { status, body } = await simulate({ template: 'small', version: '1.0.0' });
  expect([status, body.problems]).toEqual([200, []]);
  const { result } = body;
  expect(result).toMatchObject({ runs: 40, seed: 1, start: expect.stringContaining('2027-03-01'), outcomes: { completed: expect.any(Number) } });
  expect(result.end.p50 <= result.end.p80 && result.end.p80 <= result.end.p95).toBe(true);
  expect(result.ends.reduce((sum: number, { runs }: { runs: number }) => sum + runs, 0)).toBe(40 - (result.outcomes.stuck ?? 0));
  expect(result.critical[0].task.name).toMatch(/\(nl\)$/);
  expect(result.load.find(({ role }: { role: { key: string } }) => role.key === 'engineer')).toMatchObject({ role: { name: 'engineer (nl)' }, people: 1 });
  expect(body.whatIf).toBeNull();
  // The same seed gives the same answer.
  expect((await simulate({ template: 'small', version: '1.0.0' })).body).toEqual(body);
});

test('what is supposed otherwise is played as often, and compared: people, estimates, parameters, how often voters send back', async () => {
  const text = newTemplate('rack-move.yaml');
  const { body } = await simulate({ text, parameters: { outsourced: false }, whatIf: { estimates: { 'carry-out/do-it': [50, 60, 70] }, parameters: { outsourced: true } } }, 'pia', 'en');
  expect(body.problems).toEqual([]);
  expect(body.whatIf.result.runs).toBe(40);
  expect(body.whatIf.comparison.workingDays.p50).toBeGreaterThan(40);
  const tasks = (of: { critical: { task: { key: string } }[] }) => of.critical.map(({ task }) => task.key);
  expect(tasks(body.result)).not.toContain('choose-supplier');
  expect(tasks(body.whatIf.result)).toContain('choose-supplier');
  const people = await simulate({ template: 'small', version: '1.0.0', whatIf: { people: { engineer: 4 }, rejection: 0 } });
  expect(people.body.whatIf.comparison.workingDays.p50).toBeLessThan(0);
  expect(people.body.whatIf.comparison.roles).toEqual(expect.arrayContaining([expect.objectContaining({ role: { key: 'engineer', name: 'engineer (nl)' }, people: 3, relieved: true })]));
});

test('what can not be supposed is refused where it stands, and others are refused', async () => {
  expect((await simulate({ text: 'schema: 1' })).body).toMatchObject({ result: null, problems: expect.arrayContaining([expect.objectContaining({ pointer: '/key' })]) });
  const asked = { template: 'small', version: '1.0.0' };
  expect((await simulate({ ...asked, people: { nobody: 2 } })).body.problems).toMatchObject([{ pointer: '/people/nobody' }]);
  expect((await simulate({ ...asked, whatIf: { estimates: { 'build/nothing': [1, 2, 3] } } })).body.problems).toMatchObject([{ pointer: '/whatIf/estimates/build~1nothing' }]);
  expect((await simulate({ ...asked, estimates: { 'build/rack': [3, 2, 1] } })).status).toBe(422);
  expect((await simulate({ ...asked, runs: 501 })).status).toBe(422);
  expect((await simulate({ template: 'small', version: '9.9.9' })).body.code).toBe('unknown-template');
  expect((await simulate({})).status).toBe(422);
  expect((await simulate(asked, 'eva')).body.code).toBe('not-permitted');
});

test('a process that plays ends with the one that asked, however busy it is', async () => {
  const script = join(__dirname, '..', '..', 'dist', 'api', 'apart', 'process.js');
  const job = { name: 'simulateTemplate', args: [{ target: { text: newTemplate('rack-move.yaml') }, start: '2027-03-01', runs: 10_000_000, seed: 1, supposed: {} }] };
  const asking = spawn(process.execPath, ['-e', `const child = require('node:child_process').fork(${JSON.stringify(script)}); child.send(${JSON.stringify(job)}, () => console.log(child.pid));`], { stdio: ['ignore', 'pipe', 'inherit'] });
  const pid = Number(String((await once(asking.stdout, 'data') as [Buffer])[0]));
  const isThere = (): boolean => { try { return process.kill(pid, 0); } catch { return false; } };
  // It is at work by then, and hears nothing.
  await new Promise((resolve) => { setTimeout(resolve, 3_000); });
  expect(isThere()).toBe(true);
  asking.kill('SIGKILL');
  await eventually(async () => !isThere(), 'its end', 10_000);
});
