/** How the teams of a phase work: do its names exist, each once, and does it fit together? */
import { eventHoursAtMost, SPRINT_DAYS, SPRINT_EVENTS } from '../plan';
import { tasksBefore } from './check-conditions';
import { phasesBefore } from './conditions';
import type { Report } from './check-references';
import type { Template, TemplatePhase } from './schema';
import { say, type Sentence } from './say';

type Path = readonly (string | number)[];

/** A task can wait for items of another phase that has a backlog. */
export function checkAwaited(template: Template, phase: TemplatePhase, backlog: string, path: Path, report: Report): void {
  if (backlog === phase.key) report(path, 'depends-on-own-phase', say`a task can't wait for the backlog of its own phase: the gate can look at it`);
  else if (!template.phases.find(({ key }) => key === backlog)?.iterations) report(path, 'not-iterations', say`"${backlog}" is no phase with a backlog`);
}

/** What the whole template says of a backlog: who decides beyond what is the Product Owner's; and items can wait for deliverables that are produced, in a phase that does not come after their own; and what produces them may not wait for those items. */
export function checkNeeds(template: Template, phase: TemplatePhase, path: Path, report: Report): void {
  const control = phase.iterations?.scopeControl;
  if (control && !template.changeControl) report([...path, 'iterations', 'scopeControl'], 'scope-without-changes', say`nobody could decide on more: give the template change control`);
  if (control && phase.iterations?.teams.every(({ sprintDays }) => sprintDays === undefined)) {
    report([...path, 'iterations', 'scopeControl'], 'needs-sprints', say`what is promised is what stands in the backlog when the first sprint starts, and no team has sprints`);
  }
  phase.iterations?.needs?.forEach((need, index) => {
    const at = [...path, 'iterations', 'needs', index];
    const of = template.phases.find(({ key }) => key === need.phase);
    if (!of) return report([...at, 'phase'], 'unknown-phase', say`there is no phase "${need.phase}"`);
    if (need.phase === phase.key) return report([...at, 'phase'], 'depends-on-own-phase', say`items can wait for what other phases deliver`);
    const producers = of.tasks.filter(({ produces }) => produces.includes(need.deliverable));
    if (producers.length === 0) return report([...at, 'deliverable'], 'deliverable-not-produced', say`no task of "${need.phase}" produces "${need.deliverable}"`);
    if (phasesBefore(template, need.phase).has(phase.key)) report([...at, 'phase'], 'dependency-cycle', say`"${need.phase}" comes after "${phase.key}", so that its items could never begin`);
    const waiting = producers.some(({ key }) => [key, ...tasksBefore(of, key)].some((task) => of.tasks.find((each) => each.key === task)?.after.some((one) => (
      typeof one !== 'string' && 'backlog' in one && one.backlog === phase.key && one.label === need.label))));
    if (waiting) report(at, 'dependency-cycle', say`what produces "${need.deliverable}" waits for the items that wait for it`);
  });
}

/** @param needRole reports a role that the template does not have. @param unique reports keys that stand twice. */
export function checkIterations(
  { kind, iterations }: TemplatePhase, parameters: Template['parameters'], path: Path, report: Report, needRole: (path: Path, role: string) => void,
  unique: (items: readonly { readonly key: string }[], path: Path, kind: Sentence) => void,
): void {
  if (!iterations) return;
  const at = [...path, 'iterations'];
  if (kind !== 'iterations') report(at, 'not-iterations', say`a phase of the kind "${kind}" has no backlog: make it one of the kind "iterations"`);
  needRole([...at, 'productOwner'], iterations.productOwner);
  if (iterations.facilitator !== undefined) needRole([...at, 'facilitator'], iterations.facilitator);
  unique(iterations.columns, [...at, 'columns'], say`column`);
  unique(iterations.ready ?? [], [...at, 'ready'], say`entry of the Definition of Ready`);
  unique(iterations.done ?? [], [...at, 'done'], say`entry of the Definition of Done`);
  unique(iterations.pulse ?? [], [...at, 'pulse'], say`question of the pulse`);
  unique(iterations.teams, [...at, 'teams'], say`team of the phase`);
  iterations.teams.forEach((team, index) => {
    team.roles.forEach((role, place) => needRole([...at, 'teams', index, 'roles', place], role));
    const length = typeof team.sprintDays === 'object' ? parameters.find(({ key }) => key === (team.sprintDays as { readonly parameter: string }).parameter) : undefined;
    if (length?.type === 'number' && !(length.max !== undefined && length.max <= SPRINT_DAYS)) {
      report([...at, 'teams', index, 'sprintDays'], 'sprint-too-long', say`a sprint has at most ${SPRINT_DAYS} working days: give the parameter a max`);
    }
    // Of a length that a project chooses, its longest sprint: in a shorter one there is less time.
    const days = typeof team.sprintDays === 'number' ? team.sprintDays : length?.type === 'number' ? length.max : undefined;
    for (const event of SPRINT_EVENTS) {
      const [hours, most] = [team.events?.[event], eventHoursAtMost(event, days)];
      if (hours !== undefined && hours > most) report([...at, 'teams', index, 'events', event], 'event-too-long', say`in a sprint of this length it takes at most ${most} hours (Scrum Guide 2020)`);
    }
    for (const field of ['next', 'leftovers'] as const) {
      if (team[field] !== undefined && team.sprintDays === undefined) report([...at, 'teams', index, field], 'needs-sprints', say`a team without sprintDays has no sprints that could follow each other`);
    }
  });
}
