/** Whatever people write is shown as text, within its place, on the pages and on paper: markup, right to left, longer than any line. */
import type { Page } from 'playwright-core';
import { eventually } from '../support/engine';
import { DRAWN, SMALL_ROLES, smallText, smallVersion } from '../support/template';
import { overflows, startSite, type Screen, type Site } from './support/browser';

const MARKUP = '<img src=x onerror="alert(1)"><script>alert(2)</script> \u202Eمرحبا\u202C ';
/** As long as is allowed, without a place to break. */
const hostile = (length: number): string => MARKUP + 'x'.repeat(length - MARKUP.length);

let site: Site;
const named = (key: string) => ({ key, name: smallText(key) });
const projects = { agile: '', handover: '' };
let change: string;

/** What each of them writes: all that a project can be told, at its longest. */
beforeAll(async () => {
  site = await startSite();
  const call = async (person: string, method: string, path: string, body?: object) => {
    const answer = await site.product.call(person, method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body).slice(0, 600)}`);
    return answer.body;
  };
  const begin = async (version: string, phase: object): Promise<string> => {
    const text = smallVersion(version, (template) => {
      Object.assign(template.phases.find(({ key }) => key === 'control') as object, phase);
      Object.assign(template, { changeControl: { levels: [{ ...named('any'), approval: { steps: [{ key: 'owner', roles: ['sponsor'], quorum: 'any' }] } }] } });
    });
    await call('olga', 'POST', '/templates', { text });
    const { id } = await call('olga', 'POST', '/projects', { name: hostile(200), template: 'small', version, roles: SMALL_ROLES });
    await eventually(async () => (await site.product.call('eva', 'POST', `/projects/${id}/phases/design/tasks/draw/comments`, { text: hostile(4000) })).status === 200, 'the first phase');
    return id as string;
  };
  projects.agile = await begin('5.0.0', { kind: 'iterations', iterations: { productOwner: 'sponsor', columns: [named('todo'), named('ready')], done: [named('tested')], teams: [{ ...named('alpha'), roles: ['engineer'], sprintDays: 10, next: 'by-hand', leftovers: 'next' }] } });
  projects.handover = await begin('6.0.0', { kind: 'handover', handover: {
    delivering: ['engineer'], serviceOwner: 'sponsor', teams: [{ ...named('ops'), roles: ['security'] }], criteria: [{ ...named('accepted'), owner: 'engineer', dueDays: 5, evidence: [{ ...named('report'), type: 'text' }] }],
    signOff: { steps: [{ ...named('owner'), roles: ['sponsor'], quorum: 'any' }] },
  } });
  await call('olga', 'PUT', '/groups/board', { name: hostile(200), members: ['eva'] });
  await call('olga', 'PUT', '/programs/racks', { name: hostile(200), managers: ['mia'] });

  const draw = `/projects/${projects.agile}/phases/design/tasks/draw`;
  await call('eva', 'POST', `${draw}/checklist`, { add: [hostile(500)] });
  await call('eva', 'POST', `${draw}/block`, { reason: hostile(4000) });
  change = (await call('mia', 'POST', `/projects/${projects.agile}/changes`, { title: hostile(200), reason: hostile(4000), operations: [{ op: 'set-task', phase: 'build', task: 'rack', set: { dueDays: 9 } }], impact: { scope: hostile(1000) } })).id;
  const sprint = `/projects/${projects.agile}/phases/control/sprints/alpha/1`;
  await eventually(async () => (await site.product.call('sam', 'POST', `/projects/${projects.agile}/phases/control/backlog/goal`, { goal: hostile(4000) })).status === 200, 'the backlog');
  await call('sam', 'POST', `/projects/${projects.agile}/phases/control/backlog/items`, { items: [{ title: hostile(300), estimate: 3 }, { title: hostile(300) }] });
  await call('eva', 'POST', `/projects/${projects.agile}/phases/control/sprints`, { team: 'alpha' });
  await eventually(async () => (await site.product.call('eva', 'POST', `${sprint}/plan`, { items: ['1'] })).status === 200, 'the sprint');
  await call('eva', 'POST', `${sprint}/goal`, { goal: hostile(2000) });
  await eventually(async () => (await site.product.call('eva', 'POST', `${sprint}/start`, {})).status === 200, 'its start');
  await call('eva', 'POST', `${sprint}/impediments`, { text: hostile(2000) });
  await call('eva', 'POST', `${sprint}/notes`, { kind: 'good', text: hostile(2000) });

  const handover = `/projects/${projects.handover}/phases/control/handover`;
  await eventually(async () => (await site.product.call('eva', 'POST', `${handover}/services`, { services: [{ name: hostile(200) }] })).status === 200, 'the service');
  const service = `${handover}/services/service-1`;
  await call('eva', 'POST', `${service}/criteria`, { title: hostile(300), owner: 'engineer' });
  await call('eva', 'POST', `${service}/entries/accepted/meet`, { evidence: { report: hostile(10_000) } });
  await call('eva', 'POST', `${service}/sessions`, { subject: hostile(300) });
  await call('eva', 'POST', `${service}/articles`, { title: hostile(300), text: hostile(20_000) });
  const design = `/projects/${projects.handover}/phases/design/tasks`;
  await call('eva', 'POST', `${design}/draw/complete`, { evidence: { ...DRAWN, drawing: { name: hostile(200) }, note: hostile(10_000) } });
  await eventually(async () => (await site.product.call('eva', 'POST', `${design}/check/complete`, { evidence: {} })).status === 200, 'the check');
  const approval = await eventually(async () => (await site.product.call('sam', 'GET', '/approvals?mine=true')).body.items.find((each: { project: string; change: unknown }) => each.project === projects.handover)?.id as string | undefined, 'the approval');
  const { digest } = await call('sam', 'GET', `/approvals/${encodeURIComponent(approval)}`);
  await call('sam', 'POST', `/approvals/${encodeURIComponent(approval)}/decide`, { outcome: 'approve-with-conditions', digest, reason: hostile(4000), conditions: [{ defect: hostile(4000), plan: hostile(4000), owner: 'engineer', dueDays: 3 }] });
  gate = approval;
});
afterAll(() => site.close());

let gate: string;

/** Who looks where; all of these pages show something that was written. */
const looks = (): readonly (readonly [person: string, address: string])[] => {
  const [agile, handover] = [`/projects/${projects.agile}`, `/projects/${projects.handover}`];
  return [
    ['eva', '/'], ['eva', `/?open=${encodeURIComponent(`${projects.agile}/design/draw`)}`], ['eva', '/inbox'], ['eva', `${handover}/tasks/design/draw`],
    ...['overview', 'timeline', 'tasks', 'changes', 'team', 'evidence', 'record&all=true'].map((tab) => ['mia', `${agile}?tab=${tab}`] as const), ['mia', `${agile}?tab=changes&change=${change}`], ['mia', `${agile}?tab=tasks&open=design/draw`],
    ...['overview', 'evidence', 'record&all=true'].map((tab) => ['mia', `${handover}?tab=${tab}`] as const), ['sam', `/approvals/${gate}`],
    ...['board', 'backlog', 'review', 'figures', 'forecast'].map((view) => ['eva', `${agile}/phases/control/agile?view=${view}&number=1`] as const),
    ...['board', 'document'].map((view) => ['sam', `${handover}/phases/control/handover?service=service-1&view=${view}`] as const), ['sam', '/services'],
    ['olga', '/people?view=groups'], ['olga', '/programs'], ['olga', '/portfolio'], ['olga', '/portfolio?view=timeline'], ['olga', '/portfolio?view=board'], ['olga', '/projects'], ['olga', '/search?q=xxx'],
  ];
};

async function faults(page: Page, address: string): Promise<string[]> {
  await page.goto(address);
  await page.getByText('alert(1)').first().waitFor();
  await page.waitForFunction(() => !document.querySelector('[aria-busy=true], .mantine-Skeleton-root, [role=status][aria-label]'));
  const made = await page.evaluate(() => document.querySelectorAll('#root script, #root img[src="x"]').length);
  return [...(made > 0 ? [`${made} elements of it`] : []), ...(await overflows(page) ? ['wider than its screen'] : [])].map((each) => `${address}: ${each}`);
}

test.each<Screen>([{ language: 'nl', size: 'phone', dark: false }, { language: 'fr', size: 'wide', dark: true }])('on $size, in $language', async (screen) => {
  const alerts: string[] = [];
  const found = await Promise.all([...new Set(looks().map(([person]) => person))].map(async (person) => {
    const page = await site.open(person, '/', screen);
    page.on('dialog', (dialog) => { alerts.push(page.url()); void dialog.dismiss(); });
    const mine: string[] = [];
    for (const [, address] of looks().filter(([each]) => each === person)) mine.push(...await faults(page, address).catch((error: unknown) => [`${address} (${person}): ${(error as Error).message.slice(0, 200)}`]));
    await page.context().close();
    return mine;
  }));
  expect([found.flat(), alerts]).toEqual([[], []]);
});

test('paper is light, says moments as they are, and leaves out what can only be done on a screen', async () => {
  const page = await site.open('sam', `/approvals/${gate}`, { language: 'en', dark: true });
  await page.getByRole('heading', { name: 'Criteria' }).waitFor();
  const ground = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const onScreen = await ground();
  await page.emulateMedia({ media: 'print' });
  await eventually(async () => (await ground()) === 'rgb(255, 255, 255)', 'the light ground');
  expect(await page.locator('time [data-paper]').first().evaluate((moment) => [(moment as HTMLElement).innerText, getComputedStyle(moment, '::after').content])).toEqual(['', expect.stringMatching(/^"\w{3}, .*\d{4}, \d\d:\d\d"$/)]);
  expect(await page.getByRole('navigation').count() + await page.getByRole('button', { name: 'Print' }).count()).toBe(0);
  expect(await overflows(page)).toBe(false);
  await page.emulateMedia({ media: 'screen' });
  await eventually(async () => (await ground()) === onScreen, 'the dark ground');
});
