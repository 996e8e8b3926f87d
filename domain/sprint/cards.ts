/** What a sprint has on its board, and what that comes to. */
import type { LeftItem } from '../backlog/types';
import { addWorkingDays, endOfWork, localDate, type WorkingCalendar } from '../calendar';
import type { Absences } from '../directory/types';
import { own } from '../fold';
import { holdersOf } from '../permissions';
import type { Instant, Key, PersonId } from '../process';
import type { CardState, MemberCapacity, SprintResult, SprintState, Tally } from './types';

export const columnsOf = ({ input }: Pick<SprintState, 'input'>): readonly Key[] => input.iterations.columns.map(({ key }) => key);
export const firstColumn = (state: Pick<SprintState, 'input'>): Key => columnsOf(state)[0] ?? '';
export const lastColumn = (state: Pick<SprintState, 'input'>): Key => columnsOf(state).at(-1) ?? '';
/** Where what was returned is worked on again. */
export const workColumn = (state: Pick<SprintState, 'input'>): Key => columnsOf(state).at(-2) ?? firstColumn(state);

export const isHere = ({ left }: CardState): boolean => left === undefined;
/** In the last column, and nobody has judged it yet. */
export const isToJudge = (state: SprintState, card: CardState): boolean => isHere(card) && card.column === lastColumn(state) && card.acceptedAt === undefined;

/** How many of these, and the sum of what was estimated. */
export function tally(cards: readonly Pick<CardState, 'estimate'>[]): Tally {
  // Estimates such as 0.1 do not add up exactly.
  return { items: cards.length, estimate: Math.round(cards.reduce((sum, { estimate = 0 }) => sum + estimate, 0) * 100) / 100 };
}

/** The people of a team. */
export const membersOf = ({ input, roles }: Pick<SprintState, 'input' | 'roles'>): readonly PersonId[] =>
  [...new Set(input.team.roles.flatMap((role) => holdersOf(role, input.planRoles, roles)))];

/** When a timebox that begins at a moment is over: at the end of its last working day. */
export const endOfTimebox = (calendar: WorkingCalendar, from: Instant, days: number): Instant => addWorkingDays(calendar, from, days - 1);

/** Working days of a timebox on which somebody is absent, as far as it is known: who is away is so from now on, until the end of an absence. */
function absentDays(calendar: WorkingCalendar, absences: Absences[PersonId] = [], from: Instant, days: number): number {
  const until = Math.max(0, ...absences.filter(({ role }) => role === undefined).map((absence) => absence.until));
  let count = 0;
  while (count < days && endOfWork(calendar, localDate(calendar, addWorkingDays(calendar, from, count))) <= until) count += 1;
  return count;
}

/** Working days of each member in a timebox that begins at a moment: the calendar's without absences, or as somebody said. */
export function capacityOf(state: Pick<SprintState, 'input' | 'roles' | 'absences' | 'availability'>, from: Instant): MemberCapacity[] {
  const { calendar, team } = state.input;
  const days = team.days ?? 0;
  return membersOf(state).map((person) => ({
    person, days: own(state.availability ?? {}, person) ?? days - absentDays(calendar, own(state.absences ?? {}, person), from, days),
  }));
}

/** Whether a card was in the sprint once it ran: what was taken out while it was planned is no loss. */
const wasIn = ({ scoped }: SprintState, item: Key, { late }: CardState): boolean => scoped === undefined || late === true || scoped.includes(item);

/** The result as it stands. Once the timebox is over only what was accepted still changes. */
export function resultOf(state: SprintState): SprintResult {
  const cards = Object.values(state.cards);
  const accepted = tally(cards.filter(({ acceptedAt }) => acceptedAt !== undefined));
  if (state.result) return { ...state.result, accepted };
  const removed = Object.entries(state.cards).flatMap(([item, card]) => (card.left === 'removed' && wasIn(state, item, card) ? [card] : []));
  return {
    scope: state.scope ?? tally([]), accepted,
    added: tally(cards.filter(({ late }) => late)), removed: tally(removed),
    delivered: tally(cards.filter((card) => isHere(card) && card.column === lastColumn(state))),
    carried: tally(cards.filter((card) => isHere(card) && card.column !== lastColumn(state))),
  };
}

/** What leaves the sprint when its time is over. What is delivered waits for the Product Owner. */
export function unfinished(state: SprintState, how: 'carried' | 'returned'): LeftItem[] {
  return Object.entries(state.cards).filter(([, card]) => isHere(card) && card.column !== lastColumn(state)).map(([item]) => ({ item, how }));
}
