/** Moments and dates in the reader's language. */
import { Tooltip } from '@mantine/core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LOCALES, language } from '../app/i18n';
import { dayOf, ZONE } from './days';

export { beginningOf, dayOf, fromField, noon, today, toField } from './days';

const DAY = 86_400_000;
const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [['year', 365 * DAY], ['month', 30 * DAY], ['week', 7 * DAY], ['day', DAY], ['hour', 3_600_000], ['minute', 60_000]];
// Making a format costs far more than using it.
const formats = new Map<string, Intl.DateTimeFormat>();
const relatives = new Map<string, Intl.RelativeTimeFormat>();

function format(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify([language(), options]);
  const known = formats.get(key) ?? new Intl.DateTimeFormat(LOCALES[language()], { timeZone: ZONE, ...options });
  formats.set(key, known);
  return known;
}

/** A day, as `di 1 dec 2026`. @param at ISO 8601. */
export const dayText = (at: string): string => format({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }).format(new Date(at));
/** A day where years are plain, as `1 dec`. */
export const shortDayText = (at: string): string => format({ day: 'numeric', month: 'short' }).format(new Date(at));
/** A month, as `dec`. */
export const monthText = (at: string): string => format({ month: 'short' }).format(new Date(at));
/** A time of day, as `14:05`. */
export const timeText = (at: string): string => format({ hour: '2-digit', minute: '2-digit' }).format(new Date(at));
/** From one day to another, as `28 nov – 24 dec 2026`. */
export const rangeText = (from: string, to: string): string => format({ day: 'numeric', month: 'short', year: 'numeric' }).formatRange(new Date(from), new Date(to));
/** A moment to the minute. */
export const momentText = (at: string): string => format({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' }).format(new Date(at));

/** How far a moment is, as `over 3 dagen`. */
export function relativeText(at: string, now = Date.now()): string {
  const distance = Date.parse(at) - now;
  // Less than a minute is now: languages have no other word for no minutes.
  const [unit, size] = UNITS.find(([, each]) => Math.abs(distance) >= each) ?? ['second', Infinity];
  const known = relatives.get(language()) ?? new Intl.RelativeTimeFormat(LOCALES[language()], { numeric: 'auto' });
  relatives.set(language(), known);
  return known.format(Math.round(distance / size), unit);
}

/** The number of the ISO week that a day falls in. */
export function weekOf(at: string): number {
  const [year = 0, month = 1, day = 1] = dayOf(at).split('-').map(Number);
  const thursday = new Date(Date.UTC(year, month - 1, day));
  thursday.setUTCDate(thursday.getUTCDate() + 4 - (thursday.getUTCDay() || 7));
  return Math.ceil(((thursday.getTime() - Date.UTC(thursday.getUTCFullYear(), 0, 1)) / DAY + 1) / 7);
}

/** What is said of a moment beyond its text, on hover and focus and for screen readers. It is made when it is asked for: lists hold hundreds. */
function Told({ at, label, paper, children }: { readonly at: string; readonly label: () => string; readonly paper?: string; readonly children: string }): React.JSX.Element {
  const { t } = useTranslation();
  const id = useId();
  const [of, setOf] = useState<HTMLElement | null>(null);
  const [isOpen, setIsOpen] = useState(false);
  const open = (event: React.SyntheticEvent<HTMLElement>): void => {
    setOf(event.currentTarget);
    setIsOpen(true);
  };
  const close = (): void => setIsOpen(false);
  return (
    <>
      <time dateTime={at} tabIndex={0} {...(isOpen && { 'aria-describedby': id })} onPointerEnter={open} onPointerLeave={close} onFocus={open} onBlur={close} onKeyDown={(event) => { if (event.key === 'Escape') close(); }}>{paper === undefined ? children : <span data-paper={paper}><span className="no-print">{children}</span></span>}</time>
      {of && <Tooltip id={id} target={of} opened={isOpen} label={`${label()} · ${t('week', { week: weekOf(at) })}`} />}
    </>
  );
}

/** A moment, relative; the exact one on hover and focus, and on paper, where the relative one would soon be wrong. */
export function When({ at }: { readonly at: string }): React.JSX.Element {
  // The language is followed: a text of it alone would stay as it was.
  useTranslation();
  return <Told at={at} label={() => momentText(at)} paper={momentText(at)}>{relativeText(at)}</Told>;
}

/** A day, with how far it is and its week on hover and focus. */
export function Day({ at }: { readonly at: string }): React.JSX.Element {
  useTranslation();
  return <Told at={at} label={() => `${relativeText(at)} · ${momentText(at)}`}>{dayText(at)}</Told>;
}

/** The last day before a moment at which something holds no more; the moment itself when that is in the middle of a day. */
export const untilText = (until: string): string => (timeText(until) === '00:00' ? dayText(new Date(Date.parse(until) - 1).toISOString()) : momentText(until));
