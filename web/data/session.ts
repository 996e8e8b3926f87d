/** Whether the session has ended under pages that stand open: they stay, and say so. Tabs of a browser share a session. */

const TABS = 'sluis-session';

let isOver = false;
const watchers = new Set<() => void>();

export const session = {
  isOver: (): boolean => isOver,
  subscribe: (watch: () => void): (() => void) => {
    watchers.add(watch);
    return () => watchers.delete(watch);
  },
  setOver: (over: boolean): void => {
    if (over === isOver) return;
    isOver = over;
    for (const watch of watchers) watch();
  },
};

/** Of the pages of this tab, while somebody is signed in: a tab does not hear what it tells through its own. */
let channel: BroadcastChannel | undefined;

/** Tells other tabs that somebody signed in or out. */
export function tellTabs(): void {
  const through = channel ?? new BroadcastChannel(TABS);
  through.postMessage(null);
  if (through !== channel) through.close();
}

/** @param look asks who is signed in by now. @returns ends it. */
export function hearTabs(look: () => void): () => void {
  const heard = new BroadcastChannel(TABS);
  channel = heard;
  heard.addEventListener('message', look);
  return () => {
    heard.close();
    if (channel === heard) channel = undefined;
  };
}
