import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { giveWay, recordProcess, type ProcessRecord } from './processes';
import type { Say } from './progress';

const FIRST_BACKOFF_MS = 200;
const LAST_BACKOFF_MS = 10_000;
/** A part that ran this long before it fell is started again at once. */
const STEADY_MS = 30_000;

export type PartOptions = {
  readonly name: string;
  /** Starts the process. */
  launch(): ChildProcess;
  /** Settles when the process does its work; rejects when it will not. */
  waitReady(child: ChildProcess): Promise<void>;
  /** Asks the process to end in good order. */
  requestStop(child: ChildProcess): void;
  /** Whether it gives way to the other parts where the processors are busy. */
  readonly givesWay?: boolean;
  /** How long it gets for that before it is killed. */
  readonly stopLimitMs: number;
  /** How long it gets to become ready. */
  readonly readyLimitMs: number;
  /** The last lines the process wrote, to explain why it did not come up. */
  lastWords(): string;
  readonly say: Say;
  /** Called when the process has changed. */
  changed(record: ProcessRecord | undefined): void;
};

/** One process of the product: started, watched, started again when it falls, ended in good order. */
export class Part {
  private child: ChildProcess | undefined;
  private wanted = false;
  private restarting: Promise<void> | undefined;
  private backoffMs = FIRST_BACKOFF_MS;
  /** Cuts the wait before a restart short when the part is to stop. */
  private stopping = new AbortController();

  constructor(private readonly options: PartOptions) {}

  /** Starts it and waits until it is ready. Throws, with its last words, when it ends or stays silent instead. */
  async start(): Promise<void> {
    this.wanted = true;
    this.stopping = new AbortController();
    await this.launchOnce();
  }

  /** Ends it: asks first, kills it after the limit. It stays down until `start`. */
  async stop(): Promise<void> {
    this.wanted = false;
    this.stopping.abort();
    const child = this.child;
    if (child && child.exitCode === null && child.signalCode === null) {
      const exited = new Promise<void>((resolve) => { child.once('exit', () => resolve()); });
      this.options.requestStop(child);
      const killer = setTimeout(() => {
        this.options.say(`The ${this.options.name} did not end within ${this.options.stopLimitMs / 1000} s and was killed.`);
        child.kill('SIGKILL');
      }, this.options.stopLimitMs);
      await exited;
      clearTimeout(killer);
    }
    await this.restarting;
  }

  /** Kills it at once, where `stop` is under way but nobody wants to wait. */
  kill(): void {
    this.child?.kill('SIGKILL');
  }

  /** Sends a message to the process if it takes any. */
  send(message: object): void {
    if (this.child?.connected) this.child.send(message, () => undefined);
  }

  private async launchOnce(): Promise<void> {
    const { options } = this;
    const child = options.launch();
    this.child = child;
    const started = Date.now();
    let ready = false;
    const ended = new Promise<never>((_resolve, reject) => {
      child.once('error', (error) => reject(new Error(`The ${options.name} could not be started: ${error.message}`)));
      child.once('exit', (code, signal) => {
        options.changed(undefined);
        const how = signal ?? `exit code ${code ?? 'unknown'}`;
        reject(new Error(`The ${options.name} ended before it was ready (${how}).${options.lastWords()}`));
        if (ready && this.wanted) this.restart(how, Date.now() - started);
      });
    });
    // The race below may be over when the process ends: that is no unhandled rejection.
    ended.catch(() => undefined);
    if (child.pid !== undefined) options.changed(recordProcess(child.pid));
    const limit = new AbortController();
    const late = sleep(options.readyLimitMs, undefined, { signal: limit.signal, ref: false }).then(() => {
      throw new Error(`The ${options.name} was not ready after ${options.readyLimitMs / 1000} s.${options.lastWords()}`);
    });
    late.catch(() => undefined);
    try {
      await Promise.race([options.waitReady(child), ended, late]);
      ready = true;
      if (options.givesWay && child.pid !== undefined) await giveWay(child.pid);
    } catch (error) {
      child.kill('SIGKILL');
      throw error;
    } finally {
      limit.abort();
    }
  }

  private restart(how: string, ranMs: number): void {
    if (ranMs > STEADY_MS) this.backoffMs = FIRST_BACKOFF_MS;
    this.options.say(`The ${this.options.name} ended (${how}); starting it again.`);
    this.restarting = this.restartUntilReady().finally(() => { this.restarting = undefined; });
  }

  private async restartUntilReady(): Promise<void> {
    while (this.wanted) {
      const wait = this.backoffMs;
      this.backoffMs = Math.min(wait * 2, LAST_BACKOFF_MS);
      await sleep(wait, undefined, { signal: this.stopping.signal }).catch(() => undefined);
      if (!this.wanted) return;
      try {
        await this.launchOnce();
        return;
      } catch (error) {
        if (!this.wanted) return;
        this.options.say(`${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }
}
