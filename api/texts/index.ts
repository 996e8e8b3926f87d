import type { Language } from '../http/language';
import { en } from './en';
import { fr } from './fr';
import { nl } from './nl';
import { keepTogether } from './spaces';
import type { Texts } from './types';

export type { ProblemText, Texts } from './types';

const TEXTS: Readonly<Record<Language, Texts>> = { nl, fr, en };

/** The texts of a language. */
export function textsIn(language: Language): Texts {
  return TEXTS[language];
}

type Facts = Readonly<Record<string, unknown>>;

/**
 * Puts facts into a sentence. `names` turns ids of roles, tasks and the like into what people call them; a list is joined by
 * commas. A part in brackets whose fact is missing disappears with its brackets.
 */
export function fillIn(sentence: string, facts: Facts, names: (fact: string, id: string) => string = (_, id) => id): string {
  const known = (fact: string): string | undefined => {
    const value = facts[fact];
    if (value === undefined || value === null || (Array.isArray(value) && value.length === 0)) return undefined;
    const called = (Array.isArray(value) ? value : [value]).map((each) => names(fact, String(each)));
    // Who may do something may be named as who does it, answers for it and steers.
    return [...new Set(called)].join(', ');
  };
  const fill = (part: string): string => part.replace(/\{(\w+)\}/g, (_, fact: string) => known(fact) ?? '…');
  const complete = (part: string): boolean => [...part.matchAll(/\{(\w+)\}/g)].every(([, fact]) => known(fact ?? '') !== undefined);
  return fill(keepTogether(sentence).replace(/\[([^\]]*)\]/g, (_, part: string) => (complete(part) ? part : '')));
}
