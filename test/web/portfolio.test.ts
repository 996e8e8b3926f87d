import { eventually } from '../support/engine';
import { faint, overflows, startSite, violations, type Site } from './support/browser';

let site: Site;
beforeAll(async () => { site = await startSite(); });
afterAll(() => site.close());

const call = (person: string, method: string, path: string, body?: unknown) => site.product.call(person, method, path, body);

test('an empty portfolio shows the office the way, and others what belongs here', async () => {
  const office = await site.open('olga', '/portfolio', { language: 'en' });
  await office.getByRole('link', { name: 'Start a project' }).waitFor();
  await office.getByRole('button', { name: 'Make examples' }).waitFor();
  // There is nothing to filter or to export.
  expect(await office.getByRole('textbox').count()).toBe(0);
  expect(await violations(office)).toEqual([]);
  // The page that opens first shows the way too.
  await office.goto('/');
  await office.getByRole('link', { name: 'Start a project' }).waitFor();
  await office.getByRole('button', { name: 'Make examples' }).waitFor();
  const leo = await site.open('leo', '/portfolio', { language: 'nl', size: 'phone' });
  await leo.getByText('Projecten verschijnen hier zodra u er een rol in hebt.').waitFor();
  expect(await leo.getByRole('button', { name: 'Voorbeelden maken' }).count()).toBe(0);
});

test('a program manager sees in French which project needs attention and why, in three views, and keeps it as an address', async () => {
  const calm = await site.product.startProject('Rustig');
  const stuck = await site.product.startProject('<script>alert(1)</script> Vast');
  await eventually(async () => (await call('eva', 'POST', `/projects/${stuck}/phases/design/tasks/draw/block`, { reason: 'Geen plan' })).status === 200, 'the block');
  const page = await site.open('pia', '/portfolio', { language: 'fr' });
  await page.getByRole('link', { name: '<script>alert(1)</script> Vast' }).waitFor();
  await page.getByText('Tâches bloquées : 1').waitFor();
  // By whom, and by what.
  await page.getByRole('listitem').filter({ hasText: /^draw \(fr\) \(EVA\)\s: Geen plan$/ }).getByRole('link', { name: 'draw (fr)' }).waitFor();
  expect(await faint(page)).toEqual([]);
  // The worst first.
  expect(await page.getByRole('row').nth(1).textContent()).toContain('Vast');
  expect(await violations(page)).toEqual([]);
  await page.getByRole('combobox', { name: 'Cap' }).click();
  await page.getByRole('option', { name: 'En bonne voie' }).click();
  await page.waitForURL('**/portfolio?course=on-course');
  await page.getByRole('link', { name: 'Rustig' }).waitFor();
  await eventually(async () => await page.getByRole('link', { name: /Vast/ }).count() === 0, 'the filter');
  await page.getByText('Calendrier', { exact: true }).click();
  await page.waitForURL('**view=timeline**');
  await page.reload();
  await page.getByRole('img', { name: /^Du .* au / }).waitFor();
  expect(await violations(page)).toEqual([]);
  await page.getByText('Panneau', { exact: true }).click();
  await page.getByRole('region', { name: 'En bonne voie' }).getByRole('link', { name: 'Rustig' }).waitFor();
  await page.getByText('Par phase', { exact: true }).click();
  await page.getByRole('region', { name: 'design (fr)' }).getByRole('link', { name: 'Rustig' }).click();
  await page.waitForURL(`**/projects/${calm}`);
});

test('on a phone, dark, nothing is cut off', async () => {
  const page = await site.open('pia', '/portfolio', { language: 'nl', size: 'phone', dark: true });
  await page.getByRole('link', { name: 'Rustig' }).waitFor();
  await page.getByRole('button', { name: 'Filters' }).click();
  await page.getByRole('combobox', { name: 'Koers' }).waitFor();
  expect(await faint(page)).toEqual([]);
  expect(await violations(page)).toEqual([]);
  expect(await overflows(page)).toBe(false);
});

test('what others do appears without reloading', async () => {
  const project = await site.product.startProject('Samen');
  const page = await site.open('eva', '/', { language: 'en' });
  await page.getByText('Samen').first().waitFor();
  const later = await site.product.startProject('Straks erbij');
  await page.getByText('Straks erbij').first().waitFor();
  await call('olga', 'POST', `/projects/${later}/hold`, { reason: 'Wait' });
  const manager = await site.open('mia', `/projects/${project}`, { language: 'en' });
  await manager.getByRole('heading', { level: 1, name: 'Samen' }).waitFor();
  await call('olga', 'POST', `/projects/${project}/hold`, { reason: 'A strike at the docks' });
  await manager.getByText('A strike at the docks').first().waitFor();
});

test('a device that is cut off says so at once, and catches up when it is not any more', async () => {
  const page = await site.open('eva', '/', { language: 'en' });
  await site.product.startProject('Before the tunnel');
  await page.getByText('Before the tunnel').first().waitFor();
  await page.context().setOffline(true);
  await page.getByText(/^No connection since/).waitFor();
  await page.context().setOffline(false);
  await site.product.startProject('After the tunnel');
  await page.getByText('After the tunnel').first().waitFor();
  await eventually(async () => await page.getByText(/^No connection since/).count() === 0, 'the connection');
});

test('when there is no connection the page says so, and catches up by itself', async () => {
  const page = await site.open(null, '/sign-in', { language: 'en' });
  await page.context().route('**/api/v1/feed*', (route) => route.abort());
  await page.getByRole('textbox', { name: 'Token' }).fill(site.product.tokens.get('eva') ?? '');
  await page.keyboard.press('Enter');
  await page.getByText(/^No connection since/).waitFor();
  expect(await violations(page)).toEqual([]);
  await site.product.startProject('Terwijl er niets kwam');
  await page.context().unroute('**/api/v1/feed*');
  await page.getByText('Terwijl er niets kwam').first().waitFor();
  await eventually(async () => await page.getByText(/^No connection since/).count() === 0, 'the connection');
});
