// What all checks have in common: a check takes the root of a checkout and returns its problems, one line each.
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/**
 * Runs `check` when its module is called as a script (`node scripts/check/X.mjs [ROOT]`): prints the problems, exit code 1 if any.
 * @param {string} url `import.meta.url` of the module
 * @param {(root: string) => Promise<string[]> | string[]} check
 */
export async function runAsScript(url, check) {
  if (url !== pathToFileURL(process.argv[1] ?? '').href) return;
  const problems = await check(path.resolve(process.argv[2] ?? ROOT));
  for (const problem of problems) console.log(problem);
  if (problems.length > 0) process.exitCode = 1;
}
