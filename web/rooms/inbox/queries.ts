import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import { language } from '../../app/i18n';
import { answerOf, api, type Schema } from '../../data/api';

export type Notice = Schema<'Notification'>;

const LIMIT = 50;

/** What I was told, the latest first. */
export const inboxQuery = (isUnread: boolean) => infiniteQueryOptions({
  queryKey: ['inbox', 'list', isUnread, language()], initialPageParam: undefined as string | undefined, placeholderData: keepPreviousData,
  queryFn: ({ signal, pageParam }) => answerOf(api.GET('/api/v1/me/inbox', { params: { query: { limit: LIMIT, ...(isUnread && { unread: 'true' as const }), ...(pageParam !== undefined && { cursor: pageParam }) } }, signal })),
  getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  select: ({ pages }) => ({ items: pages.flatMap(({ items }) => items), unread: pages[0]?.unread ?? 0 }),
});
