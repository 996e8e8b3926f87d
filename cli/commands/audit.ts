import type { Command } from 'commander';
import { run } from '../run';
import type { Output } from '../terminal/print';
import { withJson } from './options';

export function registerAudit(program: Command): void {
  const audit = program.command('audit').description('examine the event log');
  withJson(audit.command('verify').description('verify that nothing in the event log was altered or lost')
    .option('--deep', 'also compare what people read with what the log says')
    .option('--histories', 'also compare the log with what the workflows recorded, which nobody can change from the database; the product must run'))
    .action((options: { json?: boolean; deep?: boolean; histories?: boolean }) => run(async (config) => (await import('../audit/verify')).runVerify(config, options), options));

  withJson(audit.command('verify-record').description('verify the record of a project that was exported: needs no server and no database')
    .argument('<archive>', 'as `sluis project export` wrote it'))
    .action((archive: string, options: Output) => run(async () => (await import('../audit/record')).runVerifyRecord(archive, options), options));
}
