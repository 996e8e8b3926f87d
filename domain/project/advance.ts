/** What a project's state calls for by itself: phases that can open, the end. */
import { own } from '../fold';
import { isTrue, type Resolve } from '../expression';
import { factKeyOf, type Facts } from '../facts';
import type { PlanPhase } from '../plan';
import type { StageAdoption } from './adoption';
import { advanceExceptions } from './baseline';
import { advanceChanges } from './changes';
import { endBeside, openBacklogs, openHandovers } from './children';
import { eventsOf } from './directory';
import type { PhaseState, ProjectEvent, ProjectState } from './types';

/** Whether a phase is behind: what comes after it may open. */
function isPassed(state: ProjectState, key: string): boolean {
  const phase = own(state.phases, key);
  if (phase?.skippedBy) return true;
  return phase !== undefined && (phase.status === 'passed' || phase.status === 'ended') && phase.outcome !== 'stop';
}

const canOpen = (state: ProjectState, phase: PlanPhase): boolean =>
  own(state.phases, phase.key)?.status === 'waiting'
  && (phase.key === state.diverted || phase.after.every((key) => isPassed(state, key)));

/** What the condition of a phase refers to. */
export function resolveIn(state: ProjectState): Resolve {
  return (to) => {
    if (to[0] === 'gate') return gateOutcome(state, to[1]);
    return to[0] === 'fact' ? (own(state.facts ?? {}, factKeyOf(to) ?? '') ?? null) : null;
  };
}

const phaseOfGate = (state: ProjectState, gate: string): PhaseState | undefined => {
  const phase = state.plan.phases.find((each) => each.gate?.key === gate);
  return phase && own(state.phases, phase.key);
};

function gateOutcome(state: ProjectState, gate: string): string | null {
  const outcome = phaseOfGate(state, gate)?.outcome;
  return outcome === undefined || outcome === 'no-gate' ? null : outcome;
}

/** When a gate was passed; of one that was passed elsewhere, what was told, and not when that became known here. */
function gateMoment(state: ProjectState, gate: string): number | null {
  const phase = phaseOfGate(state, gate);
  return (phase?.outcome === 'adopted' ? phase.adoptedAt : phase?.passedAt) ?? null;
}

/** What a phase takes over of what was done elsewhere. When it is done again, that does not count any more. */
export function adoptionOf({ adoption }: ProjectState, phase: string, round: number): StageAdoption | undefined {
  const adopted = adoption && round === 1 ? own(adoption.phases, phase) : undefined;
  return adoption && adopted && { ...adopted, source: adoption.source, person: adoption.person };
}

/** The facts that a phase imports, as they stand when it opens. */
export function importedFacts(state: ProjectState, imports: readonly string[]): Facts {
  return Object.fromEntries(imports.map((key) => {
    const gate = /^gate\/(.+)$/.exec(key)?.[1];
    if (gate !== undefined) return [key, gateOutcome(state, gate)];
    const moment = /^gate-at\/(.+)$/.exec(key)?.[1];
    if (moment !== undefined) return [key, gateMoment(state, moment)];
    return [key, own(state.facts ?? {}, key) ?? null];
  }));
}

/** The events that the state calls for now; none when it rests. */
export function advance(state: ProjectState, rules: number): readonly ProjectEvent[] {
  if (state.news && !state.revision) return [{ type: 'directory-settled' }, ...eventsOf(state, state.news)];
  if (state.cancelReason) return close(state) ?? endWhenAllEnded(state, 'cancelled');
  if (state.status !== 'running' || state.revision) return [];
  const called = [...advanceExceptions(state), ...advanceChanges(state, rules)];
  if (called.length > 0) return called;
  const opening = state.plan.phases.filter((phase) => canOpen(state, phase));
  if (opening.length > 0) {
    return opening.map(({ key, when }) => {
      const round = (own(state.phases, key)?.round ?? 0) + 1;
      // What happened elsewhere did happen, whatever the condition says of what is known of it.
      const isWanted = !when || key === state.diverted || adoptionOf(state, key, round) !== undefined || isTrue(when, resolveIn(state));
      return isWanted ? { type: 'phase-opened', phase: key, round } : { type: 'phase-skipped', phase: key, by: 'condition' };
    });
  }
  const beside = [...advanceBacklogs(state), ...advanceHandovers(state)];
  return beside.length > 0 ? beside : endWhenAllEnded(state, state.stoppedBy === undefined ? 'completed' : 'stopped');
}

/** A phase with iterations has a backlog from its first opening on, for as long as the plan has it so. */
function advanceBacklogs(state: ProjectState): ProjectEvent[] {
  const opened = state.plan.phases.flatMap(({ key, iterations }): ProjectEvent[] => {
    const phase = own(state.phases, key);
    return iterations && phase?.status === 'open' && !own(state.backlogs ?? {}, key) ? [{ type: 'backlog-opened', phase: key, round: phase.round }] : [];
  });
  const ended = openBacklogs(state).filter(([key]) => !state.plan.phases.some((phase) => phase.key === key && phase.iterations));
  return [...opened, ...ended.map(([phase]): ProjectEvent => ({ type: 'backlog-ended', phase }))];
}

/** Likewise a phase in which services are handed over. */
function advanceHandovers(state: ProjectState): ProjectEvent[] {
  const opened = state.plan.phases.flatMap(({ key, handover }): ProjectEvent[] => {
    const phase = own(state.phases, key);
    return handover && phase?.status === 'open' && !own(state.handovers ?? {}, key) ? [{ type: 'handover-opened', phase: key, round: phase.round }] : [];
  });
  const ended = openHandovers(state).filter(([key]) => !state.plan.phases.some((phase) => phase.key === key && phase.handover));
  return [...opened, ...ended.map(([phase]): ProjectEvent => ({ type: 'handover-ended', phase }))];
}

/** Opens the phase that closes a cancelled project, once all else has ended. */
function close({ closing = '', phases, revision }: ProjectState): readonly ProjectEvent[] | undefined {
  const phase = own(phases, closing);
  if (phase?.status !== 'waiting' || revision) return undefined;
  const isQuiet = Object.entries(phases).every(([key, { status }]) => key === closing || status === 'ended' || status === 'skipped');
  return isQuiet ? [{ type: 'phase-opened', phase: closing, round: phase.round + 1 }] : [];
}

function endWhenAllEnded(state: ProjectState, status: 'completed' | 'stopped' | 'cancelled'): readonly ProjectEvent[] {
  if (state.status === 'completed' || state.status === 'stopped' || state.status === 'cancelled') return [];
  const rests = Object.values(state.phases).every((phase) => phase.status === 'ended' || phase.status === 'skipped');
  return rests ? [...endBeside(state), { type: 'project-ended', status }] : [];
}
