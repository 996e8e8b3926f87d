/** Early-life support within the handover of a phase: from the sign-off of a service to its transfer, with time that passes by itself. */
import type { EarlyLifePolicy } from '../../../domain/handover/early-life-types';
import { WEBHOOK_SOURCE } from '../../../domain/handover/decide-figures';
import { handover } from '../../../domain/handover';
import type { HandoverCommand, HandoverEvent, HandoverInput, HandoverState } from '../../../domain/handover/types';
import type { PlanHandover } from '../../../domain/plan';
import type { Authority } from '../../../domain/process';
import type { DayRow, ServiceRow } from '../../../domain/rows';
import { CALENDAR, plan } from '../../support/plans';
import { person, Scenario, system } from '../../support/scenario';

const POLICY: EarlyLifePolicy = {
  days: 3, count: 'working', extension: { days: 2, times: 1 }, acceptanceDays: 10,
  criteria: [{ key: 'levels', kind: 'figures', measure: 'service-level', over: 'each-day', limit: 99 }, { key: 'trained', kind: 'training' }],
};
const HANDOVER: PlanHandover = {
  delivering: ['engineer'], serviceOwner: 'sponsor', teams: [{ key: 'ops', roles: ['security'] }], entries: [], topics: [],
  signOff: { steps: [{ key: 'ops', roles: ['security'], quorum: 'any' }], reasonRequired: [] }, earlyLife: POLICY,
};
const INPUT: HandoverInput = {
  project: 'P', parent: 'project/P', id: 'project/P/phase/go/1/handover', phase: 'go', handover: HANDOVER, planRoles: plan([]).roles, managerRole: 'manager', calendar: CALENDAR,
  roles: { manager: ['mia'], engineer: ['eva'], sponsor: ['sam'], security: ['sol'] },
};
const mia = person('mia', 'manager');
const eva = person('eva', 'engineer');
const sam = person('sam', 'sponsor');
const sol = person('sol', 'security');
const text = { text: 't' };
const FIGURES = { incidents: { p1: 0, p2: 0, p3: 1, p4: 2 }, serviceLevel: 99.5, defects: 2, calls: 7 };

type Run = Scenario<HandoverInput, HandoverState, HandoverCommand, HandoverEvent>;
const at = (date: string, time = '09:00') => Date.parse(`${date}T${time}:00Z`);

/** A service that was signed off on Monday 5 October 2026: its support lasts until the end of Wednesday. */
function supported(more: Partial<PlanHandover> = {}): Run {
  const run: Run = new Scenario(handover, { ...INPUT, handover: { ...HANDOVER, ...more } });
  run.given({ type: 'open' }, system);
  run.given({ type: 'add-services', services: [{ name: text }] }, mia);
  run.given({ type: 'ask-sign-off', service: 'service-1' }, mia);
  sign(run);
  return run;
}
function sign(run: Run): void {
  const { round, digest } = serviceOf(run).signOff;
  run.given({ type: 'approval-decided', service: 'service-1', round, digest: digest ?? '', outcome: 'approve', conditions: [], rework: [] }, system);
}
function serviceOf(run: Run) {
  const service = run.state.services['service-1'];
  if (!service) throw new Error('no service');
  return service;
}
const tell = (run: Run, date: string, serviceLevel = 99.5, who: Authority = sol, correction = false) =>
  run.when({ type: 'record-figures', source: who.kind === 'system' ? 'webhook' : 'hand', entries: [{ service: 'service-1', date, figures: { ...FIGURES, serviceLevel }, ...(correction && { correction: true as const }) }] }, who);
const typesOf = (events: readonly { readonly type: string }[]) => events.map(({ type }) => type);

test('a service that is signed off is in support, and is transferred when its criteria are met', () => {
  const run = supported();
  expect(serviceOf(run)).toMatchObject({ status: 'early-life', earlyLife: { from: '2026-10-05', length: 3 } });
  expect(run.refusal({ type: 'transfer', service: 'service-1' }, sam)).toBe('early-life-not-over');
  for (const date of ['2026-10-05', '2026-10-06', '2026-10-07']) {
    run.now = at(date);
    expect(tell(run, date)).toHaveProperty('events');
  }
  expect(handover.due(run.state)).toEqual({ at: at('2026-10-07', '22:00'), command: { type: 'remind' } });
  expect(run.ring()).toMatchObject([{ type: 'early-life-judged', outcome: 'met' }]);
  expect(run.effects).toContainEqual(expect.objectContaining({ kind: 'notify', notice: 'early-life-met' }));
  expect(run.refusal({ type: 'transfer', service: 'service-1' }, eva)).toBe('not-permitted');
  expect(typesOf(run.given({ type: 'transfer', service: 'service-1' }, sam))).toEqual(['service-transferred', 'handover-stood']);
  expect(serviceOf(run)).toMatchObject({ status: 'transferred', earlyLife: { endedAt: run.now } });
  expect(tell(run, '2026-10-07', 98)).toMatchObject({ rejection: { code: 'early-life-closed' } });
});

test('without early-life support in the plan it is transferred when it is signed off', () => {
  const { earlyLife: _, ...rest } = HANDOVER;
  const run: Run = new Scenario(handover, { ...INPUT, handover: rest });
  run.given({ type: 'open' }, system);
  run.given({ type: 'add-services', services: [{ name: text }] }, mia);
  run.given({ type: 'ask-sign-off', service: 'service-1' }, mia);
  sign(run);
  expect(serviceOf(run)).toMatchObject({ status: 'transferred' });
});

test('a criterion that is not met lengthens it; then who receives it takes it for a time, and a condition stays', () => {
  const run = supported();
  run.now = at('2026-10-07');
  tell(run, '2026-10-05');
  tell(run, '2026-10-06', 97);
  tell(run, '2026-10-07');
  expect(run.ring()).toMatchObject([{ type: 'early-life-extended', days: 2, criteria: ['levels'] }]);
  const accept = { type: 'accept-unmet', service: 'service-1', criteria: ['levels'], asked: { defect: text, plan: text, owner: 'engineer', dueDays: 3 } } as const;
  // Who hands over does not take it from themselves, whatever else they are.
  expect(run.refusal(accept, person('eva', 'engineer', 'security'))).toBe('separation-of-duties');
  expect(run.refusal(accept, eva)).toBe('not-permitted');
  expect(typesOf(run.given(accept, sol))).toEqual(['unmet-accepted', 'condition-agreed', 'early-life-judged']);
  run.given({ type: 'transfer', service: 'service-1' }, sol);
  expect(serviceOf(run)).toMatchObject({ status: 'transferred', conditions: { 'condition-exit-1': { status: 'open', owner: 'engineer' } } });
  // It is over three working days later, and shows until it is met.
  expect(run.ring()).toEqual([{ type: 'condition-expired', service: 'service-1', condition: 'condition-exit-1' }]);
  expect(run.effects).toContainEqual(expect.objectContaining({ notice: 'acceptance-expired' }));
  run.given({ type: 'meet-condition', service: 'service-1', condition: 'condition-exit-1', note: text }, eva);
  expect(serviceOf(run).conditions['condition-exit-1']?.status).toBe('met');
});

test('an acceptance that is over before the transfer keeps the service again', () => {
  const run = supported();
  run.now = at('2026-10-07');
  tell(run, '2026-10-05');
  tell(run, '2026-10-06', 97);
  tell(run, '2026-10-07');
  run.ring();
  run.given({ type: 'accept-unmet', service: 'service-1', criteria: ['levels'], asked: { defect: text, plan: text, owner: 'engineer', dueDays: 1 } }, sol);
  expect(typesOf(run.ring())).toEqual(['condition-expired', 'early-life-judged']);
  expect(run.refusal({ type: 'transfer', service: 'service-1' }, sol)).toBe('exit-criteria-open');
  run.given({ type: 'renew-condition', service: 'service-1', condition: 'condition-exit-1', dueDays: 5, note: text }, sol);
  expect(run.refusal({ type: 'transfer', service: 'service-1' }, sol)).toBeUndefined();
});

test('a service that is handed back ends its support, and gets a new one when it is signed anew; what was told stays', () => {
  const run = supported({ entries: [{ key: 'backup', kind: 'readiness', owner: 'engineer', mandatory: false, evidence: [{ key: 'note', type: 'text', required: false }] }] });
  run.given({ type: 'meet-entry', service: 'service-1', entry: 'backup', evidence: {} }, eva);
  sign(run);
  run.now = at('2026-10-06');
  tell(run, '2026-10-05');
  run.given({ type: 'hand-back', service: 'service-1', reason: text, missing: ['backup'] }, sol);
  expect(serviceOf(run)).toMatchObject({ status: 'handed-back', earlyLife: { endedAt: run.now } });
  expect(tell(run, '2026-10-06')).toMatchObject({ rejection: { code: 'early-life-closed' } });
  expect(handover.due(run.state)?.command.type).not.toBe('remind');
  run.now = at('2026-10-09');
  run.given({ type: 'meet-entry', service: 'service-1', entry: 'backup', evidence: {} }, eva);
  sign(run);
  expect(serviceOf(run).earlyLife).toMatchObject({ from: '2026-10-09', length: 3, days: { '2026-10-05': {} } });
  expect(serviceOf(run).earlyLife).not.toHaveProperty('endedAt');
});

test('figures come from both sides and from signed messages, from nobody else', () => {
  const run = supported();
  run.now = at('2026-10-06');
  expect(tell(run, '2026-10-05', 99, person('olga'))).toMatchObject({ rejection: { code: 'not-permitted' } });
  expect(tell(run, '2026-10-05', 99, system)).toMatchObject({ rejection: { code: 'not-permitted' } });
  expect(tell(run, '2026-10-05', 99, eva)).toHaveProperty('events');
  expect(tell(run, '2026-10-06', 99, { kind: 'system', source: `${WEBHOOK_SOURCE}W1` })).toHaveProperty('events');
  expect(run.log.at(-1)?.by).toEqual({ kind: 'system', source: 'webhook/W1' });
  expect(run.when({ type: 'record-figures', source: 'hand', entries: [{ service: 'service-1', date: '2026-10-06', figures: FIGURES, correction: true }] }, { kind: 'system', source: `${WEBHOOK_SOURCE}W1` })).toMatchObject({ rejection: { code: 'not-permitted' } });
});

test('a project on hold: figures are taken, the period is judged when it goes on', () => {
  const run = supported();
  run.given({ type: 'prepare', revision: 1, kind: 'hold' }, system);
  run.given({ type: 'commit', revision: 1, kind: 'hold' }, system);
  run.now = at('2026-10-08');
  for (const date of ['2026-10-05', '2026-10-06', '2026-10-07']) expect(typesOf((tell(run, date) as { events: HandoverEvent[] }).events)).toEqual(['figures-recorded']);
  expect(run.refusal({ type: 'transfer', service: 'service-1' }, sol)).toBe('project-held');
  run.given({ type: 'prepare', revision: 2, kind: 'resume' }, system);
  expect(typesOf(run.given({ type: 'commit', revision: 2, kind: 'resume' }, system))).toEqual(['revision-committed', 'early-life-judged']);
});

test('rows: figures of a day are rows of their own, the row of the service stays small', () => {
  const run = supported();
  run.now = at('2026-10-06');
  tell(run, '2026-10-05');
  tell(run, '2026-10-05', 98, eva, true);
  const recorded = run.log.at(-1);
  if (!recorded) throw new Error('nothing happened');
  const rows = handover.rows(run.state, recorded);
  expect(rows.map(({ table, id }) => [table, id])).toEqual([['service', `${INPUT.id}/service/service-1`], ['day', `${INPUT.id}/service/service-1/day/2026-10-05`]]);
  expect(rows[0]?.data as ServiceRow).toHaveProperty('earlyLife', { startedAt: expect.any(Number), from: '2026-10-05', length: 3, extensions: [], acceptances: [], expected: '111', timeZone: 'Europe/Brussels', until: '2026-10-07', told: '2026-10-05' });
  expect(rows[1]?.data as DayRow).toMatchObject({ by: 'eva', figures: [0, 0, 1, 2, 98, 2, 7], before: [{ by: 'sol', figures: [0, 0, 1, 2, 99.5, 2, 7] }] });
  // All rows at once are the same.
  expect(handover.rows(run.state)).toEqual(expect.arrayContaining([...rows]));
});
