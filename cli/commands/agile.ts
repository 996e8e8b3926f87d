/** Commands on backlogs and sprints: they speak to the API alone. */
import { Argument, type Command } from 'commander';
import { SPRINT_EVENTS } from '../../domain/plan';
import type { ItemAddOptions, ItemListOptions, ItemMoveOptions } from '../agile/backlog';
import type { ApiOptions } from '../client/api';
import { run } from '../run';
import { withApi } from './options';

const PHASE = 'PROJECT/PHASE, such as p-4f1c/build';
const SPRINT = 'PROJECT/PHASE/TEAM/NUMBER, such as p-4f1c/build/blue/3';
const backlog = () => import('../agile/backlog');
const sprint = () => import('../agile/sprint');

export function registerAgile(program: Command): void {
  registerBacklog(program.command('backlog').description('what the teams of a phase have to do'));
  registerSprint(program.command('sprint').description('sprints of the teams of a phase'));
}

function registerBacklog(command: Command): void {
  withApi(command.command('list').description('the items of a backlog, in their order').argument('<phase>', PHASE)
    .option('--status <status>', 'open, planned, done, dropped; several with commas between').option('--label <label>', 'only those with this label'))
    .action((phase: string, options: ItemListOptions) => run(async (config) => (await backlog()).runItemList(config, phase, options), options));
  withApi(command.command('add').description('add an item').argument('<phase>', PHASE).argument('<title>', 'what it is')
    .option('--kind <kind>', 'epic, story, task, bug or spike').option('--estimate <number>', 'in the unit of the backlog').option('--epic <item>', 'what it is part of')
    .option('--label <label...>', 'labels').option('--needs <deliverable...>', 'deliverables of other phases that it waits for, as PHASE/DELIVERABLE').option('--criteria <text>', 'when it is acceptable').option('--first', 'before all others'))
    .action((phase: string, title: string, options: ItemAddOptions) => run(async (config) => (await backlog()).runItemAdd(config, phase, title, options), options));
  withApi(command.command('move').description('put an item after, or before, another').argument('<phase>', PHASE).argument('<item>', 'its number')
    .option('--after <item>', 'after this one').option('--before <item>', 'before this one'))
    .action((phase: string, item: string, options: ItemMoveOptions) => run(async (config) => (await backlog()).runItemMove(config, phase, item, options), options));
  withApi(command.command('finish').description('say that an action of a retrospective is done').argument('<phase>', PHASE).argument('<item>', 'its number'))
    .action((phase: string, item: string, options: ApiOptions) => run(async (config) => (await backlog()).runItemFinish(config, phase, item, options), options));
  withApi(command.command('mine').description('items of backlogs that I see to, and those that I am at in sprints'))
    .action((options: ApiOptions) => run(async (config) => (await backlog()).runOwnItems(config, options), options));
  withApi(command.command('import').description('add the items of a CSV file').argument('<phase>', PHASE).argument('<file>', 'its first line names the columns'))
    .action((phase: string, file: string, options: ApiOptions) => run(async (config) => (await backlog()).runImport(config, phase, file, options), options));
  withApi(command.command('export').description('the backlog as CSV').argument('<phase>', PHASE).option('--output <file>', 'where to; to the terminal when not given'))
    .action((phase: string, options: ApiOptions & { output?: string }) => run(async (config) => (await backlog()).runExport(config, phase, options), options));
  withApi(command.command('forecast').description('when the backlog will be done, by what its teams did before').argument('<phase>', PHASE)
    .option('--by <date>', 'what will be done by this day, such as 2027-03-31'))
    .action((phase: string, options: ApiOptions & { by?: string }) => run(async (config) => (await backlog()).runBacklogForecast(config, phase, options), options));
}

/** Verbs that take nothing but the sprint. */
const PLAIN = [['start', 'start a sprint', 'started'], ['close', 'close a sprint whose time is over', 'closed']] as const;
/** Verbs with one text. */
const WITH_TEXT = [
  ['goal', 'goal', 'goal', 'say what a sprint is for', 'noted'], ['cancel', 'cancel', 'reason', 'cancel a sprint', 'cancelled'], ['impede', 'impediments', 'text', 'say what is in the way', 'noted'],
] as const;

function registerSprint(command: Command): void {
  withApi(command.command('list').description('the sprints of a phase, the latest first').argument('<phase>', PHASE))
    .action((phase: string, options: ApiOptions) => run(async (config) => (await sprint()).runSprintList(config, phase, options), options));
  withApi(command.command('show').description('a sprint with its board').argument('<sprint>', SPRINT))
    .action((named: string, options: ApiOptions) => run(async (config) => (await sprint()).runSprintShow(config, named, options), options));
  withApi(command.command('pulse').description('the anonymous pulse of the team about a sprint').argument('<sprint>', SPRINT))
    .action((named: string, options: ApiOptions) => run(async (config) => (await sprint()).runPulse(config, named, options), options));
  withApi(command.command('open').description('begin to plan the next sprint of a team').argument('<phase>', PHASE).argument('<team>', 'its key'))
    .action((phase: string, team: string, options: ApiOptions) => run(async (config) => (await sprint()).runSprintOpen(config, phase, team, options), options));
  for (const [verb, description, said] of PLAIN) {
    withApi(command.command(verb).description(description).argument('<sprint>', SPRINT))
      .action((named: string, options: ApiOptions) => run(async (config) => (await sprint()).runSprintCommand(config, named, verb, {}, said, options), options));
  }
  for (const [name, verb, field, description, said] of WITH_TEXT) {
    withApi(command.command(name).description(description).argument('<sprint>', SPRINT).argument('<text>', 'in your words'))
      .action((named: string, text: string, options: ApiOptions) => run(async (config) => (await sprint()).runSprintCommand(config, named, verb, { [field]: text }, said, options), options));
  }
  withApi(command.command('thank').description('thank a colleague').argument('<sprint>', SPRINT).argument('<person>', 'their id').argument('<text>', 'in your words')
    .option('--for <kind>', 'help, knowledge, quality or initiative', 'help'))
    .action((named: string, person: string, text: string, { for: kind, ...options }: ApiOptions & { for: string }) => run(async (config) => (await sprint()).runSprintCommand(config, named, 'recognitions', { person, kind, text }, 'thanked', options), options));
  withApi(command.command('action').description('add an action to the retrospective, and say who sees to it').argument('<sprint>', SPRINT).argument('<text>', 'in your words')
    .option('--owner <person>', 'their id').option('--due <date>', 'the last day, such as 2027-03-31'))
    .action((named: string, text: string, { owner, due, ...options }: ApiOptions & { owner?: string; due?: string }) => run(async (config) => (await sprint()).runAction(config, named, text, { owner, due }, options), options));
  withApi(command.command('event').description('say when an event of a sprint is, and how long').argument('<sprint>', SPRINT).addArgument(new Argument('<event>', 'which').choices(SPRINT_EVENTS))
    .argument('<moment>', 'such as 2027-03-31T09:00+02:00').option('--hours <number>', 'how long', Number))
    .action((named: string, event: string, at: string, { hours, ...options }: ApiOptions & { hours?: number }) => run(async (config) => (await sprint()).runSprintCommand(config, named, `events/${event}`, { at, hours }, 'planned', options), options));
  for (const [verb, description, said] of [['plan', 'take items of the backlog into a sprint', 'planned'], ['remove', 'give items back to the backlog', 'removed']] as const) {
    withApi(command.command(verb).description(description).argument('<sprint>', SPRINT).argument('<items...>', 'their numbers'))
      .action((named: string, items: string[], options: ApiOptions) => run(async (config) => (await sprint()).runSprintCommand(config, named, verb, { items }, said, options), options));
  }
  withApi(command.command('move').description('move an item on the board').argument('<sprint>', SPRINT).argument('<item>', 'its number').requiredOption('--from <column>', 'where you saw it').requiredOption('--to <column>', 'where to'))
    .action((named: string, item: string, { from, to, ...options }: ApiOptions & { from: string; to: string }) => run(async (config) => (await sprint()).runCardCommand(config, named, item, 'move', { from, to }, 'moved', options), options));
  withApi(command.command('tick').description('tick entries of the Definition of Done').argument('<sprint>', SPRINT).argument('<item>', 'its number').argument('<entries...>', 'their keys'))
    .action((named: string, item: string, tick: string[], options: ApiOptions) => run(async (config) => (await sprint()).runCardCommand(config, named, item, 'tick', { tick }, 'ticked', options), options));
  withApi(command.command('accept').description('accept what was delivered').argument('<sprint>', SPRINT).argument('<item>', 'its number'))
    .action((named: string, item: string, options: ApiOptions) => run(async (config) => (await sprint()).runCardCommand(config, named, item, 'accept', {}, 'accepted', options), options));
  withApi(command.command('return').description('return what was delivered').argument('<sprint>', SPRINT).argument('<item>', 'its number').requiredOption('--reason <text>', 'why'))
    .action((named: string, item: string, { reason, ...options }: ApiOptions & { reason: string }) => run(async (config) => (await sprint()).runCardCommand(config, named, item, 'return', { reason }, 'returned', options), options));
}
