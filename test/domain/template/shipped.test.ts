import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SHIPPED_FRAGMENTS } from '../../../config/library';
import { calendarKey } from '../../../domain/template/calendar-key';
import { compileSample } from '../../../domain/template/compile';
import { evaluate, referencesOf } from '../../../domain/expression';
import { conditionsOf } from '../../../domain/play/evidence';
import { parseTemplate, type Template, type TemplateTask } from '../../../domain/template/schema';
import { texts } from '../../../domain/template/texts';
import { eventHoursAtMost, type Plan } from '../../../domain/plan';
import { calendar } from './fixtures';

const FOLDER = join(__dirname, '../../../templates');
const files = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'));

const loaded = new Map<string, { template: Template; plan: Plan }>();

/** A shipped template and a plan of it, which take long to make: made once. */
function load(file: string): { template: Template; plan: Plan } {
  const known = loaded.get(file);
  if (known) return known;
  const parsed = parseTemplate(readFileSync(join(FOLDER, file), 'utf8'), SHIPPED_FRAGMENTS);
  if (!parsed.ok) throw new Error(`${file}: ${JSON.stringify(parsed.problems, null, 1)}`);
  const compiled = compileSample(parsed.template, { ...calendar, key: calendarKey(parsed.template) });
  if (!compiled.ok) throw new Error(`${file}: ${JSON.stringify(compiled.problems, null, 1)}`);
  const made = { template: parsed.template, plan: compiled.plan };
  loaded.set(file, made);
  return made;
}

describe.each(files)('the shipped template %s', (file) => {
  it('compiles, under the key that its file is named after', () => {
    expect(`${load(file).plan.template.key}.yaml`).toBe(file);
  });

  it('says nothing twice in the same words: each text differs per language unless it is short', () => {
    const untranslated = Object.entries(texts(load(file).template))
      .filter(([, { nl, fr, en }]) => nl.length > 30 && (nl === fr || nl === en || fr === en)).map(([path]) => path);
    expect(untranslated).toEqual([]);
  });
});

describe('a gate that was passed elsewhere', () => {
  it.each(files)('means the same to the conditions of %s as one that was approved', (file) => {
    const { phases } = load(file).plan;
    const conditions = phases.flatMap((phase) => conditionsOf(phase, 'all'));
    const gates = [...new Set(conditions.flatMap(referencesOf).flatMap((to) => (to[0] === 'gate' ? [to[1]] : [])))];
    const answers = (outcome: string) => gates.map((passed) => conditions.map((condition) =>
      evaluate(condition, (to) => (to[0] === 'gate' && to[1] === passed ? outcome : null))));
    expect(answers('adopted')).toEqual(answers('approve'));
  });
});

describe('the events of sprints', () => {
  const scrum = readFileSync(join(FOLDER, 'scrum.yaml'), 'utf8');
  const withEvents = (events: string, days = '{ parameter: sprint-days }') => parseTemplate(
    scrum.replace('sprintDays: { parameter: sprint-days }', `sprintDays: ${days}\n          events: ${events}`), SHIPPED_FRAGMENTS);

  it('are refused where they take longer than a sprint of that length has time for', () => {
    const parsed = withEvents('{ planning: 4, review: 2.25 }', '10');
    expect(parsed.ok ? compileSample(parsed.template, { ...calendar, key: calendarKey(parsed.template) }) : parsed)
      .toMatchObject({ ok: false, problems: [expect.objectContaining({ code: 'event-too-long', pointer: '/phases/1/iterations/teams/0/events/review' })] });
  });

  it('have less time in a project that chooses a shorter sprint', () => {
    const parsed = withEvents('{ planning: 8, retrospective: 1 }');
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    const compiled = compileSample(parsed.template, { ...calendar, key: calendarKey(parsed.template) });
    if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems));
    const team = compiled.plan.phases.flatMap(({ iterations }) => iterations?.teams ?? [])[0];
    expect(team?.events).toEqual({ planning: eventHoursAtMost('planning', team?.days), retrospective: 1 });
  });
});

describe('the PM² template has the facts of PM²', () => {
  const { template, plan } = load('pm2.yaml');
  const phase = (key: string) => plan.phases.find((each) => each.key === key)!;
  const task = (path: string): TemplateTask => {
    const [phaseKey, key] = path.split('/');
    return template.phases.find((each) => each.key === phaseKey)!.tasks.find((each) => each.key === key)!;
  };

  it('phases in their order, each with its driver; monitor and control beside all of them, without a gate', () => {
    expect(plan.phases.map(({ key, after, drivenBy, gate }) => [key, after, drivenBy, gate?.key, gate?.onStop])).toEqual([
      ['initiating', [], 'project-owner', 'ready-for-planning', 'closing'],
      ['planning', ['initiating'], 'project-manager', 'ready-for-executing', 'closing'],
      ['executing', ['planning'], 'project-core-team', 'ready-for-closing', 'closing'],
      // A project that hands services over does so between its execution and its closing.
      ['handover', ['executing'], 'project-manager', 'operational-acceptance', undefined],
      ['early-life-support', ['handover'], 'operations-manager', 'early-life-exit', undefined],
      ['closing', ['early-life-support'], 'stakeholders', undefined, undefined],
      ['monitor-and-control', [], 'project-manager', undefined, undefined],
    ]);
  });

  it('roles, with the steering committee chaired by the project owner', () => {
    expect(template.roles.map(({ abbreviation }) => abbreviation)).toEqual(['AGB', 'PSC', 'PO', 'BM', 'SP', 'PM', 'PCT', 'BIG', 'ALL', 'SO', 'OM', 'SDM', 'SEC']);
    expect(plan.roles.find(({ key }) => key === 'project-steering-committee')).toEqual({
      key: 'project-steering-committee', chair: 'project-owner',
      members: ['project-owner', 'solution-provider', 'business-manager', 'project-manager'],
    });
  });

  it.each([
    ['initiating', ['project-initiation-request', 'business-case', 'project-charter', 'risk-log', 'issue-log', 'decision-log']],
    ['planning', ['planning-kick-off-minutes', 'project-handbook', 'stakeholder-matrix', 'project-work-plan', 'requirements-management-plan',
      'change-management-plan', 'risk-management-plan', 'quality-management-plan', 'issue-management-plan', 'communications-management-plan',
      'outsourcing-plan', 'deliverables-acceptance-plan', 'transition-plan', 'business-implementation-plan', 'change-log']],
    ['executing', ['executing-kick-off-minutes', 'status-report', 'progress-report', 'quality-review-report', 'contractor-status-report',
      'deliverables-acceptance-notes']],
    ['closing', ['project-end-review', 'project-end-report', 'project-acceptance-note', 'archive']],
    ['monitor-and-control', ['phase-exit-initiating', 'phase-exit-planning', 'phase-exit-executing', 'quality-review-checklist',
      'deliverables-acceptance-checklist', 'transition-checklist', 'stakeholders-checklist', 'business-implementation-checklist']],
  ])('artefacts of %s, each produced by a task', (key, artefacts) => {
    expect(phase(key).deliverables).toEqual(expect.arrayContaining(artefacts));
    expect(phase(key).tasks.flatMap(({ produces }) => produces)).toEqual(expect.arrayContaining(artefacts));
  });

  it('the work plan has breakdown, effort and cost, and schedule', () => {
    expect(task('planning/project-work-plan').evidence.map(({ key }) => key)).toEqual(expect.arrayContaining(['work-breakdown', 'estimates', 'schedule']));
  });

  it.each([
    ['initiating/project-charter', { a: 'project-steering-committee', r: 'project-manager' }],
    ['planning/project-handbook', { a: 'project-owner' }],
    ['planning/outsourcing-plan', { a: 'appropriate-governance-body' }],
    ['planning/business-implementation-plan', { a: 'project-owner', r: 'business-manager', s: ['project-manager'] }],
    ['executing/quality-assurance', { a: 'project-manager', r: 'project-core-team' }],
  ])('RASCI of %s', (path, expected) => {
    expect(task(path).rasci).toMatchObject(expected);
  });

  it('major deviations bring Ready for Executing before the governance body; the chair decides last at every gate', () => {
    expect(phase('planning').gate!.policy.steps.find(({ key }) => key === 'governance-body')).toEqual({
      key: 'governance-body', roles: ['appropriate-governance-body'], quorum: 'any',
      when: { task: 'compare-with-charter', field: 'deviation', is: ['major'] },
    });
    for (const { gate, kind } of plan.phases) {
      if (!gate || kind === 'handover') continue;
      expect(gate.policy.steps.at(-1)!.roles).toEqual(['project-owner']);
      expect(gate.policy.reasonRequired).toEqual(['rework', 'stop']);
    }
  });

  it('Ready for Closing asks that the project owner accepted the deliverables at least provisionally', () => {
    expect(phase('executing').gate!.criteria).toContainEqual({
      key: 'owner-accepted', kind: 'evidence', mandatory: true,
      test: { task: 'owner-acceptance', field: 'acceptance', is: ['accepted', 'provisional'] },
    });
    expect(task('executing/owner-acceptance').rasci.r).toBe('project-owner');
  });

  it('every task but a few says how, and has a due date', () => {
    const tasks = template.phases.flatMap((each) => each.tasks);
    expect(tasks.filter(({ guidance }) => guidance).length / tasks.length).toBeGreaterThan(0.8);
    expect(tasks.filter(({ dueDays }) => dueDays === undefined)).toEqual([]);
  });
});
