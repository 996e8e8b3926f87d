/** Commands on tasks: they speak to the API alone. */
import { type Command, Option } from 'commander';
import type { ApiOptions } from '../client/api';
import type { ActOptions, AttachOptions, ChecklistOptions, CompleteOptions, EffortOptions } from '../task/act';
import type { TaskListOptions } from '../task/show';
import { run } from '../run';
import { withApi } from './options';

const STATUSES = ['waiting', 'ready', 'claimed', 'to-check', 'done', 'dropped', 'blocked'];
const TASK = 'PROJECT/PHASE/TASK, such as p-4f1c/design/draw';
const act = () => import('../task/act');
/** For commands that a stand-in may give. */
const withVoice = (command: Command): Command => withApi(command.option('--for <person>', 'in the name of somebody absent for whom you stand in'));

/** Verbs that take nothing but the task. */
const PLAIN = [
  ['claim', 'say that you work on a task', 'claimed'], ['release', 'give a task back to its role', 'released'], ['confirm', 'confirm what another delivered', 'confirmed'],
  ['withdraw', 'take back that you completed a task', 'withdrawn'], ['unblock', 'say that a task can be gone on with', 'unblocked'],
] as const;
/** Verbs that need a reason. */
const WITH_REASON = [
  ['block', 'say why a task can not be gone on with', 'blocked'], ['reopen', 'reopen a task that is done', 'reopened'], ['send-back', 'send back what another delivered', 'sent back'],
] as const;

export function registerTask(program: Command): void {
  const task = program.command('task').description('see and work on tasks');

  withApi(task.command('list').description('my tasks, the most urgent first; or those of a project')
    .option('--project <project>', 'the tasks of this project, in the order of its plan')
    .addOption(new Option('--status <status>', 'only those that stand so').choices(STATUSES))
    .option('--assignee <person>', 'of a project, only those that are this person’s'))
    .action((options: TaskListOptions) => run(async (config) => (await import('../task/show')).runTaskList(config, options), options));
  withApi(task.command('show').description('a task with what it delivers and delivered, its checklist, hours and comments').argument('<task>', TASK))
    .action((named: string, options: ApiOptions) => run(async (config) => (await import('../task/show')).runTaskShow(config, named, options), options));

  for (const [verb, description, said] of PLAIN) {
    withVoice(task.command(verb).description(description).argument('<task>', TASK))
      .action((named: string, options: ActOptions) => run(async (config) => (await act()).runTaskCommand(config, named, verb, {}, said, options), options));
  }
  for (const [verb, description, said] of WITH_REASON) {
    withVoice(task.command(verb).description(description).argument('<task>', TASK).requiredOption('--reason <text>', 'why'))
      .action((named: string, options: ActOptions & { reason: string }) => (
        run(async (config) => (await act()).runTaskCommand(config, named, verb, { reason: options.reason }, said, options), options)));
  }
  withVoice(task.command('complete').description('complete a task with its evidence').argument('<task>', TASK)
    .option('--evidence <field=value...>', 'a document is "NAME" or "NAME <https://…>"'))
    .action((named: string, options: CompleteOptions) => run(async (config) => (await act()).runComplete(config, named, options), options));
  withApi(task.command('assign').description('assign tasks to someone who could take them').argument('<person>', 'the id of the person').argument('<tasks...>', TASK))
    .action((person: string, tasks: string[], options: ApiOptions) => run(async (config) => (await act()).runAssign(config, person, tasks, options), options));
  withApi(task.command('comment').description('comment on a task; @person-id mentions somebody').argument('<task>', TASK).argument('<text>', 'what you have to say'))
    .action((named: string, text: string, options: ApiOptions) => run(async (config) => (await act()).runTaskCommand(config, named, 'comments', { text }, 'said', options), options));
  withVoice(task.command('checklist').description('tick items of a task’s checklist, and add own ones').argument('<task>', TASK)
    .option('--tick <item...>', 'items that are in order').option('--untick <item...>', 'items that are not after all')
    .option('--add <text...>', 'own items').option('--remove <item...>', 'own items that are not needed'))
    .action((named: string, options: ChecklistOptions) => run(async (config) => (await act()).runChecklist(config, named, options), options));
  withVoice(task.command('attach').description('put files of the project beside a task, or take them away').argument('<task>', TASK)
    .option('--add <name=sha256...>', 'files that were uploaded to the project').option('--remove <sha256...>', 'files to take away'))
    .action((named: string, options: AttachOptions) => run(async (config) => (await act()).runAttach(config, named, options), options));
  withVoice(task.command('effort').description('say how many hours a task took, and how many are left').argument('<task>', TASK)
    .option('--hours <number>', 'worked since the last time').option('--remaining <number>', 'still expected'))
    .action((named: string, options: EffortOptions) => run(async (config) => (await act()).runEffort(config, named, options), options));
}
