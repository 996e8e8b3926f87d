/** Events of the log in plain words. */
import type { ApprovalEvent } from '../../domain/approval/types';
import type { BacklogEvent } from '../../domain/backlog/types';
import type { ProjectEvent } from '../../domain/project/types';
import type { SprintEvent } from '../../domain/sprint/types';
import type { StageEvent } from '../../domain/stage/types';
import type { HandoverEvent } from '../../domain/handover/types';
import { AGILE_SENTENCES } from './agile-words';
import { HANDOVER_SENTENCES } from './handover-words';
import type { LoggedEvent } from '../client/views';

/** How things are called, in the language of the terminal. */
export interface EventNames {
  readonly person: (id: string) => string;
  readonly phase: (key: string) => string;
  /** The gate of a phase. */
  readonly gate: (phase: string) => string;
  readonly task: (phase: string, task: string) => string;
  readonly role: (key: string) => string;
}

type EventType = (ProjectEvent | StageEvent | ApprovalEvent | BacklogEvent | SprintEvent | HandoverEvent)['type'];

/** An event's own fields, and the names of what its stream is about. */
export interface Told {
  readonly of: (field: string) => string;
  readonly list: (field: string) => readonly string[];
  readonly names: EventNames;
  /** The phase of the stream, or the one that the event names. */
  readonly phase: string;
  readonly gate: string;
  readonly task: string;
  /** A dash and the free text of a field; nothing when there is none. */
  readonly because: string;
  readonly due: string;
  readonly event: Readonly<Record<string, unknown>>;
}

const OUTCOMES: Readonly<Record<string, string>> = {
  approve: 'approved', 'approve-with-conditions': 'approved under conditions', rework: 'sent back for rework', stop: 'stopped', 'no-gate': 'without a gate', 'adopted': 'adopted as passed elsewhere', 'abstain': 'abstained',
};
const outcome = (key: string): string => OUTCOMES[key] ?? key;
const REVISIONS: Readonly<Record<string, string>> = { hold: 'a hold', resume: 'a resumption', cancel: 'a cancellation', migrate: 'a move to another version' };
const revision = (key: string): string => REVISIONS[key] ?? key;

const MONEY: Readonly<Record<string, string>> = { committed: 'committed', actual: 'spent', toComplete: 'to complete' };
const changeTitle = (event: Readonly<Record<string, unknown>>): string => (event['change'] as { readonly title?: string } | undefined)?.title ?? '(erased)';
/** What a rung of a ladder did. */
const RUNGS: Readonly<Record<string, string>> = {
  'remind': 'Reminded', 'add-approver': 'Approvers added', 'move-to-deputy': 'Deputies decide in place of who did not', 'raise': 'Raised',
  'decide': 'Answered by the policy', 'held-back': 'Not answered by the policy',
};
const rung = (event: Readonly<Record<string, unknown>>): string => RUNGS[event['heldBack'] ? 'held-back' : String(event['do'])] ?? String(event['do']);

/** A sentence per type: a new type of event does not compile without one. */
const SENTENCES: Readonly<Record<EventType, (told: Told) => string>> = {
  ...AGILE_SENTENCES,
  ...HANDOVER_SENTENCES,
  'project-started': ({ event, of }) => {
    const template = event['template'] as { readonly key?: string; readonly version?: string } | undefined;
    return `Project started: ${of('name')} (${template?.key}@${template?.version})`;
  },
  'roles-assigned': ({ event, names }) => `Roles assigned: ${sayRoles(event['roles'], names)}`,
  'roles-changed': () => 'Roles changed',
  'absences-changed': ({ event, names }) => `Absences: ${sayAbsences(event['absences'], names)}`,
  'person-replaced': ({ event, names }) => {
    const { person, by } = (event['replaced'] ?? {}) as { readonly person?: string; readonly by?: string };
    return `${names.person(person ?? '')} left; ${names.person(by ?? '')} takes the place`;
  },
  'program-set': ({ of }) => (of('program') === '' ? 'Belongs to no program any more' : `Belongs to the program: ${of('program')}`),
  'directory-heard': () => 'The directory told something; it waits until the change of the project is settled',
  'directory-settled': () => 'What the directory told holds now',
  'phase-opened': ({ phase, event }) => `Phase opened: ${phase}${round(event)}`,
  'phase-passed': ({ phase, of }) => `Phase passed: ${phase}, ${outcome(of('outcome'))}`,
  'phases-reset': ({ list, names, because }) => `Phases to be done again: ${list('phases').map(names.phase).join(', ')}${because}`,
  'phase-ended': ({ phase }) => `Phase ended: ${phase}`,
  'phase-skipped': ({ phase, of }) => `Phase skipped: ${phase}${of('by') === 'condition' ? ' (its condition does not hold)' : ''}`,
  'phase-reached': ({ phase, of, names }) => `${phase} heard how far ${names.phase(of('phase'))} is`,
  'conditions-met': ({ phase, of, names }) => `${phase} heard that the conditions of ${names.phase(of('phase'))} are met`,
  'revision-prepared': ({ of, because }) => `Asked for: ${revision(of('kind'))}${because}`,
  'revision-answered': () => 'A part of the project answered',
  'revision-committed': ({ of, because }) => (of('change') === '' ? `Settled: ${revision(of('kind'))}${because}` : `Change took effect: ${of('change')}`),
  'revision-aborted': ({ of }) => `Given up: ${revision(of('kind'))}${of('because') === 'moved-on' ? ' (something happened meanwhile)' : ''}`,
  'change-requested': ({ event, of }) => `Change asked for: ${changeTitle(event)}${of('level') === '' ? ', within the tolerance' : `, to be decided: ${of('level')}`}`,
  'change-asked': ({ event, of }) => `Change put to the vote: ${of('change')}, ${of('level')}${round(event)}`,
  'change-decided': ({ of, event, because }) => `Change ${outcome(of('outcome'))}: ${of('change')}${event['within'] === true ? ', within the tolerance' : ''}${because}`,
  'change-withdrawn': ({ of }) => `Change withdrawn: ${of('change')}`,
  'change-failed': ({ of }) => `Change does not fit the plan any more: ${of('change')}`,
  'cost-recorded': ({ phase, event, of }) => `Money recorded: ${phase}${['committed', 'actual', 'toComplete'].flatMap((kind) =>
    (typeof event[kind] === 'number' ? [`, ${MONEY[kind]} ${event[kind]}`] : [])).join('')}${of('note') === '' ? '' : `: ${of('note')}`}`,
  'exception-raised': ({ of, phase, event }) => `Beyond tolerance: ${of('kind')}${typeof event['phase'] === 'string' ? `, ${phase}` : ''}`,
  'exception-cleared': ({ of, phase, event }) => `Within tolerance again: ${of('kind')}${typeof event['phase'] === 'string' ? `, ${phase}` : ''}`,
  'children-looked-at': () => 'The parts of the project were looked at',
  'child-lost': ({ of }) => `Lost: ${of('child')}`,
  'project-ended': ({ of }) => `Project ${of('status')}`,
  'stage-opened': ({ phase }) => `Work can begin: ${phase}`,
  'stage-passed': ({ phase, of }) => `Work passed its gate: ${phase}, ${outcome(of('outcome'))}`,
  'stage-ended': ({ phase, of }) => `Work ended: ${phase} (${of('status')})`,
  'task-ready': ({ task, due }) => `Task ready: ${task}${due}`,
  'task-claimed': ({ task }) => `Task taken on: ${task}`,
  'task-released': ({ task }) => `Task released: ${task}`,
  'task-completed': ({ task }) => `Task done: ${task}`,
  'task-delivered': ({ task }) => `Task delivered, to be checked: ${task}`,
  'task-confirmed': ({ task }) => `Task checked: ${task}`,
  'task-sent-back': ({ task, because, due }) => `Task sent back: ${task}${due}${because}`,
  'task-assigned': ({ task, of, names }) => `Task assigned to ${names.person(of('person'))}: ${task}`,
  'completion-withdrawn': ({ task }) => `Completion taken back: ${task}`,
  'task-blocked': ({ task, because }) => `Task blocked: ${task}${because}`,
  'task-unblocked': ({ task }) => `Task unblocked: ${task}`,
  'task-commented': ({ task, of }) => `Comment on ${task}: ${of('text') === '' ? '(erased)' : of('text').replaceAll(/\s+/g, ' ')}`,
  'checklist-changed': ({ task, list }) => `Checklist of ${task} changed: ${[
    ['ticked', list('ticked').length], ['unticked', list('unticked').length], ['added', list('added').length], ['removed', list('removed').length],
  ].filter(([, number]) => number !== 0).map(([what, number]) => `${number} ${what}`).join(', ')}`,
  'attachments-changed': ({ task, list }) => `Attachments of ${task} changed: ${[['added', list('added').length], ['removed', list('removed').length]]
    .filter(([, number]) => number !== 0).map(([what, number]) => `${number} ${what}`).join(', ')}`,
  'effort-logged': ({ task, event }) => `Hours on ${task}: ${Number(event['hours'])}${event['remaining'] === undefined ? '' : `, ${Number(event['remaining'])} remaining`}`,
  'task-reopened': ({ task, because, due }) => `Task reopened: ${task}${due}${because}`,
  'tasks-refused': ({ event }) => `Not done with the others: ${(Array.isArray(event['tasks']) ? event['tasks'] as readonly { readonly task: string; readonly code: string }[] : [])
    .map(({ task, code }) => `${task} (${code})`).join(', ')}`,
  'project-adopted': ({ of }) => `Adopted as it stood elsewhere: ${of('source')}`,
  'tasks-adopted': ({ event, of }) => `${Array.isArray(event['tasks']) ? event['tasks'].length : 0} tasks adopted from: ${of('source')}`,
  'gate-adopted': ({ gate, of }) => `Gate adopted as passed elsewhere: ${gate}, from ${of('source')}`,
  'task-waiting': ({ task }) => `Task waits again: ${task}`,
  'task-dropped': ({ task }) => `Task dropped: ${task}`,
  'task-redated': ({ task, due }) => `Task has another due date: ${task}${due}`,
  'task-due-soon': ({ task }) => `Task due soon: ${task}`,
  'calendar-changed': ({ event }) => `Calendar changed: ${(event['calendar'] as { readonly key?: string } | undefined)?.key ?? ''}`,
  'task-rung-reached': ({ task, event, names }) => `${rung(event)}: ${task}${typeof event['to'] === 'string' ? ` (${names.role(event['to'])})` : ''}`,
  'task-overdue': ({ task }) => `Task overdue: ${task}`,
  'condition-set': ({ event, due }) => {
    const { defect } = (event['condition'] ?? {}) as { readonly defect?: string };
    return `Condition set: ${defect ?? '(erased)'}${due}`;
  },
  'gate-opened': ({ gate, event }) => `Gate put to the vote: ${gate}${round(event)}`,
  'gate-withdrawn': ({ gate }) => `Gate withdrawn: ${gate}`,
  'gate-decided': ({ gate, of, because }) => `Gate ${outcome(of('outcome'))}: ${gate}${because}`,
  'gate-outcome-refused': ({ gate }) => `Decision refused, the evidence had changed: ${gate}`,
  'approval-opened': ({ gate }) => `Approval opened: ${gate}`,
  'vote-cast': ({ gate, event, names }) => {
    const { outcome: vote, reason, person, castBy } = (event['vote'] ?? {}) as { readonly outcome?: string; readonly reason?: string; readonly person?: string; readonly castBy?: string };
    const whose = castBy === undefined ? '' : ` for ${names.person(person ?? '')} by ${names.person(castBy)}`;
    return `Vote${whose}: ${outcome(vote ?? '')}, ${gate}${reason ? `: ${reason}` : ''}`;
  },
  'vote-withdrawn': ({ gate }) => `Vote withdrawn: ${gate}`,
  'step-opened': ({ gate, of }) => `Next step of the approval: ${of('step')}, ${gate}`,
  'electorate-changed': ({ gate }) => `Other people may vote: ${gate}`,
  'approval-unreachable': ({ gate, list }) => (list('steps').length > 0 ? `Too few may vote: ${gate} (${list('steps').join(', ')})` : `Enough may vote again: ${gate}`),
  'approval-reminded': ({ gate }) => `Voters reminded: ${gate}`,
  'rung-reached': ({ gate, event, names }) =>
    `${rung(event)}: ${gate}${typeof event['to'] === 'string' ? ` (${names.role(event['to'])})` : ''}`,
  'approval-escalated': ({ gate }) => `Approval escalated: ${gate}`,
  'approval-decided': ({ gate, of, because, event }) => `Approval ${outcome(of('outcome'))}${event['byPolicy'] ? ' by the policy' : ''}: ${gate}${because}`,
  'approval-withdrawn': ({ gate }) => `Approval withdrawn: ${gate}`,
  'approval-cancelled': ({ gate }) => `Approval cancelled: ${gate}`,
};

/** Of interest to whoever looks into the workings: parts of a project that tell each other where they are. */
export const INNER: ReadonlySet<string> = new Set<EventType>(['phase-reached', 'conditions-met', 'revision-answered', 'children-looked-at', 'directory-heard', 'directory-settled']);

const isKnown = (type: string): type is EventType => Object.hasOwn(SENTENCES, type);
const round = ({ round: number }: Readonly<Record<string, unknown>>): string => (typeof number === 'number' && number > 1 ? ` (round ${number})` : '');

function sayRoles(roles: unknown, names: EventNames): string {
  return Object.entries((roles ?? {}) as Readonly<Record<string, readonly string[]>>)
    .map(([role, persons]) => `${names.role(role)}: ${persons.map(names.person).join(', ') || 'nobody'}`).join('; ');
}

function sayAbsences(absences: unknown, names: EventNames): string {
  const said = Object.entries((absences ?? {}) as Readonly<Record<string, readonly { readonly delegate: string; readonly until: number }[]>>)
    .map(([person, each]) => `${names.person(person)} until ${new Date(each[0]?.until ?? 0).toLocaleDateString('sv-SE')}, in their place ${[...new Set(each.map(({ delegate }) => names.person(delegate)))].join(', ')}`);
  return said.join('; ') || 'nobody';
}

/** One line. An event of a newer product, which has no sentence here, is told by its type. */
export function sayEvent({ type, stream, event }: LoggedEvent, names: EventNames): string {
  if (!isKnown(type)) return type;
  const of = (field: string): string => (typeof event[field] === 'string' ? event[field] : '');
  const within = /\/phase\/([^/]+)\//.exec(stream)?.[1] ?? of('phase');
  const free = typeof event['reason'] === 'string' ? event['reason'] : '';
  const dueAt = event['dueAt'];
  return SENTENCES[type]({
    event, of, names, list: (field) => (Array.isArray(event[field]) ? event[field] as string[] : []),
    phase: names.phase(within), gate: names.gate(within), task: names.task(within, of('task')),
    because: free === '' ? '' : `: ${free.replaceAll(/\s+/g, ' ')}`,
    due: typeof dueAt === 'number' ? ` (due ${new Date(dueAt).toLocaleDateString('sv-SE')})` : '',
  });
}
