/** French sets its double punctuation off by spaces at which no line may break. No other language here has a space in these places. */
export const keepTogether = (text: string): string => text.replace(/ (?=[:;!?»%])|(?<=«) /g, '\u00a0');
