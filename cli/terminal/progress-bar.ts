const WIDTH = 30;
/** What is done sooner needs no bar. */
const SHOW_AFTER_MS = 500;

/** A bar on standard error, where that is a terminal. */
export function progressBar(what: string, total: number): { readonly update: (done: number) => void; readonly end: () => void } {
  const began = Date.now();
  let shown = false;
  return {
    update: (done) => {
      if (!process.stderr.isTTY || Date.now() - began < SHOW_AFTER_MS) return;
      shown = true;
      const full = Math.round((done / total) * WIDTH);
      process.stderr.write(`\r${what} ${'█'.repeat(full)}${'░'.repeat(WIDTH - full)} ${done}/${total}`);
    },
    end: () => { if (shown) process.stderr.write('\r\u001b[K'); },
  };
}
