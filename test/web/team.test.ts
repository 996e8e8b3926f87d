/** What concerns the people of a team, in a browser: thanks, the anonymous pulse, and who has how much to do. */
import { eventually } from '../support/engine';
import { SMALL_ROLES, smallText, smallVersion } from '../support/template';
import { overflows, startSite, violations, type Site } from './support/browser';

let site: Site;
let project: string;
const TEAM = ['eva', 'edo', 'leo', 'sol'];
const entry = (key: string) => ({ key, name: smallText(key) });
const call = (person: string, method: string, path: string, body?: unknown) => site.product.call(person, method, `/projects/${project}/phases/control${path}`, body);

beforeAll(async () => {
  site = await startSite({ pulseKey: 'a secret of the tests, long enough for it' });
  const version = smallVersion('3.0.0', ({ phases }) => {
    Object.assign(phases.find(({ key }) => key === 'control') ?? {}, { kind: 'iterations', iterations: {
      productOwner: 'sponsor', columns: [entry('todo'), entry('ready')], teams: [{ ...entry('alpha'), roles: ['engineer'], sprintDays: 10 }],
    } });
  });
  expect((await site.product.call('olga', 'POST', '/templates', { text: version })).status).toBe(201);
  project = (await site.product.call('olga', 'POST', '/projects', { name: 'Portaal', template: 'small', version: '3.0.0', roles: { ...SMALL_ROLES, engineer: TEAM } })).body.id;
  await eventually(async () => (await call('eva', 'GET', '/backlog')).status === 200, 'the backlog');
  await call('eva', 'POST', '/sprints', { team: 'alpha' });
  await eventually(async () => (await call('eva', 'POST', '/sprints/alpha/1/goal', { goal: 'Een doel' })).status === 200, 'the sprint');
  expect((await call('eva', 'POST', '/sprints/alpha/1/start', {})).status).toBe(200);
  expect((await call('sam', 'POST', '/sprints/alpha/1/cancel', { reason: 'x' })).status).toBe(200);
  for (const who of ['edo', 'leo', 'sol']) expect((await call(who, 'POST', '/sprints/alpha/1/pulse/answer', { answers: { goal: 4, means: 2, team: 5, pace: 3 } })).status).toBe(204);
});
afterAll(() => site.close());

test('a colleague is thanked, and the last answer to the pulse shows what the team said, on a phone', async () => {
  const eva = await site.open('eva', `/projects/${project}/phases/control/agile?view=review&team=alpha&number=1`, { language: 'nl', size: 'phone' });
  await eva.getByRole('combobox', { name: 'Wie bedankt u?' }).click();
  await eva.getByRole('option', { name: 'EDO' }).click();
  await eva.getByRole('textbox', { name: 'In uw woorden' }).fill('Dank je voor de <b>hulp</b>');
  await eva.getByRole('button', { name: 'Bedanken' }).click();
  await eva.getByText('Dank je voor de <b>hulp</b>').waitFor();
  await eva.getByText('3 van 4 hebben geantwoord.').waitFor();
  const send = eva.getByRole('button', { name: 'Anoniem versturen' });
  expect(await send.isDisabled()).toBe(true);
  const most = eva.getByRole('radio', { name: /^5/ });
  expect(await most.count()).toBe(4);
  for (const radio of await most.all()) await radio.check();
  expect(await violations(eva)).toEqual([]);
  expect(await overflows(eva)).toBe(false);
  await send.click();
  // All have answered: the sums are shown.
  await eva.getByText('4 van 4 antwoordden').waitFor();
  await eva.getByRole('img', { name: '1: 0 keer, 2: 3 keer, 3: 0 keer, 4: 0 keer, 5: 1 keer' }).waitFor();
  expect(await violations(eva)).toEqual([]);
  expect(await overflows(eva)).toBe(false);
  const edo = await site.open('edo', '/inbox', { language: 'fr', dark: true });
  await edo.getByText('Un collègue vous remercie pour le sprint alpha (fr) 1.').click();
  await edo.getByRole('heading', { name: 'Remerciements' }).waitFor();
  await edo.getByRole('heading', { name: 'Baromètre de l’équipe' }).waitFor();
  expect(await violations(edo)).toEqual([]);
  for (const page of [eva, edo]) await page.context().close();
});

test('who has how much to do, and what makes it', async () => {
  const task = `/projects/${project}/phases/design/tasks/draw`;
  await eventually(async () => (await site.product.call('edo', 'POST', `${task}/claim`, {})).status === 200, 'the task');
  expect((await site.product.call('edo', 'POST', `${task}/effort`, { remaining: 200 })).status).toBe(200);
  const mia = await site.open('mia', '/workload', { language: 'en' });
  await mia.getByRole('button', { name: /^EDO, W\d+: .*too much$/ }).first().click();
  await mia.getByRole('heading', { name: 'EDO' }).waitFor();
  await mia.getByRole('link', { name: 'draw (en)' }).waitFor();
  expect(new URL(mia.url()).searchParams.get('person')).toBe('edo');
  expect(await violations(mia)).toEqual([]);
  await mia.goto('/workload?weeks=26&person=edo');
  await mia.getByRole('link', { name: 'draw (en)' }).waitFor();
  expect(await overflows(mia)).toBe(false);
  await mia.getByRole('link', { name: 'draw (en)' }).click();
  await mia.getByRole('heading', { name: 'draw (en)' }).first().waitFor();
  await mia.context().close();
});
