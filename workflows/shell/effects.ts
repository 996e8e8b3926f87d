/** What happens outside a process because of its events: other processes are started and told, and looked for. */
import { defineSignal, getExternalWorkflowHandle, isCancellation, startChild, workflowInfo, ParentClosePolicy } from '@temporalio/workflow';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import type { Effect, Message, StreamId } from '../../domain/process';
import { SIGNAL_MESSAGE, WORKFLOW_TYPE } from '../contract';
import { patient } from './activities';
import { SENDS_TOGETHER } from './since';

export const messageSignal = defineSignal<[from: StreamId, number: number, message: Message, ...more: Message[]]>(SIGNAL_MESSAGE);

/** Most messages of one signal. */
const TOGETHER = 20;

/** Whose effects they are. */
interface Sender {
  readonly stream: StreamId;
  readonly effects: readonly Effect[];
  /** The rules that the first run of the stream followed. */
  readonly born: number;
  /** How many messages it has sent. */
  sent: number;
}

/**
 * The messages that wait behind one for the same process, and go with it. To the parent alone, which followed these rules when it started this stream: a
 * worker that does not know them leaves its tasks to others.
 */
export function goAlong({ born, effects }: Sender, effect: Effect): readonly Message[] {
  if (effect.kind !== 'message' || born < SENDS_TOGETHER || workflowInfo().parent?.workflowId !== effect.to) return [];
  const further: Message[] = [];
  for (const next of effects.slice(1, TOGETHER)) {
    if (next.kind !== 'message' || next.to !== effect.to) break;
    further.push(next.message);
  }
  return further;
}

/**
 * Carries an effect out, with the messages that go along with it.
 * @param rules Those that a child follows. @param issue Gives the process a command that comes of it.
 */
export async function carryOut(sender: Sender, effect: Effect, further: readonly Message[], rules: number, issue: (command: object) => void): Promise<void> {
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
      const number = sender.sent + 1;
      sender.sent += 1 + further.length;
      await getExternalWorkflowHandle(effect.to).signal(messageSignal, sender.stream, number, effect.message, ...further).catch((error: unknown) => {
        if (isCancellation(error)) throw error;
        // Whoever should have heard is gone. A child that ended in order has told before; of any other the process must know.
        issue({ type: 'child-lost', child: effect.to });
      });
      return;
    }
    case 'inspect': {
      const lost = await patient.findLost(effect.children);
      for (const child of lost) issue({ type: 'child-lost', child });
      return;
    }
    case 'find-projects': {
      const { persons, groups, programs } = effect;
      const projects = await patient.findProjects(persons, groups, ...(programs ? [programs] : []));
      issue({ type: 'concerned', projects, persons, groups, ...(programs && { programs }) });
    }
  }
}
