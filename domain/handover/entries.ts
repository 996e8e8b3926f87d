/** What has to be so before a service is signed off: acceptance criteria, operational readiness, knowledge passed on. */
import { own } from '../fold';
import type { EvidenceField, PlanEntry } from '../plan';
import type { Key } from '../process';
import type { EntryState, HandoverState, ServiceState, SessionState } from './types';

/** So many services in one handover: with figures of a year its state, compressed, stays well below the 2 MiB of a run's argument. */
export const MAX_SERVICES = 200;
/** Criteria of a service's own, sessions and articles that one service can have. */
export const MAX_OWN = 50;
export const MAX_SESSIONS = 60;
export const MAX_ARTICLES = 100;

/** What shows that a criterion of a service's own is met: one of the two at least. */
export const OWN_EVIDENCE: readonly EvidenceField[] = [{ key: 'document', required: false, type: 'document' }, { key: 'note', required: false, type: 'text' }];

/** An entry as it is planned. */
export function plannedEntry({ input }: Pick<HandoverState, 'input'>, key: Key, entry: EntryState): PlanEntry | undefined {
  const { own: criterion } = entry;
  if (!criterion) return input.handover.entries.find((each) => each.key === key);
  const { owner, dueDays } = criterion;
  return { key, kind: 'criterion', owner, mandatory: true, evidence: OWN_EVIDENCE, ...(dueDays !== undefined && { dueDays }) };
}

export const isSettled = ({ status }: EntryState): boolean => status === 'met' || status === 'waived';
/** `incomplete`: the one that follows it is what counts. */
export const isOver = ({ status }: SessionState): boolean => status === 'confirmed' || status === 'incomplete' || status === 'dropped';

/** What keeps a service from being signed off: keys of entries, then of sessions. */
export function missingOf(state: HandoverState, service: ServiceState): readonly Key[] {
  const entries = Object.entries(service.entries).filter(([key, entry]) => !isSettled(entry) && plannedEntry(state, key, entry)?.mandatory !== false);
  return [...entries, ...Object.entries(service.sessions).filter(([, session]) => !isOver(session))].map(([key]) => key);
}

/** Whether all knowledge of a service was passed on, as those who receive it say. */
export const isTrained = ({ sessions }: ServiceState): boolean => Object.values(sessions).every(isOver);

/** The number behind the last key of this form. */
export const lastNumber = (keys: Readonly<Record<Key, unknown>>, form: string): number =>
  Object.keys(keys).reduce((last, key) => (key.startsWith(`${form}-`) ? Math.max(last, Number(key.slice(form.length + 1)) || 0) : last), 0);

export const serviceOf = ({ services }: HandoverState, key: Key): ServiceState | undefined => own(services, key);

/** Whether it is handed over no more, or has been. */
export const isDone = ({ status }: ServiceState): boolean => status === 'transferred' || status === 'withdrawn';

/** Whether operations run it, the project at their side or not. */
const isRun = ({ status }: ServiceState): boolean => status === 'early-life' || status === 'transferred';

/** Whether it has conditions that its project must not take with it: operations run it, and they are not met. */
export const isOutlived = (service: ServiceState): boolean => isRun(service) && Object.values(service.conditions).some(({ status }) => status !== 'met');

/** Services that are handed over, or have been. */
export const handedOver = ({ services }: HandoverState): [Key, ServiceState][] => Object.entries(services).filter(([, { status }]) => status !== 'withdrawn');
