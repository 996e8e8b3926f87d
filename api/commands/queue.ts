/** Commands and questions per workflow, first in first out, with no more commands in flight than the Temporal server takes, and none beside a question. */
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
  readonly alone: boolean;
  readonly start: () => void;
}

interface Lane {
  running: number;
  /** Whether what runs is to be alone. */
  alone: boolean;
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
  run<T>(key: string, signal: AbortSignal, job: () => Promise<T>): Promise<T> {
    return this.take(key, signal, job, false);
  }

  /** The same for a job beside which none of its key runs. */
  runAlone<T>(key: string, signal: AbortSignal, job: () => Promise<T>): Promise<T> {
    return this.take(key, signal, job, true);
  }

  private async take<T>(key: string, signal: AbortSignal, job: () => Promise<T>, alone: boolean): Promise<T> {
    if (signal.aborted) throw new Abandoned();
    const lane = this.lanes.get(key) ?? { running: 0, alone: false, waiting: new Set<Waiting>() };
    this.lanes.set(key, lane);
    if (lane.waiting.size === 0 && this.hasRoom(lane, alone)) this.begin(lane, alone);
    else await this.wait(lane, signal, alone);
    try {
      return await job();
    } finally {
      this.release(key, lane);
    }
  }

  private hasRoom(lane: Lane, alone: boolean): boolean {
    return lane.running === 0 || (!alone && !lane.alone && lane.running < this.limits.inFlight);
  }

  private begin(lane: Lane, alone: boolean): void {
    lane.running += 1;
    lane.alone = alone;
  }

  private wait(lane: Lane, signal: AbortSignal, alone: boolean): Promise<void> {
    if (lane.waiting.size >= this.limits.bound || this.waitingInAll >= this.limits.total) throw new Problem('queue-full');
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        lane.waiting.delete(waiting);
        this.waitingInAll -= 1;
        reject(new Abandoned());
        this.startWaiting(lane);
      };
      const waiting: Waiting = {
        alone,
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

  /** Those who wait longest begin as far as there is room, so that nobody who comes in between takes their place. */
  private startWaiting(lane: Lane): void {
    for (const next of lane.waiting) {
      if (!this.hasRoom(lane, next.alone)) return;
      this.begin(lane, next.alone);
      next.start();
    }
  }

  private release(key: string, lane: Lane): void {
    lane.running -= 1;
    this.startWaiting(lane);
    if (lane.running === 0) this.lanes.delete(key);
  }
}
