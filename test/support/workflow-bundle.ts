/** The workflows as a worker of a test loads them. */
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DefaultLogger, bundleWorkflowCode } from '@temporalio/worker';
import { BUNDLE_OPTIONS } from '../../scripts/workflow-bundle.cjs';

const ROOT = join(__dirname, '..', '..');
const CACHE = join(ROOT, 'node_modules', '.cache', 'sluis', 'test-workflows');

/** Of everything that can be in the bundle: a bundle of other sources would test something else. */
function hashOfSources(): string {
  const hash = createHash('sha256').update(readFileSync(join(ROOT, 'package-lock.json'))).update(readFileSync(join(ROOT, 'scripts', 'workflow-bundle.cjs')));
  for (const folder of ['domain', 'workflows']) {
    const files = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts')).sort();
    for (const file of files) hash.update(`\0${folder}/${file}\0`).update(readFileSync(join(ROOT, folder, file)));
  }
  return hash.digest('hex').slice(0, 32);
}

let bundle: Promise<{ code: string }> | undefined;

/** Bundled from the sources as they are now: once for these, not once per test file, as that takes seconds. */
export function workflowBundle(): Promise<{ code: string }> {
  bundle ??= findOrMake();
  return bundle;
}

async function findOrMake(): Promise<{ code: string }> {
  const file = join(CACHE, `${hashOfSources()}.js`);
  if (existsSync(file)) return { code: readFileSync(file, 'utf8') };
  const { code } = await bundleWorkflowCode({ ...BUNDLE_OPTIONS, logger: new DefaultLogger('ERROR') });
  const others = existsSync(CACHE) ? readdirSync(CACHE) : [];
  mkdirSync(CACHE, { recursive: true });
  // Moved into place: nobody reads one that is half written.
  const making = join(CACHE, `${randomBytes(6).toString('hex')}.making`);
  writeFileSync(making, code);
  renameSync(making, file);
  for (const other of others.filter((name) => name.endsWith('.js'))) rmSync(join(CACHE, other), { force: true });
  return { code };
}
