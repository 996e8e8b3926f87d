/** Whether this process lives, and whether everything it needs answers. */
import { Router, type Response } from 'express';
import type { Deps } from '../deps';
import { withLimit } from '../http/limit';

const LIMIT_MS = 2_000;

/** Routes `/healthz` (always 200) and `/readyz` (200, or 503 with what is away). */
export function healthRoutes(health: Deps['health']): Router {
  const router = Router();
  // Not by `router.use`: requests for everything else come through here, too.
  router.get(['/healthz', '/readyz'], (_, response, next) => {
    response.set('Cache-Control', 'no-store');
    next();
  });
  router.get('/healthz', (_, response) => { response.json({ status: 'ok' }); });
  router.get('/readyz', async (_, response: Response) => {
    const parts = await Promise.all(Object.entries(health).map(async ([part, isWell]) =>
      [part, await withLimit(LIMIT_MS, isWell()).catch(() => false)] as const));
    response.status(parts.every(([, well]) => well) ? 200 : 503).json(Object.fromEntries(parts));
  });
  return router;
}
