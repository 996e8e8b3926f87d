/** What the durability tests run against: all parts as processes of their own, each of which can be killed and started again. */
import type { Chance } from './random';

export interface Rig {
  /** Base of the API. */
  readonly url: string;
  readonly databaseUrl: string;
  readonly temporalAddress: string;
  /** Person → bearer token. */
  readonly tokens: ReadonlyMap<string, string>;
  /** What can be killed, by name. */
  readonly targets: readonly string[];
  /** Kills by process id; settles when it is dead. */
  kill(target: string, chance: Chance): Promise<void>;
  /** Brings back what was killed; settles when it works again. */
  revive(target: string): Promise<void>;
  /** Lets the processes of a part crash by themselves from now on, and those of the other one no more; how often they did, by `PART POINT`. */
  crash?(part: 'worker' | 'api' | undefined): Promise<void>;
  crashes?(): Readonly<Record<string, number>>;
  /** Workflow tasks that failed by the workers' own code. */
  failedTasks(): string[];
  /** The last lines of every log. */
  logs(): string;
  /** Ends everything, by process id, and removes its files. */
  close(): Promise<void>;
}

/** Whether all parts say that they are ready. */
export async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(5_000) })).status === 200;
  } catch {
    return false;
  }
}
