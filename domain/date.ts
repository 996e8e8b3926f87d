const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** Whether a text is a day of the calendar: the 30th of February is none. */
export function isDate(text: string): boolean {
  if (!DATE.test(text)) return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}
