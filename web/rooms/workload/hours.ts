import { language, LOCALES } from '../../app/i18n';
import { percentText } from '../../parts/number';

/** A part of a whole, as the reader writes it. @param percent of 100 */
export const inPercent = (percent: number): string => percentText(percent / 100);

/** Hours to the tenth, as the reader writes them. */
export const inHours = (hours: number): string => new Intl.NumberFormat(LOCALES[language()], { maximumFractionDigits: 1 }).format(hours);
