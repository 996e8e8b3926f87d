// What the domain computes depends on its arguments alone: no clock, no random source, no locale, no network, no state between
// calls. Workflows keep no state at module level either, as many of them share one module.
import fs from 'node:fs';
import path from 'node:path';
import { runAsScript } from './report.mjs';
import { listFiles, parseSource } from './sources.mjs';

const GLOBALS = new Set([
  'Intl', 'process', 'globalThis', 'fetch', 'crypto', 'performance', 'console', 'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask',
  'Buffer', 'require', '__dirname', '__filename', 'WebSocket', 'navigator', 'eval',
]);
const MEMBERS = new Set(['Date.now', 'Date.parse', 'Math.random']);
// These answer differently by machine: locale data, or the local time zone.
const METHODS = /^(localeCompare|toLocale\w+|getTimezoneOffset|(get|set)(FullYear|Month|Date|Day|Hours|Minutes))$/;
// swc numbers scopes per parse; names that no scope declares all bear the first.
const UNRESOLVED = 1;

/** Problems as `file:line: purity: what is wrong`. */
export function checkPurity(root) {
  const problems = [];
  for (const file of listFiles(root).filter((each) => /^(domain|workflows)\/.*\.ts$/.test(each))) {
    const source = parseSource(file, fs.readFileSync(path.join(root, file), 'utf8'));
    const add = (node, what) => problems.push(`${file}:${source.lineOf(node)}: purity: ${what}`);
    for (const node of source.module.body.slice(1)) {
      const declaration = node.type === 'ExportDeclaration' ? node.declaration : node;
      if (declaration.type === 'VariableDeclaration' && declaration.kind !== 'const' && !declaration.declare) {
        add(declaration, `'${declaration.kind}' at module level is state between calls`);
      }
    }
    if (!file.startsWith('domain/')) continue;
    source.visit((node) => {
      if (node.type === 'Identifier' && node.ctxt === UNRESOLVED && GLOBALS.has(node.value)) add(node, `uses ${node.value}`);
      else if (node.type === 'NewExpression' && node.callee.value === 'Date' && !node.arguments?.length) add(node, 'reads the clock (new Date())');
      else if (node.type === 'MemberExpression' && node.property.type === 'Identifier') {
        const member = `${node.object.value ?? ''}.${node.property.value}`;
        if (MEMBERS.has(member)) add(node, `uses ${member}`);
        else if (METHODS.test(node.property.value)) add(node, `uses ${node.property.value}(), which depends on the machine`);
      }
    });
  }
  return problems;
}

await runAsScript(import.meta.url, checkPurity);
