import { stripVTControlCharacters } from 'node:util';
import { style } from './style';

const segmenter = new Intl.Segmenter();
const widthOf = (cell: string): number => [...segmenter.segment(stripVTControlCharacters(cell))].length;

/**
 * A table for a terminal.
 * @param right The columns that stand on the right: numbers. All but the first when not given.
 */
export function table(head: readonly string[], rows: readonly (readonly string[])[], right: readonly number[] = head.map((_, column) => column).slice(1)): string {
  // A text of several lines stands on one here.
  const cells = rows.map((row) => row.map((cell) => cell.replaceAll(/\s+/g, ' ').trim()));
  const widths = head.map((title, column) => Math.max(widthOf(title), ...cells.map((row) => widthOf(row[column] ?? ''))));
  const line = (row: readonly string[]): string => row.map((cell, column) => {
    const space = ' '.repeat(Math.max(0, (widths[column] ?? 0) - widthOf(cell)));
    return right.includes(column) ? `${space}${cell}` : `${cell}${space}`;
  }).join('  ').trimEnd();
  return [style.dim(line(head)), ...cells.map(line)].join('\n');
}

/** A table of texts: all columns on the left. */
export const textTable = (head: readonly string[], rows: readonly (readonly string[])[]): string => table(head, rows, []);
