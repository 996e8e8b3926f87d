/** Commands that start, keep and show the product. */
import type { Command } from 'commander';
import { run } from '../run';
import type { Output } from '../terminal/print';
import { withJson } from './options';

export function registerProduct(program: Command): void {
  program.command('server')
    .description('start the product: Temporal server, database, worker and API, whichever are not said to be elsewhere')
    .action(() => run(async (config) => (await import('../server')).runServer(config)));

  program.command('demo')
    .description('take one ICT project through PM² from initiating to closing, against the running product')
    .option('--language <language>', 'nl, fr or en; the language of the terminal when not given')
    .option('--url <url>', 'where the API is, if not on this data folder')
    .option('--portfolio', 'make a dozen projects in all states instead, to look around in')
    .action((options: { language?: string; url?: string; portfolio?: boolean }) => run(async (config) => (options.portfolio
      ? (await import('../demo/portfolio')).runDemoPortfolio(config, options) : (await import('../demo/command')).runDemoCommand(config, options))));

  program.command('worker')
    .description('start one worker (with DATABASE_URL and TEMPORAL_ADDRESS)')
    .action(() => run(async () => { await import('../../worker/main'); }));

  program.command('api')
    .description('start one API process (with DATABASE_URL and TEMPORAL_ADDRESS)')
    .action(() => run(async () => { await import('../../api/main'); }));

  withJson(program.command('migrate').description('bring the database of DATABASE_URL to the newest schema'))
    .action((options: Output) => run(async (config) => (await import('../migrate')).runMigrate(config, options), options));

  withJson(program.command('backup')
    .description('write both databases, files and keys of the data folder to an archive; the product may run')
    .argument('<file>', 'the archive to write, such as sluis.tar.gz'))
    .action((file: string, options: Output) => run(async (config) => (await import('../backup')).runBackup(config, file, options), options));

  withJson(program.command('restore')
    .description('put a backup in the place of the data folder; the product must not run')
    .argument('<file>', 'the archive to read')
    .option('--force', 'put a data folder that is not empty aside'))
    .action((file: string, options: Output & { force?: boolean }) => run(async (config) => (await import('../backup')).runRestore(config, file, options), options));
}
