/** Every shipped lifecycle is driven through the real engine, over HTTP: to its end, with one rework, and with one stop. */
import { listShipped } from '../../config/library';
import { publishTemplate } from '../../store/templates';
import { driveLifecycle, type Lifecycle, loadLifecycle, startLifecycle } from '../support/lifecycles';
import { startProduct, type Product } from '../support/product';

let product: Product;
beforeAll(async () => { product = await startProduct(); });
afterAll(async () => { await product.close(); });

/** With the handover of services, and without early-life support after it: `transition.test.ts` has that. */
const PARAMETERS = { 'hands-over-services': true, 'early-life-support-days': 0 };

describe.each(listShipped())('%s', (key) => {
  let lifecycle: Lifecycle;
  beforeAll(async () => {
    lifecycle = loadLifecycle(key, PARAMETERS);
    await publishTemplate(product.engine.database, lifecycle.template, 'test');
  });

  test('goes to its end, after one rework', async () => {
    let reworked: string | undefined;
    const status = await driveLifecycle(product, await startLifecycle(product, lifecycle), lifecycle, { decide: (gate, allows, tasks) => {
      const [task] = tasks;
      if (reworked !== undefined || !allows('rework') || task === undefined) return { outcome: 'approve' };
      reworked = gate;
      return { outcome: 'rework', rework: [task] };
    } });
    expect(status).toBe('completed');
    expect(reworked).toBeDefined();
  });

  test('ends when a gate stops it', async () => {
    let stopped: string | undefined;
    const status = await driveLifecycle(product, await startLifecycle(product, lifecycle), lifecycle, { decide: (gate, allows) => {
      if (stopped !== undefined || !allows('stop')) return { outcome: 'approve' };
      stopped = gate;
      return { outcome: 'stop' };
    } });
    expect([stopped === undefined, status]).toEqual([false, 'stopped']);
  });
});
