import { compile, templateDigest } from '../../../domain/template/compile';
import { parseTemplate, type TemplateTest, type Template } from '../../../domain/template/schema';
import { texts } from '../../../domain/template/texts';
import { calendar, SMALL, small } from './fixtures';

type Change = (template: Template) => void;

/** Problems of the small template after a change, as `code pointer`. */
function problemsAfter(change: Change, with_: Record<string, unknown> = {}): string[] {
  const template = small();
  change(template);
  const compiled = compile(template, with_, calendar);
  return compiled.ok ? [] : compiled.problems.map(({ code, pointer }) => `${code} ${pointer}`);
}

const build = (template: Template) => template.phases[0]!;
const whenOf = (t: Template): TemplateTest => gate(t).approval.steps[1]!.when as TemplateTest;
const gate = (template: Template) => build(template).gate!;

describe('a template compiles to a plan', () => {
  it('with ids and rules and no texts', () => {
    const compiled = compile(small(), {}, { ...calendar, days: '1100111' });
    expect(compiled).toMatchSnapshot();
  });

  it('which is frozen to the last leaf', () => {
    const compiled = compile(small(), {}, calendar);
    if (!compiled.ok) throw new Error();
    expect(() => Object.assign(compiled.plan.phases[0]!.tasks[0]!.rasci, { r: 'owner' })).toThrow(TypeError);
    expect(Object.isFrozen(calendar)).toBe(false);
  });

  it('and is the same each time, to the byte', () => {
    expect(JSON.stringify(compile(small(), {}, calendar))).toBe(JSON.stringify(compile(small(), {}, calendar)));
  });

  it('the digest depends on what the text means, not on how it is written', () => {
    const json = parseTemplate(JSON.stringify(small()));
    expect(json.ok && templateDigest(json.template)).toBe(templateDigest(small()));
    const other = parseTemplate(SMALL.replace('nl: Klein,', 'nl: Kleiner,'));
    expect(other.ok && templateDigest(other.template)).not.toBe(templateDigest(small()));
  });

  it('its texts are found by the path of what they name', () => {
    expect(texts(small())).toMatchSnapshot();
  });
});

/** Makes a backlog of the phase that watches. */
function withBacklog(template: Template, more: object = {}): void {
  const entry = (key: string) => ({ key, name: template.name });
  Object.assign(template.phases[2]!, { kind: 'iterations', iterations: {
    productOwner: 'owner', columns: [entry('to-do'), entry('done')], teams: [{ ...entry('blue'), roles: ['manager'], sprintDays: 10 }], ...more,
  } });
}
const needing = (need: object) => (t: Template): void => withBacklog(t, { needs: [need] });

describe('a template in which stages and sprints wait for each other', () => {
  it('names in the plan what is told to whom', () => {
    const template = small();
    withBacklog(template, { needs: [{ phase: 'build', deliverable: 'design', label: 'drawn' }] });
    build(template).tasks[1]!.after.push({ backlog: 'watch', label: 'seen' });
    const compiled = compile(template, {}, calendar);
    if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems));
    const [builds, , watches] = compiled.plan.phases;
    expect(builds).toMatchObject({ announces: ['design'] });
    expect(builds!.tasks[1]!.after).toContainEqual({ backlog: 'watch', label: 'seen' });
    expect(watches!.iterations!.needs).toEqual([{ phase: 'build', deliverable: 'design', label: 'drawn' }]);
  });
});

describe('a template without meaning is refused with code and pointer', () => {
  it.each<[string, Change, string[]]>([
    ['unknown manager', (t) => { t.managerRole = 'manger'; }, ['unknown-role /managerRole']],
    ['a body as manager', (t) => { t.managerRole = 'board'; }, ['body-not-allowed /managerRole']],
    ['a role twice', (t) => { t.roles.push(t.roles[0]!); }, ['duplicate-key /roles/3/key']],
    ['a role that holds beyond projects', (t) => { t.roles.push({ ...t.roles[0]!, key: 'auditor' }); }, ['reserved-role /roles/3/key']],
    ['a body of bodies', (t) => { t.roles.push({ ...t.roles[0]!, key: 'all', members: ['board'] }); }, ['body-of-bodies /roles/3/members/0']],
    ['an unknown member', (t) => { t.roles[2]!.members!.push('x'); }, ['unknown-role /roles/2/members/2']],
    ['a chair from outside', (t) => { t.roles[2]!.members = ['manager']; }, ['chair-not-member /roles/2/chair']],
    ['an unknown driver', (t) => { build(t).drivenBy = 'x'; }, ['unknown-role /phases/0/drivenBy']],
    ['a phase twice', (t) => { t.phases.push({ ...t.phases[2]! }); }, ['duplicate-key /phases/3/key']],
    ['a phase after an unknown one', (t) => { t.phases[1]!.after = ['bild']; }, ['unknown-phase /phases/1/after/0']],
    ['a task twice', (t) => { build(t).tasks[1]!.key = 'draw'; build(t).tasks[1]!.after = []; }, ['duplicate-key /phases/0/tasks/1/key']],
    ['unknown roles in RASCI', (t) => { build(t).tasks[1]!.rasci = { r: 'x', a: 'y', s: ['z'], c: [], i: ['q'] }; },
      ['unknown-role /phases/0/tasks/1/rasci/r', 'unknown-role /phases/0/tasks/1/rasci/a', 'unknown-role /phases/0/tasks/1/rasci/s/0',
        'unknown-role /phases/0/tasks/1/rasci/i/0']],
    ['a task after an unknown one', (t) => { build(t).tasks[1]!.after = ['drew']; }, ['unknown-task /phases/0/tasks/1/after/0']],
    ['a task after an unknown phase', (t) => { build(t).tasks[1]!.after = [{ phase: 'x', reaches: 'open' }]; },
      ['unknown-phase /phases/0/tasks/1/after/0/phase']],
    ['a task after its own phase', (t) => { build(t).tasks[1]!.after = [{ phase: 'build', reaches: 'open' }]; },
      ['depends-on-own-phase /phases/0/tasks/1/after/0/phase']],
    ['a task after a backlog that there is not', (t) => { build(t).tasks[1]!.after = [{ backlog: 'x' }]; }, ['not-iterations /phases/0/tasks/1/after/0/backlog']],
    ['a task after the backlog of its own phase', (t) => { withBacklog(t); t.phases[2]!.tasks[0]!.after = [{ backlog: 'watch' }]; }, ['depends-on-own-phase /phases/2/tasks/0/after/0/backlog']],
    ['a task after a backlog that opens after it', (t) => { withBacklog(t); t.phases[2]!.after = ['build']; build(t).tasks[1]!.after = [{ backlog: 'watch' }]; }, ['dependency-cycle /phases/0']],
    ['a backlog beyond which nobody decides', (t) => { withBacklog(t, { scopeControl: { tolerance: 10 } }); }, ['scope-without-changes /phases/2/iterations/scopeControl']],
    ['items that wait for a phase that there is not', needing({ phase: 'bild', deliverable: 'design' }), ['unknown-phase /phases/2/iterations/needs/0/phase']],
    ['items that wait for what nobody makes', needing({ phase: 'build', deliverable: 'x' }), ['deliverable-not-produced /phases/2/iterations/needs/0/deliverable']],
    ['items that wait for what comes after them', (t) => { needing({ phase: 'build', deliverable: 'design' })(t); build(t).after = ['watch']; build(t).tasks[1]!.after = []; t.phases[2]!.tasks[0]!.after = []; },
      ['dependency-cycle /phases/2/iterations/needs/0/phase']],
    ['items that wait for what waits for them', (t) => { needing({ phase: 'build', deliverable: 'design', label: 'drawn' })(t); build(t).tasks[0]!.after = [{ backlog: 'watch', label: 'drawn' }]; },
      ['dependency-cycle /phases/2/iterations/needs/0']],
    ['an unknown deliverable', (t) => { build(t).tasks[1]!.produces = ['x']; }, ['unknown-deliverable /phases/0/tasks/1/produces/0']],
    ['a deliverable that no task produces', (t) => { build(t).tasks[0]!.produces = []; },
      ['deliverable-not-produced /phases/0/deliverables/0', 'deliverable-not-produced /phases/0/gate/criteria/0/deliverable']],
    ['a criterion about an unknown deliverable', (t) => { gate(t).criteria[0] = { key: 'c', name: t.name, mandatory: true, kind: 'deliverable', deliverable: 'x' }; },
      ['unknown-deliverable /phases/0/gate/criteria/0/deliverable']],
    ['a field twice', (t) => { build(t).tasks[0]!.evidence.push({ ...build(t).tasks[0]!.evidence[0]! }); },
      ['duplicate-key /phases/0/tasks/0/evidence/4/key']],
    ['an empty range', (t) => { Object.assign(build(t).tasks[0]!.evidence[2]!, { min: 50 }); }, ['empty-range /phases/0/tasks/0/evidence/2/min']],
    ['a test of an unknown task', (t) => { whenOf(t).task = 'x'; },
      ['unknown-task /phases/0/gate/approval/steps/1/when/task']],
    ['a test of an unknown field', (t) => { whenOf(t).field = 'x'; },
      ['unknown-field /phases/0/gate/approval/steps/1/when/field']],
    ['a test of an unknown choice', (t) => { whenOf(t).is = ['larg']; },
      ['unknown-choice /phases/0/gate/approval/steps/1/when/is/0']],
    ['a test of a document', (t) => { gate(t).approval.steps[1]!.when = { task: 'draw', field: 'drawing', is: ['x'] }; },
      ['field-not-testable /phases/0/gate/approval/steps/1/when/field']],
    ['a test that never holds', (t) => { gate(t).approval.steps[1]!.when = { task: 'draw', field: 'checked', is: [false] }; },
      ['test-never-holds /phases/0/gate/approval/steps/1/when/is/0']],
    ['a test with a number out of range', (t) => { gate(t).approval.steps[1]!.when = { task: 'draw', field: 'racks', is: [41] }; },
      ['test-never-holds /phases/0/gate/approval/steps/1/when/is/0']],
    ['an unknown approver', (t) => { gate(t).approval.steps[0]!.roles = ['bord']; }, ['unknown-role /phases/0/gate/approval/steps/0/roles/0']],
    ['a step twice', (t) => { gate(t).approval.steps[1]!.key = 'board'; }, ['duplicate-key /phases/0/gate/approval/steps/1/key']],
    ['escalation to nobody', (t) => { delete gate(t).approval.escalateTo; }, ['escalation-incomplete /phases/0/gate/approval']],
    ['escalation to an unknown role', (t) => { gate(t).approval.escalateTo = 'x'; }, ['unknown-role /phases/0/gate/approval/escalateTo']],
    ['a gate twice', (t) => { t.phases[1]!.gate = { ...gate(t), criteria: [], onStop: undefined, approval: { ...gate(t).approval, steps: [gate(t).approval.steps[0]!] } }; },
      ['duplicate-key /phases/1/gate/key']],
    ['a stop to an unknown phase', (t) => { gate(t).onStop = 'clsoe'; }, ['unknown-phase /phases/0/gate/onStop']],
    ['a stop to itself', (t) => { gate(t).onStop = 'build'; }, ['stop-to-itself /phases/0/gate/onStop']],
    ['a stop that leads back', (t) => { build(t).after = ['watch']; t.phases[2]!.tasks[0]!.after = []; build(t).tasks[1]!.after = []; gate(t).onStop = 'watch'; },
      ['stop-to-earlier-phase /phases/0/gate/onStop']],
    ['another calendar', (t) => { t.calendar = 'nl'; }, ['calendar-mismatch /calendar']],
    ['a plan beyond its calendar', (t) => { t.phases.forEach((p) => p.tasks.forEach((task) => { task.dueDays = 1000; })); },
      ['calendar-too-short /calendar']],
  ])('%s', (_, change, expected) => {
    expect(problemsAfter(change)).toEqual(expected);
  });

  it('an unknown parameter', () => {
    expect(problemsAfter(() => {}, { size: 3 })).toEqual(['unknown-parameter /parameters/size']);
  });

  it('what was probably meant is suggested', () => {
    const template = small();
    template.managerRole = 'manger';
    const compiled = compile(template, {}, calendar);
    expect(!compiled.ok && compiled.problems[0]).toMatchObject({ suggestion: 'manager', detail: 'there is no role "manger"; did you mean "manager"?' });
  });

  it('a plan larger than a workflow can take', () => {
    expect(problemsAfter((t) => {
      const task = build(t).tasks[1]!;
      for (let i = 0; i < 3000; i += 1) build(t).tasks.push({ ...task, key: `task-${i}` });
    })).toEqual(['plan-too-large ']);
  });
});

describe('circles', () => {
  const circle = (change: Change) => {
    const template = small();
    change(template);
    const compiled = compile(template, {}, calendar);
    return compiled.ok ? [] : compiled.problems.map(({ code, pointer, detail }) => `${code} ${pointer} ${detail.split(': ')[1]}`);
  };

  it('of tasks', () => {
    expect(circle((t) => { build(t).tasks[0]!.after = ['check']; })).toEqual(['task-cycle /phases/0/tasks/0/after draw → check → draw']);
  });

  it('of one task', () => {
    expect(circle((t) => { build(t).tasks[0]!.after = ['draw']; })).toEqual(['task-cycle /phases/0/tasks/0/after draw → draw']);
  });

  it('of phases, each circle once', () => {
    expect(circle((t) => { build(t).after = ['close']; t.phases[2]!.after = ['watch']; })).toEqual([
      'phase-cycle /phases/0/after build → close → build', 'phase-cycle /phases/2/after watch → watch']);
  });

  it('across tasks and phases', () => {
    expect(circle((t) => { build(t).tasks[1]!.after = [{ phase: 'watch', reaches: 'passed' }]; })).toEqual([
      'dependency-cycle /phases/0 phase build has passed → task build/check → phase watch has passed → task watch/report → phase build has passed']);
  });

  it('of a task that waits for what comes after its phase', () => {
    expect(circle((t) => { build(t).tasks[1]!.after = [{ phase: 'close', reaches: 'open' }]; })).toHaveLength(1);
  });

  it('thousands of them take bounded time', () => {
    const from = Date.now();
    const found = circle((t) => {
      const task = build(t).tasks[1]!;
      for (let i = 0; i < 900; i += 1) build(t).tasks.push({ ...task, key: `task-${i}`, after: [`task-${i}`] });
    });
    expect(found).toHaveLength(20);
    expect(Date.now() - from).toBeLessThan(30_000);
  });
});
