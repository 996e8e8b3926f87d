/** Small plans for tests: enough to show each rule, by name. */
import type { WorkingCalendar } from '../../domain/calendar';
import type { Plan, PlanGate, PlanPhase, PlanTask } from '../../domain/plan';
import type { Key } from '../../domain/process';
import type { RoleHolders } from '../../domain/project/types';

/** Monday to Friday, all of 2026 and 2027, in Brussels, no holidays. */
export const CALENDAR: WorkingCalendar = {
  key: 'be', version: 1, from: '2026-01-01', timeZone: 'Europe/Brussels', startMinute: 510, endMinute: 1020,
  days: Array.from({ length: 730 }, (_, index) => ([0, 6].includes(new Date(Date.UTC(2026, 0, 1 + index)).getUTCDay()) ? '0' : '1')).join(''),
  offsets: [
    [Date.UTC(2025, 9, 26, 1), 60], [Date.UTC(2026, 2, 29, 1), 120], [Date.UTC(2026, 9, 25, 1), 60],
    [Date.UTC(2027, 2, 28, 1), 120], [Date.UTC(2027, 9, 31, 1), 60],
  ],
};

export function task(key: Key, more: Partial<PlanTask> = {}): PlanTask {
  return { key, rasci: { r: 'engineer', a: 'manager', s: [], c: [], i: [] }, after: [], produces: [`${key}-document`], evidence: [], ...more };
}

export function gate(key: Key, more: Partial<PlanGate> = {}): PlanGate {
  return {
    key, criteria: [{ key: 'judged', kind: 'judged', mandatory: true }],
    policy: { steps: [{ key: 'board', roles: ['board'], quorum: 'any' }], reasonRequired: ['rework', 'stop'] }, ...more,
  };
}

export function phase(key: Key, tasks: readonly PlanTask[], more: Partial<PlanPhase> = {}): PlanPhase {
  return { key, kind: 'stage', after: [], tasks, deliverables: tasks.flatMap((each) => each.produces), ...more };
}

export function plan(phases: readonly PlanPhase[]): Plan {
  return {
    schema: 1, template: { key: 'test', version: '1.0.0', digest: 'd' }, calendar: CALENDAR, managerRole: 'manager',
    roles: [
      { key: 'manager', members: [] }, { key: 'engineer', members: [] }, { key: 'sponsor', members: [] }, { key: 'security', members: [] },
      { key: 'board', members: ['sponsor', 'security'], chair: 'sponsor' },
    ],
    phases,
  };
}

/** Another version of a plan. */
export const version = (of: Plan, number: string, phases = of.phases): Plan =>
  ({ ...of, phases, template: { ...of.template, version: number, digest: `digest of ${number}` } });

export const ROLES: RoleHolders = { manager: ['mia'], engineer: ['eva', 'edo'], sponsor: ['sam'], security: ['sol'] };

/** Design, then build (two tasks in a row), each with a gate, then close; and control beside all of them. */
export const WATERFALL: Plan = plan([
  phase('design', [task('draw', {
    dueDays: 5,
    evidence: [{ key: 'pages', required: true, type: 'number', min: 1 }, { key: 'check', required: true, type: 'choice', choices: ['good', 'bad'] }],
  })], {
    gate: gate('design-gate', {
      onStop: 'close',
      criteria: [{ key: 'checked', kind: 'evidence', mandatory: true, test: { task: 'draw', field: 'check', is: ['good'] } }],
    }),
  }),
  phase('build', [task('rack'), task('cable', { after: [{ task: 'rack' }] })], {
    after: ['design'],
    gate: gate('build-gate', {
      criteria: [{ key: 'racked', kind: 'deliverable', deliverable: 'rack-document', mandatory: true }],
      policy: {
        steps: [{ key: 'security', roles: ['security'], quorum: 'all' }, { key: 'board', roles: ['board'], quorum: 2 }],
        remindAfterDays: 2, escalateAfterDays: 4, escalateTo: 'manager', reasonRequired: ['rework', 'stop'],
      },
      onStop: 'close',
    }),
  }),
  phase('close', [task('archive')], { after: ['build'] }),
  phase('control', [task('log'), task('review-build', { after: [{ phase: 'build', reaches: 'open' }] })]),
]);
