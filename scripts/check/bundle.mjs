// Proves from the built bundle itself what workflows load: our own workflows and domain, Temporal's workflow library with what
// that needs, two small pure libraries; no zod, no module of Node, no database. The bundler refuses Node's own modules already,
// unless someone tells it to ignore them: those show here as "ignored".
import fs from 'node:fs';
import path from 'node:path';
import { runAsScript } from './report.mjs';

const PACKAGES = new Set([
  '@temporalio/common', '@temporalio/workflow', '@temporalio/proto', '@noble/hashes', 'canonicalize', 'long', 'ms', 'nexus-rpc', 'tslib', 'webpack',
]);
// Temporal looks for converters that an application may name; "ignored" is how the bundler says that there are none.
const IGNORED = new Set(['__temporal_custom_payload_converter', '__temporal_custom_failure_converter']);
// Schemas for authored templates; the rest of the domain belongs in a workflow.
const EDGE = /(^|\/)domain\/template\//;
const OWN = /(^|\/)(workflows|domain)\//;
// A cached workflow holds a copy of what the bundle builds, so its size is memory; its source map, twice as long, is read once.
const MAX_BYTES = 1.75 * 1024 * 1024;

const SOURCE_MAP = /sourceMappingURL=data:application\/json;charset=utf-8;base64,([A-Za-z0-9+/=]+)\s*$/;

/** The modules of a webpack bundle: names in its source map, and keys of its module table. */
function listModules(code) {
  const map = SOURCE_MAP.exec(code)?.[1];
  const sources = map ? JSON.parse(Buffer.from(map, 'base64').toString('utf8')).sources : [];
  const keys = [...code.matchAll(/^\/\*\*\*\/ "([^"?][^"]*)"/gm)].map((match) => match[1]);
  return { sources, keys };
}

/** What is wrong with one module, or undefined. */
function judge(name, root) {
  if (name.startsWith('ignored|')) {
    const wanted = name.slice(name.lastIndexOf('|') + 1);
    return IGNORED.has(wanted) ? undefined : `${wanted} is imported, though the bundler was told to ignore it`;
  }
  if (name.startsWith('webpack/') || name.startsWith('__temporal_custom')) return undefined;
  const inside = name.lastIndexOf('node_modules/');
  if (inside >= 0) {
    const parts = name.slice(inside + 'node_modules/'.length).split('/');
    const owner = parts.slice(0, parts[0].startsWith('@') ? 2 : 1).join('/');
    return PACKAGES.has(owner) ? undefined : `package ${owner} is in the bundle (${name.slice(inside)})`;
  }
  const own = path.isAbsolute(name) ? path.relative(root, name) : name;
  if (EDGE.test(own)) return `${own} is in the bundle; only its types may be imported`;
  return OWN.test(own) ? undefined : `${own} is in the bundle; only workflows/ and domain/ belong there`;
}

/** Problems as `bundle: what is wrong`. */
export function checkBundle(root) {
  const file = path.join(root, 'dist', 'workflow-bundle.js');
  if (!fs.existsSync(file)) return ['bundle: dist/workflow-bundle.js is not built; run: npm run build'];
  const code = fs.readFileSync(file, 'utf8');
  const { sources, keys } = listModules(code);
  if (sources.length === 0 || keys.length === 0) return ['bundle: the modules of dist/workflow-bundle.js can\'t be listed; its form has changed'];
  if (!sources.some((name) => /(^|\/)workflows\//.test(name))) return ['bundle: dist/workflow-bundle.js holds no workflow of ours'];
  const problems = new Set([...sources, ...keys].map((name) => judge(name, root)).filter(Boolean).map((reason) => `bundle: ${reason}`));
  const bytes = code.length - (SOURCE_MAP.exec(code)?.[0].length ?? 0);
  if (bytes > MAX_BYTES) problems.add(`bundle: ${bytes} bytes; at most ${MAX_BYTES}`);
  return [...problems].sort();
}

await runAsScript(import.meta.url, checkBundle);
