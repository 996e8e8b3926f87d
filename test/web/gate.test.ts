import { eventually } from '../support/engine';
import { overflows, startSite, violations, type Site } from './support/browser';

let site: Site;
beforeAll(async () => { site = await startSite(); });
afterAll(() => site.close());

const call = (person: string, method: string, path: string, body?: unknown) => site.product.call(person, method, path, body);
const DRAWN = { drawing: { name: 'Plan A' }, pages: 3, kind: 'final' };

const at = (approval: string): string => `/approvals/${encodeURIComponent(approval)}`;

const openApproval = (person: string, project: string, gate: string): Promise<string> => eventually(async () => (await call(person, 'GET', '/approvals?mine=true')).body.items.find((each: { project: string; gate: string }) => each.project === project && each.gate === gate)?.id as string | undefined, `the approval ${gate}`);

/** A project whose first gate waits for its decision; gives the id of the approval. */
async function toGate(name: string, drawing: (project: string) => Promise<object> = async () => DRAWN.drawing): Promise<{ project: string; approval: string }> {
  const project = await site.product.startProject(name);
  const path = `/projects/${project}/phases/design/tasks`;
  const evidence = { ...DRAWN, drawing: await drawing(project) };
  await eventually(async () => (await call('eva', 'POST', `${path}/draw/complete`, { evidence })).status === 200, 'the drawing');
  await eventually(async () => (await call('eva', 'POST', `${path}/check/complete`, { evidence: {} })).status === 200, 'the check');
  return { project, approval: await openApproval('sam', project, 'design-gate') };
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
  const owner = page.getByRole('combobox', { name: 'Qui s’en charge' });
  await owner.fill('personne de ce nom');
  await page.getByText('Aucun rôle ni personne de ce nom').waitFor();
  // Who holds a role is known better than what it is called.
  await owner.fill('mia');
  await page.getByText('Chaque condition dit ce qui manque').waitFor();
  await page.getByRole('option', { name: 'manager (fr) · MIA' }).click();
  await page.getByRole('textbox', { name: 'Raison' }).fill('Presque');
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Approuver sous conditions' }).click();
  await page.getByText('Votre décision est enregistrée.').waitFor();
  expect((await call('olga', 'GET', at(approval))).body).toMatchObject({ outcome: 'approve-with-conditions', votes: [{ person: { id: 'sam' }, reason: 'Presque' }] });
  await eventually(async () => (await call('olga', 'GET', `/projects/${project}`)).body.conditions.length === 1, 'the condition');
  await page.getByText('approuvé sous conditions').first().waitFor();
});

test('an auditor opens a gate of the past from the record, for reading only', async () => {
  const { project, approval } = await toGate('Zaal 2');
  const { digest } = (await call('sam', 'GET', at(approval))).body;
  const before = new Date().toISOString();
  expect((await call('sam', 'POST', `${at(approval)}/decide`, { outcome: 'approve', digest, reason: 'Goed' })).status).toBe(200);
  const page = await site.open('aude', `/projects/${project}?tab=record`, { language: 'nl' });
  await page.getByRole('listitem').filter({ hasText: 'SAM over “design-gate (nl)”' }).getByRole('link', { name: 'zoals toen gekend' }).click();
  await page.getByText('Zoals gekend op').waitFor();
  await page.getByText('Goed', { exact: true }).waitFor();
  await page.goto(`/projects/${project}?tab=record&at=${encodeURIComponent(JSON.stringify(before))}`);
  await page.getByRole('link', { name: 'design-gate (nl)' }).click();
  await page.getByText('Plan A').waitFor();
  expect([await page.getByText('Goed', { exact: true }).count(), await page.getByRole('radio', { name: 'Goedkeuren' }).count()]).toEqual([0, 0]);
  expect(await violations(page)).toEqual([]);
  await page.getByRole('link', { name: 'Tonen zoals het nu is' }).click();
  await page.getByText('Goed', { exact: true }).waitFor();
});

test('a view that is outdated can not decide: it shows what is different, and asks to look again', async () => {
  const { project, approval } = await toGate('Zaal 4');
  const page = await site.open('sam', '/', { language: 'en' });
  // It hears of nothing: else it would take the question away before it can be answered.
  await page.route('**/api/v1/feed*', (route) => route.abort());
  await page.goto(`/approvals/${approval}`);
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

test('what changed is told in words of the reader, from top to bottom on a phone', async () => {
  const { project, approval } = await toGate('Zaal 4 bis');
  const page = await site.open('sam', `/approvals/${approval}`, { language: 'nl', size: 'phone' });
  await page.getByText('Plan A').waitFor();
  const draw = `/projects/${project}/phases/design/tasks/draw`;
  expect((await call('mia', 'POST', `${draw}/reopen`, { reason: 'Een nieuwer plan' })).status).toBe(200);
  await eventually(async () => (await call('eva', 'POST', `${draw}/complete`, { evidence: { ...DRAWN, drawing: { name: 'Plan B' } } })).status === 200, 'the new drawing');
  const next = await eventually(async () => (await call('sam', 'GET', '/approvals?mine=true')).body.items.find((each: { id: string; project: string }) => each.project === project && each.id !== approval)?.id as string | undefined, 'a new round');
  // In the new round it is open again, and what there was before is what the reader knows.
  expect((await call('mia', 'POST', `${draw}/reopen`, { reason: 'Toch niet' })).status).toBe(200);
  await page.goto(`/approvals/${next}`);
  await page.getByText('Veranderd sinds u laatst keek').waitFor();
  await page.getByRole('row', { name: 'draw (nl) · stand klaar kan beginnen' }).waitFor();
  expect(await page.getByRole('cell', { name: 'kan beginnen', exact: true }).evaluate((cell) => cell.getBoundingClientRect().right <= innerWidth)).toBe(true);
  expect(await violations(page)).toEqual([]);
  expect(await overflows(page)).toBe(false);
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
  const work = await site.open('eva', `/projects/${project}/tasks/design/draw`, { language: 'nl', size: 'phone' });
  const why = work.getByRole('alert').filter({ hasText: 'Opnieuw te doen' });
  await why.getByText('Wrong hall').waitFor();
  await why.getByText('zo beslist bij “design-gate (nl)”').waitFor();
  await why.getByRole('link', { name: 'De beslissing' }).waitFor();
  // Nobody types again what was right.
  expect(await work.getByRole('textbox', { name: /pages/ }).inputValue()).toBe('3');
  expect(await violations(work)).toEqual([]);
});

/** A project whose second gate waits for both, Sam and Sol. */
async function toBoth(name: string): Promise<{ project: string; approval: string }> {
  const { project, approval } = await toGate(name);
  const { digest } = (await call('sam', 'GET', at(approval))).body;
  expect(await call('sam', 'POST', `${at(approval)}/decide`, { outcome: 'approve', digest })).toMatchObject({ status: 200 });
  for (const task of ['rack', 'cable']) await eventually(async () => (await call('eva', 'POST', `/projects/${project}/phases/build/tasks/${task}/complete`, { evidence: {} })).status === 200, task);
  return { project, approval: await openApproval('sol', project, 'build-gate') };
}

test('two people on one gate see each other decide, without reloading', async () => {
  const { project, approval } = await toBoth('Zaal 7');
  const sam = await site.open('sam', `/approvals/${approval}`, { language: 'nl' });
  const sol = await site.open('sol', `/approvals/${approval}`, { language: 'en', size: 'phone' });
  await sol.getByRole('radio', { name: /^Approve$/ }).check();
  await sam.getByRole('radio', { name: /^Goedkeuren$/ }).check();
  await sam.getByRole('button', { name: 'Goedkeuren', exact: true }).click();
  await sam.getByText('Uw beslissing is vastgelegd.').waitFor();
  // Sol sees it, and what Sol chose is still chosen.
  await sol.getByRole('listitem').filter({ hasText: 'SAM approved' }).waitFor();
  expect(await sol.getByRole('radio', { name: /^Approve$/ }).isChecked()).toBe(true);
  await sol.getByRole('button', { name: 'Approve', exact: true }).click();
  await sol.getByText('Your decision is on record.').waitFor();
  await sam.getByText('goedgekeurd', { exact: true }).first().waitFor();
  await eventually(async () => typeof ((await call('olga', 'GET', `/projects/${project}`)).body.phases.find((each: { phase: string }) => each.phase === 'build')?.passedAt) === 'string', 'the gate');
  await sam.context().close();
  await sol.context().close();
});

test('who is about to decide is told that what they look at is asked no more', async () => {
  const { project, approval } = await toBoth('Zaal 8');
  const sol = await site.open('sol', `/approvals/${approval}`, { language: 'fr' });
  await sol.getByRole('radio', { name: /^Approuver$/ }).check();
  expect((await call('mia', 'POST', `/projects/${project}/phases/build/tasks/rack/reopen`, { reason: 'Trop court' })).status).toBe(200);
  await sol.getByRole('status').filter({ hasText: 'Ce tour est terminé' }).waitFor();
  expect(await sol.getByRole('main').getByRole('radio').count()).toBe(0);
  await sol.getByRole('button', { name: 'Montrer l’état actuel' }).click();
  await sol.getByText('retiré', { exact: false }).first().waitFor();
  await sol.context().close();
});

test('who is still writing when another sends back is told by whom, and keeps what was written; what was decided on is found again', async () => {
  const { approval } = await toBoth('Zaal 12');
  const sol = await site.open('sol', `/approvals/${approval}`, { language: 'fr' });
  await sol.getByRole('radio', { name: /^Approuver$/ }).waitFor();
  // The way to the decision is there for the keyboard, on every screen.
  await sol.getByRole('button', { name: 'Votre décision', exact: true }).focus();
  await sol.keyboard.press('Enter');
  expect(await sol.evaluate(() => (document.activeElement as HTMLInputElement).type)).toBe('radio');
  await sol.getByRole('radio', { name: /^Approuver sous conditions$/ }).check();
  await sol.getByRole('textbox', { name: 'Ce qui manque' }).fill('La porte est trop étroite');
  const { digest } = (await call('sam', 'GET', at(approval))).body;
  expect(await call('sam', 'POST', `${at(approval)}/decide`, { outcome: 'rework', digest, reason: 'Câble nu', rework: ['rack'] })).toMatchObject({ status: 200 });
  const bar = sol.getByRole('status').filter({ hasText: 'Ce tour est terminé' });
  await bar.getByText(/SAM\s:\srenvoyé, /).waitFor();
  await sol.getByText('Ce tour est terminé : il n’y a plus rien à décider ici.').waitFor();
  await sol.getByText('La porte est trop étroite').waitFor();
  // The form had the focus, and is gone.
  expect(await sol.evaluate(() => document.activeElement?.tagName)).toBe('H2');
  expect(await violations(sol)).toEqual([]);
  await bar.getByRole('button', { name: 'Montrer l’état actuel' }).click();
  await sol.getByText('La porte est trop étroite').waitFor();
  await sol.getByText('Empreinte de ce sur quoi on a décidé').waitFor();
  const criterion = sol.getByRole('listitem').filter({ hasText: 'racked (fr)' });
  await criterion.getByText('non rempli').waitFor();
  await sol.getByRole('link', { name: 'Montrer ce sur quoi on a décidé' }).click();
  await criterion.getByText('rempli', { exact: true }).waitFor();
  await sol.context().close();
});

test('who decides in one window is told so in the other', async () => {
  const { approval } = await toGate('Zaal 13');
  const page = await site.open('sam', `/approvals/${approval}`, { language: 'en' });
  await page.getByRole('radio', { name: /^Approve$/ }).waitFor();
  const { digest } = (await call('sam', 'GET', at(approval))).body;
  expect(await call('sam', 'POST', `${at(approval)}/decide`, { outcome: 'approve', digest })).toMatchObject({ status: 200 });
  await page.getByRole('status').filter({ hasText: 'You decided in another window' }).waitFor();
  await page.context().close();
});

test('from the gate, an approver lets a colleague decide; both names stand there', async () => {
  const { project, approval } = await toGate('Zaal 9');
  const page = await site.open('sam', `/approvals/${approval}`, { language: 'nl' });
  await page.getByRole('button', { name: 'Iemand anders in mijn plaats laten beslissen' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('combobox', { name: 'Wie' }).fill('LEO');
  expect(await page.getByRole('option').count()).toBe(0);
  // Only who shares a project with me: strangers are not shown.
  await page.getByRole('combobox', { name: 'Wie' }).fill('MIA');
  await page.getByRole('option', { name: 'MIA' }).click();
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Laten beslissen' }).click();
  await page.getByText('Doorgegeven.').waitFor();
  await page.getByRole('listitem').filter({ hasText: 'SAM – afwezig; MIA beslist tot' }).waitFor();
  const mia = await site.open('mia', `/approvals/${approval}`, { language: 'en' });
  await mia.getByText('You decide in the name of SAM.').waitFor();
  await mia.getByRole('radio', { name: /^Approve$/ }).check();
  await mia.getByRole('button', { name: 'Approve', exact: true }).click();
  await mia.getByText('SAM (by MIA, in that name)').waitFor();
  expect((await call('olga', 'GET', at(approval))).body.votes).toMatchObject([{ person: { id: 'sam' }, castBy: { id: 'mia' } }]);
  const delegation = (await call('sam', 'GET', '/me/delegations')).body.items.find((each: { project: { id: string } | string | null }) => JSON.stringify(each.project)?.includes(project));
  expect(delegation).toBeDefined();
  expect((await call('sam', 'POST', `/delegations/${delegation.id}/revoke`, {})).status).toBe(200);
  await page.context().close();
  await mia.context().close();
});

const PDF = `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj
trailer<</Root 1 0 R>>
`;

test('files are looked at in the room: a PDF in the browser’s viewer, text as text', async () => {
  const upload = async (project: string, name: string, type: string, body: string): Promise<{ name: string; sha256: string }> => {
    const answer = await fetch(`${site.product.url}/api/v1/projects/${project}/files?name=${encodeURIComponent(name)}`, { method: 'POST', body, headers: { 'Authorization': `Bearer ${site.product.tokens.get('eva')}`, 'Content-Type': type } });
    expect(answer.status).toBe(201);
    return { name, sha256: (await answer.json() as { sha256: string }).sha256 };
  };
  const { project, approval } = await toGate('Zaal 10', async (id) => {
    await upload(id, 'notes.txt', 'text/plain', 'U+2028 and <script>alert(1)</script> stay text');
    return upload(id, 'plan.pdf', 'application/pdf', PDF);
  });
  const page = await site.open('sam', `/approvals/${approval}`, { language: 'en' });
  await page.getByRole('button', { name: 'Look at it here: plan.pdf' }).click();
  const frame = page.getByRole('dialog').locator('iframe[title="plan.pdf"]');
  await frame.waitFor();
  expect(await frame.getAttribute('src')).toMatch(/^blob:/);
  await page.keyboard.press('Escape');
  await page.goto(`/projects/${project}?tab=evidence`);
  await page.getByRole('button', { name: 'Look at it here: notes.txt' }).click();
  await page.getByText('<script>alert(1)</script> stay text').waitFor();
  expect(await violations(page)).toEqual([]);
});

test('help stands beside the thing, opened and closed by keys', async () => {
  const { approval } = await toGate('Zaal 11');
  const page = await site.open('sam', `/approvals/${approval}`, { language: 'en', dark: true });
  await page.getByRole('button', { name: 'Help: Fingerprint' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('A decision is bound to exactly what you see here.').waitFor();
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByText('A decision is bound to exactly what you see here.').waitFor({ state: 'hidden' });
});
