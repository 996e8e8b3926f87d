/** What the API asks of Temporal, and what its errors mean. */
import { randomUUID } from 'node:crypto';
import {
  type Client, isGrpcServiceError, ServiceError, WithStartWorkflowOperation, WorkflowNotFoundError, WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { askRun } from '../../config/ask-run';
import type { Rejection } from '../../domain/errors';
import type { KeptText } from '../../domain/evidence-types';
import type { StreamId } from '../../domain/process';
import type { DirectoryInput } from '../../domain/directory/types';
import type { ProjectInput } from '../../domain/project/types';
import { RULES } from '../../domain/rules';
import {
  QUERY_PENDING, QUERY_ROWS, REFUSED, SIGNAL_CALL_BACK, UPDATE_COMMAND, WORKFLOW_CALENDARS, WORKFLOW_TEXTS, WORKFLOW_TYPE, type CommandAnswer, type CommandEnvelope, type LiveRows, type Pending,
} from '../../workflows/contract';
import { pause, TimeLimitError, withLimit } from '../http/limit';
import { Problem } from '../problem';
import { kindOf } from './stream';

/** The workflow of a stream is not there: it has ended, or it never was. */
export class StreamGone extends Error {
  override readonly name = 'StreamGone';
}

/** What a process is started with that no other one starts. */
export type StartInput = ProjectInput | DirectoryInput;

export interface Engine {
  /**
   * Carries out a command. Repeating it with the same envelope id is safe.
   * @throws Problem of a refusal, or `engine-unavailable`; StreamGone.
   */
  execute(stream: StreamId, envelope: CommandEnvelope): Promise<CommandAnswer>;
  /** Starts the project or the directory unless it runs, and carries out the command. Throws as `execute`. */
  start(stream: StreamId, input: StartInput, envelope: CommandEnvelope): Promise<CommandAnswer>;
  /** The rows of a stream as its workflow holds them now. Throws Problem `engine-unavailable`, StreamGone. */
  rows(stream: StreamId): Promise<LiveRows>;
  /** How far the stream has got, as its workflow has recorded it. Throws as `rows`. */
  pending(stream: StreamId): Promise<Pending>;
  /** Sets going that running projects hear what was announced. Repeating it with the same id is harmless. Throws Problem `engine-unavailable`. */
  tellCalendars(id: string): Promise<void>;
  /** Has texts of a project kept once the database is back: when this is done, none is lost. Throws Problem `engine-unavailable`. */
  keepTexts(project: string, texts: readonly KeptText[]): Promise<void>;
  /** The answer to a command that the present run of the workflow has accepted; undefined when it knows of none. */
  accepted(stream: StreamId, id: string): Promise<CommandAnswer | undefined>;
  /** Has a workflow project at once what its answers handed out. Repeating it is harmless. Throws as `rows`. */
  callBack(stream: StreamId): Promise<void>;
}

// gRPC status codes after which the same call may succeed, because nothing was accepted or because the id makes it safe.
const RESOURCE_EXHAUSTED = 8;
const FAILED_PRECONDITION = 9;
const TRANSIENT: ReadonlySet<number> = new Set([2, RESOURCE_EXHAUSTED, 10, 11, 13, 14, 15]);
/** How long the first repetition waits; each further one twice as long. */
const RETRY_AFTER_MS = 20;
const LONGEST_BETWEEN_TRIES_MS = 500;
/** The same where the server has no room for any call. */
const NO_ROOM_MS = 1_000;
/** `RESOURCE_EXHAUSTED` of one run alone, which is about to be followed by the next, or has its hands full. */
const RUN_BUSY = /workflow is (closing|busy)|in-flight updates/i;

export function createEngine(client: Client, settings: { readonly taskQueue: string; readonly deadlineMs: number }): Engine {
  /** Repeats what failed for a passing reason until the deadline. */
  async function withRetries<T>(deadlineMs: number, call: () => Promise<T>): Promise<T> {
    const deadline = Date.now() + deadlineMs;
    for (let tries = 0; ; tries += 1) {
      try {
        return await withLimit(deadline - Date.now(), call());
      } catch (error) {
        const wait = hasNoRoom(error) ? NO_ROOM_MS : Math.min(RETRY_AFTER_MS * 2 ** tries, LONGEST_BETWEEN_TRIES_MS);
        if (!isTransient(error) || Date.now() + wait >= deadline) throw meaningOf(error);
        await pause(wait);
      }
    }
  }

  return {
    execute: (stream, envelope) => withRetries(settings.deadlineMs, () =>
      client.workflow.getHandle(stream).executeUpdate<CommandAnswer, [CommandEnvelope]>(
        UPDATE_COMMAND, { args: [envelope], updateId: envelope.id })),

    start: (stream, input, envelope) => withRetries(settings.deadlineMs, () =>
      client.workflow.executeUpdateWithStart(UPDATE_COMMAND, {
        args: [envelope], updateId: envelope.id,
        // An operation can be used once: each attempt needs its own.
        startWorkflowOperation: new WithStartWorkflowOperation(WORKFLOW_TYPE[kindOf(stream)], {
          workflowId: stream, taskQueue: settings.taskQueue, args: [{ input, rules: RULES }],
          workflowIdConflictPolicy: 'USE_EXISTING', workflowIdReusePolicy: 'REJECT_DUPLICATE',
        }),
      }) as Promise<CommandAnswer>),

    rows: (stream) => withRetries(settings.deadlineMs, () => askRun(client, stream, QUERY_ROWS)),

    pending: (stream) => withRetries(settings.deadlineMs, () => askRun(client, stream, QUERY_PENDING)),

    async tellCalendars(id) {
      await withRetries(settings.deadlineMs, () => client.workflow.start(WORKFLOW_CALENDARS, {
        workflowId: id, taskQueue: settings.taskQueue, args: [], workflowIdConflictPolicy: 'USE_EXISTING',
      }));
    },

    async keepTexts(project, texts) {
      // One id for all tries: what the server took before it fell silent is not begun twice.
      const workflowId = `texts/${randomUUID()}`;
      await withRetries(settings.deadlineMs, () => client.workflow.start(WORKFLOW_TEXTS, {
        workflowId, taskQueue: settings.taskQueue, args: [project, texts], workflowIdConflictPolicy: 'USE_EXISTING',
      }));
    },

    callBack: (stream) => withRetries(settings.deadlineMs, () => client.workflow.getHandle(stream).signal(SIGNAL_CALL_BACK)),

    async accepted(stream, id) {
      try {
        // Short: a known update answers at once, and one that is not completed is not accepted for our purpose.
        return await withLimit(1_000, client.workflow.getHandle(stream).getUpdateHandle<CommandAnswer>(id).result());
      } catch (error) {
        const meaning = meaningOf(error);
        if (meaning instanceof StreamGone) return undefined;
        if (meaning instanceof Problem && meaning.code !== 'engine-unavailable') return undefined;
        throw meaning;
      }
    },
  };
}

/**
 * `FAILED_PRECONDITION`: the run that a burst of commands keeps from being followed by another tries that anew, and takes none meanwhile; what was with it in the task that failed is
 * told so. Nothing was accepted.
 */
const TASK_FAILED = /Workflow Task in failed state|unexpected workflow task failure/i;

/** How the server refused a call; undefined for any other failure. */
const refusalOf = (error: unknown) => (error instanceof ServiceError && isGrpcServiceError(error.cause) ? error.cause : undefined);

function isTransient(error: unknown): boolean {
  const refusal = refusalOf(error);
  if (refusal) return TRANSIENT.has(refusal.code) || (refusal.code === FAILED_PRECONDITION && TASK_FAILED.test(refusal.message));
  // The workflow continued as new between accepting the update and carrying it out.
  return error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure
    && error.cause.type === 'AcceptedUpdateCompletedWorkflow';
}

function hasNoRoom(error: unknown): boolean {
  const refusal = refusalOf(error);
  return refusal?.code === RESOURCE_EXHAUSTED && !RUN_BUSY.test(refusal.message);
}

function meaningOf(error: unknown): unknown {
  if (error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure) {
    const { type, details } = error.cause;
    if (type === REFUSED) return Problem.of(details?.[0] as Rejection);
    if (type === 'AcceptedUpdateCompletedWorkflow') return new StreamGone();
    return error;
  }
  if (error instanceof WorkflowNotFoundError) return new StreamGone();
  // A project id is never used twice: with REJECT_DUPLICATE this says that the project has ended.
  if (error instanceof Error && error.name === 'WorkflowExecutionAlreadyStartedError') return new StreamGone();
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError || error instanceof ServiceError || error instanceof TimeLimitError) {
    return new Problem('engine-unavailable', { cause: error });
  }
  return error;
}
