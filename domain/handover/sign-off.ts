/** The sign-off of a service: what those who sign are shown, and who they are. */
import { electorateFor } from '../approval/electorate';
import type { ApprovalInput, Electorate } from '../approval/types';
import { digestOf } from '../digest';
import type { Evidence } from '../evidence-types';
import { holdersOf } from '../permissions';
import { isAssignable, type PlanStep } from '../plan';
import type { Key, PersonId, StreamId } from '../process';
import { SIGNS_FOR_ONE } from '../rules';
import type { GateContent } from '../stage/gate';
import { isSettled } from './entries';
import { signOffStream } from './streams';
import type { EntryState, HandoverState, ServiceFacts, ServiceState, SessionState } from './types';

/** What those who sign a service off are shown. */
export interface ServiceContent extends ServiceFacts {
  readonly project: string;
  readonly phase: Key;
  readonly service: Key;
  readonly entries: Readonly<Record<Key, Pick<EntryState, 'status' | 'evidence' | 'reason' | 'by' | 'through' | 'waivedBy' | 'own'>>>;
  readonly sessions: Readonly<Record<Key, Pick<SessionState, 'status' | 'kind' | 'topic' | 'subject' | 'attended' | 'material' | 'answeredBy'>>>;
}

export function serviceContent({ input: { project, phase } }: HandoverState, key: Key, service: ServiceState): ServiceContent {
  const { name, item, owner, teams, levels, adopted } = service;
  return {
    project, phase, service: key, name, ...(item !== undefined && { item }), ...(owner !== undefined && { owner }), ...(teams && { teams }), ...(levels && { levels }), ...(adopted && { adopted }),
    entries: Object.fromEntries(Object.entries(service.entries).map(([each, { status, evidence, reason, by, through, waivedBy, own }]) => [each, {
      status, ...(evidence && { evidence }), ...(reason && { reason }), ...(by !== undefined && { by }), ...(through !== undefined && { through }), ...(waivedBy !== undefined && { waivedBy }), ...(own && { own }),
    }])),
    sessions: Object.fromEntries(Object.entries(service.sessions).map(([each, { status, kind, topic, subject, attended, material, answeredBy }]) => [each, {
      status, kind, ...(topic !== undefined && { topic }), ...(subject && { subject }), ...(attended && { attended }), ...(material && { material }), ...(answeredBy !== undefined && { answeredBy }),
    }])),
  };
}

/** The same in the form in which approvers of a gate are shown theirs, so that differences are told alike: the service itself stands under its key. */
export function asGateContent({ project, phase, service, entries, sessions, ...facts }: ServiceContent): GateContent {
  const { name, item, owner, teams = [], levels = [] } = facts;
  const described: Evidence = {
    name, ...(item !== undefined && { item }), ...(owner !== undefined && { owner }), ...(teams.length > 0 && { teams: teams.join(', ') }),
    ...(levels.length > 0 && { levels: { rows: levels.map((level) => ({ name: level.name, target: level.target, unit: level.unit })) } }),
  };
  return {
    project, phase, round: 0, gate: service, criteria: [],
    tasks: [
      { key: service, produces: [], evidence: described },
      ...Object.entries(entries).map(([key, { status, evidence, reason, by, waivedBy }]) => ({
        key, produces: [], status, evidence: { ...evidence, ...(reason && { reason }) }, ...(by !== undefined && { doneBy: by }), ...(waivedBy !== undefined && { checkedBy: waivedBy }),
      })),
      ...Object.entries(sessions).map(([key, { status, attended, material = [], answeredBy }]) => ({
        key, produces: [], status, evidence: { ...(attended && { attended: attended.join(', ') }), ...(material.length > 0 && { material: { rows: material.map((document) => ({ document })) } }) },
        ...(answeredBy !== undefined && { checkedBy: answeredBy }),
      })),
    ],
  };
}

// States never change: the digest of what stands there was asked for before.
const digests = new WeakMap<ServiceState, string>();

/** SHA-256 of what those who sign are shown. */
export function serviceDigest(state: HandoverState, key: Key, service: ServiceState): string {
  const known = digests.get(service);
  if (known !== undefined) return known;
  const digest = digestOf(serviceContent(state, key, service));
  digests.set(service, digest);
  return digest;
}

/** Who hands over: they neither accept nor sign. */
export function deliverers({ input, roles }: HandoverState): ReadonlySet<PersonId> {
  return new Set(input.handover.delivering.flatMap((role) => holdersOf(role, input.planRoles, roles)));
}

/** Who may not sign: who hands over and, where duties are separated, who delivered evidence. */
function barredFrom(state: HandoverState, { entries }: ServiceState): readonly PersonId[] {
  const evidence = state.input.handover.signOff.separationOfDuties ? Object.values(entries).flatMap(({ by, through }) => [by, through]) : [];
  return [...new Set([...deliverers(state), ...evidence.filter((person) => person !== undefined)])].sort();
}

/** Who may sign a service off. A service with an owner is signed by that owner alone where the service owners sign. */
export function electorateOf(state: HandoverState, service: ServiceState, rules: number): Electorate {
  const { input: { handover: { signOff, serviceOwner }, planRoles }, roles: holders, absences } = state;
  const { owner } = service;
  const signs = ({ roles }: PlanStep, person: PersonId): boolean => owner === undefined || roles.length !== 1 || roles[0] !== serviceOwner || person === owner;
  const among = (votesIn?: typeof signs): Electorate => electorateFor(signOff, { planRoles, holders, absences }, barredFrom(state, service), votesIn);
  if (rules >= SIGNS_FOR_ONE) return among(signs);
  const found = among();
  return { ...found, electorate: Object.fromEntries(signOff.steps.map((step) => [step.key, (found.electorate[step.key] ?? []).filter((person) => signs(step, person))])) };
}

/** The approval that is open for a service. */
export function openSignOff({ input: { id } }: HandoverState, key: Key, { signOff }: ServiceState): StreamId | undefined {
  return signOff.status === 'open' ? signOffStream(id, key, signOff.round) : undefined;
}

/** All of them, with their services. */
export const openSignOffs = (state: HandoverState): readonly (readonly [StreamId, ServiceState])[] =>
  Object.entries(state.services).flatMap(([key, service]) => { const stream = openSignOff(state, key, service); return stream === undefined ? [] : [[stream, service] as const]; });

/** What the approval of the present round starts with. Who signs may name what is missing: what was there so far. */
export function approvalInput(state: HandoverState, key: Key, service: ServiceState, rules: number): ApprovalInput {
  const { project, phase, id, calendar, planRoles, managerRole, handover } = state.input;
  const { round, digest } = service.signOff;
  const entries = Object.entries(service.entries).filter(([, entry]) => isSettled(entry)).map(([each]) => each);
  const sessions = Object.entries(service.sessions).filter(([, { status }]) => status === 'confirmed').map(([each]) => each);
  return {
    project, phase, gate: '', service: key, title: service.name, parent: id, id: signOffStream(id, key, round), round, calendar, policy: handover.signOff,
    digest: digest ?? serviceDigest(state, key, service), ...electorateOf(state, service, rules),
    roles: planRoles.filter(isAssignable).map((role) => role.key), tasks: [...entries, ...sessions], managerRole, ...(state.heldAt !== undefined && { held: true as const }),
  };
}
