/** What of the inbox stands in its address. */
export interface InboxSearch {
  readonly unread?: true;
}

export const readSearch = (search: Record<string, unknown>): InboxSearch => (search['unread'] === true ? { unread: true } : {});
