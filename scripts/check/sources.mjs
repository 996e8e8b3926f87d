// Reads the sources of a checkout: which files there are, and what each imports.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { parseSync } from '@swc/core';

const SKIPPED = /(^|\/)(node_modules|dist|coverage|\.git|\.sluis)(\/|$)|^dist\.|\.log$|^(?:prisma|client)\/generated\/|^bench\/results\//;

/** Files of the checkout relative to `root`, sorted: what git knows or would add; without git, all but what is built. */
export function listFiles(root) {
  let files;
  try {
    if (!fs.existsSync(path.join(root, '.git'))) throw new Error('no checkout');
    const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
      cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 1 << 26,
    });
    files = [...new Set(listed.split('\0'))];
  } catch {
    files = fs.readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'));
  }
  return files.filter((file) => file && !SKIPPED.test(file) && fs.existsSync(path.join(root, file))).sort();
}

/**
 * Parses a TypeScript or JavaScript source. `lineOf` gives the line of a node; `visit` calls back for every node of the tree.
 * Positions count bytes from wherever the parser's last file ended, hence the sentinel in front.
 */
export function parseSource(file, text) {
  const sentinel = '0;';
  const body = sentinel + text.replace(/^#!/, '//');
  const typescript = { syntax: 'typescript', tsx: file.endsWith('.tsx') };
  const javascript = { syntax: 'ecmascript', jsx: file.endsWith('.jsx') };
  const module = parseSync(body, { ...(/\.[mc]?tsx?$/.test(file) ? typescript : javascript), target: 'es2022' });
  const base = module.body[0].span.start;
  const bytes = Buffer.from(body);
  const lineOf = (node) => bytes.subarray(0, node.span.start - base).toString('utf8').split('\n').length;
  const visit = (callback) => walk({ ...module, body: module.body.slice(1) }, callback);
  return { module, lineOf, visit };
}

function walk(node, callback) {
  if (Array.isArray(node)) {
    for (const child of node) walk(child, callback);
  } else if (node && typeof node === 'object') {
    if (typeof node.type === 'string') callback(node);
    for (const key of Object.keys(node)) if (key !== 'span') walk(node[key], callback);
  }
}

/**
 * What a source imports, in whatever form: static, re-exported, dynamic, `require` or an import type. `typeOnly` imports are gone
 * when the types are stripped.
 * @returns {{ specifier: string, line: number, typeOnly: boolean }[]}
 */
export function readImports({ lineOf, visit }) {
  const found = [];
  const add = (node, specifier, typeOnly) => found.push({ specifier, line: lineOf(node), typeOnly });
  visit((node) => {
    const specifiers = node.specifiers ?? [];
    const allTypes = specifiers.length > 0 && specifiers.every((each) => each.isTypeOnly);
    if (node.type === 'ImportDeclaration' || (node.type === 'ExportNamedDeclaration' && node.source)) {
      add(node, node.source.value, Boolean(node.typeOnly) || allTypes);
    } else if (node.type === 'ExportAllDeclaration') {
      add(node, node.source.value, Boolean(node.typeOnly));
    } else if (node.type === 'TsImportType') {
      add(node, node.argument.value, true);
    } else if (node.type === 'TsExternalModuleReference') {
      add(node, node.expression.value, false);
    } else if (node.type === 'CallExpression') {
      const { callee, arguments: given } = node;
      const literal = given[0]?.expression;
      const loads = callee.type === 'Import' || (callee.type === 'Identifier' && callee.value === 'require')
        || (callee.type === 'MemberExpression' && callee.object.value === 'require' && callee.property.value === 'resolve');
      if (loads && literal?.type === 'StringLiteral') add(node, literal.value, false);
      else if (loads && literal?.type === 'TemplateLiteral' && literal.quasis.length === 1) add(node, literal.quasis[0].cooked, false);
    }
  });
  return found;
}
