// What a browser loads before it shows the first room, measured on the built app: the page's own script with all that it imports, and
// the room that opens first, in one language. Rooms beside it are loaded when they are entered and do not count.
import fs from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { runAsScript } from './report.mjs';

const MAX_BYTES = 250 * 1024;
const FIRST = ['index.html', 'rooms/my-work/index.tsx', 'texts/nl/app.ts', 'texts/nl/my-work.ts', 'texts/nl/help.ts', 'texts/nl/task.ts'];

/** The scripts of a chunk and of all it imports at once. */
function collect(manifest, name, found) {
  const chunk = manifest[name];
  if (!chunk || found.has(chunk.file)) return;
  found.add(chunk.file);
  for (const each of chunk.imports ?? []) collect(manifest, each, found);
}

/** Problems as `pages: what is wrong`. */
export function checkPages(root) {
  const folder = path.join(root, 'dist', 'web');
  const file = path.join(folder, '.vite', 'manifest.json');
  if (!fs.existsSync(file)) return ['pages: dist/web is not built; run: npm run build'];
  const manifest = JSON.parse(fs.readFileSync(file, 'utf8'));
  const missing = FIRST.filter((name) => !manifest[name]);
  if (missing.length > 0) return [`pages: ${missing.join(', ')} is not a chunk of its own; is everything loaded at once?`];
  const scripts = new Set();
  for (const name of FIRST) collect(manifest, name, scripts);
  const bytes = [...scripts].reduce((sum, each) => sum + gzipSync(fs.readFileSync(path.join(folder, each))).length, 0);
  const problems = bytes > MAX_BYTES ? [`pages: the first load is ${bytes} bytes of gzipped script; at most ${MAX_BYTES}`] : [];
  const page = fs.readFileSync(path.join(folder, 'index.html'), 'utf8');
  if (/<script(?![^>]*\ssrc=)/.test(page)) problems.push('pages: index.html holds a script; the Content-Security-Policy runs files alone');
  return problems;
}

await runAsScript(import.meta.url, checkPages);
