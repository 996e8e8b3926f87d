/** Plans of any size for the benchmarks of the language, and the shipped lifecycles. */
import { listShipped, readShipped, SHIPPED_FRAGMENTS } from '../../config/library';
import type { Plan } from '../../domain/plan';
import { parseTemplate, type Template } from '../../domain/template/schema';
import { variantsOf } from '../../domain/template/variants';
import { resolveTemplateCalendar } from '../../store/calendars';
import { median, round } from './measure';

const text = (name: string) => ({ nl: name, fr: name, en: name });

/** Phases in a row, each with so many tasks in chains of five, and a gate. */
export function makeTemplate(phases: number, tasks: number): Template {
  const source = {
    schema: 1, key: 'made', version: '1.0.0', name: text('Made'), description: text('Made for a measurement'), managerRole: 'manager',
    roles: ['manager', 'engineer', 'sponsor'].map((key) => ({ key, abbreviation: key, name: text(key) })),
    phases: Array.from({ length: phases }, (_, phase) => ({
      key: `phase-${phase}`, name: text(`Phase ${phase}`), kind: 'stage', after: phase === 0 ? [] : [`phase-${phase - 1}`],
      tasks: Array.from({ length: tasks }, (__, task) => ({
        key: `task-${task}`, name: text(`Task ${task}`), rasci: { r: 'engineer', a: 'manager' }, after: task % 5 === 0 ? [] : [`task-${task - 1}`], estimate: [1, 2, 4],
      })),
      gate: { key: `gate-${phase}`, name: text(`Gate ${phase}`), approval: { steps: [{ key: 'sponsor', roles: ['sponsor'], quorum: 'any' }] } },
    })),
  };
  const parsed = parseTemplate(JSON.stringify(source));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems[0]));
  return parsed.template;
}

export interface Shipped {
  readonly key: string;
  readonly text: string;
  readonly template: Template;
}

export function shippedLifecycles(): Shipped[] {
  return listShipped().map((key) => {
    const { text: source = '' } = readShipped(key) ?? {};
    const parsed = parseTemplate(source, SHIPPED_FRAGMENTS);
    if (!parsed.ok) throw new Error(`${key}: ${JSON.stringify(parsed.problems[0])}`);
    return { key, text: source, template: parsed.template };
  });
}

export function plansOf(template: Template): readonly Plan[] {
  const variants = variantsOf(template, resolveTemplateCalendar(template));
  if (!('plans' in variants)) throw new Error(JSON.stringify(variants.problems[0]));
  return variants.plans;
}

/** Median of so many runs, in milliseconds, after one that is not counted. */
export function time(runs: number, work: () => unknown): number {
  work();
  return round(median(Array.from({ length: runs }, () => {
    const began = performance.now();
    work();
    return performance.now() - began;
  })), 2);
}
