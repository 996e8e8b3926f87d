/** A small plan with change control, and changes of it. */
import type { ChangeControl, Operation } from '../../domain/change/types';
import type { Plan } from '../../domain/plan';
import { gate, phase, plan, task } from './plans';

export const text = { text: 't' };
export const title = { text: 'title' };
export const CONTROL: ChangeControl = {
  tolerance: { days: 2, cost: 1000, tasks: 1 }, exceptionsTo: 'sponsor',
  levels: [
    { key: 'minor', upTo: { days: 5, cost: 5000 }, policy: { steps: [{ key: 'sponsor', roles: ['sponsor'], quorum: 'any' }], reasonRequired: [], outcomes: ['approve', 'rework', 'stop'] } },
    { key: 'major', policy: { steps: [{ key: 'both', roles: ['sponsor', 'security'], quorum: 'all' }], reasonRequired: [], outcomes: ['approve', 'rework', 'stop'], separationOfDuties: true } },
  ],
};

export const PLAN: Plan = {
  ...plan([
    phase('design', [task('draw', { estimate: [1, 3, 5], budget: 2000 })], { gate: gate('design-gate', { criteria: [] }) }),
    phase('build', [task('rack', { estimate: [1, 2, 3] }), task('cable', { after: [{ task: 'rack' }], estimate: [1, 4, 6], produces: [] })], {
      after: ['design'], budget: 10_000, gate: gate('build-gate', { criteria: [{ key: 'racked', kind: 'deliverable', deliverable: 'rack-document', mandatory: true }] }),
    }),
    phase('close', [task('archive', { estimate: [1, 1, 1] })], { after: ['build'] }),
  ]),
  changeControl: CONTROL,
};

export const test2: Extract<Operation, { op: 'add-task' }> = { op: 'add-task', phase: 'build', task: { key: 'test', title, responsible: 'engineer', after: ['cable'], estimate: [1, 1, 2], budget: 500 } };
export const bigger: Extract<Operation, { op: 'add-task' }> = { op: 'add-task', phase: 'build', task: { key: 'test', title, responsible: 'engineer', after: ['cable'], estimate: [2, 4, 8], budget: 20_000 } };
