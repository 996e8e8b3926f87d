/** Which evidence of a gate the reader looked at last, kept in this browser: by the gate, through all rounds of its approval. */
const nameOf = (approval: string): string => `sluis-seen ${approval.replace(/\/\d+$/, '')}`;

export function lastSeen(approval: string): string | undefined {
  try {
    return localStorage.getItem(nameOf(approval)) ?? undefined;
  } catch {
    return undefined;
  }
}

export function keepSeen(approval: string, digest: string): void {
  try {
    localStorage.setItem(nameOf(approval), digest);
  } catch {
    // Then nothing is told of what changed since.
  }
}
