/** Commands on early-life support and on services: they speak to the API alone. */
import type { Command } from 'commander';
import type { ApiOptions } from '../client/api';
import type { ServicesOptions, TellOptions } from '../handover/figures';
import { run } from '../run';
import { withApi } from './options';

const PHASE = 'PROJECT/PHASE, such as p-4f1c/handover';
const figures = () => import('../handover/figures');

export function registerSupport(program: Command): void {
  const handover = program.commands.find((command) => command.name() === 'handover') ?? program.command('handover').description('services that go over to operations');
  const command = handover.command('figures').description('figures of days in early-life support');
  withApi(command.command('tell').description('tell figures of a day').argument('<phase>', PHASE).argument('<service>', 'such as service-1').argument('<date>', 'YYYY-MM-DD')
    .requiredOption('--incidents <numbers>', 'that came in, of P1 to P4, such as 0,0,2,5').requiredOption('--level <percent>', 'service level met').requiredOption('--defects <number>', 'still open')
    .requiredOption('--calls <number>', 'to the service desk').option('--open <numbers>', 'incidents still open, of P1 to P4').option('--correct', 'they take the place of what was told'))
    .action((phase: string, service: string, date: string, options: TellOptions) => run(async (config) => (await figures()).runTell(config, phase, service, date, options), options));
  withApi(command.command('import').description('tell the figures of a CSV file, up to 500 days').argument('<phase>', PHASE).argument('<file>', 'its first line names the columns: service, date, p1, p2, p3, p4, service_level, defects, calls'))
    .action((phase: string, file: string, options: ApiOptions) => run(async (config) => (await figures()).runImport(config, phase, file, options), options));
  withApi(command.command('show').description('how early-life support of a service stands, day by day').argument('<phase>', PHASE).argument('<service>', 'such as service-1'))
    .action((phase: string, service: string, options: ApiOptions) => run(async (config) => (await figures()).runSupport(config, phase, service, options), options));
  withApi(program.command('services').description('services that operations take over, of all your projects').option('--team <team>', 'that this team receives').option('--status <status>', 'preparing, early-life, handed-back, transferred, withdrawn')
    .option('--project <project>', 'of this project').option('--all', 'also those that are over'))
    .action((options: ServicesOptions) => run(async (config) => (await figures()).runServices(config, options), options));
}
