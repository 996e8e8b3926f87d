/** What the API says about changes of the plan, and about what was promised. */
import { z } from 'zod';
import type { ChangeSize, ChangeState, PlanDifference } from '../../domain/change/types';
import { changeApproval } from '../../domain/project/children';
import { toIso } from '../http/instant';
import type { Names } from '../names';
import { quorumText } from '../texts/quorum';
import { instant, key, namedKey, namedPerson } from '../schemas';

const value = z.union([z.string(), z.number(), z.null()]);
export const planDifference = z.strictObject({
  kind: z.enum(['phase', 'task', 'gate']), phase: namedKey, key: key.nullable(), name: z.string(), change: z.enum(['added', 'removed', 'changed', 'again']).meta({ description: '`again`: the phase is done again.' }),
  fields: z.array(z.strictObject({ field: z.string(), before: value, after: value })).meta({ description: 'What of it changed; roles by name, durations in working days, money in the currency of the template.' }),
}).meta({ id: 'PlanDifference' });

export const changeSize = z.strictObject({
  days: z.number().meta({ description: 'Working days on the longest way through the plan.' }), cost: z.number(), tasks: z.int().meta({ description: 'Tasks that come or go.' }),
}).meta({ id: 'ChangeSize' });

export const changeStatus = z.enum(['open', 'approved', 'applied', 'rejected', 'returned', 'withdrawn', 'failed']);

export const changeView = z.strictObject({
  id: z.string(), project: z.string(), title: z.string().nullable(), reason: z.string().nullable(),
  status: changeStatus.meta({ description: '`approved`: decided, and not in effect yet; `returned`: to be asked for anew; `failed`: it does not fit the plan any more.' }),
  impact: z.strictObject({ scope: z.string().nullable(), quality: z.string().nullable(), days: z.number().nullable(), cost: z.number().nullable() })
    .meta({ description: 'As it was said; `size` is what was computed.' }),
  size: changeSize, difference: z.array(planDifference),
  level: namedKey.nullable().meta({ description: 'Who decides, by its size; null: it was within what the project manager may do.' }),
  approval: z.string().nullable().meta({ description: 'The approval that asks, or asked last.' }), round: z.int(), digest: z.string().nullable(),
  requestedBy: namedPerson, requestedAt: instant, decidedAt: instant.nullable(), endedAt: instant.nullable(),
  decision: z.string().nullable().meta({ description: 'The reason that was given with the decision.' }),
  problems: z.array(z.strictObject({ pointer: z.string(), code: z.string() })).meta({ description: 'Why it does not fit the plan any more.' }),
}).meta({ id: 'Change' });

const finding = z.strictObject({ code: z.string(), subject: z.record(z.string(), z.string()) });
export const changePreview = z.strictObject({
  size: changeSize, difference: z.array(planDifference),
  decides: z.enum(['nobody', 'level']).meta({ description: '`nobody`: it is within what the project manager may do, and takes effect when it is asked for.' }),
  level: namedKey.nullable(), findings: z.array(finding).meta({ description: 'How the project could get stuck with the changed plan; with any it can not be asked for.' }),
}).meta({ id: 'ChangePreview' });

const ROLES = new Set(['responsible', 'accountable']);
/** `ROLE + ROLE (QUORUM)`, as `planDifference` has a step of a gate. */
const STEP = /^(.*) \(([^)]*)\)$/;

/** A value of a difference, with what its keys are called. */
function saidOf(kind: PlanDifference['kind'], phase: string, field: string, value: string | number | null, names: Names): string | number | null {
  if (typeof value !== 'string') return value;
  if (field === 'productGoal') return names.text({ text: value });
  const each = (name: (key: string) => string): string => value.split(', ').map(name).join(', ');
  if (ROLES.has(field)) return names.role(value).name;
  if (kind === 'phase' && field === 'after') return each((key_) => names.phase(key_));
  if (kind === 'task' && field === 'after') return each((key_) => names.at(`task:${phase}/${key_}`) ?? key_);
  if (kind === 'gate' && field === 'criteria') return each((key_) => names.at(`criterion:${phase}/${key_}`) ?? key_);
  if (kind === 'gate' && field === 'approvers') {
    return value.split(' → ').map((step) => {
      const [, roles, quorum] = STEP.exec(step) ?? [];
      return roles === undefined ? step : `${roles.split(' + ').map((role) => names.role(role).name).join(' + ')} (${quorumText(quorum ?? '', names.language)})`;
    }).join(' → ');
  }
  return value;
}

export function differenceViewOf({ kind, phase, key: of, change, fields }: PlanDifference, names: Names): z.output<typeof planDifference> {
  const name = kind === 'phase' ? names.phase(phase) : kind === 'task' ? names.task(phase, of ?? '') : (names.at(`gate:${of}`) ?? of ?? '');
  const said = (field: string, each: string | number | null) => saidOf(kind, phase, field, each, names);
  return {
    kind, phase: { key: phase, name: names.phase(phase) }, key: of ?? null, name, change,
    fields: (fields ?? []).map(({ field, before, after }) => ({ field, before: said(field, before), after: said(field, after) })),
  };
}

export const sizeView = ({ days, cost, tasks }: ChangeSize): z.output<typeof changeSize> => ({ days, cost, tasks });
export const levelView = (level: string, names: Names) => ({ key: level, name: names.at(`level:${level}`) ?? level });

export function changeViewOf(project: string, change: ChangeState, before: Names): z.output<typeof changeView> {
  // What it adds is not of the plan yet while it is decided on.
  const names = before.adding(change.operations);
  const text = (ref: ChangeState['title'] | undefined) => (ref ? names.text(ref) : null);
  const { impact, level } = change;
  return {
    id: change.id, project, title: text(change.title), reason: text(change.reason), status: change.status,
    impact: { scope: text(impact.scope), quality: text(impact.quality), days: impact.days ?? null, cost: impact.cost ?? null },
    size: sizeView(change.size), difference: change.difference.map((each) => differenceViewOf(each, names)),
    level: level === undefined ? null : levelView(level, names),
    approval: change.round > 0 ? changeApproval(project, change.id, change.round) : null, round: change.round, digest: change.digest ?? null,
    requestedBy: names.person(change.requestedBy), requestedAt: toIso(change.requestedAt), decidedAt: toIso(change.decidedAt ?? null), endedAt: toIso(change.endedAt ?? null),
    decision: text(change.decision), problems: (change.problems ?? []).map(({ pointer, code }) => ({ pointer, code })),
  };
}

const dates = z.strictObject({ startAt: instant, endAt: instant });
const compared = {
  baseline: dates.nullable().meta({ description: 'As promised.' }), plan: dates.nullable().meta({ description: 'As planned now, from what has happened.' }),
};
export const comparisonView = z.strictObject({
  project: z.string(), asOf: instant, currency: z.string(),
  baselineAt: instant.meta({ description: 'When it was promised: at the start, or when a change was approved last.' }), baselineChange: z.string().nullable(),
  end: z.strictObject({ baseline: instant, plan: instant, forecast: z.strictObject({ p50: instant, p80: instant, p95: instant }).nullable() }),
  cost: z.strictObject({ baseline: z.number(), plan: z.number(), committed: z.number(), actual: z.number(), atCompletion: z.number().meta({ description: 'Actual cost and what is still to come.' }) }),
  phases: z.array(z.strictObject({
    phase: namedKey, status: z.string(), ...compared, openedAt: instant.nullable(), passedAt: instant.nullable(),
    forecast: z.strictObject({ p50: instant, p80: instant, p95: instant }).nullable().meta({ description: 'When its gate would be passed.' }),
    cost: z.strictObject({ baseline: z.number(), plan: z.number(), committed: z.number(), actual: z.number(), toComplete: z.number().nullable(), atCompletion: z.number() }),
  })),
  tasks: z.array(z.strictObject({
    phase: key, task: key, name: z.string(), ...compared,
    cost: z.strictObject({ plan: z.number(), committed: z.number(), actual: z.number(), toComplete: z.number().nullable() }),
  })),
}).meta({ id: 'Comparison', description: 'Baseline, plan and forecast side by side.' });

export const exceptionView = z.strictObject({
  kind: z.enum(['cost', 'time']), phase: namedKey.nullable(), at: instant, expected: z.union([z.number(), instant]), limit: z.union([z.number(), instant]),
}).meta({ id: 'ProjectException', description: 'The project is beyond what it may deviate by: money, or the moment until which a phase may last.' });
