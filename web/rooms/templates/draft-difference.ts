import { queryOptions } from '@tanstack/react-query';
import { language } from '../../app/i18n';
import { answerOf, api } from '../../data/api';

/** What is different in a draft since a published version. */
export const draftDifferenceQuery = (template: string, version: string, text: string) => queryOptions({
  queryKey: ['templates', 'difference', template, version, { text }, language()], staleTime: Infinity, enabled: version !== '',
  queryFn: ({ signal }) => answerOf(api.POST('/api/v1/templates/{template}/versions/{version}/difference', { params: { path: { template, version } }, body: { text }, signal })),
});
