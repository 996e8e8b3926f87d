/** Whose days and weeks count where neither a project nor a service says: those of Belgium. */
export const HOME = { calendar: 'be', timeZone: 'Europe/Brussels' } as const;

/** `YYYY-MM-DD` where the clocks show that zone. */
export const todayIn = (timeZone: string, now: number): string => new Intl.DateTimeFormat('en-CA', { timeZone }).format(now);
