/** What of the room of calendars stands in its address. */
export interface CalendarsSearch {
  readonly calendar?: string;
  readonly year?: number;
}

export function readSearch({ calendar, year }: Record<string, unknown>): CalendarsSearch {
  return { ...(typeof calendar === 'string' && calendar !== '' && { calendar: calendar.slice(0, 80) }), ...(typeof year === 'number' && Number.isInteger(year) && { year }) };
}
