/** All pages: accessible, no wider than their screen, and nothing jumps while they load; light on a phone and dark on a wide screen. */
import type { Page } from 'playwright-core';
import { eventually } from '../support/engine';
import { DRAWN } from '../support/template';
import { faint, overflows, startSite, violations, type Screen, type Site } from './support/browser';

let site: Site;
let project: string;
let approval: string;
beforeAll(async () => {
  site = await startSite();
  // Hostile, right to left, and longer than any line.
  project = await site.product.startProject(`<img src=x onerror=alert(1)> مرحبا ${'x'.repeat(120)}`);
  const path = `/projects/${project}/phases/design/tasks`;
  await eventually(async () => (await site.product.call('eva', 'POST', `${path}/draw/complete`, { evidence: DRAWN })).status === 200, 'the drawing');
  await eventually(async () => (await site.product.call('eva', 'POST', `${path}/check/complete`, { evidence: {} })).status === 200, 'the check');
  approval = await eventually(async () => (await site.product.call('sam', 'GET', '/approvals?mine=true')).body.items[0]?.id as string | undefined, 'the approval');
});
afterAll(() => site.close());

const addresses = (): readonly (readonly [person: string, address: string])[] => [
  ['sam', '/'], ['eva', '/'], ['sam', `/approvals/${approval}`], ['eva', `/approvals/${approval}`], ['aude', `/approvals/${approval}?asOf=${encodeURIComponent(JSON.stringify(new Date().toISOString()))}`],
  ...['overview', 'timeline', 'tasks', 'changes', 'team', 'evidence', 'record'].map((tab) => ['mia', `/projects/${project}?tab=${tab}`] as const),
  ['mia', `/projects/${project}?tab=changes&change=new`], ['eva', `/projects/${project}/tasks/control/log-1`], ['eva', `/projects/${project}/tasks/design/draw`],
  ['olga', '/projects'], ['olga', '/projects/new'], ['olga', '/portfolio'], ['olga', '/portfolio?view=timeline'], ['olga', '/portfolio?view=board'], ['olga', '/portfolio?view=board&by=phase'],
  ['olga', '/search?q=draw'], ['olga', '/templates'], ['olga', '/templates/small/1.0.0'], ['olga', '/templates/edit'], ['olga', '/nowhere'], ['olga', '/templates/small'], ['eva', '/inbox'], ['sam', '/inbox'], ['sam', '/absence'], ['olga', '/absence'], ['olga', '/absence?person=sam'],
  ['olga', '/people'], ['olga', '/people?view=groups'], ['olga', '/people/sam'], ['olga', '/programs'], ['olga', '/services'], ['eva', '/calendars'], ['olga', '/workload'], ['mia', '/workload?person=mia&weeks=26'], ['olga', '/calendars'],
];

/** As browsers reckon it (web.dev/cls): what moved by itself, as a part of the screen; up to 0.1 is good. */
const jumps = (page: Page): Promise<number> => page.evaluate(() => new Promise<number>((resolve) => {
  let sum = 0;
  new PerformanceObserver((list) => { for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[]) if (!entry.hadRecentInput) sum += entry.value; }).observe({ type: 'layout-shift', buffered: true });
  setTimeout(() => resolve(sum), 50);
}));

const settled = async (page: Page): Promise<void> => {
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.waitForFunction(() => !document.querySelector('[aria-busy=true], .mantine-Skeleton-root, [role=status][aria-label]'));
};

// English, wide and light, is what the tests of the rooms go over.
const SCREENS: readonly Screen[] = [{ language: 'nl', size: 'phone', dark: false }, { language: 'fr', size: 'wide', dark: true }];

/** What is wrong with a page, in words. */
async function faults(page: Page, address: string): Promise<string[]> {
  await page.goto(address);
  await settled(page);
  const moved = await jumps(page);
  return [
    ...await violations(page),
    ...await faint(page),
    ...(await page.getByRole('main').count() === 1 && await page.getByRole('navigation').count() > 0 ? [] : ['has no frame']),
    ...(await overflows(page) ? ['wider than its screen'] : []),
    ...(moved > 0.1 ? [`jumps: ${moved.toFixed(3)}`] : []),
  ];
}

test.each(SCREENS)('on $size, in $language, dark: $dark', async (screen) => {
  const people = [...new Set(addresses().map(([person]) => person))];
  // Each person has a browser of their own; they look at the same time.
  const found = await Promise.all(people.map(async (person) => {
    const page = await site.open(person, '/', screen);
    const mine: string[] = [];
    for (const [, address] of addresses().filter(([each]) => each === person)) {
      const wrong = await faults(page, address).catch((error: unknown) => { throw new Error(`${address} (${person})`, { cause: error }); });
      mine.push(...wrong.map((each) => `${address} (${person}): ${each}`));
    }
    await page.context().close();
    return mine;
  }));
  expect(found.flat()).toEqual([]);
});
