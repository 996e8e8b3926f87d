// An empty PGlite in memory, in a process of its own, behind a socket. Ends when the process that started it lets go.
import { createRequire } from 'node:module';
import { PGlite } from '@electric-sql/pglite';

const require = createRequire(import.meta.url);
require('../../bench/support/typescript.cjs');
const { servePGlite } = require('../../embedded/pglite-server.ts');

process.on('disconnect', () => process.exit(0));
const { port } = await servePGlite(await PGlite.create(), 0, 40);
process.send({ url: `postgresql://postgres@127.0.0.1:${port}/postgres` });
