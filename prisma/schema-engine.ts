import { readFileSync } from 'node:fs';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import type * as EngineModule from '@prisma/schema-engine-wasm/schema_engine_bg';
import { makeCatalogueAdapter } from './catalogue-adapter';

/** Prisma's own schema engine, as WebAssembly: what `prisma migrate` runs as a native program. */
export type SchemaEngine = EngineModule.SchemaEngine;

/** The part of the global that is used here: neither `@types/node` nor the language's own library declares it. */
declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: Record<string, object>) => { exports: Record<string, unknown> };
};

let engineModule: typeof EngineModule | undefined;

/** Loads the engine once per process. It is published as an ES module, which Node 20.19 and later take by `require`. */
async function loadEngineModule(): Promise<typeof EngineModule> {
  if (engineModule) return engineModule;
  const glue = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  const entry = require.resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const wasm = new WebAssembly.Module(readFileSync(entry.replace(/\.js$/, '.wasm')));
  const instance = new WebAssembly.Instance(wasm, { './schema_engine_bg.js': glue });
  glue.__wbg_set_wasm(instance.exports);
  const start = instance.exports['__wbindgen_start'];
  if (typeof start === 'function') start();
  engineModule = glue;
  return glue;
}

/**
 * Runs `work` with a schema engine that speaks to `databaseUrl` through the same adapter as the product, and frees it after.
 * With `scratch` the database itself serves as the empty one that migrations are replayed in: it must hold nothing of worth.
 */
export async function withSchemaEngine<T>(
  options: { databaseUrl: string; datamodels?: [path: string, content: string][]; scratch?: boolean },
  work: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  const { SchemaEngine } = await loadEngineModule();
  const { factory, close } = makeCatalogueAdapter(options.databaseUrl);
  if (options.scratch) factory.connectToShadowDb = () => factory.connect();
  const engine = await SchemaEngine.new(
    { datamodels: options.datamodels },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(factory),
  );
  try {
    return await work(engine);
  } finally {
    engine.free();
    await close();
  }
}
