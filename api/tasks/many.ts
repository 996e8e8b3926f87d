/** The same done to many tasks by one request: those of a phase by one command, each with an answer of its own. */
import { z } from 'zod';
import type { RefusedTask } from '../../domain/stage/types';
import type { Template } from '../../domain/template/schema';
import { partId } from '../commands/send';
import { earlierRounds } from '../commands/stream';
import type { Deps } from '../deps';
import type { Call } from '../http/endpoint';
import { namingPeople, namingsOf, readTemplateOf } from '../naming';
import { commonNaming, describeProblem, type Naming, Problem } from '../problem';
import type { ProjectAccess } from '../reads';
import { idText } from '../schemas';
import { taskAuthority } from './send';

export const AT_MOST = 500;
/** Phases that are sent their part at the same time. */
const WIDTH = 8;

const pathKey = idText(400).min(1);
export const taskRef = { project: pathKey, phase: pathKey, task: pathKey };

export interface TaskPlace {
  readonly project: string;
  readonly phase: string;
  readonly task: string;
}
type Given<T> = T & { readonly place: number };

/** The schema of the answers. @param done what became of a task for which it could be done. */
export const resultOf = <D extends string>(done: D) => z.strictObject({
  project: z.string(), phase: z.string(), task: z.string(),
  outcome: z.enum([done, 'refused', 'pending']).meta({ description: '`pending`: accepted with the others of its phase, and not to be read yet; send the request again.' }),
  problem: z.strictObject({ code: z.string(), detail: z.string(), errors: z.array(z.strictObject({ pointer: z.string(), code: z.string(), detail: z.string() })).optional() }).nullable(),
});

interface Result extends TaskPlace {
  readonly outcome: string;
  readonly problem: { readonly code: string; readonly detail: string; readonly errors?: readonly object[] } | null;
}

/** What is done to many tasks. */
export interface Deed<T extends TaskPlace> {
  /** What becomes of a task for which it could be done. */
  readonly done: string;
  /** Begins the ids of its commands; another for each deed. */
  readonly prefix: string;
  /** In whose name, if not the caller's own. */
  readonly absent?: string | undefined;
  /** What the API itself finds wrong with those of one phase, one by one. */
  readonly check?: (tasks: readonly T[], template: Template) => Promise<readonly (Problem | undefined)[]>;
  /** The command for those of one phase. */
  readonly command: (tasks: readonly T[], template: Template) => Promise<{ readonly type: string; readonly [field: string]: unknown }>;
}

const problemOf = (problem: Problem, { language }: Call, naming: Naming): Result['problem'] => {
  const { code, detail, errors } = describeProblem(problem, language, '', naming).body;
  return { code, detail, ...(errors && { errors: errors.map((each) => ({ ...each })) }) };
};

/** What became of one. */
interface Outcome<T> {
  readonly given: Given<T>;
  readonly outcome: string;
  readonly problem?: Problem;
}
type Note<T> = (given: Given<T>, outcome: string, problem?: Problem) => void;

/** Does it for all; what can't be done for one holds up none of the others. @returns what became of each, in the order given. */
export async function doForMany<T extends TaskPlace>(call: Call, deps: Deps, tasks: readonly T[], deed: Deed<T>): Promise<Result[]> {
  const groups = new Map<string, Given<T>[]>();
  tasks.forEach((task, place) => {
    const phase = JSON.stringify([task.project, task.phase]);
    groups.set(phase, [...(groups.get(phase) ?? []), { ...task, place }]);
  });
  const items: Result[] = [];
  const waiting = [...groups.values()];
  await Promise.all(Array.from({ length: Math.min(WIDTH, waiting.length) }, async () => {
    for (let group = waiting.shift(); group; group = waiting.shift()) {
      for (const [place, item] of await doForGroup(call, deps, group, deed)) items[place] = item;
    }
  }));
  return items;
}

/** The tasks of one phase. @returns what became of each, with its place. */
async function doForGroup<T extends TaskPlace>(call: Call, deps: Deps, group: readonly Given<T>[], deed: Deed<T>): Promise<(readonly [place: number, result: Result])[]> {
  const [{ project, phase }] = group as [Given<T>];
  const outcomes: Outcome<T>[] = [];
  const note: Note<T> = (given, outcome, problem) => { outcomes.push({ given, outcome, ...(problem && { problem }) }); };
  let access: ProjectAccess | undefined;
  try {
    access = await deps.enter(call.caller, project);
    await sendGroup(call, deps, access, group, deed, note);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    for (const each of group) note(each, 'refused', error);
  }
  const problems = outcomes.flatMap(({ problem }) => problem ?? []);
  const namings = access && problems.length > 0 ? await namingsOf(deps, access, call.language) : () => commonNaming(call.language);
  const people = await namingPeople(deps, (_, id) => id, problems, call.language);
  return outcomes.map(({ given: { task, place }, outcome, problem }) => {
    const naming = namings({ phase, task });
    return [place, { project, phase, task, outcome, problem: problem ? problemOf(problem, call, (fact, id) => naming(fact, people(fact, id))) : null }];
  });
}

/** One command for the tasks of a phase, as far as the API itself finds nothing wrong with them. Throws what is wrong with all of them before any is noted. */
async function sendGroup<T extends TaskPlace>(call: Call, deps: Deps, access: ProjectAccess, group: readonly Given<T>[], deed: Deed<T>, note: Note<T>): Promise<void> {
  const [{ project, phase }] = group as [Given<T>];
  const stream = await deps.phaseStream(project, phase);
  if (stream === undefined) throw new Problem('unknown-phase', { facts: { phase } });
  if (stream === null) throw new Problem('task-not-ready', { facts: { waitingFor: [`phase:${phase}`] } });
  const template = await readTemplateOf(deps, access);
  const problems = await deed.check?.(group, template) ?? [];
  const sent = group.filter((each, place) => {
    const problem = problems[place];
    if (problem) note(each, 'refused', problem);
    return !problem;
  });
  if (sent.length === 0) return;
  try {
    const id = partId(deed.prefix, call.command.id, project, phase);
    const outcome = await deps.gateway.send({
      stream, earlier: earlierRounds(stream), id, hash: call.command.hash, signal: call.signal,
      authority: taskAuthority(call, access, deed.absent), command: () => deed.command(sent, template),
    });
    if (outcome.pending) for (const each of sent) note(each, 'pending');
    else tell(sent, await deps.reads.refusedAmong(outcome.stream, outcome.events.map(({ seq }) => seq)), deed.done, note);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (error.code === 'nothing-completed') tell(sent, refusalsOf(error), deed.done, note);
    else for (const each of sent) note(each, 'refused', error);
  }
}

/** The reasons of a command that did nothing. */
function refusalsOf({ options: { facts = {}, fields = [] } }: Problem): RefusedTask[] {
  const { refused } = facts;
  return (Array.isArray(refused) ? refused as readonly string[] : []).map((each) => {
    const [place = '', task = '', code = '', ...rest] = each.split(' ');
    const told = rest.length > 0 ? { facts: JSON.parse(rest.join(' ')) as NonNullable<RefusedTask['facts']> } : {};
    const at = `/tasks/${place}`;
    const wrong = fields.filter(({ pointer }) => pointer.startsWith(`${at}/`)).map((field) => ({ ...field, pointer: field.pointer.slice(at.length) }));
    return { task, place: Number(place), code: code as RefusedTask['code'], ...told, ...(wrong.length > 0 && { fields: wrong }) };
  });
}

/** Gives each task its answer: for those that are not among the refused ones it was done. */
function tell<T extends TaskPlace>(sent: readonly Given<T>[], refused: readonly RefusedTask[], done: string, note: Note<T>): void {
  const reasons = new Map(refused.map((each) => [each.place, each]));
  for (const [place, each] of sent.entries()) {
    const refusal = reasons.get(place);
    if (!refusal) note(each, done);
    else note(each, 'refused', new Problem(refusal.code, { facts: { task: each.task, ...refusal.facts }, ...(refusal.fields && { fields: refusal.fields }) }));
  }
}
