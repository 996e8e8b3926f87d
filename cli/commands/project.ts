/** Commands on projects: they speak to the API alone. */
import { Option, type Command } from 'commander';
import type { ApiOptions } from '../client/api';
import type { AdoptOptions } from '../project/adopt';
import type { ChangeOptions, CostOptions, ChangesOptions } from '../project/changes';
import type { EventsOptions } from '../project/events';
import type { UploadOptions } from '../project/files';
import type { ForecastOptions } from '../project/forecast';
import type { ListOptions } from '../project/list';
import type { StartOptions } from '../project/start';
import type { SteerOptions } from '../project/steer';
import { run } from '../run';
import { withApi } from './options';

const STATUSES = ['starting', 'running', 'held', 'completed', 'stopped', 'cancelled'];
const ID = 'the id of the project';

export function registerProject(program: Command): void {
  const project = program.command('project').description('start projects, and see where they stand');

  withApi(project.command('list').description('the projects you may see, the latest first')
    .addOption(new Option('--status <status>', 'only those that stand so').choices(STATUSES))
    .option('--template <template>', 'only those of this template')
    .option('--program <program>', 'only those of this program')
    .option('--search <text>', 'only those with this in their name'))
    .action((options: ListOptions) => run(async (config) => (await import('../project/list')).runList(config, options), options));

  withApi(project.command('show').description('where a project stands: phases, gates, what holds the next gate, open tasks').argument('<project>', ID)
    .option('--live', 'ask the workflows in place of the read model'))
    .action((id: string, options: ApiOptions & { live?: boolean }) => run(async (config) => (await import('../project/show')).runShow(config, id, options), options));

  withApi(project.command('forecast').description('when a project would end, as it stands: what decides on that, and what waits for whom').argument('<project>', ID)
    .option('--runs <number>', 'how often, at most 2000').option('--seed <number>', 'the same seed gives the same answer')
    .option('--people <role=number...>', 'what if so many held a role'))
    .action((id: string, options: ForecastOptions) => run(async (config) => (await import('../project/forecast')).runForecast(config, id, options), options));

  withApi(project.command('change').description('what a change of the plan would do, and who would decide; with --yes it is asked for').argument('<project>', ID)
    .argument('<file>', 'YAML or JSON: title, reason, impact, operations (docs/changes.md)')
    .option('--yes', 'ask for it').option('--key <key>', 'sent again with the same key it is the same change'))
    .action((id: string, file: string, options: ChangeOptions) => run(async (config) => (await import('../project/changes')).runChange(config, id, file, options), options));

  withApi(project.command('changes').description('changes of the plan, the latest first').argument('<project>', ID)
    .addOption(new Option('--status <status>', 'only those that stand so').choices(['open', 'approved', 'applied', 'rejected', 'returned', 'withdrawn', 'failed'])))
    .action((id: string, options: ChangesOptions) => run(async (config) => (await import('../project/changes')).runChanges(config, id, options), options));

  withApi(project.command('cost').description('record money of a phase or a task: ordered, spent, still to come').argument('<project>', ID)
    .requiredOption('--phase <phase>', 'its key').option('--task <task>', 'its key')
    .option('--committed <amount>', 'ordered on top; negative corrects').option('--actual <amount>', 'spent on top; negative corrects')
    .option('--to-complete <amount>', 'what is still to come').option('--note <text>', 'what it is for, such as the number of an invoice'))
    .action((id: string, options: CostOptions) => run(async (config) => (await import('../project/changes')).runCost(config, id, options), options));

  withApi(project.command('compare').description('what was promised, what is planned and what is expected, side by side').argument('<project>', ID)
    .option('--as-of <moment>', 'as it was known then, such as 2026-11-02T12:00:00Z').option('--forecast', 'also when it would end, by simulation'))
    .action((id: string, options: ApiOptions & { asOf?: string; forecast?: boolean }) => run(async (config) => (await import('../project/changes')).runCompare(config, id, options), options));

  withApi(project.command('events').description('what happened in a project, from the start, as a timeline').argument('<project>', ID)
    .option('--after <position>', 'go on after this place, which the page before named')
    .option('--limit <number>', 'so many events at most', '50')
    .option('--all', 'everything, however much it is')
    .option('--stream <stream>', 'only one stream, such as project/p-4f1c/phase/planning/1'))
    .action((id: string, options: EventsOptions) => run(async (config) => (await import('../project/events')).runEvents(config, id, options), options));

  withApi(project.command('upload').description('put a file into a project as evidence; tasks then name it by its SHA-256').argument('<project>', ID)
    .argument('<file>', 'such as report.pdf').option('--name <name>', 'what it is called, if not as the file is'))
    .action((id: string, file: string, options: UploadOptions) => run(async (config) => (await import('../project/files')).runUpload(config, id, file, options), options));

  withApi(project.command('files').description('the files of a project, the latest first').argument('<project>', ID))
    .action((id: string, options: ApiOptions) => run(async (config) => (await import('../project/files')).runFiles(config, id, options), options));

  withApi(project.command('download').description('save a file of a project').argument('<project>', ID).argument('<sha256>', 'of the file, or its first characters')
    .argument('[file]', 'where to; under its own name when not given'))
    .action((id: string, sha256: string, file: string | undefined, options: ApiOptions) =>
      run(async (config) => (await import('../project/files')).runDownload(config, id, sha256, file, options), options));

  withApi(project.command('export').description('save the full record of a project as one archive, which `sluis audit verify-record` verifies').argument('<project>', ID)
    .argument('[file]', 'where to; PROJECT-record.tar.gz when not given'))
    .action((id: string, file: string | undefined, options: ApiOptions) =>
      run(async (config) => (await import('../project/export')).runExport(config, id, file, options), options));

  for (const [verb, description, said] of [['hold', 'put a project on hold: everything in it stops, due dates included', 'asked to hold'], ['cancel', 'cancel a project; its closing runs where the template has one for that', 'asked to cancel']] as const) {
    withApi(project.command(verb).description(description).argument('<project>', ID).requiredOption('--reason <text>', 'why'))
      .action((id: string, options: SteerOptions) => run(async (config) => (await import('../project/steer')).runSteer(config, id, verb, said, options), options));
  }
  withApi(project.command('resume').description('let a project go on that is on hold').argument('<project>', ID))
    .action((id: string, options: SteerOptions) => run(async (config) => (await import('../project/steer')).runSteer(config, id, 'resume', 'asked to resume', options), options));
  withApi(project.command('reopen').description('let a phase that has passed be done again, before anything after it has passed').argument('<project>', ID)
    .argument('<phase>', 'the key of the phase').requiredOption('--reason <text>', 'why'))
    .action((id: string, phase: string, options: SteerOptions) => (
      run(async (config) => (await import('../project/steer')).runSteer(config, id, `phases/${encodeURIComponent(phase)}/reopen`, 'reopened', options), options)));

  withApi(project.command('set-program').description('say to which program a project belongs').argument('<project>', ID)
    .argument('[program]', 'the key of the program; to none when not given'))
    .action((id: string, of: string | undefined, options: ApiOptions) => run(async (config) => (await import('../programs')).runSetProjectProgram(config, id, of, options), options));

  withApi(project.command('adopt').description('start a project that already runs elsewhere: what was done and decided there is kept as adopted')
    .argument('<template>', 'TEMPLATE or TEMPLATE@VERSION; the latest version when none is named')
    .requiredOption('--name <name>', 'what it is called')
    .requiredOption('--tasks <file>', 'CSV: phase, task, item, status (done, open, dropped), done_at, done_by, evidence.FIELD …')
    .requiredOption('--source <text>', 'where the facts come from, such as "MS Project plan of 2026-11-02"')
    .option('--gates <file>', 'CSV: gate, passed_at, passed_by, note')
    .option('--param <key=value...>', 'values of the parameters that the template asks for')
    .option('--inventory <file>', 'what it works on, as for start')
    .option('--role <role=person...>', 'who holds a role: ROLE=PERSON,PERSON'))
    .action((template: string, options: AdoptOptions) => run(async (config) => (await import('../project/adopt')).runAdopt(config, template, options), options));

  withApi(project.command('start').description('start a project from a template')
    .argument('<template>', 'TEMPLATE or TEMPLATE@VERSION; the latest version when none is named')
    .requiredOption('--name <name>', 'what it is called')
    .option('--param <key=value...>', 'values of the parameters that the template asks for')
    .option('--inventory <file>', 'what it works on: a CSV file (columns id, kind, name, then attributes) or a JSON file')
    .option('--role <role=person...>', 'who holds a role: ROLE=PERSON,PERSON')
    .option('--program <program>', 'the program that it belongs to')
    .option('--key <key>', 'sent again with the same key it is the same project'))
    .action((template: string, options: StartOptions) => run(async (config) => (await import('../project/start')).runStart(config, template, options), options));
}
