import { LOCALES, language } from '../app/i18n';

/** A number as the reader writes it, with two decimals at most. */
export const numberText = (value: number): string => new Intl.NumberFormat(LOCALES[language()], { maximumFractionDigits: 2 }).format(value);

/** A share as the reader writes it, as `80%`; with its sign where it is a difference. */
export const percentText = (share: number, signDisplay: 'auto' | 'exceptZero' = 'auto'): string => new Intl.NumberFormat(LOCALES[language()], { style: 'percent', maximumFractionDigits: 0, signDisplay }).format(share);
