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

const DRAWN = { drawing: { name: 'Plan A' }, pages: 3, kind: 'final' };
const dayIn = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** A project whose first gate waits for a decision. */
async function toGate(name: string): Promise<string> {
  const project = await site.product.startProject(name);
  const path = `/projects/${project}/phases/design/tasks`;
  await eventually(async () => (await call('eva', 'POST', `${path}/draw/complete`, { evidence: DRAWN })).status === 200, 'the drawing');
  await eventually(async () => (await call('eva', 'POST', `${path}/check/complete`, { evidence: {} })).status === 200, 'the check');
  await eventually(async () => (await call('sol', 'GET', '/approvals?mine=true')).body.items.some((each: { project: string }) => each.project === project), 'the approval');
  return project;
}

test('who will be away says so on a phone, in French, and sees first what moves; the stand-in decides; it ends early', async () => {
  await toGate('Salle 3');
  const leo = await site.open('leo', '/', { language: 'en' });
  await leo.getByRole('heading', { name: 'No projects yet' }).waitFor();
  const page = await site.open('sol', '/', { language: 'fr', size: 'phone' });
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('button', { name: 'Connecté : SOL' }).click();
  await page.getByRole('menuitem', { name: 'Mon absence' }).click();
  await page.getByRole('heading', { level: 1, name: 'Mon absence' }).waitFor();
  await page.getByRole('link', { name: 'design-gate (fr)' }).first().waitFor();
  const send = page.getByRole('button', { name: 'Signaler l’absence' });
  expect(await send.isDisabled()).toBe(true);
  // A year of two digits is one of this century.
  const until = page.getByLabel('Jusqu’au (inclus)');
  await until.fill(`00${dayIn(3).slice(2)}`);
  await until.blur();
  expect(await until.inputValue()).toBe(dayIn(3));
  // People of one's projects: leo has a part in none, and so is not offered; sam decides there too, and so nothing moves to him.
  await page.getByRole('combobox', { name: 'Qui remplace' }).click();
  expect(await page.getByRole('option', { name: 'LEO' }).count()).toBe(0);
  await page.getByRole('option', { name: 'SAM' }).click();
  await page.getByText('reste', { exact: true }).first().waitFor();
  await page.getByRole('combobox', { name: 'Qui remplace' }).click();
  await page.getByRole('option', { name: 'EDO' }).click();
  await page.getByText('à EDO', { exact: true }).first().waitFor();
  expect(await violations(page)).toEqual([]);
  expect(await overflows(page)).toBe(false);
  const edo = await site.open('edo', '/', { language: 'en' });
  await send.click();
  await page.getByText('EDO décide').waitFor();
  await edo.getByText('on behalf of SOL').first().waitFor();
  expect(await violations(page)).toEqual([]);
  await edo.goto('/absence');
  await edo.getByText('In the name of SOL').waitFor();
  await page.getByRole('button', { name: 'Terminer maintenant : EDO' }).click();
  await page.getByText('Personne ne vous remplace').waitFor();
  await edo.getByText('Nobody stands in for you').waitFor();
  // Its state is that of the address, and follows it.
  await page.getByRole('checkbox', { name: 'Aussi ce qui est passé' }).click();
  await page.getByText('terminé plus tôt').waitFor();
});

test('a line manager says it for somebody who is ill, in one project alone; others are not offered it', async () => {
  await toGate('Zaal 4');
  await call('olga', 'PUT', '/people/sol/manager', { manager: 'mia' });
  await eventually(async () => (await call('mia', 'GET', '/me')).body.reports.length === 1, 'the line manager');
  const eva = await site.open('eva', '/absence?person=sol', { language: 'en' });
  await eva.getByRole('alert').waitFor();
  expect(await eva.getByRole('button', { name: 'Report absence' }).count()).toBe(0);
  const page = await site.open('mia', '/absence', { language: 'nl', dark: true });
  await page.getByRole('combobox', { name: 'Wiens afwezigheid' }).click();
  await page.getByRole('option', { name: 'SOL' }).click();
  await page.getByRole('heading', { level: 1, name: 'Afwezigheid van SOL' }).waitFor();
  await page.getByLabel('Tot en met').fill(dayIn(2));
  await page.getByRole('combobox', { name: 'Wie vervangt' }).click();
  await page.getByRole('option', { name: 'EDO' }).click();
  await page.getByText('Een project', { exact: true }).click();
  await page.getByRole('combobox', { name: 'Welk project' }).click();
  await page.getByRole('option', { name: 'Zaal 4' }).click();
  await page.getByText('naar EDO', { exact: true }).first().waitFor();
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Afwezigheid melden' }).click();
  await page.getByText('in Zaal 4 · ingesteld door MIA').waitFor();
  expect((await call('sol', 'GET', '/me/delegations')).body.items).toMatchObject([{ status: 'active', projectName: 'Zaal 4', delegate: { id: 'edo' }, by: { id: 'mia' } }]);
});

test('a project manager assigns one task in its page and several in the list; whoever may not is not offered it', async () => {
  const project = await site.product.startProject('Zaal 7');
  await eventually(async () => (await call('eva', 'GET', `/projects/${project}/tasks?status=ready`)).body.items.length >= 9, 'the tasks');
  const page = await site.open('mia', `/projects/${project}/tasks/design/draw`, { language: 'en' });
  await page.getByRole('button', { name: 'Assign', exact: true }).click();
  await page.getByRole('combobox', { name: 'To whom' }).click();
  // Only those who could take it.
  expect(await page.getByRole('option').allTextContents()).toEqual(['EVA', 'EDO']);
  await page.getByRole('option', { name: 'EDO' }).click();
  await page.getByRole('button', { name: 'Assign', exact: true }).click();
  await page.getByText('With EDO').waitFor();
  await page.getByRole('button', { name: 'Assign to another' }).waitFor();
  expect(await violations(page)).toEqual([]);
  // What is in another's hands, a holder of the role does not take out of them.
  const eva = await site.open('eva', `/projects/${project}/tasks/design/draw`, { language: 'en' });
  await eva.getByText('With EDO').waitFor();
  expect(await eva.getByRole('button', { name: /^Assign/ }).count()).toBe(0);
  await page.goto(`/projects/${project}?tab=tasks`);
  for (const log of [1, 2, 3]) await page.getByRole('checkbox', { name: `Choose “log-${log} (en)”` }).check();
  await page.getByRole('button', { name: 'Assign 3' }).click();
  await page.getByRole('combobox', { name: 'To whom' }).click();
  await page.getByRole('option', { name: 'EVA' }).click();
  await page.getByRole('button', { name: 'Assign 3' }).click();
  await page.getByText('3 tasks assigned to EVA').waitFor();
  expect(await violations(page)).toEqual([]);
  expect((await call('mia', 'GET', `/projects/${project}/tasks?phase=control`)).body.items.filter((each: { assignee: { id: string } | null }) => each.assignee?.id === 'eva')).toHaveLength(3);
  // In the list of one's own work, of a phone: one of hers goes to a colleague.
  const mine = await site.open('eva', `/?project=${project}`, { language: 'nl', size: 'phone' });
  await mine.getByRole('checkbox', { name: '“log-1 (nl)” kiezen' }).check();
  await mine.getByRole('button', { name: '1 toewijzen' }).click();
  await mine.getByRole('combobox', { name: 'Aan wie' }).click();
  await mine.getByRole('option', { name: 'EDO' }).click();
  await mine.getByRole('button', { name: '1 toewijzen' }).click();
  await mine.getByText('1 taak aan EDO toegewezen').waitFor();
  expect(await overflows(mine)).toBe(false);
});

test('the office makes a group and a program, puts a project into it, and sees it in the portfolio; a program manager sees, but does not edit', async () => {
  const project = await site.product.startProject('Verhuis Zaventem');
  const page = await site.open('olga', '/people', { language: 'en' });
  await page.getByRole('link', { name: 'SAM' }).waitFor();
  expect(await violations(page)).toEqual([]);
  await page.getByText('Groups', { exact: true }).first().click();
  await page.getByRole('button', { name: 'New group' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Change board Réseau');
  expect(await page.getByRole('textbox', { name: 'Key' }).inputValue()).toBe('change-board-reseau');
  await page.getByRole('combobox', { name: 'Members' }).click();
  await page.getByRole('option', { name: 'SAM' }).click();
  await page.getByRole('option', { name: 'SOL' }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Make', exact: true }).click();
  await page.getByText('SAM, SOL').waitFor();
  expect(await violations(page)).toEqual([]);
  await page.getByRole('link', { name: 'Programs' }).click();
  await page.getByRole('button', { name: 'New program' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Exit');
  await page.getByRole('combobox', { name: 'Who manages it' }).click();
  await page.getByRole('option', { name: 'PIA' }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Make', exact: true }).click();
  await page.getByText('Managed by PIA').waitFor();
  await page.getByRole('button', { name: 'Projects of Exit' }).click();
  await page.getByRole('combobox', { name: 'Add a project' }).click();
  await page.getByRole('option', { name: 'Verhuis Zaventem' }).click();
  await page.getByRole('link', { name: 'Verhuis Zaventem' }).waitFor();
  expect(await violations(page)).toEqual([]);
  expect((await call('olga', 'GET', `/projects/${project}`)).body.program).toEqual({ key: 'exit', name: 'Exit' });
  await page.getByRole('link', { name: 'Exit in the portfolio' }).click();
  await page.waitForURL('**/portfolio?program=exit');
  await page.getByText('1 on course').waitFor();
  const pia = await site.open('pia', '/programs', { language: 'fr', size: 'phone', dark: true });
  await pia.getByText('Géré par PIA').waitFor();
  expect(await pia.getByRole('button', { name: /Modifier|Nouveau/ }).count()).toBe(0);
  expect(await violations(pia)).toEqual([]);
  expect(await overflows(pia)).toBe(false);
  const eva = await site.open('eva', '/people', { language: 'en' });
  await eva.getByRole('alert').waitFor();
  expect(await eva.getByRole('navigation').getByRole('link', { name: 'People' }).count()).toBe(0);
});

test('a stand-in takes back what they delivered in the name of somebody absent, and does the rest in their own', async () => {
  const project = await site.product.startProject('Hall 5');
  const path = `/projects/${project}/phases/design/tasks/draw`;
  expect((await call('eva', 'POST', '/me/delegations', { to: 'leo', until: `${dayIn(2)}T12:00:00Z`, project })).status).toBe(200);
  await eventually(async () => (await call('leo', 'POST', `${path}/complete`, { evidence: DRAWN, onBehalfOf: 'eva' })).status === 200, 'the drawing');
  await eventually(async () => (await call('leo', 'GET', path)).body.doneThrough?.id === 'leo', 'the drawing on the page');
  const leo = await site.open('leo', `/projects/${project}/tasks/design/draw`, { language: 'en' });
  const back = leo.getByRole('button', { name: 'Take completion back' });
  await back.waitFor();
  expect(await leo.getByText('You do this on behalf of EVA').count()).toBe(0);
  await back.click();
  await leo.getByRole('button', { name: 'Complete' }).waitFor();
  await leo.getByText('You do this on behalf of EVA').waitFor();
  expect((await call('mia', 'GET', path)).body).toMatchObject({ status: 'claimed', assignee: { id: 'eva' }, doneBy: null });
});

test('the office replaces somebody who leaves everywhere, in Dutch: what would change is shown, it is confirmed by name, each project has its result', async () => {
  const project = await site.product.startProject('Zaal 9');
  await eventually(async () => (await call('mia', 'POST', `/projects/${project}/phases/design/tasks/draw/assign`, { person: 'edo' })).status === 200, 'the assignment');
  const page = await site.open('olga', '/people?q=ed', { language: 'nl' });
  await page.getByRole('link', { name: 'EDO' }).click();
  await page.getByRole('heading', { level: 1, name: 'EDO' }).waitFor();
  // The line manager first.
  await page.getByRole('combobox', { name: 'Leidinggevende' }).click();
  await page.getByRole('option', { name: 'MIA' }).click();
  await page.getByRole('button', { name: 'Bewaren' }).click();
  await eventually(async () => (await call('mia', 'GET', '/me')).body.reports.some(({ id }: { id: string }) => id === 'edo'), 'the line manager');
  await page.getByRole('cell', { name: 'Zaal 9' }).waitFor();
  expect(await violations(page)).toEqual([]);
  const replace = page.getByRole('button', { name: 'Overal vervangen…' });
  expect(await replace.isDisabled()).toBe(true);
  await page.getByRole('combobox', { name: 'Wie de plaats inneemt' }).click();
  await page.getByRole('option', { name: 'LEO' }).click();
  await replace.click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('EDO vertrekt, LEO neemt de plaats in').waitFor();
  expect(await violations(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'EDO vervangen' }).click();
  await page.getByText('LEO neemt de plaats in van EDO').waitFor();
  await page.getByText('Alle projecten hebben het verwerkt.').waitFor();
  await page.getByRole('row', { name: /Zaal 9/ }).getByText('Vervangen').waitFor();
  await eventually(async () => (await call('olga', 'GET', `/projects/${project}/phases/design/tasks/draw`)).body.assignee?.id === 'leo', 'the task');
  await page.goto('/people?left=true');
  await page.getByText(/^Vertrokken op .*; LEO nam de plaats in$/).waitFor();
});
