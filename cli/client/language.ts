/** The languages that the API and the demo speak. */
export type Language = 'nl' | 'fr' | 'en';

export const LANGUAGES: readonly string[] = ['nl', 'fr', 'en'] satisfies readonly Language[];

export const isLanguage = (text: string): text is Language => LANGUAGES.includes(text);

/** The reader's language, as the terminal says it. */
export function languageOf(env: NodeJS.ProcessEnv): Language {
  const wanted = (env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '').slice(0, 2).toLowerCase();
  return isLanguage(wanted) ? wanted : 'en';
}
