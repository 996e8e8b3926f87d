/** How the teams of a phase work: do its names exist, each once, and does it fit together? */
import { eventHoursAtMost, SPRINT_DAYS, SPRINT_EVENTS } from '../plan';
import type { Report } from './check-references';
import type { Template, TemplatePhase } from './schema';

type Path = readonly (string | number)[];

/** @param needRole reports a role that the template does not have. @param unique reports keys that stand twice. */
export function checkIterations(
  { kind, iterations }: TemplatePhase, parameters: Template['parameters'], path: Path, report: Report, needRole: (path: Path, role: string) => void,
  unique: (items: readonly { readonly key: string }[], path: Path, kind: string) => void,
): void {
  if (!iterations) return;
  const at = [...path, 'iterations'];
  if (kind !== 'iterations') report(at, 'not-iterations', `a phase of the kind "${kind}" has no backlog: make it one of the kind "iterations"`);
  needRole([...at, 'productOwner'], iterations.productOwner);
  if (iterations.facilitator !== undefined) needRole([...at, 'facilitator'], iterations.facilitator);
  unique(iterations.columns, [...at, 'columns'], 'column');
  unique(iterations.ready ?? [], [...at, 'ready'], 'entry of the Definition of Ready');
  unique(iterations.done ?? [], [...at, 'done'], 'entry of the Definition of Done');
  unique(iterations.pulse ?? [], [...at, 'pulse'], 'question of the pulse');
  unique(iterations.teams, [...at, 'teams'], 'team of the phase');
  iterations.teams.forEach((team, index) => {
    team.roles.forEach((role, place) => needRole([...at, 'teams', index, 'roles', place], role));
    const length = typeof team.sprintDays === 'object' ? parameters.find(({ key }) => key === (team.sprintDays as { readonly parameter: string }).parameter) : undefined;
    if (length?.type === 'number' && !(length.max !== undefined && length.max <= SPRINT_DAYS)) {
      report([...at, 'teams', index, 'sprintDays'], 'sprint-too-long', `a sprint has at most ${SPRINT_DAYS} working days: give the parameter a max`);
    }
    // Of a length that a project chooses, its longest sprint: in a shorter one there is less time.
    const days = typeof team.sprintDays === 'number' ? team.sprintDays : length?.type === 'number' ? length.max : undefined;
    for (const event of SPRINT_EVENTS) {
      const [hours, most] = [team.events?.[event], eventHoursAtMost(event, days)];
      if (hours !== undefined && hours > most) report([...at, 'teams', index, 'events', event], 'event-too-long', `in a sprint of this length it takes at most ${most} hours (Scrum Guide 2020)`);
    }
    for (const field of ['next', 'leftovers'] as const) {
      if (team[field] !== undefined && team.sprintDays === undefined) report([...at, 'teams', index, field], 'needs-sprints', 'a team without sprintDays has no sprints that could follow each other');
    }
  });
}
