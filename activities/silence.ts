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
    // Who has waited since before the last answer may have been forgotten, as on a connection that is dead.
    for (const { since } of this.waiting) if (since >= this.answeredAt) return this.now() - since > SILENT_MS;
    return false;
  }
}
