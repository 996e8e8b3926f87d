/** When services are expected to be signed off and taken over, by the simulation of their project. */
import { localDate } from '../calendar';
import type { Plan, PlanHandover, PlanPhase } from '../plan';
import { chanceOf, durationOf } from '../play/random';
import { RESPONSE_DAYS, type SimulationResult } from '../play/simulate';
import type { Instant, Key } from '../process';
import { WorkClock } from '../work-clock';
import { endOf, firstDay } from './early-life';

/** Half of the runs are there by `p50`, eight of ten by `p80`. */
export interface Expected {
  readonly p50: Instant;
  readonly p80: Instant;
}

/** Of services that are handed over: when they are signed off, and when they are taken over, after their early-life support. null: no run comes so far. */
export interface ServiceForecast {
  readonly accept: Expected | null;
  readonly transfer: Expected | null;
}

/** Of the services of one phase. */
export interface HandoverForecast {
  /** By the gate that asks for services which are signed off; else by the gate of the phase, or the end of the project: at the latest. */
  readonly gate: ServiceForecast;
  /** Of one whose sign-off is open: it is answered as fast as the simulation has people answer, and nobody refuses. */
  readonly asked: ServiceForecast;
}

export type HandoverForecasts = Readonly<Record<Key, HandoverForecast>>;

const both = (of: (each: keyof Expected) => Instant): Expected => ({ p50: of('p50'), p80: of('p80') });

/**
 * In how many working days a sign-off is answered, in half of the runs and in eight of ten: each step as soon as one person answers who takes as long as any voter of the
 * simulation; steps side by side, or one after another.
 */
function answeredIn({ steps, parallel }: PlanHandover['signOff'], { runs, seed, phase }: Pick<SimulationResult, 'runs' | 'seed'> & { readonly phase: Key }): { readonly [each in keyof Expected]: number } {
  const days = Array.from({ length: runs }, (_, run) => {
    const each = steps.map(({ key }) => durationOf(RESPONSE_DAYS, chanceOf(seed, `${run}/${phase}/${key}/sign-off`)));
    return parallel ? Math.max(...each) : each.reduce((sum, one) => sum + one, 0);
  }).sort((one, other) => one - other);
  const within = (share: number): number => days[Math.max(0, Math.ceil(share * runs) - 1)] ?? 0;
  return { p50: within(0.5), p80: within(0.8) };
}

/** The later of the two, for each. */
const notBefore = (expected: Expected | null, at: Instant | null): Expected | null => expected && (at === null ? expected : both((each) => Math.max(expected[each], at)));

/** When services of each phase come. The simulation takes it that they are handed over in time. By phase. */
export function forecastHandovers({ phases, calendar }: Pick<Plan, 'phases' | 'calendar'>, { gates, end, outcomes, runs, seed, start }: Pick<SimulationResult, 'gates' | 'end' | 'outcomes' | 'runs' | 'seed' | 'start'>): HandoverForecasts {
  const clock = new WorkClock(calendar);
  const last: Expected | null = (outcomes['stuck'] ?? 0) < runs ? { p50: end.p50, p80: end.p80 } : null;
  const passes = (phase: PlanPhase | undefined): Expected | null => {
    const found = gates.find(({ gate }) => gate === phase?.gate?.key);
    return found ? { p50: found.p50, p80: found.p80 } : null;
  };
  return Object.fromEntries(phases.flatMap((phase): [Key, HandoverForecast][] => {
    const policy = phase.handover?.earlyLife;
    if (!phase.handover) return [];
    const answered = answeredIn(phase.handover.signOff, { runs, seed, phase: phase.key });
    const supported = (accept: Expected | null): ServiceForecast => ({
      accept, transfer: accept && (policy && policy.days > 0 ? both((each) => endOf(calendar, policy, { from: firstDay(calendar, policy, localDate(calendar, accept[each])), length: policy.days })) : accept),
    });
    const asking = passes(phases.find(({ gate }) => gate?.criteria.some((each) => each.kind === 'handover' && each.phase === phase.key && each.services === 'accepted')));
    return [[phase.key, {
      gate: supported(asking ?? (phase.gate ? passes(phase) : last)), asked: supported(both((each) => clock.toInstant(clock.toWork(start) + answered[each] * clock.dayMs))),
    }]];
  }));
}

/** What is expected of one service: never before what is due or planned of it. @param of its state, its dates by the plan, and the sign-off that is open. */
export function forecastOf({ status, acceptBy, transferBy, approval }: { readonly status: string; readonly acceptBy: Instant | null; readonly transferBy: Instant | null; readonly approval: string | null }, { gate, asked }: HandoverForecast): ServiceForecast {
  if (status === 'preparing' || status === 'handed-back') {
    const { accept, transfer } = approval === null ? gate : asked;
    return { accept: notBefore(accept, acceptBy), transfer: notBefore(transfer, transferBy) };
  }
  // Its period of support ends when it does, whatever else the project waits for.
  return { accept: null, transfer: status === 'early-life' && transferBy !== null ? { p50: transferBy, p80: transferBy } : null };
}
