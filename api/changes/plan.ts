/** The plan of a project as people read it: at any moment, changes included. */
import { z } from 'zod';
import { awaitedKey, type Plan, type PlanDue, type PlanTask, type Quorum } from '../../domain/plan';
import { toIso } from '../http/instant';
import type { Names } from '../names';
import { instant, key, namedKey } from '../schemas';

const due = z.strictObject({
  days: z.int().meta({ description: 'Working days after (or, when negative, before) that.' }),
  after: z.enum(['ready', 'phase', 'task', 'gate', 'date']), of: z.string().nullable().meta({ description: 'The task or gate, or the date.' }),
});
const task = z.strictObject({
  task: key, name: z.string(), responsible: namedKey, accountable: namedKey,
  after: z.array(z.string()).meta({ description: 'Tasks of the phase, or `phase:KEY`.' }), due: due.nullable(),
  estimate: z.array(z.number()).nullable().meta({ description: 'Working days at best, most likely and at worst.' }), budget: z.number().nullable(), fourEyes: z.boolean(),
  items: z.int().nullable().meta({ description: 'It is done once for each of so many inventory items.' }),
});
const quorum = z.union([z.enum(['any', 'all', 'majority']), z.int(), z.strictObject({ percent: z.number() })]);

export const planView = z.strictObject({
  project: z.string(), asOf: instant, template: z.strictObject({ key, version: z.string() }), currency: z.string(), managerRole: namedKey,
  changes: z.array(z.string()).meta({ description: 'Changes of the plan that are in it, in their order.' }),
  phases: z.array(z.strictObject({
    phase: key, name: z.string(), kind: z.string(), after: z.array(key), conditional: z.boolean(), budget: z.number().nullable(), tasks: z.array(task),
    hasBacklog: z.boolean().meta({ description: 'Teams work on a backlog in it, in sprints or in flow.' }),
    scopeControl: z.boolean().meta({ description: 'Beyond what was promised, a change of the plan decides on that backlog.' }),
    hasHandover: z.boolean().meta({ description: 'Services are handed over in it.' }),
    gate: z.strictObject({ gate: key, name: z.string(), criteria: z.array(namedKey.extend({ judged: z.boolean().meta({ description: 'Those who decide judge it; else the engine evaluates it.' }) })), steps: z.array(z.strictObject({ key, name: z.string(), roles: z.array(namedKey), quorum })) }).nullable(),
  })),
}).meta({ id: 'Plan' });

function dueView({ dueDays, due: given }: PlanTask): z.output<typeof due> | null {
  if (dueDays !== undefined) return { days: dueDays, after: 'ready', of: null };
  return given ? { days: given.days, after: given.from, of: anchorOf(given) } : null;
}

function anchorOf(given: PlanDue): string | null {
  if (given.from === 'task') return given.task;
  if (given.from === 'gate') return given.gate;
  return given.from === 'date' ? given.date : null;
}

const quorumView = (given: Quorum): z.output<typeof quorum> => (typeof given === 'object' ? { percent: given.percent } : given);

/** @param now the moment for which it is told. */
export function planViewOf(project: string, plan: Plan, now: number, names: Names): z.output<typeof planView> {
  return {
    project, asOf: toIso(now), template: { key: plan.template.key, version: plan.template.version }, currency: names.template.currency, managerRole: names.role(plan.managerRole),
    changes: (plan.amendments ?? []).map(({ change }) => change),
    phases: plan.phases.map(({ key: phase, kind, after, when, budget, tasks, gate, iterations, handover }) => ({
      phase, name: names.phase(phase), kind, after: [...after], conditional: when !== undefined, budget: budget ?? null, hasBacklog: iterations !== undefined, scopeControl: iterations?.scopeControl !== undefined, hasHandover: handover !== undefined,
      tasks: tasks.map((each) => ({
        task: each.key, name: names.task(phase, each.key), responsible: names.role(each.rasci.r), accountable: names.role(each.rasci.a),
        after: each.after.map((one) => ('task' in one ? one.task : 'backlog' in one ? awaitedKey(one) : `phase:${one.phase}`)), due: dueView(each), estimate: each.estimate ? [...each.estimate] : null,
        budget: each.budget ?? null, fourEyes: each.fourEyes ?? false, items: each.items?.length ?? null,
      })),
      gate: gate ? {
        gate: gate.key, name: names.at(`gate:${gate.key}`) ?? gate.key,
        criteria: gate.criteria.map((each) => ({ key: each.key, name: names.at(`criterion:${phase}/${each.key}`) ?? each.key, judged: each.kind === 'judged' })),
        steps: gate.policy.steps.map((step) => ({ key: step.key, name: names.at(`step:${phase}/${step.key}`) ?? step.key, roles: step.roles.map((role) => names.role(role)), quorum: quorumView(step.quorum) })),
      } : null,
    })),
  };
}
