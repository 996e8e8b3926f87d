/** What of the room of absences stands in its address. */
export interface AbsenceSearch {
  /** Whose absence; mine when not given. */
  readonly person?: string;
  /** Also those that are over. */
  readonly ended?: true;
}

export function readSearch(search: Record<string, unknown>): AbsenceSearch {
  const { person, ended } = search;
  return { ...(typeof person === 'string' && person !== '' && { person: person.slice(0, 100) }), ...(ended === true && { ended }) };
}
