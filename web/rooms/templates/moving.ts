/** Running projects under another version of their template: what is read, and what was decided for each. */
import { infiniteQueryOptions } from '@tanstack/react-query';
import { language } from '../../app/i18n';
import { answerOf, api, type Schema } from '../../data/api';

export type Impacted = Schema<'Impact'>['items'][number];
export type Moved = Schema<'MovedProjects'>['items'][number];

/** What people give for a project before it moves: id of a decision → choice, key of a parameter → value. */
export interface Wish {
  readonly decisions: Readonly<Record<string, string>>;
  readonly parameters: Readonly<Record<string, string | number | boolean>>;
}
export const NO_WISH: Wish = { decisions: {}, parameters: {} };

/** A version that is published, or the text of a draft. */
export type Question = { readonly template: string; readonly version: string } | { readonly text: string };

/** Each project is proved from where it stands: that takes some seconds, and is not done again by itself. */
export const impactQuery = (question: Question) => infiniteQueryOptions({
  queryKey: ['impact', question, language()], staleTime: 60_000, refetchOnWindowFocus: false, refetchOnReconnect: false, initialPageParam: undefined as string | undefined,
  queryFn: ({ signal, pageParam }) => answerOf(api.POST('/api/v1/templates/impact', { body: { ...question, limit: 25, ...(pageParam !== undefined && { cursor: pageParam }) }, signal })),
  getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
});

export const CHANGES = ['added', 'returned', 'reopened', 'redated', 'waits', 'dropped', 'skipped', 'former', 'asked-anew', 'withdrawn', 'goes-on'] as const;
export type Change = (typeof CHANGES)[number];

/** What changes in a project, by kind of change, with what it is called. */
export function changesOf({ phases, tasks, approvals }: Pick<Impacted, 'phases' | 'tasks' | 'approvals'>): { readonly change: Change; readonly names: readonly string[] }[] {
  const all = [
    ...phases.map(({ change, phase }) => ({ change, name: phase.name })), ...tasks.map(({ change, task }) => ({ change, name: task.name })),
    ...approvals.map(({ change, gate }) => ({ change, name: gate.name })),
  ];
  return CHANGES.map((change) => ({ change, names: all.filter((each) => each.change === change).map(({ name }) => name) })).filter(({ names }) => names.length > 0);
}

/** Parameters that the version asks for, and for which the project has no value that fits. */
export const askedParameters = ({ problems }: Pick<Impacted, 'problems'>): string[] =>
  problems.flatMap(({ pointer }) => /^\/parameters\/([^/]+)$/.exec(pointer)?.[1] ?? []);

/** Changes of the project's plan that do not fit the version. */
export const misfitsOf = ({ problems }: Pick<Impacted, 'problems'>): string[] => problems.flatMap(({ pointer }) => /^\/changes\/([^/]+)$/.exec(pointer)?.[1] ?? []);

/** Whether anything can be given that may make it move. */
export const isOpen = (item: Impacted): boolean => item.decisions.length > 0 || askedParameters(item).length > 0 || misfitsOf(item).length > 0;
