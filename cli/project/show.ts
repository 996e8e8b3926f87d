/** `sluis project show`: a page on where a project stands. */
import type { Config } from '../../config';
import { type ApiOptions, connect } from '../client/api';
import type { Blocking, Condition, Phase, Project, Task } from '../client/views';
import { count, print, printJson } from '../terminal/print';
import { style } from '../terminal/style';
import { textTable } from '../terminal/table';
import { dayOf, momentOf } from '../terminal/time';
import { paintStatus } from './words';

export interface ShowOptions extends ApiOptions {
  readonly live?: boolean;
}

const isOpen = ({ status }: { readonly status: string }): boolean => status !== 'done' && status !== 'dropped';

/** @throws ApiProblem */
export async function runShow(config: Config, id: string, options: ShowOptions): Promise<void> {
  const api = connect(config, options);
  const path = `/projects/${encodeURIComponent(id)}` as const;
  const [project, tasks] = await Promise.all([
    api.get(path, { live: options.live ? 'true' : undefined }), api.get(`${path}/tasks`),
  ]);
  const open = tasks.items.filter(isOpen);
  if (options.json) printJson({ ...project, openTasks: open });
  else print(pageOf(project, open, Date.now()));
}

/** The page as text. @param now For what is overdue. */
export function pageOf(project: Project, open: readonly Task[], now: number): string {
  const conditions = project.conditions.filter(isOpen);
  const sections = [
    headOf(project),
    section('Phases', textTable(['phase', 'status', 'tasks done', 'gate'], project.phases.map(phaseRow))),
    ...project.blocking.map(blockingSection),
    ...(open.length === 0 ? [] : [section('Open tasks', tasksOf(project, open, now))]),
    ...(conditions.length === 0 ? [] : [section('Conditions', conditionsOf(conditions))]),
    ...(project.migrations.length === 0 ? [] : [section('Moves to other versions', textTable(['at', 'from', 'to', 'outcome'],
      project.migrations.map(({ at, from, to, outcome }) => [momentOf(at), from.version, to.version, paintStatus(outcome)])))]),
  ];
  return sections.join('\n\n');
}

const section = (title: string, text: string): string => `${style.bold(title)}\n${text}`;

function headOf(project: Project): string {
  const { id, name, status, template, startedAt, endedAt, heldAt, cancelledAt, reason, changing, lostChildren } = project;
  const lines = [
    `${style.bold(name ?? '(erased)')}  ${paintStatus(status)}`,
    `${id}  ${template.key}@${template.version} (${template.name})  started ${momentOf(startedAt)}${endedAt === null ? '' : `, ended ${momentOf(endedAt)}`}`,
  ];
  if (heldAt !== null) lines.push(style.yellow(`On hold since ${momentOf(heldAt)}${reason === null ? '' : `: ${reason}`}`));
  else if (cancelledAt !== null && endedAt === null) lines.push(style.yellow(`Cancelled ${momentOf(cancelledAt)}${reason === null ? '' : `: ${reason}`}; it is being closed`));
  else if (reason !== null) lines.push(`Reason: ${reason}`);
  if (changing) {
    const waits = changing.waitingFor.join(', ') || 'nobody any more';
    lines.push(style.yellow(`A change is being settled since ${momentOf(changing.since)}: ${changing.kind}; it waits for ${waits}`));
  }
  if (lostChildren.length > 0) lines.push(style.red(`Lost: ${lostChildren.join(', ')}`));
  return lines.join('\n');
}

function phaseRow({ name, status, round, openTasks, doneTasks, gate, former }: Phase): string[] {
  const again = round > 1 ? ` (round ${round})` : '';
  return [
    `${name}${former ? style.dim(' (of a former version)') : ''}`, `${paintStatus(status)}${again}`,
    openTasks + doneTasks === 0 ? '' : `${doneTasks} of ${openTasks + doneTasks}`,
    gate === null ? '' : `${gate.name}: ${paintStatus(gate.status)}${gate.round > 1 ? ` (round ${gate.round})` : ''}`,
  ];
}

const peopleOf = (persons: readonly { readonly name: string }[]): string => persons.map(({ name }) => name).join(', ');

/** All open tasks have their line further down the page. */
const TOLD_AT_MOST = 4;

/** Who holds a gate, each with what is waited for. */
function blockingSection({ name, gate, tasks, criteria, votes, undecidable, conditions }: Blocking): string {
  const waiting = new Map<string, string[]>();
  const wait = (who: string, what: string): void => { waiting.set(who, [...(waiting.get(who) ?? []), what]); };
  for (const { person, step, standIn } of votes) {
    wait(standIn ? `${person.name} (absent until ${momentOf(standIn.until)}), or ${standIn.delegate.name} for them` : person.name, `to vote${step === null ? '' : ` (step ${step})`}`);
  }
  for (const task of tasks.filter(({ status }) => status !== 'waiting')) {
    const holders = peopleOf(task.persons);
    wait(task.assignee?.name ?? (holders === '' ? `${task.role.name}, whom nobody is yet` : holders), `${task.name} (${task.blocked ? `blocked: ${task.blocked.reason ?? '(erased)'}` : task.status})`);
  }
  const later = tasks.filter(({ status }) => status === 'waiting').length;
  const lines = [...waiting].map(([who, what]) => {
    const more = what.length - TOLD_AT_MOST;
    return `  ${style.yellow(who)}: ${what.slice(0, TOLD_AT_MOST).join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
  });
  if (later > 0) lines.push(`  ${count(later, 'task')} after those`);
  if (criteria.length > 0) lines.push(`  not met: ${criteria.map((each) => each.name).join('; ')}`);
  if (undecidable) lines.push(style.red('  Too few may vote: the roles of the gate need other people.'));
  if (conditions.length > 0) lines.push(`  ${count(conditions.length, 'condition')} to be met`);
  return section(gate === null ? `What holds the end of ${name}` : `Who holds the gate "${gate.name}"`, lines.join('\n'));
}

/** What people can work on, the most urgent first; what waits for other tasks is counted. */
function tasksOf(project: Project, open: readonly Task[], now: number): string {
  const holders = new Map(project.roles.map(({ key, persons }) => [key, peopleOf(persons)]));
  const atWork = open.filter(({ status, former }) => status !== 'waiting' && !former)
    .sort((one, other) => (one.dueAt ?? '9999') < (other.dueAt ?? '9999') ? -1 : 1);
  const due = ({ dueAt }: Task): string => (dueAt !== null && Date.parse(dueAt) < now ? style.red(dayOf(dueAt)) : dayOf(dueAt));
  const rows = atWork.map((task) => [
    due(task), task.name, task.phaseName, task.blocked ? style.red('blocked') : task.status,
    task.assignee?.name ?? `${task.role.name}${holders.get(task.role.key) ? `: ${holders.get(task.role.key)}` : ''}`,
  ]);
  const waiting = open.filter(({ status }) => status === 'waiting').length;
  return [...(rows.length > 0 ? [textTable(['due', 'task', 'phase', 'status', 'owner'], rows)] : []),
    ...(waiting > 0 ? [style.dim(`${count(waiting, 'task')} waiting for others.`)] : [])].join('\n');
}

const conditionsOf = (conditions: readonly Condition[]): string =>
  textTable(['due', 'condition', 'owner', 'status'], conditions.map(({ dueAt, defect, owner, status }) => [dayOf(dueAt), defect ?? '(erased)', owner.name, status]));
