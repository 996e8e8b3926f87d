// A worker as the product makes it, of the workflows in `lean-workflows.ts`: on the server at the address in the first argument. Of the build, as
// there the script of its threads is. Tells its parent what the workflows logged.
const { join } = require('node:path');
const { DefaultLogger, NativeConnection, Runtime, Worker } = require('@temporalio/worker');
const { withLeanThreads } = require('../../dist/worker/lean-threads.js');

async function main([address, taskQueue]) {
  Runtime.install({ shutdownSignals: [], logger: new DefaultLogger('WARN', ({ message }) => process.send({ logged: message })) });
  const connection = await NativeConnection.connect({ address });
  const worker = await withLeanThreads(() => Worker.create({
    connection, taskQueue, workflowsPath: join(__dirname, 'lean-workflows.ts'), isolateExecutionTimeout: '300ms',
  }));
  const running = worker.run();
  process.send({ ready: true });
  await running;
}

void main(process.argv.slice(2));
