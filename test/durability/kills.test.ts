/** People work on projects while parts are killed by process id at random moments: nothing acknowledged is lost or done twice. */
import { createProduct } from '../support/durability/product';
import { startParts } from '../support/durability/parts';
import type { Rig } from '../support/durability/rig';
import { settings } from '../support/durability/settings';
import { runTrial, type TrialReport } from '../support/durability/trial';

const { seed, kills, say } = settings;
jest.setTimeout(10 * 60_000 + (kills.parts + kills.product) * 30_000);

async function tryOut(rig: Rig, count: number): Promise<TrialReport> {
  try {
    const report = await runTrial(rig, { kills: count, seed, say });
    say(JSON.stringify(report, null, 2));
    return report;
  } catch (error) {
    throw new Error(`seed ${seed}: ${error instanceof Error ? error.message : String(error)}\n${rig.logs()}`, { cause: error });
  } finally {
    await rig.close();
  }
}

/** A trial in which nobody got anything done would show nothing. */
function expectWhole(report: TrialReport): void {
  expect({ seed, problems: report.problems }).toEqual({ seed, problems: [] });
  expect(report.acknowledged).toBeGreaterThan(10);
  expect(report.decided).toBeGreaterThan(0);
}

if (kills.parts > 0) {
  test('worker, API, Temporal and PostgreSQL are killed while people work', async () => {
    expectWhole(await tryOut(await startParts(), kills.parts));
  });
}

if (kills.product > 0) {
  test('the embedded product and each of its parts are killed while people work', async () => {
    const product = await createProduct();
    await product.revive('whole');
    expectWhole(await tryOut(product, kills.product));
    expect(product.running()).toEqual([]);
  });
}
