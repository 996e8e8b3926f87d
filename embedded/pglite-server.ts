/**
 * PGlite behind a socket that speaks PostgreSQL's protocol, for any number of clients of one session. A turn is everything that a client
 * sends up to the message after which PostgreSQL answers that it is ready, and, in a transaction, all turns until its end: it is carried
 * out as a whole before another client has its turn. So no client is ever answered with what another one asked, and what a client that
 * was killed had begun leaves no trace.
 */
import { type AddressInfo, type Server, type Socket, createServer } from 'node:net';
import { once } from 'node:events';
import type { PGlite } from '@electric-sql/pglite';
import { FrameReader } from './pglite-frames';

/** A transaction in which nothing happens for so long is rolled back: everybody waits for it. */
const IDLE_IN_TRANSACTION_MS = 60_000;
const REFUSED = Buffer.from('N');
/** Ends the messages of the extended protocol: after an error the session skips all others. */
const SYNC = new Uint8Array([0x53, 0, 0, 0, 4]);

/** Turns, in the order in which they were asked for. */
class Turns {
  private owner: unknown;
  private readonly waiting: { readonly client: unknown; readonly go: () => void }[] = [];

  /** Settles when it is the client's turn; at once when it has the turn already. */
  async take(client: unknown): Promise<void> {
    if (this.owner === client) return;
    if (this.owner === undefined) this.owner = client;
    else await new Promise<void>((go) => { this.waiting.push({ client, go }); });
  }

  release(client: unknown): void {
    if (this.owner !== client) return;
    const next = this.waiting.shift();
    this.owner = next?.client;
    next?.go();
  }

  has(client: unknown): boolean {
    return this.owner === client;
  }
}

class Connection {
  private readonly frames = new FrameReader();
  private idle: NodeJS.Timeout | undefined;
  private open = true;
  private working = false;

  constructor(private readonly db: PGlite, private readonly turns: Turns, private readonly socket: Socket) {
    socket.setNoDelay(true);
    socket.on('data', (data) => {
      this.frames.push(data);
      this.work().catch((error: unknown) => socket.destroy(error instanceof Error ? error : undefined));
    });
    // What went wrong with a client is seen by its end.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.open = false;
      this.work().catch(() => undefined);
    });
  }

  private async work(): Promise<void> {
    if (this.working) return;
    this.working = true;
    try {
      for (let turn = this.frames.next(); turn && this.open; turn = this.frames.next()) await this.carryOut(turn);
      if (!this.open) await this.leave();
    } finally {
      this.working = false;
    }
  }

  private async carryOut(turn: NonNullable<ReturnType<FrameReader['next']>>): Promise<void> {
    if (turn.kind === 'encryption') this.socket.write(REFUSED);
    else if (turn.kind === 'end') this.socket.end();
    else {
      await this.turns.take(this);
      clearTimeout(this.idle);
      if (this.open) await this.send(turn.message);
      if (turn.isComplete && !this.db.isInTransaction()) this.turns.release(this);
      else this.idle = setTimeout(() => this.socket.destroy(), IDLE_IN_TRANSACTION_MS).unref();
    }
  }

  private async send(message: Uint8Array): Promise<void> {
    await this.db.runExclusive(() => this.db.execProtocolRawStream(message, {
      // The memory behind the bytes is used again.
      onRawData: (bytes) => { if (this.open) this.socket.write(Buffer.from(bytes)); },
    }));
  }

  /** Rolls back what the client left unfinished. */
  private async leave(): Promise<void> {
    clearTimeout(this.idle);
    if (!this.turns.has(this)) return;
    try {
      await this.db.runExclusive(() => this.db.execProtocolRaw(SYNC));
      if (this.db.isInTransaction()) await this.db.exec('ROLLBACK');
    } finally {
      this.turns.release(this);
    }
  }
}

export interface PGliteServer {
  readonly port: number;
  /** Ends all connections; settles when none is left. */
  close(): Promise<void>;
}

/** Listens on a port of the loopback address; on any free one for 0. @throws the system's error when the port is taken. */
export async function servePGlite(db: PGlite, port: number, maxConnections: number): Promise<PGliteServer> {
  const turns = new Turns();
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    new Connection(db, turns, socket);
  });
  server.maxConnections = maxConnections;
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
