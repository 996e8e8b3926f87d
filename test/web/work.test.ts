import { deflateSync } from 'node:zlib';
import { eventually } from '../support/engine';
import { DRAWN, SMALL_ROLES, smallVersion } from '../support/template';
import { overflows, startSite, violations, type Site } from './support/browser';

let site: Site;
beforeAll(async () => { site = await startSite(); });
afterAll(() => site.close());

const taskOf = async (project: string, phase: string, task: string) => (await site.product.call('olga', 'GET', `/projects/${project}/phases/${phase}/tasks/${task}`)).body;
const ready = (project: string) => eventually(async () => (await site.product.call('eva', 'GET', '/tasks?mine=true&limit=200')).body.items.some((each: { project: string; task: string }) => each.project === project && each.task === 'draw'), 'the task');

/** A picture of one grey pixel. */
function png(): Buffer {
  const table = Array.from({ length: 256 }, (_, n) => Array.from({ length: 8 }).reduce<number>((c) => (c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1), n));
  const crc = (data: Buffer): number => (data.reduce((c, byte) => (table[(c ^ byte) & 0xff] as number) ^ (c >>> 8), 0xffffffff) ^ 0xffffffff) >>> 0;
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const [head, tail] = [Buffer.alloc(4), Buffer.alloc(4)];
    head.writeUInt32BE(data.length);
    tail.writeUInt32BE(crc(body));
    return Buffer.concat([head, body, tail]);
  };
  const header = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
  return Buffer.concat([Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]), chunk('IHDR', header), chunk('IDAT', deflateSync(Buffer.from([0, 128]))), chunk('IEND', Buffer.alloc(0))]);
}

test('a team member completes a task on a phone, in Dutch, with a picture as evidence', async () => {
  const project = await site.product.startProject('Rack 12');
  await ready(project);
  const page = await site.open('eva', '/', { language: 'nl', size: 'phone' });
  await page.getByRole('button', { name: /draw \(nl\)/ }).click();
  const panel = page.locator('form').first();
  // What is missing is said at its field before anything is sent.
  await panel.getByRole('button', { name: 'Voltooien' }).click();
  await panel.getByText('Dit is nodig.').first().waitFor();
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('drawing (nl): Bestand kiezen');
  expect(await violations(page)).toEqual([]);
  // What a file may not be called is said where it was chosen.
  await panel.locator('input[type=file]').first().setInputFiles({ name: 'rack\u202egnp.png', mimeType: 'image/png', buffer: png() });
  await panel.getByRole('alert').filter({ hasText: 'geen tekens die letters in een andere volgorde tonen' }).waitFor();
  await panel.locator('input[type=file]').first().setInputFiles({ name: 'rack.png', mimeType: 'image/png', buffer: png() });
  await panel.getByText('rack.png').waitFor();
  await panel.getByRole('textbox', { name: 'pages (nl)' }).fill('3');
  await panel.getByRole('combobox', { name: 'kind (nl)' }).click();
  await page.getByRole('option', { name: 'final (nl)' }).click();
  expect(await overflows(page)).toBe(false);
  // What was filled in outlives a reload.
  await page.reload();
  await page.getByText('rack.png').waitFor();
  await page.getByRole('button', { name: 'Voltooien' }).click();
  await page.getByText('“draw (nl)” is voltooid.').waitFor();
  // The next one has the focus.
  await page.waitForFunction(() => document.activeElement?.matches('[data-row], h1'));
  const task = await taskOf(project, 'design', 'draw');
  expect(task).toMatchObject({ status: 'done', doneBy: { id: 'eva' }, evidence: { drawing: { name: 'rack.png', file: { type: 'image/png' } }, pages: 3, kind: 'final' } });
});

test('what is typed while a comment is on its way stays', async () => {
  const project = await site.product.startProject('Rack 14');
  await ready(project);
  const page = await site.open('eva', `/projects/${project}/tasks/design/draw`, { language: 'nl' });
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => { release = resolve; });
  await page.route('**/comments', async (route) => {
    if (route.request().method() === 'POST') await held;
    await route.continue();
  });
  const box = page.getByRole('textbox', { name: 'Gesprek' });
  await box.pressSequentially('De deur is te smal');
  await page.getByRole('button', { name: 'Versturen' }).click();
  await box.fill('De lift ook');
  release();
  await page.getByText('De deur is te smal').waitFor();
  await page.locator('button[data-loading]').waitFor({ state: 'detached' });
  expect(await box.inputValue()).toBe('De lift ook');
  await page.context().close();
});

test('what the API finds wrong stands at its field; a blocked task says by whom; what is not mine is not offered', async () => {
  const project = await site.product.startProject('Rack 13');
  await ready(project);
  const page = await site.open('eva', `/projects/${project}/tasks/design/draw`, { language: 'fr' });
  await page.getByRole('main').getByRole('link', { name: 'Rack 13' }).waitFor();
  await page.getByRole('textbox', { name: 'drawing (fr) : Nom du document' }).fill('Plan');
  const pages = page.getByRole('textbox', { name: 'pages (fr)' });
  // Key by key, as it is typed: with the decimal sign of the language or that of a keypad, with thousands, and what is no number.
  for (const [typed, left] of [['4,5', '4,5'], ['2.50', '2,5'], ['1.250,50', '1250,5'], ['1,05', '1,05'], ['12 pages', '12 pages']] as const) {
    await pages.fill('');
    await pages.pressSequentially(typed);
    await pages.press('Tab');
    expect(await pages.inputValue()).toBe(left);
  }
  await page.getByText('Ce n’est pas un nombre.').waitFor();
  await pages.fill('5000');
  await page.getByRole('combobox', { name: 'kind (fr)' }).click();
  await page.getByRole('option', { name: 'sketch (fr)' }).click();
  await page.getByRole('button', { name: 'Terminer' }).click();
  await page.locator('p[id$=-error]').first().waitFor();
  await page.getByRole('button', { name: 'Signaler un blocage' }).click();
  await page.getByRole('textbox', { name: 'Raison' }).fill('<b>pas de plan</b>');
  await page.getByRole('button', { name: 'Signaler un blocage' }).click();
  await page.getByText('Bloqué par EVA').waitFor();
  await page.getByText('<b>pas de plan</b>').waitFor();
  expect(await violations(page)).toEqual([]);
  const other = await site.open('sam', `/projects/${project}/tasks/design/draw`, { language: 'en' });
  await other.getByText('Blocked by EVA').waitFor();
  for (const name of ['Complete', 'Can go on']) expect(await other.getByRole('button', { name }).count()).toBe(0);
  await other.context().close();
  // Who answers for it can say so, too.
  const mia = await site.open('mia', `/projects/${project}/tasks/design/draw`, { language: 'en' });
  await mia.getByRole('button', { name: 'Can go on' }).click();
  await mia.getByRole('button', { name: 'Report as blocked' }).waitFor();
  await mia.context().close();
});

test('thirty tasks are completed at once with the keyboard, and what asks for evidence is named', async () => {
  const projects = await Promise.all(Array.from({ length: 4 }, (_, index) => site.product.startProject(`Bulk ${index}`)));
  for (const each of projects) await ready(each);
  const page = await site.open('edo', '/', { language: 'en' });
  await page.getByRole('heading', { level: 1, name: 'My work' }).waitFor();
  const mine = (await site.product.call('edo', 'GET', '/tasks?mine=true&limit=200')).body.items;
  const holds = mine.length > 0 ? 'edo' : 'eva';
  const work = holds === 'edo' ? page : await site.open('eva', '/', { language: 'en' });
  const boxes = work.getByRole('checkbox', { name: /Choose “log-/ });
  await boxes.nth(31).waitFor();
  for (let place = 0; place < 30; place += 1) await boxes.nth(place).focus().then(() => work.keyboard.press('Space'));
  // The keys of lists: down to a task that asks for evidence, and choose it.
  await work.getByRole('button', { name: /draw \(en\)/ }).first().focus();
  await work.keyboard.press('x');
  await work.getByText('1 asks for evidence').waitFor();
  await work.getByRole('button', { name: 'Complete 30' }).click();
  await work.getByText('30 tasks done').waitFor();
  const all: { id: string }[] = (await site.product.call('olga', 'GET', '/projects?limit=200')).body.items;
  const done = await Promise.all(all.map(async ({ id: project }) => (await site.product.call('olga', 'GET', `/projects/${project}/tasks?phase=control&status=done`)).body.items.length));
  expect(done.reduce((sum, each) => sum + each, 0)).toBe(30);
});

test('people talk at a task, and tick its list', async () => {
  const project = await site.product.startProject('Rack 14');
  await ready(project);
  const page = await site.open('eva', `/projects/${project}/tasks/design/draw`, { language: 'en' });
  await page.getByRole('textbox', { name: 'Conversation' }).fill('Is @mia there? مرحبا');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByText('Is @mia there? مرحبا').waitFor();
  await page.getByRole('textbox', { name: 'Add an item' }).fill('Measure the door');
  await page.getByRole('button', { name: 'Add an item' }).click();
  await page.getByRole('checkbox', { name: 'Measure the door' }).click();
  await eventually(async () => (await taskOf(project, 'design', 'draw')).checklist.some(({ tickedBy }: { tickedBy: { id: string } | null }) => tickedBy?.id === 'eva'), 'the tick');
});

test('four eyes: who checks sends it back with a reason, then confirms; who delivered cannot', async () => {
  const text = smallVersion('1.0.1', (template) => { Object.assign(template.phases[0]?.tasks[0] as object, { fourEyes: true }); });
  expect((await site.product.call('olga', 'POST', '/templates', { text })).status).toBe(201);
  const started = await site.product.call('olga', 'POST', '/projects', { name: 'Rack 15', template: 'small', version: '1.0.1', roles: SMALL_ROLES });
  expect(started.status).toBe(201);
  const project = started.body.id as string;
  await ready(project);
  const deliver = (evidence: object) => eventually(async () => (await site.product.call('eva', 'POST', `/projects/${project}/phases/design/tasks/draw/complete`, { evidence })).status === 200, 'the drawing');
  await deliver(DRAWN);
  const address = `/projects/${project}/tasks/design/draw`;
  const eva = await site.open('eva', address, { language: 'fr', size: 'phone' });
  await eva.getByText('EVA a livré ceci').waitFor();
  expect(await eva.getByRole('button', { name: 'Confirmer', exact: true }).count()).toBe(0);
  // Neither does it nor answers for it.
  const sam = await site.open('sam', address, { language: 'en' });
  await sam.getByText('EVA delivered this').waitFor();
  expect(await sam.getByRole('button', { name: 'Send back', exact: true }).count()).toBe(0);
  await sam.context().close();
  const edo = await site.open('edo', address, { language: 'en', size: 'phone', dark: true });
  await edo.getByRole('button', { name: 'Send back', exact: true }).click();
  await edo.getByRole('textbox', { name: 'Reason' }).fill('Page 3 is missing');
  expect(await violations(edo)).toEqual([]);
  await edo.getByRole('button', { name: 'Send back', exact: true }).click();
  // Eva sees it without reloading, and delivers again.
  await eva.getByRole('button', { name: 'Terminer' }).waitFor();
  await eva.getByText('À refaire, selon EDO').waitFor();
  await eva.getByText('Page 3 is missing').waitFor();
  expect(await eva.getByRole('textbox', { name: 'pages (fr)' }).inputValue()).toBe('3');
  expect(await violations(eva)).toEqual([]);
  await deliver({ ...DRAWN, pages: 4 });
  await edo.getByText('Done again, as EDO had asked').waitFor();
  await edo.getByRole('button', { name: 'Confirm', exact: true }).click();
  await edo.getByText('checked by EDO').waitFor();
  expect(await taskOf(project, 'design', 'draw')).toMatchObject({ status: 'done', doneBy: { id: 'eva' }, checkedBy: { id: 'edo' } });
  // What another confirmed can only be reopened: who does the task can do that.
  await eva.getByRole('button', { name: 'Rouvrir' }).waitFor();
  expect(await eva.getByRole('button', { name: 'Retirer l’achèvement' }).count()).toBe(0);
  expect(await eva.getByText('à refaire').count()).toBe(0);
  await eva.context().close();
  await edo.context().close();
});

test('who stands in for somebody finds their tasks, is told in whose name, and claims one in that name', async () => {
  const { call } = site.product;
  const project = await site.product.startProject('Rack 14');
  await ready(project);
  await call('eva', 'POST', '/me/delegations', { to: 'leo', until: new Date(Date.now() + 86_400_000).toISOString(), project });
  await eventually(async () => (await call('leo', 'GET', '/tasks')).body.items.some((each: { task: string }) => each.task === 'draw'), 'the tasks of Eva');
  const page = await site.open('leo', '/', { language: 'en', size: 'phone' });
  await page.getByText('on behalf of EVA').first().waitFor();
  expect(await violations(page)).toEqual([]);
  await page.goto(`/projects/${project}/tasks/design/draw`);
  await page.getByText('You do this on behalf of EVA, who is absent.').waitFor();
  await page.getByRole('button', { name: 'I take this task' }).click();
  await page.getByRole('button', { name: 'Give back' }).waitFor();
  expect(await taskOf(project, 'design', 'draw')).toMatchObject({ status: 'claimed', assignee: { id: 'eva' } });
  expect([await violations(page), await overflows(page)]).toEqual([[], false]);
});

test('an empty cell of a table is named, and has the focus', async () => {
  const text = smallVersion('1.0.2', (template) => {
    const name = { nl: 'lijst', fr: 'liste', en: 'list' };
    Object.assign(template.phases[3]?.tasks[0] as object, { evidence: [{ key: 'list', name, type: 'table', minRows: 1, columns: [{ key: 'what', name: { nl: 'wat', fr: 'quoi', en: 'what' }, type: 'text' }, { key: 'how', name: { nl: 'hoe', fr: 'comment', en: 'how' }, type: 'text' }] }] });
  });
  expect(await site.product.call('olga', 'POST', '/templates', { text })).toMatchObject({ status: 201 });
  const started = await site.product.call('olga', 'POST', '/projects', { name: 'Rack 17', template: 'small', version: '1.0.2', roles: SMALL_ROLES });
  await ready(started.body.id);
  const page = await site.open('eva', `/projects/${started.body.id}/tasks/control/log-1`, { language: 'fr' });
  await page.getByRole('button', { name: 'Ajouter une ligne' }).click();
  await page.getByRole('textbox', { name: 'quoi, ligne 1' }).fill('La porte');
  await page.getByRole('button', { name: 'Terminer' }).click();
  await page.getByText('À corriger : comment, ligne 1').waitFor();
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('comment, ligne 1');
  await page.getByRole('textbox', { name: 'comment, ligne 1' }).fill('À élargir');
  await page.getByRole('button', { name: 'Terminer' }).click();
  // The form is gone: what became of the task has the focus.
  await page.waitForFunction(() => document.activeElement?.textContent?.includes('terminée'));
  await page.context().close();
});
