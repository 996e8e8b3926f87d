/** The handover of services in a browser: readiness, early-life support, the document, and the services of all projects. */
import { eventually } from '../support/engine';
import { SMALL_ROLES, smallText, smallVersion } from '../support/template';
import { overflows, startSite, violations, type Site } from './support/browser';

let site: Site;
let project: string;
const named = (key: string) => ({ key, name: smallText(key) });
const call = (person: string, method: string, path: string, body?: unknown) => site.product.call(person, method, `/projects/${project}/phases/control/handover${path}`, body);
const address = (search = ''): string => `/projects/${project}/phases/control/handover${search}`;

const versionOf = (number: string, more: object = {}): string => smallVersion(number, (template) => {
  Object.assign(template, more);
  Object.assign(template.phases.find(({ key }) => key === 'control') as object, { kind: 'handover', handover: {
    delivering: ['engineer'], serviceOwner: 'sponsor', teams: [{ ...named('ops'), roles: ['security'] }], criteria: [{ ...named('accepted'), owner: 'engineer', dueDays: 5, evidence: [{ ...named('report'), type: 'text' }] }],
    signOff: { steps: [{ ...named('owner'), roles: ['sponsor'], quorum: 'any' }] },
    earlyLife: { days: 10, count: 'calendar', criteria: [{ ...named('levels'), kind: 'figures', measure: 'service-level', over: 'each-day', limit: 99 }] },
  } });
});

beforeAll(async () => {
  site = await startSite();
  expect((await site.product.call('olga', 'POST', '/templates', { text: versionOf('4.0.0') })).status).toBe(201);
  project = (await site.product.call('olga', 'POST', '/projects', { name: 'Datacenter', template: 'small', version: '4.0.0', roles: SMALL_ROLES })).body.id;
  await eventually(async () => (await call('eva', 'GET', '')).status === 200, 'the handover');
});
afterAll(() => site.close());

test('who hands over adds a service and shows what is asked of it; who receives it sees what is missing', async () => {
  const page = await site.open('eva', `/projects/${project}`, { language: 'nl' });
  await page.getByRole('link', { name: 'Overdracht van “control (nl)”' }).click();
  await page.getByText('Er wordt nog geen dienst overgedragen.').waitFor();
  await page.getByRole('textbox', { name: 'Een dienst toevoegen' }).fill('Mail <b>vet</b>');
  await page.getByRole('button', { name: 'Toevoegen' }).click();
  await page.getByRole('heading', { name: 'Mail <b>vet</b>' }).waitFor();
  const other = await site.open('sol', '/services', { language: 'nl' });
  await other.getByText('1 ontbreekt: accepted (nl)').waitFor();
  expect(await violations(other)).toEqual([]);
  await page.getByRole('button', { name: 'Aantonen' }).click();
  await page.getByRole('textbox', { name: 'report (nl)' }).fill('In orde.');
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Aantonen' }).click();
  await page.getByText('1 van 1 gehaald').first().waitFor();
  await page.getByRole('button', { name: 'Aftekening vragen' }).click();
  await page.getByText('loopt', { exact: true }).waitFor();
  // What others do appears without reloading.
  await eventually(async () => (await other.getByText('1 ontbreekt').count()) === 0, 'that nothing is missing any more');
});

test('operations tell figures of a day on the page, and see them against their limits', async () => {
  const approval = (await call('sam', 'GET', '/services/service-1')).body.signOff.approval as string;
  const digest = await eventually(async () => (await site.product.engine.database.pool.query<{ digest: string }>(`SELECT data->>'digest' AS digest FROM approvals WHERE id = $1`, [approval])).rows[0]?.digest, 'its approval');
  expect((await site.product.call('sam', 'POST', `/approvals/${encodeURIComponent(approval)}/decide`, { outcome: 'approve', digest })).status).toBe(200);
  const page = await site.open('sol', address('?service=service-1&view=support'), { language: 'nl' });
  for (const [name, value] of [['P1', '0'], ['P2', '1'], ['P3', '2'], ['P4', '3'], ['Dienstenniveau gehaald (%)', '98,5'], ['Open gebreken', '4'], ['Oproepen', '12']] as const) {
    await page.getByRole('textbox', { name, exact: true }).fill(value);
  }
  await page.getByRole('button', { name: 'Doorgeven' }).click();
  await page.getByText('1 dag opgenomen').waitFor();
  await page.getByRole('cell', { name: '98,5' }).waitFor();
  await page.getByRole('img', { name: /Dienstenniveau gehaald \(%\) van 1 dagen; laatst: 98,5; grens: 99/ }).waitFor();
  expect(await page.getByRole('button', { name: 'Definitief overnemen' }).isDisabled()).toBe(true);
  expect(await violations(page)).toEqual([]);
});

test('the manager connects a system, sees its secret once, gives it another and stops it', async () => {
  const page = await site.open('mia', address('?service=service-1&view=support'), { language: 'nl' });
  await page.getByRole('textbox', { name: 'Naam van het systeem' }).fill('Zabbix');
  await page.getByRole('button', { name: 'Een systeem aansluiten' }).click();
  const secret = page.getByText(/^whsec_/);
  const first = await secret.textContent();
  expect(await page.getByRole('region', { name: 'Voorbeeld' }).textContent()).toContain('Sluis-Signature: v1=$sig');
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Nieuw geheim voor Zabbix' }).click();
  await page.getByRole('button', { name: 'Nieuw geheim', exact: true }).click();
  await eventually(async () => ![null, first].includes(await secret.textContent()), 'another secret');
  await page.getByRole('button', { name: 'Zabbix stoppen' }).click();
  await page.getByRole('button', { name: 'Stoppen', exact: true }).click();
  await page.getByText('gestopt', { exact: true }).waitFor();
  expect(await secret.count()).toBe(0);
  const other = await site.open('sol', address('?service=service-1&view=support'), { language: 'nl' });
  await other.getByRole('heading', { name: 'Wie te bereiken als het brandt' }).waitFor();
  expect(await other.getByRole('heading', { name: 'Andere systemen die cijfers doorgeven' }).count()).toBe(0);
});

test('on a phone, dark, in French, nothing is wider than the screen', async () => {
  const page = await site.open('sol', address('?service=service-1&view=document'), { language: 'fr', size: 'phone', dark: true });
  await page.getByText('Provisoire : le service n’est pas encore transféré.').waitFor();
  for (const view of ['document', 'support', 'board']) {
    await page.goto(address(`?service=service-1&view=${view}`));
    await page.getByRole('heading', { level: 2 }).first().waitFor();
    await page.waitForFunction(() => !document.querySelector('[aria-busy=true], .mantine-Skeleton-root, [role=status][aria-label]'));
    expect([view, await overflows(page), await violations(page)]).toEqual([view, false, []]);
  }
  await page.goto('/services');
  await page.getByText(/Soutien de démarrage jusqu’au/).waitFor();
  expect(await overflows(page)).toBe(false);
  expect(await violations(page)).toEqual([]);
});

test('what the service desk is to know is written, read and put right on the page', async () => {
  const page = await site.open('eva', address('?service=service-1&view=board'), { language: 'nl' });
  await page.getByRole('button', { name: 'Een artikel schrijven' }).click();
  await page.getByRole('textbox', { name: 'Titel' }).fill('Na een stroomstoring');
  await page.getByRole('textbox', { name: 'Wat de servicedesk moet weten' }).fill('Eerst de bibliotheek.\nDan de <b>dienst</b>.');
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Bewaren' }).click();
  const other = await site.open('sol', address('?service=service-1&view=board'), { language: 'nl' });
  await other.getByText('Dan de <b>dienst</b>.').waitFor();
  await other.getByRole('button', { name: '“Na een stroomstoring” wijzigen' }).click();
  await other.getByRole('textbox', { name: 'Wat de servicedesk moet weten' }).fill('Eerst het netwerk.');
  await other.getByRole('button', { name: 'Bewaren' }).click();
  // What others do appears without reloading.
  await page.getByText('Eerst het netwerk.').waitFor();
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: '“Na een stroomstoring” weglaten' }).click();
  await eventually(async () => (await other.getByText('Eerst het netwerk.').count()) === 0, 'that it is gone');
});

test('of many services one is found by its name', async () => {
  expect((await call('eva', 'POST', '/services', { services: Array.from({ length: 13 }, (_, index) => ({ name: `Server ${index + 1}` })) })).status).toBe(200);
  const page = await site.open('sol', address(), { language: 'nl' });
  await page.getByText('14 van 14', { exact: true }).waitFor();
  await page.getByRole('searchbox', { name: 'Zoek een dienst' }).fill('server 12');
  await page.getByText('1 van 14', { exact: true }).waitFor();
  await page.getByRole('button', { name: /^Server 12/ }).click();
  await page.getByRole('heading', { name: 'Server 12' }).waitFor();
  expect(await page.getByRole('list', { name: 'Diensten' }).getByRole('button').count()).toBe(1);
  expect(await violations(page)).toEqual([]);
});

test('both sides change what is said of a service and add a criterion of its own; who hands over withdraws it', async () => {
  const page = await site.open('eva', address('?service=service-2'), { language: 'nl' });
  await page.getByRole('button', { name: 'Gegevens wijzigen' }).click();
  await page.getByRole('combobox', { name: 'Diensteigenaar' }).click();
  await page.getByRole('option', { name: 'SAM' }).click();
  await page.getByRole('button', { name: 'Een belofte toevoegen' }).click();
  await page.getByRole('textbox', { name: 'Wat beloofd is' }).fill('Beschikbaarheid');
  await page.getByRole('textbox', { name: 'Doel' }).fill('99,5');
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Bewaren' }).click();
  await page.getByText('Beschikbaarheid: 99,5 %').waitFor();
  await page.getByText('diensteigenaar: SAM').waitFor();
  await page.getByRole('button', { name: 'Een criterium toevoegen' }).click();
  await page.getByRole('textbox', { name: 'Wat in orde moet zijn' }).fill('Een keer hersteld');
  await page.getByRole('combobox', { name: 'Wie ervoor zorgt' }).click();
  await page.getByRole('option', { name: 'engineer (nl)' }).click();
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Toevoegen', exact: true }).click();
  await page.getByText('Een keer hersteld', { exact: true }).waitFor();
  // Who only receives it sees all of it, and withdraws nothing.
  const other = await site.open('sol', address('?service=service-2'), { language: 'nl' });
  await other.getByText('Een keer hersteld', { exact: true }).waitFor();
  expect(await other.getByRole('button', { name: 'Niet overdragen' }).count()).toBe(0);
  await page.getByRole('button', { name: 'Niet overdragen' }).click();
  await page.getByRole('textbox', { name: 'Reden' }).fill('Blijft bij het project');
  await page.getByRole('button', { name: 'Niet overdragen' }).click();
  await eventually(async () => (await call('mia', 'GET', '/services/service-2')).body.status === 'withdrawn', 'the withdrawal');
});

test('services come from the inventory; one more session is asked for; what is met turns out not to be; who receives drops a criterion of its own', async () => {
  expect((await site.product.call('olga', 'POST', '/templates', { text: versionOf('4.1.0', { inventory: [{ kind: 'server', name: smallText('server') }] }) })).status).toBe(201);
  const inventory = ['alfa', 'bravo'].map((id) => ({ kind: 'server', id, name: `Server ${id}` }));
  const own = (await site.product.call('olga', 'POST', '/projects', { name: 'Servers', template: 'small', version: '4.1.0', roles: SMALL_ROLES, inventory })).body.id as string;
  const at = `/projects/${own}/phases/control/handover`;
  const post = async (path: string, body: object): Promise<number> => (await site.product.call('eva', 'POST', `${at}${path}`, body)).status;
  await eventually(async () => (await site.product.call('eva', 'GET', at)).status === 200, 'the handover');
  const page = await site.open('eva', at, { language: 'nl' });
  await page.getByRole('combobox', { name: 'Uit de inventaris' }).click();
  await page.getByRole('option', { name: 'Server bravo' }).click();
  await page.keyboard.press('Escape');
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Uit de inventaris toevoegen' }).click();
  await page.getByRole('heading', { name: 'Server bravo' }).waitFor();
  expect((await site.product.call('eva', 'GET', `${at}/services/service-1`)).body.item).toEqual({ key: 'bravo', name: 'Server bravo' });
  expect((await site.product.call('eva', 'GET', `${at}/inventory`)).body.items).toEqual([{ key: 'alfa', name: 'Server alfa' }]);
  await page.getByRole('button', { name: 'Nog een sessie' }).click();
  await page.getByRole('textbox', { name: 'Waarover ze gaat' }).fill('Herstarten');
  await page.getByRole('combobox', { name: 'Soort' }).click();
  await page.getByRole('option', { name: 'meelopen', exact: true }).click();
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Toevoegen', exact: true }).last().click();
  await page.getByText('Herstarten · meelopen').waitFor();
  expect(await post('/services/service-1/entries/accepted/meet', { evidence: { report: 'In orde.' } })).toBe(200);
  await page.getByRole('button', { name: 'Toch niet' }).click();
  await page.getByRole('textbox', { name: 'Reden' }).fill('De back-up faalde');
  await page.getByRole('button', { name: 'Toch niet' }).click();
  await page.getByText('Ontbreekt nog: De back-up faalde').waitFor();
  expect(await post('/services/service-1/criteria', { title: 'Twee keer hersteld', owner: 'engineer' })).toBe(200);
  const other = await site.open('sol', at, { language: 'nl' });
  await other.getByText('Twee keer hersteld', { exact: true }).waitFor();
  // Who hands over does not drop what was agreed on.
  expect(await page.getByRole('button', { name: '“Twee keer hersteld” schrappen' }).count()).toBe(0);
  await other.getByRole('button', { name: '“Twee keer hersteld” schrappen' }).click();
  await eventually(async () => (await page.getByText('Twee keer hersteld', { exact: true }).count()) === 0, 'that it is gone');
});
