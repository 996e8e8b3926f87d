/** What is different between a version of a template and another, or a draft, in the reader's language. */
import { type Change, diffTemplates } from '../../domain/template/diff';
import type { Problem } from '../../domain/template/problem';
import type { ChangedValue } from '../../domain/template/changed-values';
import { parseTemplate, type Template } from '../../domain/template/schema';
import { SHIPPED_FRAGMENTS } from '../../config/library';
import type { Language } from '../http/language';

export type Compared = { readonly after: Template; readonly changes: readonly Change[] } | { readonly problems: readonly Problem[] };

/** Compares a version with what a text holds. Never throws. */
export function compareDraft(before: Template, text: string): Compared {
  const parsed = parseTemplate(text, SHIPPED_FRAGMENTS);
  return parsed.ok ? { after: parsed.template, changes: diffTemplates(before, parsed.template) } : { problems: parsed.problems };
}

type Json = Readonly<Record<string, unknown>>;
interface Step { readonly key: string; readonly name: string | null }
type Scalar = string | number | boolean | null;
export interface ToldChange {
  readonly kind: Change['kind'];
  readonly part: Change['part'];
  readonly key: string;
  readonly name: string;
  readonly phase: { readonly key: string; readonly name: string } | null;
  readonly from: { readonly key: string; readonly name: string } | null;
  readonly textOnly: boolean;
  readonly values: readonly { readonly path: readonly Step[]; readonly before: Scalar; readonly after: Scalar }[];
}

/** Properties that hold keys of roles, and of what else has a name. */
const ROLES = new Set(['r', 'a', 's', 'c', 'i', 'to', 'roles', 'managerRole', 'members', 'chair', 'escalateTo', 'veto', 'exceptionsTo', 'separation']);

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const textOf = (value: unknown): Readonly<Record<Language, string>> | undefined => (isObject(value) && typeof value['nl'] === 'string' ? value as Record<Language, string> : undefined);
const keyOf = (value: unknown): unknown => (isObject(value) ? (value['key'] ?? value['kind']) : undefined);

/** Tells changes with the names that the two versions have: those of the later one first. */
export function tellChanges(changes: readonly Change[], before: Template, after: Template, language: Language): ToldChange[] {
  const told = new Telling([after, before], language);
  return changes.map((change) => told.change(change));
}

class Telling {
  constructor(private readonly versions: readonly Template[], private readonly language: Language) {}

  change({ kind, part, key, from, textOnly, values }: Change): ToldChange {
    const [phase = '', task = ''] = part === 'task' ? key.split('/') : part === 'gate' ? [this.phaseOf(key), key] : [];
    const own = part === 'task' ? task : key;
    const formerly = from === undefined ? null : part === 'task' && kind === 'moved' ? { key: from, name: this.nameOf('phase', from) } : { key: from, name: this.nameOf(part, from, phase) };
    return {
      kind, part, key, name: this.nameOf(part, own, phase), phase: phase === '' ? null : { key: phase, name: this.nameOf('phase', phase) }, from: formerly,
      textOnly: textOnly ?? false, values: (values ?? []).map((value) => this.value(value, this.placeOf(part, own, phase))),
    };
  }

  private phaseOf(gate: string): string {
    return this.versions.flatMap(({ phases }) => phases).find((each) => each.gate?.key === gate)?.key ?? '';
  }

  /** The part as each version has it. */
  private placeOf(part: Change['part'], key: string, phase = ''): readonly unknown[] {
    return this.versions.map((version) => {
      const phases = version.phases.filter((each) => phase === '' || each.key === phase);
      switch (part) {
        case 'template': return version;
        case 'role': return version.roles.find((each) => each.key === key);
        case 'parameter': return version.parameters.find((each) => each.key === key);
        case 'item-kind': return version.inventory.find((each) => each.kind === key);
        case 'phase': return version.phases.find((each) => each.key === key);
        case 'task': return phases.flatMap(({ tasks }) => tasks).find((each) => each.key === key);
        case 'gate': return phases.find(({ gate }) => gate?.key === key)?.gate;
        default: return part satisfies never;
      }
    });
  }

  private nameOf(part: Change['part'], key: string, phase?: string): string {
    for (const found of this.placeOf(part, key, phase)) {
      const name = isObject(found) ? textOf(found['name']) : undefined;
      if (name) return name[this.language];
    }
    return key;
  }

  private value({ path, before, after }: ChangedValue, places: readonly unknown[]): ToldChange['values'][number] {
    const property = path.findLast((name) => Number.isNaN(Number(name))) ?? '';
    const [was, is] = [textOf(before), textOf(after)];
    const steps = path.map((_, at) => this.step(path.slice(0, at + 1), places));
    // Where the reader's own text is the same, those that are not are told.
    if (was && is && was[this.language] === is[this.language]) {
      const other = (['nl', 'fr', 'en'] as const).filter((each) => was[each] !== is[each]);
      const told = (text: Readonly<Record<Language, string>>): string => other.map((each) => `${each.toUpperCase()}: ${text[each]}`).join('\n');
      return { path: steps, before: told(was), after: told(is) };
    }
    return { path: steps, before: this.say(before, property), after: this.say(after, property) };
  }

  /** A property, or what stands in a list, with its name. */
  private step(path: readonly string[], places: readonly unknown[]): Step {
    const key = path.at(-1) ?? '';
    for (const place of places) {
      const list = path.slice(0, -1).reduce<unknown>((value, name) => (Array.isArray(value) ? value.find((each) => keyOf(each) === name) : isObject(value) ? value[name] : undefined), place);
      const item: unknown = Array.isArray(list) ? list.find((each) => keyOf(each) === key) : undefined;
      if (isObject(item)) return { key, name: textOf(item['name'])?.[this.language] ?? key };
    }
    return { key, name: null };
  }

  private say(value: unknown, property: string): Scalar {
    if (value === undefined || value === null) return null;
    if (typeof value === 'number' || typeof value === 'boolean') return value;
    if (typeof value === 'string') return this.word(value, property);
    if (Array.isArray(value)) return value.map((each) => String(this.say(each, property) ?? '')).join(property === 'estimate' ? ' – ' : ', ') || null;
    const text = textOf(value);
    if (text) return text[this.language];
    if (!isObject(value)) return null;
    const name = textOf(value['name']);
    return name ? name[this.language] : Object.entries(value).map(([key, each]) => `${key}: ${String(this.say(each, key) ?? '–')}`).join(', ');
  }

  /** A key by its name, where it is one. */
  private word(key: string, property: string): string {
    if (ROLES.has(property)) return this.nameOf('role', key);
    if (property === 'onStop' || property === 'onRework' || property === 'phase' || property === 'onCancel') return this.nameOf('phase', key);
    if (property !== 'after' && property !== 'task') return key;
    const task = this.nameOf('task', key);
    return task === key ? this.nameOf('phase', key) : task;
  }
}
