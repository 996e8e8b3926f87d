/**
 * A project played through without a server: the same `decide`, `evolve` and `react` as its workflows, on a clock that the caller sets, with
 * every message delivered at once. What is proved and forecast is so what would happen.
 */
import type { AwaitedStands } from '../backlog/types';
import type { ApprovalState } from '../approval/types';
import { DIRECTORY } from '../directory/types';
import type { Rejection } from '../errors';
import { isAssignable, type Plan } from '../plan';
import type { Authority, Effect, Instant, Key, Message, Process, ProcessName, Recorded, StreamId } from '../process';
import { PROCESSES } from '../processes';
import type { ProjectState, RoleHolders } from '../project/types';
import type { StageState } from '../stage/types';
import { openItems } from '../stage/work';

type Typed = { readonly type: string };
type AnyProcess = Process<unknown, unknown, Typed, Typed>;

/** A process as it stands at one moment: what happens to it leads to another. */
interface Actor {
  readonly process: AnyProcess;
  readonly stream: StreamId;
  readonly state: unknown;
  readonly seq: number;
}

/** What a command led to. */
interface Step {
  readonly to: Actor;
  readonly letters: readonly Letter[];
  readonly happened: readonly Happened[];
}

/** A process of a running project as it stands. */
export interface Standing {
  readonly process: ProcessName;
  readonly stream: StreamId;
  readonly state: unknown;
}

/** The project itself among its processes. */
export const projectAmong = (standings: readonly Standing[]): ProjectState | undefined =>
  standings.find(({ process }) => process === 'project')?.state as ProjectState | undefined;

/** Without the changes that are being asked about, and sign-offs of services: what is played is the plan as it stands, and services are taken to be handed over. */
function withoutChanges(standings: readonly Standing[]): readonly Standing[] {
  return standings.filter(({ process, state }) => process !== 'approval' || isOfGate(state as ApprovalState)).map((standing) => {
    const { changes } = standing.process === 'project' ? (standing.state as ProjectState) : {};
    return changes?.some(({ status }) => status === 'open') ? { ...standing, state: { ...(standing.state as ProjectState), changes: [] } } : standing;
  });
}

const isOfGate = ({ input: { change, service } }: ApprovalState): boolean => change === undefined && service === undefined;

/** A message on its way. */
interface Letter {
  readonly from: StreamId;
  readonly effect: Effect;
}

/** An event of one of the project's processes, as it happened. */
export interface Happened {
  readonly stream: StreamId;
  readonly event: Typed & Readonly<Record<string, unknown>>;
}

const TEXT = { text: 'play' };
/** The project office: it may start and steer any project. */
export const OFFICE: Authority = { kind: 'person', person: 'play', roles: ['project-office'] };
/** More messages than any project has under way at once: a rule that never comes to rest would go on for ever. */
const MAX_LETTERS = 100_000;

/** What a stage is told of its project as it stands; all else is the plan's. */
const OF_PROJECT: ReadonlySet<string> = new Set(['facts', 'phases', 'roles']);

/**
 * Steps that were taken once, for plays at one and the same moment that come to the same states: the processes are pure, so the same command
 * to the same state leads to the same step. Plays of other plans can share it where their phases are one object.
 */
export class Steps {
  private readonly taken = new WeakMap<Actor, Map<string, Step | Rejection>>();
  private readonly begun = new Map<string, Actor>();
  private readonly texts = new WeakMap<object, string>();
  private readonly numbers = new WeakMap<object, string>();
  private count = 0;

  constructor(readonly now: Instant) {}

  /** The step of a process on a command, taken now if it never was. */
  take(actor: Actor, command: Typed, authority: Authority): Step | Rejection {
    const by = authority.kind === 'person' ? `${authority.person} ${authority.onBehalfOf ?? ''} ${authority.roles.join()}` : authority.source;
    const key = `${by} ${this.textOf(command)}`;
    const taken = this.taken.get(actor) ?? new Map<string, Step | Rejection>();
    this.taken.set(actor, taken);
    const known = taken.get(key) ?? takeStep(actor, command, authority, this.now);
    taken.set(key, known);
    return known;
  }

  /** A process at its beginning; the same for inputs that say the same. */
  begin(process: AnyProcess, stream: StreamId, input: Readonly<Record<string, unknown>>): Actor {
    // What is of the plan is large, and few objects: each has a number in place of its text.
    const parts = Object.entries(input).map(([name, part]) => `${name} ${OF_PROJECT.has(name) ? JSON.stringify(part) : this.numberOf(part)}`);
    const key = `${stream} ${parts.join()}`;
    const known = this.begun.get(key) ?? begin(process, stream, input);
    this.begun.set(key, known);
    return known;
  }

  private textOf(command: Typed): string {
    const text = this.texts.get(command) ?? JSON.stringify(command);
    this.texts.set(command, text);
    return text;
  }

  private numberOf(part: unknown): string {
    if (typeof part !== 'object' || part === null) return JSON.stringify(part) ?? '';
    const known = this.numbers.get(part) ?? `#${this.count += 1}`;
    this.numbers.set(part, known);
    return known;
  }
}

const begin = (process: AnyProcess, stream: StreamId, input: unknown): Actor => ({ process, stream, state: process.initial(input), seq: 0 });

const lettersOf = ({ process, stream }: Actor, state: unknown, recorded: Recorded<Typed>): Letter[] =>
  process.react(state, recorded).flatMap((effect): Letter[] => (effect.kind === 'notify' ? [] : [{ from: stream, effect }]));

function takeStep(actor: Actor, command: Typed, authority: Authority, now: Instant): Step | Rejection {
  const { process, stream } = actor;
  const decision = process.decide(actor.state, command, { now, authority });
  if (!decision.ok) return decision.rejection;
  const by = authority.kind === 'person' ? { kind: 'person' as const, person: authority.person } : { kind: 'system' as const, source: authority.source };
  let { state, seq } = actor;
  const letters: Letter[] = [];
  for (const event of decision.events) {
    seq += 1;
    const recorded: Recorded<Typed> = { seq, at: now, by, commandId: '', event };
    state = process.evolve(state, recorded);
    letters.push(...lettersOf(actor, state, recorded));
  }
  const happened = decision.events.map((event): Happened => ({ stream, event: event as Happened['event'] }));
  return { to: { process, stream, state, seq }, letters, happened };
}

export interface PlayOptions {
  readonly project?: string;
  /** Steps to share with other plays at the same moment. */
  readonly steps?: Steps;
}

export class Play {
  readonly root: StreamId;
  private readonly actors: Map<StreamId, Actor>;
  private readonly letters: Letter[] = [];
  private happened: Happened[] = [];

  constructor(readonly plan: Plan, public now: Instant, private readonly options: PlayOptions = {}, from?: Play) {
    const { project = 'play' } = options;
    this.root = `project/${project}`;
    this.actors = new Map(from?.actors);
    if (!from) this.add('project', this.root, { project, plan });
  }

  /**
   * A project played on from where it stands.
   * @param standings its own state and those of its open stages and approvals; what has ended need not be there.
   */
  static resume(standings: readonly Standing[], now: Instant): Play {
    const own = projectAmong(standings);
    if (!own) throw new Error('the project itself is missing');
    const play = new Play(own.plan, now, { project: own.project });
    play.actors.clear();
    for (const { process, stream, state } of withoutChanges(standings)) {
      play.actors.set(stream, { process: PROCESSES[process] as unknown as AnyProcess, stream, state, seq: 0 });
    }
    return play;
  }

  /** A play that goes on by itself from where this one is: states never change, so they are shared. */
  fork(): Play {
    return new Play(this.plan, this.now, this.options, this);
  }

  /** Likewise, and with steps that other plays share. */
  sharing(steps: Steps): Play {
    return new Play(this.plan, this.now, { ...this.options, steps }, this);
  }

  /** Streams of the stages that have opened, with their states. */
  stages(): readonly (readonly [StreamId, StageState])[] {
    return [...this.actors].filter(([, { process }]) => process.name === 'stage').map(([stream, { state }]) => [stream, state as StageState] as const);
  }

  /** Streams of the approvals that are open. */
  openApprovals(): readonly (readonly [StreamId, ApprovalState])[] {
    return [...this.actors].filter(([, { process, state }]) => process.name === 'approval' && (state as ApprovalState).status === 'open')
      .map(([stream, { state }]) => [stream, state as ApprovalState] as const);
  }

  /** Starts the project with these holders of roles. */
  start(roles: RoleHolders): Rejection | null {
    return this.act(this.root, { type: 'start', name: TEXT, roles }, OFFICE);
  }

  /** Gives roles to people; who belongs to a group is told by the directory. */
  assign(holders: RoleHolders): void {
    const groups = this.project().plan.roles.flatMap(({ key, group }) => (group !== undefined && Object.hasOwn(holders, key) ? [[group, holders[key]] as const] : []));
    const given = Object.entries(holders).filter(([role]) => this.project().plan.roles.some((each) => each.key === role && isAssignable(each)));
    if (given.length > 0) this.act(this.root, { type: 'assign-roles', roles: Object.fromEntries(given) }, OFFICE);
    if (groups.length > 0) this.act(this.root, { type: 'directory-told', absences: {}, groups: Object.fromEntries(groups), left: {} }, { kind: 'system', source: DIRECTORY });
  }

  /** Gives a command, and delivers all that follows from it. @returns why it was refused, or null. */
  act(stream: StreamId, command: Typed & Readonly<Record<string, unknown>>, authority: Authority): Rejection | null {
    const rejection = this.apply(stream, command, authority);
    if (!rejection) this.deliver();
    return rejection;
  }

  /** Tells again what followed from an event: it may have been on its way when the processes were looked at. Who has heard it ignores it. */
  retell(stream: StreamId, event: Typed & Readonly<Record<string, unknown>>): void {
    const actor = this.actors.get(stream);
    if (!actor) return;
    this.letters.push(...lettersOf(actor, actor.state, { seq: actor.seq, at: this.now, by: { kind: 'system', source: 'upkeep' }, commandId: '', event }));
    this.deliver();
  }

  /** Has all gates and tasks find done what they ask of backlogs and handovers, from here on. */
  assumeBacklogs(): this {
    for (const [phase, stands] of Object.entries(this.project().stands ?? {})) {
      this.act(this.root, { type: 'items-stand', phase, stands: allDone(Object.keys(stands)) }, { kind: 'system', source: 'upkeep' });
    }
    for (const [stream, { input: { phase } }] of this.stages()) {
      const asked = (phase.gate?.criteria ?? []).filter(({ kind }) => kind === 'backlog').map(({ key }) => [key, true] as const);
      if (asked.length > 0) this.act(stream, { type: 'backlog-stands', met: Object.fromEntries(asked) }, { kind: 'system', source: 'upkeep' });
    }
    for (const phase of Object.keys(this.project().handovers ?? {})) this.act(this.root, { type: 'handover-stands', phase, reached: 'transferred' }, { kind: 'system', source: 'upkeep' });
    return this;
  }

  /** All processes as they stand now. */
  standings(): readonly Standing[] {
    return [...this.actors].map(([stream, { process, state }]) => ({ process: process.name, stream, state }));
  }

  /** What happened since this was last asked. */
  takeHappened(): readonly Happened[] {
    const taken = this.happened;
    this.happened = [];
    return taken;
  }

  project(): ProjectState {
    return this.actors.get(this.root)?.state as ProjectState;
  }

  stage(stream: StreamId): StageState | undefined {
    return this.stateOf<StageState>(stream, 'stage');
  }

  approval(stream: StreamId): ApprovalState | undefined {
    return this.stateOf<ApprovalState>(stream, 'approval');
  }

  private stateOf<S>(stream: StreamId, name: ProcessName): S | undefined {
    const actor = this.actors.get(stream);
    return actor?.process.name === name ? (actor.state as S) : undefined;
  }

  private add(name: ProcessName, stream: StreamId, input: Readonly<Record<string, unknown>>): void {
    if (this.actors.has(stream)) return;
    const process = PROCESSES[name] as unknown as AnyProcess;
    this.actors.set(stream, this.options.steps?.begin(process, stream, input) ?? begin(process, stream, input));
    if (process.opening) this.apply(stream, process.opening, { kind: 'system', source: 'upkeep' });
  }

  private apply(stream: StreamId, command: Typed, authority: Authority): Rejection | null {
    const actor = this.actors.get(stream);
    if (!actor) return { code: 'unknown-command' };
    const { steps } = this.options;
    const step = steps && steps.now === this.now ? steps.take(actor, command, authority) : takeStep(actor, command, authority, this.now);
    if (!('to' in step)) return step;
    this.actors.set(stream, step.to);
    this.happened.push(...step.happened);
    this.letters.push(...step.letters);
    return null;
  }

  private deliver(): void {
    for (let place = 0; place < this.letters.length; place += 1) {
      if (place > MAX_LETTERS) throw new Error('the project does not come to rest');
      const { from, effect } = this.letters[place] as Letter;
      if (effect.kind === 'start-child') this.add(effect.process, effect.id, effect.input as Readonly<Record<string, unknown>>);
      else if (effect.kind === 'message') {
        const to = this.actors.get(effect.to);
        if (to && !to.process.isFinal(to.state)) this.apply(effect.to, asPlayed(effect.message), { kind: 'system', source: from });
      }
    }
    this.letters.length = 0;
  }
}

/** What teams do on backlogs and in handovers is not played: gates and tasks find done what they ask of them. */
function asPlayed(message: Message): Message {
  if (message.type === 'handover-stands') return { ...message, reached: 'transferred' };
  if (message.type === 'backlog-stands') return { ...message, met: Object.fromEntries(Object.keys(message['met'] as object).map((key) => [key, true])) };
  if (message.type === 'items-stand') return { ...message, stands: allDone(Object.keys(message['stands'] as object)) };
  return message;
}

const allDone = (keys: readonly string[]): AwaitedStands => Object.fromEntries(keys.map((key) => [key, { met: true, left: [] }]));

/** Ticks what a task can't be completed without. */
export function tickOff(play: Play, stream: StreamId, task: Key): void {
  const stage = play.stage(stream);
  const open = stage ? openItems(stage, task) : [];
  if (open.length > 0) play.act(stream, { type: 'change-checklist', task, tick: open }, OFFICE);
}
