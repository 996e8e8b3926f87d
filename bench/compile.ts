/** Reading, checking and compiling templates: the shipped ones, and how the time grows with the number of tasks. */
import { SHIPPED_FRAGMENTS } from '../config/library';
import { compileSample } from '../domain/template/compile';
import { parseTemplate } from '../domain/template/schema';
import { resolveTemplateCalendar } from '../store/calendars';
import { type Benchmark, type Figures, size } from './benchmark';
import { makeTemplate, shippedLifecycles, time } from './support/lifecycles';
import { round } from './support/measure';

export const compile: Benchmark = {
  name: 'compile',
  about: 'reading, checking and compiling a template, in milliseconds',
  run: (options) => {
    const runs = size(options, 'RUNS', 5, 1);
    const shipped = Object.fromEntries(shippedLifecycles().map(({ key, text, template }) => {
      const calendar = resolveTemplateCalendar(template);
      return [key, {
        bytes: text.length, readMs: time(runs, () => parseTemplate(text, SHIPPED_FRAGMENTS)), compileMs: time(runs, () => compileSample(template, calendar)),
      }];
    }));
    const grown = [100, 200, 400].map((tasks) => {
      const template = makeTemplate(4, tasks / 4);
      const calendar = resolveTemplateCalendar(template);
      return { tasks, compileMs: time(runs, () => compileSample(template, calendar)) };
    });
    const [small, , large] = grown;
    const figures: Figures = { shipped, grown, growthOfFourfold: round((large?.compileMs ?? 0) / (small?.compileMs ?? 1), 2) };
    return Promise.resolve(figures);
  },
};
