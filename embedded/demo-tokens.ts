import { readJson, writeJson } from './run-state';

/**
 * A sign-in token of a demo person; `role` is null for one without a role. The database holds only its hash, so this file is
 * the one place that knows it.
 */
export type DemoToken = { readonly role: string | null; readonly person: string; readonly name: string; readonly token: string };

/**
 * Adds tokens that were just made to the file and returns all it holds. A newer token of the same person and role takes the
 * older one's place.
 */
export function keepDemoTokens(path: string, made: readonly DemoToken[]): readonly DemoToken[] {
  const kept = readDemoTokens(path);
  if (made.length === 0) return kept;
  const replaced = new Set(made.map((token) => `${token.person}/${token.role ?? ''}`));
  const all = [...kept.filter((token) => !replaced.has(`${token.person}/${token.role ?? ''}`)), ...made];
  writeJson(path, all);
  return all;
}

/** The tokens made so far; none when the file is absent or damaged. */
export function readDemoTokens(path: string): readonly DemoToken[] {
  const content = readJson(path);
  return Array.isArray(content) ? (content as DemoToken[]) : [];
}
