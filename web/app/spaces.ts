/** French sets its double punctuation off by spaces: a line must not break at them. */
export const keepTogether = (text: string): string => text.replace(/ (?=[:;!?»%])|(?<=«) /g, '\u00a0');

/** All texts of a room, so. */
export const together = (texts: Readonly<Record<string, string>>): Record<string, string> => Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, keepTogether(text)]));
