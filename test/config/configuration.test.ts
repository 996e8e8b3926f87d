import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError, loadConfig, loadConnectedConfig, temporalConnectionOptions, VARIABLES } from '../../config';

function problemsOf(env: Record<string, string>, load: (env: Record<string, string>) => unknown = loadConfig): readonly string[] {
  try {
    load(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('configuration', () => {
  test('nothing set: the embedded product on localhost', () => {
    const config = loadConfig({});
    expect(config.http).toEqual({ port: 3000, host: '127.0.0.1' });
    expect(config.dataFolder).toBe(join(process.cwd(), '.sluis'));
    expect(config.databaseUrl).toBeUndefined();
    expect(config.temporal.address).toBeUndefined();
    expect(config.demo).toBe(true);
    expect(config.queue.inFlight).toBe(100);
  });

  test('servers elsewhere: no demo people, and no more updates in flight than such a server takes', () => {
    const config = loadConfig({ DATABASE_URL: 'postgresql://u:p@db/sluis', TEMPORAL_ADDRESS: 'temporal.example.org:7233' });
    expect(config.demo).toBe(false);
    expect(config.queue.inFlight).toBeLessThan(10);
  });

  test('files: in the data folder, or in a bucket of AWS or elsewhere', () => {
    expect(loadConfig({}).files).toEqual({ limit: 50 * 1_048_576, days: 30, s3: undefined });
    expect(loadConfig({ SLUIS_S3_BUCKET: 'b' }).files.s3).toMatchObject({ bucket: 'b', pathStyle: false, prefix: 'files/', accessKeyId: undefined });
    expect(loadConfig({ SLUIS_S3_BUCKET: 'b', SLUIS_S3_ENDPOINT: 'http://127.0.0.1:9000' }).files.s3).toMatchObject({ pathStyle: true });
  });

  test('an empty variable counts as not set', () => {
    expect(loadConfig({ PORT: '', DATABASE_URL: ' ' })).toEqual(loadConfig({}));
  });

  test.each([
    [{ PORT: 'abc' }, 'PORT: "abc" can\'t be used. It must be a whole number from 1 to 65535, such as 3000.'],
    [{ PORT: '70000' }, 'PORT: "70000" can\'t be used. It must be a whole number from 1 to 65535, such as 3000.'],
    [{ TEMPORAL_ADDRESS: 'https://temporal' }, 'TEMPORAL_ADDRESS: "https://temporal" can\'t be used. It must be host:port, such as temporal.example.org:7233.'],
    [{ SLUIS_DEMO: 'maybe' }, 'SLUIS_DEMO: "maybe" can\'t be used. It must be on or off.'],
    [{ SLUIS_S3_ENDPOINT: 'https://s3.example.org' }, 'SLUIS_S3_BUCKET: it is missing. SLUIS_S3_ENDPOINT needs the name of a bucket beside it.'],
    [{ SLUIS_S3_BUCKET: 'b', SLUIS_S3_ACCESS_KEY_ID: 'k' }, 'SLUIS_S3_SECRET_ACCESS_KEY: it is missing. SLUIS_S3_ACCESS_KEY_ID needs it beside it.'],
    [{ SLUIS_S3_PREFIX: '../x' }, 'SLUIS_S3_PREFIX: "../x" can\'t be used. It must be a prefix that ends in a slash, such as sluis/.'],
    [{ TEMPORAL_TLS_CERT: 'a.pem' }, 'TEMPORAL_TLS_KEY: it is missing. TEMPORAL_TLS_CERT needs its private key beside it.'],
  ])('%j is refused, with what would be right', (env, problem) => {
    expect(problemsOf(env)).toEqual([problem]);
  });

  test('every wrong variable is named at once', () => {
    expect(problemsOf({ PORT: 'x', SLUIS_QUEUE_BOUND: '0', SLUIS_LOG_LEVEL: 'loud' }).map((line) => line.split(':')[0]))
      .toEqual(['PORT', 'SLUIS_LOG_LEVEL', 'SLUIS_QUEUE_BOUND']);
  });

  test('a wrong database address is refused without showing the password in it', () => {
    const [problem = ''] = problemsOf({ DATABASE_URL: 'mysql://root:hunter2@db/sluis' });
    expect(problem).toMatch(/^DATABASE_URL: its value can't be used/);
    expect(problem).not.toContain('hunter2');
  });

  test('a worker or an API process needs both servers', () => {
    expect(problemsOf({}, loadConnectedConfig).map((line) => line.split(':')[0])).toEqual(['DATABASE_URL', 'TEMPORAL_ADDRESS']);
  });

  test('TLS with Temporal: an API key switches it on, a PEM file that is absent is named', () => {
    const base = { DATABASE_URL: 'postgres://db/sluis', TEMPORAL_ADDRESS: 'cloud:7233' };
    expect(temporalConnectionOptions(loadConnectedConfig(base).temporal)).toEqual({ address: 'cloud:7233' });
    expect(temporalConnectionOptions(loadConnectedConfig({ ...base, TEMPORAL_API_KEY: 'k' }).temporal))
      .toEqual({ address: 'cloud:7233', apiKey: 'k', tls: true });
    const withCa = loadConnectedConfig({ ...base, TEMPORAL_TLS_CA: '/nowhere/ca.pem' });
    expect(() => temporalConnectionOptions(withCa.temporal)).toThrow(/^TEMPORAL_TLS_CA: \/nowhere\/ca.pem can't be read \(ENOENT\)/);
  });

  test('docs/configuration.md says what the code says', () => {
    const page = readFileSync(join(__dirname, '..', '..', 'docs', 'configuration.md'), 'utf8');
    const rows = page.split('\n').filter((line) => /^\| `[A-Z0-9_]+` \|/.test(line));
    expect(rows).toEqual(Object.entries(VARIABLES).map(([name, { fallback, right, about }]) => {
      return `| \`${name}\` | ${fallback} | ${right} | ${about} |`;
    }));
  });
});
