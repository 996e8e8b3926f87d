// Writes client/generated/api.ts: the types of every request and answer, from api/openapi.json. A build does this by itself.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
export const API_TYPES = path.join(ROOT, 'client', 'generated', 'api.ts');

export async function generateApiTypes() {
  const { default: openapiTS, astToString } = await import('./api-types/generate.mjs');
  const document = JSON.parse(fs.readFileSync(path.join(ROOT, 'api', 'openapi.json'), 'utf8'));
  const text = `// Generated from api/openapi.json.\n${astToString(await openapiTS(document))}`;
  fs.mkdirSync(path.dirname(API_TYPES), { recursive: true });
  fs.writeFileSync(`${API_TYPES}.new`, text);
  fs.renameSync(`${API_TYPES}.new`, API_TYPES);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await generateApiTypes();
