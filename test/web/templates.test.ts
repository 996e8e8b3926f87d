import { newTemplate } from '../../cli/template/new-template';
import { smallGate, smallTask, smallText, smallVersion } from '../support/template';
import { overflows, sessionOf, startSite, violations, type Site } from './support/browser';

let site: Site;
beforeAll(async () => { site = await startSite(); });
afterAll(() => site.close());

const file = (text: string) => ({ name: 'small.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(JSON.parse(text), null, 2)) });

test('the office writes a version, sees what is wrong where it stands, repairs it, and publishes what is proved', async () => {
  const page = await site.open('olga', '/templates', { language: 'en' });
  await page.getByRole('link', { name: 'Write a template' }).click();
  await page.getByText('4 problems').or(page.getByText(/problems?$/)).first().waitFor();
  const chooser = page.locator('input[type=file]');
  await chooser.setInputFiles(file(smallVersion('1.1.0', (template) => { (template as { managerRole: string }).managerRole = 'nobody'; })));
  await page.getByText(/Line \d+:/).first().waitFor();
  expect(await page.getByRole('button', { name: 'Publish' }).isDisabled()).toBe(true);
  expect(await violations(page)).toEqual([]);
  await page.getByText(/Line \d+:/).first().click();
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Text of the template');
  // What is wrong is said once.
  await chooser.setInputFiles(file(smallVersion('1.1.0', (template) => { Object.assign(template, { frobnicate: true }); })));
  await page.getByRole('button', { name: /^Line \d+: Unknown key; known are / }).waitFor();
  // What is published already does not change: which version it should be is said, and taken over.
  await chooser.setInputFiles(file(smallVersion('1.0.0', (template) => { template.phases[1]?.tasks.push(smallTask('test', { after: ['rack'] })); })));
  await page.getByText('1.0.0 is published, and a published version never changes.').waitFor();
  await page.getByText('One difference from 1.0.0. Something was added or changed.').waitFor();
  await page.getByRole('button', { name: 'Make it 1.1.0' }).click();
  await page.getByText('Checked and proved').first().waitFor();
  // What it means is shown before it is published.
  await page.getByRole('row', { name: /board \(en\) board sponsor \(en\), security \(en\) 0 design-gate \(en\)/ }).waitFor();
  expect(await violations(page)).toEqual([]);
  await page.getByRole('tab', { name: 'Simulation' }).click();
  await page.getByRole('img', { name: /Runs by day of their end/ }).waitFor();
  await page.getByRole('tab', { name: 'Differences' }).click();
  await page.getByText('1 difference from 1.0.0 to 1.1.0').waitFor();
  await page.getByRole('tab', { name: 'Running projects' }).click();
  await page.getByText('No project runs on this lifecycle').waitFor();
  await page.getByRole('button', { name: 'Publish' }).click();
  await page.waitForURL('**/templates/small/1.1.0');
  await page.getByRole('heading', { level: 1, name: 'small (en)' }).waitFor();
  expect((await site.product.call('olga', 'GET', '/templates')).body.items[0]).toMatchObject({ key: 'small', latest: '1.1.0' });
  expect(await violations(page)).toEqual([]);
});

test('others read a lifecycle in their language, on a phone, and are offered nothing that is not theirs', async () => {
  const page = await site.open('eva', '/templates/small/1.0.0', { language: 'fr', size: 'phone', dark: true });
  await page.getByText('Porte : design-gate (fr)').first().waitFor();
  expect(await page.getByRole('button', { name: 'Marquer comme obsolète' }).count()).toBe(0);
  expect(await violations(page)).toEqual([]);
  expect(await overflows(page)).toBe(false);
});

test('the office sees what a version does to running projects, decides what it asks, and moves them, with an answer for each', async () => {
  const { product } = site;
  const [first, second] = [await product.startProject('Move the racks'), await product.startProject('Move the cables')];
  const publish = async (version: string, change: Parameters<typeof smallVersion>[1]) => expect((await product.call('olga', 'POST', '/templates', { text: smallVersion(version, change) })).status).toBe(201);
  await publish('2.0.0', (template) => { template.phases = template.phases.filter(({ key }) => key !== 'control'); });
  const page = await site.open('olga', '/templates/small/2.0.0', { language: 'en' });
  await page.getByRole('tab', { name: /Running projects \(2\)/ }).click();
  await page.getByText('Needs a decision: 2').waitFor();
  expect(await page.getByRole('checkbox', { name: 'Choose Move the racks' }).isDisabled()).toBe(true);
  await page.getByRole('button', { name: 'Details of Move the racks' }).click();
  await page.getByRole('radio', { name: 'Drop it' }).check();
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'See what that does' }).click();
  await page.getByRole('checkbox', { name: 'Choose Move the racks' }).check();
  await page.getByRole('button', { name: 'Move 1 project to 2.0.0' }).click();
  await page.getByText('Moved', { exact: true }).waitFor();
  await page.getByRole('tab', { name: /Running projects \(2\)/ }).waitFor();
  expect((await product.call('olga', 'GET', `/projects/${first}`)).body.template.version).toBe('2.0.0');
  expect((await product.call('olga', 'GET', `/projects/${second}`)).body.template.version).toBe('1.1.0');
  await page.getByRole('button', { name: 'Look again' }).click();
  await page.getByText('Needs a decision: 1 · Has this version: 1').waitFor();
  expect(await violations(page)).toEqual([]);
  const phone = await site.open('olga', '/templates/small/2.0.0?tab=projects', { language: 'nl', size: 'phone', dark: true });
  await phone.getByText('Vraagt een beslissing: 1').waitFor();
  expect(await violations(phone)).toEqual([]);
  expect(await overflows(phone)).toBe(false);
  // Who has nothing to do with it is told no numbers, and offered nothing.
  expect((await product.call('eva', 'GET', '/templates')).body.items[0].versions.map(({ running }: { running: number | null }) => running)).toEqual([null, null, null]);
  const other = await site.open('eva', '/templates/small/2.0.0?tab=projects', { language: 'en' });
  await other.getByText('Gate: design-gate (en)').first().waitFor();
  expect(await other.getByRole('tab').count()).toBe(2);
});

test('what is different between two versions is told per phase, with what stood there and what does now', async () => {
  const change = (template: Parameters<Exclude<Parameters<typeof smallVersion>[1], undefined>>[0]): void => { Object.assign(template.phases[0]?.tasks[0] ?? {}, { dueDays: 8 }); };
  expect((await site.product.call('olga', 'POST', '/templates', { text: smallVersion('3.0.0', change) })).status).toBe(201);
  const page = await site.open('eva', '/templates/small/3.0.0', { language: 'fr' });
  await page.getByRole('tab', { name: 'Différences' }).click();
  await page.getByRole('combobox', { name: 'Comparé à' }).waitFor();
  await page.goto(`${page.url()}&with=1.0.0`);
  await page.getByRole('heading', { name: 'Phase design (fr)' }).waitFor();
  await page.getByRole('row', { name: /Échéance en jours ouvrables 5 8/ }).waitFor();
  expect(await violations(page)).toEqual([]);
  const phone = await site.open('eva', '/templates/small/3.0.0?tab=difference&with=1.0.0', { language: 'nl', size: 'phone', dark: true });
  await phone.getByRole('heading', { name: 'Fase design (nl)' }).waitFor();
  expect(await violations(phone)).toEqual([]);
  expect(await overflows(phone)).toBe(false);
});

test('what the proof found is told in words, and its way is shown in the drawing step by step', async () => {
  // Where the design is stopped, the closing wants what only a phase that never comes would have led to.
  const broken = smallVersion('4.0.0', (template) => {
    Object.assign(template.phases[0]?.gate ?? {}, { onStop: 'close' });
    template.phases[2]?.tasks.push(smallTask('file', { after: [{ phase: 'build', reaches: 'passed' }], produces: ['dossier'] }));
    Object.assign(template.phases[2] ?? {}, {
      deliverables: [{ key: 'dossier', name: smallText('dossier'), kind: 'artefact' }],
      gate: smallGate('close-gate', { criteria: [{ key: 'filed', name: smallText('filed'), kind: 'deliverable', deliverable: 'dossier' }], approval: { steps: [{ key: 'board', name: smallText('board'), roles: ['board'], quorum: 'any' }], outcomes: ['approve'] } }),
    });
  });
  const page = await site.open('olga', '/templates/edit', { language: 'nl' });
  await page.locator('input[type=file]').setInputFiles(file(broken));
  await page.getByText('Het bewijs vond iets').waitFor();
  await page.getByText('Het project kan vastlopen in fase “close (nl)”', { exact: false }).waitFor();
  await page.getByText('zolang dit niet vervuld is: filed (nl).', { exact: false }).waitFor();
  await page.getByText('Poort “design-gate (nl)”: stopgezet.').waitFor();
  await page.getByText('Stap 2 van 2').waitFor();
  const drawing = page.getByRole('region', { name: 'Wat het bewijs vond' });
  // Who does not see the drawing is told the same in its list.
  expect(await drawing.locator('ol li', { hasText: 'close (nl)' }).first().textContent()).toContain('▲ hier');
  expect(await drawing.locator('ol li', { hasText: 'design (nl)' }).first().textContent()).toContain('gestopt');
  expect(await page.getByRole('button', { name: 'Publiceren' }).isDisabled()).toBe(true);
  await page.getByRole('button', { name: 'Stap terug' }).click();
  await page.getByText('Stap 1 van 2').waitFor();
  expect(await drawing.locator('ol li', { hasText: 'design (nl)' }).first().textContent()).not.toContain('gestopt');
  expect(await violations(page)).toEqual([]);
  const phone = await site.open('olga', '/templates/edit', { language: 'fr', size: 'phone', dark: true });
  await phone.locator('input[type=file]').setInputFiles(file(broken));
  await phone.getByText('Porte « design-gate (fr) » : arrêté.').waitFor();
  expect(await violations(phone)).toEqual([]);
  expect(await overflows(phone)).toBe(false);
});

test('a check that fails is never told as no problems', async () => {
  const page = await site.open('olga', '/templates/edit', { language: 'en' });
  await page.getByText(/problems?$/).first().waitFor();
  await page.route('**/templates/check', (route) => route.fulfill({ status: 422, contentType: 'application/problem+json', body: JSON.stringify({ type: 'urn:sluis:problem:template-invalid', title: 'Too slow', status: 422, detail: 'It could not be judged.', code: 'template-invalid', instance: 'urn:uuid:1' }) }));
  await page.locator('input[type=file]').setInputFiles(file(smallVersion('4.1.0')));
  await page.getByText('It could not be checked').waitFor();
  expect(await page.getByText(/\d+ problems?/).count()).toBe(0);
  expect(await page.getByRole('button', { name: 'Publish' }).isDisabled()).toBe(true);
});

test('the office sees when a lifecycle ends, and what other people or estimates would make of it', async () => {
  const page = await site.open('olga', '/templates/small/1.0.0?tab=simulation', { language: 'en' });
  await page.getByRole('img', { name: /Runs by day of their end: half by/ }).waitFor();
  await page.getByRole('img', { name: /Load per week of/ }).waitFor();
  expect(await violations(page)).toEqual([]);
  expect(await page.getByRole('button', { name: 'Compare' }).isDisabled()).toBe(true);
  await page.getByRole('textbox', { name: 'engineer (en)' }).fill('4');
  await page.getByRole('combobox', { name: 'Another estimate for' }).fill('rack');
  await page.getByRole('option', { name: 'build (en) / rack (en)' }).click();
  const estimate = page.getByRole('group', { name: 'build (en) / rack (en)' });
  await estimate.getByRole('textbox', { name: 'At best' }).fill('30');
  await page.getByText('From best to worst').waitFor();
  expect(await page.getByRole('button', { name: 'Compare' }).isDisabled()).toBe(true);
  await estimate.getByRole('textbox', { name: 'Most likely' }).fill('40');
  await estimate.getByRole('textbox', { name: 'At worst' }).fill('50');
  await page.getByRole('button', { name: 'Compare' }).click();
  await page.getByRole('row', { name: /Half of the runs by .* working days later/ }).waitFor();
  await page.getByRole('row', { name: /engineer \(en\) \+3 / }).waitFor();
  expect(await violations(page)).toEqual([]);
  const phone = await site.open('olga', '/templates/small/1.0.0?tab=simulation', { language: 'fr', size: 'phone', dark: true });
  await phone.getByRole('img', { name: /Exécutions par jour de fin/ }).waitFor();
  await phone.getByText('En tableau').first().click();
  expect(await violations(phone)).toEqual([]);
  expect(await overflows(phone)).toBe(false);
});

test('what a project has to say when it starts may be left open when it is only supposed', async () => {
  const asking = smallVersion('6.0.0', (template) => {
    Object.assign(template, { parameters: [{ key: 'budget', type: 'number', name: smallText('budget') }, { key: 'day', type: 'date', required: false, name: smallText('day') }] });
  });
  expect((await site.product.call('olga', 'POST', '/templates', { text: asking })).status).toBe(201);
  const page = await site.open('olga', '/templates/small/6.0.0?tab=simulation', { language: 'en' });
  await page.getByRole('textbox', { name: 'engineer (en)' }).fill('4');
  await page.getByRole('button', { name: 'Compare' }).click();
  await page.getByRole('row', { name: /Half of the runs by/ }).waitFor();
  // Where a project starts, what has to be said is asked for, and what may be left open is not.
  await page.goto('/projects/new?template=small&version=6.0.0&step=2');
  expect(await page.getByLabel('budget (en)').getAttribute('required')).not.toBeNull();
  expect(await page.getByLabel('day (en)').getAttribute('required')).toBeNull();
});

test('while one writes, what may stand there is offered, and a version is copied with the comments of its author', async () => {
  const written = `# Why this lifecycle is as it is\n${newTemplate('rack-copy.yaml')}`;
  expect((await site.product.call('olga', 'POST', '/templates', { text: written })).status).toBe(201);
  const page = await site.open('olga', '/templates/rack-copy/0.1.0', { language: 'en' });
  await page.getByRole('link', { name: 'Use as a starting point' }).click();
  await page.getByText('# Why this lifecycle is as it is').waitFor();
  await page.getByText('It means the same as 0.1.0.').waitFor();
  const text = page.getByRole('textbox', { name: 'Text of the template' });
  await text.press('ControlOrMeta+End');
  await text.pressSequentially('      - key: after-it\nfour');
  await page.getByRole('option', { name: 'fourEyes' }).waitFor();
  expect(await violations(page)).toEqual([]);
  await page.getByRole('option', { name: 'fourEyes' }).click();
  await text.pressSequentially('tr');
  await page.getByRole('option', { name: 'true' }).click();
  await page.getByText('fourEyes: true').waitFor();
  // One that was published without its text is written anew, and that is said.
  const other = await site.open('olga', '/templates/edit?from=small@1.0.0', { language: 'fr' });
  await other.getByText('Son texte n’a pas été conservé').waitFor();
});

test('a version is deprecated only when it was asked for again, by name', async () => {
  const page = await site.open('olga', '/templates/rack-copy/0.1.0', { language: 'nl' });
  await page.getByRole('button', { name: 'Als verouderd merken' }).click();
  const dialog = page.getByRole('dialog', { name: 'Mijn levenscyclus 0.1.0 als verouderd merken?' });
  await dialog.waitFor();
  expect(await violations(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Behouden' }).last().click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'Als verouderd merken' }).click();
  await dialog.getByRole('button', { name: 'Als verouderd merken' }).click();
  await page.getByText('verouderd', { exact: true }).waitFor();
  expect(await page.getByRole('button', { name: 'Als verouderd merken' }).count()).toBe(0);
});

test('a draft that was not published is said to be one, and can be discarded and put back; two tabs on one draft each keep their text', async () => {
  const page = await site.open('olga', '/templates/edit?from=small@1.0.0', { language: 'nl' });
  const editor = (of: typeof page) => of.getByRole('textbox', { name: 'Tekst van het sjabloon' });
  await editor(page).click();
  await page.keyboard.press('Control+Home');
  await page.keyboard.type('# Van mij');
  const other = await page.context().newPage();
  await other.goto('/templates/edit?from=small@1.0.0');
  await other.getByText('Dit schreef u eerder; het is nog niet gepubliceerd.').waitFor();
  await editor(other).click();
  await other.keyboard.press('Control+Home');
  await other.keyboard.type('# Daarna. ');
  await page.getByText('Deze tekst wordt ook in een ander tabblad geschreven').waitFor();
  expect(await violations(page)).toEqual([]);
  await page.reload();
  await editor(page).getByText(/^# Van mij/).waitFor();
  await other.keyboard.press('Control+Home');
  await other.keyboard.type('Nog iets. ');
  await page.getByRole('button', { name: 'De andere tekst overnemen' }).click();
  await editor(page).getByText('Nog iets. # Daarna. # Van mij').waitFor();
  await page.getByRole('button', { name: 'Wissen' }).click();
  await page.getByText('Gewist.').waitFor();
  expect(await editor(page).textContent()).not.toContain('# Van mij');
  await page.getByRole('button', { name: 'Terugzetten' }).click();
  await editor(page).getByText('Nog iets. # Daarna. # Van mij').waitFor();
  // Somebody else in the same browser begins with what is published.
  await page.context().addCookies([sessionOf(site.product, 'pia')]);
  await page.reload();
  await page.getByRole('button', { name: /PIA/ }).waitFor();
  await page.getByText('Nagekeken en bewezen').first().waitFor();
  expect(await editor(page).textContent()).not.toContain('# Van mij');
  await page.context().close();
});
