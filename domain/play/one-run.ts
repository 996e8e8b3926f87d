/** One run of a simulation: the project is played to its end on a virtual clock, with people who can do one thing at a time. */
import { waitingFor } from '../approval/votes';
import type { PlanPhase } from '../plan';
import type { Instant, Key, PersonId, StreamId } from '../process';
import { responsibleRole } from '../stage/gate';
import { type StageTask, taskOf } from '../stage/tasks';
import type { StageState } from '../stage/types';
import { wantedBy } from './assignments';
import type { Cast } from './cast';
import { type Choose, evidenceFor, type Wanted } from './evidence';
import type { SimulationModel } from './model';
import { type Play, tickOff } from './play';
import { chanceOf, durationOf, remainingOf } from './random';
import { type Step, StepQueue } from './step-queue';
import { keptFree } from './voters';
import type { WorkClock } from '../work-clock';

interface Waiting {
  readonly stream: StreamId;
  readonly task: Key;
  readonly role: Key;
  readonly kind: 'task' | 'confirm';
  readonly since: number;
  readonly cause: Step | undefined;
  /** Who is at it when the run begins, and the working time that it has taken by then. */
  readonly begun?: { readonly person: PersonId; readonly elapsed: number };
}

/** A step of an approval that is open. */
interface Asked {
  readonly step: Key;
  readonly since: number;
}

/** What one run gives. Moments in milliseconds of working time on the clock. */
export interface RunResult {
  readonly end: number;
  readonly endAt: Instant;
  readonly status: string;
  /** When each gate was passed, the last time. */
  readonly gates: ReadonlyMap<Key, Instant>;
  /** Tasks (`PHASE/TASK`) on the chain of causes that ends with the project. */
  readonly critical: ReadonlySet<string>;
  /** Working time that the people of each role were busy, per week from the start. */
  readonly busy: ReadonlyMap<Key, readonly number[]>;
  /** Working time that tasks (`PHASE/TASK`) waited for somebody of their role, by role. */
  readonly waited: ReadonlyMap<Key, ReadonlyMap<string, number>>;
  /** Working time until the steps of gates were decided, by gate. */
  readonly answered: ReadonlyMap<Key, ReadonlyMap<Key, number>>;
  /** Phases that were open when nothing could happen any more, while the project had not ended. */
  readonly stuckIn: readonly Key[];
}

const WEEK_DAYS = 5;
/** A run that has taken so many steps goes round in circles. */
const MAX_STEPS = 50_000;

export class OneRun {
  private readonly play: Play;
  private readonly cast: Cast;
  private readonly idle = new Map<PersonId, boolean>();
  private readonly waiting: Waiting[] = [];
  private readonly steps = new StepQueue();
  private readonly rounds = new Map<string, number>();
  private readonly gates = new Map<Key, Instant>();
  private readonly busy = new Map<Key, number[]>();
  private readonly waited = new Map<Key, Map<string, number>>();
  private readonly answered = new Map<Key, Map<Key, number>>();
  private readonly asked = new Map<StreamId, Asked>();
  private readonly kept = new Map<PlanPhase, ReadonlySet<PersonId>>();
  private readonly able = new Map<PlanPhase, Map<Key, readonly PersonId[]>>();
  private readonly begin: number;
  private taken = 0;
  private now: number;
  private last: Step | undefined;

  constructor(private readonly model: SimulationModel, private readonly clock: WorkClock, private readonly run: number) {
    this.cast = model.origin.cast;
    this.begin = clock.toWork(model.start);
    this.now = this.begin;
    this.play = model.origin.play.fork();
  }

  go(): RunResult {
    this.takeUp();
    while (this.steps.length > 0 && this.taken < MAX_STEPS && !this.hasEnded()) {
      this.taken += 1;
      this.take(this.steps.pop());
    }
    const hasEnded = this.hasEnded();
    return {
      end: this.now - this.begin, endAt: this.clock.toInstant(this.now), status: hasEnded ? this.play.project().status : 'stuck', gates: this.gates,
      critical: this.chain(), busy: this.busy, waited: this.waited, answered: this.answered,
      stuckIn: hasEnded ? [] : this.play.stages().filter(([, { status }]) => status === 'open').map(([, { input }]) => input.phase.key),
    };
  }

  private hasEnded(): boolean {
    const { status } = this.play.project();
    return status === 'completed' || status === 'stopped' || status === 'cancelled';
  }

  /** What is under way when the run begins: claimed tasks first, as people are at them already. */
  private takeUp(): void {
    const open = this.play.stages().filter(([, { status }]) => status === 'open' || status === 'passed');
    for (const [stream, stage] of open) this.goOn(stream, stage);
    for (const [stream, stage] of open) {
      for (const [key, { status, reopened }] of Object.entries(stage.tasks)) {
        const times = reopened + (status === 'done' || status === 'to-check' ? 1 : 0);
        if (times > 0) this.rounds.set(`${stream}/${key}`, times);
        if (status === 'ready') this.enqueue(stream, key, 'task', undefined);
        else if (status === 'to-check') this.enqueue(stream, key, 'confirm', undefined);
      }
    }
    for (const [stream, { stepOpenedAt }] of this.play.openApprovals()) this.askVoters(stream, undefined, this.elapsedSince(stepOpenedAt));
    this.assign();
  }

  private goOn(stream: StreamId, stage: StageState): void {
    const { claimedAt } = this.model.origin;
    for (const [key, { status, assignee, readyAt }] of Object.entries(stage.tasks)) {
      if (status !== 'claimed' || assignee === undefined) continue;
      const since = claimedAt[`${stream}/${key}`] ?? readyAt ?? this.model.start;
      this.enqueue(stream, key, 'task', undefined, { person: assignee, elapsed: this.elapsedSince(since) });
    }
  }

  /** Working time from a moment before the run until it begins; that of a hold does not count. */
  private elapsedSince(at: Instant): number {
    return Math.max(0, this.clock.toWork(this.model.origin.until) - this.clock.toWork(at));
  }

  private chance(question: string): number {
    return chanceOf(this.model.seed, `${this.run}/${question}`);
  }

  private take(step: Step): void {
    this.now = step.at;
    this.play.now = this.clock.toInstant(step.at);
    if (step.kind === 'vote') this.vote(step);
    else if (step.kind === 'rung') this.climb(step);
    else this.finish(step);
    this.last = step;
    this.follow(step);
  }

  private finish(step: Step): void {
    const { stream, task, person } = step;
    this.idle.set(person, true);
    const stage = this.play.stage(stream);
    if (!stage) return;
    this.noteBusy(responsibleRole(stage, task), step.began, step.at);
    const authority = this.cast.authority(person);
    if (step.kind === 'confirm') this.play.act(stream, { type: 'confirm', task }, authority);
    else {
      tickOff(this.play, stream, task);
      this.play.act(stream, { type: 'complete', task, evidence: this.evidence(stage, task) }, authority);
    }
  }

  private evidence(stage: StageState, key: Key) {
    const planned = taskOf(stage.input.phase, key);
    if (!planned) return { proof: { text: 'play' } };
    const choose: Choose = (field, count) => Math.floor(this.chance(`${stage.input.id}/${key}/${field}`) * count);
    return evidenceFor(planned, this.wantedIn(stage), choose);
  }

  /** What the gate of a stage asks of its evidence, given what the phases before it said. Found once for all runs. */
  private wantedIn({ input: { phase, facts = {} } }: StageState): Wanted {
    const key = `${phase.key} ${JSON.stringify(facts)}`;
    const known = this.model.wanted.get(key) ?? wantedBy(phase, facts) ?? new Map();
    this.model.wanted.set(key, known);
    return known;
  }

  private vote({ stream, person }: Step): void {
    const approval = this.play.approval(stream);
    if (approval?.status !== 'open') return;
    const { gate, digest, tasks, policy } = approval.input;
    const asked = `${stream}/${person}`;
    const may = policy.outcomes ?? ['approve', 'rework'];
    const isRework = may.includes('rework') && tasks.length > 0 && this.chance(`${asked}/outcome`) < (this.model.rejection[gate] ?? this.model.rejectionRate);
    const authority = this.cast.authority(person);
    const reason = { text: 'play' };
    if (!isRework) {
      this.play.act(stream, { type: 'decide', outcome: 'approve', digest, reason }, authority);
      return;
    }
    const task = tasks[Math.floor(this.chance(`${asked}/rework`) * tasks.length)] ?? '';
    this.play.act(stream, { type: 'decide', outcome: 'rework', digest, reason, rework: [task] }, authority);
  }

  /** What follows from the last step: tasks that wait for people, approvals that wait for votes; then whoever is free takes what waits. */
  private follow(cause: Step | undefined): void {
    for (const { stream, event } of this.play.takeHappened()) {
      const task = event['task'] as Key;
      switch (event.type) {
        case 'task-ready':
        case 'task-reopened':
        case 'task-sent-back':
        case 'condition-set': this.enqueue(stream, task, 'task', cause); break;
        case 'task-delivered': this.enqueue(stream, task, 'confirm', cause); break;
        case 'task-waiting':
        case 'task-dropped': this.forget(stream, task); break;
        case 'approval-opened':
        case 'step-opened':
          this.noteAnswered(stream);
          this.askVoters(stream, cause, 0);
          break;
        case 'rung-reached': this.askStandIns(stream, cause); break;
        case 'approval-decided': this.noteAnswered(stream); break;
        case 'phase-passed': this.notePassed(event['phase'] as Key); break;
      }
    }
    this.assign();
  }

  /** Time brings the next rung of an approval that is still open. */
  private climb({ stream }: Step): void {
    const [rung] = this.play.approval(stream)?.rungs ?? [];
    // It may have been that of a step before; and what is rounded away must not keep one from its moment.
    if (!rung || this.clock.toWork(rung.at) > this.now + 1) return;
    this.play.now = Math.max(this.play.now, rung.at);
    this.play.act(stream, { type: 'remind' }, { kind: 'system', source: 'timer' });
  }

  private notePassed(phase: Key): void {
    const gate = this.model.plan.phases.find(({ key }) => key === phase)?.gate;
    if (gate) this.gates.set(gate.key, this.play.now);
  }

  private enqueue(stream: StreamId, task: Key, kind: Waiting['kind'], cause: Step | undefined, begun?: Waiting['begun']): void {
    const stage = this.play.stage(stream);
    if (stage) this.waiting.push({ stream, task, role: responsibleRole(stage, task), kind, since: this.now, cause, ...(begun && { begun }) });
  }

  private forget(stream: StreamId, task: Key): void {
    const place = this.waiting.findIndex((each) => each.stream === stream && each.task === task);
    if (place >= 0) this.waiting.splice(place, 1);
  }

  private assign(): void {
    // Of whom nobody is free now: people only become busy meanwhile.
    const busy = new Set<readonly PersonId[]>();
    for (let place = 0; place < this.waiting.length;) {
      const each = this.waiting[place] as Waiting;
      const person = this.freePerson(each, busy);
      if (person === undefined) {
        place += 1;
        continue;
      }
      this.waiting.splice(place, 1);
      this.idle.set(person, false);
      const waited = this.now - each.since;
      if (waited > 0) this.noteWaited(each, waited);
      // What let it begin: the step that made it ready, or the one that just set somebody free.
      const cause = waited > 0 ? this.last : each.cause;
      this.steps.push({
        at: this.now + this.durationFor(each), kind: each.kind, stream: each.stream, task: each.task, person, began: this.now, cause, order: this.taken,
      });
    }
  }

  private freePerson({ stream, task, role, kind, begun }: Waiting, busy: Set<readonly PersonId[]>): PersonId | undefined {
    if (begun) return this.idle.get(begun.person) === false ? undefined : begun.person;
    const stage = this.play.stage(stream);
    if (!stage) return undefined;
    const state = stage.tasks[task];
    if (kind === 'task') {
      if (state?.assignee !== undefined) return this.freeAmong([state.assignee]);
      const able = this.ableIn(stage, role);
      if (busy.has(able)) return undefined;
      const free = this.freeAmong(able);
      if (free === undefined) busy.add(able);
      return free;
    }
    const accountable = taskOf(stage.input.phase, task)?.rasci.a;
    const others = [...this.cast.of(role), ...(accountable === undefined ? [] : this.cast.of(accountable))].filter((person) => person !== state?.doneBy);
    return this.freeAmong(this.besidesVoters(stage, others));
  }

  private freeAmong(persons: readonly PersonId[]): PersonId | undefined {
    return persons.find((person) => this.idle.get(person) !== false);
  }

  /** Who does the tasks of a role in a phase. */
  private ableIn(stage: StageState, role: Key): readonly PersonId[] {
    const { phase } = stage.input;
    const known = this.able.get(phase) ?? new Map<Key, readonly PersonId[]>();
    this.able.set(phase, known);
    const able = known.get(role) ?? this.besidesVoters(stage, this.cast.of(role));
    known.set(role, able);
    return able;
  }

  /** Of these people, those who need not keep out of the work to decide on it; all, where that leaves nobody. */
  private besidesVoters(stage: StageState, persons: readonly PersonId[]): readonly PersonId[] {
    const { phase } = stage.input;
    const kept = this.kept.get(phase) ?? keptFree(stage, (role) => this.cast.of(role));
    this.kept.set(phase, kept);
    const others = persons.filter((person) => !kept.has(person));
    return others.length > 0 ? others : persons;
  }

  private durationFor({ stream, task, kind, begun }: Waiting): number {
    const { dayMs } = this.clock;
    if (kind === 'confirm') return this.model.confirmDays * dayMs;
    const stage = this.play.stage(stream);
    const planned = stage && taskOf(stage.input.phase, task);
    const round = (this.rounds.get(`${stream}/${task}`) ?? 0) + 1;
    this.rounds.set(`${stream}/${task}`, round);
    const estimate = planned ? estimateOf(planned) : ([0.5, 1, 3] as const);
    const chance = this.chance(`${stream}/${task}/${round}`);
    // Doing a thing again takes less than doing it.
    const share = round > 1 ? this.model.reworkShare : 1;
    if (!begun) return durationOf(estimate, chance) * share * dayMs;
    return remainingOf(estimate, begun.elapsed / dayMs / share, chance) * share * dayMs;
  }

  /** @param elapsed working time for which they have been asked already. */
  private askVoters(stream: StreamId, cause: Step | undefined, elapsed: number): void {
    const approval = this.play.approval(stream);
    const step = approval?.input.policy.steps[approval.step];
    if (!approval || !step) return;
    this.asked.set(stream, { step: step.key, since: this.now });
    this.awaitRungs(stream, cause);
    for (const person of waitingFor(approval)) this.await(stream, person, cause, elapsed);
  }

  /** The vote of a person, after the time that it takes. */
  private await(stream: StreamId, person: PersonId, cause: Step | undefined, elapsed: number): void {
    const { dayMs } = this.clock;
    const days = remainingOf(this.model.responseDays, elapsed / dayMs, this.chance(`${stream}/${person}/response`));
    this.steps.push({ at: this.now + days * dayMs, kind: 'vote', stream, task: '', person, began: this.now, cause, order: this.taken });
  }

  /** Whom the ladder brought is asked from now on. */
  private askStandIns(stream: StreamId, cause: Step | undefined): void {
    const approval = this.play.approval(stream);
    if (approval?.status !== 'open') return;
    const persons = waitingFor(approval).filter((person) => !this.steps.has((step) => step.kind === 'vote' && step.stream === stream && step.person === person));
    for (const person of persons) this.await(stream, person, cause, 0);
  }

  private awaitRungs(stream: StreamId, cause: Step | undefined): void {
    for (const { at } of this.play.approval(stream)?.rungs ?? []) {
      this.steps.push({ at: Math.max(this.now, this.clock.toWork(at)), kind: 'rung', stream, task: '', person: '', began: this.now, cause, order: this.taken });
    }
  }

  private noteAnswered(stream: StreamId): void {
    const asked = this.asked.get(stream);
    const approval = this.play.approval(stream);
    if (!asked || !approval) return;
    this.asked.delete(stream);
    addTo(this.answered, approval.input.gate, asked.step, this.now - asked.since);
  }

  private noteWaited({ stream, task, role }: Waiting, waited: number): void {
    const phase = this.play.stage(stream)?.input.phase.key;
    if (phase !== undefined) addTo(this.waited, role, `${phase}/${task}`, waited);
  }

  private noteBusy(role: Key, from: number, to: number): void {
    const weekMs = this.clock.dayMs * WEEK_DAYS;
    const weeks = this.busy.get(role) ?? [];
    for (let at = from; at < to;) {
      const week = Math.floor((at - this.begin) / weekMs);
      const until = Math.min(to, this.begin + (week + 1) * weekMs);
      while (weeks.length <= week) weeks.push(0);
      weeks[week] = (weeks[week] ?? 0) + until - at;
      at = until;
    }
    this.busy.set(role, weeks);
  }

  private chain(): Set<string> {
    const critical = new Set<string>();
    for (let step = this.last; step; step = step.cause) {
      if (step.kind === 'vote' || step.kind === 'rung') continue;
      const phase = this.play.stage(step.stream)?.input.phase.key;
      if (phase !== undefined) critical.add(`${phase}/${step.task}`);
    }
    return critical;
  }
}

/** Adds to a total that is kept by two keys. */
export function addTo(totals: Map<Key, Map<string, number>>, first: Key, second: string, more: number): void {
  const inner = totals.get(first) ?? new Map<string, number>();
  inner.set(second, (inner.get(second) ?? 0) + more);
  totals.set(first, inner);
}

/** A task without an estimate takes a part of the time it is given, or a day or two. */
function estimateOf({ estimate, dueDays }: StageTask): readonly [number, number, number] {
  if (estimate) return estimate;
  return dueDays === undefined ? [0.5, 1, 3] : [dueDays * 0.1, dueDays * 0.25, dueDays * 0.6];
}
