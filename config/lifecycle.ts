/** How a process of the product (worker, API) announces itself to what started it, and ends. */

/** Tells the supervisor, where there is one, that this process does its work from now on. */
export function announceReady(): void {
  process.send?.({ ready: true });
}

/**
 * Calls `stop` once, when this process is asked to end: by SIGTERM, by SIGINT when it was started by hand, by a message of
 * the supervisor, or by the supervisor's end. Exits with 0 after it, with 1 when it failed or took longer than `limitMs`.
 */
export function onStop(stop: () => Promise<void>, limitMs = 30_000): void {
  let stopping = false;
  const end = (): void => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), limitMs).unref();
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
        process.exit(1);
      },
    );
  };
  const supervised = process.connected;
  process.on('SIGTERM', end);
  process.on('SIGINT', () => {
    // Ctrl-C reaches the whole process group; the supervisor then ends the parts in their order.
    if (!supervised) end();
  });
  if (!supervised) return;
  process.on('disconnect', end);
  process.on('message', (message) => {
    if (typeof message === 'object' && message !== null && 'stop' in message) end();
  });
}
