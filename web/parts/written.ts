/** What a field for a number holds. Pure. */

/** Nothing, a number, or NaN for what is none. */
export type Written = number | undefined;

/** Whether it is a number. */
export const isNumber = (value: Written): value is number => value !== undefined && !Number.isNaN(value);
/** Whether somebody wrote what can't be sent. */
export const isUnreadable = (value: Written): boolean => Number.isNaN(value);
