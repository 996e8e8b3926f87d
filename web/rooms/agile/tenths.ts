import { language, LOCALES } from '../../app/i18n';

/** A number to the tenth, as the reader writes it; nothing of none. */
export const tenths = (value: number | undefined): string =>
  (value === undefined ? '' : new Intl.NumberFormat(LOCALES[language()], { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(value));
