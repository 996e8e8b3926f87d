import { makeTree, removeTrees, runCheck } from './support';

afterAll(removeTrees);

const manifest = (license?: string): string => JSON.stringify({ name: 'thing', version: '1.0.0', ...(license ? { license } : {}) });
const lock = (packages: Record<string, unknown> = { 'node_modules/thing': { version: '1.0.0' } }): string =>
  JSON.stringify({ lockfileVersion: 3, packages: { '': {}, ...packages } }, null, 2);
const SOUND = { 'package-lock.json': lock(), 'node_modules/thing/package.json': manifest('MIT'), 'domain/a.ts': 'export const a = 1;\n' };

test('passes what is in order', () => {
  expect(runCheck('repository', makeTree(SOUND))).toEqual({ code: 0, lines: [] });
});

test.each([
  ['a path of a machine', 'docs/a.md', `see ${'/home'}/someone/project/x`, 'docs/a.md:1: machine path'],
  ['a path of a Windows machine', 'docs/a.md', `see C:\\${'Users'}\\someone`, 'docs/a.md:1: machine path'],
  ['work left undone', 'domain/b.ts', `// ${'TO'}${'DO'}: finish\n`, 'domain/b.ts:1: unfinished work'],
  ['a host of a registry', 'docs/a.md', 'from https://npm.example.org/x', 'docs/a.md:1: registry host'],
  ['a private key', 'config/k.txt', `x\n-----BEGIN RSA ${'PRIVATE'} KEY-----`, 'config/k.txt:2: private key'],
  ['an access key', 'config/k.ts', `export const k = 'AKIA${'ABCDEFGHIJKLMNOP'}';\n`, 'config/k.ts:1: secret'],
  ['a long file', 'domain/long.ts', 'export {};\n'.repeat(401), 'domain/long.ts:401: 401 lines; at most 400'],
  ['a registry in the npm settings', '.npmrc', 'registry=https://example.org/', '.npmrc:1: names a registry'],
  ['a lock file that says where packages came from', 'package-lock.json',
    lock({ 'node_modules/thing': { resolved: 'https://example.org/thing.tgz' } }), 'package-lock.json:6: "resolved"'],
  ['a lock file without the builds for other platforms', 'package-lock.json',
    lock({ 'node_modules/thing': { optionalDependencies: { '@thing/other': '1.0.0' } } }), 'node_modules/thing lacks 1 optional packages (@thing/other)'],
  ['a licence that binds', 'node_modules/thing/package.json', manifest('GPL-3.0'), 'licence: node_modules/thing has GPL-3.0'],
  ['two licences at once of which one binds', 'node_modules/thing/package.json', manifest('(MIT AND GPL-2.0)'), 'licence: node_modules/thing has'],
  ['no licence', 'node_modules/thing/package.json', manifest(), 'licence: node_modules/thing has none stated'],
])('fails on %s', (_name, file, text, said) => {
  const { code, lines } = runCheck('repository', makeTree({ ...SOUND, [file]: text }));
  expect(code).toBe(1);
  expect(lines).toEqual([expect.stringContaining(said)]);
});

test('lets a choice of licences pass, and what is only for development', () => {
  const root = makeTree({
    ...SOUND,
    'package-lock.json': lock({ 'node_modules/thing': {}, 'node_modules/tool': { dev: true } }),
    'node_modules/thing/package.json': manifest('(GPL-2.0 OR MIT)'),
    'node_modules/tool/package.json': manifest('GPL-3.0'),
  });
  expect(runCheck('repository', root)).toEqual({ code: 0, lines: [] });
});

test('fails when a package that belongs to the product is not installed', () => {
  const { code, lines } = runCheck('repository', makeTree({ ...SOUND, 'package-lock.json': lock({ 'node_modules/thing': {}, 'node_modules/gone': {} }) }));
  expect([code, lines]).toEqual([1, ['licence: node_modules/gone is not installed; run: npm ci']]);
});
