/** When services are expected to be signed off and taken over, by the simulation of their project. */
import { localDate } from '../calendar';
import type { Plan, PlanPhase, Reached } from '../plan';
import type { SimulationResult } from '../play/simulate';
import type { Instant, Key } from '../process';
import { endOf, firstDay } from './early-life';

/** Half of the runs are there by `p50`, eight of ten by `p80`. */
export interface Expected {
  readonly p50: Instant;
  readonly p80: Instant;
}

/** Of the services of one phase. */
export interface HandoverForecast {
  /** When the gate passes that asks for services which are signed off; else the gate of the phase, or the end of the project. */
  readonly accept: Expected | null;
  /** When the gate passes that asks for services which were transferred; null: none does. */
  readonly exit: Expected | null;
  /** When one that is signed off at `accept` is taken over: after its early-life support, and not before `exit`. */
  readonly transfer: Expected | null;
}

export type HandoverForecasts = Readonly<Record<Key, HandoverForecast>>;

const both = (of: (each: keyof Expected) => Instant): Expected => ({ p50: of('p50'), p80: of('p80') });

/** The later of two, each by itself; what is not known keeps nobody. */
export function later(one: Expected | null, other: Expected | Instant | null): Expected | null {
  if (one === null) return null;
  return other === null ? one : both((each) => Math.max(one[each], typeof other === 'number' ? other : other[each]));
}

/** When services of each phase come. The simulation takes it that they are handed over in time. By phase. */
export function forecastHandovers({ phases, calendar }: Pick<Plan, 'phases' | 'calendar'>, { gates, end, outcomes, runs }: Pick<SimulationResult, 'gates' | 'end' | 'outcomes' | 'runs'>): HandoverForecasts {
  const last: Expected | null = (outcomes['stuck'] ?? 0) < runs ? { p50: end.p50, p80: end.p80 } : null;
  const passes = (phase: PlanPhase | undefined): Expected | null => {
    const found = gates.find(({ gate }) => gate === phase?.gate?.key);
    return found ? { p50: found.p50, p80: found.p80 } : null;
  };
  const asking = (of: Key, services: Reached): Expected | null => passes(phases.find(({ gate }) => gate?.criteria.some((each) => each.kind === 'handover' && each.phase === of && each.services === services)));
  return Object.fromEntries(phases.flatMap((phase): [Key, HandoverForecast][] => {
    const policy = phase.handover?.earlyLife;
    if (!phase.handover) return [];
    const accept = asking(phase.key, 'accepted') ?? (phase.gate ? passes(phase) : last);
    const exit = asking(phase.key, 'transferred');
    const supported = accept && (policy && policy.days > 0 ? both((each) => endOf(calendar, policy, { from: firstDay(calendar, policy, localDate(calendar, accept[each])), length: policy.days })) : accept);
    return [[phase.key, { accept, exit, transfer: later(supported, exit) }]];
  }));
}

/** What is expected of one service: never before what is due or planned of it. @param by its dates by the plan. */
export function expectedOfService(status: string, { accept, exit, transfer }: HandoverForecast, by: { readonly acceptBy: Instant | null; readonly transferBy: Instant | null }): Pick<HandoverForecast, 'accept' | 'transfer'> {
  if (status === 'preparing' || status === 'handed-back') return { accept: later(accept, by.acceptBy), transfer: later(transfer, by.transferBy) };
  if (status !== 'early-life') return { accept: null, transfer: null };
  // Its period of support ends when it does, whatever else the project waits for.
  return { accept: null, transfer: exit ? later(exit, by.transferBy) : by.transferBy === null ? null : { p50: by.transferBy, p80: by.transferBy } };
}
