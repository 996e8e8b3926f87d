import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { language } from '../../app/i18n';
import { answerOf, api } from '../../data/api';

const LIMIT = 100;

/** My tasks, page after page, the most urgent first. */
export const myTasks = () => infiniteQueryOptions({
  queryKey: ['tasks', 'mine', language()], initialPageParam: undefined as string | undefined,
  queryFn: ({ signal, pageParam }) => answerOf(api.GET('/api/v1/tasks', { params: { query: { mine: 'true', limit: LIMIT, ...(pageParam !== undefined && { cursor: pageParam }) } }, signal })),
  getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined, select: ({ pages }) => pages.flatMap(({ items }) => items),
});

/** What of backlogs is mine. */
export const myItems = () => queryOptions({
  queryKey: ['tasks', 'items', language()],
  queryFn: ({ signal }) => answerOf(api.GET('/api/v1/me/items', { signal })), select: ({ items }) => items,
});

/** Approvals that wait for my decision, the oldest first. */
export const myApprovals = () => infiniteQueryOptions({
  queryKey: ['approvals', 'mine', language()], initialPageParam: undefined as string | undefined,
  queryFn: ({ signal, pageParam }) => answerOf(api.GET('/api/v1/approvals', { params: { query: { mine: 'true', limit: LIMIT, ...(pageParam !== undefined && { cursor: pageParam }) } }, signal })),
  getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined, select: ({ pages }) => pages.flatMap(({ items }) => items),
});
