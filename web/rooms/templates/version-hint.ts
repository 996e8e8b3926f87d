/** Which version a draft should become. Pure. */
import type { Schema } from '../../../client';

export type Level = 'patch' | 'minor' | 'major';

/** How much a version has to be raised for these changes; null: nothing is different. */
export function levelOf(changes: readonly Pick<Schema<'TemplateChange'>, 'kind' | 'textOnly'>[]): Level | null {
  if (changes.length === 0) return null;
  if (changes.some(({ kind }) => kind === 'removed' || kind === 'moved' || kind === 'renamed')) return 'major';
  return changes.every(({ textOnly }) => textOnly) ? 'patch' : 'minor';
}

const numbersOf = (version: string): [number, number, number] => {
  const [major = 0, minor = 0, patch = 0] = version.split(/[-+]/)[0]?.split('.').map(Number) ?? [];
  return [major, minor, patch];
};

/** The version after the highest published one. */
export function raise(version: string, level: Level): string {
  const [major, minor, patch] = numbersOf(version);
  return { major: `${major + 1}.0.0`, minor: `${major}.${minor + 1}.0`, patch: `${major}.${minor}.${patch + 1}` }[level];
}

/** Whether a version comes after another one; what is only announced (`-rc.1`) comes before what it announces. */
export function isHigher(version: string, other: string): boolean {
  const [one, two] = [numbersOf(version), numbersOf(other)];
  const place = one.findIndex((each, at) => each !== two[at]);
  if (place >= 0) return (one[place] ?? 0) > (two[place] ?? 0);
  return other.includes('-') && !version.includes('-');
}

/** The text with another version in it; the same where it says none. */
export const withVersion = (text: string, version: string): string =>
  text.replace(/^(version\s*:\s*)["']?[^\s"'#,}]+["']?|^(\s*"version"\s*:\s*)"[^"]*"/m, (_, yaml: string | undefined, json: string | undefined) => (json === undefined ? `${yaml}${version}` : `${json}"${version}"`));
