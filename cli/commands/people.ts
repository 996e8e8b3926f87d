/** Commands on people: who stands in for whom, who leaves. They speak to the API alone. */
import type { Command } from 'commander';
import type { ApiOptions } from '../client/api';
import type { AbsentOptions, DelegationsOptions } from '../people/absent';
import type { LeaveOptions } from '../people/leave';
import { run } from '../run';
import { withApi } from './options';

const PERSON = 'the id of the person; you yourself when not given';

export function registerPeople(program: Command): void {
  const people = program.command('people').description('who stands in for whom, and who leaves');

  withApi(people.command('absent').description('let somebody decide in the name of a person who is absent').argument('[person]', PERSON)
    .requiredOption('--to <person>', 'who decides meanwhile')
    .requiredOption('--until <day>', 'through this day, such as 2027-01-31, or until a moment')
    .option('--from <day>', 'from this day or moment on; now when not given')
    .option('--role <role>', 'only what is decided as a holder of this role')
    .option('--project <project>', 'only in this project')
    .option('--program <program>', 'only in projects of this program'))
    .action((person: string | undefined, options: AbsentOptions) => run(async (config) => (await import('../people/absent')).runAbsent(config, person, options), options));

  withApi(people.command('delegations').description('who stands in for a person, and for whom the person does').argument('[person]', PERSON)
    .option('--ended', 'also those that ended'))
    .action((person: string | undefined, options: DelegationsOptions) => run(async (config) => (await import('../people/absent')).runDelegations(config, person, options), options));

  withApi(people.command('revoke').description('take a delegation back').argument('<delegation>', 'the id of the delegation'))
    .action((delegation: string, options: ApiOptions) => run(async (config) => (await import('../people/absent')).runRevoke(config, delegation, options), options));

  withApi(people.command('leave').description('somebody leaves: what would change, and with --yes another one takes their place everywhere').argument('<person>', 'the id of who leaves')
    .option('--to <person>', 'who takes the place').option('--yes', 'do it; without, nothing is changed'))
    .action((person: string, options: LeaveOptions) => run(async (config) => (await import('../people/leave')).runLeave(config, person, options), options));
}
