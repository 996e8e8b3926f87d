// Pictures of the pages for the README: starts a product of its own with the demo portfolio and writes docs/pictures/.
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const PICTURES = path.join(ROOT, 'docs', 'pictures');
const PORT = 3970;
const SITE = `http://localhost:${PORT}`;
const data = fs.mkdtempSync(path.join(os.tmpdir(), 'sluis-pictures-'));
const env = { ...process.env, SLUIS_DATA: data, PORT: String(PORT) };
const sluis = [path.join(ROOT, 'bin', 'sluis.mjs')];
const chromiumPath = () => process.env.CHROMIUM_PATH ?? execFileSync('which', ['chromium'], { encoding: 'utf8' }).trim();

/** Where a project of the demo portfolio is, by a part of its name. */
async function projectOf(page, words) {
  return page.evaluate(async (q) => (await (await fetch(`/api/v1/portfolio?q=${encodeURIComponent(q)}`)).json()).items[0]?.id, words);
}

const PAGES = [
  { name: 'portfolio', person: 'p-pia', language: 'en', path: async () => '/portfolio' },
  { name: 'project', person: 'p-marc', language: 'en', path: async (page) => `/projects/${await projectOf(page, 'Serverzaal')}` },
  {
    name: 'gate', person: 'p-leo', language: 'fr',
    path: async (page) => `/approvals/${await page.evaluate(async () => (await (await fetch('/api/v1/approvals')).json()).items.find(({ gate }) => gate)?.id)}`,
  },
  { name: 'board', person: 'p-marc', language: 'en', path: async (page) => `/projects/${await projectOf(page, 'Selfservice')}/phases/sprints/agile?view=board` },
  { name: 'my-work-on-a-phone', person: 'p-tess', language: 'nl', phone: true, path: async () => '/' },
];

async function picture(browser, { name, person, language, phone = false, path: find }) {
  const context = await browser.newContext({ baseURL: SITE, viewport: phone ? { width: 390, height: 844 } : { width: 1280, height: 800 }, locale: language, reducedMotion: 'reduce' });
  await context.addInitScript((chosen) => localStorage.setItem('sluis-language', chosen), language);
  const page = await context.newPage();
  await page.goto('/sign-in');
  await page.evaluate((demo) => fetch('/api/v1/sign-in', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ demo }) }), person);
  await page.goto(await find(page));
  await page.locator('main h1').waitFor();
  await page.waitForFunction(() => !document.querySelector('[aria-busy="true"]'));
  await page.waitForTimeout(500);
  await page.screenshot({ path: path.join(PICTURES, `${name}.png`) });
  await context.close();
}

fs.mkdirSync(PICTURES, { recursive: true });
const product = spawn(process.execPath, [...sluis, 'server'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
try {
  await new Promise((resolve, reject) => {
    product.once('exit', () => reject(new Error('the product did not start')));
    product.stdout.on('data', (text) => { if (String(text).includes('Ctrl-C')) resolve(); });
  });
  execFileSync(process.execPath, [...sluis, 'demo', '--portfolio'], { env, stdio: 'inherit' });
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] });
  for (const each of PAGES) await picture(browser, each);
  await browser.close();
} finally {
  product.removeAllListeners('exit');
  product.kill('SIGINT');
  await new Promise((resolve) => { product.once('exit', resolve); });
  fs.rmSync(data, { recursive: true, force: true });
}
