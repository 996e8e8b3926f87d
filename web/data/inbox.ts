/** What people are told of: how much of it they have not read. */
import { queryOptions } from '@tanstack/react-query';
import { language } from '../app/i18n';
import { answerOf, api } from './api';

/** Begins with `inbox`, which the feed names when something happened. */
export const unreadQuery = () => queryOptions({
  queryKey: ['inbox', 'unread', language()],
  queryFn: ({ signal }) => answerOf(api.GET('/api/v1/me/inbox', { params: { query: { unread: 'true', limit: 1 } }, signal })), select: ({ unread }) => unread,
});
