/** What the editor begins with: a version as its author wrote it, or what was written last. */
import { queryOptions } from '@tanstack/react-query';
import { answerOf, api } from '../../data/api';

export interface Source {
  readonly text: string;
  /** Made of the content of a version whose text was not kept: without comments. */
  readonly isRewritten: boolean;
  /** Written before, and not published. */
  readonly isKept: boolean;
}

/** Of whom, and from which version on. */
export interface Beginning {
  readonly person: string;
  readonly from: string | undefined;
}

/** Each starting point has a draft of its own: none takes the place of another. */
const draftOf = ({ person, from }: Beginning): string => `sluis-template-draft ${person} ${from ?? ''}`;
const FIRST = 'schema: 1\nkey: my-lifecycle\nversion: 1.0.0\nname: {nl: , fr: , en: }\n';

/** A tab goes on with its own text; a new one with what was written last in any of them, however long ago. */
const stores = (): readonly Storage[] => [sessionStorage, localStorage];

export function keepDraft(beginning: Beginning, text: string): void {
  try {
    for (const store of stores()) store.setItem(draftOf(beginning), text);
  } catch {
    // Then it lasts as long as the page.
  }
}

export function dropDraft(beginning: Beginning): void {
  for (const store of stores()) store.removeItem(draftOf(beginning));
}

/** @param hear is told what another tab of this browser writes on the same draft. @returns ends it. */
export function watchDraft(beginning: Beginning, hear: (text: string) => void): () => void {
  const ended = new AbortController();
  window.addEventListener('storage', ({ key, newValue }) => { if (key === draftOf(beginning) && newValue !== null) hear(newValue); }, { signal: ended.signal });
  return () => ended.abort();
}

export const sourceQuery = (beginning: Beginning) => queryOptions({
  queryKey: ['templates', 'source', beginning], staleTime: Infinity, gcTime: 0,
  queryFn: async ({ signal }): Promise<Source> => {
    const { from } = beginning;
    const kept = stores().map((store) => store.getItem(draftOf(beginning))).find((text) => text !== null);
    if (kept !== undefined || from === undefined) return { text: kept ?? FIRST, isRewritten: false, isKept: kept !== undefined };
    const [template = '', version = ''] = from.split('@');
    const params = { path: { template, version } };
    const { text } = await answerOf(api.GET('/api/v1/templates/{template}/versions/{version}/text', { params, signal }));
    if (text !== null) return { text, isRewritten: false, isKept: false };
    const [authored, { stringify }] = await Promise.all([answerOf(api.GET('/api/v1/templates/{template}/versions/{version}', { params, signal })), import('yaml')]);
    return { text: stringify(authored, { lineWidth: 140 }), isRewritten: true, isKept: false };
  },
});
