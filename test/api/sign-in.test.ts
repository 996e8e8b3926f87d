import { startProduct, type Product } from '../support/product';

let product: Product;
beforeAll(async () => { product = await startProduct({}, undefined, { demo: false }); });
afterAll(() => product.close());

const send = (url: string, path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${url}/api/v1${path}`, { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(body) });

test('a session is begun by a token, in a cookie that no script reads and no other site sends', async () => {
  const answer = await send(product.url, '/sign-in', { token: product.tokens.get('mia') });
  expect(answer.status).toBe(204);
  const cookie = answer.headers.get('set-cookie') ?? '';
  expect(cookie).toMatch(/^sluis-session=sluis_[\w-]{43}; Path=\/api; Max-Age=2592000; HttpOnly; SameSite=Strict$/);
  const me = await fetch(`${product.url}/api/v1/me`, { headers: { Cookie: cookie.split(';')[0] ?? '' } });
  expect(await me.json()).toMatchObject({ id: 'mia' });
});

test('behind a proxy that encrypts, the cookie goes over encrypted connections alone', async () => {
  const answer = await send(product.url, '/sign-in', { token: product.tokens.get('mia') }, { 'X-Forwarded-Proto': 'https' });
  expect(answer.headers.get('set-cookie')).toMatch(/; Secure$/);
});

test('a wrong token begins nothing', async () => {
  const answer = await send(product.url, '/sign-in', { token: `sluis_${'x'.repeat(43)}` });
  expect([answer.status, answer.headers.get('set-cookie')]).toEqual([401, null]);
});

test.each([
  ['says so', { 'Sec-Fetch-Site': 'cross-site' }], ['is of the same site only', { 'Sec-Fetch-Site': 'same-site' }], ['has another origin', { Origin: 'http://evil.example' }],
])('a page that %s can neither act by the cookie nor sign somebody in', async (_, headers) => {
  const cookie = { Cookie: `sluis-session=${product.tokens.get('olga')}` };
  const acting = await send(product.url, '/projects', { name: 'x', template: 'small' }, { ...cookie, ...headers, 'Idempotency-Key': 'k' });
  expect([acting.status, await acting.json()]).toMatchObject([403, { code: 'cross-site' }]);
  const entering = await send(product.url, '/sign-in', { token: product.tokens.get('mia') }, headers);
  expect(entering.status).toBe(403);
});

test('a page from here acts by the cookie', async () => {
  const answer = await send(product.url, '/me/inbox/unknown/read', {}, { 'Cookie': `sluis-session=${product.tokens.get('olga')}`, 'Sec-Fetch-Site': 'same-origin' });
  expect(await answer.json()).toMatchObject({ code: 'unknown-notification' });
});

test('where there is no demo nobody is offered, and nobody can be taken', async () => {
  expect(await (await fetch(`${product.url}/api/v1/sign-in`)).json()).toEqual({ demo: false, people: [] });
  expect((await send(product.url, '/sign-in', { demo: 'p-olga' })).status).toBe(404);
});

test('a session of the demo ends with signing out; a token of one’s own stays valid', async () => {
  await product.engine.database.prisma.person.create({ data: { id: 'p-olga', name: 'Olga', email: 'olga@demo.example', language: 'nl' } });
  const { url } = await product.serve({ demo: true });
  const answer = await send(url, '/sign-in', { demo: 'p-olga' });
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
  const me = (Cookie: string) => fetch(`${url}/api/v1/me`, { headers: { Cookie } });
  expect((await me(cookie)).status).toBe(200);
  const leaving = await send(url, '/sign-out', {}, { Cookie: cookie });
  expect(leaving.headers.get('set-cookie')).toMatch(/^sluis-session=; Path=\/api; Max-Age=0;/);
  expect((await me(cookie)).status).toBe(401);
  const own = `sluis-session=${product.tokens.get('mia')}`;
  await send(url, '/sign-out', {}, { Cookie: own });
  expect((await me(own)).status).toBe(200);
});
