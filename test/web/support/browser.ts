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

/**
 * Errors that a page may log: a browser logs every answer that is one, and the pages ask who somebody is before they signed in; parts do not come without a connection. What was
 * about to be loaded when somebody signed out is refused, which the router logs.
 */
const EXPECTED = /Failed to load resource: (the server responded with a status of (401|403|404|409|422)|net::ERR_(FAILED|INTERNET_DISCONNECTED))|^TypeError: Failed to fetch dynamically imported module|^Error: Unable to preload CSS|^ApiProblem: Sign in first: /;

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
      context.setDefaultTimeout(45_000);
      // In the page alone: a frame that is leaving has no storage any more.
      await context.addInitScript((chosen) => { if (window === window.top && !localStorage.getItem('sluis-language')) localStorage.setItem('sluis-language', chosen); }, language);
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

/**
 * Fields that are hard to see, as `what ratio: element`, on computed colours: placeholders under 4.5 : 1 (WCAG 1.4.3) and lines under 3 : 1 (WCAG 1.4.11),
 * which axe does not reckon. What is disabled, ticked or has no line is left out.
 */
export const faint = (page: Page): Promise<string[]> => page.evaluate(() => {
  type Colour = readonly [red: number, green: number, blue: number, alpha: number];
  const colour = (text: string): Colour => { const [red = 0, green = 0, blue = 0, alpha = 1] = (text.match(/[\d.]+/g) ?? []).map(Number); return [red, green, blue, alpha]; };
  const over = (top: Colour, under: Colour): Colour => { const [red = 0, green = 0, blue = 0] = [0, 1, 2].map((at) => top[at]! * top[3] + under[at]! * (1 - top[3])); return [red, green, blue, 1]; };
  const ground = (element: Element | null): Colour => (element === null ? [255, 255, 255, 1] : over(colour(getComputedStyle(element).backgroundColor), ground(element.parentElement)));
  const light = (each: Colour): number => { const [red = 0, green = 0, blue = 0] = each.slice(0, 3).map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4)); return 0.2126 * red + 0.7152 * green + 0.0722 * blue; };
  const contrast = (one: Colour, other: Colour): number => { const [dark = 0, bright = 0] = [light(one), light(other)].sort((a, b) => a - b); return (bright + 0.05) / (dark + 0.05); };
  return [...document.querySelectorAll('.mantine-Input-input, input[type=checkbox], input[type=radio], .mantine-RadioIndicator-indicator')].flatMap((field) => {
    if (!field.checkVisibility({ opacityProperty: true }) || field.matches(':disabled, :checked, [data-checked], :disabled *')) return [];
    const style = getComputedStyle(field);
    const line = colour(style.borderTopColor);
    const words = field.matches(':placeholder-shown') ? contrast(colour(getComputedStyle(field, '::placeholder').color), ground(field)) : 21;
    const edge = parseFloat(style.borderTopWidth) === 0 || line[3] === 0 ? 21 : Math.min(contrast(line, ground(field)), contrast(line, ground(field.parentElement)));
    return [...(words < 4.5 ? [`placeholder ${words.toFixed(2)}`] : []), ...(edge < 3 ? [`line ${edge.toFixed(2)}`] : [])].map((each) => `${each}: ${field.outerHTML.slice(0, 200)}`);
  });
});

/** Whether a page is wider than its screen: then a thumb would have to move it sideways. */
export const overflows = (page: Page): Promise<boolean> => page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth + 1);
