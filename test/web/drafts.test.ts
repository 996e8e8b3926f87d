import type { Page } from 'playwright-core';
import { eventually } from '../support/engine';
import { startProxy } from '../support/proxy';
import { DRAWN } from '../support/template';
import { sessionOf, startSite, violations, type Site } from './support/browser';

let site: Site;
beforeAll(async () => { site = await startSite({ feed: { pollMs: 50, heartbeatMs: 400 } }); });
afterAll(() => site.close());

const call = (person: string, method: string, path: string, body?: unknown) => site.product.call(person, method, path, body);
const taskPath = (project: string): string => `/projects/${project}/phases/design/tasks/draw`;
const comments = async (project: string): Promise<string[]> => (await call('eva', 'GET', `${taskPath(project)}/comments`)).body.items.map(({ text }: { text: string }) => text);

async function startDrawing(name: string): Promise<string> {
  const project = await site.product.startProject(name);
  await eventually(async () => (await call('eva', 'GET', taskPath(project))).body.status === 'ready', 'the task');
  return project;
}

const keptIn = (page: Page): Promise<string> => page.evaluate(() => JSON.stringify(sessionStorage));

test('a comment and a reason that are half written outlive a reload and a way back; sent or dropped, they are gone', async () => {
  const project = await startDrawing('Rack 20');
  const page = await site.open('eva', `/projects/${project}/tasks/design/draw`, { language: 'nl' });
  await page.getByRole('textbox', { name: 'Gesprek' }).pressSequentially('De deur is te smal, en');
  await page.getByRole('button', { name: 'Geblokkeerd melden' }).click();
  await page.getByRole('textbox', { name: 'Reden' }).pressSequentially('Wacht op de sleutel');
  await page.reload();
  expect(await page.getByRole('textbox', { name: 'Reden' }).inputValue()).toBe('Wacht op de sleutel');
  expect(await page.getByRole('textbox', { name: 'Gesprek' }).inputValue()).toBe('De deur is te smal, en');
  expect(await page.getByText('Wat u hier eerder schreef, is nog niet verstuurd.').count()).toBe(2);
  expect(await violations(page)).toEqual([]);
  await page.getByRole('link', { name: 'Portfolio' }).first().click();
  await page.getByRole('heading', { level: 1, name: 'Portfolio' }).waitFor();
  await page.goBack();
  await page.getByRole('textbox', { name: 'Gesprek' }).press('End');
  await page.getByRole('textbox', { name: 'Gesprek' }).pressSequentially(' de lift ook');
  await page.getByRole('button', { name: 'Versturen' }).click();
  await page.getByRole('listitem').filter({ hasText: 'De deur is te smal, en de lift ook' }).waitFor();
  expect(await page.getByRole('textbox', { name: 'Gesprek' }).inputValue()).toBe('');
  await page.getByRole('button', { name: 'Niet doen' }).click();
  await page.reload();
  await page.getByRole('button', { name: 'Geblokkeerd melden' }).waitFor();
  expect([await page.getByRole('textbox', { name: 'Reden' }).count(), await page.getByText('nog niet verstuurd').count(), await page.getByRole('textbox', { name: 'Gesprek' }).inputValue()]).toEqual([0, 0, '']);
  expect(await keptIn(page)).not.toContain('smal');
  await page.context().close();
});

test('a decision that is half made outlives a reload, in French; nobody else sees it, and signing out removes it', async () => {
  const project = await startDrawing('Salle 21');
  await call('eva', 'POST', `${taskPath(project)}/complete`, { evidence: DRAWN });
  await eventually(async () => (await call('eva', 'POST', `/projects/${project}/phases/design/tasks/check/complete`, { evidence: {} })).status === 200, 'the check');
  const approval = await eventually(async () => (await call('sam', 'GET', '/approvals?mine=true')).body.items.find((each: { project: string }) => each.project === project)?.id as string | undefined, 'the approval');
  const page = await site.open('sam', `/approvals/${approval}`, { language: 'fr' });
  await page.getByRole('radio', { name: 'Approuver sous conditions' }).check();
  await page.getByRole('textbox', { name: 'Ce qui manque' }).pressSequentially('Le plan n’est pas signé');
  await page.getByRole('textbox', { name: 'Raison' }).pressSequentially('Presque');
  await page.reload();
  expect(await page.getByRole('textbox', { name: 'Ce qui manque' }).inputValue()).toBe('Le plan n’est pas signé');
  expect(await page.getByRole('textbox', { name: 'Raison' }).inputValue()).toBe('Presque');
  expect(await page.getByRole('radio', { name: 'Approuver sous conditions' }).isChecked()).toBe(true);
  await page.getByText('Ce que vous avez écrit ici n’est pas encore envoyé.').waitFor();
  // Somebody else in the same tab: nothing of it.
  await page.context().addCookies([sessionOf(site.product, 'olga')]);
  await page.goto(`/projects/${project}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  expect(await page.locator('body').textContent()).not.toContain('signé');
  await page.context().addCookies([sessionOf(site.product, 'sam')]);
  await page.goto(`/approvals/${approval}`);
  await page.getByRole('textbox', { name: 'Raison' }).waitFor();
  await page.getByRole('button', { name: /SAM/ }).click();
  await page.getByRole('menuitem', { name: 'Se déconnecter' }).click();
  await page.getByRole('heading', { name: 'Se connecter avec un jeton' }).waitFor();
  expect(await keptIn(page)).not.toContain('signé');
  await page.context().close();
});

test('a session that ends under a comment: the page stays and says so; signed in again, one is where one was, with the text', async () => {
  const project = await startDrawing('Zaal 22');
  const page = await site.open('eva', `/projects/${project}/tasks/design/draw`, { language: 'nl' });
  await page.getByRole('textbox', { name: 'Gesprek' }).pressSequentially('Het rek staat scheef');
  await page.context().clearCookies();
  await page.getByRole('button', { name: 'Versturen' }).click();
  await page.getByText('Uw sessie is voorbij').first().waitFor();
  expect(await page.getByRole('textbox', { name: 'Gesprek' }).inputValue()).toBe('Het rek staat scheef');
  expect(await violations(page)).toEqual([]);
  await page.getByRole('link', { name: 'Aanmelden' }).first().click();
  await page.getByRole('textbox', { name: 'Token' }).fill(site.product.tokens.get('eva') ?? '');
  await page.getByRole('button', { name: 'Aanmelden' }).click();
  await page.getByRole('button', { name: 'Versturen' }).click();
  await page.getByRole('listitem').filter({ hasText: 'Het rek staat scheef' }).waitFor();
  expect(new URL(page.url()).pathname).toBe(`/projects/${project}/tasks/design/draw`);
  expect(await comments(project)).toEqual(['Het rek staat scheef']);
  await page.context().close();
});

test('signed out in another tab, a page says so; when somebody else signs in there, nothing is done in a wrong name', async () => {
  const project = await startDrawing('Zaal 23');
  const page = await site.open('eva', `/projects/${project}/tasks/design/draw`, { language: 'nl' });
  await page.getByRole('textbox', { name: 'Gesprek' }).pressSequentially('Van Eva');
  const other = await page.context().newPage();
  await other.goto('/');
  await other.getByRole('button', { name: /EVA/ }).click();
  await other.getByRole('menuitem', { name: 'Afmelden' }).click();
  await page.getByText('Uw sessie is voorbij').first().waitFor();
  await other.getByRole('textbox', { name: 'Token' }).fill(site.product.tokens.get('olga') ?? '');
  await other.getByRole('button', { name: 'Aanmelden' }).click();
  await page.getByRole('button', { name: /OLGA/ }).waitFor();
  await page.getByRole('textbox', { name: 'Gesprek' }).waitFor();
  expect(await page.getByRole('textbox', { name: 'Gesprek' }).inputValue()).toBe('');
  await page.context().close();
});

test('without a connection a comment waits and is sent once; a reload in between sends the same one', async () => {
  const project = await startDrawing('Zaal 24');
  const page = await site.open('eva', `/projects/${project}/tasks/design/draw`, { language: 'nl' });
  const box = page.getByRole('textbox', { name: 'Gesprek' });
  await box.waitFor();
  const top = (): Promise<number | undefined> => page.getByRole('heading', { level: 1 }).boundingBox().then((place) => place?.y);
  const before = await top();
  await page.context().setOffline(true);
  const bar = page.getByRole('status').filter({ hasText: 'Geen verbinding sinds' });
  await bar.waitFor();
  // It moves nothing, and stays in sight.
  expect(await top()).toBe(before);
  await box.pressSequentially('In de kelder');
  await page.getByRole('button', { name: 'Versturen' }).click();
  await bar.getByText('wacht op de verbinding').waitFor();
  expect(await bar.evaluate((each) => { const { top: from, bottom } = each.getBoundingClientRect(); return from >= 0 && bottom <= window.innerHeight; })).toBe(true);
  await page.context().setOffline(false);
  await page.getByRole('listitem').filter({ hasText: 'In de kelder' }).waitFor();
  await page.getByText('Geen verbinding sinds').waitFor({ state: 'detached' });
  expect(await box.inputValue()).toBe('');
  // It arrives, but its answer does not; whoever sends it again after a reload says it once.
  await page.route('**/comments', async (route) => {
    if (route.request().method() !== 'POST') { await route.continue(); return; }
    await route.fetch();
    // Gone with the page that is loaded anew.
    await route.abort().catch(() => undefined);
  });
  await box.pressSequentially('In de lift');
  await page.getByRole('button', { name: 'Versturen' }).click();
  await eventually(async () => (await comments(project)).length === 2, 'the second comment');
  // The page sends it again by itself: until it is loaded anew, no answer arrives.
  await page.reload();
  await page.unroute('**/comments');
  expect(await box.inputValue()).toBe('In de lift');
  await page.getByRole('button', { name: 'Versturen' }).click();
  await page.getByText('nog niet verstuurd').waitFor({ state: 'detached' });
  expect((await comments(project)).toSorted()).toEqual(['In de kelder', 'In de lift']);
  await page.context().close();
});

test('without a connection a task that is opened says so in its place: the list stays, and it comes by itself afterwards; so does a room', async () => {
  await startDrawing('Zaal 26');
  const page = await site.open('eva', '/', { language: 'nl' });
  const entry = page.getByRole('button', { name: /draw \(nl\)/ }).first();
  await entry.waitFor();
  await page.context().setOffline(true);
  await page.getByText('Geen verbinding sinds').waitFor();
  await entry.click();
  await page.getByRole('alert').filter({ hasText: 'Sluis antwoordt niet' }).waitFor();
  expect([await page.getByRole('heading', { level: 1, name: 'Mijn werk' }).count(), await entry.isVisible()]).toEqual([1, true]);
  await page.context().setOffline(false);
  await page.getByRole('button', { name: 'Voltooien' }).waitFor();
  await page.context().setOffline(true);
  await page.getByText('Geen verbinding sinds').waitFor();
  await page.getByRole('navigation').getByRole('link', { name: 'Portfolio' }).click();
  await page.getByRole('alert').filter({ hasText: 'Sluis antwoordt niet' }).waitFor();
  await page.context().setOffline(false);
  await page.getByRole('heading', { level: 1, name: 'Portfolio' }).waitFor();
  await page.context().close();
});

test('a stream that dies in silence is left for a new one', async () => {
  const project = await startDrawing('Zaal 25');
  const proxy = await startProxy(site.product.url);
  try {
    const page = await site.open('eva', `/projects/${project}/tasks/design/draw`, { language: 'nl' });
    await page.goto(`${proxy.url}projects/${project}/tasks/design/draw`);
    await page.getByRole('textbox', { name: 'Gesprek' }).waitFor();
    await eventually(async () => proxy.stall('/api/v1/feed') === 1, 'the stream');
    await call('mia', 'POST', `${taskPath(project)}/comments`, { text: 'Hoort u dit?' });
    await page.getByText('Hoort u dit?').waitFor();
    await page.context().close();
  } finally {
    await proxy.close();
  }
});
