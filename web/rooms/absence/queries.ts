import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { language } from '../../app/i18n';
import { answerOf, api, type Schema } from '../../data/api';

export type Delegation = Schema<'Delegation'>;
export type Preview = Schema<'DelegationPreview'>;

/** What is delegated: everything, or what is decided in one role, project or program. */
export const KINDS = ['all', 'role', 'project', 'program'] as const;
export type Kind = (typeof KINDS)[number];
export type Scope = { readonly role?: string; readonly project?: string; readonly program?: string };

/** The directory changes with what the feed calls `people`. @param person somebody else; me when not given. */
export const delegationsQuery = (person: string | undefined, ended: boolean) => queryOptions({
  queryKey: ['people', 'delegations', person ?? 'me', ended, language()], placeholderData: keepPreviousData,
  queryFn: ({ signal }) => {
    const query = ended ? { ended: 'true' as const } : {};
    return person === undefined ? answerOf(api.GET('/api/v1/me/delegations', { params: { query }, signal })) : answerOf(api.GET('/api/v1/people/{person}/delegations', { params: { path: { person }, query }, signal }));
  },
  select: ({ items }) => items,
});

/** What would move: it changes with the approvals that are open. */
export const previewQuery = (person: string | undefined, asked: Scope & { readonly to?: string }) => queryOptions({
  queryKey: ['approvals', 'delegation-preview', person ?? 'me', asked, language()], placeholderData: keepPreviousData,
  queryFn: ({ signal }) => (person === undefined ? answerOf(api.GET('/api/v1/me/delegations/preview', { params: { query: asked }, signal }))
    : answerOf(api.GET('/api/v1/people/{person}/delegations/preview', { params: { path: { person }, query: asked }, signal }))),
});
