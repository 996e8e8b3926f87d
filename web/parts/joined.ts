/** Texts of people beside words of ours, in one line. */

/** Letters that are written from right to left, and characters that say so of what follows. */
const TURNS = /[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff]/;

/** A text whose direction does not reach what stands beside it. */
export const isolated = (text: string): string => (TURNS.test(text) ? `\u2068${text}\u2069` : text);

/** Those that there are, beside each other. */
export const joined = (parts: readonly (string | false | null | undefined)[]): string => parts.filter((part) => typeof part === 'string' && part !== '').map((part) => isolated(String(part))).join(' · ');
