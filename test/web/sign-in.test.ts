import { overflows, startSite, violations, type Site } from './support/browser';

let site: Site;
beforeAll(async () => { site = await startSite(); });
afterAll(() => site.close());

test('who is not signed in is asked who they are, and comes where they wanted to go', async () => {
  const page = await site.open(null, '/?from=mail');
  await page.waitForURL('**/sign-in?*');
  await page.getByRole('textbox', { name: 'Token' }).fill(site.product.tokens.get('mia') ?? '');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'My work' }).waitFor();
  expect(new URL(page.url()).search).toBe('?from=mail');
  const cookies = await page.context().cookies();
  expect(cookies).toMatchObject([{ name: 'sluis-session', httpOnly: true, sameSite: 'Strict', path: '/api' }]);
});

test('a wrong token is said to be wrong', async () => {
  const page = await site.open(null, '/sign-in');
  await page.getByRole('textbox', { name: 'Token' }).fill('sluis_0123456789');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByText('This token is not known').waitFor();
});

test('an address that leads elsewhere after signing in is not followed', async () => {
  const page = await site.open(null, '/sign-in?to=//evil.example/');
  await page.getByRole('textbox', { name: 'Token' }).fill(site.product.tokens.get('mia') ?? '');
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.pathname !== '/sign-in');
  expect(new URL(page.url()).origin).toBe(site.product.url);
});

test.each(['nl', 'fr', 'en'] as const)('the pages speak %s, and are accessible, wide and on a phone, light and dark', async (language) => {
  await site.product.startProject('<img src=x onerror=alert(1)> مرحبا');
  for (const size of ['wide', 'phone'] as const) {
    for (const dark of [false, true]) {
      const page = await site.open('eva', '/', { language, size, dark });
      await page.getByText('<img src=x').first().waitFor();
      expect(await page.evaluate(() => document.documentElement.lang)).toBe(language);
      expect(await violations(page)).toEqual([]);
      expect(await overflows(page)).toBe(false);
      await page.goto('/sign-in');
      await page.getByRole('heading', { level: 2 }).first().waitFor();
      expect(await violations(page)).toEqual([]);
      await page.context().close();
    }
  }
});

test('another language is chosen by a click, without loading the page anew', async () => {
  await site.product.startProject();
  const page = await site.open('mia', '/', { language: 'en' });
  await page.getByRole('heading', { level: 1, name: 'My work' }).waitFor();
  await page.evaluate(() => { (window as unknown as { same: boolean }).same = true; });
  await page.getByRole('navigation').getByText('NL').click();
  await page.getByRole('heading', { level: 1, name: 'Mijn werk' }).waitFor();
  expect(await page.evaluate(() => (window as unknown as { same?: boolean }).same)).toBe(true);
});

test('signing out ends the session', async () => {
  const page = await site.open(null, '/sign-in');
  await page.getByRole('textbox', { name: 'Token' }).fill(site.product.tokens.get('mia') ?? '');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Signed in as MIA' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.waitForURL('**/sign-in');
  expect(await page.context().cookies()).toEqual([]);
});
