/** What the API says about handovers and their services. */
import { z } from 'zod';
import { OWN_EVIDENCE } from '../../domain/handover/entries';
import { LEVEL_UNITS, type EntryState } from '../../domain/handover/types';
import { READINESS_AREAS, REACHED, SESSION_KINDS } from '../../domain/plan';
import type { ArticleRow, HandoverRow, ServiceRow } from '../../domain/rows';
import { toIso } from '../http/instant';
import type { Names } from '../names';
import { instant, key, namedKey, namedPerson } from '../schemas';
import { evidenceValue, fieldSchema, fieldView } from '../tasks/views';

const text = z.string().nullable();
const status = z.enum(['preparing', 'early-life', 'handed-back', 'transferred', 'withdrawn']);
const signOff = z.strictObject({
  status: z.enum(['waiting', 'open', 'signed', 'signed-with-conditions', 'refused']), round: z.int(), wanted: z.boolean().meta({ description: 'It is asked by itself as soon as everything is there.' }),
  approval: text.meta({ description: 'The approval that is open; null: none is.' }), at: instant.nullable(), reason: text, missing: z.array(namedKey).meta({ description: 'What who refused it found missing.' }),
}).meta({ id: 'SignOff' });
const condition = z.strictObject({
  key, defect: text, plan: text, owner: namedKey, status: z.enum(['open', 'expired', 'met']), dueAt: instant, expiredAt: instant.nullable(), note: text, by: namedPerson.nullable(), at: instant.nullable(),
  renewed: z.int().meta({ description: 'How often it was accepted anew.' }),
}).meta({ id: 'AcceptanceCondition' });

export const serviceListItem = z.strictObject({
  service: key, name: text, item: namedKey.nullable().meta({ description: 'The inventory item that it stands for.' }), owner: namedPerson.nullable(), teams: z.array(namedKey), status,
  levels: z.array(z.strictObject({ name: text, target: z.number(), unit: z.enum(LEVEL_UNITS) })),
  missing: z.array(namedKey).meta({ description: 'What keeps it from being signed off: criteria, items of readiness, sessions.' }), signOff,
  met: z.int().meta({ description: 'Criteria and items of readiness that are settled.' }), asked: z.int(), overdue: z.int().meta({ description: 'Criteria and items of readiness that are open and late.' }), conditions: z.array(condition), addedAt: instant, transferredAt: instant.nullable(),
  adopted: z.strictObject({ since: z.string(), accepted: z.strictObject({ on: z.string(), by: text }).nullable() }).nullable().meta({ description: 'Its handover ran elsewhere before, as the project office says: what is told here was not decided here.' }),
}).meta({ id: 'ServiceListItem' });

const entry = z.strictObject({
  key, name: z.string(), guidance: text, kind: z.enum(['criterion', 'readiness']), area: z.enum(READINESS_AREAS).nullable(), own: z.boolean().meta({ description: 'Of this service alone.' }), owner: namedKey, mandatory: z.boolean(),
  status: z.enum(['open', 'met', 'proposed', 'waived']).meta({ description: 'proposed: as not applicable; waived: accepted as that.' }), dueAt: instant.nullable(), overdue: z.boolean(), fields: z.array(fieldSchema),
  evidence: z.record(z.string(), evidenceValue).nullable(), reason: text, missing: text, by: namedPerson.nullable(), through: namedPerson.nullable(), at: instant.nullable(), waivedBy: namedPerson.nullable(), reopened: z.int(),
}).meta({ id: 'HandoverEntry' });
const session = z.strictObject({
  key, kind: z.enum(SESSION_KINDS), name: z.string().nullable(), topic: key.nullable(), status: z.enum(['wanted', 'planned', 'held', 'confirmed', 'incomplete', 'dropped']), follows: key.nullable(), wanted: text,
  at: instant.nullable(), givenBy: namedPerson.nullable(), heldAt: instant.nullable(), heldBy: namedPerson.nullable(), attended: z.array(namedPerson), material: z.array(evidenceValue), missing: text,
  answeredBy: namedPerson.nullable(), answeredAt: instant.nullable(),
}).meta({ id: 'KnowledgeSession' });
const article = z.strictObject({ key, title: text, text, by: namedPerson.nullable(), at: instant.nullable() }).meta({ id: 'KnowledgeArticle' });

export const serviceView = serviceListItem.extend({
  entries: z.array(entry), sessions: z.array(session), articles: z.array(article),
  handedBack: z.strictObject({ reason: text, missing: z.array(namedKey), by: namedPerson, at: instant }).nullable().meta({ description: 'Operations gave it back; null: they did not, or took it again.' }),
}).meta({ id: 'Service' });

export const handoverView = z.strictObject({
  project: z.string(), phase: key, phaseName: z.string(), isOpen: z.boolean(), isOutliving: z.boolean().meta({ description: 'The project is over: what is left are conditions that are not met.' }), isHeld: z.boolean(), reached: z.enum(['none', ...REACHED]).meta({ description: 'How far all services have come.' }),
  delivering: z.array(namedKey).meta({ description: 'Roles of those who hand over.' }), serviceOwner: namedKey, teams: z.array(namedKey.extend({ roles: z.array(namedKey) })), services: z.array(serviceListItem),
});

const iso = (at: number | null | undefined): string | null => (at === null || at === undefined ? null : toIso(at));
const personOr = (names: Names, person: string | undefined): z.output<typeof namedPerson> | null => (person === undefined ? null : names.person(person));
const textOr = (names: Names, ref: { readonly text: string } | undefined): string | null => (ref ? names.text(ref) : null);

/** By the number in their keys: a database gives them in an order of its own. */
const numbered = <T>(each: Readonly<Record<string, T>>): [string, T][] => {
  const numbers = (text: string): number[] => (text.match(/\d+/g) ?? []).map(Number);
  return Object.entries(each).sort(([one], [other]) => {
    const [a, b] = [numbers(one), numbers(other)];
    return (a[0] ?? 0) - (b[0] ?? 0) || (a[1] ?? 0) - (b[1] ?? 0);
  });
};

/** Those of the template in its order, then the service's own. */
export function entriesOf(row: ServiceRow, { handover }: HandoverRow): [string, EntryState][] {
  const place = (key: string): number => handover.entries.findIndex((each) => each.key === key);
  return numbered(row.entries).sort(([one], [other]) => (place(one) >>> 0) - (place(other) >>> 0));
}

/** What an entry or a session is called. */
export function nameOf(row: ServiceRow, each: string, names: Names): z.output<typeof namedKey> {
  const own = Object.hasOwn(row.entries, each) ? row.entries[each]?.own : undefined;
  const known = Object.hasOwn(row.sessions, each) ? row.sessions[each] : undefined;
  const name = known ? sessionName(row.phase, known, names) : own ? names.text(own.title) : names.at(`entry:${row.phase}/${each}`);
  return { key: each, name: name ?? each };
}

function sessionName(phase: string, { topic, subject }: ServiceRow['sessions'][string], names: Names): string | null {
  return subject ? names.text(subject) : topic === undefined ? null : names.at(`topic:${phase}/${topic}`) ?? topic;
}

export function serviceListItemOf(row: ServiceRow, names: Names): z.output<typeof serviceListItem> {
  const entries = Object.values(row.entries);
  return {
    service: row.service, name: names.text(row.name), item: row.item === undefined ? null : names.item(row.project, row.item), owner: personOr(names, row.owner),
    teams: row.teams.map((team) => ({ key: team, name: names.at(`receiver:${row.phase}/${team}`) ?? team })), status: row.status,
    levels: (row.levels ?? []).map(({ name, target, unit }) => ({ name: names.text(name), target, unit })), missing: row.missing.map((each) => nameOf(row, each, names)),
    signOff: {
      status: row.signOff.status, round: row.signOff.round, wanted: row.signOff.wanted ?? false, approval: row.approval, at: iso(row.signOff.at), reason: textOr(names, row.signOff.reason),
      missing: (row.signOff.missing ?? []).map((each) => nameOf(row, each, names)),
    },
    met: entries.filter(({ status: of }) => of === 'met' || of === 'waived').length, asked: entries.length, overdue: entries.filter(({ status: of, overdue }) => overdue && of !== 'met' && of !== 'waived').length,
    conditions: numbered(row.conditions).map(([name, each]) => ({
      key: name, defect: names.text(each.defect), plan: names.text(each.plan), owner: names.role(each.owner), status: each.status, dueAt: toIso(each.dueAt), expiredAt: iso(each.expiredAt), note: textOr(names, each.note),
      by: personOr(names, each.by), at: iso(each.at), renewed: each.renewed ?? 0,
    })),
    addedAt: toIso(row.addedAt), transferredAt: iso(row.transferredAt),
    adopted: row.adopted ? { since: row.adopted.since, accepted: row.adopted.accepted ? { on: row.adopted.accepted.on, by: names.text(row.adopted.accepted.by) } : null } : null,
  };
}

function entryOf(row: ServiceRow, { handover }: HandoverRow, each: string, state: EntryState, names: Names): z.output<typeof entry> {
  const planned = handover.entries.find((one) => one.key === each);
  const path = `${row.phase}/${each}`;
  return {
    ...nameOf(row, each, names), guidance: names.at(`entry:${path}.guidance`) ?? null, kind: planned?.kind ?? 'criterion', area: planned?.area ?? null, own: state.own !== undefined,
    owner: names.role(planned?.owner ?? state.own?.owner ?? ''), mandatory: planned?.mandatory ?? true, status: state.status, dueAt: iso(state.dueAt), overdue: state.overdue ?? false,
    fields: (planned?.evidence ?? OWN_EVIDENCE).map((field) => fieldView(field, `${path}/${field.key}`, names)),
    evidence: state.evidence ? Object.fromEntries(Object.entries(state.evidence).map(([name, value]) => [name, names.evidence(value, row.project)])) : null,
    reason: textOr(names, state.reason), missing: textOr(names, state.missing), by: personOr(names, state.by), through: personOr(names, state.through), at: iso(state.at), waivedBy: personOr(names, state.waivedBy),
    reopened: state.reopened ?? 0,
  };
}

export function serviceViewOf(handover: HandoverRow, row: ServiceRow, articles: readonly ArticleRow[], names: Names): z.output<typeof serviceView> {
  return {
    ...serviceListItemOf(row, names),
    entries: entriesOf(row, handover).map(([each, state]) => entryOf(row, handover, each, state, names)),
    sessions: numbered(row.sessions).map(([name, each]) => ({
      key: name, kind: each.kind, name: sessionName(row.phase, each, names), topic: each.topic ?? null, status: each.status, follows: each.follows ?? null, wanted: textOr(names, each.wanted), at: iso(each.at),
      givenBy: personOr(names, each.givenBy), heldAt: iso(each.heldAt), heldBy: personOr(names, each.heldBy), attended: (each.attended ?? []).map((person) => names.person(person)),
      material: (each.material ?? []).map((document) => names.evidence(document, row.project) as z.output<typeof evidenceValue>), missing: textOr(names, each.missing), answeredBy: personOr(names, each.answeredBy), answeredAt: iso(each.answeredAt),
    })),
    articles: articles.map(({ article: name, title, text: content, by, at }) => ({ key: name, title: textOr(names, title), text: textOr(names, content), by: personOr(names, by), at: iso(at) })),
    handedBack: row.handedBack ? { reason: names.text(row.handedBack.reason), missing: row.handedBack.missing.map((each) => nameOf(row, each, names)), by: names.person(row.handedBack.by), at: toIso(row.handedBack.at) } : null,
  };
}

export function handoverViewOf(row: HandoverRow, services: readonly ServiceRow[], names: Names): z.output<typeof handoverView> {
  const { delivering, serviceOwner, teams } = row.handover;
  return {
    project: row.project, phase: row.phase, phaseName: names.phase(row.phase), isOpen: row.status === 'open', isOutliving: row.status === 'outliving', isHeld: row.heldAt !== null, reached: row.reached,
    delivering: delivering.map((role) => names.role(role)), serviceOwner: names.role(serviceOwner),
    teams: teams.map(({ key: team, roles }) => ({ key: team, name: names.at(`receiver:${row.phase}/${team}`) ?? team, roles: roles.map((role) => names.role(role)) })),
    services: services.map((service) => serviceListItemOf(service, names)),
  };
}

/** The people whom services name. */
export const peopleIn = (services: readonly ServiceRow[], articles: readonly ArticleRow[] = []): string[] => [...new Set([
  ...services.flatMap(({ owner, entries, sessions, conditions, handedBack }) => [
    owner, handedBack?.by, ...Object.values(entries).flatMap(({ by, through, waivedBy }) => [by, through, waivedBy]), ...Object.values(conditions).map(({ by }) => by),
    ...Object.values(sessions).flatMap(({ givenBy, heldBy, attended = [], answeredBy }) => [givenBy, heldBy, answeredBy, ...attended]),
  ]), ...articles.map(({ by }) => by),
].filter((person) => person !== undefined))];

/** The inventory items that services stand for. */
export const itemsIn = (services: readonly ServiceRow[]): { readonly project: string; readonly item: string }[] => services.flatMap(({ project, item }) => (item === undefined ? [] : [{ project, item }]));
