import { language, LOCALES } from '../../app/i18n';

/** Hours to the tenth, as the reader writes them. */
export const inHours = (hours: number): string => new Intl.NumberFormat(LOCALES[language()], { maximumFractionDigits: 1 }).format(hours);
