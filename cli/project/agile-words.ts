/** Events of backlogs and sprints in plain words. */
import type { BacklogEvent } from '../../domain/backlog/types';
import type { SprintEvent } from '../../domain/sprint/types';
import type { Told } from './event-words';

type Own = Exclude<(BacklogEvent | SprintEvent)['type'], 'roles-changed' | 'absences-changed' | 'calendar-changed' | 'revision-prepared' | 'revision-committed' | 'revision-aborted' | 'children-looked-at'>;

const said = ({ event }: Told, field: string): string => {
  const value = event[field];
  return typeof value === 'number' || typeof value === 'string' ? String(value) : '';
};
const sprint = (told: Told): string => `${said(told, 'team')} ${said(told, 'number')}`;
/** Numbers of items, of lists of numbers and of lists of what is said of each. */
const items = ({ event }: Told, field: string): string => {
  const list = event[field];
  return Array.isArray(list) ? list.map((each: unknown) => (typeof each === 'object' && each !== null && 'item' in each ? String(each.item) : String(each))).join(', ') : '';
};

export const AGILE_SENTENCES: Readonly<Record<Own | 'backlog-opened' | 'backlog-ended' | 'backlog-stood' | 'items-stood' | 'deliverables-stood', (told: Told) => string>> = {
  'backlog-opened': ({ phase }) => `Backlog opened: ${phase}`,
  'backlog-stood': ({ phase }) => `${phase} heard what of its backlog is done`,
  'items-stood': () => 'How far it is with the items that tasks wait for was told',
  'deliverables-stood': ({ phase, list }) => `${phase} delivered of what items wait for: ${list('delivered').join(', ') || 'nothing'}`,
  'awaited-judged': () => 'What tasks of other phases wait for was looked at',
  'needs-stood': ({ list }) => `Items wait for deliverables: ${list('open').join(', ') || 'none any more'}`,
  'scope-baselined': (told) => `The backlog is promised as it stands: ${said(told, 'scope')}`,
  'criteria-judged': () => 'What the gate asks of the backlog was looked at',
  'backlog-ended': ({ phase }) => `Backlog ended: ${phase}`,
  'phase-turned': ({ event }) => (event['open'] === true ? 'Sprints can run: the phase is open' : 'Sprints are over: the phase is not open any more'),
  'goal-set': ({ of }) => `Goal: ${of('goal')}`,
  'items-added': (told) => `Items added: ${items(told, 'items')}`,
  'item-changed': ({ of }) => `Item changed: ${of('item')}`,
  'item-moved': ({ of }) => `Item moved: ${of('item')}`,
  'backlog-renumbered': () => 'Places of the backlog numbered anew',
  'items-dropped': (told) => `Items dropped: ${items(told, 'items')}`,
  'item-finished': (told) => `Action done: item ${said(told, 'item')}`,
  'items-restored': (told) => `Items restored: ${items(told, 'items')}`,
  'sprint-opened': (told) => (told.event['team'] === undefined ? 'Sprint opened' : `Sprint opened: ${sprint(told)}`),
  'items-planned': (told) => `Items planned for sprint ${sprint(told)}: ${items(told, 'items')}`,
  'items-left': (told) => `Items left sprint ${sprint(told)}: ${items(told, 'items')}`,
  'sprint-started': (told) => (told.event['team'] === undefined ? 'Sprint started' : `Sprint started: ${sprint(told)}`),
  'sprint-over': (told) => (told.event['team'] === undefined ? `Time of the sprint over: ${told.of('because')}` : `Time of the sprint over: ${sprint(told)}`),
  'sprint-freed': (told) => (told.event['team'] === undefined ? 'The sprint may start' : `The next sprint may start: ${sprint(told)}`),
  'sprint-closed': (told) => (told.event['team'] === undefined ? 'Sprint closed' : `Sprint closed: ${sprint(told)}`),
  'availability-set': (told) => `Availability of ${told.names.person(told.of('person'))}: ${told.event['days'] === null ? 'as the calendar says' : `${said(told, 'days')} days`}`,
  'event-planned': (told) => `Planned: ${told.of('event')}, ${said(told, 'hours')} hours`,
  'cards-added': (told) => `Items came into the sprint: ${items(told, 'cards')}`,
  'cards-refused': (told) => `Items came too late: ${items(told, 'items')}`,
  'card-changed': ({ of }) => `Item changed: ${of('item')}`,
  'card-moved': ({ of }) => `Item ${of('item')} moved from ${of('from')} to ${of('to')}`,
  'card-taken': ({ event, of, names }) => (event['person'] === null ? `Nobody works on item ${of('item')}` : `${names.person(of('person'))} works on item ${of('item')}`),
  'remaining-set': (told) => `Item ${said(told, 'item')}: ${said(told, 'hours')} hours remaining`,
  'card-ticked': ({ of, list }) => `Item ${of('item')} meets of the Definition of Done: ${list('ticked').join(', ') || 'nothing'}`,
  'cards-removed': (told) => `Items taken out of the sprint: ${items(told, 'items')}`,
  'card-accepted': ({ of }) => `Item accepted: ${of('item')}`,
  'card-returned': ({ of, because }) => `Item returned: ${of('item')}${because}`,
  'impediment-raised': (told) => `Impediment ${said(told, 'impediment')}: ${told.of('text')}`,
  'impediment-resolved': (told) => `Impediment ${said(told, 'impediment')} resolved`,
  'note-added': (told) => `Note ${said(told, 'note')} (${told.of('kind')}): ${told.of('text')}`,
  'action-assigned': (told) => `Note ${said(told, 'note')}: ${told.event['owner'] === null ? 'nobody sees to it' : `${told.names.person(told.of('owner'))} sees to it`}${said(told, 'due') && `, until ${said(told, 'due')}`}`,
  'note-voted': (told) => (told.event['vote'] === true ? `Vote for note ${said(told, 'note')}` : `Vote for note ${said(told, 'note')} taken back`),
  'recognition-given': (told) => `Thanks from ${told.names.person(told.of('by'))} to ${told.names.person(told.of('person'))}: ${told.of('text')}`,
  'recognition-withdrawn': (told) => `Recognition ${said(told, 'recognition')} withdrawn`,
  'sprint-cancelled': ({ because }) => `Sprint cancelled${because}`,
  'sprint-held': () => 'Sprint on hold',
  'sprint-resumed': () => 'Sprint goes on',
  'sprint-ended': () => 'Sprint ended with its project',
};
