import { pino } from 'pino';
import { FeedHub } from '../../api/feed/hub';
import type { FeedRow } from '../../store/reads/feed';

const row = (position: number, project: string): FeedRow => ({ tx: '1', position: String(position), project, stream: `project/${project}`, seq: position, type: 'task-claimed', at: 0, by: 'eva' }) as unknown as FeedRow;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

test('what happens while somebody has just caught up is told after what happened before', async () => {
  const log = [row(1, 'a')];
  let reads = 0;
  const hub = new FeedHub({
    access: async () => { throw new Error('not asked'); },
    feedEnd: async () => ({ tx: '1', position: '1' }),
    isFeedPlace: async () => true,
    feed: async ({ position }: { position: string }) => {
      reads += 1;
      const found = log.filter((each) => Number(each.position) > Number(position));
      // The first to read is who catches up: meanwhile more happens, which the hub reads for all.
      if (reads === 1) {
        log.push(row(2, 'a'), row(3, 'b'));
        await pause(30);
      }
      return found;
    },
  } as never, async (_person, project) => {
    // The right to see one project is looked up for long: the next event comes meanwhile.
    if (project === 'a') {
      log.push(row(4, 'c'));
      await pause(60);
    }
    return true;
  }, pino({ level: 'silent' }), { pollMs: 5, heartbeatMs: 10_000 });
  const stream = await hub.listen({ person: { id: 'eva', name: 'Eva', language: 'en', globalRoles: [] }, projects: [], after: { tx: '1', position: '1' }, check: async () => undefined });
  let told = '';
  stream.on('data', (chunk: Buffer) => { told += String(chunk); });
  for (let waited = 0; waited < 2_000 && !told.includes('id: 1-4'); waited += 20) await pause(20);
  await pause(100);
  hub.close();
  expect([...told.matchAll(/id: (\S+)/g)].map(([, id]) => id)).toEqual(['1-2', '1-3', '1-4']);
});
