// The licence of every package that is installed with the product lets anyone use and pass on the product.
import fs from 'node:fs';
import path from 'node:path';
import { runAsScript } from './report.mjs';

const ALLOWED = new Set([
  'MIT', 'MIT-0', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'Apache-2.0', 'BlueOak-1.0.0', 'CC0-1.0', 'Unlicense', 'PostgreSQL',
  'Zlib', 'Python-2.0', 'PSF-2.0',
  // Data only: holiday rules and browser tables. Both ask for attribution, which the package itself carries.
  'CC-BY-3.0', 'CC-BY-4.0',
]);

/** Packages that state no licence in their manifest, or another one, and why they may stay. */
const EXCEPTIONS = new Map([
  ['elkjs', 'EPL-2.0: unmodified, comes with the Prisma command line, never loaded by the product'],
  ['png-js', 'MIT by its LICENSE file'],
  ['seq-queue', 'MIT by its LICENSE file'],
  ['unionfs', 'Unlicense by its LICENSE file'],
]);

/** Whether an SPDX expression can be met by allowed licences: any side of OR, both sides of AND. */
export function isAllowed(expression) {
  const bare = expression.trim().replace(/^\((.*)\)$/, (whole, inner) => (inner.includes('(') ? whole : inner));
  if (/\bOR\b/i.test(bare)) return bare.split(/\bOR\b/i).some((side) => isAllowed(side));
  if (/\bAND\b/i.test(bare)) return bare.split(/\bAND\b/i).every((side) => isAllowed(side));
  return ALLOWED.has(bare.trim());
}

function licenceOf(manifest) {
  if (typeof manifest.license === 'string') return manifest.license;
  if (manifest.license?.type) return manifest.license.type;
  return (manifest.licenses ?? []).map((each) => each.type ?? each).join(' OR ');
}

/** Problems as `licence: what is wrong`. */
export function checkLicences(root) {
  const lock = JSON.parse(fs.readFileSync(path.join(root, 'package-lock.json'), 'utf8'));
  const problems = [];
  let seen = 0;
  for (const [place, entry] of Object.entries(lock.packages ?? {})) {
    if (!place || entry.dev || entry.devOptional || entry.link) continue;
    const file = path.join(root, place, 'package.json');
    if (!fs.existsSync(file)) {
      // A build for another platform, or a peer that nobody asked for.
      if (!entry.optional && !entry.peer) problems.push(`licence: ${place} is not installed; run: npm ci`);
      continue;
    }
    seen += 1;
    if (EXCEPTIONS.has(place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length))) continue;
    const licence = licenceOf(JSON.parse(fs.readFileSync(file, 'utf8')));
    if (!isAllowed(licence)) problems.push(`licence: ${place} has ${licence || 'none stated'}`);
  }
  if (seen === 0) problems.push('licence: package-lock.json names no package to look at');
  return problems;
}

await runAsScript(import.meta.url, checkLicences);
