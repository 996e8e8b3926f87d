/** The command line as a tree of commands. What a command does is loaded when it runs, so that `--help` is instant. */
import { Command } from 'commander';
import { productVersion } from '../config/version';
import { registerAudit } from './commands/audit';
import { registerCalendar } from './commands/calendar';
import { registerCompletion } from './commands/completion';
import { registerHandover } from './commands/handover';
import { registerPeople } from './commands/people';
import { registerProduct } from './commands/product';
import { registerPrograms } from './commands/programs';
import { registerProject } from './commands/project';
import { registerSearch } from './commands/search';
import { registerAgile } from './commands/agile';
import { registerSupport } from './commands/support';
import { registerTask } from './commands/task';
import { registerTemplate } from './commands/template';
import { EXIT } from './run';

/** All commands. What is typed wrongly ends the process with exit code 2. */
export function buildProgram(): Command {
  const program = new Command('sluis')
    .description('A durable workflow engine for project lifecycles: waterfall, agile and hybrid.')
    .version(productVersion())
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : EXIT.usage))
    .addHelpText('after', '\nExit codes: 0 all is well, 1 something was found or refused, 2 it was asked wrongly.\n'
      + 'Configuration is by environment variables: see docs/configuration.md; commands: docs/command-line.md.');
  registerProduct(program);
  registerAudit(program);
  registerTemplate(program);
  registerCalendar(program);
  registerProject(program);
  registerPrograms(program);
  registerTask(program);
  registerAgile(program);
  registerHandover(program);
  registerSupport(program);
  registerPeople(program);
  registerSearch(program);
  registerCompletion(program);
  return program;
}
