import { createServer, type Server } from 'node:net';
import { findPorts, startOnPorts, tryPort } from '../../embedded/ports';

const open: Server[] = [];
afterAll(() => open.forEach((server) => server.close()));

const listen = (port: number): Promise<void> => new Promise((resolve, reject) => {
  const server = createServer();
  server.once('error', reject);
  server.listen(port, '127.0.0.1', () => { open.push(server); resolve(); });
});

test('where a port was taken since it was found, another one serves', async () => {
  const [taken = 0] = await findPorts([0]);
  await listen(taken);
  const tried: number[] = [];
  await startOnPorts([taken], async (port = 0) => {
    tried.push(port);
    await listen(port);
  });
  expect(tried).toHaveLength(2);
  expect(tried[0]).toBe(taken);
  expect(await tryPort(tried[1] ?? 0)).toBeUndefined();
});

test('what fails for another reason, or again and again, has failed', async () => {
  const [taken = 0] = await findPorts([0]);
  await listen(taken);
  let tries = 0;
  await expect(startOnPorts([taken], () => { tries += 1; return listen(taken); })).rejects.toThrow('EADDRINUSE');
  expect(tries).toBe(3);
  await expect(startOnPorts([taken], () => { tries += 1; return Promise.reject(new Error('no room')); })).rejects.toThrow('no room');
  expect(tries).toBe(4);
});
