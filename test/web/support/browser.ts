/** A real browser before a real product: Chromium, driven by playwright-core. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type axe from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { startProduct, type Product } from '../../support/product';
import { launchChromium } from './chromium';

const DIST = join(__dirname, '..', '..', '..', 'dist', 'web');

export interface Screen {
  readonly language?: 'nl' | 'fr' | 'en';
  readonly size?: 'wide' | 'phone';
  readonly dark?: boolean;
}

export interface Site {
  readonly product: Product;
  readonly browser: Browser;
  /** A page of a browser of its own, signed in as a person of the tests, or nobody. What the page logs as an error fails `close`. */
  open(person: string | null, path: string, screen?: Screen): Promise<Page>;
  close(): Promise<void>;
}

const SIZES = { wide: { width: 1360, height: 900 }, phone: { width: 390, height: 844 } };

/** Errors that a page may log: a browser logs every answer that is one, and the pages ask who somebody is before they signed in. */
const EXPECTED = /Failed to load resource: (the server responded with a status of (401|403|404|409|422)|net::ERR_(FAILED|INTERNET_DISCONNECTED))/;

/** The cookie of a person's session, as the API gives it. */
export const sessionOf = ({ tokens, url }: Product, person: string) => ({ name: 'sluis-session', value: tokens.get(person) ?? '', domain: new URL(url).hostname, path: '/api', httpOnly: true, sameSite: 'Strict' as const });

/** @param more settings of the API beside the usual ones. */
export async function startSite(more: Parameters<typeof startProduct>[2] = {}): Promise<Site> {
  if (!existsSync(join(DIST, 'index.html'))) throw new Error('The pages are not built: node scripts/build.mjs');
  const product = await startProduct({}, undefined, { pages: DIST, demo: true, ...more });
  const browser = await launchChromium();
  const errors: string[] = [];
  return {
    product, browser,
    async open(person, path, { language = 'en', size = 'wide', dark = false } = {}) {
      const options: BrowserContextOptions = { baseURL: product.url, viewport: SIZES[size], hasTouch: size === 'phone', locale: language, colorScheme: dark ? 'dark' : 'light', reducedMotion: 'reduce' };
      const context = await browser.newContext(options);
      context.setDefaultTimeout(20_000);
      await context.addInitScript((chosen) => { if (!localStorage.getItem('sluis-language')) localStorage.setItem('sluis-language', chosen); }, language);
      if (person !== null) {
        await context.addCookies([sessionOf(product, person)]);
      }
      const page = await context.newPage();
      page.on('pageerror', (error) => { errors.push(`${page.url()}: ${error.message}`); });
      page.on('console', (message) => { if (message.type() === 'error' && !EXPECTED.test(message.text())) errors.push(`${page.url()}: ${message.text()}`); });
      await page.goto(path);
      return page;
    },
    async close() {
      await browser.close();
      await product.close();
      if (errors.length > 0) throw new Error(`The pages logged errors:\n${errors.join('\n')}`);
    },
  };
}

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** What WCAG 2.2 AA is violated by, as `rule: element`; none when the page is accessible as far as a program can tell. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const found = await page.evaluate(async (tags) => {
    const { axe: inPage } = window as unknown as { axe: typeof axe };
    return (await inPage.run({ runOnly: { type: 'tag', values: tags } })).violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
  }, ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']);
  return found;
}

/** Whether a page is wider than its screen: then a thumb would have to move it sideways. */
export const overflows = (page: Page): Promise<boolean> => page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth + 1);
