/** The one vocabulary of refusals: a stable code, its kind, and facts to make a sentence of. The API maps the kind to HTTP. */

export type RejectionKind = 'invalid' | 'forbidden' | 'not-found' | 'conflict' | 'changing';

/** Every code that `decide` can answer, with its kind. Codes are forever: clients switch on them. */
export const REJECTIONS = {
  'not-permitted': 'forbidden',
  'not-in-electorate': 'forbidden',
  'separation-of-duties': 'forbidden',
  'not-delegate': 'forbidden',
  'system-only': 'forbidden',
  'unknown-command': 'invalid',
  'unknown-task': 'not-found',
  'unknown-phase': 'not-found',
  'unknown-role': 'invalid',
  'role-not-assignable': 'invalid',
  'evidence-invalid': 'invalid',
  'reason-required': 'invalid',
  'condition-invalid': 'invalid',
  'rework-unknown-task': 'invalid',
  'outcome-not-allowed': 'invalid',
  'adoption-invalid': 'invalid',
  'delegation-invalid': 'invalid',
  'unknown-delegation': 'not-found',
  'task-not-ready': 'conflict',
  'task-already-done': 'conflict',
  'task-not-done': 'conflict',
  'task-claimed-by-other': 'conflict',
  'task-not-claimed': 'conflict',
  'task-assigned-to-other': 'conflict',
  'assignee-not-eligible': 'invalid',
  'task-blocked': 'conflict',
  'task-not-blocked': 'conflict',
  'not-completed-by-you': 'conflict',
  'completion-built-on': 'conflict',
  'change-request-required': 'conflict',
  'checklist-open': 'conflict',
  'checklist-invalid': 'invalid',
  'attachments-invalid': 'invalid',
  'effort-invalid': 'invalid',
  'task-full': 'conflict',
  'nothing-completed': 'conflict',
  'task-not-to-check': 'conflict',
  'four-eyes': 'conflict',
  'task-frozen-by-gate': 'conflict',
  'task-former': 'conflict',
  'phase-closed': 'conflict',
  'already-started': 'conflict',
  'not-started': 'conflict',
  'already-voted': 'conflict',
  'approval-closed': 'conflict',
  'evidence-changed': 'conflict',
  'project-held': 'conflict',
  'project-not-held': 'conflict',
  'project-ended': 'conflict',
  'project-cancelled': 'conflict',
  'phase-not-passed': 'conflict',
  'phase-built-on': 'conflict',
  'project-changing': 'changing',
  'project-moved-on': 'conflict',
  'no-revision': 'conflict',
  'change-invalid': 'invalid',
  'change-control-missing': 'conflict',
  'change-undecidable': 'conflict',
  'change-closed': 'conflict',
  'too-many-changes': 'conflict',
  'unknown-change': 'not-found',
  'cost-invalid': 'invalid',
  'delegation-overlaps': 'conflict',
  'delegation-chain': 'conflict',
  'delegation-ended': 'conflict',
  'person-left': 'conflict',
  'manager-circle': 'conflict',
  'unknown-item': 'not-found',
  'unknown-team': 'not-found',
  'unknown-sprint': 'not-found',
  'unknown-impediment': 'not-found',
  'unknown-note': 'not-found',
  'unknown-recognition': 'not-found',
  'recognition-of-oneself': 'invalid',
  'recognition-not-yours': 'forbidden',
  'item-invalid': 'invalid',
  'item-moved': 'conflict',
  'item-in-sprint': 'conflict',
  'item-over': 'conflict',
  'item-not-ready': 'conflict',
  'item-waits': 'conflict',
  'scope-beyond-tolerance': 'conflict',
  'scope-promised': 'conflict',
  'goal-promised': 'conflict',
  'item-not-delivered': 'conflict',
  'item-not-action': 'conflict',
  'backlog-full': 'conflict',
  'backlog-closed': 'conflict',
  'sprint-planned': 'conflict',
  'sprint-waits': 'conflict',
  'sprint-running': 'conflict',
  'sprint-not-started': 'conflict',
  'sprint-over': 'conflict',
  'sprint-not-over': 'conflict',
  'sprint-closed': 'conflict',
  'sprint-full': 'conflict',
  'sprint-goal-missing': 'conflict',
  'wip-exceeded': 'conflict',
  'event-too-long': 'invalid',
  'event-outside': 'invalid',
  'event-past': 'invalid',
  'done-open': 'conflict',
  'unknown-service': 'not-found',
  'figures-invalid': 'invalid',
  'figures-known': 'conflict',
  'figures-missing': 'conflict',
  'nothing-recorded': 'conflict',
  'early-life-closed': 'conflict',
  'early-life-not-over': 'conflict',
  'exit-criteria-open': 'conflict',
  'acceptance-invalid': 'invalid',
  'duty-invalid': 'invalid',
  'unknown-entry': 'not-found',
  'unknown-session': 'not-found',
  'unknown-article': 'not-found',
  'unknown-condition': 'not-found',
  'service-invalid': 'invalid',
  'session-invalid': 'invalid',
  'handover-full': 'conflict',
  'handover-closed': 'conflict',
  'service-over': 'conflict',
  'service-not-ready': 'conflict',
  'service-not-signed': 'conflict',
  'service-not-handed-over': 'conflict',
  'entry-settled': 'conflict',
  'entry-not-settled': 'conflict',
  'entry-not-own': 'conflict',
  'not-waivable': 'conflict',
  'waiver-not-proposed': 'conflict',
  'session-not-held': 'conflict',
  'session-settled': 'conflict',
  'condition-over': 'conflict',
  'idempotency-conflict': 'conflict',
  'record-broken': 'conflict',
} as const satisfies Record<string, RejectionKind>;

export type RejectionCode = keyof typeof REJECTIONS;

/** Why a command was refused. */
export interface Rejection {
  readonly code: RejectionCode;
  /** Facts for the sentence: ids and numbers, never texts. `roles` names the roles that would do. */
  readonly facts?: Readonly<Record<string, string | number | boolean | readonly string[]>>;
  /** JSON pointers into the command, with a code per field. */
  readonly fields?: readonly FieldProblem[];
}

export interface FieldProblem {
  readonly pointer: string;
  readonly code: 'required' | 'unknown' | 'type' | 'range' | 'choice' | 'format' | 'too-long' | 'not-checked'
    // Of a document that claims to be an uploaded file, and of what a file is called.
    | 'no-file' | 'file-name'
    // Of a change of the plan, and of a project that ran elsewhere before.
    | 'duplicate' | 'not-worked' | 'needed' | 'circle' | 'begun' | 'not-over' | 'future' | 'not-done' | 'gate-passed' | 'gate-needs' | 'not-passed' | 'evidence-needed';
  /** What would be right, in short (a bound, the allowed choices). */
  readonly expected?: string;
}

/** A refusal as a {@link Decision}. */
export function refuse(code: RejectionCode, facts?: Rejection['facts'], fields?: readonly FieldProblem[]): { ok: false; rejection: Rejection } {
  return { ok: false, rejection: { code, ...(facts && { facts }), ...(fields && { fields }) } };
}
