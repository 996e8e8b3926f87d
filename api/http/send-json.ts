import compression from 'compression';
import type { Request, Response } from 'express';

/**
 * From so many bytes on an answer is compressed: lists of thousands of tasks become a twentieth on their way to a phone. Most answers are so short that it would only
 * take time, as would asking for each whether it should be.
 */
const LARGE = 64 * 1024;
const compress = compression({ threshold: LARGE });

/** Answers in JSON; the status is set already. What Express would do beside, as comparing versions of an answer, no answer here has use for. */
export function sendJson(text: string, request: Request, response: Response): void {
  const size = Buffer.byteLength(text);
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.setHeader('Content-Length', size);
  if (size < LARGE) response.end(text);
  else compress(request, response, () => { response.end(text); });
}
