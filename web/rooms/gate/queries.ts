import { queryOptions } from '@tanstack/react-query';
import { language } from '../../app/i18n';
import { answerOf, api, type Schema } from '../../data/api';

export type Approval = Schema<'Approval'>;

/** The project of an approval, by its id. */
export const projectOf = (approval: string): string => approval.split('/')[1] ?? '';

export const approvalQuery = (approval: string) => queryOptions({
  queryKey: ['project', projectOf(approval), 'approval', approval, language()],
  queryFn: ({ signal }) => answerOf(api.GET('/api/v1/approvals/{approval}', { params: { path: { approval } }, signal })),
});

export const differenceQuery = (approval: string, from: string) => queryOptions({
  queryKey: ['project', projectOf(approval), 'difference', approval, from, language()],
  queryFn: ({ signal }) => answerOf(api.GET('/api/v1/approvals/{approval}/difference', { params: { path: { approval }, query: { from } }, signal })),
});
