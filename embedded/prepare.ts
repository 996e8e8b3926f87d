import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { DemoToken } from './demo-tokens';
import type { Say } from './progress';

/** A process that waits to prepare the database; see `prepare-process.ts`. */
export type Preparation = {
  /** Migrates and seeds the database; returns the tokens of the demo people who were added now. Throws what went wrong. */
  run(databaseUrl: string, demo: boolean): Promise<readonly DemoToken[]>;
  /** Ends it, whether it was used or not. */
  close(): void;
};

type Message = { say: string } | { tokens: DemoToken[] } | { error: string };

/** Starts the process, which loads its code at once: call it before the database is up. */
export function startPreparation(say: Say): Preparation {
  const child = fork(join(__dirname, 'prepare-process.js'), [], {
    execArgv: ['--enable-source-maps'], stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const done = new Promise<readonly DemoToken[]>((resolve, reject) => {
    child.on('message', (message: Message) => {
      if ('say' in message) say(message.say);
      else if ('tokens' in message) resolve(message.tokens);
      else reject(new Error(message.error));
    });
    child.once('error', reject);
    child.once('exit', (code, signal) => reject(new Error(`The preparation of the database ended (${signal ?? code ?? 'unknown'}).`)));
  });
  // It may fail before anybody waits for it, or be closed without having been used.
  done.catch(() => undefined);
  return {
    run: (databaseUrl, demo) => {
      if (child.connected) child.send({ databaseUrl, demo }, () => undefined);
      return done;
    },
    close: () => { child.kill('SIGKILL'); },
  };
}
