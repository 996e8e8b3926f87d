/** Where a project, a phase or a gate stands, in words and colours. */
import { style } from '../terminal/style';

const COLOURS: Readonly<Record<string, (text: string) => string>> = {
  running: style.cyan, held: style.yellow, completed: style.green, stopped: style.red, cancelled: style.red,
  open: style.cyan, passed: style.green, ended: style.green, skipped: style.dim, waiting: style.dim,
  approved: style.green, 'approved-with-conditions': style.yellow, 'sent-back': style.yellow,
  migrated: style.green, moves: style.green, 'moved-on': style.yellow, pending: style.yellow, 'needs-decision': style.yellow,
  refused: style.red, impossible: style.red,
};

export const paintStatus = (status: string): string => (COLOURS[status] ?? String)(status);
