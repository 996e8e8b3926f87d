import { createServer } from 'node:net';

/** A port that the product was told to use is in use by something else. */
export class PortTakenError extends Error {
  override readonly name = 'PortTakenError';

  constructor(readonly port: number, host: string, variable: string) {
    super(`${variable}: port ${port} on ${host} is taken by another program. ` +
      `End that one, or choose another port: ${variable}=${port + 1}.`);
  }
}

/** Whether this process could listen there now. Throws what is wrong with the address itself, such as an unknown host. */
export async function isPortFree(port: number, host: string): Promise<boolean> {
  const bound = await bind(port, host).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE') return undefined;
    throw error;
  });
  await bound?.release();
  return bound !== undefined;
}

/**
 * One free port on the loopback address per preference, the preferred one where it is free. All are held until all are
 * found, so that no two are the same.
 */
export async function findPorts(preferred: readonly number[], host = '127.0.0.1'): Promise<number[]> {
  const held: Bound[] = [];
  try {
    for (const port of preferred) held.push(await bind(port, host).catch(() => bind(0, host)));
    return held.map((bound) => bound.port);
  } finally {
    await Promise.all(held.map((bound) => bound.release()));
  }
}

type Bound = { port: number; release(): Promise<void> };

function bind(port: number, host: string): Promise<Bound> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      const got = typeof address === 'object' && address ? address.port : port;
      resolve({ port: got, release: () => new Promise((done) => { server.close(() => done()); }) });
    });
  });
}
