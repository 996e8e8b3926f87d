/** What is read of a handover, and what is done with its services. */
import { queryOptions } from '@tanstack/react-query';
import { language } from '../../app/i18n';
import { answerOf, api, type Schema } from '../../data/api';
import { useCommand } from '../../data/command';
import { useMe } from '../../data/me';

export type Handover = Schema<'Handover'>;
export type Service = Schema<'Service'>;
export type Entry = Service['entries'][number];
export type Session = Service['sessions'][number];
export type Support = Schema<'EarlyLifeSupport'>;

export interface Place {
  readonly project: string;
  readonly phase: string;
}

const keyOf = ({ project, phase }: Place) => ['project', project, 'handover', phase] as const;

export const handoverQuery = (place: Place) => queryOptions({
  queryKey: [...keyOf(place), 'view', language()],
  queryFn: ({ signal }) => answerOf(api.GET('/api/v1/projects/{project}/phases/{phase}/handover', { params: { path: { ...place } }, signal })),
});

export const serviceQuery = (place: Place, service: string) => queryOptions({
  queryKey: [...keyOf(place), 'service', service, language()],
  queryFn: ({ signal }) => answerOf(api.GET('/api/v1/projects/{project}/phases/{phase}/handover/services/{service}', { params: { path: { ...place, service } }, signal })),
});

export const supportQuery = (place: Place, service: string) => queryOptions({
  queryKey: [...keyOf(place), 'support', service, language()],
  queryFn: ({ signal }) => answerOf(api.GET('/api/v1/projects/{project}/phases/{phase}/handover/services/{service}/support', { params: { path: { ...place, service } }, signal })),
});

/** What of the inventory can still be handed over as a service. */
export const inventoryQuery = (place: Place) => queryOptions({
  queryKey: [...keyOf(place), 'inventory'],
  queryFn: ({ signal }) => answerOf(api.GET('/api/v1/projects/{project}/phases/{phase}/handover/inventory', { params: { path: { ...place } }, signal })),
});

/** A deed: where, below the handover, and what is sent along. */
export interface Deed {
  readonly at: string;
  readonly body: object;
}

/** All of these are posted below the handover, and answer as any command. */
type Address = '/api/v1/projects/{project}/phases/{phase}/handover/services/{service}/transfer';

/** Sends what is done with a handover. @param done is told once it is answered. */
export function useDo(place: Place, done?: (deed: Deed) => void, draft?: string) {
  const path = `/api/v1/projects/${encodeURIComponent(place.project)}/phases/${encodeURIComponent(place.phase)}/handover`;
  return useCommand<Deed, unknown>(
    ({ at, body }, header) => answerOf(api.POST(`${path}/${at}` as Address, { params: { path: { ...place, service: '' }, header }, body: body as Record<string, never> })),
    [keyOf(place), ['services']], (_, deed) => done?.(deed), draft,
  );
}

/** Names a handover among what was written and not sent. */
export const placeText = ({ project, phase }: Place): string => `handover ${project}/${phase}`;
export const atService = (service: string): string => `services/${encodeURIComponent(service)}`;

export interface May {
  /** Hands over, or steers the project: adds services, plans sessions, asks for sign-offs. */
  readonly give: boolean;
  /** Receives: accepts what does not apply, confirms sessions, hands back, takes over. */
  readonly receive: boolean;
  readonly manage: boolean;
  /** Tells figures, says who is there. */
  readonly tell: boolean;
  /** Whether one sees to what is somebody's of this role. */
  readonly has: (role: string) => boolean;
}

/** What the reader may do with a service; the API judges. */
export function useMayInHandover({ project, delivering, serviceOwner, teams }: Handover, managerRole: string, receiving: readonly { readonly key: string }[] | undefined): May {
  const me = useMe();
  const held = new Set<string>([...me.globalRoles, ...(me.projects.find(({ id }) => id === project)?.roles ?? [])]);
  const has = (role: string): boolean => held.has(role);
  const isDelivering = delivering.some(({ key }) => has(key));
  const manage = has(managerRole) || has('project-office');
  const give = manage || isDelivering;
  const isReceiving = has(serviceOwner.key) || teams.some(({ key, roles }) => (receiving === undefined || receiving.some((team) => team.key === key)) && roles.some((role) => has(role.key)));
  return { give, receive: isReceiving && !isDelivering, manage, tell: give || isReceiving, has };
}

/** Whether anything can still be changed of a service. */
export const isWorkable = ({ isOpen, isHeld }: Handover, { status }: Service): boolean => isOpen && !isHeld && status !== 'transferred' && status !== 'withdrawn';
