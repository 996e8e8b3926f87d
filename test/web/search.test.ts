import { eventually } from '../support/engine';
import { overflows, startSite, violations, type Site } from './support/browser';

let site: Site;
let project: string;
beforeAll(async () => {
  site = await startSite();
  project = await site.product.startProject('Verhuizing <i>loonservers</i>');
  await eventually(async () => (await site.product.call('eva', 'POST', `/projects/${project}/phases/design/tasks/draw/comments`, { text: 'Les armoires <b>électriques</b> sont arrivées.' })).status === 200, 'the comment');
});
afterAll(() => site.close());

test('one field finds what people wrote, shows where, and opens it', async () => {
  const page = await site.open('eva', '/search', { language: 'fr', size: 'phone' });
  await page.getByRole('searchbox', { name: 'Quoi' }).fill('armoire');
  await page.getByText('armoires').first().waitFor();
  expect(await page.locator('mark').first().textContent()).toBe('armoires');
  await page.getByText('<b>électriques</b>').waitFor();
  expect(await violations(page)).toEqual([]);
  expect(await overflows(page)).toBe(false);
  await page.getByRole('radiogroup', { name: 'Genre' }).getByText('Tâches').click();
  await page.waitForURL('**/search?q=armoire&kind=task');
  await page.getByRole('link', { name: 'draw (fr)' }).click();
  await page.waitForURL(`**/projects/${project}/tasks/design/draw`);
});

test('a person is found by all who share a project, and opened by the office, whose pages these are', async () => {
  const office = await site.open('olga', '/search?q=sam&kind=person', { language: 'en' });
  await office.getByRole('link', { name: 'SAM' }).click();
  await office.waitForURL('**/people/sam');
  const eva = await site.open('eva', '/search?q=sam&kind=person', { language: 'en' });
  await eva.getByRole('main').getByText('SAM').waitFor();
  expect(await eva.getByRole('main').getByRole('link', { name: 'SAM' }).count()).toBe(0);
});

test('nobody finds what they may not see', async () => {
  const page = await site.open('leo', '/search?q=loonservers', { language: 'en' });
  await page.getByText('0 found').waitFor();
});

test('the command menu goes anywhere, by keyboard alone', async () => {
  const page = await site.open('olga', '/', { language: 'en' });
  await page.getByRole('heading', { level: 1, name: 'My work' }).waitFor();
  await page.keyboard.press('Control+k');
  await page.getByPlaceholder('Go to, find or do').waitFor();
  await page.keyboard.type('loonservers');
  await page.getByText('Verhuizing <i>loonservers</i>').first().waitFor();
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/projects/${project}`);
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keys' }).waitFor();
});

test('the mark of the command menu stands on the first hit, however late it comes, or where somebody moved it', async () => {
  const page = await site.open('olga', '/', { language: 'en' });
  await page.getByRole('heading', { level: 1, name: 'My work' }).waitFor();
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => { release = resolve; });
  await page.route('**/api/v1/search?*', async (route) => {
    await held;
    await route.continue();
  });
  const menu = page.getByRole('dialog');
  const marked = menu.locator('[data-selected]');
  await page.keyboard.press('Control+k');
  await page.getByPlaceholder('Go to, find or do').waitFor();
  await page.keyboard.type('loon');
  await menu.getByRole('button', { name: 'Search everywhere for “loon”' }).waitFor();
  await page.keyboard.type('servers');
  await marked.filter({ hasText: 'Search everywhere for “loonservers”' }).waitFor();
  release();
  await marked.filter({ hasText: 'Verhuizing' }).waitFor();
  await page.keyboard.press('ArrowUp');
  await marked.filter({ hasText: 'Search everywhere' }).waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL('**/search?q=loonservers');
  await page.context().close();
});

test('what is typed before the command menu is there stands in its field', async () => {
  const page = await site.open('olga', '/', { language: 'nl' });
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => { release = resolve; });
  await page.route(/assets\/menu-.*\.js/, async (route) => {
    await held;
    await route.continue();
  });
  await page.reload();
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('portfz');
  await page.keyboard.press('Backspace');
  release();
  const field = page.getByPlaceholder('Ga naar, zoek of doe');
  await field.waitFor();
  await page.keyboard.type('olio');
  // Beside the page of that name the search may have found something that is called so.
  await page.getByRole('dialog').getByRole('button', { name: 'Portfolio' }).first().waitFor();
  expect(await field.inputValue()).toBe('portfolio');
  // Called again while it stands open, it takes no key from its field.
  await page.keyboard.press('Control+k');
  await page.keyboard.type('x');
  expect(await field.inputValue()).toBe('portfoliox');
  await page.context().close();
});

test('the command menu changes colours and language, and signs out', async () => {
  const page = await site.open('olga', '/', { language: 'fr' });
  await page.getByRole('heading', { level: 1 }).waitFor();
  const choose = async (words: string): Promise<void> => {
    await page.keyboard.press('Control+k');
    await page.getByRole('option', { name: words }).or(page.getByRole('button', { name: words })).first().waitFor();
    await page.getByRole('textbox').last().fill(words);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
  };
  await choose('Couleurs · sombre');
  await page.locator('html[data-mantine-color-scheme="dark"]').waitFor();
  await choose('Langue · NL');
  await page.getByRole('heading', { level: 1, name: 'Mijn werk' }).waitFor();
  await choose('Afmelden');
  await page.waitForURL('**/sign-in');
});
