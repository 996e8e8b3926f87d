/** What tells the states of a play apart. */
import type { Facts } from '../facts';
import type { Plan } from '../plan';
import type { Key } from '../process';
import { phaseStream } from '../project/children';
import type { StageState } from '../stage/types';
import { tellsApart } from './answers';
import type { Assignment } from './assignments';
import type { Play } from './play';

const NO_FACTS: Facts = {};

/** A phase in its round. */
export const roundOf = (stage: StageState): string => `${stage.input.phase.key}/${stage.input.round}`;

/** A text of each object, made once: states and choices never change. */
function oncePer<T extends object>(make: (of: T) => string): (of: T) => string {
  const known = new WeakMap<T, string>();
  return (of) => {
    const text = known.get(of) ?? make(of);
    known.set(of, text);
    return text;
  };
}

const textOfTasks = oncePer(({ tasks, gate }: StageState) => {
  const each = Object.entries(tasks).map(([task, { status }]) => `${task.startsWith('condition-') ? '' : task}${status}`);
  return `${gate.status}:${each.sort().join(',')}`;
});
const textOfChoice = oncePer((choice: Assignment) => `chosen ${[...choice].join(',')}`);
const textOfFacts = oncePer((facts: Facts) => JSON.stringify(facts));

/** How a phase was passed, as far as anything asks for it: conditions that are met by then make no difference. */
function outcomeOf(plan: Plan, phase: Key, outcome: string | undefined): string {
  if (outcome !== 'approve-with-conditions') return outcome ?? '';
  const gate = plan.phases.find(({ key }) => key === phase)?.gate?.key;
  return gate !== undefined && tellsApart(plan).has(gate) ? outcome : 'approve';
}

/** What decides on all that can follow: not when, by whom or in which round. */
export function stateKey(play: Play, chosen: ReadonlyMap<Key, Assignment>): string {
  const project = play.project();
  const { closing } = project;
  const stage = closing === undefined ? undefined : play.stage(phaseStream(project.project, closing, project.phases[closing]?.round ?? 0));
  // Of a cancelled project nothing follows but its closing, and that knows what it imported.
  if (closing !== undefined && stage) {
    const choice = chosen.get(roundOf(stage));
    return `${project.status} cancelled|${project.phases[closing]?.status}|${textOfTasks(stage)}|${choice ? textOfChoice(choice) : ''}|${textOfFacts(stage.input.facts ?? NO_FACTS)}`;
  }
  const phases = Object.entries(project.phases).map(([key, { status, outcome, round }]) => {
    if (status !== 'open' && status !== 'passed') return `${key}:${status}:${outcomeOf(project.plan, key, outcome)}`;
    const stage = play.stage(phaseStream(project.project, key, round));
    const choice = stage && chosen.get(roundOf(stage));
    return `${key}:${status}:${stage ? textOfTasks(stage) : ':'}:${choice ? textOfChoice(choice) : ''}`;
  });
  return `${project.status}|${project.stoppedBy ?? ''}|${project.diverted ?? ''}|${phases.join('|')}|${textOfFacts(project.facts ?? NO_FACTS)}`;
}
