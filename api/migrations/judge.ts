/** What would become of running projects under another version of their template. Pure, and slow: it is done in a process of its own. */
import type { WorkingCalendar } from '../../domain/calendar';
import type { Rejection } from '../../domain/errors';
import type { Evidence } from '../../domain/evidence-types';
import { amendAgain } from '../../domain/change/amend';
import { own } from '../../domain/fold';
import type { InventoryItem } from '../../domain/inventory';
import type { Finding } from '../../domain/play/findings';
import { type Play, projectAmong, type Standing } from '../../domain/play/play';
import { type MigrationPreview, previewMigration } from '../../domain/play/preview-migration';
import { verify } from '../../domain/play/verify';
import { compile, compileSample } from '../../domain/template/compile';
import type { Problem } from '../../domain/template/problem';
import { say, told } from '../../domain/template/say';
import type { Template } from '../../domain/template/schema';
import type { Migration, ProjectState } from '../../domain/project/types';
import { digestOf } from '../../domain/digest';
import { withTemplateText } from '../templates/read-text';
import type { Target } from '../templates/target';

/** A running project, as the log has it. */
export interface ProjectToMove {
  readonly project: string;
  readonly standings: readonly Standing[];
  readonly inventory: readonly InventoryItem[];
  /** What was delivered in phases that are behind, by `PHASE/TASK`. */
  readonly delivered: Readonly<Record<string, Evidence>>;
  /** Values of parameters, beside those that the project was started with. */
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** Id of a decision → choice. */
  readonly decisions?: Readonly<Record<string, string>>;
}

export interface MigrationsToJudge {
  readonly target: Target;
  readonly projects: readonly ProjectToMove[];
  readonly now: number;
}

/** `impossible`: the new plan can not be made for this project, or could get stuck from where it stands. */
export interface JudgedMigration {
  readonly project: string;
  readonly outcome: MigrationPreview['outcome'] | 'impossible';
  readonly from: { readonly key: string; readonly version: string };
  readonly preview?: MigrationPreview;
  readonly rejection?: Rejection;
  /** Of parameters and inventory, for the new template. */
  readonly problems: readonly Problem[];
  readonly findings: readonly Finding[];
  readonly unexplored: readonly string[];
  readonly migration?: Migration;
}

export interface JudgedMigrations {
  /** What is wrong with a draft: then nothing else is judged. */
  readonly problems: readonly Problem[];
  readonly to?: { readonly key: string; readonly version: string };
  readonly projects: readonly JudgedMigration[];
}

/** So many states are looked at from where a project stands. */
const MAX_STATES = 200;

export function judgeMigrations({ target, projects, now }: MigrationsToJudge): JudgedMigrations {
  const given = 'text' in target ? readDraft(target.text) : { ...target, problems: [] };
  if (!('template' in given)) return { problems: given.problems, projects: [] };
  const { template, calendar } = given;
  const proofs = new Map<string, ReturnType<typeof verify>>();
  return {
    problems: [], to: { key: template.key, version: template.version },
    projects: projects.map((each) => judgeOne(each, template, calendar, { now, proofs })),
  };
}

type Draft = { readonly template: Template; readonly calendar: WorkingCalendar; readonly problems: readonly Problem[] } | { readonly problems: readonly Problem[] };

function readDraft(text: string): Draft {
  return withTemplateText<Draft>(text, (problems) => ({ problems }), (template, calendar, placed) => {
    const compiled = compileSample(template, calendar);
    return compiled.ok ? { template, calendar, problems: [] } : { problems: placed(compiled.problems) };
  });
}

interface Circumstances {
  readonly now: number;
  readonly proofs: Map<string, ReturnType<typeof verify>>;
}

function judgeOne({ project, standings, inventory, delivered, parameters = {}, decisions }: ProjectToMove, template: Template, calendar: WorkingCalendar, around: Circumstances): JudgedMigration {
  const state = projectAmong(standings) as ProjectState;
  const { key, version } = state.plan.template;
  const of = { project, from: { key, version } };
  const nothing = { problems: [], findings: [], unexplored: [] };
  const declared = new Set(template.parameters.map((each) => each.key));
  const known = Object.fromEntries(Object.entries({ ...state.plan.parameters, ...parameters })
    .filter(([name]) => declared.has(name) || own(parameters, name) !== undefined));
  const compiled = compile(template, known, calendar, inventory);
  if (!compiled.ok) return { ...of, ...nothing, outcome: 'impossible', problems: compiled.problems };
  const kept = (state.plan.amendments ?? []).filter(({ change }) => own(decisions ?? {}, `change:${change}`) !== 'drop');
  const { plan, misfits } = amendAgain(compiled.plan, kept);
  if (misfits.length > 0) return { ...of, ...nothing, outcome: 'impossible', problems: misfits.map(misfit) };
  const { preview, migration, after } = previewMigration(standings, plan, around.now, decisions, (phase, task) => own(delivered, `${phase}/${task}`));
  if (!after) return { ...of, ...nothing, outcome: preview.outcome, preview, ...(preview.rejection && { rejection: preview.rejection }) };
  const { findings, unexplored } = prove(after, around);
  return { ...of, problems: [], findings, unexplored, outcome: findings.length > 0 ? 'impossible' : preview.outcome, preview, migration };
}

const misfit = (change: string): Problem => ({
  pointer: `/changes/${change}`, code: 'change-misfit', ...told(say`the change ${change} of its plan does not fit this version; it is left out with the decision "change:${change}": "drop"`),
});

/** Proves that the project can go on to an end. Projects that stand at the same place under the same plan are proved once. */
function prove(after: Play, { now, proofs }: Circumstances): ReturnType<typeof verify> {
  const shape = shapeOf(after);
  const known = proofs.get(shape);
  if (known) return known;
  const proof = verify([after.project().plan], { start: now, from: after, maxStates: MAX_STATES });
  proofs.set(shape, proof);
  return proof;
}

/** Where a project stands as far as a proof goes: who did what, and when, makes no difference. */
function shapeOf(play: Play): string {
  const { plan, phases, status, facts } = play.project();
  return digestOf({
    plan, status, facts, phases: Object.entries(phases).map(([key, each]) => [key, each.status, each.outcome, each.dropped, each.skippedBy]),
    stages: play.stages().filter(([, { status: standing }]) => standing === 'open' || standing === 'passed').map(([, stage]) => [
      stage.input.phase, stage.status, stage.gate.status, stage.phases, stage.input.facts,
      Object.entries(stage.tasks).map(([key, task]) => [key, task.status, task.evidence, task.condition?.owner]),
    ]),
  });
}
