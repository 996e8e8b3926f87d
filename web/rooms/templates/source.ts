/** What the editor begins with: a version as its author wrote it, or what was written last in this browser. */
import { queryOptions } from '@tanstack/react-query';
import { answerOf, api } from '../../data/api';

export interface Source {
  readonly text: string;
  /** Made of the content of a version whose text was not kept: without comments. */
  readonly isRewritten: boolean;
}

/** Each starting point has a draft of its own: none takes the place of another. */
const draftOf = (from: string | undefined): string => `sluis-template-draft ${from ?? ''}`;
const FIRST = 'schema: 1\nkey: my-lifecycle\nversion: 1.0.0\nname: {nl: , fr: , en: }\n';

export function keepDraft(from: string | undefined, text: string): void {
  try {
    localStorage.setItem(draftOf(from), text);
  } catch {
    // Then it lasts as long as the page.
  }
}

export const dropDraft = (from: string | undefined): void => localStorage.removeItem(draftOf(from));

export const sourceQuery = (from: string | undefined) => queryOptions({
  queryKey: ['templates', 'source', from ?? ''], staleTime: Infinity, gcTime: 0,
  queryFn: async ({ signal }): Promise<Source> => {
    const kept = localStorage.getItem(draftOf(from));
    if (kept !== null || from === undefined) return { text: kept ?? FIRST, isRewritten: false };
    const [template = '', version = ''] = from.split('@');
    const params = { path: { template, version } };
    const { text } = await answerOf(api.GET('/api/v1/templates/{template}/versions/{version}/text', { params, signal }));
    if (text !== null) return { text, isRewritten: false };
    const [authored, { stringify }] = await Promise.all([answerOf(api.GET('/api/v1/templates/{template}/versions/{version}', { params, signal })), import('yaml')]);
    return { text: stringify(authored, { lineWidth: 140 }), isRewritten: true };
  },
});
