import { createHash } from 'node:crypto';
import { chmodSync, rmSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Longest path of a local socket that every system takes. */
const LONGEST_PATH = 100;

/** The socket's path: in the data folder, or in the folder for temporary files where that path is too long for a socket. */
export function controlPath(preferred: string): string {
  if (Buffer.byteLength(preferred) <= LONGEST_PATH) return preferred;
  return join(tmpdir(), `sluis-${createHash('sha256').update(preferred).digest('hex').slice(0, 16)}.sock`);
}

export type ControlHandler = {
  /** Stops both servers, so that their files are at rest. */
  pause(): Promise<void>;
  /** Starts them again. */
  resume(): Promise<void>;
};

/**
 * Listens for `pause` and `resume`, one line each, answered by `ok` or `error …`. A client that goes away while it has things
 * paused resumes them: nothing stays down because a backup was interrupted. A second client is refused meanwhile.
 */
export async function serveControl(path: string, handler: ControlHandler): Promise<{ close(): Promise<void> }> {
  rmSync(path, { force: true });
  let pausedBy: Socket | undefined;
  const sockets = new Set<Socket>();

  async function obey(socket: Socket, command: string): Promise<string> {
    if (pausedBy && pausedBy !== socket) return 'error another backup is under way';
    if (command === 'pause') {
      pausedBy = socket;
      await handler.pause();
      // The client may have gone while the servers were stopping.
      if (socket.destroyed) await release(socket);
      return 'ok';
    }
    if (command === 'resume') {
      await release(socket);
      return 'ok';
    }
    return `error unknown command ${JSON.stringify(command)}`;
  }

  async function release(socket: Socket): Promise<void> {
    if (pausedBy !== socket) return;
    await handler.resume();
    pausedBy = undefined;
  }

  const server: Server = createServer((socket) => {
    sockets.add(socket);
    let rest = '';
    let queue = Promise.resolve();
    const after = (work: () => Promise<void>): void => {
      queue = queue.then(work).catch((error: unknown) => {
        if (socket.writable) socket.write(`error ${error instanceof Error ? error.message.replaceAll('\n', ' ') : String(error)}\n`);
      });
    };
    socket.on('data', (chunk) => {
      const lines = `${rest}${chunk.toString()}`.split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        after(async () => {
          const answer = await obey(socket, line.trim());
          if (socket.writable) socket.write(`${answer}\n`);
        });
      }
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      sockets.delete(socket);
      after(() => release(socket));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
  chmodSync(path, 0o600);
  return {
    close: () => new Promise((resolve) => {
      for (const socket of sockets) socket.destroy();
      server.close(() => resolve());
    }),
  };
}

/** Runs `work` while the product that listens at `path` has its servers paused; resumes them in any case. */
export async function whilePaused<T>(path: string, work: () => Promise<T>): Promise<T> {
  const socket = await new Promise<Socket>((resolve, reject) => {
    const made = connect(path);
    made.once('connect', () => resolve(made));
    made.once('error', reject);
  });
  try {
    await ask(socket, 'pause');
    try {
      return await work();
    } finally {
      await ask(socket, 'resume');
    }
  } finally {
    socket.destroy();
  }
}

function ask(socket: Socket, command: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const onData = (chunk: Buffer): void => {
      answer += chunk.toString();
      if (!answer.includes('\n')) return;
      finish();
      const line = answer.trim();
      if (line === 'ok') resolve();
      else reject(new Error(line.replace(/^error /, '')));
    };
    const onEnd = (): void => {
      finish();
      reject(new Error('the running product ended meanwhile'));
    };
    const finish = (): void => {
      socket.off('data', onData);
      socket.off('close', onEnd);
      socket.off('error', onEnd);
    };
    socket.on('data', onData);
    socket.on('close', onEnd);
    socket.on('error', onEnd);
    socket.write(`${command}\n`);
  });
}
