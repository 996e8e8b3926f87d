/** The files of the shipped library, and those beside a template of one's own. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Fragments } from '../domain/template/include';

/** The shipped templates: beside this folder in the sources as well as in the build. */
export const TEMPLATES_FOLDER = join(__dirname, '..', 'templates');

const ENDING = '.yaml';
const keysIn = (folder: string): string[] => (existsSync(folder)
  ? readdirSync(folder).filter((name) => name.endsWith(ENDING)).map((name) => basename(name, ENDING)).sort() : []);

/** Keys of the shipped templates. */
export function listShipped(folder = TEMPLATES_FOLDER): string[] {
  return keysIn(folder);
}

/** The text of a shipped template; undefined when there is none of that key. */
export function readShipped(key: string, folder = TEMPLATES_FOLDER): { readonly file: string; readonly text: string } | undefined {
  if (!keysIn(folder).includes(key)) return undefined;
  const file = join(folder, `${key}${ENDING}`);
  return { file, text: readFileSync(file, 'utf8') };
}

/** The fragments in folders; the first folder that has one counts. */
export function fragmentsIn(...folders: readonly string[]): Fragments {
  return {
    find: (key) => {
      const folder = folders.find((each) => keysIn(each).includes(key));
      if (folder === undefined) return undefined;
      const file = join(folder, `${key}${ENDING}`);
      return { file: basename(file), text: readFileSync(file, 'utf8') };
    },
    list: () => [...new Set(folders.flatMap(keysIn))],
  };
}

/** The shipped fragments. */
export const SHIPPED_FRAGMENTS: Fragments = fragmentsIn(join(TEMPLATES_FOLDER, 'fragments'));
