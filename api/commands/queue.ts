/** Commands per workflow, first in first out, with no more in flight than the Temporal server takes. */
import { Problem } from '../problem';

export interface QueueLimits {
  /** Jobs of one key that run at once. */
  readonly inFlight: number;
  /** Jobs of one key that may wait. */
  readonly bound: number;
  /** Jobs of all keys together that may wait. */
  readonly total: number;
}

interface Waiting {
  readonly start: () => void;
}

interface Lane {
  running: number;
  readonly waiting: Set<Waiting>;
}

/** Thrown to a job that left the queue because its client went away; nobody is there to read it. */
export class Abandoned extends Error {
  override readonly name = 'Abandoned';
}

export class KeyedQueue {
  private readonly lanes = new Map<string, Lane>();
  private waitingInAll = 0;

  constructor(private readonly limits: QueueLimits) {}

  /** How many wait and run, over all keys. */
  get load(): { waiting: number; running: number } {
    return { waiting: this.waitingInAll, running: [...this.lanes.values()].reduce((sum, lane) => sum + lane.running, 0) };
  }

  /**
   * Runs a job when its turn comes and gives its result. A job that has begun is never interrupted.
   * @throws Problem `queue-full` when the bound is reached; `Abandoned` when the signal aborts while the job waits.
   */
  async run<T>(key: string, signal: AbortSignal, job: () => Promise<T>): Promise<T> {
    if (signal.aborted) throw new Abandoned();
    const lane = this.lanes.get(key) ?? { running: 0, waiting: new Set<Waiting>() };
    this.lanes.set(key, lane);
    if (lane.running < this.limits.inFlight) lane.running += 1;
    else await this.wait(lane, signal);
    try {
      return await job();
    } finally {
      this.release(key, lane);
    }
  }

  private wait(lane: Lane, signal: AbortSignal): Promise<void> {
    if (lane.waiting.size >= this.limits.bound || this.waitingInAll >= this.limits.total) throw new Problem('queue-full');
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        lane.waiting.delete(waiting);
        this.waitingInAll -= 1;
        reject(new Abandoned());
      };
      const waiting: Waiting = {
        start: () => {
          signal.removeEventListener('abort', leave);
          lane.waiting.delete(waiting);
          this.waitingInAll -= 1;
          resolve();
        },
      };
      lane.waiting.add(waiting);
      this.waitingInAll += 1;
      signal.addEventListener('abort', leave, { once: true });
    });
  }

  /** Hands the place to the one who waits longest, so that nobody who comes in between takes it. */
  private release(key: string, lane: Lane): void {
    const next = lane.waiting.values().next();
    if (!next.done) {
      next.value.start();
      return;
    }
    lane.running -= 1;
    if (lane.running === 0) this.lanes.delete(key);
  }
}
