/** Ladders of approvals in templates: what they compile to, and what is wrong with them. */
import { compile } from '../../../domain/template/compile';
import { checkShape, type Template } from '../../../domain/template/schema';
import type { PlanPolicy } from '../../../domain/plan';
import { calendar, small } from './fixtures';

type Approval = NonNullable<Template['phases'][number]['gate']>['approval'];

function compiled(approval: Partial<Approval>, parameters: object[] = []) {
  const template = structuredClone(small()) as unknown as { phases: { gate: { approval: object } }[]; parameters: object[] };
  template.parameters = parameters;
  template.phases[0]!.gate.approval = { ...template.phases[0]!.gate.approval, ...approval };
  const checked = checkShape(template);
  if (!checked.ok) return checked;
  return compile(checked.template, {}, calendar);
}
const problems = (approval: object) => {
  const made = compiled(approval as Partial<Approval>);
  return made.ok ? [] : made.problems.map(({ code, pointer, suggestion }) => [code, pointer.replace('/phases/0/gate/approval', ''), ...(suggestion ? [suggestion] : [])]);
};
const rung = (more: object) => problems({ ladder: [{ hours: 1, ...more }] });

test('a ladder is compiled with numbers of the project, and counts from the opening unless it says otherwise', () => {
  const name = { nl: 'n', fr: 'n', en: 'n' };
  const made = compiled({ dueDays: 4, ladder: [
    { days: { parameter: 'patience' }, do: 'remind' }, { hours: -4, after: 'due', do: 'raise', to: 'project-office' },
    { days: 5, after: 'opened', do: 'decide', outcome: 'stop', step: 'board' }, { hours: 1.5, do: 'add-approver', to: 'manager' },
  ] }, [{ key: 'patience', name, type: 'number', default: 2 }]);
  const policy = made.ok && 'plan' in made ? made.plan.phases[0]?.gate?.policy : undefined;
  expect(policy).toMatchObject({ dueDays: 4, ladder: [
    { days: 2, do: 'remind' }, { hours: -4, from: 'due', do: 'raise', to: 'project-office' },
    { days: 5, do: 'decide', outcome: 'stop', step: 'board' }, { hours: 1.5, do: 'add-approver', to: 'manager' },
  ] } satisfies Partial<PlanPolicy>);
});

test('a policy without a ladder is what it was', () => {
  const made = compiled({});
  expect(Object.keys((made.ok && 'plan' in made && made.plan.phases[0]?.gate?.policy) || {})).toEqual(['steps', 'remindAfterDays', 'escalateAfterDays', 'escalateTo', 'reasonRequired']);
});

test.each([
  ['both days and hours', { days: 1, do: 'remind' }, [['rung-time', '/ladder/0']]],
  ['before the opening', { hours: -1, do: 'remind' }, [['rung-time', '/ladder/0']]],
  ['a due date that there is none of', { after: 'due', do: 'remind' }, [['rung-time', '/ladder/0/after']]],
  ['nobody to be added', { do: 'add-approver' }, [['rung-incomplete', '/ladder/0']]],
  ['somebody to be reminded beside those who are asked', { do: 'remind', to: 'owner' }, [['rung-incomplete', '/ladder/0']]],
  ['no answer', { do: 'decide' }, [['rung-incomplete', '/ladder/0']]],
  ['an answer that it does not give', { do: 'raise', to: 'owner', outcome: 'stop' }, [['rung-incomplete', '/ladder/0']]],
  ['a role that there is none of', { do: 'move-to-deputy', to: 'ownr' }, [['unknown-role', '/ladder/0/to', 'owner']]],
  ['a deputy beyond the project', { do: 'move-to-deputy', to: 'program-manager' }, [['unknown-role', '/ladder/0/to']]],
  ['an auditor who is to decide', { do: 'raise', to: 'auditor' }, [['unknown-role', '/ladder/0/to']]],
  ['a step that there is none of', { do: 'remind', step: 'bord' }, [['unknown-step', '/ladder/0/step', 'board']]],
])('wrong: %s', (_, more, expected) => {
  expect(rung(more).map((each, index) => each.slice(0, expected[index]?.length))).toEqual(expected);
});

describe('tasks', () => {
  const ofTask = (task: object) => {
    const template = structuredClone(small()) as unknown as { phases: { tasks: object[] }[] };
    template.phases[0]!.tasks[0] = { ...template.phases[0]!.tasks[0], ...task };
    const checked = checkShape(template);
    return checked.ok ? compile(checked.template, {}, calendar) : checked;
  };
  const wrong = (task: object) => {
    const made = ofTask(task);
    return made.ok ? [] : made.problems.map(({ code, pointer }) => [code, pointer.replace('/phases/0/tasks/0', '')]);
  };

  test('their ladder counts from the due date', () => {
    const made = ofTask({ ladder: [{ hours: -2, do: 'remind' }, { days: 1, do: 'raise', to: 'program-manager' }] });
    expect(made.ok && 'plan' in made && made.plan.phases[0]?.tasks[0]?.ladder).toEqual([{ hours: -2, from: 'due', do: 'remind' }, { days: 1, from: 'due', do: 'raise', to: 'program-manager' }]);
  });

  test('a ladder without a due date, and rungs that lack or have too much', () => {
    expect(wrong({ dueDays: undefined, ladder: [{ hours: 1, do: 'remind' }] })).toEqual([['rung-time', '/ladder/0']]);
    expect(wrong({ ladder: [{ hours: 1, days: 1, do: 'remind' }, { days: 1, do: 'raise' }, { days: 1, do: 'remind', to: 'owner' }, { days: 1, do: 'raise', to: 'nobody' }] })).toEqual([
      ['rung-time', '/ladder/0'], ['rung-incomplete', '/ladder/1'], ['rung-incomplete', '/ladder/2'], ['unknown-role', '/ladder/3/to'],
    ]);
  });
});

test('what is approved by itself must be an outcome, and nobody may have to be independent', () => {
  const ladder = [{ hours: 1, do: 'decide', outcome: 'stop' }];
  expect(problems({ ladder, outcomes: ['approve', 'rework'] })).toEqual([['choice', '/ladder/0/outcome']]);
  expect(problems({ ladder: [{ hours: 1, do: 'decide', outcome: 'approve' }], separationOfDuties: true })).toEqual([['rung-unseen', '/ladder/0/outcome']]);
  expect(problems({ ladder, separationOfDuties: true })).toEqual([]);
});
