/** The one shell that turns any process into a durable workflow; see `docs/architecture.md`. */
import {
  ActivityFailure, ApplicationFailure, CancellationScope, allHandlersFinished, condition, continueAsNew, defineQuery, defineSignal, defineUpdate, isCancellation,
  log, setHandler, sleep, workflowInfo,
} from '@temporalio/workflow';
import type { Rejection } from '../../domain/errors';
import type { Process } from '../../domain/process';
import { RULES } from '../../domain/rules';
import type { Answers, CommandAnswer, CommandEnvelope, Entry, LiveRows, Pending } from '../contract';
import { ANSWERED, QUERY_PENDING, QUERY_ROWS, QUERY_STATE, REFUSED, SIGNAL_CALL_BACK, SIGNAL_ROLLOVER, UPDATE_ASK, UPDATE_COMMAND, batchOf } from '../contract';
import { patient, quick } from './activities';
import type { RunArgument } from './carried';
import { begin } from './carried';
import { carryOut, goAlong, messageSignal } from './effects';
import { Runner } from './runner';
import { ANSWERS_PROJECTED, ENDS_SETTLED, FOLLOWS_HISTORY, HANDS_OUT, HEARS_ALL, KEEPS_TIME, ONE_ORDER, OPENS_FIRST } from './since';
import { Traces } from './traces';

const commandUpdate = defineUpdate<CommandAnswer, [CommandEnvelope]>(UPDATE_COMMAND);
const rolloverSignal = defineSignal(SIGNAL_ROLLOVER);
const callBackSignal = defineSignal(SIGNAL_CALL_BACK);
const askUpdate = defineUpdate<never, [keyof Answers]>(UPDATE_ASK);
const stateQuery = defineQuery<unknown>(QUERY_STATE);
const rowsQuery = defineQuery<LiveRows>(QUERY_ROWS);
const pendingQuery = defineQuery<Pending>(QUERY_PENDING);

/** With a full outbox a run continues as new only when its history comes near the server's limit of 51,200 events. */
const MUST_CONTINUE_AT_EVENTS = 30_000;
/** A command hands out when another came so shortly before: that one's successor is likely to confirm it, at no cost. */
const IN_A_ROW_MS = 10_000;
/** How long what is handed out may stay unconfirmed until the workflow projects it itself. */
const CALL_BACK_MS = 10_000;
/** Most characters of rows and notices that an answer hands out: what is larger goes to the log from here, and not by way of the history. */
const HAND_OUT_CHARACTERS = 16_000;
/** How long a due command that changed nothing waits until it is tried again. */
const DUE_AGAIN_MS = 60_000;

const refused = (rejection: Rejection): ApplicationFailure =>
  ApplicationFailure.create({ type: REFUSED, message: rejection.code, nonRetryable: true, details: [rejection] });

/**
 * Runs a process until nothing can happen any more, everything is projected and every effect is carried out.
 * @param projectOf Reads from the input to which project the stream belongs.
 */
export async function runProcess<I, S, C extends { readonly type: string }, E extends { readonly type: string }>(
  process: Process<I, S, C, E>, argument: RunArgument<I, S>, projectOf: (input: I) => string,
): Promise<void> {
  const { input, rules } = argument;
  // Its argument can't become right: such a run ends at once, loudly.
  if (!Number.isInteger(rules)) throw ApplicationFailure.nonRetryable('the start argument names no rules');
  // A newer worker will know them: until then the workflow task is tried again.
  if (rules > RULES) throw new Error(`this worker knows rules up to ${RULES}, the run follows ${rules}`);
  const { workflowId: stream } = workflowInfo();
  const runner = new Runner(process, stream, argument.carried ?? begin(process as unknown as Process<I, S, never, never>, input, stream, rules), rules);
  const frame = { project: projectOf(input), process: process.name, rules };
  const inLoops = rules < ONE_ORDER;
  let rolloverAsked = false;
  let broken: string | undefined;
  let projecting = false;
  let patiently = false;
  let acting = false;
  /** Commands whose answers wait for the projection. */
  let waiting: readonly { readonly hasOutcome: () => boolean; readonly resolve: () => void }[] = [];
  /** When the last command came. */
  let commandAt = -Infinity;
  let stopped = false;
  let failure: { readonly error: unknown } | undefined;
  const fail = (error: unknown): void => { failure ??= { error }; };
  const traces = new Traces(rules, () => runner.seq, fail);
  // Of each wait and each activity in a scope that can be cancelled the SDK keeps all that it was given, until the run ends: of commands,
  // every batch. Nothing cancels a run but an operator, at the server; the loop at the end hears of that.
  const lasting = new CancellationScope({ cancellable: false });

  const present = () => ({ now: Date.now(), length: workflowInfo().historyLength, isLong: workflowInfo().continueAsNewSuggested });
  /** How it was in the last workflow task that leaves a command for certain: no replay puts that together with another. */
  let known = present();
  /** Told where the workflow task under way is such a one. */
  const look = (): void => { known = present(); };
  const asOf = (): ReturnType<typeof present> => (rules >= FOLLOWS_HISTORY ? known : present());

  const wantsContinue = (): boolean => rolloverAsked || asOf().isLong;
  /**
   * A workflow task in which somebody asks for the state ends while a batch is on its way beside it: what comes in the next one comes before the end of that,
   * and together with it in a replay.
   */
  const mustWait = (): boolean => rules >= HEARS_ALL && projecting && !patiently;
  /** What came meanwhile: it has the time at which that batch has ended, in a replay too. */
  let unheard: readonly (() => void)[] = [];
  const mustDefer = (): boolean => rules >= KEEPS_TIME && (mustWait() || unheard.length > 0);
  /** Something that comes about when all before it is heard. */
  const inTurn = (step: () => void): void => {
    const noted = (): void => {
      runner.during(workflowInfo().historyLength);
      const before = runner.seq;
      step();
      if (runner.seq === before) return;
      look();
      traces.happened();
    };
    if (mustDefer()) unheard = [...unheard, noted];
    else noted();
  };
  const issue = (command: unknown, source: 'timer' | 'upkeep'): void => inTurn(() => { runner.issue(command as C, source, Date.now()); });
  const open = (): void => {
    if (!argument.carried && process.opening) issue(process.opening, 'upkeep');
  };
  // Setting a handler delivers what came before the first task: a process that is not open yet would let it fall.
  if (rules >= OPENS_FIRST) open();

  const carryOutCommand = (envelope: CommandEnvelope): CommandAnswer | Promise<CommandAnswer> => {
    runner.during(workflowInfo().historyLength);
    if (envelope.logged && rules >= HANDS_OUT) runner.outbox.confirm(envelope.logged);
    const before = runner.outbox.added;
    const answer = broken === undefined ? runner.execute(envelope, Date.now()) : brokenRejection(broken);
    if ('code' in answer) throw refused(answer);
    if (rules < ANSWERS_PROJECTED) return answer;
    const inARow = Date.now() - commandAt <= IN_A_ROW_MS;
    commandAt = Date.now();
    const entry = envelope.projects && rules >= HANDS_OUT && inARow && runner.outbox.added > before ? handOut() : undefined;
    return entry ? { ...answer, handedOut: { ...frame, prevHash: entry.prevHash, rows: entry.rows, notices: entry.notices } } : projected(answer);
  };
  setHandler(commandUpdate, (envelope) => {
    look();
    traces.note();
    if (!mustDefer()) return carryOutCommand(envelope);
    return new Promise<CommandAnswer>((resolve, reject) => {
      inTurn(() => {
        try {
          resolve(carryOutCommand(envelope));
        } catch (error) {
          reject(error as Error);
        }
      });
    });
  }, {
    // Synchronous: a refused command leaves no trace in the history.
    validator: (envelope: CommandEnvelope) => {
      const rejection = broken === undefined ? runner.refusal(envelope, Date.now()) : brokenRejection(broken);
      if (rejection) throw refused(rejection);
    },
  });
  setHandler(messageSignal, (from, number, ...messages) => inTurn(() => {
    for (const [place, message] of messages.entries()) {
      const rejection = runner.hear(from, number + place, message, Date.now());
      if (rejection) log.warn('message refused', { from, type: message.type, code: rejection.code });
    }
  }));
  setHandler(rolloverSignal, () => {
    rolloverAsked = true;
    if (runner.outbox.length > 0) traces.happened();
  });
  setHandler(callBackSignal, () => { runner.outbox.callBack(); });
  setHandler(stateQuery, () => runner.state);
  const answers: { readonly [Q in keyof Answers]: () => Answers[Q] } = {
    rows: () => runner.rows(),
    pending: () => ({
      seq: runner.seq, head: runner.head, rules, unprojected: runner.outbox.length, logged: (runner.outbox.firstSeq ?? runner.seq + 1) - 1, effects: runner.effects.length,
    }),
  };
  setHandler(rowsQuery, answers.rows);
  setHandler(pendingQuery, answers.pending);
  // The answer is the refusal: none is ever accepted.
  const answer = (question: keyof Answers): never => {
    throw ApplicationFailure.create({ type: ANSWERED, message: question, nonRetryable: true, details: [answers[question]()] });
  };
  setHandler(askUpdate, answer, { validator: answer });

  if (rules < OPENS_FIRST) open();

  /** The answer once its projection, beside the same workflow task, has an outcome; at once while the database is away. */
  async function projected(answer: CommandAnswer): Promise<CommandAnswer> {
    const all = runner.outbox.added;
    const hasOutcome = (): boolean => runner.outbox.gone >= all || patiently || broken !== undefined;
    if (inLoops) await lasting.run(() => condition(hasOutcome));
    else if (!hasOutcome()) await new Promise<void>((resolve) => { waiting = [...waiting, { hasOutcome, resolve }]; });
    return runner.outbox.gone >= all ? { ...answer, projected: true } : answer;
  }

  function tellWaiting(): void {
    const [over, others] = [waiting.filter(({ hasOutcome }) => hasOutcome()), waiting.filter(({ hasOutcome }) => !hasOutcome())];
    waiting = others;
    for (const { resolve } of over) resolve();
  }

  /** Leaves the last entry to whoever sent its command. Undefined: the workflow projects it itself. */
  function handOut(): Entry | undefined {
    if (runner.isFinal() || wantsContinue()) return undefined;
    return runner.outbox.handOut(({ events, rows, notices }) =>
      // The first batch of a stream carries what it was started with.
      events.length > 0 && events[0]?.seq !== 1 && JSON.stringify([rows, notices]).length <= HAND_OUT_CHARACTERS);
  }

  /** What is handed out stays so, unless the run is to be followed by another. */
  const mayProject = (): boolean =>
    !projecting && broken === undefined && (runner.outbox.hasOwn || (runner.outbox.length > 0 && wantsContinue()));

  /** One batch, in loops one after another: first beside the workflow task, and when the database is away by a patient activity. */
  async function project(): Promise<void> {
    do {
      if (inLoops) await condition(() => mayProject() || stopped);
      if (stopped) return;
      projecting = true;
      runner.during(workflowInfo().historyLength);
      const entries = runner.outbox.next();
      const final = runner.isFinal() && entries.length === runner.outbox.length;
      const start = entries[0]?.events[0]?.seq === 1 ? { input } : {};
      const { settled } = runner;
      const batch = batchOf(entries, { ...frame, stream, final, settled, ...start });
      let logged = false;
      try {
        await quick.project(batch).catch(async (error: unknown) => {
          look();
          if (isCancellation(error) || isBroken(error)) throw error;
          patiently = true;
          tellWaiting();
          // By then the task that scheduled it, and so all that it carries, is in the history. When it ends, a command of people that came with that news would
          // be answered as before it, and replayed as after it, if the tasks were put together.
          const done = patient.project({ ...batch, settled: batch.events.at(-1)?.seq ?? settled });
          await (rules < HEARS_ALL ? done : done.finally(() => traces.leave()));
        });
        logged = true;
      } catch (error) {
        if (!isBroken(error)) throw error;
        broken = String((error as ActivityFailure).cause?.message);
        log.error('the record of this stream is broken: it accepts nothing until it is repaired and rolled over', { broken });
      } finally {
        look();
        runner.outbox.drain(logged);
        projecting = false;
        patiently = false;
        tellWaiting();
      }
    } while (inLoops);
  }

  const mayAct = (): boolean => !acting && runner.effects.length > 0;

  /** One effect, in loops one after another: each waits for the one before. */
  async function act(): Promise<void> {
    do {
      if (inLoops) await condition(() => mayAct() || stopped);
      const [effect] = runner.effects;
      if (!effect) return;
      acting = true;
      look();
      traces.note();
      const further = goAlong(runner, effect);
      await carryOut(runner, effect, further, rules, (command) => issue(command, 'upkeep'));
      runner.effects.splice(0, 1 + further.length);
      acting = false;
    } while (inLoops);
  }

  /** A timer stands in the history by itself; that what it rings for is over may leave nothing. */
  function ringsNow(): void {
    if (rules < FOLLOWS_HISTORY) return;
    look();
    traces.happened();
  }

  let armedAt = Infinity;
  let quietUntil = 0;
  let timer: CancellationScope | undefined;
  let rang = false;
  const nextDue = (): number => {
    const due = runner.due();
    return due ? Math.max(due.at, quietUntil) : Infinity;
  };
  /** Arms the timer for the next due moment. One that became later is left: it rings, finds nothing, and is armed anew. */
  function arm(): void {
    const at = nextDue();
    if (at >= armedAt) return;
    timer?.cancel();
    armedAt = at;
    traces.note();
    timer = new CancellationScope();
    timer.run(async () => {
      await sleep(Math.max(1, at - Date.now()));
      ringsNow();
      armedAt = Infinity;
      rang = true;
    }).catch((error: unknown) => {
      if (!isCancellation(error)) throw error;
    });
  }
  function ring(): void {
    rang = false;
    for (let due = runner.due(); due && Math.max(due.at, quietUntil) <= asOf().now; due = runner.due()) {
      const before = runner.seq;
      issue(due.command, 'timer');
      if (runner.seq > before) continue;
      quietUntil = Date.now() + DUE_AGAIN_MS;
      traces.happened();
    }
  }

  const mayContinue = (): boolean => runner.effects.length === 0 && allHandlersFinished()
    && ((runner.outbox.length === 0 && !projecting) || broken !== undefined || asOf().length > MUST_CONTINUE_AT_EVENTS);
  const hasEnded = (): boolean => runner.isFinal() && runner.outbox.length === 0 && runner.effects.length === 0;

  /**
   * Whether the last events came about in the workflow task under way. The server refuses the end of a run when anything came in
   * meanwhile, such as that its last child has closed, and repeats the task: what it had projected would be made twice.
   */
  const mayBeRepeated = (): boolean => {
    runner.during(workflowInfo().historyLength);
    return runner.seq > runner.settled;
  };

  let callBackTimer: CancellationScope | undefined;
  const callBackAt = (): number => (runner.outbox.handedOutAt ?? Infinity) + CALL_BACK_MS;
  const mustArmCallBack = (): boolean => (runner.outbox.handedOutAt !== undefined) !== (callBackTimer !== undefined);
  /** Who should have projected what was handed out may be gone. */
  function armCallBack(): void {
    traces.note();
    callBackTimer?.cancel();
    callBackTimer = runner.outbox.handedOutAt === undefined ? undefined : new CancellationScope();
    callBackTimer?.run(async () => {
      await sleep(Math.max(1, callBackAt() - Date.now()));
      ringsNow();
      callBackTimer = undefined;
    }).catch((error: unknown) => {
      if (!isCancellation(error)) throw error;
    });
  }

  /** Conditions are looked at once more when nothing else moves in the workflow task under way. */
  async function allHeard(): Promise<void> {
    let asked = false;
    const looked = condition(() => asked);
    asked = true;
    await looked;
  }

  const isDue = (): boolean => nextDue() <= asOf().now;
  const isOver = (): boolean => failure !== undefined || hasEnded() || (wantsContinue() && mayContinue());
  const hasToDo = (): boolean =>
    !mustWait() && (traces.isWanted || unheard.length > 0 || isOver() || isDue() || callBackAt() <= asOf().now || mayProject() || mayAct() || nextDue() < armedAt || mustArmCallBack());

  const loops = inLoops ? Promise.all([lasting.run(project), act()]).catch(fail) : undefined;
  CancellationScope.current().cancelRequested.catch(fail);
  // A run that follows another within a second has its first task only after a while, and one between for a command that comes before. If all that task does
  // is to refuse, the server drops it, and the worker takes the next events for those that it has seen: a message was lost so.
  if (rules >= HEARS_ALL && argument.carried) traces.leave();
  for (;;) {
    if (inLoops) {
      if (rang) ring();
      arm();
      await condition(() => isOver() || rang || nextDue() < armedAt);
    } else {
      await lasting.run(() => condition(hasToDo));
      if (rules >= HEARS_ALL) await lasting.run(allHeard);
      const steps = unheard;
      unheard = [];
      for (const step of steps) step();
      if (isDue()) ring();
      if (callBackAt() <= asOf().now) {
        runner.outbox.callBack();
        traces.happened();
      }
      if (mayProject()) {
        // What was handed out, as the run is to be followed by another: nothing else need have happened.
        if (!runner.outbox.hasOwn) traces.happened();
        lasting.run(project).catch(fail);
      }
      if (mayAct()) act().catch(fail);
    }
    if (failure) throw failure.error;
    if (hasEnded()) {
      if (rules < ENDS_SETTLED || !mayBeRepeated()) break;
      // It ends in a workflow task of its own, which may be repeated as it makes nothing.
      await sleep(1);
      continue;
    }
    if (wantsContinue() && mayContinue()) {
      await continueAsNew<(next: RunArgument<I, S>) => Promise<void>>({ input, rules: RULES, carried: runner.carry(Date.now()) });
    }
    if (inLoops) continue;
    arm();
    if (mustArmCallBack()) armCallBack();
    traces.leaveIfWanted();
  }
  stopped = true;
  await loops;
  callBackTimer?.cancel();
  timer?.cancel();
  await condition(allHandlersFinished);
}

const brokenRejection = (reason: string): Rejection => ({ code: 'record-broken', facts: { reason } });

const isBroken = (error: unknown): boolean =>
  error instanceof ActivityFailure && error.cause instanceof ApplicationFailure && error.cause.type === 'chain-broken';
