/** What a reach of the waterway tells: a phase and its gate, as far as a drawing goes. */
import type { Schema } from '../../../client';
import type { Course } from './layout';

export type PhaseStatus = Schema<'Phase'>['status'];
export type GateStatus = Schema<'Gate'>['status'];

export interface Reach extends Course {
  readonly name: string;
  readonly kind: Schema<'Phase'>['kind'];
  readonly status: PhaseStatus;
  readonly gate: { readonly name: string; readonly status: GateStatus } | null;
  readonly done: number;
  readonly open: number;
  /** What is to be noticed about it, in words. */
  readonly note?: string;
}

/** How a gate is drawn: `ahead` is the next one, `beyond` comes after it. */
export type Lock = 'ahead' | 'asked' | 'beyond' | 'passed' | 'conditions' | 'sent-back' | 'stopped';

export function lockOf({ status, gate }: Pick<Reach, 'status' | 'gate'>): Lock | null {
  if (!gate || status === 'skipped') return null;
  switch (gate.status) {
    case 'approved': case 'adopted': return 'passed';
    case 'approved-with-conditions': return 'conditions';
    case 'stopped': return 'stopped';
    case 'sent-back': return 'sent-back';
    case 'open': return 'asked';
    case 'none': case 'waiting': return status === 'open' ? 'ahead' : status === 'waiting' ? 'beyond' : 'passed';
    default: return gate.status satisfies never;
  }
}

/** How full a reach is, 0 to 1: passed ones are, an open one as far as its tasks are done. */
export function levelOf({ status, done, open }: Pick<Reach, 'status' | 'done' | 'open'>): number {
  if (status === 'passed' || status === 'ended') return 1;
  return status === 'open' && done + open > 0 ? done / (done + open) : 0;
}

/**
 * The reaches of a project.
 * @param plan says what waits for what; without it phases lie in the order given.
 */
export function reachesOf(phases: readonly Schema<'Phase'>[], plan: Schema<'Plan'> | undefined): Reach[] {
  const shown = phases.filter(({ former }) => !former);
  return shown.map((each, place) => {
    const before = shown[place - 1]?.phase;
    return {
      key: each.phase, name: each.name, kind: each.kind, status: each.status, done: each.doneTasks, open: each.openTasks,
      after: plan ? (plan.phases.find(({ phase }) => phase === each.phase)?.after ?? []) : before === undefined ? [] : [before],
      gate: each.gate && { name: each.gate.name, status: each.gate.status },
    };
  });
}

/** The reaches of a project as the portfolio tells it. */
export function reachesIn(phases: Schema<'PortfolioItem'>['phases']): Reach[] {
  return phases.map(({ phase, name, kind, status, after, doneTasks, openTasks, gate }) => ({
    key: phase, name, kind, status, after, done: doneTasks, open: openTasks, gate: gate && { name: gate.name, status: gate.status as GateStatus },
  }));
}

/** The reaches of a lifecycle that nobody runs yet. */
export function reachesAhead(phases: readonly { readonly key: string; readonly name: string; readonly kind: Reach['kind']; readonly after: readonly string[]; readonly gate: string | null }[]): Reach[] {
  return phases.map(({ gate, ...phase }) => ({ ...phase, status: 'waiting', done: 0, open: 0, gate: gate === null ? null : { name: gate, status: 'waiting' } }));
}
