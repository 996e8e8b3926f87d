// node scripts/template-schema.mjs            writes docs/template.schema.json, the JSON Schema of the lifecycle language
// node scripts/template-schema.mjs --check    exits 1 when the file is not what the language says
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const FILE = path.join(path.dirname(path.dirname(fileURLToPath(import.meta.url))), 'docs', 'template.schema.json');
const require = createRequire(import.meta.url);
require('../bench/support/typescript.cjs');
const { jsonSchema } = require('../domain/template/schema/index.ts');

const text = `${JSON.stringify(jsonSchema(), null, 1)}\n`;
if (!process.argv.includes('--check')) fs.writeFileSync(FILE, text);
else if (!fs.existsSync(FILE) || fs.readFileSync(FILE, 'utf8') !== text) {
  process.stderr.write('docs/template.schema.json is not what the language says. Run: node scripts/template-schema.mjs\n');
  process.exitCode = 1;
}
