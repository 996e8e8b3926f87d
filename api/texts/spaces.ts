/** Punctuation that is put between texts. */
import type { Language } from '../http/language';

/** French sets its double punctuation off by spaces at which no line may break. No other language here has a space in these places. */
export const keepTogether = (text: string): string => text.replace(/ (?=[:;!?»%])|(?<=«) /g, '\u00a0');

/** A value after its label. */
export const labelled = (label: string, value: string, language: Language): string => (language === 'fr' ? `${label}\u00a0: ${value}` : `${label}: ${value}`);
