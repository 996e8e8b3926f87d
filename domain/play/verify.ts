/**
 * Proof of a plan before it is published: its state space is explored with the real processes, move by move, shortest first. Tasks that can be
 * done are done at once (their order changes nothing that follows); what is explored are the answers of gates, the evidence that conditions ask
 * for, and the parameters of the project.
 */
import type { Scalar } from '../expression';
import type { Plan } from '../plan';
import type { Authority, Instant, Key, StreamId } from '../process';
import type { ApprovalState } from '../approval/types';
import { currentStep, openSteps, raisedTo, waitingFor } from '../approval/votes';
import type { Rejection } from '../errors';
import { GLOBAL_ROLES } from '../permissions';
import { reachable } from '../reachable';
import { isMet, responsibleRole } from '../stage/gate';
import { type StageTask, taskOf } from '../stage/tasks';
import type { StageState } from '../stage/types';
import { answersOf } from './answers';
import { type Node, wayTo, withChoice } from './node';
import { type Assignment, Choices, type KnownChoices } from './assignments';
import { castOf, type Cast } from './cast';
import { evidenceFor, FIRST } from './evidence';
import type { Finding, Move, Subject } from './findings';
import { OFFICE, Play, Steps, tickOff } from './play';
import { checkPlan } from './check-plan';
import { sharing } from './sharing';
import { roundOf, stateKey } from './state-key';

export interface VerifyOptions {
  readonly start: Instant;
  /** States explored at most, per plan. */
  readonly maxStates?: number;
  /** Explored from where this project stands, instead of from its start: what is behind it is not judged. */
  readonly from?: Play;
}

export interface Verified {
  readonly findings: readonly Finding[];
  readonly states: number;
  readonly moves: number;
  /** What was left out, in words; empty when all was explored. */
  readonly unexplored: readonly string[];
}

const MAX_STATES = 600;
const MAX_CANCELLED = 200;
const REASON = { text: 'play' };
const TIME: Authority = { kind: 'system', source: 'timer' };
/** A role that many can hold is held by so many: enough for every quorum that a plan may ask for. */
const MANY = 3;

const START = 'start';
const NO_CHOICE: Assignment = new Map<string, Scalar>();
type Delivery = { readonly type: 'complete' } & Readonly<Record<string, unknown>>;

/** Explores one or several plans of the same template (for other parameters and inventories) and says what is wrong with it. */
export function verify(plans: readonly Plan[], options: VerifyOptions): Verified {
  const steps = new Steps(options.start);
  const known: KnownChoices = new WeakMap();
  const explorers = sharing(plans).map((plan) => new Explorer(plan, steps, known, options));
  for (const explorer of explorers) explorer.explore();
  const [first] = plans;
  const findings = new Map<string, Finding>();
  const add = (finding: Finding): void => {
    const id = `${finding.code} ${finding.subject.phase ?? ''} ${finding.subject.task ?? ''} ${finding.subject.gate ?? ''} ${finding.subject.role ?? ''} ${finding.subject.step ?? ''}`;
    const known = findings.get(id);
    if (!known || (finding.trace.length < known.trace.length)) findings.set(id, finding);
  };
  for (const explorer of explorers) explorer.findings.forEach(add);
  if (first && !options.from) neverHappens(first, explorers).forEach(add);
  plans.flatMap(checkPlan).forEach(add);
  return {
    findings: [...findings.values()],
    states: explorers.reduce((sum, { size }) => sum + size, 0), moves: explorers.reduce((sum, { moves }) => sum + moves, 0),
    unexplored: [...new Set(explorers.flatMap(({ unexplored, partial }) => [
      ...unexplored, ...[...partial].map((phase) => `phase ${phase}: each of its conditions was explored both ways, not all of them in every combination`),
    ]))],
  };
}

/** What no explored plan ever came to. */
function neverHappens(plan: Plan, explorers: readonly Explorer[]): Finding[] {
  const isComplete = explorers.every(({ unexplored }) => unexplored.size === 0);
  const seen = (what: (explorer: Explorer) => ReadonlySet<string>, key: string): boolean => explorers.some((explorer) => what(explorer).has(key));
  const never = (code: Finding['code'], subject: Subject): Finding => ({ code, subject, trace: [], confirmed: isComplete });
  return plan.phases.flatMap((phase): Finding[] => {
    if (!seen(({ opened }) => opened, phase.key)) return [never('phase-never', { phase: phase.key })];
    const tasks = phase.tasks.filter(({ key }) => !seen(({ begun }) => begun, `${phase.key}/${key}`))
      .map(({ key }) => never('task-never', { phase: phase.key, task: key }));
    if (!phase.gate) return tasks;
    const subject = { phase: phase.key, gate: phase.gate.key };
    if (!seen(({ asked }) => asked, phase.gate.key)) return [...tasks, never('gate-never', subject)];
    return seen(({ passed }) => passed, phase.gate.key) ? tasks : [...tasks, never('gate-never-passes', subject)];
  });
}

class Explorer {
  readonly findings: Finding[] = [];
  readonly unexplored = new Set<string>();
  /** Phases of which each condition was explored both ways, but not every combination of them. */
  readonly partial = new Set<Key>();
  /** What each state and each position on the way to one leads to. */
  private readonly edges = new Map<string, Set<string>>();
  readonly opened = new Set<Key>();
  readonly begun = new Set<string>();
  readonly asked = new Set<Key>();
  readonly passed = new Set<Key>();
  moves = 0;
  private readonly cast: Cast;
  private readonly choices: Choices;
  private readonly deliveries = new WeakMap<Assignment, WeakMap<StageTask, Delivery>>();
  private readonly nodes = new Map<string, Node>();
  private readonly finals = new Set<string>();
  private readonly maxStates: number;

  constructor(private readonly plan: Plan, private readonly steps: Steps, known: KnownChoices, private readonly options: VerifyOptions) {
    this.cast = castOf(plan, Object.fromEntries(plan.roles.map(({ key }) => [key, MANY])));
    this.choices = new Choices(plan, known);
    this.maxStates = options.maxStates ?? MAX_STATES;
  }

  get size(): number {
    return this.nodes.size;
  }

  explore(): void {
    const play = this.begin();
    const queue: Node[] = [];
    this.settle(play, undefined, undefined, new Map(), queue, START);
    for (let place = 0; place < queue.length; place += 1) {
      if (this.nodes.size >= this.maxStates) {
        this.unexplored.add(`more than ${this.maxStates} states: only the shortest ways were explored`);
        break;
      }
      this.expand(queue[place] as Node, queue);
    }
    if (this.plan.onCancel !== undefined) this.exploreCancelled(this.plan.onCancel);
    if (this.unexplored.size === 0) this.findTraps();
  }

  /** From wherever the project can be cancelled its closing must come to its end; most of these ways are one. */
  private exploreCancelled(closing: Key): void {
    const queue: Node[] = [];
    const running = Array.from(this.nodes.values());
    for (const node of running) {
      const { status, phases } = node.play.project();
      if (status !== 'running' || phases[closing]?.status !== 'waiting') continue;
      this.moves += 1;
      const play = node.play.fork();
      if (play.act(play.root, { type: 'cancel', reason: REASON }, OFFICE)) continue;
      this.settle(play, node, { kind: 'cancel' }, new Map(), queue, node.key);
    }
    for (let place = 0; place < queue.length; place += 1) {
      if (place >= MAX_CANCELLED) {
        this.unexplored.add(`more than ${MAX_CANCELLED} states after a cancellation: only the shortest ways were explored`);
        return;
      }
      this.expand(queue[place] as Node, queue);
    }
  }

  /** The project as it starts; or where it stands, with nobody holding it up: on no hold, no task claimed, each role held. */
  private begin(): Play {
    const { from, start } = this.options;
    if (!from) {
      const play = new Play(this.plan, start, { steps: this.steps });
      play.start(this.cast.holders);
      return play;
    }
    const play = from.sharing(this.steps);
    if (play.project().status === 'held') play.act(play.root, { type: 'resume' }, OFFICE);
    play.assign(this.cast.holders);
    for (const [stream, stage] of play.stages()) {
      for (const [task, { assignee, blocked }] of Object.entries(stage.tasks)) {
        if (assignee !== undefined) play.act(stream, { type: 'release', task }, OFFICE);
        if (blocked) play.act(stream, { type: 'unblock', task }, OFFICE);
      }
    }
    return play;
  }

  /** Lets people do all that can be done, in every way that matters; what comes to rest becomes a state. */
  private settle(
    play: Play, parent: Node | undefined, move: Move | undefined, chosen: ReadonlyMap<Key, Assignment>, queue: Node[], from: string,
  ): void {
    this.note(play);
    const position = `at ${stateKey(play, chosen)}`;
    const isKnown = this.edges.has(position);
    this.link(from, position);
    if (isKnown) return;
    this.edges.set(position, new Set());
    const undecided = play.stages().find(([, stage]) => stage.status === 'open' && !chosen.has(roundOf(stage)));
    if (undecided) {
      const [, stage] = undecided;
      const { phase } = stage.input;
      const assignments = this.choices.of(phase, play.project().facts ?? {});
      if (assignments.more) this.partial.add(phase.key);
      assignments.all.forEach((assignment, index) => {
        const branch = index === assignments.all.length - 1 ? play : play.fork();
        this.settle(branch, parent, withChoice(move, phase, assignment), new Map(chosen).set(roundOf(stage), assignment), queue, position);
      });
      return;
    }
    if (this.work(play, chosen)) {
      this.settle(play, parent, move, chosen, queue, position);
      return;
    }
    this.arrive(play, parent, move, chosen, queue, position);
  }

  private arrive(
    play: Play, parent: Node | undefined, move: Move | undefined, chosen: ReadonlyMap<Key, Assignment>, queue: Node[], from: string,
  ): void {
    const key = stateKey(play, chosen);
    this.link(from, key);
    if (this.nodes.has(key)) return;
    this.edges.set(key, new Set());
    const node: Node = { play, key, parent, move, chosen };
    this.nodes.set(key, node);
    queue.push(node);
    const { status } = play.project();
    if (status !== 'running') this.finals.add(key);
    else if (play.openApprovals().length === 0) this.stuck(node);
  }

  /** Does every task that is ready. @returns whether there was one. */
  private work(play: Play, chosen: ReadonlyMap<Key, Assignment>): boolean {
    let worked = false;
    for (const [stream, stage] of play.stages()) {
      if (stage.status !== 'open' && stage.status !== 'passed') continue;
      for (const [task, { status }] of Object.entries(stage.tasks)) {
        if (status === 'ready') worked = this.complete(play, stream, stage, task, chosen) || worked;
        else if (status === 'to-check') worked = this.confirm(play, stream, task) || worked;
      }
    }
    return worked;
  }

  private complete(play: Play, stream: StreamId, stage: StageState, task: Key, chosen: ReadonlyMap<Key, Assignment>): boolean {
    const [person] = this.cast.of(responsibleRole(stage, task));
    if (person === undefined) return false;
    tickOff(play, stream, task);
    return play.act(stream, this.delivery(stage, task, chosen.get(roundOf(stage)) ?? NO_CHOICE), this.cast.authority(person)) === null;
  }

  /** The command with which a task is completed; the same object for the same choice. */
  private delivery(stage: StageState, task: Key, choice: Assignment): Delivery {
    const planned = taskOf(stage.input.phase, task);
    if (!planned) return { type: 'complete', task, evidence: { proof: REASON } };
    const made = this.deliveries.get(choice) ?? new WeakMap<StageTask, Delivery>();
    this.deliveries.set(choice, made);
    const known = made.get(planned) ?? { type: 'complete', task, evidence: evidenceFor(planned, choice, FIRST) };
    made.set(planned, known);
    return known;
  }

  private confirm(play: Play, stream: StreamId, task: Key): boolean {
    const stage = play.stage(stream);
    const planned = stage && taskOf(stage.input.phase, task);
    if (!stage || !planned) return false;
    const doneBy = stage.tasks[task]?.doneBy;
    const other = [...this.cast.of(planned.rasci.r), ...this.cast.of(planned.rasci.a)].find((person) => person !== doneBy);
    return other !== undefined && play.act(stream, { type: 'confirm', task }, this.cast.authority(other)) === null;
  }

  /** All answers of all open gates. */
  private expand(node: Node, queue: Node[]): void {
    for (const [stream, { input }] of node.play.openApprovals()) {
      const { policy } = input;
      const answers = answersOf(this.plan, input);
      for (const { move, command } of answers) this.answer(node, stream, move, command, queue);
      if (policy.ladder) this.climb(node, stream, answers[0]?.command ?? {}, queue);
    }
  }

  private answer(node: Node, stream: StreamId, move: Move, command: Readonly<Record<string, unknown>>, queue: Node[]): void {
    this.moves += 1;
    const play = node.play.fork();
    const isApproval = move.outcome === 'approve' || move.outcome === 'approve-with-conditions';
    // Everybody who is asked answers the same, until the approval is decided.
    for (;;) {
      const approval = play.approval(stream);
      if (approval?.status !== 'open') break;
      const step = currentStep(approval);
      const [voter] = waitingFor(approval);
      if (voter === undefined) {
        // What the ladder brings may still reach it.
        if (isApproval && step && !approval.input.policy.ladder) this.findings.push({ code: 'quorum-unreachable', subject: { phase: approval.input.phase, gate: approval.input.gate, step: step.key }, ...wayTo(node), confirmed: true });
        return;
      }
      const rejection = play.act(stream, { type: 'decide', digest: approval.input.digest, reason: REASON, ...command }, this.cast.authority(voter));
      if (rejection) return;
    }
    this.goOn(node, play, move, queue);
  }

  /**
   * Nobody decides in time: the ladder is climbed to its end, step by step. What the policy answers is a way through; where it does not, those
   * who may vote by then must be able to decide.
   */
  private climb(node: Node, stream: StreamId, command: Readonly<Record<string, unknown>>, queue: Node[]): void {
    this.moves += 1;
    const play = node.play.fork();
    const { now } = play;
    for (;;) {
      for (let due = play.approval(stream); due?.status === 'open' && due.rungs?.[0]; due = play.approval(stream)) {
        play.now = Math.max(now, due.rungs[0].at);
        play.act(stream, { type: 'remind' }, TIME);
      }
      play.now = now;
      const approval = play.approval(stream);
      if (approval?.status !== 'open') break;
      const rejection = this.voteLate(play, stream, approval, command);
      if (rejection === 'nobody') {
        const step = currentStep(approval);
        const { phase, gate } = approval.input;
        this.findings.push({ code: 'quorum-unreachable', subject: { phase, gate, ...(step && { step: step.key }) }, ...wayTo(node), confirmed: true });
      }
      if (rejection) return;
    }
    const ended = play.approval(stream);
    if (ended?.outcome) this.goOn(node, play, { kind: 'ladder', gate: ended.input.gate, outcome: ended.outcome }, queue);
  }

  /** One of those who may vote when the ladder was climbed does so. */
  private voteLate(play: Play, stream: StreamId, approval: ApprovalState, command: Readonly<Record<string, unknown>>): Rejection | 'nobody' | null {
    const decide = { type: 'decide', digest: approval.input.digest, reason: REASON, ...command };
    const [voter] = waitingFor(approval);
    if (voter !== undefined) return play.act(stream, decide, this.cast.authority(voter));
    const beyond = openSteps(approval).flatMap(({ key }) => raisedTo(approval, key)).filter((role) => (GLOBAL_ROLES as readonly string[]).includes(role));
    return beyond.length > 0 ? play.act(stream, decide, { kind: 'person', person: 'play', roles: beyond }) : 'nobody';
  }

  private goOn(node: Node, play: Play, move: Move, queue: Node[]): void {
    // A round that was sent back is delivered otherwise, perhaps: its choices are open again.
    const chosen = new Map([...node.chosen].filter(([round]) => play.stages().some(([, stage]) => roundOf(stage) === round && (stage.status === 'open' || stage.status === 'passed'))));
    if (move.outcome === 'rework') for (const [, stage] of play.stages()) if (stage.input.phase.gate?.key === move.gate) chosen.delete(roundOf(stage));
    this.settle(play, node, move, chosen, queue, node.key);
  }

  private link(from: string, to: string): void {
    this.edges.get(from)?.add(to);
  }

  private note(play: Play): void {
    for (const { stream, event } of play.takeHappened()) {
      const phase = typeof event['phase'] === 'string' ? event['phase'] : undefined;
      if (event.type === 'phase-opened' && phase !== undefined) this.opened.add(phase);
      else if (event.type === 'phase-passed' && event['outcome'] !== 'stop') {
        const gate = this.plan.phases.find(({ key }) => key === phase)?.gate;
        if (gate) this.passed.add(gate.key);
      } else if (event.type === 'gate-opened' || event.type === 'task-ready') {
        const at = play.stage(stream)?.input.phase;
        if (!at) continue;
        if (event.type === 'gate-opened') this.asked.add(at.gate?.key ?? '');
        else this.begun.add(`${at.key}/${taskOf(at, String(event['task']))?.planned ?? ''}`);
      }
    }
  }

  private stuck(node: Node): void {
    const waiting = node.play.stages().map(([, stage]) => stage).find((stage) => stage.status === 'open');
    const subject: Subject = waiting
      ? { phase: waiting.input.phase.key, ...(waiting.input.phase.gate && { gate: waiting.input.phase.gate.key }) } : {};
    const criteria = waiting?.input.phase.gate?.criteria.filter((each) => each.mandatory && isMet(waiting, each) === false).map(({ key }) => key) ?? [];
    const tasks = waiting ? Object.entries(waiting.tasks).filter(([, { status }]) => status === 'waiting').map(([key]) => key) : [];
    this.findings.push({ code: 'stuck', subject, ...wayTo(node), confirmed: true, ...(tasks.length > 0 ? { tasks } : { criteria }) });
  }

  /** States that go on for ever: every way from them leads back among them. */
  private findTraps(): void {
    const before = new Map<string, string[]>();
    for (const [from, nexts] of this.edges) for (const next of nexts) before.set(next, [...(before.get(next) ?? []), from]);
    const reaches = reachable(this.finals, (key) => before.get(key) ?? []);
    for (const node of this.nodes.values()) {
      // One that is stuck, or leads to such a one, is reported as that.
      const [, approval] = node.play.openApprovals()[0] ?? [];
      if (reaches.has(node.key) || !approval || this.canGetStuck(node.key)) continue;
      this.findings.push({ code: 'endless-rework', subject: { phase: approval.input.phase, gate: approval.input.gate }, ...wayTo(node), confirmed: true });
      return;
    }
  }

  private canGetStuck(from: string): boolean {
    const next = (key: string): ReadonlySet<string> => this.edges.get(key) ?? new Set();
    return [...reachable([from], next)].some((key) => next(key).size === 0);
  }
}
