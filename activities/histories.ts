/** What the histories of a workflow's runs say that it has recorded: read from the server as they are, without any of our code running. */
import type { Client } from '@temporalio/client';
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import { payloadCodec } from '../config/payloads';
import type { Instant, StreamId } from '../domain/process';
import { type ChainedEvent, type CommandAnswer, type CommandEnvelope, SIGNAL_MESSAGE, UPDATE_COMMAND } from '../workflows/contract';
import { isNotFound } from './not-found';

type History = Awaited<ReturnType<ReturnType<Client['workflow']['getHandle']>['fetchHistory']>>;
type HistoryEvent = NonNullable<History['events']>[number];
type Payloads = { readonly payloads?: Payload[] | null } | null | undefined;

/** A command that a run accepted and carried out. */
export interface RecordedCommand {
  readonly id: string;
  readonly hash: string;
  /** The last seq after it. */
  readonly seq: number;
  readonly events: readonly Pick<ChainedEvent, 'seq' | 'hash'>[];
}

/** What the histories of all runs say that the server still has, the earliest run first. */
export interface RecordedHistory {
  readonly runs: number;
  /** When the earliest of these began, milliseconds since 1970. */
  readonly since: Instant;
  /** Where the stream stood when the earliest of these began: 0 when it is the very first. */
  readonly from: number;
  /** Heads that one run handed on to the next. */
  readonly carried: readonly { readonly seq: number; readonly head: string }[];
  /** What each run says that the process was started with. */
  readonly inputs: readonly unknown[];
  readonly commands: readonly RecordedCommand[];
  /** Messages that were heard, as `SENDER/NUMBER`. */
  readonly messages: ReadonlySet<string>;
}

interface Argument {
  readonly input: unknown;
  readonly carried?: { readonly seq: number; readonly head: string };
}

/** What payloads of a history hold, in its order. */
export const valuesOf = async (payloads: Payloads): Promise<unknown[]> =>
  (await payloadCodec.decode(payloads?.payloads ?? [])).map((payload) => defaultPayloadConverter.fromPayload(payload));

/** The histories of a workflow; null when the server has none of it any more. */
export async function readHistories(client: Client, stream: StreamId): Promise<RecordedHistory | null> {
  const histories: HistoryEvent[][] = [];
  let runId: string | null | undefined;
  do {
    const events = await readRun(client, stream, runId);
    if (!events) break;
    histories.unshift(events);
    runId = events[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId;
  } while (runId);
  const [first] = histories;
  if (!first) return null;
  const begun = await Promise.all(histories.map(async (events) => (await valuesOf(events[0]?.workflowExecutionStartedEventAttributes?.input))[0] as Argument));
  return {
    runs: histories.length,
    since: Number(first[0]?.eventTime?.seconds ?? 0) * 1_000,
    from: begun[0]?.carried?.seq ?? 0,
    carried: begun.flatMap(({ carried }) => (carried ? [{ seq: carried.seq, head: carried.head }] : [])),
    inputs: begun.map(({ input }) => input),
    commands: (await Promise.all(histories.map(commandsIn))).flat(),
    messages: new Set((await Promise.all(histories.map(messagesIn))).flat()),
  };
}

async function readRun(client: Client, stream: StreamId, runId: string | null | undefined): Promise<HistoryEvent[] | undefined> {
  try {
    return (await client.workflow.getHandle(stream, runId ?? undefined).fetchHistory()).events ?? undefined;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

/** Updates that were completed with an answer: a refusal of the handler is none. */
async function commandsIn(events: readonly HistoryEvent[]): Promise<RecordedCommand[]> {
  const accepted = new Map<string, CommandEnvelope>();
  const found: RecordedCommand[] = [];
  for (const event of events) {
    const admitted = event.workflowExecutionUpdateAdmittedEventAttributes?.request;
    const request = event.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest ?? admitted;
    const id = request?.meta?.updateId;
    if (id && request?.input?.name === UPDATE_COMMAND) accepted.set(id, (await valuesOf(request.input.args))[0] as CommandEnvelope);
    const completed = event.workflowExecutionUpdateCompletedEventAttributes;
    const envelope = accepted.get(completed?.meta?.updateId ?? '');
    if (!envelope || !completed?.outcome?.success) continue;
    const { seq, events: made } = (await valuesOf(completed.outcome.success))[0] as Pick<CommandAnswer, 'seq'> & { readonly events: readonly ChainedEvent[] };
    found.push({ id: envelope.id, hash: envelope.hash, seq, events: made.map(({ seq: each, hash }) => ({ seq: each, hash })) });
  }
  return found;
}

async function messagesIn(events: readonly HistoryEvent[]): Promise<string[]> {
  const found: string[] = [];
  for (const { workflowExecutionSignaledEventAttributes: signal } of events) {
    if (signal?.signalName !== SIGNAL_MESSAGE) continue;
    const [from, number, ...messages] = await valuesOf(signal.input);
    found.push(...messages.map((_, place) => `${String(from)}/${Number(number) + place}`));
  }
  return found;
}
