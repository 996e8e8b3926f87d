/** What the API says about backlogs and sprints. */
import { z } from 'zod';
import { ITEM_KINDS } from '../../domain/backlog/types';
import { eventHoursAtMost, needKey, type PlanIterations, SPRINT_EVENTS } from '../../domain/plan';
import { limitOf } from '../../domain/backlog/scope';
import type { BacklogOf } from '../../store/reads/agile';
import type { BacklogRow, CardRow, ItemRow, SprintRow } from '../../domain/rows';
import { NOTE_KINDS, RECOGNITION_KINDS } from '../../domain/sprint/types';
import { HOURS_PER_DAY } from '../../domain/workload';
import { toIso } from '../http/instant';
import type { Names } from '../names';
import { instant, key, namedKey, namedPerson } from '../schemas';

const text = z.string().nullable();
export const tally = z.strictObject({ items: z.int(), estimate: z.number() }).meta({ id: 'Tally', description: 'So many items, and the sum of their estimates.' });
const sprintRef = z.strictObject({ team: namedKey, number: z.int() });
const entry = namedKey.extend({ met: z.boolean() });
const leaving = z.enum(['accepted', 'returned', 'removed', 'carried', 'refused', 'lost']);

export const backlogView = z.strictObject({
  project: z.string(), phase: key, phaseName: z.string(), goal: text.meta({ description: 'The Product Goal.' }), isOpen: z.boolean().meta({ description: 'Sprints can run: the phase is open.' }),
  isHeld: z.boolean(), unit: z.enum(['points', 'hours']), productOwner: namedKey, facilitator: namedKey.nullable(),
  columns: z.array(namedKey.extend({ limit: z.int().nullable() })), ready: z.array(namedKey).meta({ description: 'Definition of Ready.' }),
  done: z.array(namedKey).meta({ description: 'Definition of Done.' }),
  teams: z.array(namedKey.extend({
    roles: z.array(namedKey), sprintDays: z.int().nullable().meta({ description: 'null: it works in flow.' }), startsItself: z.boolean(), leftovers: z.enum(['next', 'backlog']),
    sprints: z.array(z.strictObject({ number: z.int(), stage: z.enum(['planning', 'running', 'over']) })).meta({ description: 'Those that are not closed.' }),
  })),
  needs: z.array(z.strictObject({ phase: namedKey, deliverable: namedKey, label: z.string().nullable(), isOpen: z.boolean() }))
    .meta({ description: 'Deliverables of other phases that items can wait for; with a label: all items with it do.' }),
  scope: z.strictObject({
    tolerance: z.number().nullable().meta({ description: 'Percent by which it may grow; null: without a bound.' }), keepsGoal: z.boolean(), label: z.string().nullable(),
    baseline: z.number().nullable().meta({ description: 'What was promised, in estimates; null: no sprint has started.' }),
    limit: z.number().nullable().meta({ description: 'Beyond this a change of the plan decides; null: no bound (yet).' }), now: z.number().meta({ description: 'What stands in it now, done or not.' }),
    released: z.array(z.string()).meta({ description: 'Items that changes took out of what was promised.' }),
  }).nullable().meta({ description: 'How far the backlog is the Product Owner’s; null: all of it.' }),
  counts: z.record(z.string(), z.int()).meta({ description: 'Items by status.' }),
}).meta({ id: 'Backlog' });

export const itemView = z.strictObject({
  item: z.string().meta({ description: 'Its number.', example: '12' }), kind: z.enum(ITEM_KINDS), title: text, criteria: text.meta({ description: 'When it is acceptable.' }),
  status: z.enum(['open', 'planned', 'done', 'dropped']), estimate: z.number().nullable(), epic: z.string().nullable(), labels: z.array(key), after: z.array(z.string()),
  deliverables: z.array(namedKey), inventory: z.array(namedKey),
  needs: z.array(z.strictObject({ phase: namedKey, deliverable: namedKey, isOpen: z.boolean(), isOwn: z.boolean().meta({ description: 'The item names it; else one of its labels does.' }) }))
    .meta({ description: 'Deliverables of other phases that it waits for, by itself or for one of its labels. As long as one `isOpen`, no sprint takes the item on.' }),
  ready: z.array(entry).meta({ description: 'Definition of Ready.' }),
  owner: namedPerson.nullable().meta({ description: 'Who sees to it.' }), due: z.iso.date().nullable().meta({ description: 'The last day by which it is to be done.' }),
  isAction: z.boolean().meta({ description: 'A retrospective gave it to its owner, who says that it is done (`finish`) without a sprint.' }),
  sprint: sprintRef.nullable(), carried: z.int().meta({ description: 'Sprints that did not finish it.' }), doneAt: instant.nullable(),
  place: z.string().meta({ description: 'Sorts by its characters. Give it as `seen` when you move the item.' }),
}).meta({ id: 'BacklogItem' });

const historyEntry = z.strictObject({ sprint: sprintRef, addedAt: instant, from: z.int().nullable(), column: namedKey, deliveredAt: instant.nullable(), acceptedAt: instant.nullable(), left: leaving.nullable() });
export const itemDetails = itemView.extend({ sprints: z.array(historyEntry).meta({ description: 'Its way through sprints.' }) }).meta({ id: 'BacklogItemDetails' });

export const cardView = z.strictObject({
  item: z.string(), kind: z.enum(ITEM_KINDS), title: text, estimate: z.number().nullable(), column: key, person: namedPerson.nullable(), remaining: z.number().nullable(),
  done: z.array(entry).meta({ description: 'Definition of Done.' }), from: z.int().nullable().meta({ description: 'The sprint that did not finish it.' }),
  late: z.boolean().meta({ description: 'It came after the start.' }), addedAt: instant, startedAt: instant.nullable(), deliveredAt: instant.nullable(), acceptedAt: instant.nullable(),
  returned: z.int(), left: leaving.nullable(), movedBy: namedPerson.nullable(), movedAt: instant.nullable(),
}).meta({ id: 'Card' });

export const resultView = z.strictObject({ scope: tally, added: tally, removed: tally, delivered: tally, accepted: tally, carried: tally })
  .meta({ id: 'SprintResult', description: 'Fixed when the time is over; `accepted` when the sprint is closed.' });

export const sprintListItem = z.strictObject({
  team: namedKey, number: z.int(), status: z.enum(['planning', 'running', 'over', 'closed', 'ended']), goal: text, sprintDays: z.int().nullable(),
  mayStart: z.boolean().meta({ description: 'No other sprint of the team runs.' }), startedAt: instant.nullable(), endsAt: instant.nullable(), overAt: instant.nullable(),
  because: z.enum(['time', 'cancelled', 'phase']).nullable().meta({ description: 'Why it is over.' }), reason: text, closedAt: instant.nullable(), isHeld: z.boolean(),
  unit: z.enum(['points', 'hours']), result: resultView.nullable(), impediments: z.int().meta({ description: 'Open ones.' }),
}).meta({ id: 'SprintListItem' });

export const sprintView = sprintListItem.extend({
  capacity: z.array(z.strictObject({ person: namedPerson, days: z.number(), hours: z.number().meta({ description: `Those days, of ${HOURS_PER_DAY} hours.` }) })).nullable().meta({ description: 'Working days of each member when it started; before, as the calendar, absences and what was said let expect. null: it works in flow.' }),
  availability: z.array(z.strictObject({ person: namedPerson, days: z.number() })).meta({ description: 'What was said for this sprint.' }),
  events: z.array(z.strictObject({
    event: z.enum(SPRINT_EVENTS), at: instant.nullable().meta({ description: 'null: not planned. Of the daily the first.' }), hours: z.number(), atMost: z.number().meta({ description: 'Hours, in a sprint of this length (Scrum Guide 2020).' }),
  })).meta({ description: 'The events of the sprint.' }),
  cards: z.array(cardView),
  impediments: z.array(z.strictObject({ impediment: z.int(), text, by: namedPerson, at: instant, owner: namedPerson.nullable(), item: z.string().nullable(), resolvedAt: instant.nullable(), resolvedBy: namedPerson.nullable() })),
  notes: z.array(z.strictObject({ note: z.int(), kind: z.enum(NOTE_KINDS), text, by: namedPerson, votes: z.int(), mine: z.boolean().meta({ description: 'I voted for it.' }),
    owner: namedPerson.nullable().meta({ description: 'Of an action: who sees to it.' }), due: z.iso.date().nullable() })),
  recognitions: z.array(z.strictObject({ recognition: z.int(), kind: z.enum(RECOGNITION_KINDS), text, by: namedPerson, to: namedPerson, at: instant, mine: z.boolean().meta({ description: 'I gave it.' }) }))
    .meta({ description: 'Thanks of colleagues that were not withdrawn.' }),
}).meta({ id: 'Sprint' });

const iso = (at: number | null | undefined): string | null => (at === null || at === undefined ? null : toIso(at));
const named = (names: Names, path: string, each: string): z.output<typeof namedKey> => ({ key: each, name: names.at(`${path}/${each}`) ?? each });
const personOrNull = (names: Names, person: string | undefined): z.output<typeof namedPerson> | null => (person === undefined ? null : names.person(person));

/** Beyond what a change of the plan decides on a backlog. */
function scopeView({ iterations, baseline, scope }: BacklogOf): z.output<typeof backlogView>['scope'] {
  const control = iterations.scopeControl;
  return control ? {
    tolerance: control.tolerance ?? null, keepsGoal: control.goal ?? false, label: control.label ?? null, baseline: baseline?.scope ?? null,
    limit: limitOf({ input: { iterations }, ...(baseline && { baseline }) }) ?? null, now: scope, released: [...control.released ?? []],
  } : null;
}

export function backlogViewOf(row: BacklogOf, names: Names): z.output<typeof backlogView> {
  const { phase, iterations: { productOwner, facilitator, unit, columns, ready, done, teams, needs = [] }, goal } = row;
  return {
    project: row.project, phase, phaseName: names.phase(phase), goal: goal && names.text(goal), isOpen: row.phaseOpen && row.status === 'open', isHeld: row.heldAt !== null, unit,
    productOwner: names.role(productOwner), facilitator: facilitator === undefined ? null : names.role(facilitator),
    columns: columns.map(({ key: column, wip }) => ({ ...named(names, `column:${phase}`, column), limit: wip ?? null })),
    ready: ready.map((each) => named(names, `ready:${phase}`, each)), done: done.map((each) => named(names, `done:${phase}`, each)),
    teams: teams.map((team) => ({
      ...named(names, `team:${phase}`, team.key), roles: team.roles.map((role) => names.role(role)), sprintDays: team.days ?? null, startsItself: team.startsItself ?? false, leftovers: team.leftovers,
      sprints: (Object.hasOwn(row.teams, team.key) ? row.teams[team.key]?.open ?? [] : []).map(({ number, stage }) => ({ number, stage })),
    })),
    needs: needs.map((need) => ({
      phase: { key: need.phase, name: names.phase(need.phase) }, deliverable: named(names, `deliverable:${need.phase}`, need.deliverable), label: need.label ?? null,
      isOpen: row.openNeeds?.includes(needKey(need)) ?? false,
    })),
    scope: scopeView(row), counts: row.counts,
  };
}

/** What of a backlog says how its items are. */
export type OfBacklog = Pick<BacklogRow, 'openNeeds'> & { readonly iterations: Pick<BacklogRow['iterations'], 'ready' | 'needs'> };

/** Deliverables that an item waits for, or waited for. */
function needViews(row: ItemRow, names: Names, { iterations, openNeeds = [] }: OfBacklog): z.output<typeof itemView>['needs'] {
  const wanted = (iterations.needs ?? []).filter((need) => row.needs?.includes(needKey(need)) || (need.label !== undefined && row.labels?.includes(need.label)));
  return [...new Map(wanted.map((need) => [needKey(need), need])).values()].map((need) => ({
    phase: { key: need.phase, name: names.phase(need.phase) }, deliverable: named(names, `deliverable:${need.phase}`, need.deliverable), isOpen: openNeeds.includes(needKey(need)), isOwn: row.needs?.includes(needKey(need)) ?? false,
  }));
}

export function itemViewOf(row: ItemRow, names: Names, backlog: OfBacklog): z.output<typeof itemView> {
  const { phase, project } = row;
  return {
    item: row.item, kind: row.kind, title: names.text(row.title), criteria: row.criteria ? names.text(row.criteria) : null, status: row.status, estimate: row.estimate ?? null,
    epic: row.epic ?? null, labels: [...row.labels ?? []], after: [...row.after ?? []],
    deliverables: (row.deliverables ?? []).map((each) => named(names, `deliverable:${phase}`, each)), inventory: (row.inventory ?? []).map((each) => names.item(project, each)),
    needs: needViews(row, names, backlog),
    ready: backlog.iterations.ready.map((each) => ({ ...named(names, `ready:${phase}`, each), met: row.ready?.includes(each) ?? false })),
    owner: personOrNull(names, row.owner), due: row.due ?? null, isAction: row.action ?? false,
    sprint: row.sprint ? { team: named(names, `team:${phase}`, row.sprint.team), number: row.sprint.number } : null, carried: row.carried ?? 0, doneAt: iso(row.doneAt), place: row.order,
  };
}

export function historyOf(card: CardRow, names: Names): z.output<typeof historyEntry> {
  return {
    sprint: { team: named(names, `team:${card.phase}`, card.team), number: card.number }, addedAt: toIso(card.addedAt), from: card.from ?? null, column: named(names, `column:${card.phase}`, card.column),
    deliveredAt: iso(card.deliveredAt), acceptedAt: iso(card.acceptedAt), left: card.left ?? null,
  };
}

function cardViewOf(card: CardRow, names: Names, done: readonly string[]): z.output<typeof cardView> {
  return {
    item: card.item, kind: card.kind, title: names.text(card.title), estimate: card.estimate ?? null, column: card.column, person: personOrNull(names, card.person), remaining: card.remaining ?? null,
    done: done.map((each) => ({ ...named(names, `done:${card.phase}`, each), met: card.ticked?.includes(each) ?? false })), from: card.from ?? null, late: card.late ?? false,
    addedAt: toIso(card.addedAt), startedAt: iso(card.startedAt), deliveredAt: iso(card.deliveredAt), acceptedAt: iso(card.acceptedAt), returned: card.returned ?? 0, left: card.left ?? null,
    movedBy: personOrNull(names, card.movedBy), movedAt: iso(card.movedAt),
  };
}

export function sprintListItemOf(row: SprintRow, names: Names): z.output<typeof sprintListItem> {
  return {
    team: named(names, `team:${row.phase}`, row.team), number: row.number, status: row.status === 'opening' ? 'planning' : row.status, goal: row.goal && names.text(row.goal), sprintDays: row.days,
    mayStart: row.free, startedAt: iso(row.startedAt), endsAt: iso(row.endsAt), overAt: iso(row.overAt), because: row.over, reason: row.reason && names.text(row.reason), closedAt: iso(row.closedAt),
    isHeld: row.heldAt !== null, unit: row.unit, result: row.result, impediments: row.impediments.filter(({ resolvedAt }) => resolvedAt === undefined).length,
  };
}

/** @param done the Definition of Done. @param caller whose votes are theirs. */
export function sprintViewOf(row: SprintRow, cards: readonly CardRow[], names: Names, { done, teams }: Pick<PlanIterations, 'done' | 'teams'>, caller: string): z.output<typeof sprintView> {
  return {
    ...sprintListItemOf(row, names),
    capacity: row.capacity && row.capacity.map(({ person, days }) => ({ person: names.person(person), days, hours: Math.round(days * HOURS_PER_DAY * 10) / 10 })),
    availability: Object.entries(row.availability).map(([person, days]) => ({ person: names.person(person), days })),
    events: SPRINT_EVENTS.map((event) => {
      const [planned, atMost] = [row.events?.[event], eventHoursAtMost(event, row.days ?? undefined)];
      return { event, at: iso(planned?.at), hours: planned?.hours ?? Math.min(teams.find(({ key: each }) => each === row.team)?.events?.[event] ?? atMost, atMost), atMost };
    }),
    cards: cards.map((card) => cardViewOf(card, names, done)),
    impediments: row.impediments.map((each, index) => ({
      impediment: index + 1, text: names.text(each.text), by: names.person(each.by), at: toIso(each.at), owner: personOrNull(names, each.owner), item: each.item ?? null,
      resolvedAt: iso(each.resolvedAt), resolvedBy: personOrNull(names, each.resolvedBy),
    })),
    notes: row.notes.map((each, index) => ({ note: index + 1, kind: each.kind, text: names.text(each.text), by: names.person(each.by), votes: each.votes.length, mine: each.votes.includes(caller), owner: personOrNull(names, each.owner), due: each.due ?? null })),
    recognitions: (row.recognitions ?? []).flatMap(({ kind, text: said, by, to, at, withdrawn }, index) => (withdrawn ? [] : [{
      recognition: index + 1, kind, text: names.text(said), by: names.person(by), to: names.person(to), at: toIso(at), mine: by === caller,
    }])),
  };
}

/** The people whom a sprint names. */
export function peopleIn(row: SprintRow, cards: readonly CardRow[]): string[] {
  const persons = [
    ...cards.flatMap(({ person, movedBy }) => [person, movedBy]), ...(row.capacity ?? []).map(({ person }) => person), ...Object.keys(row.availability),
    ...row.impediments.flatMap(({ by, owner, resolvedBy }) => [by, owner, resolvedBy]), ...row.notes.flatMap(({ by, owner }) => [by, owner]), ...(row.recognitions ?? []).flatMap(({ by, to }) => [by, to]),
  ];
  return [...new Set(persons.filter((person) => person !== undefined))];
}
