/** The one shell that turns any process into a durable workflow; see `docs/architecture.md`. */
import {
  ActivityFailure, ApplicationFailure, CancellationScope, ParentClosePolicy, allHandlersFinished, condition, continueAsNew, defineQuery,
  defineSignal, defineUpdate, getExternalWorkflowHandle, isCancellation, log, proxyActivities, proxyLocalActivities, setHandler, sleep,
  startChild, workflowInfo,
} from '@temporalio/workflow';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import type { Rejection } from '../../domain/errors';
import type { Effect, Message, Process, StreamId } from '../../domain/process';
import { RULES } from '../../domain/rules';
import type { CommandAnswer, CommandEnvelope, LiveRows, Pending, SluisActivities } from '../contract';
import {
  QUERY_PENDING, QUERY_ROWS, QUERY_STATE, REFUSED, SIGNAL_MESSAGE, SIGNAL_ROLLOVER, UPDATE_COMMAND, WORKFLOW_TYPE,
} from '../contract';
import type { RunArgument } from './carried';
import { begin } from './carried';
import { batchOf, batchSize } from './outbox';
import { Runner } from './runner';

const commandUpdate = defineUpdate<CommandAnswer, [CommandEnvelope]>(UPDATE_COMMAND);
const messageSignal = defineSignal<[from: StreamId, number: number, message: Message]>(SIGNAL_MESSAGE);
const rolloverSignal = defineSignal(SIGNAL_ROLLOVER);
const stateQuery = defineQuery<unknown>(QUERY_STATE);
const rowsQuery = defineQuery<LiveRows>(QUERY_ROWS);
const pendingQuery = defineQuery<Pending>(QUERY_PENDING);

/** Bounded as a whole: who sent a command waits for it, and beyond 8 s the server would hear from the workflow task meanwhile. */
const quick = proxyLocalActivities<Pick<SluisActivities, 'project'>>({
  startToCloseTimeout: '5 seconds',
  scheduleToCloseTimeout: '6 seconds',
  retry: { maximumAttempts: 2, initialInterval: '200 milliseconds' },
});
/** Without limit of attempts: a database that is away costs neither history nor commands. */
const patient = proxyActivities<SluisActivities>({
  startToCloseTimeout: '60 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '10 seconds' },
});

/** With a full outbox a run continues as new only when its history comes near the server's limit of 51,200 events. */
const MUST_CONTINUE_AT_EVENTS = 30_000;
/** The rules since which a process opens before it hears messages. */
const OPENS_FIRST = 2;
/** The rules since which a run ends only when its last events are settled. */
const ENDS_SETTLED = 3;
/** The rules since which the answer to a command says whether it is projected. */
const ANSWERS_PROJECTED = 8;
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
  const runner = new Runner(process, stream, argument.carried ?? begin(process as unknown as Process<I, S, never, never>, input, stream), rules);
  let rolloverAsked = false;
  let broken: string | undefined;
  let projecting = false;
  let patiently = false;
  /** How many entries have left the outbox. */
  let drained = 0;
  let stopped = false;
  // Of each wait and each activity in a scope that can be cancelled the SDK keeps all that it was given, until the run ends: of commands,
  // every batch. Nothing cancels a run but an operator, at the server; the loop at the end hears of that.
  const lasting = new CancellationScope({ cancellable: false });

  const issue = (command: unknown, source: 'timer' | 'upkeep'): void => {
    runner.during(workflowInfo().historyLength);
    runner.issue(command as C, source, Date.now());
  };
  const open = (): void => {
    if (!argument.carried && process.opening) issue(process.opening, 'upkeep');
  };
  // Setting a handler delivers what came before the first task: a process that is not open yet would let it fall.
  if (rules >= OPENS_FIRST) open();

  setHandler(commandUpdate, (envelope) => {
    runner.during(workflowInfo().historyLength);
    const answer = broken === undefined ? runner.execute(envelope, Date.now()) : brokenRejection(broken);
    if ('code' in answer) throw refused(answer);
    return rules < ANSWERS_PROJECTED ? answer : projected(answer);
  }, {
    // Synchronous: a refused command leaves no trace in the history.
    validator: (envelope: CommandEnvelope) => {
      const rejection = broken === undefined ? runner.refusal(envelope, Date.now()) : brokenRejection(broken);
      if (rejection) throw refused(rejection);
    },
  });
  setHandler(messageSignal, (from, number, message) => {
    runner.during(workflowInfo().historyLength);
    const rejection = runner.hear(from, number, message, Date.now());
    if (rejection) log.warn('message refused', { from, type: message.type, code: rejection.code });
  });
  setHandler(rolloverSignal, () => { rolloverAsked = true; });
  setHandler(stateQuery, () => runner.state);
  setHandler(rowsQuery, () => runner.rows());
  setHandler(pendingQuery, () => ({
    seq: runner.seq, head: runner.head, rules, unprojected: runner.outbox.length, effects: runner.effects.length,
  }));

  if (rules < OPENS_FIRST) open();

  /** The answer once its projection, beside the same workflow task, has an outcome; at once while the database is away. */
  async function projected(answer: CommandAnswer): Promise<CommandAnswer> {
    const all = drained + runner.outbox.length;
    await lasting.run(() => condition(() => drained >= all || patiently || broken !== undefined));
    return drained >= all ? { ...answer, projected: true } : answer;
  }

  /** One batch after another, in order: first beside the workflow task, and when the database is away by a patient activity. */
  async function project(): Promise<void> {
    for (;;) {
      await condition(() => (runner.outbox.length > 0 && broken === undefined) || stopped);
      if (stopped) return;
      runner.during(workflowInfo().historyLength);
      const entries = runner.outbox.slice(0, batchSize(runner.outbox));
      const final = runner.isFinal() && entries.length === runner.outbox.length;
      const start = entries[0]?.events[0]?.seq === 1 ? { input } : {};
      const { settled } = runner;
      const batch = batchOf(entries, { stream, project: projectOf(input), process: process.name, rules, final, settled, ...start });
      projecting = true;
      try {
        await quick.project(batch).catch(async (error: unknown) => {
          if (isCancellation(error) || isBroken(error)) throw error;
          patiently = true;
          // By then the task that scheduled it, and so all that it carries, is in the history.
          await patient.project({ ...batch, settled: batch.events.at(-1)?.seq ?? settled });
        });
        runner.outbox.splice(0, entries.length);
        drained += entries.length;
      } catch (error) {
        if (!isBroken(error)) throw error;
        broken = String((error as ActivityFailure).cause?.message);
        log.error('the record of this stream is broken: it accepts nothing until it is repaired and rolled over', { broken });
      } finally {
        projecting = false;
        patiently = false;
      }
    }
  }

  /** Effects one after another, in the order in which they came about. */
  async function act(): Promise<void> {
    for (;;) {
      await condition(() => runner.effects.length > 0 || stopped);
      const effect = runner.effects[0];
      if (!effect) return;
      await carryOut(effect);
      runner.effects.shift();
    }
  }

  async function carryOut(effect: Effect): Promise<void> {
    switch (effect.kind) {
      case 'notify': return;
      case 'start-child':
        await startChild(WORKFLOW_TYPE[effect.process], {
          workflowId: effect.id, args: [{ input: effect.input, rules }], parentClosePolicy: ParentClosePolicy.ABANDON,
          workflowIdReusePolicy: 'REJECT_DUPLICATE',
        }).catch((error: unknown) => {
          if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
        });
        return;
      case 'message': {
        const number = runner.sent + 1;
        runner.sent = number;
        await getExternalWorkflowHandle(effect.to).signal(messageSignal, stream, number, effect.message).catch((error: unknown) => {
          if (isCancellation(error)) throw error;
          // Whoever should have heard is gone. A child that ended in order has told before; of any other the process must know.
          issue({ type: 'child-lost', child: effect.to }, 'upkeep');
        });
        return;
      }
      case 'inspect': {
        const lost = await patient.findLost(effect.children);
        for (const child of lost) issue({ type: 'child-lost', child }, 'upkeep');
        return;
      }
      case 'find-projects': {
        const { persons, groups, programs } = effect;
        const projects = await patient.findProjects(persons, groups, ...(programs ? [programs] : []));
        issue({ type: 'concerned', projects, persons, groups, ...(programs && { programs }) }, 'upkeep');
      }
    }
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
    timer = new CancellationScope();
    timer.run(async () => {
      await sleep(Math.max(1, at - Date.now()));
      armedAt = Infinity;
      rang = true;
    }).catch((error: unknown) => {
      if (!isCancellation(error)) throw error;
    });
  }
  function ring(): void {
    rang = false;
    for (let due = runner.due(); due && Math.max(due.at, quietUntil) <= Date.now(); due = runner.due()) {
      const before = runner.seq;
      issue(due.command, 'timer');
      if (runner.seq === before) quietUntil = Date.now() + DUE_AGAIN_MS;
    }
  }

  const wantsContinue = (): boolean => rolloverAsked || workflowInfo().continueAsNewSuggested;
  const mayContinue = (): boolean => runner.effects.length === 0 && allHandlersFinished()
    && ((runner.outbox.length === 0 && !projecting) || broken !== undefined || workflowInfo().historyLength > MUST_CONTINUE_AT_EVENTS);
  const hasEnded = (): boolean => runner.isFinal() && runner.outbox.length === 0 && runner.effects.length === 0;

  /**
   * Whether the last events came about in the workflow task under way. The server refuses the end of a run when anything came in
   * meanwhile, such as that its last child has closed, and repeats the task: what it had projected would be made twice.
   */
  const mayBeRepeated = (): boolean => {
    runner.during(workflowInfo().historyLength);
    return runner.seq > runner.settled;
  };

  let failure: { readonly error: unknown } | undefined;
  const loops = Promise.all([lasting.run(project), act()]).catch((error: unknown) => { failure = { error }; });
  for (;;) {
    if (rang) ring();
    arm();
    await condition(() => failure !== undefined || rang || nextDue() < armedAt || hasEnded() || (wantsContinue() && mayContinue()));
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
  }
  stopped = true;
  await loops;
  timer?.cancel();
  await condition(allHandlersFinished);
}

const brokenRejection = (reason: string): Rejection => ({ code: 'record-broken', facts: { reason } });

const isBroken = (error: unknown): boolean =>
  error instanceof ActivityFailure && error.cause instanceof ApplicationFailure && error.cause.type === 'chain-broken';
