/** People at work on projects, by chance: they read what is there for them over HTTP and do some of it. */
import type { Clients, Patience } from './client';
import type { Chance } from './random';
import { ROLES, TEMPLATE } from './seed';

interface Field {
  readonly key: string;
  readonly type: string;
  readonly required: boolean;
}
interface TaskView {
  readonly project: string;
  readonly phase: string;
  readonly task: string;
  readonly status: string;
  readonly assignee: { readonly id: string } | null;
  readonly fields: readonly Field[];
}
interface ApprovalItem {
  readonly id: string;
}
interface ApprovalView extends ApprovalItem {
  readonly digest: string;
  readonly evidence: readonly TaskView[];
}
export interface ProjectItem {
  readonly id: string;
  readonly status: string;
}
interface List<T> {
  readonly items: readonly T[];
}

const ENDED: readonly string[] = ['completed', 'stopped', 'cancelled'];
export const hasEnded = ({ status }: ProjectItem): boolean => ENDED.includes(status);

const pathOf = (task: TaskView, verb: string): string => `/projects/${task.project}/phases/${task.phase}/tasks/${task.task}/${verb}`;

/** Evidence that is right for these fields. */
function evidenceFor(fields: readonly Field[]): Record<string, unknown> {
  const values: Record<string, unknown> = {
    document: { name: 'Drawing 7', url: 'https://docs.example.org/7' }, link: 'https://docs.example.org/8', text: 'As agreed.', number: 7,
    checkbox: true, date: '2026-11-23',
  };
  return Object.fromEntries(fields.map(({ key, type }) => [key, values[type]]));
}

/** One person's way of working: one step, by chance. */
type Habit = (person: string) => Promise<unknown>;

export class Workload {
  private stopped = false;

  constructor(
    private readonly clients: Clients, private readonly chance: Chance,
    private readonly settings: { readonly projects: number; readonly patience: Patience; readonly pauseMs: number },
  ) {}

  /** Everybody works until `stop` is called; settles when the last command has its answer. */
  async run(): Promise<void> {
    const team: Habit = (person) => this.workOnTask(person);
    const work: [string, Habit][] = [
      ['p-tess', team], ['p-tom', team], ['p-tess', team], ['p-marc', (person) => this.manage(person)],
      ['p-paul', (person) => this.decide(person)], ['p-sam', (person) => this.decide(person)], ['p-olga', (person) => this.steer(person)],
    ];
    await Promise.all(work.map(async ([person, habit]) => {
      while (!this.stopped) {
        await habit(person);
        await new Promise((resolve) => setTimeout(resolve, this.chance.between(this.settings.pauseMs / 2, this.settings.pauseMs * 2)));
      }
    }));
  }

  stop(): void {
    this.stopped = true;
  }

  private send(person: string, path: string, body: unknown = {}) {
    return this.clients.command(person, 'POST', path, body, this.settings.patience);
  }

  /** The projects, the latest first. */
  async projects(status?: string): Promise<readonly ProjectItem[] | undefined> {
    const query = status === undefined ? '' : `&status=${status}`;
    return (await this.clients.read<List<ProjectItem>>('p-olga', `/projects?limit=200&template=${TEMPLATE}${query}`))?.items;
  }

  private async workOnTask(person: string): Promise<void> {
    const mine = await this.clients.read<List<TaskView>>(person, '/tasks?mine=true');
    const task = this.chance.one((mine?.items ?? []).filter(({ status, assignee }) => status !== 'claimed' || assignee?.id === person));
    if (!task) return;
    if (task.status === 'ready' && this.chance.chance(40)) await this.send(person, pathOf(task, 'claim'));
    else if (task.status === 'claimed' && this.chance.chance(15)) await this.send(person, pathOf(task, 'release'));
    else await this.send(person, pathOf(task, 'complete'), { evidence: evidenceFor(task.fields) });
  }

  private async manage(person: string): Promise<void> {
    if (this.chance.chance(80)) return this.workOnTask(person);
    const project = this.chance.one(await this.projects('running') ?? []);
    if (!project) return;
    if (this.chance.chance(50)) return this.change(person, project.id);
    if (this.chance.chance(30)) {
      await this.send(person, `/projects/${project.id}/hold`, { reason: 'We wait for the racks.' });
      return;
    }
    const done = await this.clients.read<List<TaskView>>(person, `/projects/${project.id}/tasks?status=done`);
    const task = this.chance.one(done?.items ?? []);
    if (task) await this.send(person, pathOf(task, 'reopen'), { reason: 'A page is missing.' });
  }

  /** Plans anew: a little of it within the tolerance, the rest for the board to decide. */
  private async change(person: string, project: string): Promise<void> {
    const key = `extra-${this.chance.between(1, 4)}`;
    const phase = this.chance.one(['design', 'build', 'close', 'watch']) ?? 'build';
    const operation = this.chance.one([
      { op: 'add-task', phase, task: { key, title: 'Een extra stap', responsible: 'project-core-team', budget: this.chance.between(0, 60) } },
      { op: 'remove-task', phase, task: key },
      { op: 'set-task', phase: 'build', task: 'cable', set: { dueDays: this.chance.between(1, 9), budget: this.chance.between(0, 60) } },
      { op: 'set-phase', phase, set: { budget: this.chance.between(0, 60) } },
    ]);
    await this.send(person, `/projects/${project}/changes`, { title: 'Een wijziging', reason: 'Het moet anders.', operations: [operation] });
  }

  private async decide(person: string): Promise<void> {
    const mine = await this.clients.read<List<ApprovalItem>>(person, '/approvals?mine=true');
    const item = this.chance.one(mine?.items ?? []);
    const approval = item && await this.clients.read<ApprovalView>(person, `/approvals/${encodeURIComponent(item.id)}`);
    if (!approval) return;
    const redo = this.chance.one(approval.evidence)?.task;
    const roll = this.chance(10);
    const decision = roll < 2 && redo !== undefined ? { outcome: 'rework', rework: [redo], reason: 'Do this again.' }
      : roll < 4 ? { outcome: 'approve-with-conditions', conditions: [{ defect: 'No fire exit', plan: 'Add it', owner: 'project-core-team', dueDays: 3 }] }
        : { outcome: 'approve' };
    await this.send(person, `/approvals/${encodeURIComponent(approval.id)}/decide`, { digest: approval.digest, ...decision });
  }

  /** The office keeps some projects going, and has those go on that are held. */
  private async steer(person: string): Promise<void> {
    const projects = await this.projects();
    if (!projects) return;
    const held = this.chance.one(projects.filter(({ status }) => status === 'held'));
    if (held && this.chance.chance(60)) await this.send(person, `/projects/${held.id}/resume`);
    if (projects.filter((each) => !hasEnded(each)).length >= this.settings.projects) return;
    await this.send(person, '/projects', { name: 'Move the racks', template: TEMPLATE, roles: ROLES });
  }

  /** What a project waits for, to find out why it does not end. */
  async standing(project: string): Promise<unknown> {
    const view = await this.clients.read<{ phases: readonly object[]; blocking: unknown; changing: unknown }>('p-olga', `/projects/${project}`);
    const changes = await this.clients.read<{ items: readonly { status: string; difference: unknown }[] }>('p-olga', `/projects/${project}/changes`);
    return { phases: view?.phases, blocking: view?.blocking, changing: view?.changing, changes: changes?.items.map(({ status, difference }) => ({ status, difference })) };
  }

  /** Whether a project that goes on has something that somebody can do now: a task, a vote, or being resumed. */
  async isWorkable(project: ProjectItem): Promise<boolean> {
    if (project.status === 'held') return true;
    const tasks = await this.clients.read<List<TaskView>>('p-olga', `/projects/${project.id}/tasks`);
    if (tasks?.items.some(({ status }) => status === 'ready' || status === 'claimed')) return true;
    const view = await this.clients.read<{ blocking: { votes: unknown[] }[] }>('p-olga', `/projects/${project.id}`);
    return view?.blocking.some(({ votes }) => votes.length > 0) ?? false;
  }

  /** Everybody does all that is there for them until every project has ended. @returns those that have not within the limit. */
  async finish(limitMs: number): Promise<readonly ProjectItem[]> {
    const until = Date.now() + limitMs;
    for (;;) {
      const open = (await this.projects())?.filter((each) => !hasEnded(each));
      if (open?.length === 0) return [];
      if (Date.now() > until) return open ?? [{ id: 'unknown', status: 'unknown' }];
      for (const { id } of (open ?? []).filter(({ status }) => status === 'held')) await this.send('p-olga', `/projects/${id}/resume`);
      await Promise.all(['p-tess', 'p-tom', 'p-marc', 'p-paul', 'p-sam'].map((person) => this.doAll(person)));
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  private async doAll(person: string): Promise<void> {
    const [tasks, approvals] = await Promise.all([
      this.clients.read<List<TaskView>>(person, '/tasks?mine=true&limit=200'), this.clients.read<List<ApprovalItem>>(person, '/approvals?mine=true&limit=200'),
    ]);
    for (const task of tasks?.items ?? []) {
      if (task.status === 'claimed' && task.assignee?.id !== person) continue;
      await this.send(person, pathOf(task, 'complete'), { evidence: evidenceFor(task.fields) });
    }
    for (const { id } of approvals?.items ?? []) {
      const approval = await this.clients.read<ApprovalView>(person, `/approvals/${encodeURIComponent(id)}`);
      if (approval) await this.send(person, `/approvals/${encodeURIComponent(id)}/decide`, { digest: approval.digest, outcome: 'approve' });
    }
  }
}
