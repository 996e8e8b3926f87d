/** Moments and amounts as people write them: in texts that belong to no project, and so to no calendar, those of Belgium. */
import { HOME } from '../../config/home';
import type { Language } from '../http/language';

const localeOf = (language: Language): string => `${language}-${language === 'en' ? 'GB' : 'BE'}`;

/** A moment with its day and its time. @param at milliseconds, or ISO-8601. */
export const momentIn = (language: Language, at: number | string): string =>
  new Intl.DateTimeFormat(localeOf(language), { dateStyle: 'long', timeStyle: 'short', timeZone: HOME.timeZone }).format(new Date(at));

/** A day. @param date `YYYY-MM-DD` */
export const dayIn = (language: Language, date: string): string => new Intl.DateTimeFormat(localeOf(language), { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(date));

/** An amount with at most two decimals. */
export const amountIn = (language: Language, amount: number): string => new Intl.NumberFormat(localeOf(language), { maximumFractionDigits: 2 }).format(amount);
