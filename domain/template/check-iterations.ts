/** How the teams of a phase work: do its names exist, each once, and does it fit together? */
import { SPRINT_DAYS } from '../plan';
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
  unique(iterations.teams, [...at, 'teams'], 'team of the phase');
  iterations.teams.forEach((team, index) => {
    team.roles.forEach((role, place) => needRole([...at, 'teams', index, 'roles', place], role));
    const length = typeof team.sprintDays === 'object' ? parameters.find(({ key }) => key === (team.sprintDays as { readonly parameter: string }).parameter) : undefined;
    if (length?.type === 'number' && !(length.max !== undefined && length.max <= SPRINT_DAYS)) {
      report([...at, 'teams', index, 'sprintDays'], 'sprint-too-long', `a sprint has at most ${SPRINT_DAYS} working days: give the parameter a max`);
    }
    for (const field of ['next', 'leftovers'] as const) {
      if (team[field] !== undefined && team.sprintDays === undefined) report([...at, 'teams', index, field], 'needs-sprints', 'a team without sprintDays has no sprints that could follow each other');
    }
  });
}
