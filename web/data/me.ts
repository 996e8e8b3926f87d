/** Who uses the pages. */
import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { answerOf, api, queryClient, type Schema } from './api';
import { dropDrafts } from './kept';
import { session, tellTabs } from './session';

export const meQuery = queryOptions({ queryKey: ['me'], queryFn: ({ signal }) => answerOf(api.GET('/api/v1/me', { signal })), staleTime: 5 * 60_000 });

/** The person who is signed in; only below a route that asks for one. */
export function useMe(): Schema<'Me'> {
  return useSuspenseQuery(meQuery).data;
}

/** Who starts projects, and writes templates: as `STARTS_PROJECTS` of the engine. */
export const mayStart = ({ globalRoles }: Schema<'Me'>): boolean => globalRoles.some((role) => role === 'project-office' || role === 'program-manager');

/** The project office: it acts beside everybody else. */
export const isOffice = ({ globalRoles }: Schema<'Me'>): boolean => globalRoles.includes('project-office');

export const signInQuery = queryOptions({ queryKey: ['sign-in'], queryFn: ({ signal }) => answerOf(api.GET('/api/v1/sign-in', { signal })), staleTime: Infinity });

/** Signs in; what another person saw is forgotten. @throws ApiProblem */
export async function signIn(how: { readonly demo: string } | { readonly token: string }): Promise<void> {
  await answerOf(api.POST('/api/v1/sign-in', { body: how }));
  queryClient.clear();
  session.setOver(false);
  tellTabs();
}

export async function signOut(): Promise<void> {
  await answerOf(api.POST('/api/v1/sign-out', { body: {} }));
  dropDrafts();
  tellTabs();
  // The page begins anew: nothing that was read or written stays in it.
  window.location.assign('/sign-in');
}
