/** A template as a start needs it: what it asks for, and what it looks like. */
import { queryOptions } from '@tanstack/react-query';
import { language } from '../../app/i18n';
import { answerOf, api } from '../../data/api';
import { reachesAhead, type Reach } from '../../parts/waterway';

/** A text in all languages. */
export type Text = Readonly<Record<'nl' | 'fr' | 'en', string>>;
export interface Choice {
  readonly key: string;
  readonly name: Text;
}

export interface Parameter {
  readonly key: string;
  readonly type: 'number' | 'choice' | 'checkbox' | 'date' | 'person';
  readonly name: Text;
  readonly description?: Text;
  readonly min?: number;
  readonly max?: number;
  readonly choices?: readonly Choice[];
  readonly default?: string | number | boolean;
  /** Absent: it has to be said. */
  readonly required?: boolean;
}

export interface Attribute {
  readonly key: string;
  readonly name: Text;
  readonly type: 'text' | 'number' | 'choice' | 'checkbox' | 'date';
  readonly required?: boolean;
  readonly choices?: readonly Choice[];
}

export interface ItemKind {
  readonly kind: string;
  readonly name: Text;
  readonly attributes: readonly Attribute[];
}

export interface Role {
  readonly key: string;
  readonly name: Text;
  readonly description?: Text;
  readonly members?: readonly string[];
  readonly group?: string;
  readonly holders?: 'one' | 'any';
}

/** The part of `GET /templates/{template}/versions/{version}` that is used here; its whole form is docs/template.schema.json. */
export interface Template {
  readonly key: string;
  readonly version: string;
  readonly name: Text;
  readonly description: Text;
  readonly managerRole: string;
  readonly parameters?: readonly Parameter[];
  readonly inventory?: readonly ItemKind[];
  readonly roles: readonly Role[];
  readonly phases: readonly { readonly key: string; readonly name: Text; readonly kind: Reach['kind']; readonly after?: readonly string[]; readonly gate?: { readonly key: string; readonly name: Text } }[];
}

export const templatesQuery = () => queryOptions({
  queryKey: ['templates', language()], queryFn: ({ signal }) => answerOf(api.GET('/api/v1/templates', { signal })), select: ({ items }) => items,
});

export const templateQuery = (template: string, version: string) => queryOptions({
  queryKey: ['templates', template, version], staleTime: Infinity,
  queryFn: async ({ signal }) => await answerOf(api.GET('/api/v1/templates/{template}/versions/{version}', { params: { path: { template, version } }, signal })) as unknown as Template,
});

export const inLanguage = (text: Text | undefined): string => text?.[language()] ?? '';

export const reachesFor = ({ phases }: Template): Reach[] =>
  reachesAhead(phases.map(({ key, name, kind, after, gate }) => ({ key, name: inLanguage(name), kind, after: after ?? [], gate: gate ? inLanguage(gate.name) : null })));

/** Roles that persons are given to; bodies follow from their members, groups from the directory. */
export const assignableRoles = ({ roles }: Template): Role[] => roles.filter(({ members, group }) => (members ?? []).length === 0 && group === undefined);
