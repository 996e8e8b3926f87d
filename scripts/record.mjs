// npm run record -- --project ID --name BEHAVIOUR.VERSION [--directory] [--address 127.0.0.1:7233]: keeps the histories of all workflows of a
// project (and that of the directory), each run of them, with what the present code computes from them, in test/histories/BEHAVIOUR.VERSION.json.gz. To be run
// with the code that made them; an existing recording is not overwritten.
import { existsSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';

const require = createRequire(import.meta.url);
require('../bench/support/typescript.cjs');
const { replay } = require('../test/support/replay.ts');
const { History } = require('@temporalio/proto').temporal.api.history.v1;
const { Client, Connection } = require('@temporalio/client');

const { values } = parseArgs({ options: { project: { type: 'string' }, name: { type: 'string' }, directory: { type: 'boolean', default: false }, address: { type: 'string', default: '127.0.0.1:7233' } } });
if (!values.project || !/^[a-z0-9-]+\.\d+$/.test(values.name ?? '')) throw new Error('--project ID and --name BEHAVIOUR.VERSION (such as main-job.1) are needed');
const file = join(import.meta.dirname, '..', 'test', 'histories', `${values.name}.json.gz`);
if (existsSync(file)) throw new Error(`${file} exists: recordings are never replaced`);

const connection = await Connection.connect({ address: values.address });
const client = new Client({ connection });
const recordings = [];
const query = `WorkflowId STARTS_WITH 'project/${values.project}'${values.directory ? " OR WorkflowId = 'directory'" : ''}`;
for await (const { workflowId, runId, startTime } of client.workflow.list({ query })) {
  const history = Buffer.from(History.encode(await client.workflow.getHandle(workflowId, runId).fetchHistory()).finish()).toString('base64');
  recordings.push({ workflowId, startTime, history, captured: (await replay(history, workflowId)).captured });
}
recordings.sort((a, b) => a.startTime - b.startTime);
writeFileSync(file, gzipSync(JSON.stringify(recordings.map(({ startTime: _, ...recording }) => recording)), { level: 9 }));
process.stdout.write(`${recordings.length} runs in ${file}\n`);
await connection.close();
