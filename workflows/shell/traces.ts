/** What a workflow task leaves in the history: one that leaves nothing is put together with the next when it is replayed, or dropped by the server. */
import { CancellationScope, sleep, upsertMemo, workflowInfo } from '@temporalio/workflow';
import { KEEPS_TIME } from './since';

export class Traces {
  /** The length of the history at the beginning of the last workflow task that leaves a command. */
  private leftIn = -1;
  private hasHappened = false;
  private readonly lasting = new CancellationScope({ cancellable: false });

  /** @param rules The rules that the run follows. @param seq How far the stream is. @param fail Hears why a trace could not be left. */
  constructor(private readonly rules: number, private readonly seq: () => number, private readonly fail: (error: unknown) => void) {}

  /** The workflow task under way leaves a command. */
  note(): void {
    this.leftIn = workflowInfo().historyLength;
  }

  /**
   * Leaves a command in the workflow task under way, which then is put together with no other, and is kept whatever became of its updates. Any command does. A note of how far
   * the stream is costs one event; a timer costs five, and rings a second later, as servers look at timers no more often.
   */
  leave(): void {
    this.note();
    if (this.rules >= KEEPS_TIME) upsertMemo({ seq: this.seq() });
    else this.lasting.run(() => sleep(1)).catch(this.fail);
  }

  /** Something has happened that no command of people brought about: it has the time of the workflow task under way. */
  happened(): void {
    this.hasHappened = this.rules >= KEEPS_TIME;
  }

  /** Whether the workflow task under way may have to be kept from being put together with another. */
  get isWanted(): boolean {
    return this.hasHappened;
  }

  /** Leaves a command where one is wanted, and nothing else leaves one. */
  leaveIfWanted(): void {
    if (this.hasHappened && this.leftIn !== workflowInfo().historyLength) this.leave();
    this.hasHappened = false;
  }
}
