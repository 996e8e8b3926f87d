/** What a request says of who sends it: a bearer token, or in a browser the cookie of its session. */
import type { Request } from 'express';

export const COOKIE = 'sluis-session';
const PATH = '/api';

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** The token of a browser's session, if the request has one. */
export function sessionOf(request: Request): string | undefined {
  return request.headers.cookie?.split(';').map((each) => each.trim().split('=')).find(([name]) => name === COOKIE)?.[1];
}

function isFromHere(request: Request): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const { origin, host } = request.headers;
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === host);
}

/**
 * Whether a page from elsewhere would change something in somebody's name, or sign somebody in: a cookie goes along with requests of
 * pages from anywhere on the same site. A request with a token of its own is none of these: no page elsewhere knows one.
 */
export function isCrossSite(request: Request): boolean {
  return !READS.has(request.method) && request.headers.authorization === undefined && !isFromHere(request);
}

/** The `Authorization` of a request; the token of its session's cookie where it has none. */
export function credentialsOf(request: Request): string | undefined {
  const token = sessionOf(request);
  return request.headers.authorization ?? (token === undefined ? undefined : `Bearer ${token}`);
}

/** Whether the connection to the browser is encrypted: where TLS ends before us, a proxy says so. */
const isEncrypted = (request: Request): boolean => request.secure || request.headers['x-forwarded-proto'] === 'https';

/** The header that begins a session in a browser, or ends it (no token). No script can read it, and no page elsewhere can send it. */
export function sessionCookie(request: Request, token: string | undefined, seconds = 0): string {
  return [
    `${COOKIE}=${token ?? ''}`, `Path=${PATH}`, `Max-Age=${token === undefined ? 0 : seconds}`, 'HttpOnly', 'SameSite=Strict', ...(isEncrypted(request) ? ['Secure'] : []),
  ].join('; ');
}
