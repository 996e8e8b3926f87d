// Which layer may import what. Folders and packages that are not named are refused; tests, benchmarks and scripts may use all.

const NOBLE = ['@noble/hashes', 'canonicalize'];

/**
 * Per layer: the folders it may import (`types` only as types), the packages, and whether it may use Node's own modules. `files`
 * replaces these for single files or folders; the longest match wins. A folder with a file name means this file alone.
 */
export const LAYERS = {
  domain: {
    folders: ['domain'],
    packages: NOBLE,
    files: {
      'domain/template': { folders: ['domain'], packages: [...NOBLE, 'yaml'] },
      'domain/template/schema': { folders: ['domain'], packages: [...NOBLE, 'zod'] },
      'domain/template/feel': { folders: ['domain'], packages: ['lezer-feel'] },
    },
  },
  config: {
    folders: ['config', 'domain'],
    packages: ['zod'],
    node: true,
    files: {
      'config/ask-run': { folders: ['workflows/contract'], packages: ['@temporalio/client', '@temporalio/common'] },
      'config/payloads': { folders: [], packages: ['@temporalio/common', '@temporalio/proto'], node: true },
    },
  },
  prisma: { folders: ['prisma', 'config', 'domain'], packages: ['@prisma/*', 'pg'], node: true },
  store: {
    folders: ['store', 'prisma', 'config', 'domain', 'workflows/contract'],
    packages: [...NOBLE, '@aws-sdk/*', '@prisma/*', 'date-holidays', 'pg', 'pino', 'tar', 'yaml', 'zod'],
    node: true,
  },
  activities: {
    folders: ['activities', 'store', 'prisma', 'config', 'domain', 'workflows/contract'],
    packages: [...NOBLE, '@temporalio/activity', '@temporalio/client', '@temporalio/common', 'pino'],
    node: true,
  },
  workflows: {
    folders: ['workflows', 'domain'],
    types: ['activities'],
    packages: ['@temporalio/workflow', '@temporalio/common'],
    files: { 'workflows/contract': { folders: ['domain'], packages: [] } },
  },
  worker: {
    folders: ['worker', 'workflows/contract', 'activities', 'store', 'prisma', 'config', 'domain'],
    packages: ['@temporalio/*', 'pino'],
    node: true,
  },
  api: {
    folders: ['api', 'demo', 'workflows/contract', 'store', 'prisma', 'config', 'domain'],
    packages: [
      ...NOBLE, '@temporalio/client', '@temporalio/common', '@temporalio/worker', '@prisma/*', 'compression', 'csv-parse', 'csv-stringify', 'express', 'helmet', 'pdfmake', 'pino', 'swagger-ui-dist', 'yaml',
      'zod', 'zod-openapi', 'openapi-types',
    ],
    node: true,
  },
  embedded: {
    folders: ['embedded', 'api', 'worker', 'store', 'prisma', 'config', 'domain', 'workflows/contract'],
    packages: [
      '@electric-sql/*', '@temporalio/client', '@temporalio/common', '@temporalio/testing', '@temporalio/worker', '@prisma/*', 'pg', 'pino',
      'tar', 'zod',
    ],
    node: true,
  },
  // People's faces speak to the API; what the command line starts, backs up and restores is the embedded product.
  cli: {
    folders: ['cli', 'client', 'embedded', 'config', 'domain'],
    packages: ['commander'],
    node: true,
    files: {
      // The one program that starts every kind of process.
      'cli/commands/product': {
        folders: ['cli', 'embedded', 'config', 'domain', 'api/main', 'worker/main'],
        packages: ['commander'],
        node: true,
      },
      // An auditor looks at the log itself, without trusting the API.
      'cli/audit': { folders: ['cli', 'embedded', 'config', 'domain', 'store', 'activities'], packages: ['@temporalio/client'], node: true },
      // Before the first person has a token there is nobody whom the API would let in.
      'cli/people/admit': { folders: ['cli/terminal', 'embedded', 'config', 'store'], packages: [], node: true },
      'cli/migrate': { folders: ['cli', 'config', 'prisma/migrate'], packages: [], node: true },
      // Project offices check their files without a running product: for that, calendars are resolved here.
      'cli/template': { folders: ['cli/template', 'cli/terminal', 'config', 'domain', 'store/calendars'], packages: [], node: true },
      'cli/project/adoption-tables': { folders: ['cli/terminal', 'domain/written'], packages: ['csv-parse'], node: true },
      'cli/project/inventory': { folders: ['cli/terminal', 'domain'], packages: ['csv-parse'], node: true },
    },
  },
  client: { folders: ['client'], packages: ['openapi-fetch'] },
  // How people write numbers and days is read alike everywhere.
  web: { folders: ['web', 'client', 'domain/written'], packages: ['*'] },
  // It speaks HTTP alone, like any client.
  demo: { folders: ['demo', 'client'], packages: [], node: true },
};

/** What a workflow may load at run time, through whatever chain of imports. */
export const WORKFLOW_CLOSURE = {
  entry: 'workflows/index.ts',
  folders: ['workflows', 'domain'],
  packages: [...NOBLE, '@temporalio/workflow', '@temporalio/common'],
};
