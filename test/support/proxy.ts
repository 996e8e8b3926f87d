/** A TCP proxy before a database: cutting it is, for whoever connects through it, a database that stopped. */
import net from 'node:net';

export interface Proxy {
  /** The address through the proxy. */
  readonly url: string;
  /** Breaks all connections and refuses new ones. */
  cut(): Promise<void>;
  /** Takes connections but lets nothing through: a database that hangs. */
  freeze(): void;
  /** Lets everything through again. */
  mend(): Promise<void>;
  close(): Promise<void>;
}

export async function startProxy(target: string): Promise<Proxy> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<net.Socket>();
  let frozen = false;
  const server = net.createServer((client) => {
    const upstream = net.connect(Number(port), hostname);
    for (const socket of [client, upstream]) {
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
  await listen(0);
  const own = (server.address() as net.AddressInfo).port;
  const url = new URL(target);
  url.hostname = '127.0.0.1';
  url.port = String(own);
  return {
    url: url.href,
    cut: stop,
    freeze: () => {
      frozen = true;
      for (const socket of sockets) { socket.unpipe(); socket.pause(); }
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
