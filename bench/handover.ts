/** Services in early-life support: what their daily figures cost, and how fast service managers see them after a year. */
import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { type Benchmark, size } from './benchmark';
import { createClient, http, newTally } from './support/client';
import { markHistories } from './support/history';
import { drive, round, spread, until } from './support/measure';
import { startProduct } from './support/product';
import { openReadModel } from './support/read-model';

/** Days of figures that stand in the read model. */
const DAYS = 365;
const AT = '/phases/phase-1/handover';

interface Service { readonly service: string; readonly status: string; readonly signOff: { readonly approval: string | null } }

export const handover: Benchmark = {
  name: 'handover',
  about: `daily figures of 200 services in early-life support, and the service view when ${DAYS} days of each are there`,
  run: async (options) => {
    const services = size(options, 'SERVICES', 200, 20);
    const rounds = size(options, 'ROUNDS', 20, 4);
    const perProject = Math.min(size(options, 'PER_PROJECT', 50, 20), services);
    const product = await startProduct(options);
    const readModel = openReadModel(product.databaseUrl);
    const connection = await Connection.connect({ address: product.temporalAddress });
    const call = async <T>(who: keyof typeof product.tokens, method: string, path: string, body?: object): Promise<T> =>
      (await http<T>(method, `${product.api}${path}`, product.tokens[who], body, method === 'POST' ? randomUUID() : undefined)).body;
    try {
      const client = createClient(product);
      const projects: string[] = [];
      for (let index = 0; index < services / perProject; index += 1) projects.push(await client.start('bench-handover', `handover ${index}`, newTally()));
      options.say(`${services} services are signed off`);
      for (const project of projects) {
        const base = `/projects/${project}${AT}`;
        await until(() => call('office', 'GET', base).then(() => true, () => false), 'the handover');
        await call('office', 'POST', `${base}/services`, { services: Array.from({ length: perProject }, (_, index) => ({ name: `Service ${index + 1}` })) });
        await drive(8, Array.from({ length: perProject }, (_, index) => `service-${index + 1}`), async (service) => {
          await call('office', 'POST', `${base}/services/${service}/sign-off`, {});
          let approval: string | null = null;
          await until(async () => (approval = (await call<Service>('approver', 'GET', `${base}/services/${service}`)).signOff.approval) !== null, 'a sign-off');
          const path = `/approvals/${encodeURIComponent(approval ?? '')}`;
          let digest = '';
          await until(() => call<{ readonly digest: string }>('approver', 'GET', path).then((found) => { digest = found.digest; return true; }, () => false), 'an approval');
          await call('approver', 'POST', `${path}/decide`, { outcome: 'approve', digest });
        });
        await until(async () => (await call<{ readonly services: readonly Service[] }>('office', 'GET', base)).services.every(({ status }) => status === 'early-life'), 'early-life support');
      }
      const date = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Brussels' }).format(Date.now());
      // Figures of a day that has not come are refused: each round corrects those of today, which costs no less than another day.
      const tell = (project: string, turn: number): Promise<unknown> => call('team', 'POST', `/projects/${project}${AT}/figures`, {
        entries: Array.from({ length: perProject }, (_, index) => ({ service: `service-${index + 1}`, date, correction: true, figures: { incidents: { p1: 0, p2: 1, p3: 2, p4: turn }, serviceLevel: 99.5, defects: 4, calls: 12 } })),
      });
      const handovers = (await readModel.openStreams(projects)).filter((stream) => stream.endsWith('/handover'));
      const mark = await markHistories(new Client({ connection }), handovers);
      const told = await drive(projects.length, Array.from({ length: rounds * projects.length }, (_, index) => index), (index) => tell(projects[index % projects.length] ?? '', Math.floor(index / projects.length)));
      const events = await mark();
      options.say(`${services * DAYS} days are put into the read model`);
      await readModel.run(`INSERT INTO service_days (id, seq, project, handover, "of", date, data)
        SELECT s.id || '/day/' || d, s.seq, s.project, s.handover, s.id, d, jsonb_build_object('figures', jsonb_build_array(0, 1, 2, 3, 99.5, 4, 12), 'at', 1780000000000, 'by', 'b-team', 'source', 'hand', 'project', s.project, 'handover', s.handover, 'of', s.id, 'date', d)
        FROM services s, (SELECT to_char(day, 'YYYY-MM-DD') d FROM generate_series(now() - interval '${DAYS - 1} days', now() - interval '1 day', interval '1 day') day) x ON CONFLICT DO NOTHING`);
      await readModel.run(`UPDATE services SET data = jsonb_set(jsonb_set(data, '{earlyLife,from}', to_jsonb(to_char(now() - interval '${DAYS - 1} days', 'YYYY-MM-DD'))), '{earlyLife,expected}', to_jsonb(repeat('1', ${DAYS})))`);
      await readModel.run('ANALYZE service_days');
      const read = async (path: string, times = 40) => {
        const { p50, p95 } = spread((await drive(1, Array.from({ length: times }, (_, index) => index), () => call('office', 'GET', path))).times);
        return { p50, p95 };
      };
      const { p50, p95 } = spread(told.times);
      return {
        services, days: rounds, batchOf: perProject, perSecond: round(services * rounds / told.seconds), batchMs: { p50, p95 }, historyEventsPerServiceAndDay: round(events / (services * rounds), 3), rowsPerServiceAndDay: 1,
        rows: services * DAYS, serviceViewMs: await read('/services?limit=50'), workloadMs: await read('/services/workload'), supportOfAYearMs: await read(`/projects/${projects[0] ?? ''}${AT}/services/service-1/support`),
      };
    } finally {
      await connection.close();
      await readModel.close();
      await product.stop();
    }
  },
};
