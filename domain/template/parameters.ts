/** The values with which a project is started: of parameters, and of the inventory. */
import { isDate } from '../date';
import { type InventoryItem, ITEM_ID, MAX_ITEMS } from '../inventory';
import { own } from '../fold';
import type { Scalar } from '../expression';
import { type Problem, suggest, toPointer } from './problem';
import type { Template, TemplateItemKind, TemplateParameter } from './schema';
import { didYouMean, say, type Sentence, told } from './say';

export type ParameterValue = number | string | boolean;
export type Parameters = Readonly<Record<string, ParameterValue>>;

/** The values of all parameters, defaults filled in, or what is wrong with those given (pointers below `/parameters`). */
export function judgeParameters(template: Template, given: Readonly<Record<string, unknown>>): { values: Parameters; problems: Problem[] } {
  const values: Record<string, ParameterValue> = {};
  const problems: Problem[] = [];
  const known = template.parameters.map(({ key }) => key);
  for (const name of Object.keys(given)) {
    if (known.includes(name)) continue;
    const suggestion = suggest(name, known);
    const detail = say`the template has no parameter "${name}"${didYouMean(suggestion)}`;
    problems.push({ pointer: toPointer(['parameters', name]), code: 'unknown-parameter', ...told(detail), ...(suggestion !== undefined && { suggestion }) });
  }
  for (const parameter of template.parameters) {
    const value = own(given, parameter.key) ?? defaultOf(parameter);
    const pointer = toPointer(['parameters', parameter.key]);
    if (value === undefined) {
      if (parameter.required) problems.push({ pointer, code: 'required', ...told(say`the parameter "${parameter.key}" (${parameter.type}) has no value`) });
      continue;
    }
    const wrong = misfit(parameter, value);
    if (wrong) problems.push({ pointer, code: 'parameter-value', ...told(say`the parameter "${parameter.key}" must be ${wrong}`) });
    else values[parameter.key] = value as ParameterValue;
  }
  return { values, problems };
}

/** The value that a parameter has when none is given: a person has none. */
export const defaultOf = (parameter: TemplateParameter): ParameterValue | undefined => (parameter.type === 'person' ? undefined : parameter.default);

/** What a value would have to be; undefined when it is right. */
function misfit(parameter: TemplateParameter, value: unknown): Sentence | undefined {
  switch (parameter.type) {
    case 'number': {
      const { min, max } = parameter;
      const fits = typeof value === 'number' && Number.isFinite(value) && value >= (min ?? value) && value <= (max ?? value);
      return fits ? undefined : say`a number${min === undefined ? '' : say`, at least ${min}`}${max === undefined ? '' : say`, at most ${max}`}`;
    }
    case 'choice': return parameter.choices.some(({ key }) => key === value) ? undefined : say`one of ${parameter.choices.map(({ key }) => key).join(', ')}`;
    case 'checkbox': return typeof value === 'boolean' ? undefined : say`true or false`;
    case 'date': return typeof value === 'string' && isDate(value) ? undefined : say`a date such as 2027-01-31`;
    case 'person': return typeof value === 'string' && value !== '' && value.length <= 100 ? undefined : say`the id of a person`;
  }
}

/** Values with which a template can be tried out before any project has given some. @param today `YYYY-MM-DD` for dates. */
export function sampleParameters(template: Template, today: string): Parameters {
  return Object.fromEntries(template.parameters.flatMap((parameter): [string, ParameterValue][] => {
    const usual = defaultOf(parameter);
    if (usual !== undefined) return [[parameter.key, usual]];
    switch (parameter.type) {
      case 'number': return [[parameter.key, parameter.min ?? Math.min(1, parameter.max ?? 1)]];
      case 'choice': return [[parameter.key, parameter.choices[0]?.key ?? '']];
      case 'checkbox': return [[parameter.key, true]];
      case 'date': return [[parameter.key, today]];
      case 'person': return [[parameter.key, parameter.key]];
    }
  }));
}

/** A small inventory to try a template out with: so many items of each kind that it knows. */
export function sampleInventory(template: Template, perKind: number): InventoryItem[] {
  return template.inventory.flatMap((kind) => Array.from({ length: perKind }, (_, index): InventoryItem => ({
    id: `${kind.kind}-${index + 1}`, kind: kind.kind, name: `${kind.name.en} ${index + 1}`,
    attributes: Object.fromEntries(kind.attributes.map((each) => [each.key, sampleAttribute(each, index)])),
  })));
}

function sampleAttribute(attribute: TemplateItemKind['attributes'][number], index: number): ParameterValue {
  switch (attribute.type) {
    case 'number': return index + 1;
    case 'checkbox': return index % 2 === 0;
    case 'date': return '2027-01-04';
    case 'choice': return attribute.choices?.[index % attribute.choices.length]?.key ?? '';
    case 'text': return `${attribute.key}-${index + 1}`;
  }
}

/** What is wrong with an inventory (pointers below `/inventory`). */
export function judgeInventory(template: Template, items: readonly InventoryItem[]): Problem[] {
  if (items.length > MAX_ITEMS) return [{ pointer: '/inventory', code: 'too-long', ...told(say`${items.length} items; at most ${MAX_ITEMS} are taken`) }];
  const kinds = new Map(template.inventory.map((kind) => [kind.kind, kind]));
  const seen = new Set<string>();
  return items.flatMap((item, index): Problem[] => {
    const at = ['inventory', index];
    const problems: Problem[] = [];
    if (!ITEM_ID.test(item.id)) problems.push({ pointer: toPointer([...at, 'id']), code: 'format', ...told(say`an id is made of lower-case letters, digits and hyphens`) });
    if (seen.has(item.id)) problems.push({ pointer: toPointer([...at, 'id']), code: 'duplicate-key', ...told(say`another item has the id "${item.id}" already`) });
    seen.add(item.id);
    const kind = kinds.get(item.kind);
    if (kind) return [...problems, ...attributeProblems(kind, item, at)];
    const suggestion = suggest(item.kind, kinds.keys());
    const detail = say`the template has no items of the kind "${item.kind}"${suggestion ? didYouMean(suggestion) : say`; it has ${[...kinds.keys()].join(', ') || say`none`}`}`;
    return [...problems, { pointer: toPointer([...at, 'kind']), code: 'unknown-kind', ...told(detail), ...(suggestion !== undefined && { suggestion }) }];
  });
}

function attributeProblems(kind: TemplateItemKind, item: InventoryItem, at: readonly (string | number)[]): Problem[] {
  const known = new Map(kind.attributes.map((each) => [each.key, each]));
  const unknown = Object.keys(item.attributes).filter((key) => !known.has(key)).map((key): Problem => {
    const suggestion = suggest(key, known.keys());
    return {
      pointer: toPointer([...at, 'attributes', key]), code: 'unknown-attribute',
      ...told(say`a ${item.kind} has no attribute "${key}"${didYouMean(suggestion)}`), ...(suggestion !== undefined && { suggestion }),
    };
  });
  const wrong = kind.attributes.flatMap((each): Problem[] => {
    const value = own(item.attributes, each.key);
    const pointer = toPointer([...at, 'attributes', each.key]);
    if (value === undefined) return each.required ? [{ pointer, code: 'required', ...told(say`the attribute "${each.key}" of ${item.id} has no value`) }] : [];
    const expected = attributeMisfit(each, value);
    return expected === undefined ? [] : [{ pointer, code: 'parameter-value', ...told(say`the attribute "${each.key}" of ${item.id} must be ${expected}`) }];
  });
  return [...unknown, ...wrong];
}

function attributeMisfit(attribute: TemplateItemKind['attributes'][number], value: Scalar): Sentence | undefined {
  switch (attribute.type) {
    case 'text': return typeof value === 'string' ? undefined : say`a text`;
    case 'number': return typeof value === 'number' ? undefined : say`a number`;
    case 'checkbox': return typeof value === 'boolean' ? undefined : say`true or false`;
    case 'date': return typeof value === 'string' && isDate(value) ? undefined : say`a date such as 2027-01-31`;
    case 'choice': return attribute.choices?.some(({ key }) => key === value) ? undefined : say`one of ${(attribute.choices ?? []).map(({ key }) => key).join(', ')}`;
  }
}
