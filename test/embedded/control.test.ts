import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { controlPath, serveControl, whilePaused } from '../../embedded/control';

const folder = mkdtempSync(join(tmpdir(), 'sluis-control-'));
const path = join(folder, 'control.sock');
let log: string[] = [];
let server: { close(): Promise<void> };

beforeEach(async () => {
  log = [];
  server = await serveControl(path, {
    pause: async () => { await sleep(50); log.push('paused'); },
    resume: async () => { await sleep(50); log.push('resumed'); },
  });
});
afterEach(() => server.close());
afterAll(() => rmSync(folder, { recursive: true }));

describe('the control socket', () => {
  test('pauses for the time of the work', async () => {
    await whilePaused(path, async () => { log.push('work'); });
    expect(log).toEqual(['paused', 'work', 'resumed']);
  });

  test('resumes when the work fails', async () => {
    await expect(whilePaused(path, () => Promise.reject(new Error('disk full')))).rejects.toThrow('disk full');
    expect(log).toEqual(['paused', 'resumed']);
  });

  test('resumes when the one who paused goes away, even before the pause was reached', async () => {
    const client = connect(path);
    await once(client, 'connect');
    client.write('pause\n');
    await sleep(20);
    client.destroy();
    await sleep(300);
    expect(log).toEqual(['paused', 'resumed']);
  });

  test('refuses a second backup meanwhile', async () => {
    await whilePaused(path, async () => {
      await expect(whilePaused(path, () => Promise.resolve())).rejects.toThrow('another backup is under way');
    });
    expect(log).toEqual(['paused', 'resumed']);
  });

  test('moves to the folder for temporary files when its path would be too long', () => {
    expect(controlPath('/data/.sluis/control.sock')).toBe('/data/.sluis/control.sock');
    const long = `/${'deep/'.repeat(30)}control.sock`;
    expect(controlPath(long).length).toBeLessThan(100);
    expect(controlPath(long)).toBe(controlPath(long));
  });
});
