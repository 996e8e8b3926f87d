/** Commands on programs: they speak to the API alone. */
import type { Command } from 'commander';
import type { ApiOptions } from '../client/api';
import type { SetProgramOptions } from '../programs';
import { run } from '../run';
import { withApi } from './options';

export function registerPrograms(program: Command): void {
  const programs = program.command('program').description('projects that are looked at together, and who manages them');

  withApi(programs.command('list').description('the programs, and who manages them'))
    .action((options: ApiOptions) => run(async (config) => (await import('../programs')).runPrograms(config, options), options));

  withApi(programs.command('set').description('make a program, or say what it is called and who manages it from now on; what is not given stays').argument('<program>', 'its key, such as network-security')
    .option('--name <name>', 'what it is called').option('--manager <person...>', 'all who manage it, by their ids'))
    .action((key: string, options: SetProgramOptions) => run(async (config) => (await import('../programs')).runSetProgram(config, key, options), options));
}
