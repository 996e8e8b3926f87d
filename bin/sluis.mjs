#!/usr/bin/env node
// Builds if the sources are newer than the build, then runs the command line.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

// A package may ship the build alone; then there is nothing to build from.
const script = new URL('../scripts/build.mjs', import.meta.url);
if (existsSync(script)) {
  const { isFresh } = await import(script.href);
  // In a process of its own: a build takes some hundred MB, which a server that runs for months would keep.
  const { status } = isFresh() ? { status: 0 } : spawnSync(process.execPath, [fileURLToPath(script)], { stdio: 'inherit' });
  if (status !== 0) {
    process.stderr.write('The build failed.\n');
    process.exit(1);
  }
}
const require = createRequire(import.meta.url);
for (const part of ['config/traces.js', 'cli/main.js']) require(fileURLToPath(new URL(`../dist/${part}`, import.meta.url)));
