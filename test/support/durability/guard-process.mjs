// Ends what a test run started if the run itself is gone without having done so: killed, or ended by a time limit. Lives in a
// process group of its own and hears from the run by IPC; when the run lets go, whatever is still on the list is ended.
import fs from 'node:fs';

const pids = new Map();
const folders = new Set();

/** When a process began, so that a later one with the same number is left alone; undefined where there is none. */
function beginOf(pid) {
  try {
    return fs.readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ')[19];
  } catch {
    return undefined;
  }
}

function signal(pid, name) {
  if (beginOf(pid) !== pids.get(pid).began) return;
  try {
    process.kill(pid, name);
  } catch {
    // It has ended meanwhile.
  }
}

process.on('message', ({ add, remove, folder }) => {
  if (add) pids.set(add.pid, { signal: add.signal, began: beginOf(add.pid) });
  if (remove) pids.delete(remove);
  if (folder) folders.add(folder);
});

async function endAll() {
  for (const [pid, { signal: name }] of pids) signal(pid, name);
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  if (pids.size > 0) await pause(15_000);
  for (const pid of pids.keys()) signal(pid, 'SIGKILL');
  for (const folder of folders) fs.rmSync(folder, { recursive: true, force: true });
  process.exit(0);
}
process.on('disconnect', () => { void endAll(); });
for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => undefined);
