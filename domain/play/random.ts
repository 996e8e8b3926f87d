/** Chance that depends on nothing but what is asked: the same seed and question give the same answer, in whatever order they are asked. */

/** A number from 0 (included) to 1 (not), by FNV-1a over the text and a finishing mix (murmur3's). */
export function chanceOf(seed: number, question: string): number {
  let hash = (0x811c9dc5 ^ seed) >>> 0;
  for (let index = 0; index < question.length; index += 1) hash = Math.imul(hash ^ question.charCodeAt(index), 0x01000193) >>> 0;
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b) >>> 0;
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35) >>> 0;
  hash ^= hash >>> 16;
  return (hash >>> 0) / 4_294_967_296;
}

/** A duration from a three-point estimate: the triangular distribution of best, likely and worst. */
export function durationOf([best, likely, worst]: readonly [number, number, number], chance: number): number {
  const span = worst - best;
  if (span <= 0) return likely;
  const turn = (likely - best) / span;
  return chance < turn ? best + Math.sqrt(chance * span * (likely - best)) : worst - Math.sqrt((1 - chance) * span * (worst - likely));
}

/** The share of the durations of an estimate that do not exceed this one. */
function shareWithin([best, likely, worst]: readonly [number, number, number], duration: number): number {
  if (duration <= best) return 0;
  if (duration >= worst) return 1;
  const span = worst - best;
  return duration < likely ? (duration - best) ** 2 / (span * (likely - best)) : 1 - (worst - duration) ** 2 / (span * (worst - likely));
}

/** What took longer than it ever should needs at least this share of its likely time yet. */
const LEAST_LEFT = 0.1;

/** How much longer something takes that has taken `elapsed` already: among the durations of its estimate that are longer. */
export function remainingOf(estimate: readonly [number, number, number], elapsed: number, chance: number): number {
  if (elapsed <= 0) return durationOf(estimate, chance);
  const passed = shareWithin(estimate, elapsed);
  const left = passed < 1 ? durationOf(estimate, passed + chance * (1 - passed)) - elapsed : 0;
  return Math.max(left, estimate[1] * LEAST_LEFT);
}
