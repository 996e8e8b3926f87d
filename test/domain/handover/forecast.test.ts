import { addWorkingDays } from '../../../domain/calendar';
import { expectedOfService, forecastHandovers } from '../../../domain/handover/forecast';
import { CALENDAR } from '../../support/plans';
import { handoverPlan, HANDOVER, SUPPORTED } from '../../support/handovers';

const at = (date: string): number => Date.parse(`${date}T10:00:00Z`);
const gateAt = (gate: string, p50: string, p80: string) => ({ gate, reached: 1, p50: at(p50), p80: at(p80), p95: at(p80) });
const GATES = [gateAt('acceptance', '2026-10-09', '2026-10-16'), gateAt('exit', '2026-10-12', '2026-11-30')];
const END = { p50: at('2026-12-01'), p80: at('2026-12-08'), p95: at('2026-12-15') };
const simulated = (gates = GATES, stuck = 0) => ({ gates, end: END, runs: 10, outcomes: { completed: 10 - stuck, stuck } });

test('services come when the gates pass that ask for them, and are supported in between', () => {
  const { handover } = forecastHandovers(handoverPlan(SUPPORTED), simulated());
  expect(handover).toMatchObject({ accept: { p50: at('2026-10-09'), p80: at('2026-10-16') }, exit: { p50: at('2026-10-12'), p80: at('2026-11-30') } });
  // Five working days from Friday 9 October: over at the midnight after Thursday 15, later than the gate in half of the runs.
  expect(new Date(handover?.transfer?.p50 ?? 0).toISOString()).toBe('2026-10-15T22:00:00.000Z');
  expect(handover?.transfer?.p80).toBe(at('2026-11-30'));
});

test('without early-life support they are taken over when they are signed off; a gate that no run reaches says nothing', () => {
  expect(forecastHandovers(handoverPlan(HANDOVER), simulated(GATES.slice(0, 1)))).toEqual({ handover: { accept: { p50: at('2026-10-09'), p80: at('2026-10-16') }, exit: null, transfer: { p50: at('2026-10-09'), p80: at('2026-10-16') } } });
  expect(forecastHandovers(handoverPlan(HANDOVER), simulated([]))).toEqual({ handover: { accept: null, exit: null, transfer: null } });
});

test('of a phase without a gate services come when the project ends, if it does', () => {
  const of = handoverPlan(HANDOVER);
  const open = { ...of, phases: of.phases.flatMap(({ gate: _, ...each }) => (each.key === 'handover' ? [each] : [])) };
  expect(forecastHandovers(open, simulated([]))['handover']?.transfer).toEqual({ p50: END.p50, p80: END.p80 });
  expect(forecastHandovers(open, simulated([], 10))['handover']).toEqual({ accept: null, exit: null, transfer: null });
});

test('nothing is expected before what is due or planned of a service', () => {
  const { handover } = forecastHandovers(handoverPlan(SUPPORTED), simulated());
  if (!handover) throw new Error('no handover');
  const due = addWorkingDays(CALENDAR, at('2026-10-20'), 0);
  expect(expectedOfService('preparing', handover, { acceptBy: due, transferBy: at('2026-12-24') })).toEqual({ accept: { p50: due, p80: due }, transfer: { p50: at('2026-12-24'), p80: at('2026-12-24') } });
  expect(expectedOfService('handed-back', handover, { acceptBy: at('2026-10-01'), transferBy: null })).toEqual({ accept: handover.accept, transfer: handover.transfer });
  expect(expectedOfService('early-life', handover, { acceptBy: null, transferBy: at('2026-10-20') })).toEqual({ accept: null, transfer: { p50: at('2026-10-20'), p80: at('2026-11-30') } });
  expect(expectedOfService('early-life', { ...handover, exit: null }, { acceptBy: null, transferBy: at('2026-10-20') }).transfer).toEqual({ p50: at('2026-10-20'), p80: at('2026-10-20') });
  expect(expectedOfService('transferred', handover, { acceptBy: null, transferBy: null })).toEqual({ accept: null, transfer: null });
});
