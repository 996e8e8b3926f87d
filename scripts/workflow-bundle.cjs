/** How the workflows are bundled, in the build and in tests. */
const path = require('node:path');

const ROOT = path.join(__dirname, '..');

/** The bundler writes for a language of 2017: each spread of an object becomes a loop over its properties. Workflows run in the Node they are bundled for. */
function writeForNode(config) {
  const rules = config.module.rules.filter(({ use }) => use?.options?.jsc);
  if (rules.length === 0) throw new Error('The bundler of the Temporal SDK strips types in another way than it did.');
  for (const { use } of rules) use.options.jsc.target = 'es2022';
  return config;
}

exports.BUNDLE_OPTIONS = {
  workflowsPath: path.join(ROOT, 'workflows', 'index.ts'),
  // The processes hold no state of their own: all workflows share one copy, frozen, which V8 learns to run fast. Else each workflow
  // loads its own, and keeps it in memory.
  preloadModules: [path.join(ROOT, 'domain', 'processes.ts')],
  webpackConfigHook: writeForNode,
};
