/** Finds the template that an argument names: a file, or a shipped one. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fragmentsIn, listShipped, readShipped, TEMPLATES_FOLDER } from '../../config/library';
import { compileSample } from '../../domain/template/compile';
import { type Problem, suggest } from '../../domain/template/problem';
import { say, told } from '../../domain/template/say';
import { parseTemplate, type Template } from '../../domain/template/schema';
import { resolveTemplateCalendar } from '../../store/calendars';
import { UsageError } from '../terminal/usage-error';

export type Loaded =
  | { readonly ok: true; readonly file: string; readonly template: Template }
  | { readonly ok: false; readonly file: string; readonly problems: readonly Problem[] };

/**
 * Reads, parses and compiles a template.
 * @throws UsageError that says what would be right when there is no such file or shipped template.
 */
export function loadTemplate(named: string): Loaded {
  const { file, text, folder } = findText(named);
  const parsed = parseTemplate(text, fragmentsIn(join(folder, 'fragments'), join(TEMPLATES_FOLDER, 'fragments')));
  if (!parsed.ok) return { ok: false, file, problems: parsed.problems };
  const { template, locate } = parsed;
  let calendar;
  try {
    calendar = resolveTemplateCalendar(template);
  } catch (error) {
    return { ok: false, file, problems: [{ pointer: '/calendar', code: 'calendar-mismatch', ...told(say`there is no such calendar: ${(error as Error).message}`), ...locate('/calendar') }] };
  }
  const compiled = compileSample(template, calendar);
  if (!compiled.ok) return { ok: false, file, problems: compiled.problems.map((problem) => ({ ...problem, ...locate(problem.pointer) })) };
  return { ok: true, file, template };
}

function findText(named: string): { readonly file: string; readonly text: string; readonly folder: string } {
  if (existsSync(named)) return { file: named, text: readFileSync(named, 'utf8'), folder: dirname(named) };
  const shipped = readShipped(named);
  if (shipped) return { file: `${named}.yaml (shipped)`, text: shipped.text, folder: TEMPLATES_FOLDER };
  const near = suggest(named, listShipped());
  throw new UsageError(`There is no file ${named}, and no shipped template of that name${near ? `; did you mean ${near}?` : `. Shipped are: ${listShipped().join(', ')}.`}`);
}
