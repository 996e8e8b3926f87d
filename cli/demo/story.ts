/** The story that the demo tells: who does what with which evidence, in "move the finance applications to the new datacenter". */
export const PROJECT_NAME = 'Move the finance applications to the new datacenter';

/** Role of the PM² template → the demo people who hold it. */
export const ROLES = {
  'appropriate-governance-body': ['p-greta'],
  'project-owner': ['p-paul'],
  'business-manager': ['p-bea'],
  'solution-provider': ['p-sam'],
  'project-manager': ['p-marc'],
  'project-core-team': ['p-tess', 'p-tom'],
  'business-implementation-group': ['p-ines'],
} as const;

export type EvidenceInput = Readonly<Record<string, string | number | boolean | { readonly name: string; readonly url?: string; readonly sha256?: string }>>;

/** A task, who does it, and what they deliver. Those with `claim` say first that they are on it. */
export interface Deed {
  readonly task: string;
  readonly by: string;
  readonly evidence: EvidenceInput;
  readonly claim?: true;
}

const SHARE = 'https://documents.example/fin-dc2';
const document = (name: string, file: string) => ({ name, url: `${SHARE}/${file}` });
const MARC = 'p-marc';

/** A task of Monitor & Control belongs to its own phase, whatever phase it is done in. */
export const CONTROL = 'monitor-and-control';

export const INITIATING: readonly Deed[] = [
  { task: 'project-initiation-request', by: 'p-bea', evidence: {
    'document': document('PIR-2026-014 Move of the finance applications', 'pir.pdf'),
    'outcome': 'The 14 finance applications run in the new datacenter before the lease of the old one ends.',
    'estimated-cost': 420_000 } },
  { task: 'set-up-logs', by: MARC, evidence: {
    'risk-log': `${SHARE}/logs/risks`, 'issue-log': `${SHARE}/logs/issues`, 'decision-log': `${SHARE}/logs/decisions` } },
  { task: 'business-case', by: 'p-bea', evidence: {
    'document': document('Business case v1.2', 'business-case-1.2.pdf'), 'options': 3, 'budget': 465_000,
    'success-criteria': 'No closing of the books is missed; at most 4 h of interruption per application; 35 % less energy.' } },
  { task: 'project-charter', by: MARC, evidence: {
    'document': document('Project charter v1.0', 'charter-1.0.pdf'), 'target-date': '2027-09-30', 'budget': 465_000 } },
];

export const PLANNING: readonly Deed[] = [
  { task: 'planning-kick-off', by: MARC, evidence: { 'minutes': document('Minutes of the planning kick-off', 'kick-off-planning.pdf'), 'held-on': '2027-01-12' } },
  { task: 'project-handbook', by: MARC, evidence: { 'document': document('Project handbook v1.0', 'handbook.pdf'), 'escalation-agreed': true } },
  { task: 'stakeholder-matrix', by: MARC, evidence: { document: document('Stakeholder matrix', 'stakeholders.xlsx') } },
  { task: 'project-work-plan', by: MARC, evidence: {
    'work-breakdown': document('Work breakdown: 3 waves, 14 applications', 'wbs.pdf'), 'estimates': document('Estimates of effort and cost', 'estimates.xlsx'),
    'schedule': document('Schedule with the long-lead items', 'schedule.pdf'), 'cost': 551_000, 'end-date': '2027-10-15' } },
  { task: 'requirements-management-plan', by: MARC, evidence: { document: document('Requirements management plan', 'plan-requirements.pdf') } },
  { task: 'change-management-plan', by: MARC, evidence: { document: document('Project change management plan', 'plan-change.pdf') } },
  { task: 'risk-management-plan', by: MARC, evidence: { document: document('Risk management plan', 'plan-risk.pdf') } },
  { task: 'quality-management-plan', by: MARC, evidence: { document: document('Quality management plan', 'plan-quality.pdf') } },
  { task: 'issue-management-plan', by: MARC, evidence: { document: document('Issue management plan', 'plan-issues.pdf') } },
  { task: 'communications-management-plan', by: MARC, evidence: { document: document('Communications plan (nl/fr/en)', 'plan-communications.pdf') } },
  { task: 'change-log', by: MARC, evidence: { 'change-log': `${SHARE}/logs/changes` } },
  { task: 'outsourcing-plan', by: MARC, evidence: { document: document('Outsourcing plan: transport and recabling', 'plan-outsourcing.pdf'), outsourced: 'part' } },
  { task: 'deliverables-acceptance-plan', by: MARC, evidence: { document: document('Acceptance plan per application', 'plan-acceptance.pdf') } },
  { task: 'transition-plan', by: MARC, evidence: {
    document: document('Transition plan v0.9', 'plan-transition-0.9.pdf'), rollback: 'described', window: 'Saturday 06:00 to Sunday 20:00, never in a closing week' } },
  { task: 'business-implementation-plan', by: 'p-bea', evidence: { document: document('Business implementation plan', 'plan-business.pdf') } },
  { task: 'compare-with-charter', by: MARC, evidence: {
    deviation: 'major', explanation: '86 000 EUR (18 %) over the charter: the second dark fibre between the datacenters was not foreseen.' } },
];

/** What the solution provider misses in the first version of the transition plan, and how it is mended. */
export const REWORK = {
  task: 'transition-plan',
  reason: 'The rollback of the ledger database is described but never rehearsed: plan a rehearsal before the first wave.',
  deed: { task: 'transition-plan', by: MARC, evidence: {
    document: document('Transition plan v1.0', 'plan-transition-1.0.pdf'), rollback: 'rehearsal-planned', window: 'Saturday 06:00 to Sunday 20:00, never in a closing week' } } satisfies Deed,
} as const;

export const EXECUTING_FIRST: readonly Deed[] = [
  { task: 'executing-kick-off', by: MARC, evidence: { 'minutes': document('Minutes of the executing kick-off', 'kick-off-executing.pdf'), 'held-on': '2027-03-02' } },
];

/** The two of the core team share this one: who claims it has it. */
export const BUILD: Deed = { task: 'build-and-test', by: 'p-tom', claim: true, evidence: {
  'test-report': document('Test report of waves 1 to 3', 'test-report.pdf'), 'open-defects': 2, 'restore-tested': true } };

export const EXECUTING: readonly Deed[] = [
  { task: 'project-coordination', by: MARC, evidence: { assignments: `${SHARE}/work-packages` } },
  { task: 'status-report', by: MARC, evidence: { document: document('Status report 7', 'status-7.pdf'), health: 'on-course' } },
  { task: 'progress-report', by: MARC, evidence: { document: document('Progress report', 'progress.pdf'), spent: 498_500 } },
  { task: 'information-distribution', by: MARC, evidence: { 'distributed-on': '2027-08-30' } },
  { task: 'contractor-status-report', by: 'p-sam', evidence: { contractor: 'with-contractor', document: document('Status report of the mover', 'contractor.pdf') } },
  { task: 'quality-assurance', by: 'p-tess', claim: true, evidence: { 'document': document('Quality review report', 'quality.pdf'), 'non-conformities': 1 } },
  { task: 'business-readiness', by: 'p-ines', evidence: { 'user-test': document('User test of month-end closing', 'user-test.pdf'), 'trained': 62 } },
  { task: 'put-into-service', by: 'p-tess', evidence: {
    'service-date': '2027-09-12', 'result': 'with-issues', 'report': document('Cutover report of wave 3', 'cutover-3.pdf') } },
  { task: 'deliverables-acceptance', by: MARC, evidence: {
    'notes': document('Acceptance notes of 14 applications', 'acceptance-notes.pdf'),
    'defects': 'The restore of the ledger database takes 5 h 20 where 4 h was agreed.',
    'mending-plan': 'Add a second backup proxy and repeat the restore test.' } },
  { task: 'owner-acceptance', by: 'p-paul', evidence: { acceptance: 'provisional', remarks: 'Provisional until the restore time is met.' } },
];

export const CONDITION = {
  defect: 'The restore of the ledger database takes longer than the 4 h that were agreed.',
  plan: 'Install the second backup proxy and show a restore within 4 h.',
  owner: 'solution-provider',
  dueDays: 10,
} as const;

export const CONDITION_MET = { proof: 'Restore test of 24 September: 3 h 25, witnessed by operations.' } as const satisfies EvidenceInput;

export const CLOSING: readonly Deed[] = [
  { task: 'project-end-review', by: MARC, evidence: { minutes: document('Minutes of the project-end review', 'end-review.pdf') } },
  { task: 'lessons-learned', by: MARC, evidence: {
    lessons: 'Audit the racks physically before planning waves: one server in nine was not where the CMDB said.',
    recommendations: 'Empty and hand back the old room before the end of the lease.' } },
  { task: 'project-end-report', by: MARC, evidence: { 'document': document('Project-end report', 'end-report.pdf'), 'final-cost': 543_200 } },
  { task: 'project-acceptance', by: MARC, evidence: { 'note-needed': 'needed', 'note': document('Project acceptance note', 'acceptance-note.pdf') } },
  { task: 'archive', by: MARC, evidence: { 'archive': 'https://archive.example/fin-dc2', 'contracts-fulfilled': true, 'access-withdrawn': true } },
  { task: 'final-approval', by: 'p-paul', evidence: { approved: true } },
];

const checklist = (name: string, file: string): EvidenceInput => ({ checklist: document(name, file) });

/** What of Monitor & Control is done before the gate of a phase, or while closing. */
export const CONTROLLING = {
  'initiating': [{ task: 'phase-exit-initiating', by: MARC, evidence: checklist('Phase-exit review of initiating', 'exit-1.pdf') }],
  'planning': [{ task: 'phase-exit-planning', by: MARC, evidence: checklist('Phase-exit review of planning', 'exit-2.pdf') }],
  'executing': [
    { task: 'manage-quality', by: MARC, evidence: checklist('Quality review checklist', 'checklist-quality.pdf') },
    { task: 'manage-deliverables-acceptance', by: MARC, evidence: checklist('Acceptance checklist', 'checklist-acceptance.pdf') },
    { task: 'manage-transition', by: MARC, evidence: checklist('Transition checklist', 'checklist-transition.pdf') },
    { task: 'manage-business-implementation', by: 'p-bea', evidence: checklist('Business implementation checklist', 'checklist-business.pdf') },
    { task: 'phase-exit-executing', by: MARC, evidence: checklist('Phase-exit review of executing', 'exit-3.pdf') },
  ],
  'closing': [
    { task: 'monitor-performance', by: MARC, evidence: { report: `${SHARE}/tracking` } },
    { task: 'control-schedule', by: MARC, evidence: { slip: -3 } },
    { task: 'control-cost', by: MARC, evidence: { forecast: 543_200 } },
    { task: 'manage-stakeholders', by: MARC, evidence: checklist('Stakeholders checklist', 'checklist-stakeholders.pdf') },
    { task: 'manage-requirements', by: MARC, evidence: { requirements: document('Requirements with test status', 'requirements.xlsx') } },
    { task: 'manage-project-change', by: MARC, evidence: { 'changes': 6, 'change-log': `${SHARE}/logs/changes` } },
    { task: 'manage-risks', by: MARC, evidence: { 'risk-log': `${SHARE}/logs/risks`, 'high-risks': 0 } },
    { task: 'manage-issues-and-decisions', by: MARC, evidence: { 'issue-log': `${SHARE}/logs/issues`, 'decision-log': `${SHARE}/logs/decisions` } },
    { task: 'manage-outsourcing', by: MARC, evidence: { summary: 'Transport and recabling delivered as contracted; last invoice approved.' } },
    { task: 'hand-over-open-points', by: MARC, evidence: { 'open-points': 2 } },
  ],
} as const satisfies Record<string, readonly Deed[]>;
