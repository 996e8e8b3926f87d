import { LOCALES, language } from '../app/i18n';

/** A number as the reader writes it, with two decimals at most. */
export const numberText = (value: number): string => new Intl.NumberFormat(LOCALES[language()], { maximumFractionDigits: 2 }).format(value);
