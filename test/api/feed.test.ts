import { randomUUID } from 'node:crypto';
import { eventually } from '../support/engine';
import { startProduct, type Product } from '../support/product';

interface Told { readonly id: string; readonly event: string; readonly data: { readonly project?: string; readonly stream?: string; readonly seq?: number; readonly type?: string } }

let product: Product;
beforeAll(async () => { product = await startProduct({}, undefined, { feed: { pollMs: 50, heartbeatMs: 100 } }); });
afterAll(() => product.close());

/** Listens in the name of a person until `stop`. */
async function listen(person: string, { after, query = '', url = product.url }: { after?: string; query?: string; url?: string } = {}) {
  const gone = new AbortController();
  const response = await fetch(`${url}/api/v1/feed${query}`, {
    signal: gone.signal, headers: { Authorization: `Bearer ${product.tokens.get(person)}`, ...(after !== undefined && { 'Last-Event-ID': after }) },
  });
  const told: Told[] = [];
  let beats = 0;
  const ended = (async () => {
    let rest = '';
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const parts = `${rest}${chunk}`.split('\n\n');
      rest = parts.pop() ?? '';
      for (const part of parts) {
        const lines = Object.fromEntries(part.split('\n').map((line) => line.split(/: (.*)/s).slice(0, 2)));
        const data = JSON.parse(lines['data'] as string) as Told['data'];
        // It has no id: resuming goes on from what happened last.
        if (part === 'event: alive\ndata: {"nextMs":100}') beats += 1;
        else told.push({ id: lines['id'] as string, event: lines['event'] as string, data });
      }
    }
  })().catch(() => undefined);
  return { response, told, ended, beats: () => beats, stop: async () => { gone.abort(); await ended; }, changes: () => told.filter(({ event }) => event === 'change') };
}

const keyOf = ({ data }: Told): string => `${data.stream}#${data.seq}`;
const logged = async (project: string): Promise<string[]> => (await product.log('olga', project)).map((each: { stream: string; seq: number }) => `${each.stream}#${each.seq}`);

test('everybody who may see a project hears all that happens in it, in one order, each thing once', async () => {
  const [olga, eva, aude] = await Promise.all([listen('olga'), listen('eva'), listen('aude')]);
  expect(olga.response.headers.get('content-type')).toMatch(/^text\/event-stream/);
  const project = await product.startProject();
  await Promise.all(Array.from({ length: 8 }, (_, index) => product.call('eva', 'POST', `/projects/${project}/phases/control/tasks/log-${index + 1}/complete`, { evidence: {} })));
  const expected = await logged(project);
  for (const each of [olga, eva, aude]) {
    await eventually(async () => each.changes().filter(({ data }) => data.project === project).length >= expected.length, 'the feed');
    expect(each.changes().filter(({ data }) => data.project === project).map(keyOf).sort()).toEqual([...expected].sort());
    await each.stop();
  }
  expect(olga.changes().map(({ id }) => id)).toEqual(aude.changes().map(({ id }) => id));
  expect(olga.told[0]?.event).toBe('reset');
});

test('a stranger hears nothing, and hears of a project from when they get a role in it', async () => {
  const leo = await listen('leo');
  const project = await product.startProject();
  await product.log('olga', project);
  expect(leo.changes()).toEqual([]);
  await product.call('olga', 'PUT', `/projects/${project}/roles`, { roles: { security: ['leo'] } });
  await eventually(async () => leo.changes().some(({ data }) => data.project === project && data.type === 'roles-assigned'), 'the role');
  await leo.stop();
});

test('that something changed among people is told to everybody, not of whom or by whom', async () => {
  const leo = await listen('leo');
  await product.call('olga', 'PUT', '/groups/feed-group', { name: 'A group', members: ['eva'] });
  await eventually(async () => leo.changes().some(({ data }) => data.project === 'directory'), 'the group');
  expect(leo.changes().find(({ data }) => data.project === 'directory')?.data).toMatchObject({ type: 'group-changed', by: null });
  await leo.stop();
});

test('who was cut off goes on without gaps or repeats, also at another process, while much happens', async () => {
  const project = await product.startProject();
  const other = await product.serve({ feed: { pollMs: 50 } });
  const heard: Told[] = [];
  let after: string | undefined;
  let isOver = false;
  const listening = (async () => {
    for (let round = 0; !isOver || round < 3; round += 1) {
      const ear = await listen('olga', { query: `?project=${project}`, ...(after !== undefined && { after }), url: round % 2 === 0 ? product.url : other.url });
      await new Promise((resolve) => { setTimeout(resolve, 120); });
      await ear.stop();
      heard.push(...ear.changes());
      after = ear.told.at(-1)?.id ?? after;
    }
  })();
  await eventually(async () => after !== undefined, 'a first place');
  const from = heard.length;
  for (let round = 0; round < 6; round += 1) {
    await Promise.all(Array.from({ length: 8 }, (_, index) =>
      product.call('eva', 'POST', `/projects/${project}/phases/control/tasks/log-${index + 1}/comments`, { text: randomUUID() })));
  }
  const expected = await logged(project);
  isOver = true;
  await listening;
  const last = await listen('olga', { query: `?project=${project}`, after: after ?? '' });
  await new Promise((resolve) => { setTimeout(resolve, 500); });
  await last.stop();
  const all = [...heard, ...last.changes()].map(keyOf);
  expect(new Set(all).size).toBe(all.length);
  expect(from).toBeGreaterThanOrEqual(0);
  expect(expected.slice(-48).filter((each) => !all.includes(each))).toEqual([]);
  await other.close();
});

test('what commits late is not skipped', async () => {
  const ear = await listen('olga');
  const late = await product.engine.database.pool.connect();
  try {
    await late.query('BEGIN');
    // It has its number and its place before what follows.
    await late.query(`INSERT INTO events (stream, seq, project, type, at, by, command_id, event, prev_hash, hash)
      VALUES ('project/p-late', 1, 'p-late', 'project-started', now(), '{"kind":"system","source":"upkeep"}', 'late', '{}', '', 'x')`);
    const project = await product.startProject();
    await product.call('eva', 'POST', `/projects/${project}/phases/control/tasks/log-1/complete`, { evidence: {} });
    await new Promise((resolve) => { setTimeout(resolve, 300); });
    expect(ear.changes().some(({ data }) => data.project === project)).toBe(false);
    await late.query('COMMIT');
    await eventually(async () => ear.changes().some(({ data }) => data.project === project), 'what stood back');
    const hidden = await listen('aude', { after: ear.told[0]?.id ?? '' });
    await eventually(async () => hidden.changes().length >= ear.changes().length, 'the same from the log');
    await hidden.stop();
  } finally {
    late.release();
    await ear.stop();
  }
});

test('a place of another log begins anew; one that is none is refused', async () => {
  const ear = await listen('olga', { after: '123456789012-7' });
  await eventually(async () => ear.told.length > 0, 'an answer');
  expect(ear.told[0]?.event).toBe('reset');
  await eventually(async () => ear.beats() > 1, 'signs of life');
  await ear.stop();
  expect((await product.call('olga', 'GET', '/feed?after=x')).body).toMatchObject({ code: 'invalid-cursor' });
  expect((await fetch(`${product.url}/api/v1/feed`)).status).toBe(401);
});

test('nobody keeps more than twenty streams open', async () => {
  const ears = await Promise.all(Array.from({ length: 20 }, () => listen('mia')));
  expect((await product.call('mia', 'GET', '/feed')).body).toMatchObject({ code: 'feed-full', status: 503 });
  await Promise.all(ears.map((each) => each.stop()));
  await eventually(async () => {
    const again = await listen('mia');
    await again.stop();
    return again.response.status === 200;
  }, 'a place');
});
