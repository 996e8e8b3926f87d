import { connect, createServer } from 'node:net';

/** A port that the product was told to use is in use by something else. */
export class PortTakenError extends Error {
  override readonly name = 'PortTakenError';

  constructor(readonly port: number, host: string, variable: string) {
    super(`${variable}: port ${port} on ${host} is taken by another program. ` +
      `End that one, or choose another port: ${variable}=${port + 1}.`);
  }
}

/** Whether this process could listen there now. @throws Error that names the variable when the address itself is wrong, such as an unknown host. */
export async function isPortFree(port: number, host: string): Promise<boolean> {
  const bound = await bind(port, host).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE') return undefined;
    if (error.code === 'EACCES') throw new Error(`PORT: port ${port} may not be listened on here (EACCES). Choose one from 1024 on.`, { cause: error });
    throw new Error(`HOST: ${host} is no address of this machine (${error.code ?? 'unknown'}). Use 127.0.0.1, or 0.0.0.0 for all that it has.`, { cause: error });
  });
  await bound?.release();
  return bound !== undefined;
}

const ANSWER_MS = 5_000;

/** Whether something listens there: `undefined` when it does, else why it can't be reached. */
export function tryPort(port: number, host = '127.0.0.1'): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ port, host });
    const end = (why: string | undefined): void => { socket.destroy(); resolve(why); };
    socket.once('connect', () => end(undefined));
    socket.once('error', (error: NodeJS.ErrnoException) => end(error.code ?? error.message));
    socket.setTimeout(ANSWER_MS, () => end('no answer'));
  });
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

const TAKEN = /EADDRINUSE|address already in use/;

/**
 * Starts something on ports that were free a moment ago; where one of them has been taken meanwhile, by a server that takes any that is free, on others.
 * @throws Error what `start` threw, when it is something else or happens three times
 */
export async function startOnPorts(found: readonly number[], start: (...ports: number[]) => Promise<void>): Promise<void> {
  let ports = found;
  for (let attempt = 1; ; attempt += 1) {
    try {
      await start(...ports);
      return;
    } catch (error) {
      if (attempt === 3 || !TAKEN.test(String(error))) throw error;
      ports = await findPorts(ports.map(() => 0));
    }
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
