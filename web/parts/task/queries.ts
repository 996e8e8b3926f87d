import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { language } from '../../app/i18n';
import { answerOf, api } from '../../data/api';

export interface TaskPath {
  readonly project: string;
  readonly phase: string;
  readonly task: string;
}

export const taskQuery = (path: TaskPath) => queryOptions({
  queryKey: ['project', path.project, 'task', path.phase, path.task, language()],
  queryFn: ({ signal }) => answerOf(api.GET('/api/v1/projects/{project}/phases/{phase}/tasks/{task}', { params: { path: { ...path } }, signal })),
});

export const commentsQuery = (path: TaskPath) => infiniteQueryOptions({
  queryKey: ['project', path.project, 'comments', path.phase, path.task], initialPageParam: undefined as string | undefined,
  queryFn: ({ signal, pageParam }) => answerOf(api.GET('/api/v1/projects/{project}/phases/{phase}/tasks/{task}/comments', { params: { path: { ...path }, query: { limit: 20, ...(pageParam !== undefined && { cursor: pageParam }) } }, signal })),
  getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  // The oldest stand first, as in any talk.
  select: ({ pages }) => pages.flatMap(({ items }) => items).reverse(),
});
