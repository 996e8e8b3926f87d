import { eventually } from '../support/engine';
import { startSite, violations, type Site } from './support/browser';

let site: Site;
beforeAll(async () => { site = await startSite(); });
afterAll(() => site.close());

const call = (person: string, method: string, path: string, body?: unknown) => site.product.call(person, method, path, body);
const DRAWN = { drawing: { name: 'Plan A' }, pages: 3, kind: 'final' };

/** A project whose first gate waits for its decision; gives the id of the approval. */
async function toGate(name: string): Promise<{ project: string; approval: string }> {
  const project = await site.product.startProject(name);
  const path = `/projects/${project}/phases/design/tasks`;
  await eventually(async () => (await call('eva', 'POST', `${path}/draw/complete`, { evidence: DRAWN })).status === 200, 'the drawing');
  await eventually(async () => (await call('eva', 'POST', `${path}/check/complete`, { evidence: {} })).status === 200, 'the check');
  const approval = await eventually(async () => (await call('sam', 'GET', '/approvals?mine=true')).body.items.find((each: { project: string }) => each.project === project)?.id as string | undefined, 'the approval');
  return { project, approval };
}

test('an approver decides with a condition, which becomes a task; all of it by keyboard, in French', async () => {
  const { project, approval } = await toGate('Salle 3');
  const page = await site.open('sam', '/', { language: 'fr' });
  await page.getByRole('link', { name: 'Examiner et décider' }).first().focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'design-gate (fr)' }).waitFor();
  await page.getByText('Plan A').waitFor();
  expect(await violations(page)).toEqual([]);
  await page.getByRole('radio', { name: 'Approuver sous conditions' }).focus();
  await page.keyboard.press('Space');
  await page.getByRole('textbox', { name: 'Ce qui manque' }).fill('Le plan n’est pas signé');
  await page.getByRole('textbox', { name: 'Comment y remédier' }).fill('Le faire signer');
  await page.getByRole('combobox', { name: 'Qui s’en charge' }).fill('manager');
  await page.getByRole('option', { name: 'manager (fr)' }).click();
  await page.getByRole('textbox', { name: 'Raison' }).fill('Presque');
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Approuver sous conditions' }).click();
  await page.getByText('Votre décision est enregistrée.').waitFor();
  expect((await call('olga', 'GET', `/approvals/${encodeURIComponent(approval)}`)).body).toMatchObject({ outcome: 'approve-with-conditions', votes: [{ person: { id: 'sam' }, reason: 'Presque' }] });
  await eventually(async () => (await call('olga', 'GET', `/projects/${project}`)).body.conditions.length === 1, 'the condition');
  await page.getByText('approuvé sous conditions').first().waitFor();
});

test('a view that is outdated can not decide: it shows what is different, and asks to look again', async () => {
  const { project, approval } = await toGate('Zaal 4');
  const page = await site.open('sam', `/approvals/${approval}`, { language: 'en' });
  await page.getByRole('radio', { name: /^Approve$/ }).check();
  // While the page stands open, somebody delivers something else.
  await call('mia', 'POST', `/projects/${project}/phases/design/tasks/draw/reopen`, { reason: 'A newer plan' });
  await eventually(async () => (await call('eva', 'POST', `/projects/${project}/phases/design/tasks/draw/complete`, { evidence: { ...DRAWN, drawing: { name: 'Plan B' } } })).status === 200, 'the new drawing');
  await eventually(async () => (await call('sam', 'GET', '/approvals?mine=true')).body.items.some((each: { id: string; project: string }) => each.project === project && each.id !== approval), 'a new round');
  await page.getByRole('button', { name: 'Approve', exact: true }).click();
  await page.getByRole('alert').waitFor();
  expect(await page.getByRole('alert').textContent()).not.toBe('');
  expect((await call('olga', 'GET', `/projects/${project}`)).body.phases[0].status).toBe('open');
  // The new round tells what changed since it was looked at.
  const next = (await call('sam', 'GET', '/approvals?mine=true')).body.items.find((each: { project: string }) => each.project === project).id;
  await page.goto(`/approvals/${next}`);
  await page.getByText('Changed since you looked last').waitFor();
  await page.getByRole('cell', { name: 'Plan A' }).waitFor();
  await page.getByRole('cell', { name: 'Plan B' }).waitFor();
  await page.getByRole('radio', { name: /^Approve$/ }).check();
  await page.getByRole('button', { name: 'Approve', exact: true }).click();
  await page.getByText('Your decision is on record.').waitFor();
});

test('who does not vote sees who does, and decides nothing', async () => {
  const { approval } = await toGate('Zaal 5');
  const page = await site.open('eva', `/approvals/${approval}`, { language: 'nl', size: 'phone' });
  await page.getByText('U beslist hier niet mee').waitFor();
  expect(await page.getByRole('main').getByRole('radio').count()).toBe(0);
  await page.getByText('SAM').first().waitFor();
  expect(await violations(page)).toEqual([]);
});

test('rework names what is to be done again', async () => {
  const { project, approval } = await toGate('Zaal 6');
  const page = await site.open('sam', `/approvals/${approval}`, { language: 'en', dark: true });
  await page.getByRole('radio', { name: /^Send back$/ }).check();
  await page.getByRole('checkbox', { name: 'draw (en)' }).check();
  await page.getByRole('textbox', { name: 'Reason' }).fill('Wrong hall');
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Send back', exact: true }).click();
  await page.getByText('Your decision is on record.').waitFor();
  await eventually(async () => (await call('olga', 'GET', `/projects/${project}/phases/design/tasks/draw`)).body.reopened === 1, 'the rework');
});
