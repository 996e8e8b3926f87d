const { TestEnvironment } = require('jest-environment-node');
require('./code-cache.cjs');

// Jest's own `require` can't load modules of the new form, Node's can: tests reach it by this name.
module.exports = class extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    this.global.requireByNode = require;
  }
};
