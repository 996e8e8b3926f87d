/** Early-life support as people read it. */
import { z } from 'zod';
import { todayIn } from '../../config/home';
import { expectedDays, standingsOn } from '../../domain/handover/early-life';
import type { CriterionStanding, EarlyLifePolicy, RecordedDay } from '../../domain/handover/early-life-types';
import { MEASURES, PRIORITIES, SIDES, SPANS } from '../../domain/handover/early-life-types';
import { unpackFigures } from '../../domain/handover/figures';
import type { HandoverRow, ServiceRow } from '../../domain/rows';
import { toIso } from '../http/instant';
import type { Names } from '../names';
import { instant, key, namedKey, namedPerson } from '../schemas';
import { dailyFigures } from './figures-input';

const source = z.enum(['hand', 'file', 'webhook']);
const day = z.strictObject({
  date: z.string(), expected: z.boolean().meta({ description: 'A day that counts: of a day that does not, figures may be told too.' }), isOver: z.boolean(),
  figures: dailyFigures.nullable(), at: instant.nullable(), by: namedPerson.nullable().meta({ description: 'null: another system, or nobody.' }), source: source.nullable(),
  late: z.boolean().meta({ description: 'Told after the end of the working day that followed.' }),
  corrections: z.array(z.strictObject({ figures: dailyFigures, at: instant, by: namedPerson.nullable(), source })).meta({ description: 'What was told before, the first first.' }),
});
const criterion = z.strictObject({
  key, name: z.string(), kind: z.enum(['figures', 'training']), measure: z.enum(MEASURES).nullable(), priorities: z.array(z.enum(PRIORITIES)), over: z.enum(SPANS).nullable(), last: z.int().nullable(), limit: z.number().nullable(),
  verdict: z.enum(['met', 'unmet', 'missing', 'pending']).meta({ description: 'missing: nothing speaks against it, but figures of days that are over are not there. pending: no day is over yet.' }),
  value: z.number().nullable().meta({ description: 'The worst day, the total or the last day; null: no figure is there.' }), breached: z.array(z.string()), missing: z.array(z.string()),
  accepted: z.boolean().meta({ description: 'Taken as it is, for a time.' }),
}).meta({ id: 'ExitCriterion' });

export const supportView = z.strictObject({
  service: key, name: z.string().nullable(), status: z.enum(['preparing', 'early-life', 'handed-back', 'transferred', 'withdrawn']), timeZone: z.string(), from: z.string(), until: z.string().meta({ description: 'The last day, extensions included.' }),
  days: z.array(day), startedAt: instant, endedAt: instant.nullable(), extensions: z.array(z.strictObject({ at: instant, days: z.int(), criteria: z.array(namedKey) })), mayExtend: z.boolean(),
  acceptances: z.array(z.strictObject({ criteria: z.array(namedKey), condition: key, by: namedPerson, at: instant })), acceptanceDays: z.int().meta({ description: 'For so many working days at most.' }),
  outcome: z.enum(['running', 'met', 'unmet', 'missing']).meta({ description: 'What the figures said when the period was over.' }), criteria: z.array(criterion),
  duty: z.array(z.strictObject({ date: z.string(), project: z.array(namedPerson), operations: z.array(namedPerson) })),
  contacts: z.array(z.strictObject({ side: z.enum(SIDES), what: z.string().nullable(), who: z.string().nullable(), how: z.string().nullable() })),
}).meta({ id: 'EarlyLifeSupport' });

/** All knowledge of a service was passed on, as those who receive it say. */
export const isTrained = ({ sessions }: ServiceRow): boolean => Object.values(sessions).every(({ status }) => status === 'confirmed' || status === 'incomplete' || status === 'dropped');

/** How the exit criteria of a service stand now; empty before its support. */
export function standingsOf({ handover: { earlyLife: policy } }: HandoverRow, row: ServiceRow, days: Readonly<Record<string, Pick<RecordedDay, 'figures'>>>, now: number): readonly CriterionStanding[] {
  const life = row.earlyLife;
  return policy && life ? standingsOn(policy, expectedDays(life.from, life.expected), days, { trainingComplete: isTrained(row) }, todayIn(life.timeZone, now)) : [];
}

/** Criteria that are taken as they are, now. */
export function acceptedIn({ earlyLife, conditions }: ServiceRow, now: number): ReadonlySet<string> {
  const holds = (condition: string): boolean => {
    const known = Object.hasOwn(conditions, condition) ? conditions[condition] : undefined;
    return known !== undefined && (known.status === 'met' || (known.status === 'open' && now <= known.dueAt));
  };
  return new Set((earlyLife?.acceptances ?? []).filter(({ condition }) => holds(condition)).flatMap(({ criteria }) => criteria));
}

export const exitName = (phase: string, criterionKey: string, names: Names): z.output<typeof namedKey> => ({ key: criterionKey, name: names.at(`exit:${phase}/${criterionKey}`) ?? criterionKey });

function criteriaOf(policy: EarlyLifePolicy, row: ServiceRow, standings: readonly CriterionStanding[], names: Names, now: number): z.output<typeof criterion>[] {
  const accepted = acceptedIn(row, now);
  return standings.map(({ limit, breached, missing, ...standing }): z.output<typeof criterion> => {
    const planned = policy.criteria.find((each) => each.key === standing.key);
    const figures = planned?.kind === 'figures' ? planned : undefined;
    return {
      ...standing, ...exitName(row.phase, standing.key, names), kind: planned?.kind ?? 'figures', measure: figures?.measure ?? null, priorities: [...figures?.priorities ?? []], over: figures?.over ?? null, last: figures?.last ?? null, limit,
      breached: [...breached], missing: [...missing], accepted: accepted.has(standing.key),
    };
  });
}

const personOr = (names: Names, person: string | undefined): z.output<typeof namedPerson> | null => (person === undefined ? null : names.person(person));

function daysOf(row: NonNullable<ServiceRow['earlyLife']>, days: Readonly<Record<string, RecordedDay>>, names: Names, now: number): z.output<typeof day>[] {
  const expected = new Set(expectedDays(row.from, row.expected));
  const today = todayIn(row.timeZone, now);
  const shown = [...new Set([...expected, ...Object.keys(days).filter((date) => date >= row.from)])].sort();
  return shown.map((date) => {
    const told = Object.hasOwn(days, date) ? days[date] : undefined;
    return {
      date, expected: expected.has(date), isOver: date < today, figures: told ? unpackFigures(told.figures) : null, at: told ? toIso(told.at) : null, by: personOr(names, told?.by), source: told?.source ?? null, late: told?.late ?? false,
      corrections: (told?.before ?? []).map(({ figures, at, by, source: from }) => ({ figures: unpackFigures(figures), at: toIso(at), by: personOr(names, by), source: from })),
    };
  });
}

/** @param row one that has, or had, early-life support. */
export function supportViewOf(handover: HandoverRow, row: ServiceRow & { readonly earlyLife: NonNullable<ServiceRow['earlyLife']> }, days: Readonly<Record<string, RecordedDay>>, names: Names, now: number): z.output<typeof supportView> {
  const { earlyLife: life } = row;
  const policy = handover.handover.earlyLife ?? { days: life.length, count: 'working' as const, acceptanceDays: 0, criteria: [] };
  return {
    service: row.service, name: names.text(row.name), status: row.status, timeZone: life.timeZone, from: life.from, until: life.until, days: daysOf(life, days, names, now),
    startedAt: toIso(life.startedAt), endedAt: life.endedAt === undefined ? null : toIso(life.endedAt),
    extensions: life.extensions.map(({ at, days: more, criteria }) => ({ at: toIso(at), days: more, criteria: criteria.map((each) => exitName(row.phase, each, names)) })),
    mayExtend: policy.extension !== undefined && life.extensions.length < policy.extension.times,
    acceptances: life.acceptances.map(({ criteria, condition, person, at }) => ({ criteria: criteria.map((each) => exitName(row.phase, each, names)), condition, by: names.person(person), at: toIso(at) })),
    acceptanceDays: policy.acceptanceDays, outcome: life.judged?.outcome ?? 'running', criteria: criteriaOf(policy, row, standingsOf(handover, row, days, now), names, now),
    duty: Object.entries(life.duty ?? {}).sort(([one], [other]) => one.localeCompare(other)).map(([date, { project = [], operations = [] }]) => ({
      date, project: project.map((each) => names.person(each)), operations: operations.map((each) => names.person(each)),
    })),
    contacts: (life.contacts ?? []).map(({ side, what, who, how }) => ({ side, what: names.text(what), who: names.text(who), how: names.text(how) })),
  };
}

/** The people whom early-life support names. */
export const supporters = ({ earlyLife }: ServiceRow, days: Readonly<Record<string, RecordedDay>>): string[] => [
  ...Object.values(days).flatMap(({ by, before = [] }) => [by, ...before.map((each) => each.by)]), ...(earlyLife?.acceptances ?? []).map(({ person }) => person),
  ...Object.values(earlyLife?.duty ?? {}).flatMap(({ project = [], operations = [] }) => [...project, ...operations]),
].filter((person) => person !== undefined);
