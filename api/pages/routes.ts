/** The web app: one page for all its addresses, and the files that it loads. */
import { join } from 'node:path';
import compression from 'compression';
import { Router, static as serveStatic } from 'express';

/** Addresses that are not the app's. A version of a template, which has dots, is part of one that is. */
const OTHERS = /^\/(?:api|docs|health|assets)(?:\/|$)|\.(?:js|css|map|json|xml|txt|ico|png|jpe?g|svg|webmanifest|php)$/;

/** @param folder the built app. A file's name has its content's hash in it, so that a browser may keep it for ever; the page is asked for anew. */
export function pageRoutes(folder: string): Router {
  const router = Router();
  router.use('/assets', compression(), serveStatic(join(folder, 'assets'), { immutable: true, maxAge: '365d', index: false, fallthrough: true }));
  router.get('/icon.svg', (_, response) => { response.sendFile(join(folder, 'icon.svg'), { maxAge: '1d' }); });
  router.get(/.*/, (request, response, next) => {
    if (OTHERS.test(request.path) || !request.accepts('html')) {
      next();
      return;
    }
    response.sendFile(join(folder, 'index.html'), { headers: { 'Cache-Control': 'no-cache' }, etag: true });
  });
  return router;
}
