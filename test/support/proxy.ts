/** A TCP proxy before a database: cutting it is, for whoever connects through it, a database that stopped. */
import net from 'node:net';

export interface Proxy {
  /** The address through the proxy. */
  readonly url: string;
  /** Breaks all connections and refuses new ones. */
  cut(): Promise<void>;
  /** Takes connections but lets nothing through: a database that hangs. */
  freeze(): void;
  /** Lets nothing more through the connections on which that was asked for last, and tells nobody: others work. @returns how many. */
  stall(asked: string): number;
  /** Lets everything through again. */
  mend(): Promise<void>;
  close(): Promise<void>;
}

export async function startProxy(target: string): Promise<Proxy> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<net.Socket>();
  /** What was sent last through each pair of sockets. */
  const last = new Map<readonly net.Socket[], string>();
  let frozen = false;
  const server = net.createServer((client) => {
    const upstream = net.connect(Number(port), hostname);
    const pair = [client, upstream];
    client.on('data', (chunk) => last.set(pair, chunk.toString('latin1')));
    client.on('close', () => last.delete(pair));
    for (const socket of pair) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => { sockets.delete(socket); client.destroy(); upstream.destroy(); });
    }
    if (!frozen) client.pipe(upstream).pipe(client);
  });
  const listen = (at: number) => new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(at, '127.0.0.1', () => { server.off('error', reject); resolve(); });
  });
  const stop = () => new Promise<void>((resolve) => {
    if (!server.listening) { resolve(); return; }
    server.close(() => resolve());
    for (const socket of sockets) socket.destroy();
  });
  const hold = (held: Iterable<net.Socket>): void => { for (const socket of held) { socket.unpipe(); socket.pause(); } };
  await listen(0);
  const own = (server.address() as net.AddressInfo).port;
  const url = new URL(target);
  url.hostname = '127.0.0.1';
  url.port = String(own);
  return {
    url: url.href,
    cut: stop,
    stall: (asked) => {
      const stalled = [...last].filter(([, text]) => text.includes(asked));
      for (const [pair] of stalled) hold(pair);
      return stalled.length;
    },
    freeze: () => {
      frozen = true;
      hold(sockets);
    },
    mend: async () => {
      frozen = false;
      // What was frozen lost its place in the protocol.
      for (const socket of sockets) socket.destroy();
      if (!server.listening) await listen(own);
    },
    close: stop,
  };
}
