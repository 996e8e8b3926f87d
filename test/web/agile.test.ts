/** Backlog, board, review and figures in a browser, with the people of a team. */
import { eventually } from '../support/engine';
import { SMALL_ROLES, smallText, smallVersion } from '../support/template';
import { overflows, startSite, violations, type Site } from './support/browser';

let site: Site;
let project: string;
const entry = (key: string) => ({ key, name: smallText(key) });
const call = (person: string, method: string, path: string, body?: unknown) => site.product.call(person, method, `/projects/${project}/phases/control${path}`, body);
const address = (search = ''): string => `/projects/${project}/phases/control/agile${search}`;

beforeAll(async () => {
  site = await startSite();
  const version = smallVersion('3.0.0', ({ phases }) => {
    const control = phases.find(({ key }) => key === 'control');
    Object.assign(control as object, { kind: 'iterations', iterations: {
      productOwner: 'sponsor', columns: [entry('todo'), { ...entry('doing'), limit: 2 }, entry('ready')], done: [entry('tested')],
      teams: [{ ...entry('alpha'), roles: ['engineer'], sprintDays: 10, next: 'by-hand', leftovers: 'next' }],
    } });
  });
  expect((await site.product.call('olga', 'POST', '/templates', { text: version })).status).toBe(201);
  project = (await site.product.call('olga', 'POST', '/projects', { name: 'Portaal', template: 'small', version: '3.0.0', roles: SMALL_ROLES })).body.id;
  await eventually(async () => (await call('eva', 'GET', '/backlog')).status === 200, 'the backlog');
});
afterAll(() => site.close());

const order = async (): Promise<string[]> => (await call('eva', 'GET', '/backlog/items?status=open,planned&limit=1000')).body.items.map(({ item }: { item: string }) => item);

test('the Product Owner keeps the backlog, in Dutch: adds, orders by keys and by the menu, describes', async () => {
  const page = await site.open('sam', `/projects/${project}`, { language: 'nl' });
  await page.getByRole('link', { name: 'Backlog en bord: control (nl)' }).click();
  await page.getByText('De backlog is leeg').waitFor();
  for (const title of ['Aanmelden', 'Zoeken <b>vet</b>', 'Betalen']) {
    await page.getByRole('textbox', { name: 'Nieuw item' }).fill(title);
    await page.getByRole('textbox', { name: 'Punten' }).fill('3');
    await page.getByRole('button', { name: 'Toevoegen' }).click();
    await page.getByRole('region', { name: 'Backlog' }).getByText(title).waitFor();
  }
  expect(await order()).toEqual(['1', '2', '3']);
  expect(await violations(page)).toEqual([]);
  // By keys: picked up, up twice, put down.
  await page.getByRole('button', { name: '#3 verplaatsen' }).focus();
  await page.keyboard.press('Space');
  for (let times = 0; times < 2; times += 1) {
    await page.waitForTimeout(300);
    await page.keyboard.press('ArrowUp');
  }
  await page.waitForTimeout(300);
  await page.keyboard.press('Space');
  await eventually(async () => (await order()).join() === '3,1,2', 'the new order');
  await page.getByRole('button', { name: 'Wat te doen met #3' }).click();
  await page.getByRole('menuitem', { name: 'Helemaal onderaan' }).click();
  await eventually(async () => (await order()).join() === '1,2,3', 'the order by the menu');
  await page.getByRole('button', { name: 'Wat te doen met #1' }).click();
  await page.getByRole('menuitem', { name: 'Openen' }).click();
  await page.getByRole('textbox', { name: 'Wanneer het aanvaardbaar is' }).fill('Met eID');
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Bewaren' }).click();
  await eventually(async () => (await call('eva', 'GET', '/backlog/items/1')).body.criteria === 'Met eID', 'the criteria');
});

test('two who describe one item at once keep what the other changed', async () => {
  const open = async (person: string) => {
    const page = await site.open(person, address('?view=backlog'), { language: 'nl' });
    await page.getByRole('button', { name: 'Wat te doen met #3' }).click();
    await page.getByRole('menuitem', { name: 'Openen' }).click();
    await page.getByRole('textbox', { name: 'Wanneer het aanvaardbaar is' }).waitFor();
    return page.getByRole('dialog');
  };
  const [sam, again] = [await open('sam'), await open('sam')];
  await sam.getByRole('textbox', { name: 'Punten' }).fill('');
  await sam.getByRole('textbox', { name: 'Punten' }).pressSequentially('2,5');
  await sam.getByRole('button', { name: 'Bewaren' }).click();
  await sam.waitFor({ state: 'detached' });
  await again.getByRole('textbox', { name: 'Wanneer het aanvaardbaar is' }).fill('Met Bancontact');
  await again.getByRole('button', { name: 'Bewaren' }).click();
  await again.waitFor({ state: 'detached' });
  expect((await call('eva', 'GET', '/backlog/items/3')).body).toMatchObject({ estimate: 2.5, criteria: 'Met Bancontact' });
});

test('a team plans, works on its board on a phone, and two who move one card are told; the owner accepts', async () => {
  const eva = await site.open('eva', address('?view=board'), { language: 'en', size: 'phone' });
  await eva.getByRole('button', { name: 'Plan the next sprint' }).click();
  await eva.getByRole('checkbox', { name: /#1 Aanmelden/ }).check();
  await eva.getByRole('checkbox', { name: /#2 Zoeken/ }).check();
  await eva.getByRole('button', { name: 'Take 2 items into the sprint' }).click();
  await eva.getByRole('button', { name: 'Give back #1' }).waitFor();
  await eva.getByRole('textbox', { name: 'Sprint Goal' }).fill('People can log in');
  await eva.getByRole('button', { name: 'Keep the goal' }).click();
  expect(await violations(eva)).toEqual([]);
  expect(await overflows(eva)).toBe(false);
  await eva.getByRole('button', { name: 'Start the sprint' }).click();
  await eva.getByRole('group', { name: '#1 Aanmelden' }).waitFor();
  expect(await violations(eva)).toEqual([]);
  expect(await overflows(eva)).toBe(false);

  // Edo looks at the same board; Eva moves a card by its menu, and he sees it.
  const edo = await site.open('edo', address('?view=board'), { language: 'fr' });
  await edo.getByRole('region', { name: 'todo (fr)' }).getByRole('group', { name: '#1 Aanmelden' }).waitFor();
  await eva.getByRole('button', { name: 'What to do with #1' }).click();
  await eva.getByRole('menuitem', { name: 'doing (en)' }).click();
  await edo.getByRole('region', { name: 'doing (fr)' }).getByRole('group', { name: '#1 Aanmelden' }).waitFor();
  // By drag and drop with the keyboard: one column to the right.
  await edo.getByRole('group', { name: '#2 Zoeken' }).focus();
  await edo.keyboard.press('Space');
  await edo.waitForTimeout(300);
  await edo.keyboard.press('ArrowRight');
  await edo.waitForTimeout(300);
  await edo.keyboard.press('Space');
  await eventually(async () => (await call('eva', 'GET', '/sprints/alpha/1')).body.cards.find(({ item }: { item: string }) => item === '2').column === 'doing', 'the dragged card');
  // What is refused goes back to where it was, and says why.
  await edo.getByRole('button', { name: 'Que faire de #1' }).click();
  await edo.getByRole('menuitem', { name: 'ready (fr)' }).click();
  await edo.getByRole('alert').waitFor();
  await edo.getByRole('region', { name: 'doing (fr)' }).getByRole('group', { name: '#1 Aanmelden' }).waitFor();
  await edo.getByRole('group', { name: '#1 Aanmelden' }).getByRole('checkbox', { name: 'tested (fr)' }).click();
  await eventually(async () => (await call('eva', 'GET', '/sprints/alpha/1')).body.cards.find(({ item }: { item: string }) => item === '1').done[0].met === true, 'the tick');
  await edo.getByRole('button', { name: 'Que faire de #1' }).click();
  await edo.getByRole('menuitem', { name: 'ready (fr)' }).click();
  await edo.getByRole('region', { name: 'ready (fr)' }).getByRole('group', { name: '#1 Aanmelden' }).waitFor();
  await edo.getByRole('textbox', { name: 'Qu’est-ce qui bloque ?' }).fill('Pas de données de test');
  await edo.getByRole('button', { name: 'Signaler' }).click();
  await eva.getByText('Pas de données de test').waitFor();

  const sam = await site.open('sam', address('?view=review'), { language: 'en', dark: true });
  await sam.getByRole('button', { name: 'Accept #1' }).click();
  await sam.getByText('accepted', { exact: true }).first().waitFor();
  await sam.getByRole('textbox', { name: 'Note' }).fill('Good pace');
  await sam.getByRole('button', { name: 'Add', exact: true }).click();
  await sam.getByText('Good pace').waitFor();
  // An action is given to Edo: when the sprint is closed he finds it in his work, and says that it is done.
  await sam.getByRole('combobox', { name: 'What is it?' }).click();
  await sam.getByRole('option', { name: 'Action' }).click();
  await sam.getByRole('textbox', { name: 'Note' }).fill('Order test data');
  await sam.getByRole('button', { name: 'Add', exact: true }).click();
  await sam.getByRole('button', { name: 'Assign: Order test data' }).click();
  await sam.getByRole('combobox', { name: 'Who sees to it' }).click();
  await sam.getByRole('option', { name: 'EDO' }).click();
  await sam.getByRole('button', { name: 'Save', exact: true }).first().click();
  await sam.getByRole('listitem').filter({ hasText: 'Order test data' }).getByText('EDO', { exact: true }).waitFor();
  expect(await violations(sam)).toEqual([]);
  await sam.goto(address('?view=figures&team=alpha&number=1'));
  await sam.getByRole('img', { name: /^Left: from 6 to 3 points/ }).waitFor();
  expect(await violations(sam)).toEqual([]);
  await sam.goto(address('?view=forecast'));
  await sam.getByText('Too little history yet').waitFor();
  await sam.getByText(/^alpha \(en\): 0 of the \d+ finished sprints/).waitFor();
  expect(await violations(sam)).toEqual([]);
  expect((await call('sam', 'POST', '/sprints/alpha/1/cancel', { reason: 'Shown' })).status).toBe(200);
  expect((await call('eva', 'POST', '/sprints/alpha/1/close', {})).status).toBe(200);
  await edo.goto('/');
  await edo.getByRole('link', { name: /#\d+ Order test data/ }).waitFor();
  expect(await violations(edo)).toEqual([]);
  await edo.getByRole('button', { name: /^#\d+ est terminé$/ }).click();
  await edo.getByRole('link', { name: /Order test data/ }).waitFor({ state: 'detached' });
  for (const page of [eva, edo, sam]) await page.context().close();
});

test('a backlog of 2,000 items is there whole, and draws what is in sight', async () => {
  const csv = ['title,kind,estimate', ...Array.from({ length: 2_000 }, (_, index) => `Item ${index + 1},story,${index % 8}`)].join('\n');
  const page = await site.open('sam', address('?view=backlog'), { language: 'en' });
  await page.getByText('2 items', { exact: true }).waitFor();
  await page.locator('input[type=file]').setInputFiles({ name: 'backlog.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
  // All of them pass the workflow, on a machine that runs other tests as well.
  await page.getByText('2002 items').waitFor({ timeout: 90_000 });
  const region = page.getByRole('region', { name: 'Backlog' });
  expect(await region.getByText(/^Item \d+$/).count()).toBeLessThan(60);
  await region.evaluate((element) => { element.scrollTop = element.scrollHeight; });
  await region.getByText('Item 2000', { exact: true }).waitFor();
  await page.getByRole('textbox', { name: 'Find in the backlog' }).fill('item 1234');
  await page.getByText('1 item', { exact: true }).waitFor();
  expect(await violations(page)).toEqual([]);
});
