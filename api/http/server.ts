import { createServer, IncomingMessage, ServerResponse, type Server } from 'node:http';
import type { Express } from 'express';

/** Longer than clients and load balancers keep a connection that nobody uses: who lets go of it first must not be us, or a request on its way is lost. */
const KEEP_ALIVE_MS = 65_000;

/**
 * The HTTP server of an app; it does not listen yet. Requests and answers are made with the prototypes that Express gives each of them: changed afterwards, each would be
 * of a shape of its own to V8, which then looks up anew whatever is asked of it, and takes twice as long for a request that does nothing else.
 */
export function makeServer(app: Express): Server {
  class AppRequest extends IncomingMessage {}
  class AppResponse extends ServerResponse {}
  app.request = takePlaceOf(app.request, AppRequest.prototype);
  app.response = takePlaceOf(app.response, AppResponse.prototype);
  const server = createServer({ IncomingMessage: AppRequest, ServerResponse: AppResponse }, app);
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.headersTimeout = KEEP_ALIVE_MS + 5_000;
  return server;
}

/** Makes `other` what `prototype` is: what it inherits from, and what it holds itself. */
function takePlaceOf<T extends object>(prototype: T, other: object): T {
  return Object.defineProperties(Object.setPrototypeOf(other, Object.getPrototypeOf(prototype) as object), Object.getOwnPropertyDescriptors(prototype)) as T;
}
