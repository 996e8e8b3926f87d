import { defineConfig } from 'prisma/config';

// `prisma generate` insists on a native schema engine though it does not use it. Any program that exists lets it pass where
// the engine can't be downloaded; migrations are applied by the same engine as WebAssembly (prisma/migrate.ts).
process.env['PRISMA_SCHEMA_ENGINE_BINARY'] ??= process.execPath;

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env['DATABASE_URL'] ?? 'postgresql://localhost/sluis' },
});
