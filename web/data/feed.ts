/**
 * What others do appears without reloading. One tab of a browser follows the feed and tells the others: a browser opens few connections
 * to one place, and each tab would keep one for itself.
 */
import { queryClient } from './api';

interface Change { readonly project: string; readonly type: string }
type Told = { readonly kind: 'change'; readonly change: Change } | { readonly kind: 'reset' } | { readonly kind: 'state'; readonly state: FeedState } | { readonly kind: 'ask' };

export interface FeedState {
  readonly isLost: boolean;
  /** Since when, in milliseconds since 1970. */
  readonly since: number;
}

/** What happens in quick succession is read once. */
const BATCH_MS = 200;
const RETRY_MS = 3_000;
/** A connection that comes back at once was never lost, as people see it. */
const LOST_AFTER_MS = 2_500;
/** Between two signs of life, until the first one says how often they come. */
const BEAT_MS = 15_000;
/** So many of them missing, and a stream is dead: a connection may die without either side being told. */
const BEATS_MISSED = 2.5;
/** The directory of people: not a project. */
const DIRECTORY = 'directory';
/** After these somebody may hold other roles than before. */
const ROLES: ReadonlySet<string> = new Set(['roles-assigned', 'project-started', 'revision-committed', 'program-set']);
const LISTS = ['tasks', 'approvals', 'portfolio', 'inbox', 'services'] as const;

let state: FeedState = { isLost: false, since: Date.now() };
const watchers = new Set<() => void>();
const pending = new Set<string>();
let rolesChanged = false;
/** Projects of which something happened to a backlog: large, and read again for that alone. */
const backlogs = new Set<string>();
const OF_BACKLOG = /^(?:backlog|items?|sprint|cards?|goal)-/;
let timer: ReturnType<typeof setTimeout> | undefined;

function setState(next: FeedState): void {
  if (next.isLost === state.isLost) return;
  state = next;
  for (const watch of watchers) watch();
}

export const feedState = {
  get: (): FeedState => state,
  subscribe: (watch: () => void): (() => void) => {
    watchers.add(watch);
    return () => watchers.delete(watch);
  },
};

/** Reads again what is on the page of what has changed. */
function flush(): void {
  timer = undefined;
  const projects = [...pending];
  pending.clear();
  for (const project of projects) void queryClient.invalidateQueries({ queryKey: project === DIRECTORY ? ['people'] : ['project', project] });
  if (rolesChanged) void queryClient.invalidateQueries({ queryKey: ['me'] });
  rolesChanged = false;
  for (const project of backlogs) void queryClient.invalidateQueries({ queryKey: ['backlog', project] });
  backlogs.clear();
  for (const list of LISTS) void queryClient.invalidateQueries({ queryKey: [list] });
}

function hear(told: Told): void {
  switch (told.kind) {
    case 'change':
      pending.add(told.change.project);
      rolesChanged ||= ROLES.has(told.change.type) || told.change.project === DIRECTORY;
      if (OF_BACKLOG.test(told.change.type)) backlogs.add(told.change.project);
      timer ??= setTimeout(flush, BATCH_MS);
      break;
    case 'reset':
      void queryClient.invalidateQueries({}, { cancelRefetch: false });
      break;
    case 'state':
      setState(told.state);
      break;
    case 'ask':
      // For the tab that follows to answer.
      break;
  }
}

/** Follows the feed until `signal` aborts; a stream that ends is opened again where it ended. */
function follow(tell: (told: Told) => void, signal: AbortSignal): void {
  let last: string | undefined;
  let lost: ReturnType<typeof setTimeout> | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let silence: ReturnType<typeof setTimeout> | undefined;
  let nextMs = BEAT_MS;
  let end: (() => void) | undefined;
  const isLost = (since: number): void => tell({ kind: 'state', state: { isLost: true, since } });
  const open = (): void => {
    if (signal.aborted) return;
    const source = new EventSource(`/api/v1/feed${last === undefined ? '' : `?after=${encodeURIComponent(last)}`}`);
    end = () => {
      clearTimeout(lost);
      clearTimeout(retry);
      clearTimeout(silence);
      lost = undefined;
      source.close();
    };
    const hearIt = (): void => {
      clearTimeout(silence);
      const since = Date.now();
      silence = setTimeout(() => {
        isLost(since);
        end?.();
        open();
      }, nextMs * BEATS_MISSED);
    };
    hearIt();
    source.addEventListener('alive', (event: MessageEvent<string>) => {
      ({ nextMs } = JSON.parse(event.data) as { nextMs: number });
      hearIt();
    });
    source.addEventListener('open', () => {
      hearIt();
      clearTimeout(lost);
      lost = undefined;
      tell({ kind: 'state', state: { isLost: false, since: Date.now() } });
    });
    source.addEventListener('change', (event: MessageEvent<string>) => {
      hearIt();
      last = event.lastEventId;
      tell({ kind: 'change', change: JSON.parse(event.data) as Change });
    });
    source.addEventListener('reset', (event) => {
      last = event.lastEventId;
      tell({ kind: 'reset' });
    });
    source.addEventListener('error', () => {
      const since = Date.now();
      lost ??= setTimeout(() => isLost(since), LOST_AFTER_MS);
      // The browser itself comes back to a stream that broke; not to one that was refused.
      if (source.readyState !== EventSource.CLOSED) return;
      // Refused: perhaps nobody is signed in any more.
      void queryClient.invalidateQueries({ queryKey: ['me'] });
      retry = setTimeout(open, RETRY_MS);
    });
  };
  // A device that knows it is cut off says so at once, where a stream would only fall silent.
  window.addEventListener('offline', () => isLost(Date.now()), { signal });
  window.addEventListener('online', () => { end?.(); open(); }, { signal });
  signal.addEventListener('abort', () => end?.(), { once: true });
  open();
}

/** Begins to follow in the name of a person. @returns ends it. */
export function startFeed(person: string): () => void {
  const name = `sluis-feed ${person}`;
  const ended = new AbortController();
  const channel = new BroadcastChannel(name);
  channel.addEventListener('message', (event: MessageEvent<Told>) => hear(event.data));
  const tell = (told: Told): void => {
    channel.postMessage(told);
    hear(told);
  };
  // A tab that is opened while there is no connection hears so from the one that follows.
  channel.postMessage({ kind: 'ask' } satisfies Told);
  void navigator.locks.request(name, { signal: ended.signal }, () => new Promise<void>((resolve) => {
    // Given while it was being ended: kept, no tab would ever follow again.
    if (ended.signal.aborted) {
      resolve();
      return;
    }
    ended.signal.addEventListener('abort', () => resolve(), { once: true });
    channel.addEventListener('message', ({ data }: MessageEvent<Told>) => { if (data.kind === 'ask') channel.postMessage({ kind: 'state', state } satisfies Told); });
    follow(tell, ended.signal);
  })).catch(() => undefined);
  return () => {
    ended.abort();
    channel.close();
  };
}
