/** Writes one line for the person at the terminal. */
export type Say = (line: string) => void;

/**
 * Runs one step; says so once it has taken longer than a second, and how long it took when it is done. `work` may say more
 * while it goes on.
 */
export async function step<T>(what: string, say: Say, work: () => Promise<T>): Promise<T> {
  const started = Date.now();
  let said = false;
  const timer = setTimeout(() => {
    said = true;
    say(`  … ${what}`);
  }, 1000);
  try {
    const result = await work();
    if (said) say(`    ${what}: ${((Date.now() - started) / 1000).toFixed(1)} s`);
    return result;
  } finally {
    clearTimeout(timer);
  }
}
