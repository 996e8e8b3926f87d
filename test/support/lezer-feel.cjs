// Takes the place of the package in tests; see environment.cjs.
module.exports = globalThis.requireByNode('lezer-feel');
