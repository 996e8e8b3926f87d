// What must not be in the repository: paths of someone's machine, hosts of registries, secrets, work left undone, files too long.
import fs from 'node:fs';
import path from 'node:path';
import { checkLicences } from './licences.mjs';
import { runAsScript } from './report.mjs';
import { listFiles } from './sources.mjs';

const MAX_LINES = 400;
const CODE = /\.([mc]?[tj]sx?|sh|css|html|md|ya?ml|sql|prisma)$|^\.ci\/|^bin\//;
// Made by a program, or data: recorded histories, the OpenAPI document, golden pairs, shipped templates in three languages, the list of tables.
const LONG = /^(test\/histories|test\/.*__snapshots__|prisma\/(migrations|schema\.prisma)|templates|api\/openapi\.json|package-lock\.json)/;
const BINARY = /\.(png|jpe?g|gif|ico|woff2?|gz|tar|zip|pdf)$/;

// Not preceded by what makes it a part of something longer: a URL, a variable, another path.
const ALONE = '(?<![\\w.$})-])';
const MACHINE_PATHS = [`${ALONE}/(?:home|Users)/[A-Za-z0-9_.-]+/`, `${ALONE}/root/`, `${ALONE}/work/(?:main|shared)`, '[A-Za-z]:\\\\Users\\\\'];
const REGISTRIES = ['registry', 'npm', 'proxy', 'mirror', 'artifactory', 'nexus', 'jfrog'];
const TOKENS = [
  'AKIA[0-9A-Z]{16}', 'gh[pousr]_[A-Za-z0-9]{30,}', 'github_pat_\\w{40,}', 'xox[abprs]-[\\w-]{12,}', 'sk-[A-Za-z0-9_-]{24,}', 'npm_[A-Za-z0-9]{36}',
];
// In pieces, or the rule would find itself.
const UNDONE = ['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X'];

const RULES = [
  { name: 'machine path', pattern: new RegExp(MACHINE_PATHS.join('|')) },
  { name: 'unfinished work', pattern: new RegExp(`\\b(?:${UNDONE.join('|')})\\b`) },
  { name: 'registry host', pattern: new RegExp(`https?://(?:[\\w-]+\\.)*(?:${REGISTRIES.join('|')})[\\w.-]*\\.[a-z]{2,}`, 'i'), skip: /^test\/scripts\// },
  { name: 'private key', pattern: /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/ },
  { name: 'secret', pattern: new RegExp(`\\b(?:${TOKENS.join('|')})\\b`) },
  { name: 'signed token', pattern: /\beyJ[\w-]{12,}\.eyJ[\w-]{12,}\.[\w-]{16,}/ },
];
const MACHINE_DATA = /^(package-lock\.json|test\/histories\/)/;

function checkText(file, text) {
  const problems = [];
  const lines = text.split('\n');
  lines.forEach((line, index) => {
    for (const { name, pattern, skip } of RULES) {
      if (skip?.test(file) || (name !== 'secret' && name !== 'private key' && MACHINE_DATA.test(file))) continue;
      if (pattern.test(line)) problems.push(`${file}:${index + 1}: ${name}`);
    }
  });
  const length = text.endsWith('\n') ? lines.length - 1 : lines.length;
  if (CODE.test(file) && !LONG.test(file) && length > MAX_LINES) problems.push(`${file}:${MAX_LINES + 1}: ${length} lines; at most ${MAX_LINES}`);
  return problems;
}

/**
 * A lock file must not say where packages were fetched from: that is the reader's own registry. And it must hold the builds for
 * all platforms: npm leaves out silently what a registry did not have that day, and then `npm ci` refuses the file.
 */
function checkLock(root) {
  const file = path.join(root, 'package-lock.json');
  if (!fs.existsSync(file)) return ['package-lock.json:1: missing'];
  const problems = [];
  const text = fs.readFileSync(file, 'utf8');
  text.split('\n').forEach((line, index) => {
    if (/"resolved": "(?:\w+:)?\/\//.test(line)) problems.push(`package-lock.json:${index + 1}: "resolved" names a registry`);
  });
  const { packages = {} } = JSON.parse(text);
  const held = new Set(Object.keys(packages).map((place) => place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length)));
  for (const [place, entry] of Object.entries(packages)) {
    const lacking = Object.keys(entry.optionalDependencies ?? {}).filter((name) => !held.has(name));
    if (lacking.length > 0) problems.push(`package-lock.json:1: ${place} lacks ${lacking.length} optional packages (${lacking[0]})`);
  }
  return problems.slice(0, 5);
}

function checkNpmrc(root) {
  const file = path.join(root, '.npmrc');
  if (!fs.existsSync(file)) return [];
  return /^\s*(@[\w-]+:)?registry\s*=|_authToken|_password/m.test(fs.readFileSync(file, 'utf8')) ? ['.npmrc:1: names a registry or a credential'] : [];
}

/** Problems as `file:line: what is wrong`. */
export function checkRepository(root) {
  const problems = [...checkLock(root), ...checkNpmrc(root)];
  for (const file of listFiles(root)) {
    if (BINARY.test(file) || fs.lstatSync(path.join(root, file)).isSymbolicLink()) continue;
    problems.push(...checkText(file, fs.readFileSync(path.join(root, file), 'utf8')));
  }
  return [...problems, ...checkLicences(root)];
}

await runAsScript(import.meta.url, checkRepository);
