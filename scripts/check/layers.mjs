// Imports go down only: every import of every layer is one that `rules.mjs` allows, no files import each other in a ring, and
// what workflows load at run time stays within the domain.
import fs from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import { runAsScript } from './report.mjs';
import { LAYERS, WORKFLOW_CLOSURE } from './rules.mjs';
import { listFiles, parseSource, readImports } from './sources.mjs';

const BUILTIN = new Set(builtinModules);
const isBuiltin = (specifier) => specifier.startsWith('node:') || BUILTIN.has(specifier.split('/')[0]);
const isSource = (file) => /\.[mc]?[tj]sx?$/.test(file) && !file.endsWith('.d.ts');
const isUnder = (file, folder) => file === folder || file.startsWith(`${folder}/`) || file.replace(/(\/index)?\.\w+$/, '') === folder;
const matches = (name, pattern) => pattern === '*' || name === pattern || (pattern.endsWith('/*') && name.startsWith(pattern.slice(0, -1)));

function packageOf(specifier) {
  return specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
}

/** The file that a relative specifier names, relative to the root; what does not exist yet (a generated client) keeps its name. */
function resolveImport(root, from, specifier) {
  const target = path.posix.normalize(path.posix.join(path.posix.dirname(from), specifier));
  const candidates = [target, ...['.ts', '.tsx', '.mjs', '.js', '/index.ts', '/index.tsx', '/index.mjs', '/index.js'].map((end) => target + end)];
  return candidates.find((each) => fs.statSync(path.join(root, each), { throwIfNoEntry: false })?.isFile()) ?? target;
}

function ruleFor(file) {
  const layer = LAYERS[file.split('/')[0]];
  if (!layer) return undefined;
  const special = Object.keys(layer.files ?? {}).filter((key) => isUnder(file, key)).sort((a, b) => b.length - a.length)[0];
  return special ? layer.files[special] : layer;
}

/** Why the import is refused, or undefined. */
function judge(rule, { specifier, typeOnly, target }) {
  if (target) {
    if (rule.folders.some((folder) => isUnder(target, folder))) return undefined;
    if (typeOnly && rule.types?.some((folder) => isUnder(target, folder))) return undefined;
    const types = rule.types ? `; as types: ${rule.types.join(', ')}` : '';
    return `imports ${target}; allowed: ${rule.folders.join(', ')}${types}`;
  }
  if (isBuiltin(specifier)) return rule.node ? undefined : `imports ${specifier}; Node's own modules are not allowed here`;
  const name = packageOf(specifier);
  if (rule.packages.some((pattern) => matches(name, pattern))) return undefined;
  return `imports ${specifier}; packages allowed: ${rule.packages.join(', ') || 'none'}`;
}

/** Rings of imports that remain at run time, each once, as `a → b → a`. */
function findRings(graph) {
  const rings = [];
  const done = new Set();
  const trail = [];
  const visit = (file) => {
    const at = trail.indexOf(file);
    if (at >= 0) {
      rings.push([...trail.slice(at), file].join(' → '));
      return;
    }
    if (done.has(file)) return;
    trail.push(file);
    for (const { target, typeOnly } of graph.get(file) ?? []) if (target && !typeOnly) visit(target);
    trail.pop();
    done.add(file);
  };
  for (const file of graph.keys()) visit(file);
  return rings;
}

/** Imports outside the domain that the workflow entry reaches at run time. */
function checkClosure(graph) {
  const { entry, folders, packages } = WORKFLOW_CLOSURE;
  const problems = [];
  const cameFrom = new Map([[entry, undefined]]);
  for (const file of cameFrom.keys()) {
    for (const each of graph.get(file) ?? []) {
      if (each.typeOnly) continue;
      const reason = judge({ folders, packages }, each);
      if (reason) problems.push(`${file}:${each.line}: workflow-closure: a workflow loads this file, which ${reason} (${pathTo(cameFrom, file)})`);
      else if (each.target && !cameFrom.has(each.target)) cameFrom.set(each.target, file);
    }
  }
  return problems;
}

function pathTo(cameFrom, file) {
  const steps = [];
  for (let at = file; at; at = cameFrom.get(at)) steps.unshift(at);
  return steps.join(' → ');
}

/** Problems as `file:line: rule: what is wrong and what is allowed`. */
export function checkLayers(root) {
  const graph = new Map();
  const problems = [];
  for (const file of listFiles(root).filter(isSource)) {
    const rule = ruleFor(file);
    if (!rule) continue;
    const source = parseSource(file, fs.readFileSync(path.join(root, file), 'utf8'));
    const imports = readImports(source).map((each) => {
      const target = each.specifier.startsWith('.') ? resolveImport(root, file, each.specifier) : undefined;
      return { ...each, target };
    });
    graph.set(file, imports);
    for (const each of imports) {
      const reason = judge(rule, each);
      if (reason) problems.push(`${file}:${each.line}: layers: ${file} ${reason}`);
    }
  }
  for (const ring of findRings(graph)) problems.push(`${ring.split(' ')[0]}:1: ring: ${ring}`);
  return [...problems, ...checkClosure(graph)];
}

await runAsScript(import.meta.url, checkLayers);
