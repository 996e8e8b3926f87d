import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { language } from '../../app/i18n';
import { answerOf, api, type Schema } from '../../data/api';
import { isOffice } from '../../data/me';

export type Hit = Schema<'SearchHit'>;
export const KINDS = ['project', 'task', 'evidence', 'decision', 'person', 'service', 'article'] as const;
export type Kind = (typeof KINDS)[number];

/** Signs alone are no question. */
export const isQuestion = (q: string): boolean => /[\p{L}\p{N}]/u.test(q);

export const searchQuery = (q: string, kind?: Kind) => queryOptions({
  queryKey: ['search', q, kind ?? '', language()], enabled: isQuestion(q), placeholderData: keepPreviousData,
  queryFn: ({ signal }) => answerOf(api.GET('/api/v1/search', { params: { query: { q, ...(kind && { kind }) } }, signal })),
});

/** Where a hit is opened. Pages of people are the project office's. */
export function hrefOf({ project, phase, task, service, approval, change, file, kind, person }: Hit, me: Schema<'Me'>): string | null {
  if (file !== null) return file;
  if (person !== null) return isOffice(me) ? `/people/${encodeURIComponent(person)}` : null;
  if (approval !== null) return `/approvals/${approval}`;
  if (project === null) return null;
  const at = `/projects/${encodeURIComponent(project)}`;
  if (change !== null) return `${at}?tab=changes&change=${encodeURIComponent(change)}`;
  if (phase !== null && service !== null) return `${at}/phases/${encodeURIComponent(phase)}/handover?${new URLSearchParams({ service }).toString()}`;
  return phase !== null && task !== null && kind !== 'project' ? `${at}/tasks/${encodeURIComponent(phase)}/${encodeURIComponent(task)}` : at;
}
