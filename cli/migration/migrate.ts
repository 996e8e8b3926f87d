/** `sluis template migrate`: moves running projects to a version of their template. */
import { randomUUID } from 'node:crypto';
import { ApiProblem, NoAnswer } from '../../client';
import type { Config } from '../../config';
import { type Api, type ApiOptions, connect } from '../client/api';
import { sayProblem } from '../client/failure';
import { openProjects, readTemplate, resolveVersion } from '../client/templates';
import { paintStatus } from '../project/words';
import { type Decisions, parseDecisions, parseParameters, parseTemplateRef, type TemplateRef } from '../terminal/arguments';
import { print, printJson } from '../terminal/print';
import { progressBar } from '../terminal/progress-bar';
import { textTable } from '../terminal/table';
import { UsageError } from '../terminal/usage-error';
import { summaryOf } from './impact';
import type { Migration, Moved } from './views';
import { sayMigration, sayMoved } from './words';

export interface MigrateOptions extends ApiOptions {
  readonly all?: boolean;
  readonly decide?: readonly string[];
  readonly param?: readonly string[];
  readonly dryRun?: boolean;
}

/** A project, with what is given for it. */
interface Wish {
  readonly project: string;
  readonly parameters?: Record<string, string | number | boolean>;
  readonly decisions?: Record<string, string>;
}

type Refused = Pick<Moved, 'project' | 'problem'> & { readonly outcome: 'refused' };

const CHUNK = 100;
const PREVIEWS_AT_ONCE = 4;
/** A chunk is moved in one request, and the API waits some seconds for each project to settle. `fetch` itself gives up after five minutes. */
const LIMIT_MS = 290_000;
const TRIES = 3;

/** Exit code 1 when a project is refused or stays on its old version. @throws UsageError, ApiProblem */
export async function runMigrate(config: Config, named: string, projects: readonly string[], options: MigrateOptions): Promise<void> {
  if ((projects.length > 0) === (options.all === true)) throw new UsageError('Say which projects: their ids, or --all.');
  const given = parseTemplateRef(named);
  const decisions = parseDecisions(options.decide ?? []);
  const api = connect(config, options);
  const ref = await resolveVersion(api, given);
  const chosen = options.all ? (await openProjects(api, ref.template)).map(({ id }) => id) : [...new Set(projects)];
  const stranger = [...decisions.of.keys()].find((project) => !chosen.includes(project));
  if (stranger !== undefined) throw new UsageError(`--decide ${stranger}:…: ${stranger} is not among the projects that are to move.`);
  const parameters = options.param === undefined ? undefined : parseParameters(options.param, (await readTemplate(api, ref)).parameters);
  const wishes = chosen.map((project) => wishFor(project, decisions, parameters));
  if (options.dryRun) await preview(api, ref, wishes, options);
  else await move(api, ref, wishes, options);
}

function wishFor(project: string, { all, of }: Decisions, parameters: Wish['parameters']): Wish {
  const decisions = { ...all, ...of.get(project) };
  return { project, ...(parameters && { parameters }), ...(Object.keys(decisions).length > 0 && { decisions }) };
}

async function preview(api: Api, ref: Required<TemplateRef>, wishes: readonly Wish[], { json }: MigrateOptions): Promise<void> {
  const bar = progressBar('judging', wishes.length);
  const items: (Migration | Refused)[] = [];
  try {
    for (let from = 0; from < wishes.length; from += PREVIEWS_AT_ONCE) {
      items.push(...await Promise.all(wishes.slice(from, from + PREVIEWS_AT_ONCE).map((wish) => previewOne(api, ref, wish))));
      bar.update(items.length);
    }
  } finally {
    bar.end();
  }
  if (items.some(({ outcome }) => outcome !== 'moves' && outcome !== 'same')) process.exitCode = 1;
  show({ ...ref, dryRun: true, items }, items.map((each) => (
    [each.project, each.outcome, 'problem' in each ? (each.problem?.detail ?? '') : sayMigration(each)])), json);
}

/** A project that can't be judged is refused, as it would be when it is to move. */
async function previewOne(api: Api, { template, version }: Required<TemplateRef>, { project, ...wish }: Wish): Promise<Migration | Refused> {
  try {
    const path = `/projects/${encodeURIComponent(project)}` as const;
    // A version of the project's own template is judged: another template may have one of the same number.
    const { template: own } = await api.get(path);
    if (own.key !== template) return { project, outcome: 'refused', problem: { code: 'other-template', detail: `It is a project of ${own.key}.` } };
    return await api.post(`${path}/migrations/preview`, { version, ...wish });
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    const { code, detail } = error.problem;
    return { project, outcome: 'refused', problem: { code, detail } };
  }
}

async function move(api: Api, ref: Required<TemplateRef>, wishes: readonly Wish[], { json }: MigrateOptions): Promise<void> {
  const path = `/templates/${encodeURIComponent(ref.template)}/versions/${encodeURIComponent(ref.version)}/migrations` as const;
  const bar = progressBar('moving', wishes.length);
  const items: Moved[] = [];
  try {
    for (let from = 0; from < wishes.length; from += CHUNK) {
      items.push(...await moveChunk(api, path, wishes.slice(from, from + CHUNK)));
      bar.update(items.length);
    }
  } catch (error) {
    bar.end();
    if (items.length === 0) throw error;
    // What has moved already is told, whatever became of the rest.
    process.exitCode = 1;
    const message = error instanceof ApiProblem ? sayProblem(error.problem) : error instanceof Error ? error.message : String(error);
    show({ ...ref, dryRun: false, items, ...(json && { error: error instanceof ApiProblem ? error.problem : message }) }, items.map(rowOf), json);
    if (!json) process.stderr.write(`${wishes.length - items.length} projects were not moved: ${message}\n`);
    return;
  }
  bar.end();
  if (items.some(({ outcome }) => outcome === 'refused' || outcome === 'moved-on')) process.exitCode = 1;
  show({ ...ref, dryRun: false, items }, items.map(rowOf), json);
}

/** Where no answer came, the same request under the same key goes on where the first one was. */
async function moveChunk(api: Api, path: `/templates/${string}/versions/${string}/migrations`, projects: readonly Wish[]): Promise<readonly Moved[]> {
  const key = randomUUID();
  for (let attempt = 1; ; attempt += 1) {
    try {
      return (await api.post(path, { projects: [...projects] }, { key, limitMs: LIMIT_MS })).items;
    } catch (error) {
      if (!(error instanceof NoAnswer) || attempt === TRIES) throw error;
    }
  }
}

const rowOf = (moved: Moved): [string, string, string] => [moved.project, moved.outcome, sayMoved(moved)];
const tableOf = (rows: readonly (readonly [string, string, string])[]): string =>
  textTable(['project', 'outcome', ''], rows.map(([project, outcome, detail]) => [project, paintStatus(outcome), detail]));

interface Answer extends Required<TemplateRef> {
  readonly dryRun: boolean;
  readonly items: readonly { readonly outcome: string }[];
  /** Why it ended before all had their turn. */
  readonly error?: unknown;
}

function show(document: Answer, rows: readonly (readonly [string, string, string])[], json: boolean | undefined): void {
  if (json) {
    printJson(document);
    return;
  }
  if (rows.length > 0) print(`${tableOf(rows)}\n`);
  print(`${document.template}@${document.version}: ${summaryOf(document.items) || 'no project of it runs'}.`);
}
