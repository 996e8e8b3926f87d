/** What commands answer, on standard output. */

/** A command that can answer as one JSON document. */
export interface Output {
  readonly json?: boolean;
}

export const print = (line: string): void => { process.stdout.write(`${line}\n`); };
export const printJson = (value: unknown): void => print(JSON.stringify(value, null, 2));
/** A number with its noun. */
export const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;
