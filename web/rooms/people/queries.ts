import { infiniteQueryOptions, keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { language } from '../../app/i18n';
import { answerOf, api, type Schema } from '../../data/api';

export type Entry = Schema<'DirectoryEntry'>;

const LIMIT = 100;

/** Everybody, by name, page after page. */
export const directoryQuery = (q: string | undefined, left: boolean) => infiniteQueryOptions({
  queryKey: ['people', 'directory', q ?? '', left], initialPageParam: undefined as string | undefined, placeholderData: keepPreviousData,
  queryFn: ({ signal, pageParam }) => answerOf(api.GET('/api/v1/directory', { params: { query: { limit: LIMIT, ...(q !== undefined && { q }), ...(left && { left: 'true' as const }), ...(pageParam !== undefined && { cursor: pageParam }) } }, signal })),
  getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined, select: ({ pages }) => pages.flatMap(({ items }) => items),
});

export const entryQuery = (person: string) => queryOptions({
  queryKey: ['people', 'one', person], queryFn: ({ signal }) => answerOf(api.GET('/api/v1/directory', { params: { query: { person } }, signal })), select: ({ items }) => items[0],
});

/** What would change if the person left; once they did, what did not change yet. */
export const leavingQuery = (person: string) => queryOptions({
  queryKey: ['people', 'leaving', person, language()], queryFn: ({ signal }) => answerOf(api.GET('/api/v1/people/{person}/leaving', { params: { path: { person } }, signal })),
});

export const groupsQuery = () => queryOptions({ queryKey: ['people', 'groups'], queryFn: ({ signal }) => answerOf(api.GET('/api/v1/groups', { signal })), select: ({ items }) => items });

/** Groups as people call them, by their keys. */
export function useGroupNames(): (keys: readonly string[]) => string {
  const { data } = useQuery(groupsQuery());
  return (keys) => keys.map((key) => data?.find(({ group }) => group === key)?.name ?? key).join(', ');
}

/** A key of the directory, from a name that people give: letters without accents, digits and dashes. */
export function keyFrom(name: string): string {
  return name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^[^a-z]+|-+$/g, '').slice(0, 60).replace(/-+$/, '');
}
