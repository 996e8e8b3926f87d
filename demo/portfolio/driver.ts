/** Plays projects on through the API, as their people would: over HTTP, each in their own name. */
import { answerOf, ApiProblem, createClient, NoAnswer, type Schema, type SluisClient } from '../../client';
import { evidenceFor, type Wanted, wantedBy } from './evidence';
import { approversOf, DELIVERER, doersOf, MANAGER, OFFICE } from './people';

export type Project = Schema<'Project'>;
type Task = Schema<'Task'>;

export interface Site {
  readonly url: string;
  /** A token of a demo person. */
  readonly tokenOf: (person: string) => Promise<string>;
}

const LIMIT_MS = 60_000;
const pause = (ms: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, ms); });

/** Refusals of what is under way: a phase that opens, an approval that is about to, a change that settles. */
const PASSING: ReadonlySet<string> = new Set(['phase-opening', 'project-changing', 'unknown-approval', 'task-not-ready']);

/** What passes by itself is sent again, under the same key. */
async function patiently<T>(send: (key: string) => Promise<T>): Promise<T> {
  const key = crypto.randomUUID();
  const end = Date.now() + LIMIT_MS;
  for (let wait = 100; ; wait = Math.min(wait * 2, 1000)) {
    try {
      return await send(key);
    } catch (error) {
      const passes = error instanceof NoAnswer || (error instanceof ApiProblem && (error.status === 503 || PASSING.has(error.problem.code)));
      if (!passes || Date.now() > end) throw error;
      await pause(wait);
    }
  }
}

export class Driver {
  private readonly clients = new Map<string, Promise<SluisClient>>();

  constructor(private readonly site: Site) {}

  /** The API in the name of a person. */
  as(person: string): Promise<SluisClient> {
    const known = this.clients.get(person) ?? this.site.tokenOf(person).then((token) => createClient({ url: this.site.url, token }));
    this.clients.set(person, known);
    return known;
  }

  /** Sends a command until it is answered. @throws ApiProblem when it is refused. */
  async command<T>(person: string, send: (client: SluisClient, header: { 'Idempotency-Key': string }) => Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
    const client = await this.as(person);
    return patiently((key) => answerOf(send(client, { 'Idempotency-Key': key })));
  }

  async view(project: string): Promise<Project> {
    return answerOf((await this.as(OFFICE)).GET('/api/v1/projects/{project}', { params: { path: { project } } }));
  }

  /** The project of a name, if there is one. */
  async find(name: string): Promise<string | undefined> {
    const { items } = await answerOf((await this.as(OFFICE)).GET('/api/v1/portfolio', { params: { query: { q: name, ended: 'true' } } }));
    return items.find((each) => each.name === name)?.id;
  }

  async tasks(project: string): Promise<Task[]> {
    return (await answerOf((await this.as(OFFICE)).GET('/api/v1/projects/{project}/tasks', { params: { path: { project } } }))).items;
  }

  /** Waits until a project shows something. @throws Error when it does not within a minute. */
  async until(project: string, what: string, isSo: (view: Project) => boolean): Promise<Project> {
    const end = Date.now() + LIMIT_MS;
    for (let wait = 50; ; wait = Math.min(wait * 1.5, 500)) {
      const view = await this.view(project);
      if (isSo(view)) return view;
      if (Date.now() > end) throw new Error(`${project}: ${what} did not come`);
      await pause(wait);
    }
  }

  /** The template with what its gates look at. */
  async template(key: string): Promise<{ readonly version: string; readonly authored: Record<string, unknown>; readonly wanted: Wanted }> {
    const client = await this.as(OFFICE);
    const { items } = await answerOf(client.GET('/api/v1/templates', {}));
    const version = items.find((each) => each.key === key)?.latest ?? '';
    const authored = await answerOf(client.GET('/api/v1/templates/{template}/versions/{version}', { params: { path: { template: key, version } } }));
    return { version, authored, wanted: wantedBy(authored) };
  }

  /** Gives every role somebody: those who decide on gates, and those who deliver. @param checked roles of which a colleague looks at the work: a third one then, who need not decide. */
  async staff(project: string, checked: ReadonlySet<string>): Promise<void> {
    const { roles } = await this.view(project);
    const plan = await answerOf((await this.as(OFFICE)).GET('/api/v1/projects/{project}/plan', { params: { path: { project } } }));
    const deciding = new Set(plan.phases.flatMap(({ gate }) => (gate?.steps ?? []).flatMap((step) => step.roles.map(({ key }) => key))));
    const given: Record<string, string[]> = {};
    roles.filter(({ body, key }) => !body && key !== plan.managerRole.key).forEach(({ key }, place) => {
      given[key] = deciding.has(key) ? [...approversOf(place), ...(checked.has(key) ? doersOf(place).slice(0, 1) : [])] : doersOf(place);
    });
    given[plan.managerRole.key] = [MANAGER];
    await this.command(OFFICE, (client, header) => client.PUT('/api/v1/projects/{project}/roles', { params: { path: { project }, header }, body: { roles: given } }));
  }

  /** Completes a task as one of those who may. @returns who did. */
  async complete(view: Project, task: Task, wanted: Wanted, file?: { readonly name: string; readonly sha256: string }): Promise<string> {
    const holders = view.roles.find(({ key }) => key === task.role.key)?.persons ?? [];
    const person = task.assignee?.id ?? (holders.find(({ id }) => id === DELIVERER) ?? holders[0])?.id ?? MANAGER;
    const path = { project: view.id, phase: task.phase, task: task.task };
    await this.command(person, (client, header) => client.POST('/api/v1/projects/{project}/phases/{phase}/tasks/{task}/complete', {
      params: { path, header }, body: { evidence: evidenceFor(task, wanted, `${view.id.slice(2, 6)}-${task.phase}`.toUpperCase(), file) },
    }));
    return person;
  }

  /** Does what can be done in the phases that are asked for, one task after the other, at most so many. @returns how many were done. */
  async work(project: string, wanted: Wanted, { phases, atMost = Infinity }: { readonly phases?: (phase: string) => boolean; readonly atMost?: number }): Promise<number> {
    const view = await this.view(project);
    const open = (await this.tasks(project)).filter(({ status, blocked, phase, condition }) => ['ready', 'claimed'].includes(status) && !blocked && !condition && (phases?.(phase) ?? true)).slice(0, atMost);
    let done = 0;
    for (const task of open) {
      try {
        await this.complete(view, task, wanted);
        done += 1;
      } catch (error) {
        // A cancelled project closes its phases one by one.
        if (!(error instanceof ApiProblem) || error.problem.code !== 'phase-closed') throw error;
      }
    }
    for (const task of (await this.tasks(project)).filter(({ status, phase }) => status === 'to-check' && (phases?.(phase) ?? true))) await this.confirm(view, task);
    return done;
  }

  private async confirm(view: Project, task: Task): Promise<void> {
    const others = view.roles.flatMap(({ persons }) => persons).filter(({ id }) => id !== task.doneBy?.id && id !== task.doneThrough?.id);
    for (const { id } of [{ id: MANAGER }, { id: DELIVERER }, ...others]) {
      try {
        await this.command(id, (client, header) => client.POST('/api/v1/projects/{project}/phases/{phase}/tasks/{task}/confirm', { params: { path: { project: view.id, phase: task.phase, task: task.task }, header }, body: {} }));
        return;
      } catch (error) {
        if (!(error instanceof ApiProblem) || error.status === 503) throw error;
      }
    }
  }

  /** Lets an open approval be approved by all who are waited for, but at most so many. */
  async decide(approval: string, { atMost = Infinity, body = { outcome: 'approve' } }: { readonly atMost?: number; readonly body?: object } = {}): Promise<void> {
    const office = await this.as(OFFICE);
    for (let votes = 0; votes < atMost; votes += 1) {
      const view = await patiently(() => answerOf(office.GET('/api/v1/approvals/{approval}', { params: { path: { approval } } })));
      const person = view.waitingFor[0]?.id;
      if (view.status !== 'open' || person === undefined) return;
      await this.command(person, (client, header) => client.POST('/api/v1/approvals/{approval}/decide', { params: { path: { approval }, header }, body: { outcome: 'approve', digest: view.digest, ...body } }));
    }
  }

  /** Does the work of phases and passes their gates, until one of these phases is over or the project is. */
  async passPhases(project: string, wanted: Wanted, last: string): Promise<void> {
    const end = Date.now() + LIMIT_MS;
    for (;;) {
      const view = await this.view(project);
      const status = view.phases.find(({ phase }) => phase === last)?.status;
      if (view.endedAt !== null || status === undefined || ['passed', 'ended', 'skipped'].includes(status)) return;
      const order = view.phases.findIndex(({ phase }) => phase === last);
      const before = new Set(view.phases.slice(0, order + 1).map(({ phase }) => phase));
      let done = await this.work(project, wanted, { phases: (phase) => before.has(phase) });
      for (const { gate, phase } of (await this.view(project)).phases) {
        if (!gate?.approval || !before.has(phase)) continue;
        await this.decide(gate.approval);
        done += 1;
      }
      if (done === 0) {
        if (Date.now() > end) throw new Error(`${project}: ${last} is not reached; it stands at ${view.blocking.map(({ phase }) => phase).join(', ')}`);
        await pause(150);
      }
    }
  }
}
