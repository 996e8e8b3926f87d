import { queryOptions } from '@tanstack/react-query';
import { language } from '../../app/i18n';
import { answerOf, api, type Schema } from '../../data/api';

export type Approval = Schema<'Approval'>;

/** The project of an approval, by its id. */
export const projectOf = (approval: string): string => approval.split('/')[1] ?? '';

/** @param asOf as it was known at this moment, ISO 8601; undefined: now. */
export const approvalQuery = (approval: string, asOf?: string) => queryOptions({
  queryKey: ['project', projectOf(approval), 'approval', approval, asOf ?? 'now', language()],
  // What was known at a moment does not change any more.
  ...(asOf !== undefined && { staleTime: Infinity }),
  queryFn: ({ signal }) => answerOf(api.GET('/api/v1/approvals/{approval}', { params: { path: { approval }, query: asOf === undefined ? {} : { asOf } }, signal })),
});

export const differenceQuery = (approval: string, from: string) => queryOptions({
  queryKey: ['project', projectOf(approval), 'difference', approval, from, language()],
  queryFn: ({ signal }) => answerOf(api.GET('/api/v1/approvals/{approval}/difference', { params: { path: { approval }, query: { from } }, signal })),
});
