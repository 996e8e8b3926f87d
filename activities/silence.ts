/** So long nothing is answered before a database counts as silent; in health a projection takes milliseconds, under load some hundred. */
const SILENT_MS = 2_000;

/** Notices that a database takes what it is asked and answers nothing, so that not each who could do without the answer waits for it in vain. */
export class Silence {
  private readonly waiting = new Set<{ readonly since: number }>();
  private answeredAt = -Infinity;

  /** @param now Milliseconds that only grow. */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /** The result of an access, which is watched. An error is an answer, too. */
  async listen<T>(access: () => Promise<T>): Promise<T> {
    const asked = { since: this.now() };
    this.waiting.add(asked);
    try {
      return await access();
    } finally {
      this.waiting.delete(asked);
      this.answeredAt = this.now();
    }
  }

  /** Whether somebody has waited for too long, and nobody was answered meanwhile. */
  isSilent(): boolean {
    const [oldest] = this.waiting;
    return oldest !== undefined && this.answeredAt < oldest.since && this.now() - oldest.since > SILENT_MS;
  }
}
