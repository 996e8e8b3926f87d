/** What is read of one project; all keys begin with `project` and its id. */
import { queryOptions } from '@tanstack/react-query';
import { language } from '../app/i18n';
import { answerOf, api, type Schema } from './api';
import { useMe } from './me';

/** A moment as ISO 8601: as it was known then; undefined: now. */
export type AsOf = string | undefined;

const at = (asOf: AsOf): { asOf?: string } => (asOf === undefined ? {} : { asOf });
/** What was known at a moment does not change any more. */
const forAsLong = (asOf: AsOf): { staleTime?: number } => (asOf === undefined ? {} : { staleTime: Infinity });

/** The beginning of all keys of a project. */
export const projectKey = (project: string): readonly ['project', string] => ['project', project];

export const projectQuery = (project: string, asOf?: AsOf) => queryOptions({
  queryKey: [...projectKey(project), 'view', asOf ?? 'now', language()], ...forAsLong(asOf),
  queryFn: ({ signal }) => answerOf(api.GET('/api/v1/projects/{project}', { params: { path: { project }, query: at(asOf) }, signal })),
});

export const planQuery = (project: string, asOf?: AsOf) => queryOptions({
  queryKey: [...projectKey(project), 'plan', asOf ?? 'now', language()], ...forAsLong(asOf),
  queryFn: ({ signal }) => answerOf(api.GET('/api/v1/projects/{project}/plan', { params: { path: { project }, query: at(asOf) }, signal })),
});

export const projectTasksQuery = (project: string, asOf?: AsOf) => queryOptions({
  queryKey: [...projectKey(project), 'tasks', asOf ?? 'now', language()], ...forAsLong(asOf),
  queryFn: ({ signal }) => answerOf(api.GET('/api/v1/projects/{project}/tasks', { params: { path: { project }, query: at(asOf) }, signal })),
  select: ({ items }) => items,
});

export const comparisonQuery = (project: string) => queryOptions({
  queryKey: [...projectKey(project), 'comparison', language()],
  queryFn: ({ signal }) => answerOf(api.GET('/api/v1/projects/{project}/comparison', { params: { path: { project } }, signal })),
});

/** Whether the reader sees any project at all, running or ended. */
export const anyProjectQuery = () => queryOptions({
  queryKey: ['portfolio', 'any'], queryFn: ({ signal }) => answerOf(api.GET('/api/v1/portfolio', { params: { query: { ended: 'true', limit: 1 } }, signal })), select: ({ items }) => items.length > 0,
});

/** Whether it is on course, and why not. */
export const courseQuery = (project: string) => queryOptions({
  queryKey: [...projectKey(project), 'course', language()],
  queryFn: ({ signal }) => answerOf(api.GET('/api/v1/portfolio', { params: { query: { project } }, signal })), select: ({ items }) => items[0],
});

export const changesQuery = (project: string) => queryOptions({
  queryKey: [...projectKey(project), 'changes', language()],
  queryFn: ({ signal }) => answerOf(api.GET('/api/v1/projects/{project}/changes', { params: { path: { project } }, signal })),
  select: ({ items }) => items,
});

/** People whom the reader sees. @param project everybody who can be given a role in it, for who steers it. */
export const peopleQuery = (project?: string) => queryOptions({
  queryKey: ['people', project ?? 'all'], staleTime: 5 * 60_000,
  queryFn: ({ signal }) => answerOf(api.GET('/api/v1/people', { params: { query: project === undefined ? {} : { project } }, signal })), select: ({ items }) => items,
});

/** Programs, and who manages them. */
export const programsQuery = () => queryOptions({ queryKey: ['people', 'programs'], queryFn: ({ signal }) => answerOf(api.GET('/api/v1/programs', { signal })), select: ({ items }) => items });

export interface May {
  /** Hold, resume, cancel, reopen, assign roles, record money. */
  readonly steer: boolean;
  /** Ask for a change of the plan. */
  readonly askChange: boolean;
  readonly takeRecord: boolean;
}

/** What the reader may do in a project as a whole; what depends on more than roles, the API refuses in words. */
export function useMay({ id, roles }: Schema<'Project'>, managerRole: string | undefined): May {
  const me = useMe();
  const held = new Set([
    ...roles.filter(({ persons }) => persons.some((person) => person.id === me.id)).map(({ key }) => key), ...(me.projects.find((each) => each.id === id)?.roles ?? []),
  ]);
  const steer = me.globalRoles.includes('project-office') || (managerRole !== undefined && held.has(managerRole));
  return { steer, askChange: steer || held.size > 0, takeRecord: steer || me.globalRoles.includes('auditor') };
}
