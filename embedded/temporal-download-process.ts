/**
 * Fetches the official Temporal server into the folder given as first argument, through the SDK, which starts it once: then
 * ends it and says so by IPC.
 */
import { TestWorkflowEnvironment } from '@temporalio/testing';

async function main(): Promise<void> {
  const downloadDir = process.argv[2];
  if (!downloadDir) throw new Error('The folder to download to must be given.');
  const environment = await TestWorkflowEnvironment.createLocal({
    server: { executable: { type: 'cached-download', downloadDir } },
  });
  await environment.teardown();
  process.send?.({ done: true });
}

process.on('disconnect', () => process.exit(1));
main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}\n`);
  process.exit(1);
});
