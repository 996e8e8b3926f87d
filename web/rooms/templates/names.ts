/** What the parts of an authored template are called, in the reader's language. */
import type { NameOf } from '../../parts/proof/words';
import { inLanguage, type Text } from '../start/template';

interface Named { readonly key: string; readonly name?: Text }
interface AuthoredTask extends Named { readonly evidence?: readonly Named[] }
interface AuthoredPhase extends Named {
  readonly tasks?: readonly AuthoredTask[];
  readonly gate?: Named & { readonly criteria?: readonly Named[]; readonly approval?: { readonly steps?: readonly Named[] } };
}

/** The part of a template that names it; of a draft that is still wrong anything may be missing. */
export interface Naming {
  readonly roles?: readonly Named[];
  readonly phases?: readonly AuthoredPhase[];
  readonly parameters?: readonly Named[];
  readonly inventory?: readonly { readonly kind: string; readonly name?: Text }[];
}

const nameIn = (list: readonly Named[] | undefined, key: string): string | undefined => {
  const found = list?.find((each) => each.key === key);
  return found && (inLanguage(found.name) || undefined);
};

/** @param templates where a name is looked for, the first that has it first. */
export function namesOf(...templates: readonly Naming[]): NameOf {
  const first = (look: (phases: readonly AuthoredPhase[], template: Naming) => string | undefined, key: string): string => {
    for (const template of templates) {
      const found = look(template.phases ?? [], template);
      if (found !== undefined) return found;
    }
    return key;
  };
  return (kind, key, within) => first((phases, { roles }) => {
    const inside = within === undefined ? phases : phases.filter((each) => each.key === within || each.gate?.key === within);
    switch (kind) {
      case 'phase': return nameIn(phases, key);
      // What a rework names may be a phase.
      case 'task': return nameIn(inside.flatMap(({ tasks }) => tasks ?? []), key) ?? nameIn(phases, key);
      case 'gate': return nameIn(phases.flatMap(({ gate }) => gate ?? []), key);
      case 'role': return nameIn(roles, key);
      case 'step': return nameIn(inside.flatMap(({ gate }) => gate?.approval?.steps ?? []), key);
      case 'criterion': return nameIn(inside.flatMap(({ gate }) => gate?.criteria ?? []), key);
      // A condition may be about what another phase delivers.
      case 'field': return fieldIn(inside, key) ?? fieldIn(phases, key);
      default: return kind satisfies never;
    }
  }, key);
}

/** `TASK/FIELD` of a phase. */
function fieldIn(phases: readonly AuthoredPhase[], key: string): string | undefined {
  const [task = '', field = ''] = key.split('/');
  const found = phases.flatMap(({ tasks }) => tasks ?? []).find((each) => each.key === task);
  const name = nameIn(found?.evidence, field);
  return found && name !== undefined ? `${inLanguage(found.name) || task} / ${name}` : undefined;
}
