import { overflows, startSite, violations, type Site } from './support/browser';

let site: Site;
beforeAll(async () => { site = await startSite(); });
afterAll(() => site.close());

const calendar = async () => (await site.product.call('mia', 'GET', '/calendars')).body.items[0];

test('the office announces a year that is provisional: what is wrong stands at its day, the effect is said before, and all see it', async () => {
  const found: { year: number; holidays: { onDayOff: boolean }[]; daysOff: string[] } = (await calendar()).years.find(({ year, provisional }: { year: number; provisional: boolean }) => provisional && year > new Date().getFullYear());
  const { year, daysOff } = found;
  const missing = found.holidays.filter(({ onDayOff }) => onDayOff).length;
  const worked = Array.from({ length: 60 }, (_, index) => new Date(Date.UTC(year, 1, 1 + index)).toISOString().slice(0, 10)).filter((day) => !daysOff.includes(day));
  const page = await site.open('olga', `/calendars?year=${year}`, { language: 'nl' });
  await page.getByText(`${year} is voorlopig`).waitFor();
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Vervangingsdagen aankondigen' }).click();
  for (let place = 0; place < missing; place += 1) await page.getByLabel(`Vervangingsdag ${place + 1}`, { exact: true }).fill(worked[place * 2] ?? '');
  // A Sunday replaces nothing.
  const sunday = daysOff.find((day) => day.startsWith(`${year}-02`) && new Date(day).getUTCDay() === 0) ?? '';
  await page.getByLabel('Vervangingsdag 1', { exact: true }).fill(sunday);
  await page.getByRole('button', { name: 'Aankondigen', exact: true }).click();
  await page.locator('p[id$=-error]').waitFor();
  await page.getByLabel('Vervangingsdag 1', { exact: true }).fill(worked[0] ?? '');
  await page.getByRole('button', { name: 'Nog een sluiting' }).click();
  await page.getByLabel('Sluiting 1: eerste dag', { exact: true }).fill(worked[1] ?? '');
  const length = (Date.UTC(year + 1, 0, 1) - Date.UTC(year, 0, 1)) / 86_400_000;
  const before = length - daysOff.length;
  await page.getByText(`Het jaar krijgt ${before - missing - 1} werkdagen in plaats van ${before}.`).waitFor();
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Aankondigen', exact: true }).click();
  await page.getByText(/^Aangekondigd door OLGA op/).waitFor();
  await page.getByText(`${before - missing - 1} werkdagen`, { exact: true }).waitFor();
  expect((await calendar()).years.find((each: { year: number }) => each.year === year)).toMatchObject({ provisional: false, closures: [worked[1]], replacementDays: { length: missing } });
  // Others see it, and are not offered to change it.
  const eva = await site.open('eva', `/calendars?year=${year}`, { language: 'fr', size: 'phone', dark: true });
  await eva.getByText(/^Annoncé par OLGA le/).waitFor();
  expect(await eva.getByRole('button', { name: /Modifier|Annoncer/ }).count()).toBe(0);
  expect(await violations(eva)).toEqual([]);
  expect(await overflows(eva)).toBe(false);
  await eva.getByRole('button', { name: 'L’année précédente' }).click();
  await eva.waitForURL(`**/calendars?year=${year - 1}`);
});
