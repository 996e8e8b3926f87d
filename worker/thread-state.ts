/** A thread of workflows writes the number of the request that it is at into a cell that it shares with its worker; this stands there while it is at none. */
export const AT_NOTHING = -1n;
