/** What the API says about moving projects to another version of their template. */
import { z } from 'zod';
import type { Language } from '../http/language';
import type { Names } from '../names';
import { describeProblem, Problem } from '../problem';
import { wrongIn } from '../texts/template';
import { toIso } from '../http/instant';
import { idText, instant, key, namedKey } from '../schemas';
import type { JudgedMigration } from './judge';

export const outcome = z.enum(['same', 'moves', 'needs-decision', 'refused', 'impossible'])
  .meta({ description: '`moves`: as it stands. `needs-decision`: somebody has to decide first. `refused`: not now. `impossible`: the version does not fit this project, or could get stuck from where it stands.' });
const versionRef = z.strictObject({ key, version: z.string() });
const decision = z.strictObject({
  id: z.string().meta({ example: 'task:executing/build' }), kind: z.enum(['drop-phase', 'redo-task']), phase: namedKey, task: namedKey.nullable(),
  open: z.int().nullable().meta({ description: 'Of a phase: how many of its tasks are open.' }),
  fields: z.array(z.string()).readonly().meta({ description: 'Evidence that the new version asks for, and that is not there.' }),
  choices: z.array(z.string()).readonly(),
}).meta({ id: 'MigrationDecision' });

export const migrationView = z.strictObject({
  project: z.string(), outcome, from: versionRef, to: versionRef,
  kept: z.strictObject({ tasks: z.int(), gates: z.array(namedKey).readonly() }).meta({ description: 'Done tasks of open phases, and decided gates, that stay as they are.' }),
  phases: z.array(z.strictObject({ phase: namedKey, change: z.enum(['added', 'dropped', 'skipped', 'former', 'returned']) })).readonly(),
  tasks: z.array(z.strictObject({
    phase: namedKey, task: namedKey, change: z.enum(['added', 'dropped', 'former', 'returned', 'reopened', 'waits', 'redated']), from: instant.nullable(), to: instant.nullable(),
  })).readonly(),
  approvals: z.array(z.strictObject({ phase: namedKey, gate: namedKey, change: z.enum(['goes-on', 'asked-anew', 'withdrawn']) })).readonly(),
  decisions: z.array(decision).readonly(), undecided: z.array(z.string()).readonly(),
  refusal: z.string().nullable().meta({ description: 'Code of the refusal.' }),
  refusalDetail: z.string().nullable().meta({ description: 'The refusal in words.' }),
  problems: z.array(z.strictObject({ pointer: z.string(), detail: z.string() })).readonly(),
  findings: z.array(z.strictObject({ code: z.string(), subject: z.record(z.string(), z.string()), confirmed: z.boolean() })).readonly(),
  unexplored: z.array(z.string()).readonly(),
}).meta({ id: 'Migration' });

export const parameters = z.record(z.string().max(80), z.union([z.string().max(200), z.number(), z.boolean()]));
export const decisions = z.record(idText(200), z.string().max(20)).meta({ description: 'Id of a decision → choice.', example: { 'task:executing/build': 'keep' } });

/** @param names of the new version, with those of the former one where it has none. */
export function toMigrationView(judged: JudgedMigration, to: { readonly key: string; readonly version: string }, names: Names, language: Language): z.output<typeof migrationView> {
  const { preview, project, from } = judged;
  const phase = (of: string) => ({ key: of, name: names.phase(of) });
  const task = (of: string, within: string) => ({ key: of, name: names.task(within, of, null, project) });
  const gate = (of: string) => ({ key: of, name: names.at(`gate:${of}`) ?? of });
  return {
    project, outcome: judged.outcome, from, to: { key: to.key, version: to.version },
    kept: { tasks: preview?.kept.tasks ?? 0, gates: (preview?.kept.gates ?? []).map(gate) },
    phases: (preview?.phases ?? []).map((each) => ({ phase: phase(each.phase), change: each.change })),
    tasks: (preview?.tasks ?? []).map((each) => (
      { phase: phase(each.phase), task: task(each.task, each.phase), change: each.change, from: toIso(each.from ?? null), to: toIso(each.to ?? null) })),
    approvals: (preview?.approvals ?? []).map((each) => ({ phase: phase(each.phase), gate: gate(each.gate), change: each.change })),
    decisions: (preview?.decisions ?? []).map((each) => ({
      id: each.id, kind: each.kind, phase: phase(each.phase), choices: [...each.choices],
      ...(each.kind === 'redo-task' ? { task: task(each.task, each.phase), fields: each.fields, open: null } : { task: null, fields: [], open: each.open }),
    })),
    undecided: preview?.undecided ?? [], refusal: judged.rejection?.code ?? null,
    refusalDetail: judged.rejection ? describeProblem(Problem.of(judged.rejection), language, '').body.detail : null,
    problems: judged.problems.map((each) => wrongIn(each, language)),
    findings: judged.findings.map(({ code, subject, confirmed }) => ({ code, subject: { ...subject }, confirmed })),
    unexplored: judged.unexplored,
  };
}
