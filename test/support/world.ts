/**
 * All processes of one project at work together without a server: the same runner as in the workflows, and a post that delivers
 * messages in any order between pairs, but in order within a pair, as the server does.
 */
import type { Rejection } from '../../domain/errors';
import { DIRECTORY, type DirectoryNews } from '../../domain/directory/types';
import { PROCESSES } from '../../domain/processes';
import type { Authority, Effect, Message, Process, ProcessName, Recorded, StreamId } from '../../domain/process';
import type { Plan } from '../../domain/plan';
import type { ApprovalState } from '../../domain/approval/types';
import type { ProjectState } from '../../domain/project/types';
import type { StageState } from '../../domain/stage/types';
import { begin, REMEMBER_MS } from '../../workflows/shell/carried';
import type { Entry } from '../../workflows/contract';
import { Runner } from '../../workflows/shell/runner';
import type { Standing } from '../../domain/play/play';
import { previewMigration } from '../../domain/play/preview-migration';
import { MONDAY, person } from './scenario';

type Typed = { readonly type: string };
type AnyRunner = Runner<unknown, unknown, Typed, Typed>;

interface Actor {
  readonly process: Process<unknown, unknown, Typed, Typed>;
  readonly input: unknown;
  runner: AnyRunner;
  readonly log: Recorded<Typed>[];
}

/** A message or a command as it was delivered once: it may come again at any later time. */
interface Delivered {
  readonly to: StreamId;
  /** Until when it is known again: the API asks for later ones elsewhere. */
  readonly until: number;
  readonly again: (runner: AnyRunner, now: number) => unknown;
}

export class World {
  now = MONDAY;
  readonly actors = new Map<StreamId, Actor>();
  /** Hears of what a stream wants to have projected. */
  onDrained?: (id: StreamId, entries: readonly Entry[]) => void;
  private commands = 0;
  private news = 0;
  private readonly delivered: Delivered[] = [];
  readonly root: StreamId;

  constructor(plan: Plan, readonly project = 'P') {
    this.root = `project/${project}`;
    this.start('project', this.root, { project, plan });
  }

  /** Opens a stream, unless it is open. */
  start(name: ProcessName, id: StreamId, input: unknown): void {
    if (this.actors.has(id)) return;
    const process = PROCESSES[name] as unknown as Process<unknown, unknown, Typed, Typed>;
    const runner: AnyRunner = new Runner(process, id, begin(process as never, input, id));
    this.actors.set(id, { process, input, runner, log: [] });
    if (process.opening) runner.issue(process.opening, 'upkeep', this.now);
    this.collect(id);
  }

  private collect(id: StreamId): void {
    const actor = this.actors.get(id);
    if (!actor) return;
    const { outbox } = actor.runner;
    while (outbox.length > 0) {
      const entries = outbox.next();
      for (const entry of entries) actor.log.push(...entry.events);
      this.onDrained?.(id, entries);
      outbox.drain(true);
    }
  }

  /** Gives a person's command to a stream, as the API would. */
  command(to: StreamId, command: Typed & Record<string, unknown>, authority: Authority): Rejection | null {
    const actor = this.actors.get(to);
    if (!actor) throw new Error(`no ${to}`);
    this.commands += 1;
    const envelope = { id: `k${this.commands}`, hash: 'h', authority, command };
    const result = actor.runner.execute(envelope, this.now);
    this.collect(to);
    if (!('code' in result)) this.delivered.push({ to, until: this.now + REMEMBER_MS, again: (runner, now) => runner.execute(envelope, now) });
    return 'code' in result ? result : null;
  }

  /** Brings a message from outside the project. */
  hear(to: StreamId, from: StreamId, number: number, message: Message): void {
    this.actors.get(to)?.runner.hear(from, number, message, this.now);
    this.delivered.push({ to, until: Infinity, again: (runner, now) => runner.hear(from, number, message, now) });
    this.collect(to);
  }

  /** Brings once more what was delivered before, a message or a command: it must change nothing. */
  repeat(which: number): void {
    const found = this.delivered[which % Math.max(1, this.delivered.length)];
    const actor = found && this.actors.get(found.to);
    if (!found || !actor || this.now >= found.until) return;
    const { seq } = actor.runner;
    found.again(actor.runner, this.now);
    if (actor.runner.seq !== seq) throw new Error(`${found.to} took something twice`);
    this.collect(found.to);
  }

  /** Lets a process go on in another run, with what the one before hands on, as the server keeps it. */
  rollOver(which: number): void {
    const ids = [...this.actors.keys()];
    const id = ids[which % ids.length] ?? this.root;
    const actor = this.actors.get(id) as Actor;
    actor.runner = new Runner(actor.process, id, JSON.parse(JSON.stringify(actor.runner.carry(this.now))) as ReturnType<AnyRunner['carry']>);
  }

  /** What the directory tells the project, as its message. */
  hearFromDirectory(news: Partial<DirectoryNews>): void {
    this.news += 1;
    this.hear(this.root, DIRECTORY, this.news, { type: 'directory-told', absences: {}, groups: {}, left: {}, ...news });
  }

  /** Streams that have an effect to carry out. */
  busy(): StreamId[] {
    return [...this.actors].filter(([, actor]) => actor.runner.effects.length > 0).map(([id]) => id);
  }

  /** Carries out the first effect of a stream. */
  deliver(id: StreamId): void {
    const actor = this.actors.get(id);
    const effect = actor?.runner.effects.shift();
    if (!actor || !effect) return;
    this.carryOut(id, actor, effect);
    this.collect(id);
  }

  private carryOut(from: StreamId, actor: Actor, effect: Effect): void {
    switch (effect.kind) {
      case 'start-child': return this.start(effect.process, effect.id, effect.input);
      case 'message': {
        actor.runner.sent += 1;
        const to = this.actors.get(effect.to);
        // A workflow that has ended and sent everything is closed: the server refuses to deliver to it.
        if (!to || (to.runner.isFinal() && to.runner.effects.length === 0)) {
          actor.runner.issue({ type: 'child-lost', child: effect.to } as Typed, 'upkeep', this.now);
          return;
        }
        this.hear(effect.to, from, actor.runner.sent, effect.message);
        return;
      }
      case 'find-projects': {
        const { kind: _, ...concerned } = effect;
        actor.runner.issue({ type: 'concerned', projects: [this.project], ...concerned } as Typed, 'upkeep', this.now);
        return;
      }
      case 'inspect':
      case 'notify': return;
    }
  }

  /** Lets everything come to rest. `pick` chooses who goes next. */
  settle(pick: (count: number) => number = () => 0): void {
    for (let round = 0; round < 10_000; round++) {
      const busy = this.busy();
      if (busy.length === 0) return;
      this.deliver(busy[pick(busy.length) % busy.length] as StreamId);
    }
    throw new Error('the world does not come to rest');
  }

  /** Lets time pass to the next due moment of any stream. */
  ring(): void {
    const dues = [...this.actors].flatMap(([id, { runner }]) => {
      const due = runner.due();
      return due ? [{ id, due }] : [];
    });
    const first = dues.sort((a, b) => a.due.at - b.due.at)[0];
    if (!first) return;
    this.now = Math.max(this.now, first.due.at);
    this.actors.get(first.id)?.runner.issue(first.due.command as Typed, 'timer', this.now);
    this.collect(first.id);
  }

  /** The processes that have not ended, as the API finds them. */
  standings(): Standing[] {
    return [...this.actors].filter(([, { process, runner }]) => process.name === 'project' || !runner.isFinal())
      .map(([stream, { process, runner }]) => ({ process: process.name, stream, state: runner.state }));
  }

  /** Moves the project to another plan, from where it stands now. */
  migrate(next: Plan, authority: Authority, decisions: Readonly<Record<string, string>> = {}): Rejection | null {
    const { migration } = previewMigration(this.standings(), next, this.now, decisions);
    return this.command(this.root, { type: 'migrate', ...migration }, authority);
  }

  projectState(): ProjectState {
    return this.actors.get(this.root)?.runner.state as ProjectState;
  }

  stages(): StageState[] {
    return this.statesOf<StageState>('stage');
  }

  approvals(): ApprovalState[] {
    return this.statesOf<ApprovalState>('approval');
  }

  private statesOf<S>(name: ProcessName): S[] {
    return [...this.actors.values()].filter((actor) => actor.process.name === name).map((actor) => actor.runner.state as S);
  }

  stage(phase: string): StageState {
    const found = this.stages().find((stage) => stage.input.phase.key === phase);
    if (!found) throw new Error(`phase ${phase} has not opened`);
    return found;
  }

  openApproval(): ApprovalState | undefined {
    return this.approvals().find((approval) => approval.status === 'open');
  }
}

/** Authorities of the people of `plans.ts`, with the bodies they belong to. */
export const PEOPLE = {
  mia: person('mia', 'manager'),
  eva: person('eva', 'engineer'),
  edo: person('edo', 'engineer'),
  sam: person('sam', 'sponsor', 'board'),
  sol: person('sol', 'security', 'board'),
  olga: person('olga', 'project-office'),
  stranger: person('stranger'),
} as const;
