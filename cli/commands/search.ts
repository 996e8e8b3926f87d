import { Option, type Command } from 'commander';
import { run } from '../run';
import type { SearchOptions } from '../search';
import { withApi } from './options';

const KINDS = ['project', 'task', 'evidence', 'decision', 'person', 'service', 'article'];

export function registerSearch(program: Command): void {
  withApi(program.command('search').description('find projects, tasks, evidence, decisions and people by words').argument('<words...>', 'in Dutch, French or English; the last may be the beginning of one')
    .addOption(new Option('--kind <kind>', 'only what is of this kind').choices(KINDS)))
    .action((words: string[], options: SearchOptions) => run(async (config) => (await import('../search')).runSearch(config, words, options), options));
}
