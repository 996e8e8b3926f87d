#!/usr/bin/env node
// Builds if the sources are newer than the build, then runs the command line.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const built = (part) => fileURLToPath(new URL(`../dist/${part}`, import.meta.url));

/** Whether the product runs on the data folder: most likely from this build, which it still loads parts of. */
function runs() {
  try {
    const owner = require(built('embedded/lock.js')).readLock(resolve(process.env.SLUIS_DATA || '.sluis', 'lock.json'));
    return owner !== undefined && require(built('embedded/processes.js')).isRunning(owner);
  } catch {
    return false;
  } finally {
    // What is built anew is loaded anew.
    for (const file of Object.keys(require.cache)) delete require.cache[file];
  }
}

// A package may ship the build alone; then there is nothing to build from.
const script = new URL('../scripts/build.mjs', import.meta.url);
if (existsSync(script)) {
  const { isFresh } = await import(script.href);
  if (!isFresh() && runs()) {
    process.stderr.write('  The sources are newer than the build. As the product runs on this data folder, they are built once it has ended.\n');
  } else if (!isFresh()) {
    // In a process of its own: a build takes some hundred MB, which a server that runs for months would keep.
    const { status } = spawnSync(process.execPath, [fileURLToPath(script)], { stdio: 'inherit' });
    if (status !== 0) {
      process.stderr.write('The build failed.\n');
      process.exit(1);
    }
  }
}
for (const part of ['config/traces.js', 'cli/main.js']) require(built(part));
