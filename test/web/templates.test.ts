import { smallVersion } from '../support/template';
import { overflows, startSite, violations, type Site } from './support/browser';

let site: Site;
beforeAll(async () => { site = await startSite(); });
afterAll(() => site.close());

const file = (text: string) => ({ name: 'small.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(JSON.parse(text), null, 2)) });

test('the office writes a version, sees what is wrong where it stands, repairs it, and publishes what is proved', async () => {
  const page = await site.open('olga', '/templates', { language: 'en' });
  await page.getByRole('link', { name: 'Write a template' }).click();
  await page.getByText('4 problems').or(page.getByText(/problems?$/)).first().waitFor();
  const chooser = page.locator('input[type=file]');
  await chooser.setInputFiles(file(smallVersion('1.1.0', (template) => { (template as { managerRole: string }).managerRole = 'nobody'; })));
  await page.getByText(/Line \d+:/).first().waitFor();
  expect(await page.getByRole('button', { name: 'Publish' }).isDisabled()).toBe(true);
  expect(await violations(page)).toEqual([]);
  await page.getByText(/Line \d+:/).first().click();
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Text of the template');
  await chooser.setInputFiles(file(smallVersion('1.1.0')));
  await page.getByText('Checked and proved').waitFor();
  await page.getByRole('button', { name: 'Publish' }).click();
  await page.waitForURL('**/templates/small/1.1.0');
  await page.getByRole('heading', { level: 1, name: 'small (en)' }).waitFor();
  expect((await site.product.call('olga', 'GET', '/templates')).body.items[0]).toMatchObject({ key: 'small', latest: '1.1.0' });
  expect(await violations(page)).toEqual([]);
});

test('others read a lifecycle in their language, on a phone, and are offered nothing that is not theirs', async () => {
  const page = await site.open('eva', '/templates/small/1.0.0', { language: 'fr', size: 'phone', dark: true });
  await page.getByText('Porte : design-gate (fr)').first().waitFor();
  expect(await page.getByRole('button', { name: 'Marquer comme obsolète' }).count()).toBe(0);
  expect(await violations(page)).toEqual([]);
  expect(await overflows(page)).toBe(false);
});
