// npm run bench -- [--only NAME,NAME…] [--json] [--embedded] [--quick]: brings the build up to date, then runs bench/run.ts. What is
// measured runs from the build; the benchmarks themselves are read from their sources.
import { createRequire } from 'node:module';
import { build } from './build.mjs';

const require = createRequire(import.meta.url);
await build();
require('../bench/support/typescript.cjs');
await require('../bench/run.ts').main(process.argv.slice(2));
