/** What a thread of workflows writes where its worker sees it: the number of the request that it is at, while it is. */
export const AT_NOTHING = -1n;
