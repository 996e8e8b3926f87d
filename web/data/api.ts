/** The API as the pages speak to it: in the name of the browser's session, in the language of the pages. */
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiProblem, createClient } from '../../client';
import { language } from '../app/i18n';
import { session } from './session';

export { ApiProblem, NoAnswer, answerOf, type ProblemBody, type Schema } from '../../client';

export const api = createClient({ url: window.location.origin, language });

/** Refusals that pass by themselves; anything else is for the reader to see. */
const passes = (error: unknown): boolean => !(error instanceof ApiProblem) || error.status === 503;

/** Whoever is not signed in any more hears so once, wherever it shows first. */
const notice = (error: unknown): void => { if (error instanceof ApiProblem && error.status === 401) session.setOver(true); };

/**
 * What was read is kept until the feed says that it changed. All keys begin with `project`, its id and what of it, or with another
 * resource's name, so that the feed can name what is stale; the language is part of each key, as answers have texts.
 */
export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: notice, onSuccess: (_, { queryKey }) => { if (queryKey[0] === 'me') session.setOver(false); } }),
  mutationCache: new MutationCache({ onError: notice }),
  defaultOptions: {
    queries: { staleTime: 30_000, gcTime: 10 * 60_000, retry: (count, error) => count < 4 && passes(error), retryDelay: (count) => Math.min(500 * 2 ** count, 5_000) },
    mutations: { retry: (count, error) => count < 3 && passes(error), retryDelay: (count) => Math.min(500 * 2 ** count, 5_000) },
  },
});
