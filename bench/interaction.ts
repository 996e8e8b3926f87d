/**
 * How long the pages take from what somebody does (a click, a key) until they show something for it: in Chromium, on local data, by the browser's
 * own clock (Event Timing). A dozen projects, a plan of 2,000 tasks, a backlog of 2,000 items and a board of 200 cards.
 */
import { randomUUID } from 'node:crypto';
import type { Browser, Locator, Page } from 'playwright-core';
import { parseTemplate, type Template } from '../domain/template/schema';
import { openDatabase } from '../store/client';
import { publishTemplate } from '../store/templates';
import { launchChromium } from '../test/web/support/chromium';
import { type Benchmark, type BenchOptions, type Figures, size } from './benchmark';
import { createClient, http, newTally } from './support/client';
import { median, sleep, until } from './support/measure';
import { type Product, startProduct } from './support/product';
import { HOLDERS, PHASES } from './support/shapes';

/** What has to show something within it. */
const LIMIT_MS = 100;
const PROJECTS = 12;
const PHASE = 'phase-1';
const TASKS_PER_RACK = 40;
const CARDS_AT_ONCE = 200;
/** The longest that the browser is given to tell of an event after it. */
const SETTLED_MS = 400;

// The page keeps what the browser tells of each event that somebody caused; an event is told from 16 ms on, in steps of 8.
const LISTEN = `
  window.told = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (entry.interactionId) window.told.push(entry.duration);
  }).observe({ type: 'event', durationThreshold: 16, buffered: true });
`;

const text = (name: string) => ({ nl: name, fr: name, en: name });

/** One phase of 40 tasks in chains of five, each done once per rack, and a gate. */
function planTemplate(): Template {
  const parsed = parseTemplate(JSON.stringify({
    schema: 1, key: 'bench-plan', version: '1.0.0', name: text('bench-plan'), description: text('bench-plan'), managerRole: 'manager',
    roles: ['manager', 'team', 'approvers'].map((key) => ({ key, abbreviation: key, name: text(key) })), inventory: [{ kind: 'rack', name: text('Rack') }],
    phases: [{
      key: PHASE, name: text('Phase 1'), kind: 'stage',
      tasks: Array.from({ length: TASKS_PER_RACK }, (_, at) => ({
        key: `task-${at + 1}`, name: text(`Task ${at + 1}`), rasci: { r: 'team', a: 'manager' }, after: at % 5 === 0 ? [] : [`task-${at}`], estimate: [1, 2, 4], dueDays: 3, forEach: { kind: 'rack' },
      })),
      gate: { key: 'gate-1', name: text('Gate 1'), approval: { steps: [{ key: 'approvers', roles: ['approvers'], quorum: 'any' }] } },
    }],
  }));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems[0]));
  return parsed.template;
}

interface Places {
  readonly plan: string;
  readonly agile: string;
}

interface Step {
  readonly name: string;
  readonly person: 'office' | 'team';
  readonly at: (places: Places) => string;
  /** What has to be there before. */
  readonly ready: (page: Page) => Locator;
  readonly act: (page: Page) => Promise<void>;
}

const agile = (view: string) => ({ agile: project }: Places): string => `/projects/${project}/phases/${PHASE}/agile?view=${view}`;
const plan = (tab: string) => ({ plan: project }: Places): string => `/projects/${project}?tab=${tab}`;
const tab = (page: Page, name: string): Locator => page.getByRole('tab', { name, exact: true });
const card = (page: Page): Locator => page.getByRole('group', { name: /^#/ }).first();

const STEPS: readonly Step[] = [
  { name: 'myWorkOpen', person: 'team', at: () => '/', ready: (page) => page.locator('[data-row]').first(), act: (page) => page.locator('[data-row]').nth(3).click() },
  { name: 'myWorkChoose', person: 'team', at: () => '/', ready: (page) => page.locator('[data-row]').first(), act: (page) => page.getByRole('checkbox').nth(2).click() },
  { name: 'toAnotherRoom', person: 'office', at: () => '/', ready: (page) => page.getByRole('heading', { level: 1 }), act: (page) => page.getByRole('link', { name: 'Projects' }).first().click() },
  { name: 'commandMenu', person: 'office', at: () => '/portfolio', ready: (page) => page.getByRole('table'), act: (page) => page.keyboard.press('Control+k') },
  {
    name: 'commandMenuType', person: 'office', at: () => '/portfolio', ready: (page) => page.getByRole('table'),
    act: async (page) => {
      await page.keyboard.press('Control+k');
      await page.getByRole('textbox', { name: /^Go to, find/ }).waitFor();
      await page.keyboard.type('project', { delay: 50 });
    },
  },
  { name: 'portfolioTimeline', person: 'office', at: () => '/portfolio', ready: (page) => page.getByRole('table'), act: (page) => page.getByText('Timeline', { exact: true }).click() },
  { name: 'portfolioBoard', person: 'office', at: () => '/portfolio', ready: (page) => page.getByRole('table'), act: (page) => page.getByText('Board', { exact: true }).click() },
  { name: 'portfolioFind', person: 'office', at: () => '/portfolio', ready: (page) => page.getByRole('table'), act: (page) => page.getByRole('textbox').first().pressSequentially('bench', { delay: 50 }) },
  { name: 'planTasks', person: 'office', at: plan('overview'), ready: (page) => tab(page, 'Tasks'), act: (page) => tab(page, 'Tasks').click() },
  { name: 'planTimeline', person: 'office', at: plan('overview'), ready: (page) => tab(page, 'Timeline'), act: (page) => tab(page, 'Timeline').click() },
  { name: 'planTimelineZoom', person: 'office', at: plan('timeline'), ready: (page) => page.getByText('Weeks', { exact: true }), act: (page) => page.getByText('Weeks', { exact: true }).click() },
  { name: 'planTimelineUnfold', person: 'office', at: plan('timeline'), ready: (page) => page.getByRole('button', { name: /^Task 2 / }), act: (page) => page.getByRole('button', { name: /^Task 2 / }).click() },
  { name: 'planTaskOpen', person: 'office', at: plan('tasks'), ready: (page) => page.getByRole('link', { name: /^Task/ }).first(), act: (page) => page.getByRole('link', { name: /^Task/ }).nth(2).click() },
  { name: 'planTaskChoose', person: 'office', at: plan('tasks'), ready: (page) => page.getByRole('link', { name: /^Task/ }).first(), act: (page) => page.getByRole('checkbox', { name: /^Choose “Task/ }).nth(2).click() },
  { name: 'planTaskFind', person: 'office', at: plan('tasks'), ready: (page) => page.getByRole('link', { name: /^Task/ }).first(), act: (page) => page.getByLabel('Find').pressSequentially('task 19', { delay: 50 }) },
  { name: 'backlogFind', person: 'team', at: agile('backlog'), ready: (page) => page.getByText('Story 1', { exact: true }), act: (page) => page.getByRole('textbox', { name: 'Find in the backlog' }).pressSequentially('story 19', { delay: 50 }) },
  { name: 'backlogMenu', person: 'team', at: agile('backlog'), ready: (page) => page.getByText('Story 1', { exact: true }), act: (page) => page.getByRole('button', { name: /^What to do with/ }).nth(3).click() },
  {
    name: 'backlogMove', person: 'team', at: agile('backlog'), ready: (page) => page.getByText('Story 1', { exact: true }),
    act: async (page) => {
      await page.getByRole('button', { name: /^What to do with/ }).nth(3).click();
      await page.getByRole('menuitem', { name: 'To the bottom' }).click();
    },
  },
  { name: 'boardMenu', person: 'team', at: agile('board'), ready: card, act: (page) => page.getByRole('button', { name: /^What to do with/ }).first().click() },
  {
    name: 'boardMove', person: 'team', at: agile('board'), ready: card,
    act: async (page) => {
      await page.getByRole('button', { name: /^What to do with/ }).first().click();
      await page.getByRole('menuitem').first().click();
    },
  },
  {
    name: 'boardKeys', person: 'team', at: agile('board'), ready: card,
    act: async (page) => {
      await card(page).focus();
      for (const key of ['Space', 'ArrowRight', 'Space']) {
        await page.keyboard.press(key);
        await sleep(300);
      }
    },
  },
  { name: 'language', person: 'office', at: () => '/portfolio', ready: (page) => page.getByRole('table'), act: (page) => page.getByRole('navigation').getByText('FR').click() },
];

/** Everything that is measured on. */
async function furnish(product: Product, options: BenchOptions): Promise<Places> {
  const sluis = createClient(product);
  const tally = newTally();
  for (let at = 0; at < PROJECTS; at += 1) await sluis.start('bench-lifecycle', `Bench project ${at + 1}`, tally);
  const database = openDatabase(product.databaseUrl, { max: 1 });
  try {
    await publishTemplate(database, planTemplate(), 'bench');
  } finally {
    await database.close();
  }
  const post = async <T>(path: string, body: object, token = product.tokens.team): Promise<T> => (await http<T>('POST', `${product.api}${path}`, token, body, randomUUID())).body;
  const racks = size(options, 'TASKS', 2_000, 400) / TASKS_PER_RACK;
  const { id: large } = await post<{ id: string }>('/projects', {
    name: 'The large plan', template: 'bench-plan', roles: HOLDERS, inventory: Array.from({ length: racks }, (_, at) => ({ id: `rack-${at + 1}`, kind: 'rack', name: `Rack ${at + 1}`, attributes: {} })),
  }, product.tokens.office);
  // A phase of so many tasks is open only once it has begun each of them.
  await until(async () => (await http<{ items: readonly unknown[] }>('GET', `${product.api}/projects/${large}/tasks`, product.tokens.office)).body.items.length === racks * TASKS_PER_RACK, 'the tasks of the plan', { everyMs: 500, limitMs: 300_000 });
  const agileProject = await sluis.start('bench-agile', 'The backlog', tally);
  const at = `/projects/${agileProject}/phases/${PHASE}`;
  const read = <T>(path: string): Promise<T> => http<T>('GET', `${product.api}${path}`, product.tokens.team).then(({ body }) => body);
  await until(() => read(`${at}/backlog`).then(() => true, () => false), 'the backlog');
  const items = size(options, 'ITEMS', 2_000, 400);
  await post(`${at}/backlog/import`, { csv: ['title,estimate', ...Array.from({ length: items }, (_, index) => `Story ${index + 1},${index % 8}`)].join('\n') });
  await post(`${at}/sprints`, { team: 'blue' });
  // From the end of the backlog, so that its beginning can be moved about.
  await post(`${at}/sprints/blue/1/plan`, { items: Array.from({ length: Math.min(CARDS_AT_ONCE, items / 2) }, (_, index) => String(items - index)) });
  await post(`${at}/sprints/blue/1/goal`, { goal: 'Done' });
  await post(`${at}/sprints/blue/1/start`, {});
  await until(async () => (await read<{ items: readonly unknown[] }>(`/tasks?mine=true&limit=100`)).items.length > PHASES * PROJECTS, 'the work of the team');
  return { plan: large, agile: agileProject };
}

async function measure(browser: Browser, product: Product, places: Places, { name, person, at, ready, act }: Step, rounds: number): Promise<Figures> {
  const url = new URL(product.api).origin;
  const context = await browser.newContext({ baseURL: url, viewport: { width: 1360, height: 900 }, locale: 'en', reducedMotion: 'reduce' });
  await context.addCookies([{ name: 'sluis-session', value: product.tokens[person], url, httpOnly: true, sameSite: 'Strict' }]);
  await context.addInitScript(LISTEN);
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const worst: number[] = [];
  try {
    for (let round = 0; round < rounds; round += 1) {
      await page.goto('/');
      await page.evaluate('localStorage.setItem("sluis-language", "en")');
      await page.goto(at(places));
      await ready(page).waitFor();
      // A forecast may take longer: nothing here waits for it.
      await page.waitForLoadState('networkidle').catch(() => undefined);
      await sleep(SETTLED_MS);
      await page.evaluate('window.told.length = 0');
      await act(page);
      await sleep(SETTLED_MS);
      // What is told of takes 16 ms at least: of nothing slower, nothing is told.
      worst.push(Math.max(16, ...await page.evaluate<number[]>('window.told')));
    }
  } catch (error) {
    throw new Error(`${name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  } finally {
    await context.close();
  }
  return { p50: median(worst), worst: Math.max(...worst) };
}

/** A page of one button that changes its own word: what the browser and the machine take by themselves. */
async function measureBare(browser: Browser, rounds: number): Promise<Figures> {
  const context = await browser.newContext();
  await context.addInitScript(LISTEN);
  const page = await context.newPage();
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    await page.goto('data:text/html,<button onclick="this.textContent=Date.now()">0</button>');
    await sleep(SETTLED_MS);
    await page.getByRole('button').click();
    await sleep(SETTLED_MS);
    times.push(Math.max(16, ...await page.evaluate<number[]>('window.told')));
  }
  await context.close();
  return { p50: median(times), worst: Math.max(...times) };
}

async function run(options: BenchOptions): Promise<Figures> {
  const rounds = size(options, 'ROUNDS', 7, 2);
  const wanted = process.env['STEPS']?.split(',');
  const product = await startProduct(options);
  const browser = await launchChromium();
  try {
    const places = await furnish(product, options);
    const found: Record<string, Figures> = { bare: await measureBare(browser, rounds * 3) };
    options.say(`bare: ${JSON.stringify(found['bare'])}`);
    for (const step of STEPS) {
      if (wanted && !wanted.includes(step.name)) continue;
      found[step.name] = await measure(browser, product, places, step, rounds);
      options.say(`${step.name}: ${JSON.stringify(found[step.name])}`);
    }
    return { ...found, over: Object.values(found).filter(({ p50 }) => Number(p50) > LIMIT_MS).length };
  } finally {
    await browser.close();
    await product.stop();
  }
}

export const interaction: Benchmark = { name: 'interaction', about: `from a click or a key until the page shows something for it, in milliseconds; \`over\`: kinds of which the middle one took longer than ${LIMIT_MS}`, run };
