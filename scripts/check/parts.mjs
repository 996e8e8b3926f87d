// The real parts that tests run against: the programs of a PostgreSQL server, and a Temporal server found, downloaded or compiled
// by the product's own locator (the first time that takes minutes, which no single test should have to wait).
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** Folder of `initdb` and `postgres`, or undefined. */
function findPostgres() {
  const folders = [process.env.PG_BINDIR];
  try {
    folders.push(execFileSync('pg_config', ['--bindir'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim());
  } catch {
    // Not every installation of the server has it.
  }
  const debian = '/usr/lib/postgresql';
  if (fs.existsSync(debian)) {
    const versions = fs.readdirSync(debian).sort((a, b) => Number(b) - Number(a));
    folders.push(...versions.map((version) => path.join(debian, version, 'bin')));
  }
  folders.push(...(process.env.PATH ?? '').split(path.delimiter));
  return folders.find((folder) => folder && ['initdb', 'postgres'].every((name) => fs.existsSync(path.join(folder, name))));
}

/**
 * Looks for both parts and says where they are.
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env receives what the tests are to use
 * @param {(line: string) => void} say
 * @returns {Promise<{ passed: number, failed: number, notes: string[] }>}
 */
export async function findParts(root, env, say = console.log) {
  const missing = [];
  const postgres = findPostgres();
  if (postgres) {
    env.PG_BINDIR = postgres;
    say(`   PostgreSQL: ${postgres}${process.env.DATABASE_URL ? ', and the server of DATABASE_URL' : ''}`);
  } else {
    missing.push('PostgreSQL 15 or later is missing: install its server programs (Debian and Ubuntu: apt-get install postgresql), '
      + 'or name their folder in PG_BINDIR');
  }
  try {
    const { locateTemporal } = createRequire(import.meta.url)(path.join(root, 'dist', 'embedded', 'temporal-locate.js'));
    const program = await locateTemporal({ cliPath: process.env.TEMPORAL_CLI_PATH, env: process.env, say: (line) => say(` ${line}`) });
    env.TEMPORAL_CLI_PATH = program;
    say(`   Temporal: ${program}`);
  } catch (error) {
    missing.push(error instanceof Error ? error.message : String(error));
  }
  return { passed: 2 - missing.length, failed: missing.length, notes: missing };
}
