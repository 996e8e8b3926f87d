/** What fields hold. Pure. */

/** Of one for a number: nothing, a number, or NaN for what is none. */
export type Written = number | undefined;

/** Whether it is a number. */
export const isNumber = (value: Written): value is number => typeof value === 'number' && !Number.isNaN(value);
/** Whether somebody wrote what can't be sent. */
export const isUnreadable = (value: Written): boolean => Number.isNaN(value);

/** What a field holds once what stood in it was sent: nothing, or what was written since. @param sent as it was sent. */
export const after = <T>(sent: T, empty: T) => (now: T): T => (now === sent ? empty : now);
