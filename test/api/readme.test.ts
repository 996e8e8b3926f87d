/** The calls that the README shows, run as they stand there. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { seed } from '../../store/seed';
import { type Product, startProduct } from '../support/product';
import { eventually } from '../support/engine';

const readme = readFileSync(join(__dirname, '..', '..', 'README.md'), 'utf8');
const section = readme.slice(readme.indexOf('## First calls'), readme.indexOf('Errors are problem details'));
const blocks = [...section.matchAll(/```(sh|json)\n(.*?)```/gs)].map(([, kind, text]) => ({ kind, text: text ?? '' }));
const calls = blocks.filter(({ kind }) => kind === 'sh').map(({ text }) => text);

let product: Product;
let variables: Record<string, string>;
beforeAll(async () => {
  product = await startProduct();
  const { tokens } = await seed({ databaseUrl: product.engine.testDatabase.url, demo: true });
  const tokenOf = (person: string) => tokens.find((each) => each.person === person)?.token ?? '';
  variables = { OLGA: tokenOf('p-olga'), BEA: tokenOf('p-bea'), PATH: process.env['PATH'] ?? '' };
});
afterAll(() => product.close());

/** The answer that the README shows in full after a call, without moments and ids, which differ each time. */
function shownAfter(call: number): Record<string, unknown> {
  const [answer = ''] = /^\{.*?"replayed":false\}/s.exec(blocks.filter(({ kind }) => kind === 'json')[call]?.text ?? '') ?? [];
  const { seq, events } = JSON.parse(answer) as { seq: number; events: { seq: number; type: string }[] };
  return { seq, replayed: false, events: events.map(({ seq: at, type }) => expect.objectContaining({ seq: at, type }) as unknown) };
}

/** The answers of a block, one per call. */
async function run(block: string): Promise<Record<string, unknown>[]> {
  const script = block.replaceAll('localhost:3000', product.url.replace('http://', '')).replaceAll(/^curl -s/gm, 'echo; curl -s');
  const { stdout } = await promisify(execFile)('bash', ['-euc', script], { env: variables });
  return stdout.trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
}

test('the calls of the README answer as it shows', async () => {
  expect(calls).toHaveLength(4);
  const [started] = await run(calls[0] ?? '');
  expect(started).toMatchObject(shownAfter(0));
  variables['PROJECT'] = String(started?.['id']);
  expect((await run(calls[0] ?? ''))[0]).toMatchObject({ id: started?.['id'], seq: 4, replayed: true });
  await eventually(async () => JSON.stringify(await run(calls[1] ?? '')).includes('project-initiation-request'), 'the first tasks');
  const [mine] = await run(calls[1] ?? '');
  expect(mine?.['items']).toEqual(expect.arrayContaining([expect.objectContaining({
    task: 'project-initiation-request', name: 'De projectaanvraag opstellen', role: { key: 'business-manager', name: 'Businessmanager' },
  })]));
  const [completed, project] = await run(calls[2] ?? '');
  expect(completed).toMatchObject(shownAfter(2));
  expect(project).toMatchObject({ status: 'running', name: 'Move the payroll servers' });
  const [phase] = (project?.['phases'] ?? []) as { phase: string; name: string; openTasks: number; doneTasks: number; gate: { criteria: unknown[] } }[];
  expect(phase).toMatchObject({ phase: 'initiating', name: 'Initiatie', openTasks: 3, doneTasks: 1 });
  expect(phase?.gate.criteria.slice(0, 2)).toEqual([
    expect.objectContaining({ key: 'initiation-request', met: true, name: 'De projectaanvraag is opgesteld' }),
    expect.objectContaining({ key: 'business-case', met: false, name: 'De businesscase is opgesteld' }),
  ]);
  const [refused] = await run(calls[3] ?? '');
  const shown = JSON.parse(blocks.at(-1)?.text ?? '{}') as Record<string, unknown>;
  expect(refused).toEqual({ ...shown, instance: expect.any(String) });
});
