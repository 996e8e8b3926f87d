/** Commands on people: who stands in for whom, who leaves, groups and line managers. They speak to the API alone, but those that let people in. */
import { type Command, Option } from 'commander';
import { GLOBAL_ROLES } from '../../domain/permissions';
import type { ApiOptions } from '../client/api';
import type { AbsentOptions, DelegationsOptions } from '../people/absent';
import type { AddOptions, TokenOptions } from '../people/admit';
import type { GroupOptions } from '../people/groups';
import type { LeaveOptions } from '../people/leave';
import type { PeopleOptions } from '../people/list';
import type { WorkloadOptions } from '../people/workload';
import { run } from '../run';
import { withApi, withJson } from './options';

const PERSON = 'the id of the person; you yourself when not given';

export function registerPeople(program: Command): void {
  const people = program.command('people').description('who stands in for whom, who leaves, groups and line managers');

  withApi(people.command('list').description('everybody, with line managers, groups, absences and who left; for the project office')
    .option('--search <text>', 'a part of the name').option('--left', 'also those who left'))
    .action((options: PeopleOptions) => run(async (config) => (await import('../people/list')).runPeople(config, options), options));

  const withExpiry = (command: Command): Command => withJson(command.option('--label <text>', 'what the token is for', 'command line').option('--days <number>', 'days until it expires', Number, 365));
  withExpiry(people.command('add').description('add a person, in the database itself: of DATABASE_URL, or of the data folder').argument('<person>', 'an id, such as p-ines; it never changes')
    .requiredOption('--name <name>', 'what they are called').requiredOption('--email <address>', 'where they are reached')
    .addOption(new Option('--language <language>', 'of what is written to them').choices(['nl', 'fr', 'en']).default('nl'))
    .addOption(new Option('--role <role...>', 'roles that hold beyond projects').choices([...GLOBAL_ROLES]))
    .option('--token', 'also make a token to sign in with'))
    .action((person: string, options: AddOptions) => run(async (config) => (await import('../people/admit')).runAdd(config, person, options), options));

  withExpiry(people.command('token').description('make a token with which a person signs in, in the database itself; it is shown once').argument('<person>', 'the id of the person')
    .option('--withdraw', 'withdraw all tokens of the person instead'))
    .action((person: string, options: TokenOptions & { withdraw?: boolean }) => run(async (config) => (await import('../people/admit')).runToken(config, person, options), options));

  withApi(program.command('workload').description('who has how much to do, week by week, against the time that they have')
    .option('--weeks <number>', 'weeks ahead, 1 to 26', Number, 8).option('--project <project>', 'who has a part in it').option('--person <person>', 'this one alone, with what makes it'))
    .action((options: WorkloadOptions) => run(async (config) => (await import('../people/workload')).runWorkload(config, options), options));

  withApi(people.command('absent').description('let somebody decide in the name of a person who is absent').argument('[person]', PERSON)
    .requiredOption('--to <person>', 'who decides meanwhile')
    .requiredOption('--until <day>', 'through this day, such as 2027-01-31, or until a moment')
    .option('--from <day>', 'from this day or moment on; now when not given')
    .option('--role <role>', 'only what is decided as a holder of this role')
    .option('--project <project>', 'only in this project')
    .option('--program <program>', 'only in projects of this program')
    .option('--preview', 'only show what would move; nothing is changed'))
    .action((person: string | undefined, options: AbsentOptions) => run(async (config) => (await import('../people/absent')).runAbsent(config, person, options), options));

  withApi(people.command('delegations').description('who stands in for a person, and for whom the person does').argument('[person]', PERSON)
    .option('--ended', 'also those that ended'))
    .action((person: string | undefined, options: DelegationsOptions) => run(async (config) => (await import('../people/absent')).runDelegations(config, person, options), options));

  withApi(people.command('revoke').description('take a delegation back').argument('<delegation>', 'the id of the delegation'))
    .action((delegation: string, options: ApiOptions) => run(async (config) => (await import('../people/absent')).runRevoke(config, delegation, options), options));

  withApi(people.command('leave').description('somebody leaves: what would change, and with --yes another one takes their place everywhere').argument('<person>', 'the id of who leaves')
    .option('--to <person>', 'who takes the place').option('--yes', 'do it; without, nothing is changed'))
    .action((person: string, options: LeaveOptions) => run(async (config) => (await import('../people/leave')).runLeave(config, person, options), options));

  withApi(people.command('groups').description('groups of people that templates name as approvers'))
    .action((options: ApiOptions) => run(async (config) => (await import('../people/groups')).runGroups(config, options), options));

  withApi(people.command('group').description('a group with its members; with a name or members it is made, or changed').argument('<group>', 'the key of the group, as templates name it')
    .option('--name <name>', 'what it is called; a new group needs it').option('--member <person...>', 'who belongs to it from now on, all of them')
    .option('--empty', 'nobody belongs to it from now on'))
    .action((group: string, options: GroupOptions) => run(async (config) => (await import('../people/groups')).runGroup(config, group, options), options));

  withApi(people.command('manager').description('say who is the line manager of a person').argument('<person>', 'the id of the person')
    .argument('[manager]', 'the id of the line manager; nobody when not given'))
    .action((person: string, manager: string | undefined, options: ApiOptions) => run(async (config) => (await import('../people/groups')).runManager(config, person, manager, options), options));
}
