/** The view of a project, composed of rows. */
import { Play } from '../../domain/play/play';
import { project } from '../../domain/project';
import type { PhaseRow, StageRow, TaskRow } from '../../domain/rows';
import { stage as stageProcess } from '../../domain/stage';
import { Names } from '../../api/names';
import { composeProject } from '../../api/projects/compose';
import { collectRows, type ProjectRows } from '../../api/projects/rows';
import { projectView } from '../../api/projects/views';
import { taskViewOf } from '../../api/tasks/views';
import { phase as makePhase, plan, ROLES, task as makeTask } from '../support/plans';
import { smallTemplate } from '../support/template';

const AT = Date.UTC(2026, 10, 23, 9);
const ISO = '2026-11-23T09:00:00.000Z';
const STAGE = 'project/p1/phase/design/2';

const phase = (key: string, position: number, more: Partial<PhaseRow> = {}): PhaseRow => ({
  project: 'p1', phase: key, position, kind: 'stage', status: 'waiting', round: 0, stream: null, openedAt: null, passedAt: null, endedAt: null, outcome: null, ...more,
});
const task = (key: string, more: Partial<TaskRow> = {}): TaskRow & { id: string } => ({
  id: `${STAGE}/task/${key}`, project: 'p1', phase: 'design', stage: STAGE, task: key, position: 0, status: 'ready', role: 'engineer', assignee: null,
  readyAt: AT, dueAt: null, doneBy: null, doneAt: null, evidence: null, reopened: 0, condition: null, waitingFor: [], ...more,
});
const stage = (more: Partial<StageRow> = {}): StageRow & { id: string } => ({
  id: STAGE, project: 'p1', phase: 'design', round: 2, status: 'open', gate: 'design-gate', gateStatus: 'waiting', gateRound: 0, gateDigest: null,
  gateOutcome: null, approval: null, openTasks: 2, doneTasks: 0,
  criteria: [{ key: 'final-drawing', kind: 'evidence', mandatory: true, met: false }, { key: 'good', kind: 'judged', mandatory: true, met: null }], ...more,
});
const rows = (more: Partial<ProjectRows> = {}): ProjectRows => ({
  project: {
    project: 'p1', name: { text: 'n' }, template: 'small', templateVersion: '1.0.0', status: 'running', startedAt: AT, endedAt: null, heldAt: null,
    reason: null, roles: {}, changing: null, lostChildren: [],
  },
  phases: [phase('design', 0, { status: 'open', round: 2, stream: STAGE, openedAt: AT }), phase('build', 1)],
  stages: [stage()], tasks: [task('draw', { assignee: 'eva', status: 'claimed', dueAt: AT }), task('check', { status: 'waiting', waitingFor: ['draw'] })],
  approvals: [], roles: [{ project: 'p1', role: 'engineer', persons: ['eva', 'edo'] }], handovers: [], services: [], ...more,
});
const names = new Names(smallTemplate(), 'nl', new Map([['n', 'Verhuis'], ['d', 'Gebrek'], ['p', null]]), new Map([['eva', 'Eva']]));

test('an open phase is blocked by its open tasks, with role and persons, and by criteria that are not met', () => {
  const view = composeProject(rows(), names);
  expect(projectView.parse(view)).toEqual(view);
  expect(view).toMatchObject({ name: 'Verhuis', startedAt: ISO, template: { name: 'small (nl)' } });
  expect(view.blocking).toEqual([{
    phase: 'design', name: 'design (nl)', gate: { key: 'design-gate', name: 'design-gate (nl)' },
    tasks: [
      {
        task: 'draw', name: 'draw (nl)', status: 'claimed', role: { key: 'engineer', name: 'engineer (nl)' }, dueAt: ISO, waitingFor: [], waitingForNames: [], waitingForItems: [], blocked: null,
        persons: [{ id: 'eva', name: 'Eva' }, { id: 'edo', name: 'edo' }], assignee: { id: 'eva', name: 'Eva' },
      },
      expect.objectContaining({ task: 'check', status: 'waiting', assignee: null, waitingFor: ['draw'], waitingForNames: ['draw (nl)'] }),
    ],
    criteria: [{ key: 'final-drawing', name: 'final-drawing (nl)', kind: 'evidence' }],
    votes: [], undecidable: null, conditions: [],
  }]);
});

test('budgets are shown as planned, in the currency of the template', () => {
  const view = composeProject(rows({ phases: [phase('design', 0, { budget: 12_000 }), phase('build', 1)] }), names);
  expect(view).toMatchObject({ currency: 'EUR', phases: [{ phase: 'design', budget: 12_000 }, { phase: 'build', budget: null }] });
  expect([task('draw', { budget: 800 }), task('check')].map((each) => taskViewOf(each, names).budget)).toEqual([800, null]);
});

test('the rows of a phase and of its tasks carry what was planned', () => {
  const planned = plan([makePhase('design', [makeTask('draw', { budget: 800 }), makeTask('check')], { budget: 12_000 })]);
  const play = new Play(planned, AT);
  play.start(ROLES);
  const [[, state] = []] = play.stages();
  const rowsOfProject = project.rows(play.project()).filter(({ table }) => table === 'phase');
  const rowsOfStage = (state ? stageProcess.rows(state) : []).filter(({ table }) => table === 'task');
  expect([...rowsOfProject, ...rowsOfStage].map(({ data }) => (data as { budget?: number }).budget)).toEqual([12_000, 800, undefined]);
});

test('an open gate is blocked by the votes that are missing', () => {
  const approval = `${STAGE}/approval/design-gate/1`;
  const view = composeProject(rows({
    tasks: [task('draw', { status: 'done' })],
    stages: [stage({ gateStatus: 'open', gateRound: 1, gateDigest: 'g', approval, criteria: [] })],
    approvals: [{
      id: approval, project: 'p1', phase: 'design', gate: 'design-gate', round: 1, status: 'open', digest: 'g', step: 'board',
      electorate: { board: ['sam', 'sol'] }, waitingFor: ['sol'], votes: [], openedAt: AT, endedAt: null, outcome: null,
    }],
  }), names);
  expect(view.blocking).toMatchObject([{ votes: [{ approval, step: 'board', person: { id: 'sol', name: 'sol' }, standIn: null }], undecidable: null, tasks: [], criteria: [] }]);
  expect(view.phases[0]?.gate).toMatchObject({ status: 'open', approval, digest: 'g' });
});

test('an open gate in which nobody may vote says so', () => {
  const approval = `${STAGE}/approval/design-gate/1`;
  const view = composeProject(rows({
    tasks: [task('draw', { status: 'done' })],
    stages: [stage({ gateStatus: 'open', gateRound: 1, gateDigest: 'g', approval, criteria: [] })],
    approvals: [{
      id: approval, project: 'p1', phase: 'design', gate: 'design-gate', round: 1, status: 'open', digest: 'g', step: 'board',
      electorate: { board: [] }, waitingFor: [], votes: [], openedAt: AT, endedAt: null, outcome: null,
    }],
  }), names);
  expect(view.blocking).toMatchObject([{ votes: [], undecidable: { approval, step: 'board' } }]);
});

test('a passed phase is blocked by its open conditions; an erased text is null', () => {
  const condition = { defect: { text: 'd' }, plan: { text: 'p' }, owner: 'engineer', dueDays: 3 };
  const view = composeProject(rows({
    phases: [phase('design', 0, { status: 'passed', round: 2, stream: STAGE })],
    tasks: [task('draw', { status: 'done' }), task('condition-1-1', { condition })],
  }), names);
  expect(view.blocking).toMatchObject([{ gate: null, tasks: [], criteria: [], conditions: [{ task: 'condition-1-1', defect: 'Gebrek', plan: null }] }]);
  expect(view.conditions).toHaveLength(1);
});

test('a phase that has not opened shows its gate as the template has it; tasks of earlier rounds do not count', () => {
  const view = composeProject(rows({ tasks: [task('draw', { stage: 'project/p1/phase/design/1' })] }), names);
  expect(view.blocking[0]?.tasks).toEqual([]);
  expect(view.phases[1]?.gate).toEqual({
    gate: 'build-gate', name: 'build-gate (nl)', status: 'waiting', round: 0, digest: null, outcome: null, byPolicy: false, adopted: null, approval: null,
    criteria: [{ key: 'racked', name: 'racked (nl)', kind: 'deliverable', mandatory: true, met: null }],
  });
});

test('rows of a project that has not started make no view', () => {
  expect(collectRows([{ table: 'phase', id: 'x', data: phase('design', 0) }])).toBeUndefined();
});
