import { eventually } from '../support/engine';
import { overflows, startSite, violations, type Site } from './support/browser';

let site: Site;
beforeAll(async () => { site = await startSite(); });
afterAll(() => site.close());

const call = (person: string, method: string, path: string, body?: unknown) => site.product.call(person, method, path, body);

test('what one person does appears in the inbox of another at once, leads to its thing, and is read one by one and all', async () => {
  const project = await site.product.startProject('Zaal 1');
  const page = await site.open('edo', '/inbox', { language: 'nl' });
  await page.getByRole('heading', { level: 1, name: 'Meldingen' }).waitFor();
  const known = (await call('edo', 'GET', '/me/inbox')).body.unread as number;
  await eventually(async () => (await call('mia', 'POST', `/projects/${project}/phases/design/tasks/draw/assign`, { person: 'edo' })).status === 200, 'the assignment');
  await page.getByRole('link', { name: 'De taak “draw (nl)” is aan u toegewezen.' }).waitFor();
  await page.getByRole('link', { name: new RegExp(`^Meldingen ${known + 1} ongelezen`) }).waitFor();
  for (const task of ['log-1', 'log-2']) expect((await call('mia', 'POST', `/projects/${project}/phases/control/tasks/${task}/assign`, { person: 'edo' })).status).toBe(200);
  await page.getByRole('link', { name: new RegExp(`^Meldingen ${known + 3} ongelezen`) }).waitFor();
  expect(await violations(page)).toEqual([]);
  // By keyboard: down to the last one, read it, and one by one go to its thing.
  for (const _ of [1, 2]) await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.getByRole('link', { name: new RegExp(`^Meldingen ${known + 2} ongelezen`) }).waitFor();
  await page.getByRole('link', { name: 'De taak “log-2 (nl)” is aan u toegewezen.' }).click();
  await page.waitForURL(`**/projects/${project}/tasks/control/log-2`);
  await page.goto('/inbox');
  await page.getByRole('status').filter({ hasText: `${known + 1} ongelezen` }).waitFor();
  await page.getByRole('button', { name: 'Alles als gelezen markeren' }).click();
  await page.getByRole('status').filter({ hasText: /^0 ongelezen/ }).waitFor();
  await page.getByText('Ongelezen', { exact: true }).click();
  await page.getByRole('heading', { name: 'Alles gelezen' }).waitFor();
  expect((await call('edo', 'GET', '/me/inbox')).body).toMatchObject({ unread: 0, items: { length: known + 3 } });
});

test('on a phone the bar counts what is unread, in French and dark', async () => {
  const project = await site.product.startProject('Zaal 2');
  const page = await site.open('eva', '/', { language: 'fr', size: 'phone', dark: true });
  await eventually(async () => (await call('mia', 'POST', `/projects/${project}/phases/design/tasks/draw/assign`, { person: 'eva' })).status === 200, 'the assignment');
  await page.getByRole('navigation').last().getByRole('link', { name: /^Notifications \d+ non lue/ }).click();
  await page.getByRole('link', { name: 'La tâche « draw (fr) » vous a été attribuée.' }).waitFor();
  expect(await violations(page)).toEqual([]);
  expect(await overflows(page)).toBe(false);
});
