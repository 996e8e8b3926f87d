import { localDate, replaces } from '../calendar';
import { refuse } from '../errors';
import { cascade, own } from '../fold';
import { actingPerson, entitlingRole, steeringRoles } from '../permissions';
import type { Context, Decision, Key } from '../process';
import { hearRevision } from '../revision';
import { unreachable } from '../unreachable';
import { advance } from './advance';
import { evolve } from './evolve';
import { changed, inOrder, itemProblems, lastOrder, MAX_AT_ONCE, MAX_ITEMS, needProblems, needsOf, neighbours, numbered, ownerProblems, sprintsOf, teamOf } from './items';
import { LONGEST_ORDER, orderBetween, ordersAfter } from './order';
import { amountOf, refuseGoal, refuseGrowth, refuseLoss } from './scope';
import { hearSprint } from './sprints';
import { sprintStream } from './streams';
import type { BacklogCommand, BacklogEvent, BacklogState, ItemFacts, ItemState } from './types';

const PERSON_COMMANDS = ['set-goal', 'add-items', 'change-item', 'move-item', 'drop-items', 'restore-items', 'finish-item', 'open-sprint', 'plan-items'] as const;
type PersonCommand = Extract<BacklogCommand, { type: (typeof PERSON_COMMANDS)[number] }>;
type Of<T extends PersonCommand['type']> = Extract<PersonCommand, { type: T }>;

const isPersonCommand = (command: BacklogCommand): command is PersonCommand => (PERSON_COMMANDS as readonly string[]).includes(command.type);
const accept = (...events: BacklogEvent[]): Decision<BacklogEvent> => ({ ok: true, events });

/** Judges a command on a backlog. Refusals: see `domain/errors.ts`. */
export function decide(state: BacklogState, command: BacklogCommand, context: Context): Decision<BacklogEvent> {
  const decision = isPersonCommand(command) ? decidePerson(state, command, context) : decideSystem(state, command, context);
  if (!decision.ok || decision.events.length === 0) return decision;
  return { ...decision, events: cascade(state, decision.events, context, evolve, advance) };
}

/** The Product Owner orders; whoever works on it or steers adds and describes; a team plans its own sprints. */
function allowedRoles({ input }: BacklogState, command: PersonCommand): readonly Key[] {
  const { productOwner, facilitator, teams } = input.iterations;
  const owning = [productOwner, ...steeringRoles(input.managerRole)];
  const helping = facilitator === undefined ? owning : [...owning, facilitator];
  switch (command.type) {
    case 'add-items':
    case 'change-item': return [...helping, ...teams.flatMap(({ roles }) => roles)];
    case 'open-sprint':
    case 'plan-items': return [...helping, ...(teamOf({ input }, command.team)?.roles ?? [])];
    default: return owning;
  }
}

function decidePerson(state: BacklogState, command: PersonCommand, context: Context): Decision<BacklogEvent> {
  const allowed = allowedRoles(state, command);
  const role = entitlingRole(context.authority, allowed) ?? roleOfOwner(state, command, context);
  if (role === undefined) return refuse('not-permitted', { roles: [...new Set(allowed)] });
  if (state.status !== 'open') return refuse('backlog-closed');
  if (state.revision) return refuse('project-changing');
  if (state.heldAt !== undefined) return refuse('project-held');
  const decision = judge(state, command, context);
  return decision.ok ? { ...decision, role } : decision;
}

/** Whoever sees to an item says that it is done, in whatever role they are here. */
function roleOfOwner(state: BacklogState, command: PersonCommand, { authority }: Context): Key | undefined {
  const isOwner = command.type === 'finish-item' && own(state.items, command.item)?.owner === actingPerson(authority);
  return isOwner && authority.kind === 'person' ? authority.roles[0] : undefined;
}

function judge(state: BacklogState, command: PersonCommand, context: Context): Decision<BacklogEvent> {
  switch (command.type) {
    case 'set-goal': return refuseGoal(state) ?? accept({ type: 'goal-set', goal: command.goal });
    case 'add-items': return addItems(state, command, context);
    case 'change-item': return changeItem(state, command, context);
    case 'move-item': return moveItem(state, command, actingPerson(context.authority) ?? '');
    case 'drop-items': return each(state, command.items, (item, status) => (
      status === 'planned' ? refuse('item-in-sprint', { item }) : status === 'done' ? refuse('item-over', { item, status })
        : status === 'open' && (refuseLoss(state, item, own(state.items, item) as ItemState, undefined) ?? true))
    , (items) => ({ type: 'items-dropped', items }));
    case 'restore-items': return refuseGrowth(state, amountOf([...new Set(command.items)].flatMap((item) => own(state.items, item) ?? []).filter(({ status }) => status === 'dropped'))) ?? each(state, command.items, (_, status) => status === 'dropped', (items) => ({ type: 'items-restored', items }));
    case 'finish-item': return finishItem(state, command, actingPerson(context.authority) ?? '');
    case 'open-sprint': return openSprint(state, command);
    case 'plan-items': return planItems(state, command, actingPerson(context.authority) ?? '');
  }
}

/** What is to be done with those items that it concerns; all or, when one may not be, none. */
function each(
  state: BacklogState, items: readonly string[], concerns: (item: string, status: ItemState['status']) => boolean | ReturnType<typeof refuse>,
  event: (items: readonly string[]) => BacklogEvent,
): Decision<BacklogEvent> {
  if (items.length > MAX_AT_ONCE) return refuse('item-invalid', undefined, [{ pointer: '/items', code: 'range', expected: `1 – ${MAX_AT_ONCE}` }]);
  const concerned: string[] = [];
  for (const item of new Set(items)) {
    const known = own(state.items, item);
    if (!known) return refuse('unknown-item', { item });
    const answer = concerns(item, known.status);
    if (typeof answer !== 'boolean') return answer;
    if (answer) concerned.push(item);
  }
  return concerned.length > 0 ? accept(event(concerned)) : accept();
}

function addItems(state: BacklogState, { items, place }: Of<'add-items'>, { now }: Context): Decision<BacklogEvent> {
  if (items.length === 0 || items.length > MAX_AT_ONCE) return refuse('item-invalid', undefined, [{ pointer: '/items', code: 'range', expected: `1 – ${MAX_AT_ONCE}` }]);
  if (Object.keys(state.items).length + items.length > MAX_ITEMS) return refuse('backlog-full', { limit: MAX_ITEMS });
  const next = state.last + 1;
  const added = items.map((facts, index): [string, ItemFacts] => [String(next + index), {
    ...facts, ...(facts.epic !== undefined && { epic: numbered(facts.epic, next) }), ...(facts.after && { after: facts.after.map((one) => numbered(one, next)) }),
  }]);
  const known = { ...state.items, ...Object.fromEntries(added) };
  const today = localDate(state.input.calendar, now);
  const fields = added.flatMap(([item, facts], index) => {
    const at = `/items/${index}`;
    return [...itemProblems(known, item, facts, at), ...needProblems(state, facts, at), ...ownerProblems(state.roles, facts, today, at)];
  });
  if (fields.length > 0) return refuse('item-invalid', undefined, fields);
  const beyond = refuseGrowth(state, amountOf(items));
  if (beyond) return beyond;
  return accept({ type: 'items-added', items: placed(state, added, place) });
}

/** New items with their places, in the order in which they were given. */
function placed(state: BacklogState, added: readonly [string, ItemFacts][], place: 'first' | 'last' = 'last'): Extract<BacklogEvent, { type: 'items-added' }>['items'] {
  const first = place === 'first' ? inOrder(state.items)[0]?.[1].order : undefined;
  if (first === undefined) {
    const orders = ordersAfter(lastOrder(state.items), added.length);
    return added.map(([item, facts], index) => ({ ...facts, item, order: orders[index] ?? '' }));
  }
  let next = first;
  return [...added].reverse().map(([item, facts]) => {
    next = orderBetween(undefined, next);
    return { ...facts, item, order: next };
  }).reverse();
}

function changeItem(state: BacklogState, { item, change, tick = [], untick = [] }: Of<'change-item'>, { now }: Context): Decision<BacklogEvent> {
  const known = own(state.items, item);
  if (!known) return refuse('unknown-item', { item });
  if (known.status === 'done' || known.status === 'dropped') return refuse('item-over', { item, status: known.status });
  const next = changed(known, change);
  const fields = [...itemProblems({ ...state.items, [item]: next }, item, next, '/change'), ...('needs' in change ? needProblems(state, next, '/change') : [])];
  // What stays as it is may lie behind us.
  const { owner, due } = change;
  fields.push(...ownerProblems(state.roles, { ...(owner !== known.owner && { owner }), ...(due !== known.due && { due }) }, localDate(state.input.calendar, now), '/change'));
  const definition = state.input.iterations.ready;
  if ([...tick, ...untick].some((entry) => !definition.includes(entry))) fields.push({ pointer: '/tick', code: 'choice', expected: definition.join(', ') });
  // What belongs to an epic stays so.
  if (known.kind === 'epic' && next.kind !== 'epic' && Object.values(state.items).some(({ epic }) => epic === item)) fields.push({ pointer: '/change/kind', code: 'needed' });
  if (fields.length > 0) return refuse('item-invalid', { item }, fields);
  const refused = refuseGrowth(state, amountOf([next]) - amountOf([known])) ?? refuseLoss(state, item, known, next);
  if (refused) return refused;
  const before = known.ready ?? [];
  const ready = definition.filter((entry) => (before.includes(entry) || tick.includes(entry)) && !untick.includes(entry));
  const isTicked = ready.length !== before.length || ready.some((entry) => !before.includes(entry));
  if (Object.keys(change).length === 0 && !isTicked) return accept();
  return accept({ type: 'item-changed', item, change, ...(isTicked && { ready }) });
}

/** One item gets another place. Who took it from where it is no longer is told who moved it. */
function moveItem(state: BacklogState, { item, after, before, seen }: Of<'move-item'>, person: string): Decision<BacklogEvent> {
  const known = own(state.items, item);
  if (!known) return refuse('unknown-item', { item });
  if (known.status === 'done' || known.status === 'dropped') return refuse('item-over', { item, status: known.status });
  if (seen !== undefined && seen !== known.order) {
    return refuse('item-moved', { item, to: known.order, ...(known.movedBy !== undefined && { person: known.movedBy }), ...(known.movedAt !== undefined && { at: new Date(known.movedAt).toISOString() }) });
  }
  const beside = after ?? before;
  if (beside === undefined || beside === item) return refuse('item-invalid', { item }, [{ pointer: '/after', code: 'required' }]);
  const other = own(state.items, beside);
  if (!other) return refuse('unknown-item', { item: beside });
  const next = neighbours(state.items, other.order, item);
  const [low, high] = after === undefined ? [next.before, other.order] : [other.order, next.after];
  if ((low === undefined || known.order > low) && (high === undefined || known.order < high)) return accept();
  const order = orderBetween(low, high);
  const moved: BacklogEvent = { type: 'item-moved', item, order, person };
  return order.length > LONGEST_ORDER ? accept(moved, { type: 'backlog-renumbered' }) : accept(moved);
}

/** What a retrospective asked of somebody is done by them; all other work is done in a sprint, and accepted. */
function finishItem(state: BacklogState, { item }: Of<'finish-item'>, person: string): Decision<BacklogEvent> {
  const known = own(state.items, item);
  if (!known) return refuse('unknown-item', { item });
  if (!known.action || known.kind !== 'task') return refuse('item-not-action', { item });
  switch (known.status) {
    case 'open': return accept({ type: 'item-finished', item, person });
    case 'done': return accept();
    case 'planned': return refuse('item-in-sprint', { item });
    case 'dropped': return refuse('item-over', { item, status: known.status });
    default: return unreachable(known.status);
  }
}

function openSprint(state: BacklogState, { team: key }: Of<'open-sprint'>): Decision<BacklogEvent> {
  const team = teamOf(state, key);
  if (!team || team.days === undefined) return refuse('unknown-team', { team: key });
  if (!state.phaseOpen) return refuse('backlog-closed');
  const { last, open } = sprintsOf(state, key);
  if (open.some(({ stage }) => stage === 'planning')) return refuse('sprint-planned', { team: key, number: last });
  return accept({ type: 'sprint-opened', team: key, number: last + 1, ...(open.some(({ stage }) => stage === 'running') && { waits: true as const }) });
}

function planItems(state: BacklogState, { items, team, number }: Of<'plan-items'>, person: string): Decision<BacklogEvent> {
  const sprint = sprintsOf(state, team).open.find((one) => one.number === number);
  if (!sprint) return refuse(teamOf(state, team) ? 'unknown-sprint' : 'unknown-team', { team, number });
  if (sprint.stage === 'over') return refuse('sprint-over', { team, number });
  return each(state, items, (item, status) => {
    const { sprint: in_, kind, ready = [] } = own(state.items, item) as ItemState;
    if (in_?.team === team && in_.number === number) return false;
    if (status === 'planned') return refuse('item-in-sprint', { item });
    if (status !== 'open') return refuse('item-over', { item, status });
    // An epic is done when what belongs to it is.
    if (kind === 'epic') return refuse('item-invalid', { item }, [{ pointer: '/items', code: 'choice', expected: 'story, task, bug, spike' }]);
    const missing = state.input.iterations.ready.filter((entry) => !ready.includes(entry));
    if (missing.length > 0) return refuse('item-not-ready', { item, missing });
    const waitsFor = needsOf(state, own(state.items, item) as ItemState);
    return waitsFor.length > 0 ? refuse('item-waits', { item, waitsFor }) : true;
  }, (planned) => ({ type: 'items-planned', team, number, items: planned, person }));
}

function decideSystem(state: BacklogState, command: Exclude<BacklogCommand, PersonCommand>, { authority }: Context): Decision<BacklogEvent> {
  if (authority.kind !== 'system') return refuse('system-only');
  if (command.type === 'open') return state.status === 'opening' ? accept({ type: 'backlog-opened' }) : accept();
  if (state.status !== 'open') return accept();
  switch (command.type) {
    case 'phase-turned':
      return state.phaseOpen === command.open ? accept() : accept({ type: 'phase-turned', open: command.open, ...(command.open && command.round !== undefined && { round: command.round }) });
    case 'sprint-started':
    case 'items-left':
    case 'sprint-over':
    case 'sprint-closed': return accept(...hearSprint(state, command));
    case 'roles-changed': return accept({ type: 'roles-changed', roles: command.roles, ...(command.replaced && { replaced: command.replaced }) });
    case 'absences-changed': return accept({ type: 'absences-changed', absences: command.absences });
    case 'needs-stand': return command.open.join() === (state.openNeeds ?? []).join() ? accept() : accept({ type: 'needs-stood', open: command.open });
    case 'calendar-changed': return replaces(command.calendar, state.input.calendar) ? accept({ type: 'calendar-changed', calendar: command.calendar }) : accept();
    case 'prepare':
    case 'abort':
    case 'commit': return accept(...hearRevision(state, command));
    case 'end': return accept({ type: 'backlog-ended' });
    case 'look': return accept({ type: 'children-looked-at' });
    case 'child-lost': {
      const lost = Object.entries(state.teams).flatMap(([team, { open }]) => open.filter(({ number }) => sprintStream(state.input.id, team, number) === command.child).map(({ number }) => ({ team, number })));
      return accept(...lost.flatMap(({ team, number }): BacklogEvent[] => {
        const items = Object.entries(state.items).filter(([, { sprint }]) => sprint?.team === team && sprint.number === number).map(([item]) => ({ item, how: 'lost' as const }));
        return [...(items.length > 0 ? [{ type: 'items-left' as const, team, number, items }] : []), { type: 'sprint-closed', team, number, lost: true }];
      }));
    }
    default: return refuse('unknown-command', { command: (command as { type: string }).type });
  }
}
