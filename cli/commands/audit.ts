import type { Command } from 'commander';
import { run } from '../run';
import { withJson } from './options';

export function registerAudit(program: Command): void {
  const audit = program.command('audit').description('examine the event log');
  withJson(audit.command('verify').description('verify that nothing in the event log was altered or lost')
    .option('--deep', 'also compare what people read with what the log says'))
    .action((options: { json?: boolean; deep?: boolean }) => run(async (config) => (await import('../audit')).runVerify(config, options), options));
}
