/** The plans with which a template is tried out: its parameters in all ways that conditions tell apart, with and without an inventory. */
import type { WorkingCalendar } from '../calendar';
import type { Plan } from '../plan';
import { compile, type Compiled } from './compile';
import { type Parameters, sampleInventory, sampleParameters } from './parameters';
import type { Template, TemplateParameter } from './schema';

/** So many plans at most. */
const MAX_VARIANTS = 6;

export interface Variants {
  readonly plans: readonly Plan[];
  /** Whether not all combinations of parameters were taken. */
  readonly more: boolean;
}

/** Plans of a template that compiles; the first one is that of its defaults. */
export function variantsOf(template: Template, calendar: WorkingCalendar): Variants | Extract<Compiled, { ok: false }> {
  const base = sampleParameters(template, calendar.from);
  const perKind = Math.min(8, Math.max(2, ...template.inventory.flatMap(({ attributes }) => attributes.map(({ choices }) => choices?.length ?? 0))));
  const inventory = sampleInventory(template, perKind);
  const first = compile(template, base, calendar, inventory);
  if (!first.ok) return first;
  const plans = new Map([[JSON.stringify(first.plan), first.plan]]);
  const { all, more } = combinations(template, base);
  const take = (parameters: Parameters, items: typeof inventory): void => {
    const compiled = compile(template, parameters, calendar, items);
    if (compiled.ok) plans.set(JSON.stringify(compiled.plan), compiled.plan);
  };
  if (inventory.length > 0) take(base, []);
  for (const parameters of all) take(parameters, inventory);
  return { plans: [...plans.values()], more };
}

/** All combinations of the values that conditions tell apart; where they are too many, each value at least once. */
function combinations(template: Template, base: Parameters): { readonly all: readonly Parameters[]; readonly more: boolean } {
  const text = JSON.stringify(template.phases);
  const asked = template.parameters.filter(({ key }) => text.includes(`parameters.${key}`));
  const values = asked.map((parameter) => [parameter.key, valuesOf(parameter, text)] as const);
  const count = values.reduce((product, [, each]) => product * each.length, 1);
  if (count <= MAX_VARIANTS) {
    return { all: values.reduce<Parameters[]>((all, [key, each]) => all.flatMap((one) => each.map((value) => ({ ...one, [key]: value }))), [base]), more: false };
  }
  const rounds = Math.max(...values.map(([, each]) => each.length));
  return {
    all: Array.from({ length: rounds }, (_, round) => ({ ...base, ...Object.fromEntries(values.map(([key, each]) => [key, each[round % each.length] ?? 0])) })),
    more: true,
  };
}

function valuesOf(parameter: TemplateParameter, text: string): (string | number | boolean)[] {
  switch (parameter.type) {
    case 'checkbox': return [true, false];
    case 'person': return [parameter.key];
    case 'choice': return parameter.choices.map(({ key }) => key);
    case 'date': return ['2000-01-03', parameter.default ?? '2027-01-04', '2099-12-31'];
    case 'number': {
      const { key, min = 0, max = 1_000_000 } = parameter;
      const compared = [...text.matchAll(new RegExp(`parameters\\.${key}\\s*[<>=!]+\\s*(\\d+(?:\\.\\d+)?)`, 'g'))].map(([, number]) => Number(number));
      const near = compared.flatMap((number) => [number - 1, number, number + 1]).filter((number) => number >= min && number <= max);
      return [...new Set([parameter.default ?? min, min, max, ...near])];
    }
  }
}
