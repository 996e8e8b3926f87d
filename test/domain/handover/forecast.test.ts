import { forecastHandovers, forecastOf } from '../../../domain/handover/forecast';
import type { PlanHandover } from '../../../domain/plan';
import { WorkClock } from '../../../domain/work-clock';
import { CALENDAR } from '../../support/plans';
import { handoverPlan, HANDOVER, SUPPORTED } from '../../support/handovers';

const at = (date: string): number => Date.parse(`${date}T10:00:00Z`);
const midnight = (date: string): number => Date.parse(`${date}T22:00:00Z`);
const GATES = [{ gate: 'acceptance', reached: 1, p50: at('2026-10-09'), p80: at('2026-10-16'), p95: at('2026-10-16') }];
const END = { p50: at('2026-12-01'), p80: at('2026-12-08'), p95: at('2026-12-15') };
const simulated = (gates = GATES, stuck = 0) => ({ gates, end: END, runs: 10, seed: 1, outcomes: { completed: 10 - stuck, stuck }, start: at('2026-10-05') });
const waiting = { status: 'preparing', acceptBy: null, transferBy: null, approval: null };

test('services come when the gate passes that asks for them, and are supported from then on', () => {
  const { handover } = forecastHandovers(handoverPlan(SUPPORTED), simulated());
  // Five working days from Friday 9 October: over at the midnight after Thursday 15.
  expect(handover?.gate).toEqual({ accept: { p50: at('2026-10-09'), p80: at('2026-10-16') }, transfer: { p50: midnight('2026-10-15'), p80: midnight('2026-10-22') } });
});

test('one whose sign-off is open waits for answers alone, as long as the simulation has people take', () => {
  const clock = new WorkClock(CALENDAR);
  const start = clock.toWork(at('2026-10-05'));
  const { parallel: _, ...inTurn } = SUPPORTED.signOff;
  const [step] = SUPPORTED.signOff.steps;
  const answered = (signOff: PlanHandover['signOff']): number[] => {
    const { handover } = forecastHandovers(handoverPlan({ ...SUPPORTED, signOff }), { ...simulated(), runs: 2_000 });
    const { accept } = handover ? forecastOf({ ...waiting, approval: 'a' }, handover) : { accept: null };
    return [accept?.p50 ?? 0, accept?.p80 ?? 0].map((each) => (clock.toWork(each) - start) / clock.dayMs);
  };
  // From half a day to three, most likely one: by the triangular distribution, of one answer, of the later of two, and of one after the other.
  const expected = [[1.42, 2], [1.79, 2.27], [2.95, 3.66]];
  [[{ ...SUPPORTED.signOff, steps: step ? [step] : [] }], [SUPPORTED.signOff], [inTurn]].flat().forEach((signOff, index) => {
    answered(signOff).forEach((days, place) => { expect(Math.abs(days - (expected[index]?.[place] ?? 0))).toBeLessThan(0.15); });
  });
  const { handover } = forecastHandovers(handoverPlan(SUPPORTED), simulated());
  if (!handover) throw new Error('no handover');
  const asked = forecastOf({ ...waiting, approval: 'a' }, handover);
  // Signed within two days, and supported for five working days from then on.
  expect(asked.transfer).toEqual({ p50: midnight('2026-10-13'), p80: midnight('2026-10-13') });
  expect(forecastOf(waiting, handover)).toEqual(handover.gate);
});

test('without early-life support they are taken over when they are signed off; a gate that no run reaches says nothing', () => {
  expect(forecastHandovers(handoverPlan(HANDOVER), simulated())['handover']?.gate).toEqual({ accept: { p50: at('2026-10-09'), p80: at('2026-10-16') }, transfer: { p50: at('2026-10-09'), p80: at('2026-10-16') } });
  expect(forecastHandovers(handoverPlan(HANDOVER), simulated([]))['handover']?.gate).toEqual({ accept: null, transfer: null });
});

test('of a phase without a gate services come when the project ends, if it does', () => {
  const of = handoverPlan(HANDOVER);
  const open = { ...of, phases: of.phases.flatMap(({ gate: _, ...each }) => (each.key === 'handover' ? [each] : [])) };
  expect(forecastHandovers(open, simulated([]))['handover']?.gate.transfer).toEqual({ p50: END.p50, p80: END.p80 });
  expect(forecastHandovers(open, simulated([], 10))['handover']?.gate).toEqual({ accept: null, transfer: null });
});

test('nothing is expected before what is due or planned of a service', () => {
  const { handover } = forecastHandovers(handoverPlan(SUPPORTED), simulated());
  if (!handover) throw new Error('no handover');
  const [due, over] = [at('2026-10-12'), at('2026-12-24')];
  expect(forecastOf({ ...waiting, acceptBy: due, transferBy: over }, handover)).toEqual({ accept: { p50: due, p80: at('2026-10-16') }, transfer: { p50: over, p80: over } });
  expect(forecastOf({ ...waiting, status: 'handed-back', acceptBy: at('2026-10-01') }, handover)).toEqual(handover.gate);
  expect(forecastOf({ ...waiting, status: 'early-life', transferBy: over }, handover)).toEqual({ accept: null, transfer: { p50: over, p80: over } });
  expect(forecastOf({ ...waiting, status: 'transferred' }, handover)).toEqual({ accept: null, transfer: null });
});
