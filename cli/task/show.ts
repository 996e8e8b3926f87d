/** `sluis task list` and `show`: tasks as people read them. */
import type { Config } from '../../config';
import { type ApiOptions, connect } from '../client/api';
import type { MyTask, Task, TaskDetails } from '../client/views';
import { count, print, printJson } from '../terminal/print';
import { style } from '../terminal/style';
import { textTable } from '../terminal/table';
import { dayOf, momentOf } from '../terminal/time';
import { UsageError } from '../terminal/usage-error';
import { parseTask, pathOf } from './task-ref';

export interface TaskListOptions extends ApiOptions {
  readonly project?: string;
  /** As typed: the API judges it. */
  readonly status?: Task['status'];
  readonly assignee?: string;
}

interface Comment {
  readonly person: { readonly name: string };
  readonly at: string;
  readonly text: string | null;
}

type Delivered = NonNullable<TaskDetails['deliveredBefore']>[string];

/** A value of evidence, as it would be typed where it can be. */
function typedOf(value: Delivered): string {
  if (value === null) return '(erased)';
  if (typeof value !== 'object') return String(value);
  if ('rows' in value) return count(value.rows.length, 'row');
  const { name, url } = value;
  return `${name ?? '(erased)'}${url ? ` <${url}>` : ''}`;
}

/** A field with what it takes, and what was delivered. */
function fieldLine({ key, type, required, name, choices }: TaskDetails['fields'][number], { evidence, deliveredBefore }: TaskDetails): string {
  const takes = choices ? choices.map((each) => each.key).join(', ') : type;
  const [delivered, before] = [evidence?.[key], deliveredBefore?.[key]];
  const value = delivered === undefined ? '' : `: ${typedOf(delivered)}`;
  return `${key} (${takes}${required ? '' : ', optional'}): ${name}${value}${before === undefined ? '' : style.dim(` (before: ${typedOf(before)})`)}`;
}

/** Why it is, or was, to be done again. */
function againOf({ at, person, through, gate, reason }: NonNullable<TaskDetails['sentBack']>, status: Task['status']): string {
  const who = person ? `, says ${person.name}${through ? ` through ${through.name}` : ''}` : gate ? `, decided at ${gate.name}` : '';
  return `${status === 'to-check' ? 'Was to be done again' : 'To be done again'} since ${momentOf(at)}${who}${reason === null ? '' : `: ${reason}`}`;
}

const inNameOf = (task: Task | MyTask): string => ('onBehalfOf' in task && task.onBehalfOf.length > 0 ? ` (for ${task.onBehalfOf.map(({ name }) => name).join(', ')})` : '');
const statusOf = ({ status, blocked }: Task): string => (blocked ? style.red('blocked') : status);

/** My tasks, or those of a project. @throws UsageError, ApiProblem */
export async function runTaskList(config: Config, { project, status, ...options }: TaskListOptions): Promise<void> {
  if (options.assignee !== undefined && project === undefined) throw new UsageError('--assignee needs --project: without it, the tasks are mine.');
  const api = connect(config, options);
  const items = project === undefined ? await api.all('/tasks', { mine: 'true', status })
    : (await api.get(`/projects/${encodeURIComponent(project)}/tasks`, { status, assignee: options.assignee })).items;
  if (options.json) {
    printJson({ items });
    return;
  }
  if (items.length > 0) {
    print(textTable(['task', 'name', 'status', 'due', 'owner'], items.map((each) => (
      [`${each.project}/${each.phase}/${each.task}`, each.name, statusOf(each), dayOf(each.dueAt), `${each.assignee?.name ?? each.role.name}${inNameOf(each)}`]))));
    print('');
  }
  print(`${count(items.length, 'task')}.`);
}

/** @throws UsageError, ApiProblem */
export async function runTaskShow(config: Config, named: string, options: ApiOptions): Promise<void> {
  const path = pathOf(parseTask(named));
  const api = connect(config, options);
  const [task, { items: comments }] = await Promise.all([api.get(path), api.get(`${path}/comments`, { limit: 200 })]);
  if (options.json) printJson({ ...task, commentsSaid: comments });
  else print(taskPage(task, comments));
}

function taskPage(task: TaskDetails, comments: readonly Comment[]): string {
  const { name, phaseName, guidance, assignee, role, dueAt, blocked, sentBack, status, doneBy, doneAt, checkedBy, waitingFor, waitingForNames, hoursSpent, hoursRemaining, checklist, attachments, fields } = task;
  const lines = [
    `${style.bold(name)}  ${statusOf(task)}`,
    `${phaseName}; ${assignee ? assignee.name : role.name}${dueAt === null ? '' : `; due ${dayOf(dueAt)}${task.dueIsProvisional ? ' (provisional: replacement days are not announced yet)' : ''}`}`,
    ...(blocked ? [style.red(`Blocked since ${momentOf(blocked.since)} by ${blocked.person.name}: ${blocked.reason ?? '(erased)'}`)] : []),
    ...(sentBack ? [style.yellow(againOf(sentBack, status))] : []),
    ...(doneBy ? [`Delivered by ${doneBy.name}${doneAt === null ? '' : `, ${momentOf(doneAt)}`}${checkedBy ? `; checked by ${checkedBy.name}` : ''}`] : []),
    ...(waitingFor.length > 0 ? [`Waits for ${[...waitingForNames, ...waitingFor.filter((each) => each.startsWith('backlog:'))].join(', ')}`] : []),
    ...(hoursSpent === null && hoursRemaining === null ? [] : [`Hours: ${hoursSpent ?? 0} worked${hoursRemaining === null ? '' : `, ${hoursRemaining} remaining`}`]),
    ...(guidance === null ? [] : ['', guidance]),
  ];
  if (fields.length > 0) lines.push('', style.bold('Evidence'), ...fields.map((field) => `  ${fieldLine(field, task)}`));
  if (checklist.length > 0) {
    lines.push('', style.bold('Checklist'), ...checklist.map((item) =>
      `  [${item.tickedBy ? 'x' : ' '}] ${item.key}: ${item.name ?? '(erased)'}${item.required ? '' : style.dim(' (optional)')}${item.tickedBy ? style.dim(` ${item.tickedBy.name}, ${momentOf(item.tickedAt)}`) : ''}`));
  }
  if (attachments.length > 0) lines.push('', style.bold('Attachments'), ...attachments.map(({ name: called, sha256, person }) => `  ${called ?? '(erased)'} ${style.dim(`${sha256} ${person.name}`)}`));
  if (comments.length > 0) {
    lines.push('', style.bold('Comments'), ...[...comments].reverse().map(({ person, at, text }) => `  ${style.dim(momentOf(at))}  ${person.name}: ${text ?? '(erased)'}`));
  }
  return lines.join('\n');
}
