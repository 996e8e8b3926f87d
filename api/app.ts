/** The Express application: headers, routes, and every error as problem+json. */
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import helmet from 'helmet';
import { BASE } from './commands/send';
import type { Deps } from './deps';
import { docsRoutes } from './docs/routes';
import { ENDPOINTS } from './endpoints';
import { healthRoutes } from './health/routes';
import { register, sendProblem, traceOf } from './http/register';
import { createOpenApi } from './openapi';
import { pageRoutes } from './pages/routes';
import { Problem } from './problem';
import { VERSION } from './version';

/** Of pages: no outside host, and no script that does not come from a file of ours. */
const pageHeaders = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"], scriptSrc: ["'self'"], styleSrc: ["'self'", "'unsafe-inline'"], imgSrc: ["'self'", 'data:', 'blob:'],
      connectSrc: ["'self'"], fontSrc: ["'self'"], frameSrc: ['blob:'], objectSrc: ["'none'"], baseUri: ["'none'"], formAction: ["'self'"], frameAncestors: ["'none'"],
    },
  },
  // Where TLS ends is not known here: whoever ends it says so.
  strictTransportSecurity: false,
});

/** Of answers, which are no pages: nothing is to be loaded by them, framed or guessed. The other headers of pages would say nothing here, and cost each request their way. */
const ANSWER_HEADERS = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': `default-src 'none';frame-ancestors 'none'`,
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

/** Numbers each request and logs it once it is answered: no tokens, no texts, no ids but its own and the person's. */
function logRequests(log: Deps['log']) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const begun = process.hrtime.bigint();
    const trace = traceOf(request);
    response.set('X-Request-Id', trace.id);
    response.once('close', () => {
      const ms = Number(process.hrtime.bigint() - begun) / 1e6;
      const status = response.writableFinished ? response.statusCode : 'abandoned';
      log.info({ request: trace.id, method: request.method, route: trace.route, status, ms: Math.round(ms * 10) / 10, person: trace.person }, 'request');
    });
    next();
  };
}

/** Makes the application; it holds no state of its own beside `deps`. */
export function createApp(deps: Deps): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  app.use(logRequests(deps.log));
  const api = express.Router();
  api.use((_, response, next) => {
    response.set(ANSWER_HEADERS);
    next();
  });
  register(api, ENDPOINTS, deps);
  api.use(() => { throw new Problem('unknown-route'); });
  // What most requests are for comes first: each router before it would cost them a turn of the event loop.
  app.use(BASE, api);
  app.use(pageHeaders);
  app.use(healthRoutes(deps.health));
  app.use(docsRoutes(() => createOpenApi(VERSION)));
  if (deps.settings.pages !== undefined) app.use(pageRoutes(deps.settings.pages));
  app.use(() => { throw new Problem('unknown-route'); });
  app.use(sendProblem(deps.log));
  return app;
}
