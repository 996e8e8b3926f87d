/** So many at once, and so many more per minute: for each key by itself. */
export class Rate {
  private readonly left = new Map<string, { tokens: number; at: number }>();

  constructor(private readonly perMinute: number, private readonly keys = 10_000) {}

  /** Takes one. @param now milliseconds. @returns seconds to wait until there is one; 0: it was taken. */
  take(key: string, now: number): number {
    const known = this.left.get(key);
    const tokens = Math.min(this.perMinute, known ? known.tokens + Math.max(0, now - known.at) / 60_000 * this.perMinute : this.perMinute);
    this.left.delete(key);
    // Those that were not used for longest are full again.
    if (this.left.size >= this.keys) this.left.delete(this.left.keys().next().value as string);
    const taken = tokens >= 1;
    this.left.set(key, { tokens: taken ? tokens - 1 : tokens, at: now });
    return taken ? 0 : Math.ceil((1 - tokens) / this.perMinute * 60);
  }
}
