import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import { language } from '../../app/i18n';
import { answerOf, api, type Schema } from '../../data/api';

export type Workload = Schema<'WorkloadOfPeople'>;
export type PersonLoad = Schema<'PersonLoad'>;

const LIMIT = 100;
export const WEEKS_SHOWN = 8;

/** By name, page after page. Tasks of any project make it, so it is stale with them. */
export const workloadQuery = (weeks: number = WEEKS_SHOWN, project?: string) => infiniteQueryOptions({
  queryKey: ['tasks', 'workload', weeks, project ?? '', language()], initialPageParam: undefined as string | undefined, placeholderData: keepPreviousData,
  queryFn: ({ signal, pageParam }) => answerOf(api.GET('/api/v1/workload', { params: { query: { weeks, limit: LIMIT, ...(project !== undefined && { project }), ...(pageParam !== undefined && { cursor: pageParam }) } }, signal })),
  getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
});

/** How full a week is. `away`: there are no hours in it. */
export type Fullness = 'free' | 'some' | 'full' | 'over' | 'away' | 'none';

export const percentOf = (load: number, capacity: number): number => Math.round((100 * load) / capacity);

export function fullnessOf(load: number, capacity: number): Fullness {
  if (capacity === 0) return load > 0 ? 'over' : 'away';
  if (load === 0) return 'none';
  const percent = percentOf(load, capacity);
  return percent > 100 ? 'over' : percent >= 80 ? 'full' : percent >= 40 ? 'some' : 'free';
}
