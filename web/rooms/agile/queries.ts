/** What is read of a backlog and its sprints, and what is done with them. */
import { notifications } from '@mantine/notifications';
import { keepPreviousData, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { language } from '../../app/i18n';
import { answerOf, api, ApiProblem, type Schema } from '../../data/api';
import { useCommand } from '../../data/command';
import { useMe } from '../../data/me';
import { projectQuery } from '../../data/project';

export type Backlog = Schema<'Backlog'>;
export type Item = Schema<'BacklogItem'>;
export type Sprint = Schema<'Sprint'>;
export type Card = Schema<'Card'>;
export type SprintListItem = Schema<'SprintListItem'>;

export interface Place {
  readonly project: string;
  readonly phase: string;
}
export interface SprintPlace extends Place {
  readonly team: string;
  readonly number: number;
}

/** Names a sprint among what was written and not sent. */
export const sprintText = ({ project, phase, team, number }: SprintPlace): string => `sprint ${project}/${phase}/${team}/${number}`;

const PAGE = 1000;
/** Of sprints and boards; the feed makes it stale with its project. */
const sprintKey = ({ project, phase }: Place) => ['project', project, 'sprints', phase] as const;
/** A backlog is large: it is read again for what concerns backlogs alone. */
const backlogKey = ({ project, phase }: Place) => ['backlog', project, phase] as const;

export const backlogQuery = (place: Place) => queryOptions({
  queryKey: [...backlogKey(place), 'view', language()],
  queryFn: ({ signal }) => answerOf(api.GET('/api/v1/projects/{project}/phases/{phase}/backlog', { params: { path: { ...place } }, signal })),
});

/** All items that are neither done nor dropped, in their order. */
export const itemsQuery = (place: Place) => queryOptions({
  queryKey: [...backlogKey(place), 'items', language()],
  async queryFn({ signal }) {
    const all: Item[] = [];
    for (let cursor: string | undefined; ;) {
      const found = await answerOf(api.GET('/api/v1/projects/{project}/phases/{phase}/backlog/items', { params: { path: { ...place }, query: { status: 'open,planned', limit: PAGE, ...(cursor !== undefined && { cursor }) } }, signal }));
      all.push(...found.items);
      if (found.nextCursor === null) return all;
      cursor = found.nextCursor;
    }
  },
});

export const sprintsQuery = (place: Place, team: string) => queryOptions({
  queryKey: [...sprintKey(place), 'list', team, language()],
  queryFn: ({ signal }) => answerOf(api.GET('/api/v1/projects/{project}/phases/{phase}/sprints', { params: { path: { ...place }, query: { team } }, signal })), select: ({ items }) => items,
});

export const pathOf = ({ project, phase, team, number }: SprintPlace) => ({ project, phase, team, number: String(number) });

export const sprintQuery = (place: SprintPlace) => queryOptions({
  queryKey: [...sprintKey(place), 'one', place.team, place.number, language()],
  queryFn: ({ signal }) => answerOf(api.GET('/api/v1/projects/{project}/phases/{phase}/sprints/{team}/{number}', { params: { path: pathOf(place) }, signal })),
});

export const figuresQuery = (place: SprintPlace) => queryOptions({
  queryKey: [...sprintKey(place), 'figures', place.team, place.number], placeholderData: keepPreviousData,
  queryFn: ({ signal }) => answerOf(api.GET('/api/v1/projects/{project}/phases/{phase}/sprints/{team}/{number}/figures', { params: { path: pathOf(place) }, signal })),
});

export const pulseQuery = (place: SprintPlace) => queryOptions({
  queryKey: [...sprintKey(place), 'pulse', place.team, place.number, language()],
  queryFn: ({ signal }) => answerOf(api.GET('/api/v1/projects/{project}/phases/{phase}/sprints/{team}/{number}/pulse', { params: { path: pathOf(place) }, signal })),
});

export const pulseTrendQuery = (place: Place, team: string) => queryOptions({
  queryKey: [...sprintKey(place), 'pulses', team, language()],
  queryFn: ({ signal }) => answerOf(api.GET('/api/v1/projects/{project}/phases/{phase}/pulse', { params: { path: { project: place.project, phase: place.phase }, query: { team } }, signal })), select: ({ items }) => items,
});

/** As they are offered: the usual one first. */
export const ITEM_KINDS = ['story', 'epic', 'task', 'bug', 'spike'] as const;

/** A deed: where, below the phase, and what is sent along. */
export interface Deed {
  readonly at: string;
  readonly body: object;
}

/** All of these are posted below the phase, and answer as any command. */
type Address = '/api/v1/projects/{project}/phases/{phase}/sprints/{team}/{number}/start';

/** Sends what is done with a backlog or a sprint. @param done is told once it is answered. */
export function useDo(place: Place, done?: (deed: Deed) => void, draft?: string) {
  const path = `/api/v1/projects/${encodeURIComponent(place.project)}/phases/${encodeURIComponent(place.phase)}`;
  return useCommand<Deed, unknown>(
    ({ at, body }, header) => answerOf(api.POST(`${path}/${at}` as Address, { params: { path: { ...place, team: '', number: '' }, header }, body: body as Record<string, never> })),
    [sprintKey(place), backlogKey(place)], (_, deed) => done?.(deed), draft,
  );
}

/**
 * What was shown before it was answered is taken back when it is refused: the reader is told why, and sees what there is.
 * @param queryKey of what was shown.
 */
export function useTakeBack(queryKey: readonly unknown[]): { readonly onError: (error: Error) => void } {
  const { t } = useTranslation('agile');
  const client = useQueryClient();
  return {
    onError(error) {
      const { title, detail } = error instanceof ApiProblem ? error.problem : { title: t('not-sent'), detail: t('not-sent-text') };
      notifications.show({ color: 'red', autoClose: 10_000, title, message: detail });
      void client.invalidateQueries({ queryKey });
    },
  };
}

/** Who has a part in a project, by name. */
export function usePeople(project: string): readonly { readonly id: string; readonly name: string }[] {
  const { data } = useQuery(projectQuery(project));
  return [...new Map((data?.roles ?? []).flatMap(({ persons }) => persons).map((person) => [person.id, person])).values()].sort((a, b) => a.name.localeCompare(b.name));
}

export const atSprint = ({ team, number }: Pick<SprintPlace, 'team' | 'number'>): string => `sprints/${encodeURIComponent(team)}/${number}`;

export interface May {
  /** Orders the backlog, sets the Product Goal, drops. */
  readonly order: boolean;
  /** Adds and describes items. */
  readonly describe: boolean;
  /** Works on the board of the team. */
  readonly work: boolean;
  /** Plans its sprints, says what is in the way, keeps its retrospective. */
  readonly plan: boolean;
  readonly close: boolean;
  /** Accepts, returns and cancels. */
  readonly own: boolean;
}

/** What the reader may do with a backlog and the sprints of a team; the API judges. */
export function useMayInBacklog({ project, productOwner, facilitator, teams }: Backlog, managerRole: string, team: string | undefined): May {
  const me = useMe();
  const held = new Set([...me.globalRoles, ...(me.projects.find(({ id }) => id === project)?.roles ?? [])]);
  const has = (...roles: readonly (string | undefined)[]): boolean => roles.some((role) => role !== undefined && held.has(role));
  const own = has(productOwner.key);
  const order = own || has(managerRole, 'project-office');
  const work = has(facilitator?.key, ...(teams.find(({ key }) => key === team)?.roles ?? []).map(({ key }) => key));
  return { own, order, describe: order || has(facilitator?.key) || teams.some(({ roles }) => has(...roles.map(({ key }) => key))), work, plan: work || own, close: work || order };
}
