/** The page of a project, the list of projects, and how one starts, in a browser before the real product. */
import type { Page } from 'playwright-core';
import { eventually } from '../support/engine';
import { DRAWN, SMALL_ROLES, smallText, smallVersion } from '../support/template';
import { overflows, startSite, violations, type Site } from './support/browser';

const HOSTILE = '<img src=x onerror=alert(1)> مرحبا';
let site: Site;
let project: string;

const step = { key: 'sponsor', name: smallText('sponsor'), roles: ['sponsor'], quorum: 'any' };
const control = { tolerance: { days: 30, cost: 1000, tasks: 3 }, exceptionsTo: 'sponsor', levels: [{ key: 'minor', name: smallText('minor'), approval: { steps: [step], reasonRequired: [] } }] };

beforeAll(async () => {
  site = await startSite();
  const text = smallVersion('1.1.0', (template) => {
    Object.assign(template, {
      changeControl: control, parameters: [{ key: 'racks', type: 'number', name: smallText('racks'), min: 1, max: 50 }],
      inventory: [{ kind: 'server', name: smallText('server'), attributes: [{ key: 'rack', name: smallText('rack'), type: 'number' }] }],
    });
  });
  const { call } = site.product;
  expect((await call('olga', 'POST', '/templates', { text })).status).toBe(201);
  project = (await call('olga', 'POST', '/projects', { name: HOSTILE, template: 'small', version: '1.1.0', parameters: { racks: 2 }, roles: SMALL_ROLES })).body.id;
  await eventually(async () => (await call('mia', 'GET', `/projects/${project}`)).body.phases?.[0]?.status === 'open', 'the first phase');
});
afterAll(() => site.close());

const small = async (name: string): Promise<string> => (await site.product.call('olga', 'POST', '/projects', { name, template: 'small', version: '1.0.0', roles: SMALL_ROLES })).body.id;
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { name }).first().waitFor();

test.each([['nl', 'Wat de poort “design-gate (nl)” dicht houdt'], ['fr', 'Ce qui tient la porte « design-gate (fr) » fermée'], ['en', 'What holds the gate “design-gate (en)” shut']] as const)(
  'in %s, a project says where it is, what holds the next gate, and who can open it', async (language, title) => {
    const size = language === 'fr' ? 'phone' : 'wide';
    const page = await site.open('mia', `/projects/${project}`, { language, size, dark: language === 'en' });
    await heading(page, title);
    const way = page.getByRole('list').filter({ has: page.getByText(`design-gate (${language})`) }).first();
    if (size === 'phone') await page.getByRole('button', { name: 'Encore une phase' }).click();
    expect(await way.getByRole('listitem').count()).toBe(4);
    await page.getByText(`draw (${language})`).first().waitFor();
    await page.getByText(`engineer (${language}) (EVA, EDO)`).first().waitFor();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(HOSTILE);
    expect(await violations(page)).toEqual([]);
    expect(await overflows(page)).toBe(false);
    await page.context().close();
  });

test('the parts of the page are accessible and fit a phone', async () => {
  const page = await site.open('mia', `/projects/${project}?tab=tasks`, { size: 'phone' });
  for (const [tab, shown] of [['tasks', 'Show'], ['timeline', 'Weeks'], ['changes', 'Ask for a change'], ['team', 'Roles'], ['evidence', 'Nothing delivered yet'], ['record', 'What was decided']] as const) {
    await page.goto(`/projects/${project}?tab=${tab}`);
    await page.getByText(shown, { exact: true }).first().waitFor();
    expect({ tab, found: await violations(page) }).toEqual({ tab, found: [] });
    expect({ tab, overflows: await overflows(page) }).toEqual({ tab, overflows: false });
  }
  await page.context().close();
});

test('the project manager holds and resumes it, assigns a role and changes the plan', async () => {
  const page = await site.open('mia', `/projects/${project}`);
  await page.getByRole('button', { name: 'Actions' }).click();
  await page.getByRole('menuitem', { name: 'Put on hold…' }).click();
  await page.getByRole('textbox', { name: 'Reason' }).fill('Waiting for the racks');
  await page.getByRole('button', { name: 'Put on hold' }).click();
  await eventually(async () => (await site.product.call('mia', 'GET', `/projects/${project}`)).body.status === 'held', 'the hold');
  await page.reload();
  await page.getByText('Waiting for the racks').first().waitFor();
  await page.getByRole('button', { name: 'Actions' }).click();
  await page.getByRole('menuitem', { name: 'Resume…' }).click();
  await page.getByRole('button', { name: 'Resume' }).click();
  await eventually(async () => (await site.product.call('mia', 'GET', `/projects/${project}`)).body.status === 'running', 'the resumption');

  await page.goto(`/projects/${project}?tab=team`);
  await page.getByRole('button', { name: 'Assign security (en)' }).click();
  await page.getByRole('combobox', { name: 'Who is security (en)' }).fill('LEO');
  await page.getByRole('option', { name: 'LEO' }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Assign', exact: true }).click();
  await page.getByText('SOL, LEO').first().waitFor();

  await page.goto(`/projects/${project}?tab=changes&change=new`);
  await page.getByRole('combobox', { name: 'Task' }).click();
  await page.getByRole('option', { name: 'check (en)' }).click();
  await page.getByLabel('Due on').fill('2027-06-01');
  await page.getByRole('button', { name: 'See what it would do' }).click();
  await page.getByRole('cell', { name: '2027-06-01' }).waitFor();
  expect(await violations(page)).toEqual([]);
  await page.getByRole('textbox', { name: 'What it is called' }).fill('Check later');
  await page.getByRole('textbox', { name: 'Reason' }).fill('The supplier asks for it');
  await page.getByRole('button', { name: /Change the plan|Ask for it/ }).click();
  await page.getByRole('link', { name: 'Check later' }).waitFor();
  await page.getByRole('link', { name: 'Check later' }).click();
  await page.getByText('The supplier asks for it').waitFor();

  await page.goto(`/projects/${project}?tab=changes&change=new`);
  await page.getByRole('combobox', { name: 'What' }).click();
  await page.getByRole('option', { name: 'A new phase' }).click();
  await page.getByRole('textbox', { name: 'Title' }).fill('Fibre');
  await page.getByRole('textbox', { name: 'First task' }).fill('Pull the fibre');
  await page.getByRole('combobox', { name: 'Role that does it' }).click();
  await page.getByRole('option', { name: 'engineer (en)' }).click();
  await page.getByRole('button', { name: 'Another operation' }).click();
  const second = page.getByRole('group', { name: 'Another due date' });
  await second.getByRole('combobox', { name: 'What' }).click();
  await page.getByRole('option', { name: 'A gate, new or changed' }).click();
  const gate = page.getByRole('group', { name: 'A gate, new or changed' });
  await gate.getByRole('combobox', { name: 'Phase' }).click();
  await page.getByRole('option', { name: 'Fibre' }).click();
  await gate.getByRole('textbox', { name: 'Title of the gate' }).fill('Fibre tested');
  await gate.getByRole('textbox', { name: 'Criteria, a line each' }).fill('Light was seen');
  await gate.getByRole('combobox', { name: 'Who decides' }).click();
  await page.getByRole('option', { name: 'sponsor (en)' }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'See what it would do' }).click();
  await page.getByRole('cell', { name: 'Light was seen' }).waitFor();
  await page.getByRole('cell', { name: 'sponsor (en) (all)' }).waitFor();
  expect(await violations(page)).toEqual([]);
  await page.context().close();
});

test('a task that is done per item unfolds to a row for each on the timeline', async () => {
  const { call } = site.product;
  const text = smallVersion('1.0.9', (template) => {
    Object.assign(template, { inventory: [{ kind: 'server', name: smallText('server'), attributes: [] }] });
    Object.assign(template.phases.find(({ key }) => key === 'design')?.tasks[1] ?? {}, { forEach: { kind: 'server' } });
  });
  expect((await call('olga', 'POST', '/templates', { text })).status).toBe(201);
  const inventory = [1, 2, 3].map((number) => ({ id: `srv-${number}`, kind: 'server', name: `SRV ${number}` }));
  const { id } = (await call('olga', 'POST', '/projects', { name: 'Three servers', template: 'small', version: '1.0.9', inventory, roles: SMALL_ROLES })).body;
  await eventually(async () => (await call('mia', 'GET', `/projects/${id}/tasks`)).body.items?.some(({ task }: { task: string }) => task === 'check.srv-3'), 'the tasks');
  const page = await site.open('mia', `/projects/${id}?tab=timeline`);
  await page.getByRole('button', { name: 'check (en) 3 items' }).click();
  await page.getByText('SRV 2', { exact: true }).waitFor();
  expect(await violations(page)).toEqual([]);
  await page.reload();
  await page.getByText('SRV 3', { exact: true }).waitFor();
  await page.getByRole('switch', { name: 'As a table' }).press('Space');
  await page.getByRole('rowheader', { name: 'SRV 1' }).waitFor();
  await page.getByRole('button', { name: 'check (en) 3 items' }).click();
  await page.getByRole('rowheader', { name: 'SRV 1' }).waitFor({ state: 'detached' });
  await page.context().close();
});

test('a task opens beside the list, and the list keeps its place in the address', async () => {
  const page = await site.open('eva', `/projects/${project}?tab=tasks`);
  await page.getByRole('link', { name: 'draw (en)' }).click();
  await page.waitForURL('**open=design*');
  await page.getByRole('region', { name: 'The task' }).getByText('Draw it. (en)').waitFor();
  await page.getByRole('textbox', { name: 'Find' }).fill('rack');
  await page.getByText('No tasks here').waitFor();
  await page.reload();
  expect(await page.getByRole('textbox', { name: 'Find' }).inputValue()).toBe('rack');
  await page.getByRole('region', { name: 'The task' }).getByRole('button', { name: 'Close' }).click();
  await page.getByRole('region', { name: 'The task' }).waitFor({ state: 'detached' });
  await page.context().close();
});

test('who may not steer the project is not offered to', async () => {
  const page = await site.open('eva', `/projects/${project}?tab=team`);
  await page.getByText('Roles are assigned by').waitFor();
  expect(await page.getByRole('button', { name: 'Actions' }).count()).toBe(0);
  expect(await page.getByRole('button', { name: /^Assign/ }).count()).toBe(0);
  await page.goto('/projects/new');
  await heading(page, 'You can not start projects');
  await page.context().close();
});

test('an auditor reads who decided what, and the project as it was known', async () => {
  const { call } = site.product;
  const then = await small('As it was');
  await eventually(async () => (await call('eva', 'GET', `/projects/${then}/phases/design/tasks/draw`)).body.status === 'ready', 'the task');
  const before = new Date().toISOString();
  expect((await call('eva', 'POST', `/projects/${then}/phases/design/tasks/draw/complete`, { evidence: DRAWN })).status).toBe(200);
  const page = await site.open('aude', `/projects/${then}?tab=record`, { language: 'nl' });
  await page.getByText('Rollen werden toegewezen.').waitFor();
  await page.getByRole('switch', { name: 'Alles wat gebeurde' }).press('Space');
  await page.getByText('“draw (nl)” werd voltooid door EVA.').waitFor();
  expect(await page.getByRole('link', { name: 'Dossier meenemen' }).getAttribute('href')).toBe(`/api/v1/projects/${then}/record`);
  const slider = page.getByRole('slider', { name: 'Zoals bekend op' });
  await slider.focus();
  await page.keyboard.press('Home');
  await page.getByText('Toont wat bekend was op').waitFor();
  expect(await slider.getAttribute('aria-valuetext')).toMatch(/20\d\d.*\d\d:\d\d/);
  await page.goto(`/projects/${then}?tab=record&all=true&at=${encodeURIComponent(JSON.stringify(before))}`);
  await heading(page, /^Zoals het was op/);
  await page.getByText('Kan beginnen: ').first().waitFor();
  expect(await page.getByText('Klaar: ').count()).toBe(0);
  expect(await page.getByText('werd voltooid door EVA').count()).toBe(0);
  expect(await violations(page)).toEqual([]);
  await page.context().close();
});

test('on paper the way of a project with phases beside each other takes a few lines', async () => {
  const page = await site.open('mia', `/projects/${project}`);
  await page.getByRole('heading', { level: 2 }).first().waitFor();
  const drawn = (): Promise<number[]> => page.locator('main svg[focusable=false]').evaluateAll((all) => all.map((each) => each.getBoundingClientRect().height).filter((height) => height > 0));
  expect(Math.max(...await drawn())).toBeGreaterThan(96);
  await page.emulateMedia({ media: 'print' });
  expect(await drawn()).toEqual([expect.closeTo(50, 0)]);
  expect(await page.getByRole('list', { name: 'The way of the project' }).getByRole('listitem').filter({ visible: true }).count()).toBeGreaterThan(3);
  await page.context().close();
});

test('the project office starts a project in three steps, and is told at the field what is wrong', async () => {
  const page = await site.open('olga', '/projects');
  await page.getByRole('link', { name: 'Start a project' }).click();
  await page.getByRole('radio', { name: 'small (en)' }).click();
  await page.getByText('A small lifecycle. (en)').last().waitFor();
  // The focus of the keyboard goes along: it is never nowhere.
  const focused = (): Promise<string | undefined> => page.evaluate(() => document.activeElement?.role ?? document.activeElement?.tagName);
  expect(await focused()).toBe('radio');
  // Beside the choice its way is told from top to bottom: nothing of it is cut off.
  await page.getByRole('list', { name: 'The way of the project' }).getByText('design (en)', { exact: true }).click({ trial: true });
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('textbox', { name: 'Name of the project' }).waitFor();
  expect(await focused()).toBe('H2');
  await page.getByRole('textbox', { name: 'Name of the project' }).fill('Twelve racks');
  await page.getByRole('textbox', { name: 'Items' }).fill('name;rack;colour\nSRV 1;3;red');
  await page.getByText('The column “colour” is not known').waitFor();
  await page.getByRole('textbox', { name: 'Items' }).fill('name;rack\nSRV 1;3\nSRV 2;4');
  await page.getByText('2 items').first().waitFor();
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByText('It needs somebody as manager (en).').waitFor();
  // What can wait does not speak of who can not.
  await page.getByText('3 roles have nobody yet').waitFor();
  for (const [role, person] of [['manager (en)', 'MIA'], ['engineer (en)', 'EVA']] as const) {
    await page.getByRole('combobox', { name: role }).fill(person);
    await page.getByRole('option', { name: person }).click();
    await page.keyboard.press('Escape');
  }
  await page.getByText('2 roles have nobody yet').waitFor();
  await page.getByRole('button', { name: 'Start the project' }).click();
  // The number of racks was not given: the API says so, and the page goes back to the field.
  await page.waitForURL('**step=2');
  await page.getByLabel('racks (en)').fill('12');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('button', { name: 'Start the project' }).click();
  await page.getByRole('heading', { level: 1, name: 'Twelve racks' }).waitFor();
  await page.waitForFunction(() => document.activeElement?.tagName === 'H1');
  await page.getByRole('navigation', { name: 'Rooms' }).getByText('Projects').click();
  await page.getByRole('textbox', { name: 'Find by name' }).fill('twelve');
  await page.waitForURL('**q=twelve');
  await page.getByRole('link', { name: 'Twelve racks' }).waitFor();
  await eventually(async () => (await page.getByRole('link', { name: HOSTILE }).count()) === 0, 'the others to go');
  expect(await page.getByRole('img', { name: /phases done/ }).count()).toBe(1);
  expect(await violations(page)).toEqual([]);
  await page.context().close();
});

test('money is taken as it is written, and what is no number is not sent', async () => {
  const project = await small('Costs');
  const page = await site.open('mia', `/projects/${project}?tab=changes`, { language: 'nl' });
  await page.getByRole('button', { name: 'Geld boeken' }).click();
  const spent = page.getByRole('textbox', { name: 'Bijkomend besteed' });
  await spent.pressSequentially('12 dozen');
  expect(await page.getByRole('button', { name: 'Boeken', exact: true }).isDisabled()).toBe(true);
  await spent.fill('');
  await spent.pressSequentially('1.250,50');
  await page.getByRole('textbox', { name: 'Bijkomend besteld' }).pressSequentially('12.500');
  await page.getByRole('button', { name: 'Boeken', exact: true }).click();
  await spent.waitFor({ state: 'detached' });
  expect((await site.product.call('mia', 'GET', `/projects/${project}/comparison`)).body.cost).toMatchObject({ actual: 1250.5, committed: 12_500 });
  // With its cents where there are any.
  await page.getByRole('cell', { name: /^€\s1\.250,50$/ }).first().waitFor();
  await page.getByRole('cell', { name: /^€\s12\.500$/ }).first().waitFor();
  await page.context().close();
});

test('what is cancelled is named first', async () => {
  const doomed = await small('Doomed');
  const page = await site.open('mia', `/projects/${doomed}`);
  await page.getByRole('button', { name: 'Actions' }).click();
  await page.getByRole('menuitem', { name: 'Cancel the project…' }).click();
  await page.getByRole('textbox', { name: 'Reason' }).fill('No budget');
  expect(await page.getByRole('button', { name: 'Cancel the project' }).isDisabled()).toBe(true);
  await page.getByRole('textbox', { name: /Type the name/ }).fill('Doomed');
  await page.getByRole('button', { name: 'Cancel the project' }).click();
  await eventually(async () => (await site.product.call('mia', 'GET', `/projects/${doomed}`)).body.status === 'cancelled', 'the cancellation');
  await page.context().close();
});
