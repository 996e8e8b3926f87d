/** What the log says, in words. */
import type { TFunction } from 'i18next';
import type { Schema } from '../../../client';
import { labelOf, listOf } from '../../parts/label';

type Logged = Schema<'LoggedEvent'>;

/** Types that tell of decisions, and of what follows from them at once. */
export const DECISIONS = [
  'project-started', 'project-adopted', 'project-ended', 'roles-assigned', 'program-set', 'person-replaced', 'phase-opened', 'phase-passed', 'phases-reset', 'phase-skipped', 'revision-prepared', 'revision-committed', 'revision-aborted',
  'change-requested', 'change-decided', 'change-withdrawn', 'change-failed', 'exception-raised', 'exception-cleared', 'gate-opened', 'gate-decided', 'gate-adopted', 'condition-set', 'vote-cast',
  'vote-withdrawn', 'task-confirmed', 'task-sent-back', 'task-reopened', 'cost-recorded',
  'approval-unreachable', 'scope-baselined', 'sprint-started', 'sprint-cancelled', 'sign-off-decided', 'service-accepted', 'service-handed-back', 'service-transferred', 'service-withdrawn',
  'waiver-answered', 'condition-agreed', 'condition-renewed', 'unmet-accepted', 'early-life-extended', 'criterion-dropped',
] as const;

/** What people do beside deciding, and what happens by itself. */
export const DEEDS = [
  'task-completed', 'task-delivered', 'completion-withdrawn', 'task-claimed', 'task-released', 'task-assigned', 'task-blocked', 'task-unblocked', 'task-commented', 'task-ready', 'task-overdue', 'task-dropped',
  'checklist-changed', 'attachments-changed', 'effort-logged', 'gate-withdrawn', 'approval-reminded', 'approval-escalated', 'phase-ended', 'approval-decided',
  'approval-opened', 'approval-withdrawn', 'approval-cancelled', 'step-opened', 'electorate-changed', 'rung-reached', 'absences-changed', 'calendar-changed', 'roles-changed', 'children-looked-at',
  'child-lost', 'revision-answered', 'change-asked', 'directory-heard', 'directory-settled', 'deliverables-stood', 'items-stood', 'stage-opened', 'stage-passed', 'stage-ended',
  'phase-reached', 'conditions-met', 'gate-outcome-refused', 'task-due-soon', 'task-redated', 'task-rung-reached', 'task-waiting', 'tasks-adopted', 'tasks-refused', 'backlog-stood', 'handover-stood',
  'backlog-opened', 'backlog-ended', 'phase-turned', 'goal-set', 'items-added', 'item-changed', 'item-moved', 'backlog-renumbered', 'items-dropped', 'items-restored', 'item-finished', 'sprint-opened', 'items-planned',
  'items-left', 'sprint-over', 'sprint-freed', 'sprint-closed', 'criteria-judged', 'awaited-judged', 'needs-stood', 'availability-set', 'event-planned', 'cards-added', 'cards-refused', 'card-changed',
  'card-moved', 'card-taken', 'remaining-set', 'card-ticked', 'cards-removed', 'card-accepted', 'card-returned', 'impediment-raised', 'impediment-resolved', 'note-added', 'note-voted', 'action-assigned', 'recognition-given',
  'recognition-withdrawn', 'sprint-held', 'sprint-resumed', 'sprint-ended', 'handover-opened', 'handover-ended', 'services-added', 'service-changed', 'criterion-added', 'entry-met', 'entry-reopened',
  'entry-overdue', 'waiver-proposed', 'session-planned', 'session-held', 'session-confirmed', 'session-incomplete', 'session-dropped', 'article-written', 'article-dropped', 'sign-off-wanted',
  'sign-off-opened', 'sign-off-withdrawn', 'condition-expired', 'condition-met', 'conditions-outlived', 'owner-lost', 'document-sealed', 'early-life-started', 'early-life-judged', 'figures-recorded',
  'figures-refused', 'duty-set', 'contacts-set',
] as const;

type Known = (typeof DECISIONS)[number] | (typeof DEEDS)[number];
const KNOWN: ReadonlySet<string> = new Set([...DECISIONS, ...DEEDS]);
const isKnown = (type: string): type is Known => KNOWN.has(type);

/** What each phase does as the project is held, resumed, cancelled or moved: the project tells it as a whole. */
const PARTS = ['revision-prepared', 'revision-committed', 'revision-aborted'] as const;
const isPart = (type: string, phase: string): type is (typeof PARTS)[number] => phase !== '' && (PARTS as readonly string[]).includes(type);

/** Whether an event tells of a decision, and does not only repeat it for a phase. */
export const isDecision = ({ type, stream }: Pick<Logged, 'type' | 'stream'>): boolean => (DECISIONS as readonly string[]).includes(type) && !isPart(type, placeOf(stream).phase);

/** What an approval brings about without having decided: it answers, or comes too late. */
const UNDECIDED: ReadonlySet<string> = new Set(['revision-answered', 'gate-outcome-refused']);

/** How what an event names is called. */
export interface Called {
  readonly phase: (key: string) => string;
  readonly gate: (phase: string) => string;
  readonly task: (phase: string, key: string) => string;
  readonly person: (id: string) => string;
  readonly role: (key: string) => string;
  readonly change: (id: string) => string;
  readonly program: (key: string) => string;
}

export interface Sentence {
  readonly text: string;
  /** A reason or another text that somebody gave. */
  readonly said: string | null;
  /** The approval that it belongs to, or that brought it about. */
  readonly approval: string | null;
  /** It follows from that approval's decision: nobody did it, and it did not happen by itself. */
  readonly isDecided: boolean;
  readonly task: { readonly phase: string; readonly task: string } | null;
  /** The page of a backlog or of a handover that it is about. */
  readonly room: { readonly of: 'agile' | 'handover'; readonly phase: string; readonly service: string } | null;
}

const OUTCOMES = ['approve', 'approve-with-conditions', 'rework', 'stop', 'abstain', 'no-gate', 'adopted'] as const;
const KINDS = ['hold', 'resume', 'cancel', 'migrate'] as const;
const STATUSES = ['completed', 'stopped', 'cancelled'] as const;
const among = <T extends string>(given: unknown, known: readonly T[]): T | undefined => known.find((each) => each === given);

const text = (value: unknown): string => (typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '');
const inside = (value: unknown): Readonly<Record<string, unknown>> => (typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {});

/** The phase, the gate or the change, and the sprint that a stream belongs to. */
function placeOf(stream: string): { readonly phase: string; readonly approval: string | null; readonly change: string; readonly sprint: string; readonly room: 'agile' | 'handover' | null } {
  const [, , kind, name = '', , next] = stream.split('/');
  if (kind === 'approval') return { phase: '', approval: stream, change: name.replace(/^change-/, ''), sprint: '', room: null };
  return { phase: kind === 'phase' ? name : '', approval: stream.includes('/approval/') ? stream : null, change: '', sprint: next === 'sprint' ? stream.slice(stream.lastIndexOf('/') + 1) : '', room: next === 'backlog' || next === 'sprint' ? 'agile' : next === 'handover' ? 'handover' : null };
}

/** What becomes of the project as a whole; a change of the plan is a move too. */
function revisionOf(type: string, event: Logged['event'], called: Called, t: TFunction<'record'>): string {
  const migration = inside(event['migration']);
  const change = text(event['change']) || text(migration['change']);
  if (change !== '') return t('revision-change', { change: called.change(change) });
  const version = text(inside(inside(migration['plan'])['template'])['version']);
  const kind = type.startsWith('revision-') ? among(event['kind'], KINDS) : undefined;
  return kind === 'migrate' && version !== '' ? t('revision-migrate-to', { version }) : kind ? t(`revision-${kind}`) : '';
}

/** An event in words; what this release does not know is called by its type. */
export function sentenceOf({ type, stream, event, by }: Logged, called: Called, t: TFunction<'record'>): Sentence {
  const place = placeOf(stream);
  const cause = by.kind === 'system' && by.source !== stream ? placeOf(by.source).approval : null;
  const phase = text(event['phase']) || place.phase;
  const task = text(event['task']);
  const vote = inside(event['vote']);
  const asked = inside(event['change']);
  const change = text(asked['id']) || text(event['change']) || place.change;
  const outcome = among(event['outcome'] ?? vote['outcome'], OUTCOMES);
  const status = among(event['status'], STATUSES);
  const roles = Object.entries(inside(event['roles'])).map(([role, persons]) => `${labelOf(called.role(role))} ${(Array.isArray(persons) ? persons : []).map((each) => called.person(text(each))).join(', ') || '–'}`);
  const phases = Array.isArray(event['phases']) ? event['phases'].map((each) => called.phase(text(each))).join(', ') : '';
  const gate = place.change !== '' ? called.change(place.change) : phase === '' ? '' : called.gate(phase);
  const values = {
    phase: phase === '' ? t('the-project') : called.phase(phase), phases, gate, task: task === '' ? '' : called.task(phase, task), change: change === '' ? '' : called.change(change),
    person: called.person(text(event['person']) || text(vote['person'])), roles: listOf(roles), program: text(event['program']) === '' ? '–' : called.program(text(event['program'])), outcome: outcome ? t(`outcome-${outcome}`) : '', number: text(event['number']) || place.sprint,
    what: revisionOf(type, event, called, t), status: status ? t(`ended-${status}`) : '',
  };
  const condition = inside(event['condition']);
  const said = [event['reason'], vote['reason'], asked['reason'], condition['defect'], event['text'], event['note'], event['source']].find((each) => typeof each === 'string');
  return {
    text: isPart(type, place.phase) ? t(`part-${type}`, values) : isKnown(type) ? t(`e-${type}`, values) : t('e-other', { type }), said: typeof said === 'string' ? said : null,
    approval: place.approval ?? cause, isDecided: cause !== null && !UNDECIDED.has(type), task: task !== '' && phase !== '' ? { phase, task } : null,
    room: place.approval === null && place.room ? { of: place.room, phase, service: text(event['service']) } : null,
  };
}
