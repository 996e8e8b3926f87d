/** Working time as one line: milliseconds of work since the calendar began, to and from instants. Each day has the same hours. */
import { isWorkingDay, type WorkingCalendar, startOfWork } from './calendar';
import type { Instant } from './process';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

export class WorkClock {
  /** Working time of one day, in milliseconds. */
  readonly dayMs: number;
  /** Instants at which each working day begins. */
  private readonly starts: Float64Array;

  constructor(calendar: WorkingCalendar) {
    this.dayMs = (calendar.endMinute - calendar.startMinute) * MINUTE_MS;
    const first = Date.UTC(Number(calendar.from.slice(0, 4)), Number(calendar.from.slice(5, 7)) - 1, Number(calendar.from.slice(8)));
    const starts: number[] = [];
    for (let index = 0; index < calendar.days.length; index += 1) {
      if (calendar.days[index] !== '1') continue;
      const date = new Date(first + index * DAY_MS).toISOString().slice(0, 10);
      if (isWorkingDay(calendar, date)) starts.push(startOfWork(calendar, date));
    }
    this.starts = Float64Array.from(starts);
  }

  /** Working time until an instant; outside working hours, until their end before it. */
  toWork(at: Instant): number {
    let [low, high] = [0, this.starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.starts[middle] as number) <= at) low = middle + 1;
      else high = middle;
    }
    if (low === 0) return 0;
    return (low - 1) * this.dayMs + Math.min(this.dayMs, at - (this.starts[low - 1] as number));
  }

  /** The instant at which so much working time has passed; beyond what the calendar knows, its last moment and on by whole weeks. */
  toInstant(work: number): Instant {
    // A whole number of days is the end of the last of them, not the beginning of the next.
    const day = Math.max(0, Math.ceil(work / this.dayMs) - 1);
    const known = this.starts.length - 1;
    const within = work - day * this.dayMs;
    if (day <= known) return (this.starts[day] ?? 0) + within;
    return (this.starts[known] ?? 0) + Math.ceil((day - known) / 5 * 7) * DAY_MS + within;
  }
}
