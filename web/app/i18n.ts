/** The texts of the app in nl, fr and en. A language is loaded when it is chosen, a room's texts with the room. */
import i18next, { type BackendModule } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Namespace, Resources } from '../texts';
import { together } from './spaces';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'app';
    resources: Resources;
  }
}

export const LANGUAGES = ['nl', 'fr', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

const KEPT = 'sluis-language';
const FILES = import.meta.glob<{ default: Record<string, string> }>('../texts/{nl,fr,en}/*.ts');

const isLanguage = (text: string | null | undefined): text is Language => LANGUAGES.some((each) => each === text);

/** What the reader chose here; else the first of the browser's languages that we have; else English. */
function firstLanguage(): Language {
  const kept = localStorage.getItem(KEPT);
  if (isLanguage(kept)) return kept;
  return navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase()).find(isLanguage) ?? 'en';
}

const files = {
  type: 'backend',
  init: () => undefined,
  async read(chosen: string, namespace: string) {
    const load = FILES[`../texts/${chosen}/${namespace}.ts`];
    if (!load) throw new Error(`no texts ${chosen}/${namespace}`);
    const { default: texts } = await load();
    return chosen === 'fr' ? together(texts) : texts;
  },
} satisfies Omit<BackendModule, 'read'> & { read: unknown };

/** The language of the pages now. */
export const language = (): Language => (isLanguage(i18next.language) ? i18next.language : 'en');

/** Whether the reader chose a language in this browser. */
export const hasChosenLanguage = (): boolean => isLanguage(localStorage.getItem(KEPT));

/** Changes the language of the pages, without loading them anew; `keep`: for this browser, from now on. */
export async function chooseLanguage(chosen: Language, { keep = true } = {}): Promise<void> {
  if (keep) localStorage.setItem(KEPT, chosen);
  await i18next.changeLanguage(chosen);
}

/** For `lang` of the page, and for `Intl`. */
export const LOCALES: Readonly<Record<Language, string>> = { nl: 'nl-BE', fr: 'fr-BE', en: 'en-GB' };

export async function startTexts(): Promise<void> {
  i18next.on('languageChanged', (chosen) => { document.documentElement.lang = chosen; });
  await i18next.use(files as unknown as BackendModule).use(initReactI18next).init({
    lng: firstLanguage(), fallbackLng: false, supportedLngs: [...LANGUAGES], ns: ['app'] satisfies Namespace[], defaultNS: 'app',
    // React shows texts as text.
    interpolation: { escapeValue: false },
    keySeparator: false, nsSeparator: false,
    react: { useSuspense: true },
  });
}
