/** What can be wrong with the handover of a phase, and what its plan is. */
import { compileSample } from '../../../domain/template/compile';
import { checkShape } from '../../../domain/template/schema';
import { texts } from '../../../domain/template/texts';
import { smallText, smallVersion } from '../../support/template';
import { calendar } from './fixtures';

type Json = Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any
const named = (key: string) => ({ key, name: smallText(key) });
const HANDOVER = (): Json => ({
  delivering: ['manager'], serviceOwner: 'sponsor', teams: [{ ...named('desk'), roles: ['security'] }],
  criteria: [{ ...named('tested'), guidance: smallText('how'), owner: 'engineer', dueDays: 5, evidence: [{ ...named('result'), type: 'choice', choices: [named('good')] }] }],
  readiness: [{ ...named('restore'), area: 'restore', owner: 'engineer', mandatory: false, evidence: [{ ...named('on'), type: 'date' }] }],
  knowledge: [named('daily'), { ...named('night'), kind: 'shadowing' }],
  signOff: { steps: [{ ...named('owner'), roles: ['sponsor'], quorum: 'any' }] },
  earlyLife: { days: { parameter: 'days' }, criteria: [{ ...named('no-p1'), kind: 'figures', measure: 'incidents', priorities: ['p1'], over: 'each-day', limit: 0 }] },
});

function compiled(change: (control: Json, handover: Json, template: Json) => void = () => undefined) {
  const source = JSON.parse(smallVersion('4.0.0', (template) => {
    const control = template.phases.find(({ key }) => key === 'control') as Json;
    const handover = HANDOVER();
    Object.assign(template, { parameters: [{ ...named('days'), type: 'number', min: 0, max: 60, default: 20 }] });
    Object.assign(control, { kind: 'handover', handover, gate: { ...named('over'), criteria: [{ ...named('all'), kind: 'handover' }], approval: { steps: [{ ...named('board'), roles: ['board'], quorum: 'any' }] } } });
    change(control, handover, template);
  })) as object;
  const checked = checkShape(source);
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
  return { template: checked.template, result: compileSample(checked.template, calendar) };
}

test('the plan has what services need, who hands over and who signs', () => {
  const { template, result } = compiled();
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  const control = result.plan.phases.find(({ key }) => key === 'control');
  expect(control?.gate?.criteria).toEqual([{ key: 'all', kind: 'handover', phase: 'control', services: 'transferred', mandatory: true }]);
  expect(control?.handover).toMatchObject({
    delivering: ['manager'], serviceOwner: 'sponsor', teams: [{ key: 'desk', roles: ['security'] }],
    entries: [{ key: 'tested', kind: 'criterion', owner: 'engineer', dueDays: 5, mandatory: true }, { key: 'restore', kind: 'readiness', area: 'restore', mandatory: false }],
    topics: [{ key: 'daily', kind: 'session' }, { key: 'night', kind: 'shadowing' }], signOff: { outcomes: ['approve', 'approve-with-conditions', 'rework'] },
    earlyLife: { days: 20, count: 'working', acceptanceDays: 20, criteria: [{ key: 'no-p1', priorities: ['p1'] }] },
  });
  expect(texts(template)).toMatchObject({
    'entry:control/tested': smallText('tested'), 'entry:control/tested.guidance': smallText('how'), 'field:control/tested/result': smallText('result'), 'choice:control/tested/result/good': smallText('good'),
    'receiver:control/desk': smallText('desk'), 'topic:control/night': smallText('night'), 'sign-off:control/owner': smallText('owner'),
  });
});

test('a length of no days means no early-life support', () => {
  const { result } = compiled((_, __, template) => { template['parameters'][0].default = 0; });
  expect(result.ok && result.plan.phases.find(({ key }) => key === 'control')?.handover).not.toHaveProperty('earlyLife');
});

test.each<[string, (control: Json, handover: Json, template: Json) => void, [string, string]]>([
  ['a phase of another kind', (control) => { control['kind'] = 'stage'; }, ['not-handover', '/phases/3/handover']],
  ['a role that there is not', (_, handover) => { handover['delivering'] = ['nobody']; }, ['unknown-role', '/phases/3/handover/delivering/0']],
  ['a team without a role that there is', (_, handover) => { handover['teams'][0].roles = ['nobody']; }, ['unknown-role', '/phases/3/handover/teams/0/roles/0']],
  ['an owner that there is not', (_, handover) => { handover['readiness'][0].owner = 'nobody'; }, ['unknown-role', '/phases/3/handover/readiness/0/owner']],
  ['an entry that is called as a task', (_, handover) => { handover['criteria'][0].key = 'log-1'; }, ['duplicate-key', '/phases/3/handover/criteria/0/key']],
  ['an item that is called as a criterion', (_, handover) => { handover['readiness'][0].key = 'tested'; }, ['duplicate-key', '/phases/3/handover/readiness/0/key']],
  ['a choice that stands twice', (_, handover) => { handover['criteria'][0].evidence[0].choices = [named('good'), named('good')]; }, ['duplicate-key', '/phases/3/handover/criteria/0/evidence/0/choices/1/key']],
  ['a step that only some sign', (_, handover) => { handover['signOff'].steps[0].when = 'true'; }, ['sign-off-when', '/phases/3/handover/signOff/steps/0/when']],
  ['a step that nobody signs', (_, handover) => { handover['signOff'].steps[0].roles = []; }, ['step-without-approvers', '/phases/3/handover/signOff/steps/0/roles']],
  ['a length from no number', (_, handover) => { handover['earlyLife'].days = { parameter: 'none' }; }, ['unknown-parameter', '/phases/3/handover/earlyLife/days/parameter']],
  ['a gate that asks a phase without services', (_, __, template) => { template['phases'][1].gate.criteria.push({ ...named('services'), kind: 'handover' }); }, ['not-handover', '/phases/1/gate/criteria/1/kind']],
  ['a gate that asks a phase that does not come before', (_, __, template) => { template['phases'][1].gate.criteria.push({ ...named('services'), kind: 'handover', of: 'control' }); }, ['not-handover', '/phases/1/gate/criteria/1/of']],
])('%s is told', (_, change, [code, pointer]) => {
  const { result } = compiled(change);
  expect(result.ok ? [] : result.problems.map((each) => [each.code, each.pointer])).toContainEqual([code, pointer]);
});

test.each(['own-1', 'session-2', 'condition-1-2'])('an entry can not be called %s', (key) => {
  expect(() => compiled((_, handover) => { handover['criteria'][0].key = key; })).toThrow('reserved-key');
});
