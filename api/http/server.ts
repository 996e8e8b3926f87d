import { createServer, type RequestListener, type Server } from 'node:http';

/** Longer than clients and load balancers keep a connection that nobody uses: who lets go of it first must not be us, or a request on its way is lost. */
const KEEP_ALIVE_MS = 65_000;

/** The HTTP server of an app; it does not listen yet. */
export function makeServer(app: RequestListener): Server {
  const server = createServer(app);
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.headersTimeout = KEEP_ALIVE_MS + 5_000;
  return server;
}
