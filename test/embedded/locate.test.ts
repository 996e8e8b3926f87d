import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cacheFolder, locateTemporal, NoTemporalError } from '../../embedded/temporal-locate';

const root = mkdtempSync(join(tmpdir(), 'sluis-locate-'));
afterAll(() => rmSync(root, { recursive: true }));

let count = 0;
/** A machine of its own: an empty home folder and a PATH with only what the test puts there. */
function machine() {
  count += 1;
  const home = join(root, `machine-${count}`);
  const bin = join(home, 'bin');
  mkdirSync(bin, { recursive: true });
  const said: string[] = [];
  const env = { HOME: home, PATH: bin };
  return {
    home, bin, env, said,
    locate: (cliPath?: string) => locateTemporal({ cliPath, env, say: (line) => said.push(line) }),
  };
}

function writeProgram(path: string, script = 'exit 0'): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

// Run from its sources, the product is not built, so that the download gives up at once without asking any host.
describe('the Temporal server is looked for', () => {
  test('first where TEMPORAL_CLI_PATH says', async () => {
    const { bin, home, env, locate } = machine();
    writeProgram(join(bin, 'temporal'));
    writeProgram(join(cacheFolder(env), 'go', 'temporal'));
    const own = writeProgram(join(home, 'own', 'temporal-1'));
    expect(await locate(own)).toBe(own);
  });

  test('and nowhere else when TEMPORAL_CLI_PATH is wrong', async () => {
    const { bin, home, locate } = machine();
    writeProgram(join(bin, 'temporal'));
    const text = join(home, 'notes.txt');
    writeFileSync(text, '');
    await expect(locate(join(home, 'absent'))).rejects.toThrow(/^TEMPORAL_CLI_PATH: .*absent is not a program/);
    await expect(locate(text)).rejects.toThrow(/^TEMPORAL_CLI_PATH/);
    await expect(locate(bin)).rejects.toThrow(/^TEMPORAL_CLI_PATH/);
  });

  test('then on the PATH, then in the cache', async () => {
    const { bin, env, locate } = machine();
    const compiled = writeProgram(join(cacheFolder(env), 'go', 'temporal'));
    expect(await locate()).toBe(compiled);
    const downloaded = writeProgram(join(cacheFolder(env), 'download', 'temporal'));
    expect(await locate()).toBe(downloaded);
    const onPath = writeProgram(join(bin, 'temporal'));
    expect(await locate()).toBe(onPath);
  });

  test('then compiled by Go, once, into the cache', async () => {
    const { bin, home, env, said, locate } = machine();
    writeProgram(join(bin, 'go'), [
      `echo "$@" >> ${join(home, 'calls')}`,
      'echo "go: downloading github.com/temporalio/cli v1.5.1" >&2',
      'echo "github.com/temporalio/cli/cmd/temporal" >&2',
      'printf "#!/bin/sh\\n" > "$GOBIN/temporal"; /bin/chmod +x "$GOBIN/temporal"',
    ].join('\n'));
    const expected = join(cacheFolder(env), 'go', 'temporal');
    expect(await locate()).toBe(expected);
    expect(said.join('\n')).toContain('compiling the Temporal server with Go');
    expect(await locate()).toBe(expected);
    expect(readFileSync(join(home, 'calls'), 'utf8')).toBe('install -v github.com/temporalio/cli/cmd/temporal@v1.5.1\n');
  });

  test('and when all fails, the error names every way', async () => {
    const { bin, locate } = machine();
    writeProgram(join(bin, 'go'), 'echo "go: no route to the proxy" >&2; exit 1');
    const error = await locate().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(NoTemporalError);
    const { message } = error as Error;
    for (const way of ['TEMPORAL_CLI_PATH=', 'TEMPORAL_ADDRESS=', 'on the PATH', 'the official download', 'go: no route to the proxy']) {
      expect(message).toContain(way);
    }
  });

  test('a cache folder of its own is respected', () => {
    expect(cacheFolder({ XDG_CACHE_HOME: '/var/cache/me', HOME: '/home/me' })).toMatch(/^\/var\/cache\/me\/sluis\//);
    expect(cacheFolder({ HOME: '/home/me' })).toMatch(/^\/home\/me\/\.cache\/sluis\//);
  });
});
