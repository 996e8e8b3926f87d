/** The page to read and try the API, made of assets that are served here. */
import { join } from 'node:path';
import { Router, static as serveStatic } from 'express';
import swaggerUi from 'swagger-ui-dist/absolute-path';

const ASSETS = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'];

/** Routes `/openapi.json` and `/docs`. @param document makes it as `createOpenApi` does, which takes a quarter of a second: only once somebody asks. */
export function docsRoutes(document: () => unknown): Router {
  const router = Router({ strict: true });
  let text: string | undefined;
  router.get('/openapi.json', (_, response) => {
    text ??= JSON.stringify(document());
    response.type('application/json').set('Cache-Control', 'no-cache').send(text);
  });
  router.get(['/docs', '/docs/'], (_, response) => { response.sendFile(join(__dirname, 'index.html')); });
  router.get('/docs/start.js', (_, response) => { response.sendFile(join(__dirname, 'start.js')); });
  const assets = serveStatic(swaggerUi(), { index: false, maxAge: '1h' });
  router.get(ASSETS.map((name) => `/docs/${name}`), (request, response, next) => {
    request.url = request.url.slice('/docs'.length);
    assets(request, response, next);
  });
  return router;
}
