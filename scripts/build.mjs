// Builds dist/ from the sources when they are newer than the build: the database client, the types stripped from every layer,
// and the workflow bundle. Run it as a script, or call `build()`; a fresh build costs some milliseconds.
import { createHash } from 'node:crypto';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { API_TYPES, generateApiTypes } from './api-types.mjs';
import { step } from './progress.mjs';
import { BUNDLE_OPTIONS } from './workflow-bundle.cjs';

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const DIST = path.join(ROOT, 'dist');
const LOCK = path.join(ROOT, 'dist.lock');
const CLIENT = path.join(ROOT, 'prisma', 'generated');
const LAYERS = [
  'activities', 'api', 'cli', 'client', 'config', 'demo', 'domain', 'embedded', 'prisma', 'store', 'templates', 'worker', 'workflows',
];

/** Made by a build itself. */
const MADE = new Set(['prisma/generated', 'client/generated']);

/** Every file under the folders, relative to the root, sorted; what is made, not written, is left out. */
function listFiles(folders) {
  const found = [];
  const walk = (relative) => {
    const absolute = path.join(ROOT, relative);
    for (const entry of fs.readdirSync(absolute, { withFileTypes: true })) {
      const child = `${relative}/${entry.name}`;
      if (MADE.has(child)) continue;
      if (entry.isDirectory()) walk(child);
      else if (entry.isFile()) found.push(child);
    }
  };
  for (const folder of folders) if (fs.existsSync(path.join(ROOT, folder))) walk(folder);
  return found.sort();
}

/** One hash over names, sizes and times: reads no file, so it stays quick. */
function fingerprint(files) {
  const hash = createHash('sha256').update(process.version);
  for (const file of [...files, 'package-lock.json', 'scripts/build.mjs', 'scripts/workflow-bundle.cjs', 'prisma.config.ts']) {
    const stat = fs.statSync(path.join(ROOT, file), { throwIfNoEntry: false });
    if (stat) hash.update(`${file}\0${stat.size}\0${stat.mtimeMs}\n`);
  }
  return hash.digest('hex');
}

/** What the build was made of: `all` decides whether anything is to do, the others whether a costly step is. */
function readStamp(folder) {
  try {
    return JSON.parse(fs.readFileSync(path.join(folder, '.stamp.json'), 'utf8'));
  } catch {
    return {};
  }
}

function currentStamp() {
  return {
    all: fingerprint([...listFiles(LAYERS), ...listFiles(['web'])]),
    types: fingerprint(['api/openapi.json']),
    pages: fingerprint([...listFiles(['web', 'client']), 'api/openapi.json']),
    client: fingerprint(['prisma/schema.prisma']),
    bundle: fingerprint([...listFiles(['workflows', 'domain']), 'scripts/workflow-bundle.cjs']),
  };
}

/** Waits for its turn: two builds at once would write the same files. A lock whose owner is gone is taken over. */
async function takeLock() {
  for (;;) {
    try {
      fs.writeFileSync(LOCK, String(process.pid), { flag: 'wx' });
      return () => fs.rmSync(LOCK, { force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    let owner = 0;
    try {
      owner = Number(fs.readFileSync(LOCK, 'utf8'));
      const age = Date.now() - fs.statSync(LOCK).mtimeMs;
      if (owner > 0 ? !isAlive(owner) : age > 2000) fs.rmSync(LOCK, { force: true });
    } catch {
      // It was given back between two looks.
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Runs a script of a package; its output is shown only when it fails. */
async function runQuietly(args, env, title) {
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  let output = '';
  child.stdout.on('data', (chunk) => { output += chunk; });
  child.stderr.on('data', (chunk) => { output += chunk; });
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  if (code !== 0) throw new Error(`${title} failed:\n${output}`);
}

/** Makes the client of the database. */
async function generateClient() {
  const prisma = path.join(ROOT, 'node_modules', 'prisma', 'build', 'index.js');
  await runQuietly([prisma, 'generate'], { CHECKPOINT_DISABLE: '1', PRISMA_HIDE_UPDATE_MESSAGE: '1', PRISMA_SCHEMA_ENGINE_BINARY: process.execPath }, 'prisma generate');
}

/** Every file of the client that `prisma generate` wrote. */
function listGenerated() {
  return fs.readdirSync(CLIENT, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(ROOT, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'));
}

/** Strips the types of the files into `target` and copies those that are not TypeScript (templates, migrations, pages). */
export async function compile(files, target) {
  const { transform } = await import('@swc/core');
  await Promise.all(files.map(async (file) => {
    if (file.endsWith('.d.ts')) return;
    const source = path.join(ROOT, file);
    const output = path.join(target, file.replace(/\.ts$/, '.js'));
    fs.mkdirSync(path.dirname(output), { recursive: true });
    if (!file.endsWith('.ts')) {
      fs.copyFileSync(source, output);
      return;
    }
    const { code, map } = await transform(await fs.promises.readFile(source, 'utf8'), {
      filename: source,
      sourceFileName: path.relative(path.dirname(path.join(DIST, file)), source),
      swcrc: false,
      sourceMaps: true,
      module: { type: 'commonjs' },
      jsc: { target: 'es2022', parser: { syntax: 'typescript' }, keepClassNames: true },
    });
    await fs.promises.writeFile(output, `${code}//# sourceMappingURL=${path.basename(output)}.map\n`);
    await fs.promises.writeFile(`${output}.map`, map);
  }));
}

/** Bundles what runs inside workflows, so that a worker is ready in a third of a second instead of three. */
async function bundleWorkflows(target) {
  const worker = await import('@temporalio/worker');
  const { bundleWorkflowCode, DefaultLogger } = worker.default ?? worker;
  const { code } = await bundleWorkflowCode({ ...BUNDLE_OPTIONS, logger: new DefaultLogger('WARN') });
  fs.writeFileSync(path.join(target, 'workflow-bundle.js'), code);
}

/** Builds the web app in a process of its own: a failure is told with what the bundler said. */
async function buildPages(target) {
  const vite = path.join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js');
  const args = [vite, 'build', path.join(ROOT, 'web'), '--outDir', target, '--emptyOutDir', '--logLevel', 'warn'];
  await runQuietly(args, {}, 'vite build');
}

/** Whether dist/ was built from the sources as they are now. Costs some milliseconds. */
export function isFresh() {
  return readStamp(DIST).all === currentStamp().all;
}

/**
 * Brings dist/ up to date. Made in a folder beside it and put in its place by renaming, so that a build which fails or is
 * interrupted leaves the old one as it was. Returns whether anything had to be done.
 */
export async function build({ say, force = false } = {}) {
  if (!force && isFresh()) return false;
  const release = await step('waiting for another build', takeLock, say);
  const target = path.join(ROOT, `dist.new-${process.pid}`);
  const old = path.join(ROOT, `dist.old-${process.pid}`);
  try {
    const [before, stamp] = [readStamp(DIST), currentStamp()];
    if (!force && before.all === stamp.all) return false;
    sweep();
    if (force || before.client !== stamp.client || !fs.existsSync(CLIENT)) {
      await step('generating the database client', generateClient, say);
    }
    if (force || before.types !== stamp.types || !fs.existsSync(API_TYPES)) await step('generating the client of the API', generateApiTypes, say);
    fs.mkdirSync(target);
    await step('stripping the types', () => compile([...listFiles(LAYERS), ...listGenerated()], target), say);
    const bundle = path.join(DIST, 'workflow-bundle.js');
    if (!force && before.bundle === stamp.bundle && fs.existsSync(bundle)) {
      fs.copyFileSync(bundle, path.join(target, 'workflow-bundle.js'));
    } else {
      await step('bundling the workflows', () => bundleWorkflows(target), say);
    }
    const pages = path.join(DIST, 'web');
    if (!force && before.pages === stamp.pages && fs.existsSync(pages)) fs.cpSync(pages, path.join(target, 'web'), { recursive: true });
    else await step('building the pages', () => buildPages(path.join(target, 'web')), say);
    fs.writeFileSync(path.join(target, '.stamp.json'), JSON.stringify(stamp));
    if (fs.existsSync(DIST)) fs.renameSync(DIST, old);
    fs.renameSync(target, DIST);
    return true;
  } finally {
    fs.rmSync(target, { recursive: true, force: true });
    fs.rmSync(old, { recursive: true, force: true });
    release();
  }
}

/** Removes what a build that was killed left behind; only called under the lock. */
function sweep() {
  for (const name of fs.readdirSync(ROOT)) {
    if (/^dist\.(new|old)-\d+$/.test(name)) fs.rmSync(path.join(ROOT, name), { recursive: true, force: true });
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  build({ force: process.argv.includes('--force') }).catch((error) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
}
