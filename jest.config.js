// Unit tests need nothing but Node. What is in no folder named here is an integration test, so that no test is left out.
const UNIT = 'domain,config,api-unit,cli-unit,web-unit';

/** @type {import('jest').Config} */
const base = {
  testEnvironment: '<rootDir>/test/support/environment.cjs',
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.sluis'],
  transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } }] },
  // See the files themselves.
  moduleNameMapper: { '^lezer-feel$': '<rootDir>/test/support/lezer-feel.cjs' },
};
module.exports = {
  // Jest takes it here only, for all projects.
  testTimeout: 240_000,
  testSequencer: '<rootDir>/test/support/sequencer.cjs',
  projects: [
    { ...base, displayName: 'unit', testMatch: [`<rootDir>/test/{${UNIT}}/**/*.test.ts`] },
    // The checks of `scripts/`, each seen to fail: they start programs, which takes longer than all unit tests.
    { ...base, displayName: 'scripts', testMatch: ['<rootDir>/test/scripts/**/*.test.ts'] },
    { ...base, displayName: 'integration', testMatch: [`<rootDir>/test/!(${UNIT.replaceAll(',', '|')}|scripts|replay|durability|web)/**/*.test.ts`] },
    { ...base, displayName: 'browser', testMatch: ['<rootDir>/test/web/**/*.test.ts'] },
    { ...base, displayName: 'replay', testMatch: ['<rootDir>/test/replay/**/*.test.ts'] },
    { ...base, displayName: 'durability', testMatch: ['<rootDir>/test/durability/**/*.test.ts'] },
  ],
};
