// Writes api/openapi.json from the schemas of the API; with --check it fails when the file differs from them.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@swc/core';

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const FILE = path.join(ROOT, 'api', 'openapi.json');
const require = createRequire(import.meta.url);

// Straight from the sources: no build is needed, and none is made stale.
require.extensions['.ts'] = (module, filename) => {
  const { code } = transformSync(readFileSync(filename, 'utf8'), {
    filename, swcrc: false, module: { type: 'commonjs' }, jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
  });
  module._compile(code, filename);
};

const { createOpenApi } = require('../api/openapi.ts');
const { VERSION } = require('../api/version.ts');
const document = `${JSON.stringify(createOpenApi(VERSION), null, 2)}\n`;

if (process.argv.includes('--check')) {
  let committed = '';
  try {
    committed = readFileSync(FILE, 'utf8');
  } catch {
    // No file: it differs.
  }
  if (committed !== document) {
    process.stderr.write('api/openapi.json is not what the schemas of the API say. Run: node scripts/openapi.mjs\n');
    process.exitCode = 1;
  }
} else {
  writeFileSync(FILE, document);
}
