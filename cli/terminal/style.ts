/** Colours, where standard output is a terminal that wants them: NO_COLOR and FORCE_COLOR are respected. */
import { styleText } from 'node:util';

const paint = (format: Parameters<typeof styleText>[0]) => (text: string): string => styleText(format, text);

export const style = {
  red: paint('red'), green: paint('green'), yellow: paint('yellow'), cyan: paint('cyan'), bold: paint('bold'), dim: paint('dim'), italic: paint('italic'),
} as const;
