/** Follows the log for all who listen to this process: one reader, however many listeners. */
import { PassThrough, type Readable } from 'node:stream';
import type { Logger } from 'pino';
import { DIRECTORY } from '../../domain/directory/types';
import type { FeedPlace, FeedRow } from '../../store/reads/feed';
import type { Person } from '../auth/person';
import { Problem } from '../problem';
import type { Reads } from '../reads';

const POLL_MS = 400;
const PAGE = 500;
const HEARTBEAT_MS = 15_000;
/** How long what somebody may see is taken for granted. */
const ACCESS_MS = 20_000;
/** How long a listener is taken for who they said they are. */
const PERSON_MS = 60_000;
/** Whoever has fallen behind further than this reads anew in place of catching up. */
const CATCH_UP_EVENTS = 5_000;
/** What may wait for a listener who does not read; then it is cut off, and goes on from where it was. */
const BACKLOG_BYTES = 1_000_000;
const PER_PERSON = 20;
const IN_ALL = 2_000;

/** Events after which somebody may see other projects than before. */
const ACCESS_EVENTS: ReadonlySet<string> = new Set(['roles-assigned', 'project-started', 'person-left', 'delegation-began', 'delegation-ended']);

export interface FeedSettings {
  readonly pollMs?: number;
  readonly heartbeatMs?: number;
}

export interface Listening {
  readonly person: Person;
  /** Only these projects; all that may be seen when empty. */
  readonly projects: readonly string[];
  readonly after: FeedPlace | undefined;
  /** Throws when the person's token is no longer valid. */
  readonly check: () => Promise<unknown>;
}

export const isAfter = (one: FeedPlace, other: FeedPlace): boolean => {
  const [a, b] = [BigInt(one.tx), BigInt(other.tx)];
  return a === b ? BigInt(one.position) > BigInt(other.position) : a > b;
};

export const placeText = ({ tx, position }: FeedPlace): string => `${tx}-${position}`;

/** @returns undefined for what is no place of a feed. */
export function placeOf(text: string): FeedPlace | undefined {
  const [, tx, position] = /^(\d{1,18})-(\d{1,18})$/.exec(text) ?? [];
  return tx === undefined || position === undefined ? undefined : { tx, position };
}

const eventText = (id: string, event: string, data: object): string => `id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

/** That something changed among people is told to everybody, not by whom: it could be that somebody will be absent. */
function changeText(row: FeedRow): string {
  const { project, stream, seq, type, at, by } = row;
  return eventText(placeText(row), 'change', { project, stream, seq, type, at: new Date(at).toISOString(), by: project === DIRECTORY ? null : by });
}

/** One who listens: catches up first, and hears meanwhile what happens, to be told after it. */
class Listener {
  readonly out = new PassThrough();
  private waiting: FeedRow[] | null = [];
  private told: FeedPlace;
  private readonly access = new Map<string, { readonly sees: boolean; readonly at: number }>();
  private turn: Promise<unknown> = Promise.resolve();
  private checkedAt = Date.now();

  constructor(readonly of: Listening, private readonly reads: Pick<Reads, 'access' | 'feed'>, private readonly sees: (person: Person, project: string) => Promise<boolean>, from: FeedPlace) {
    this.told = from;
  }

  /** Tells what happened since it listened last, then what has happened while that was read. */
  async catchUp(): Promise<void> {
    for (let read = 0; !this.out.destroyed; ) {
      const rows = await this.reads.feed(this.told, PAGE);
      await this.tell(rows);
      read += rows.length;
      if (rows.length < PAGE) break;
      if (read >= CATCH_UP_EVENTS) {
        this.reset(rows.at(-1) ?? this.told);
        break;
      }
    }
    const meanwhile = this.waiting ?? [];
    this.waiting = null;
    // What is heard from here on waits its turn.
    await (this.turn = this.tell(meanwhile));
  }

  /** From here on, what was read before is to be read anew. */
  reset(place: FeedPlace): void {
    this.told = place;
    this.write(eventText(placeText(place), 'reset', {}));
  }

  hear(rows: readonly FeedRow[]): void {
    if (this.waiting) this.waiting.push(...rows);
    else this.turn = this.turn.then(() => this.tell(rows)).catch(() => { this.out.destroy(); });
  }

  /** A sign of life, which a browser sees too; and who it is told to is looked at again from time to time. */
  beat(nextMs: number): void {
    this.write(`event: alive\ndata: ${JSON.stringify({ nextMs })}\n\n`);
    if (Date.now() - this.checkedAt < PERSON_MS) return;
    this.checkedAt = Date.now();
    void this.of.check().catch((error: unknown) => { if (error instanceof Problem && error.code === 'unauthenticated') this.out.end(); });
  }

  private async tell(rows: readonly FeedRow[]): Promise<void> {
    for (const row of rows) {
      if (!isAfter(row, this.told)) continue;
      if (ACCESS_EVENTS.has(row.type)) this.access.clear();
      if (await this.maySee(row.project)) this.write(changeText(row));
      this.told = row;
    }
  }

  private async maySee(project: string): Promise<boolean> {
    const { person, projects } = this.of;
    if (projects.length > 0 && !projects.includes(project)) return false;
    if (project === DIRECTORY) return true;
    const known = this.access.get(project);
    if (known && Date.now() - known.at < ACCESS_MS) return known.sees;
    const sees = await this.sees(person, project);
    this.access.set(project, { sees, at: Date.now() });
    return sees;
  }

  private write(text: string): void {
    if (this.out.destroyed || this.out.writableEnded) return;
    this.out.write(text);
    if (this.out.writableLength > BACKLOG_BYTES) this.out.destroy();
  }
}

export class FeedHub {
  private readonly listeners = new Set<Listener>();
  private timer: NodeJS.Timeout | undefined;
  private heart: NodeJS.Timeout | undefined;
  private place: FeedPlace | undefined;
  private closed = false;

  constructor(
    private readonly reads: Pick<Reads, 'access' | 'feed' | 'feedEnd' | 'isFeedPlace'>, private readonly sees: (person: Person, project: string) => Promise<boolean>,
    private readonly log: Logger, private readonly settings: FeedSettings = {},
  ) {}

  /** @throws Problem `feed-full` when too many listen. */
  async listen(listening: Listening): Promise<Readable> {
    const mine = [...this.listeners].filter(({ of }) => of.person.id === listening.person.id).length;
    if (this.closed || mine >= PER_PERSON || this.listeners.size >= IN_ALL) throw new Problem('feed-full');
    const { after } = listening;
    const end = await this.reads.feedEnd();
    const isKnown = after === undefined || (await this.reads.isFeedPlace(after) && !isAfter(after, end));
    const listener = new Listener(listening, this.reads, this.sees, after !== undefined && isKnown ? after : end);
    this.listeners.add(listener);
    listener.out.once('close', () => {
      this.listeners.delete(listener);
      if (this.listeners.size === 0) this.rest();
    });
    if (after === undefined || !isKnown) listener.reset(end);
    // Nothing that happens from now on is missed: it is kept until what was before has been told.
    this.place ??= end;
    this.wake();
    void listener.catchUp().catch((error: unknown) => {
      this.log.warn({ err: error }, 'a listener could not catch up');
      listener.out.destroy();
    });
    return listener.out;
  }

  /** Ends all streams: their listeners come back to another process, or to this one later. */
  close(): void {
    this.closed = true;
    this.rest();
    for (const { out } of this.listeners) out.end();
  }

  private wake(): void {
    this.timer ??= setTimeout(() => void this.poll(), this.settings.pollMs ?? POLL_MS);
    const { heartbeatMs = HEARTBEAT_MS } = this.settings;
    this.heart ??= setInterval(() => { for (const each of this.listeners) each.beat(heartbeatMs); }, heartbeatMs);
  }

  private rest(): void {
    clearTimeout(this.timer);
    clearInterval(this.heart);
    this.timer = undefined;
    this.heart = undefined;
    this.place = undefined;
  }

  private async poll(): Promise<void> {
    let isMore = false;
    try {
      if (this.place) {
        const rows = await this.reads.feed(this.place, PAGE);
        const last = rows.at(-1);
        if (last && this.place) {
          this.place = last;
          for (const listener of this.listeners) listener.hear(rows);
        }
        isMore = rows.length === PAGE;
      }
    } catch (error) {
      // The database is away: what happens meanwhile is told when it is back.
      this.log.warn({ err: error }, 'the feed could not read the log');
    }
    if (this.listeners.size === 0 || this.closed) return;
    this.timer = setTimeout(() => void this.poll(), isMore ? 0 : this.settings.pollMs ?? POLL_MS);
  }
}
