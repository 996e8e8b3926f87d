/** Ends what a thread is busy with, from outside, as a debugger does. */
import { Session } from 'node:inspector';

interface ToThread {
  readonly sessionId: string;
  readonly workerInfo: { readonly title: string };
}

/**
 * Makes a thread leave the code that it runs, which can't catch that, and go on with what it is asked next. What it left gives no answer. Where it leaves
 * the continuation of an await while an `AsyncLocalStorage` is in use, Node ends the whole process, as it does after a time limit of `vm`.
 * @throws Error when the thread can't be reached, or does not obey within `limitMs`.
 */
export async function breakOff(threadId: number, limitMs: number): Promise<void> {
  const session = new Session();
  session.connect();
  let limit: NodeJS.Timeout | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      const failIf = (error: Error | null): void => { if (error) reject(error); };
      limit = setTimeout(() => reject(new Error(`thread ${threadId} could not be interrupted`)), limitMs);
      session.on('NodeWorker.attachedToWorker', ({ params: { sessionId, workerInfo } }: { params: ToThread }) => {
        if (!workerInfo.title.startsWith(`[worker ${threadId}]`)) return;
        session.post('NodeWorker.sendMessageToWorker', { sessionId, message: JSON.stringify({ id: 1, method: 'Runtime.terminateExecution' }) }, failIf);
      });
      session.on('NodeWorker.receivedMessageFromWorker', ({ params: { message } }: { params: { message: string } }) => {
        const { id, error } = JSON.parse(message) as { id?: number; error?: { message: string } };
        if (id === 1 && error) reject(new Error(error.message));
        else if (id === 1) resolve();
      });
      session.post('NodeWorker.enable', { waitForDebuggerOnStart: false }, failIf);
    });
  } finally {
    clearTimeout(limit);
    session.disconnect();
  }
}
