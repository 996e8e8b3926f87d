// node scripts/migration.mjs check       exits 1, with the SQL, when the migrations do not lead to prisma/schema.prisma
// node scripts/migration.mjs new NAME    writes what is missing as a new migration folder
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { compile } from './build.mjs';

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const MIGRATIONS = path.join(ROOT, 'prisma', 'migrations');

/** What the migrations lack, as SQL: replayed and compared in an empty database of this process. */
async function diff() {
  const made = fs.mkdtempSync(path.join(ROOT, 'node_modules', '.sluis-migration-'));
  const require = createRequire(import.meta.url);
  await compile([
    'prisma/migrate.ts', 'prisma/schema-engine.ts', 'prisma/catalogue-adapter.ts', 'embedded/pglite-server.ts', 'embedded/pglite-frames.ts',
  ], made);
  const { servePGlite } = require(path.join(made, 'embedded', 'pglite-server.js'));
  const db = await PGlite.create();
  const server = await servePGlite(db, 0, 4);
  try {
    const { diffSchema } = require(path.join(made, 'prisma', 'migrate.js'));
    return await diffSchema({
      scratchDatabaseUrl: `postgresql://postgres@127.0.0.1:${server.port}/postgres`,
      migrationsFolder: MIGRATIONS,
      schemaFile: path.join(ROOT, 'prisma', 'schema.prisma'),
    });
  } finally {
    await server.close();
    await db.close();
    fs.rmSync(made, { recursive: true, force: true });
  }
}

/** The name of a new folder: the time in UTC, as Prisma writes it, so that folders sort by age. */
function folderName(name) {
  const time = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  return `${time}_${name.toLowerCase().replace(/[^a-z0-9]+/g, '_')}`;
}

async function main([command, name]) {
  if (command !== 'check' && !(command === 'new' && name)) {
    process.stderr.write('usage: node scripts/migration.mjs check | new NAME\n');
    return 2;
  }
  fs.mkdirSync(MIGRATIONS, { recursive: true });
  const sql = await diff();
  if (sql === '') {
    process.stdout.write('The migrations lead to prisma/schema.prisma.\n');
    return 0;
  }
  if (command === 'check') {
    process.stderr.write('The migrations do not lead to prisma/schema.prisma. Missing (`npm run migration new NAME` writes it):\n\n');
    process.stderr.write(sql);
    return 1;
  }
  const folder = path.join(MIGRATIONS, folderName(name));
  fs.mkdirSync(folder);
  fs.writeFileSync(path.join(folder, 'migration.sql'), sql);
  const lock = path.join(MIGRATIONS, 'migration_lock.toml');
  if (!fs.existsSync(lock)) fs.writeFileSync(lock, 'provider = "postgresql"\n');
  process.stdout.write(`${path.relative(ROOT, path.join(folder, 'migration.sql'))}\n`);
  return 0;
}

process.exitCode = await main(process.argv.slice(2));
