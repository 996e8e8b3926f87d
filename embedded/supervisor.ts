import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Config, temporalConnectionOptions } from '../config';
import { controlPath, serveControl } from './control';
import { dataFolder, makeDataFolder, type DataFolder } from './data-folder';
import { keepDemoTokens, type DemoToken } from './demo-tokens';
import { endLeftovers } from './leftovers';
import { takeLock } from './lock';
import { LogFile } from './log-file';
import type { Part } from './part';
import { postgresPart, productPart, temporalPart } from './parts';
import { findPorts, isPortFree, PortTakenError, startOnPorts, tryPort } from './ports';
import { startPreparation } from './prepare';
import { recordProcess, type ProcessRecord } from './processes';
import { step, type Say } from './progress';
import { pulseKey } from './pulse-key';
import { removeRunState, writeRunState, type PartName, type RunState } from './run-state';
import { locateTemporal } from './temporal-locate';
import { embeddedDatabaseUrl } from './with-database';

/** Ports of the embedded servers where they are free: those that people know. */
const PREFERRED_PORTS = { temporal: 7233, temporalUi: 8233, postgres: 5433 };
/** A part gets the time it gives its own work to finish, and this on top. */
const STOP_SLACK_MS = 4_000;
/** How long a Temporal server elsewhere may take to be there. */
const REACH_MS = 5_000;
const ROTATE_EVERY_MS = 60_000;
/** Who needs whom, the needy first: the order in which parts end. */
const STOP_ORDER: readonly PartName[] = ['api', 'worker', 'temporal', 'postgres'];

/** The start was given up because the product was asked to end. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';
}

/** The product as it runs. */
export type Product = {
  readonly state: RunState;
  readonly demoTokens: readonly DemoToken[];
  /** Ends all parts in good order; settles when nothing is left. May be called more than once. */
  stop(): Promise<void>;
  /** Kills what has not ended yet. */
  kill(): void;
};

/**
 * Starts the whole product: the servers that are not said to be elsewhere, the migrations, the seed, the worker and the API;
 * restarts any part that falls. Throws a `LockedError` when it runs already on this data folder, a `PortTakenError`, or what
 * kept a part from starting; nothing is left running then. `signal` gives the start up (`InterruptedError`).
 */
export async function startProduct(config: Config, options: { say: Say; signal?: AbortSignal }): Promise<Product> {
  const folder = dataFolder(config.dataFolder);
  makeDataFolder(folder);
  const release = takeLock(folder.lock);
  const supervisor = new Supervisor(config, folder, options.say, release);
  const interrupt = (): void => { supervisor.stop().catch(() => undefined); };
  options.signal?.addEventListener('abort', interrupt);
  try {
    await supervisor.start();
    return supervisor;
  } catch (error) {
    const interrupted = options.signal?.aborted === true;
    await supervisor.stop();
    throw interrupted ? new InterruptedError('The start was interrupted.') : error;
  } finally {
    options.signal?.removeEventListener('abort', interrupt);
  }
}

class Supervisor implements Product {
  demoTokens: readonly DemoToken[] = [];
  state: RunState;

  private readonly parts = new Map<PartName, Part>();
  private readonly interruption = new AbortController();
  private readonly rotation: NodeJS.Timeout;
  private control: { close(): Promise<void> } | undefined;
  private ending: Promise<void> | undefined;

  constructor(
    private readonly config: Config,
    private readonly folder: DataFolder,
    private readonly say: Say,
    private readonly release: () => void,
  ) {
    this.state = {
      ready: false,
      supervisor: recordProcess(process.pid) ?? { pid: process.pid, began: '' },
      parts: {},
      url: urlOf(config.http),
      temporalUiUrl: undefined,
      temporalAddress: config.temporal.address ?? '',
      databaseUrl: config.databaseUrl ?? '',
      filesElsewhere: config.files.s3 !== undefined,
      control: controlPath(folder.control),
    };
    this.rotation = setInterval(() => this.rotateLogs(), ROTATE_EVERY_MS);
    this.rotation.unref();
  }

  async start(): Promise<void> {
    const { http } = this.config;
    await endLeftovers(this.folder.run, this.say);
    if (!(await isPortFree(http.port, http.host))) throw new PortTakenError(http.port, http.host, 'PORT');
    const [temporalPort = 0, uiPort = 0, postgresPort = 0] = await findPorts(
      [PREFERRED_PORTS.temporal, PREFERRED_PORTS.temporalUi, PREFERRED_PORTS.postgres]);

    await together([this.startTemporal(temporalPort, uiPort), this.startDatabase(postgresPort)], () => this.interruption.abort());
    this.control = await serveControl(this.state.control, { pause: () => this.pause(), resume: () => this.resume() });
    await together([this.startProductPart('worker'), this.startProductPart('api')], () => this.interruption.abort());
    this.update({ ready: true });
  }

  stop(): Promise<void> {
    this.ending ??= this.end();
    return this.ending;
  }

  kill(): void {
    for (const part of this.parts.values()) part.kill();
  }

  private async end(): Promise<void> {
    this.interruption.abort();
    clearInterval(this.rotation);
    await this.control?.close();
    for (const name of STOP_ORDER) await this.parts.get(name)?.stop();
    removeRunState(this.folder.run);
    this.release();
  }

  private async startTemporal(port: number, uiPort: number): Promise<void> {
    const { address, cliPath, namespace } = this.config.temporal;
    if (address !== undefined) {
      // What the files of TLS hold is looked at here, where a message names the variable, and not first in the worker.
      temporalConnectionOptions({ ...this.config.temporal, address });
      await step('looking for the Temporal server', this.say, () => untilReached(address, this.interruption.signal));
      return;
    }
    const program = await locateTemporal({ cliPath, env: process.env, say: this.say, signal: this.interruption.signal });
    await startOnPorts([port, uiPort], async (at = 0, uiAt = 0) => {
      this.update({ temporalAddress: `127.0.0.1:${at}`, temporalUiUrl: `http://localhost:${uiAt}` });
      const part = temporalPart({ ...this.common('temporal'), program, port: at, uiPort: uiAt, namespace });
      await this.startPart('temporal', part, 'starting the Temporal server');
    });
  }

  private async startDatabase(port: number): Promise<void> {
    const preparation = startPreparation(this.say);
    const { signal } = this.interruption;
    signal.addEventListener('abort', preparation.close);
    try {
      if (this.config.databaseUrl === undefined) {
        await startOnPorts([port], async (at = 0) => {
          this.update({ databaseUrl: embeddedDatabaseUrl(at) });
          await this.startPart('postgres', postgresPart({ ...this.common('postgres'), port: at }), 'starting the database');
        });
      }
      const made = await preparation.run(this.state.databaseUrl, this.config.demo).catch((error: Error) => {
        throw this.config.databaseUrl === undefined ? error : new Error(`DATABASE_URL: ${error.message}`, { cause: error });
      });
      if (this.config.demo) this.demoTokens = keepDemoTokens(this.folder.demoTokens, made);
    } finally {
      preparation.close();
      signal.removeEventListener('abort', preparation.close);
    }
  }

  private async startProductPart(name: 'worker' | 'api'): Promise<void> {
    const { config, state } = this;
    const part = productPart({ ...this.common(name), stopLimitMs: config.shutdownSeconds * 1000 + STOP_SLACK_MS }, name, {
      PORT: String(config.http.port),
      HOST: config.http.host,
      SLUIS_DATA: config.dataFolder,
      DATABASE_URL: state.databaseUrl,
      TEMPORAL_ADDRESS: state.temporalAddress,
      // These depend on whether the servers are embedded, which a part can't tell from what it is given.
      SLUIS_IN_FLIGHT: String(config.queue.inFlight),
      SLUIS_DEMO: config.demo ? 'on' : 'off',
      ...(name === 'api' && { SLUIS_PULSE_KEY: config.pulseKey ?? pulseKey(this.folder.pulseKey) }),
    });
    await this.startPart(name, part, name === 'api' ? 'starting the API' : 'starting the worker');
  }

  private async startPart(name: PartName, part: Part, what: string): Promise<void> {
    this.refuseWhenEnding();
    this.parts.set(name, part);
    await step(what, this.say, () => part.start());
    this.guardTemporal();
  }

  private refuseWhenEnding(): void {
    if (this.interruption.signal.aborted) throw new InterruptedError('The start was interrupted.');
  }

  /** For a backup: both servers at rest, at one moment. The worker and the API stay up and connect again. */
  private async pause(): Promise<void> {
    this.update({ ready: false });
    await this.parts.get('temporal')?.stop();
    await this.parts.get('postgres')?.stop();
  }

  private async resume(): Promise<void> {
    if (this.interruption.signal.aborted) return;
    try {
      await Promise.all([this.parts.get('postgres')?.start(), this.parts.get('temporal')?.start()]);
    } catch (error) {
      this.say(`The servers could not be started again after the backup: ${String(error)}. Ending.`);
      process.kill(process.pid, 'SIGTERM');
      throw error;
    }
    this.guardTemporal();
    this.update({ ready: true });
  }

  /** Has the database's process end the Temporal server should this process be killed. */
  private guardTemporal(): void {
    this.parts.get('postgres')?.send({ ward: this.state.parts.temporal ?? null });
  }

  private common(name: PartName): { folder: DataFolder; say: Say; changed(record: ProcessRecord | undefined): void } {
    return {
      folder: this.folder,
      say: this.say,
      changed: (record) => {
        const parts = { ...this.state.parts };
        if (record) parts[name] = record;
        else delete parts[name];
        this.update({ parts });
        if (record && (name === 'temporal' || name === 'postgres')) this.guardTemporal();
      },
    };
  }

  private update(change: Partial<RunState>): void {
    this.state = { ...this.state, ...change };
    writeRunState(this.folder.run, this.state);
  }

  private rotateLogs(): void {
    for (const name of STOP_ORDER) new LogFile(join(this.folder.logs, `${name}.log`)).rotate();
  }
}

/** A server that is started at the same time gets a moment. @throws Error that names the variable when it can't be reached. */
async function untilReached(address: string, signal: AbortSignal): Promise<void> {
  const { hostname, port } = new URL(`tcp://${address}`);
  const limit = Date.now() + REACH_MS;
  for (;;) {
    const why = await tryPort(Number(port), hostname.replace(/^\[(.*)\]$/, '$1'));
    if (why === undefined || signal.aborted) return;
    if (Date.now() > limit) throw new Error(`TEMPORAL_ADDRESS: no server can be reached at ${address} (${why}). Start it, or leave the variable out for an embedded one.`);
    await sleep(200);
  }
}

/**
 * Waits for all. When one fails the others are told through `giveUp` and waited for, so that nothing goes on behind the
 * caller's back; the first failure is thrown.
 */
async function together(work: readonly Promise<void>[], giveUp: () => void): Promise<void> {
  let failed = false;
  let first: unknown;
  await Promise.all(work.map(async (one) => {
    try {
      await one;
    } catch (error) {
      if (!failed) first = error;
      failed = true;
      giveUp();
    }
  }));
  if (failed) throw first;
}

function urlOf(http: Config['http']): string {
  const everywhere = ['0.0.0.0', '::', '127.0.0.1', '::1'].includes(http.host);
  const host = everywhere ? 'localhost' : http.host.includes(':') ? `[${http.host}]` : http.host;
  return `http://${host}:${http.port}`;
}
