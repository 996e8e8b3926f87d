/** Commands on lifecycles: on files and shipped templates by themselves, and towards the running product. */
import type { Command } from 'commander';
import type { ApiOptions } from '../client/api';
import type { ImpactOptions } from '../migration/impact';
import type { MigrateOptions } from '../migration/migrate';
import { run } from '../run';
import type { SimulateOptions } from '../template/commands';
import type { Output } from '../terminal/print';
import { withApi, withJson } from './options';

const NAMED = 'a file, or the name of a shipped template';
const work = () => import('../template/commands');

export function registerTemplate(program: Command): void {
  const template = program.command('template').description('author lifecycles, and see what a new version does to running projects');

  withJson(template.command('new').description('write a commented starting point').argument('<file>', 'such as rack-move.yaml'))
    .action((file: string, options: Output) => run(async () => (await work()).runNew(file, options), options));
  withJson(template.command('validate').description('list all problems of a template').argument('<template>', NAMED))
    .action((named: string, options: Output) => run(async () => (await work()).runValidate(named, options), options));
  withJson(template.command('verify').description('prove that a lifecycle works: it can always end, and everything in it can happen')
    .argument('<template>', NAMED))
    .action((named: string, options: Output) => run(async () => (await work()).runVerify(named, options), options));
  withJson(template.command('simulate').description('play a lifecycle many times: when it ends, what decides on that, who is busy')
    .argument('<template>', NAMED)
    .option('--runs <number>', 'how often', '200').option('--seed <number>', 'the same seed gives the same answer', '1')
    .option('--start <date>', 'when the project starts; today when not given')
    .option('--people <role=number...>', 'how many hold a role; one when not given')
    .option('--rejection <percent>', 'how often a voter asks for rework', '10')
    .option('--what-if <role=number...>', 'what these people, or rejection=PERCENT, would change'))
    .action((named: string, options: SimulateOptions) => run(async () => (await work()).runSimulate(named, options), options));
  withJson(template.command('diff').description('what is different between two versions, in terms of the lifecycle')
    .argument('<before>', NAMED).argument('<after>', 'likewise'))
    .action((before: string, after: string, options: Output) => run(async () => (await work()).runDiff(before, after, options), options));

  withApi(template.command('publish').description('publish a version to the running product; it is checked and proved first').argument('<file>', 'the template'))
    .action((file: string, options: ApiOptions) => run(async (config) => (await import('../client/publish')).runPublish(config, file, options), options));
  withApi(template.command('impact').description('what a version or a draft would do to the running projects of its template; nothing is changed')
    .argument('<template>', 'a file, or TEMPLATE or TEMPLATE@VERSION as published')
    .option('--param <key=value...>', 'values of parameters, beside those that the projects were started with'))
    .action((named: string, options: ImpactOptions) => run(async (config) => (await import('../migration/impact')).runImpact(config, named, options), options));
  withApi(template.command('migrate').description('move running projects to a version of their template')
    .argument('<template>', 'TEMPLATE or TEMPLATE@VERSION; the latest version when none is named').argument('[projects...]', 'ids of projects')
    .option('--all', 'all projects of the template that have not ended')
    .option('--decide <project:decision=choice...>', 'what was decided, such as p-4f1c:task:executing/build=keep; all in place of a project means each')
    .option('--param <key=value...>', 'values of parameters, beside those that the projects were started with')
    .option('--dry-run', 'tell what would change, and change nothing'))
    .action((named: string, projects: string[], options: MigrateOptions) => {
      return run(async (config) => (await import('../migration/migrate')).runMigrate(config, named, projects, options), options);
    });
}
