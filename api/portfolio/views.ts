/** What the API says about a portfolio. */
import { z } from 'zod';
import { COURSES, type Reason } from '../../domain/portfolio/course';
import { own } from '../../domain/fold';
import { toIso } from '../http/instant';
import type { Language } from '../http/language';
import type { Names } from '../names';
import { instant, key, namedKey, namedPerson } from '../schemas';
import { fillIn } from '../texts';
import { KINDS, REASONS } from '../texts/reasons';
import { projectStatus } from '../projects/views';
import type { Overview } from './overview';

export const course = z.enum(['off-course', 'at-risk', 'on-course', 'on-hold', 'ended']).meta({ description: 'By the rules of docs/portfolio.md.' });

const phase = z.strictObject({
  phase: key, name: z.string(), kind: z.enum(['stage', 'iterations', 'rollout', 'handover']), after: z.array(key).meta({ description: 'Phases that it follows.' }),
  status: z.enum(['waiting', 'open', 'passed', 'ended', 'skipped']), startAt: instant.nullable(), endAt: instant.nullable().meta({ description: 'When it was over, or is expected to be.' }), baselineEndAt: instant.nullable(),
  openTasks: z.int(), doneTasks: z.int(),
  gate: z.strictObject({ gate: key, name: z.string(), status: z.string(), approval: z.string().nullable() }).nullable(),
});

export const portfolioItem = z.strictObject({
  id: z.string(), name: z.string().nullable(), status: projectStatus, template: z.strictObject({ key, version: z.string(), name: z.string() }), program: namedKey.nullable(),
  managers: z.array(namedPerson), startedAt: instant, endedAt: instant.nullable(),
  course, reasons: z.array(z.strictObject({ code: z.string(), text: z.string() })).meta({ description: 'Why it is not on course, the gravest first.' }),
  baselineEndAt: instant.nullable().meta({ description: 'What was promised.' }), planEndAt: instant.nullable(),
  expectedEndAt: instant.nullable().meta({ description: 'As it stands: by the plan, and nothing that is not over ends before now. `GET /projects/{project}/forecast` simulates.' }),
  slipDays: z.number().nullable().meta({ description: 'Working days by which the expected end is later than promised; negative: earlier.' }),
  cost: z.strictObject({
    currency: z.string(), baseline: z.number().meta({ description: 'What was promised.' }), actual: z.number(), atCompletion: z.number().meta({ description: 'What it will have cost, as it stands.' }),
    limit: z.number().nullable().meta({ description: 'Beyond this it is off course; null: the template sets no tolerance of cost.' }),
  }).nullable().meta({ description: 'Money, in the currency of the template; null where none was promised and none is recorded.' }),
  phases: z.array(phase),
  next: z.strictObject({
    phase: namedKey, gate: namedKey.nullable(), dueAt: instant.nullable(), openTasks: z.int(), unmet: z.int().meta({ description: 'Criteria that are not met.' }),
    approval: z.string().nullable().meta({ description: 'The approval that is open.' }), waitingFor: z.array(namedPerson).meta({ description: 'Whose votes or tasks it waits for.' }),
  }).nullable(),
  overdue: z.int(), approvals: z.int(), conditions: z.int(),
  blocked: z.array(z.strictObject({ phase: key, task: key, name: z.string(), by: namedPerson, since: instant, reason: z.string().nullable() })),
}).meta({ id: 'PortfolioItem' });

export type PortfolioItem = z.output<typeof portfolioItem>;

/** A reason as a sentence. */
export function reasonText(reason: Reason, names: Names, language: Language): string {
  const facts = { ...reason, ...('gate' in reason && { gate: names.at(`gate:${reason.gate}`) ?? reason.gate }), ...('kind' in reason && { kind: KINDS[reason.kind][language] }) };
  return fillIn(REASONS[reason.code][language], facts);
}

export function portfolioItemOf({ rows, next, ...overview }: Overview, names: Names, language: Language, program: PortfolioItem['program']): PortfolioItem {
  const { project } = rows;
  const authored = new Map(names.template.phases.map((each) => [each.key, each]));
  return {
    id: project.project, name: names.text(project.name), status: project.status,
    template: { key: project.template, version: project.templateVersion, name: names.at('template') ?? project.template }, program,
    managers: overview.managers.map((person) => names.person(person)), startedAt: toIso(project.startedAt), endedAt: toIso(project.endedAt),
    course: overview.course, reasons: overview.reasons.map((reason) => ({ code: reason.code, text: reasonText(reason, names, language) })),
    baselineEndAt: toIso(overview.baselineEnd), planEndAt: toIso(overview.planEnd), expectedEndAt: toIso(overview.expectedEnd),
    slipDays: overview.slipDays === null ? null : Math.round(overview.slipDays * 10) / 10,
    cost: overview.money && { currency: names.template.currency, ...overview.money },
    phases: rows.phases.filter(({ former, round }) => !former || round > 0).map((each) => {
      const stage = rows.stages.find(({ id }) => id === each.stream);
      const gate = stage ? stage.gate : (authored.get(each.phase)?.gate?.key ?? null);
      const dates = own(overview.expected, each.phase);
      return {
        phase: each.phase, name: names.phase(each.phase), kind: each.kind, after: [...(authored.get(each.phase)?.after ?? [])], status: each.status,
        startAt: toIso(each.openedAt ?? dates?.startAt ?? null), endAt: toIso(each.passedAt ?? dates?.endAt ?? null), baselineEndAt: toIso(own(overview.promised, each.phase)?.endAt ?? null),
        openTasks: stage?.openTasks ?? 0, doneTasks: stage?.doneTasks ?? 0,
        gate: gate === null ? null : { gate, name: names.at(`gate:${gate}`) ?? gate, status: stage?.gateStatus ?? 'waiting', approval: stage?.approval ?? null },
      };
    }),
    next: next && {
      phase: { key: next.phase.phase, name: names.phase(next.phase.phase) }, gate: gateOf(next.phase.phase, rows, names),
      dueAt: toIso(own(overview.expected, next.phase.phase)?.endAt ?? null), openTasks: next.openTasks, unmet: next.unmet, approval: next.approval,
      waitingFor: next.waitingFor.map((person) => names.person(person)),
    },
    overdue: overview.overdue, approvals: rows.approvals.length, conditions: overview.conditions,
    blocked: overview.blocked.flatMap(({ phase: of, task, blocked }) => (blocked ? [{
      phase: of, task, name: names.task(of, task, null, project.project), by: names.person(blocked.person), since: toIso(blocked.since), reason: names.text(blocked.reason),
    }] : [])),
  };
}

function gateOf(phaseKey: string, rows: Overview['rows'], names: Names): { key: string; name: string } | null {
  const stream = rows.phases.find((each) => each.phase === phaseKey)?.stream;
  const stage = rows.stages.find(({ id }) => id === stream);
  // A phase that has just opened has no stage yet.
  const gate = stage ? stage.gate : names.template.phases.find(({ key: each }) => each === phaseKey)?.gate?.key;
  return gate ? { key: gate, name: names.at(`gate:${gate}`) ?? gate } : null;
}

/** The order in which projects need attention: the worst course first, then what is expected to end first. */
export const byAttention = (one: PortfolioItem, other: PortfolioItem): number =>
  COURSES.indexOf(one.course) - COURSES.indexOf(other.course) || (one.expectedEndAt ?? '9').localeCompare(other.expectedEndAt ?? '9') || one.id.localeCompare(other.id);
