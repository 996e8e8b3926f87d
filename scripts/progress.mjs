/**
 * Runs one step. Says so as soon as it has taken longer than a second, and how long it took when it ends; a quick step
 * stays silent.
 * @template T
 * @param {string} what what is being done, as a person would say it
 * @param {() => T | Promise<T>} work
 * @param {(line: string) => void} say
 * @returns {Promise<T>}
 */
export async function step(what, work, say = (line) => process.stderr.write(`${line}\n`)) {
  const started = Date.now();
  let said = false;
  const timer = setTimeout(() => {
    said = true;
    say(`  … ${what}`);
  }, 1000);
  try {
    return await work();
  } finally {
    clearTimeout(timer);
    const seconds = (Date.now() - started) / 1000;
    if (said) say(`    ${what}: ${seconds.toFixed(1)} s`);
    else if (seconds >= 1) say(`  … ${what}: ${seconds.toFixed(1)} s`);
  }
}
