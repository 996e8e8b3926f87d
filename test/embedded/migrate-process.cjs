// Calls functions of prisma/migrate.ts as told by `{ id, name, given }`, and answers `{ id, result }` or `{ id, error }`.
const fs = require('node:fs');
const swc = require('@swc/core');

require.extensions['.ts'] = (module, filename) => {
  const { code } = swc.transformSync(fs.readFileSync(filename, 'utf8'), {
    filename, swcrc: false, module: { type: 'commonjs' }, jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
  });
  module._compile(code, filename);
};

const migrate = require('../../prisma/migrate.ts');
process.on('message', ({ id, name, given }) => {
  migrate[name](...given).then(
    (result) => process.send({ id, result }),
    (error) => process.send({ id, error: error instanceof Error ? error.message : String(error) }),
  );
});
