import { z } from 'zod';
import type { Evidence, TextRef } from '../../domain/evidence-types';
import type { RefusedTask } from '../../domain/stage/types';
import { authorityOf, partId } from '../commands/send';
import { earlierRounds } from '../commands/stream';
import type { Deps } from '../deps';
import { type Call, endpoint } from '../http/endpoint';
import { fileClaims, fileProblems } from '../files/evidence';
import { readTemplate } from '../naming';
import { describeProblem, Problem } from '../problem';
import { idText } from '../schemas';
import { evidenceInput, fieldsOf, isConditionKey, linkProblems, withReferences } from './evidence';

const AT_MOST = 500;
/** Phases that are sent their part at the same time. */
const WIDTH = 8;

const pathKey = idText(400).min(1);
const body = z.strictObject({
  tasks: z.array(z.strictObject({ project: pathKey, phase: pathKey, task: pathKey, evidence: evidenceInput.default({}) })).min(1).max(AT_MOST),
});
type Given = z.output<typeof body>['tasks'][number] & { readonly place: number };

const result = z.strictObject({
  project: z.string(), phase: z.string(), task: z.string(),
  outcome: z.enum(['completed', 'refused', 'pending']).meta({ description: '`pending`: accepted with the others of its phase, and not to be read yet; send the request again.' }),
  problem: z.strictObject({ code: z.string(), detail: z.string(), errors: z.array(z.strictObject({ pointer: z.string(), code: z.string(), detail: z.string() })).optional() }).nullable(),
});
type Result = z.output<typeof result>;

/** Keeps the texts of many tasks of a project at once: those that are asked for before it is the turn of anything else. */
class TextKeeper {
  private texts: string[] = [];
  private kept: Promise<TextRef[]> | undefined;

  constructor(private readonly deps: Deps, private readonly project: string) {}

  async keep(texts: readonly string[]): Promise<TextRef[]> {
    const from = this.texts.push(...texts) - texts.length;
    this.kept ??= new Promise<void>((resolve) => { setImmediate(resolve); }).then(() => {
      const { texts: all } = this;
      this.texts = [];
      this.kept = undefined;
      return this.deps.reads.keepTexts(this.project, all);
    });
    return (await this.kept).slice(from, from + texts.length);
  }
}

const problemOf = (problem: Problem, { language }: Call): Result['problem'] => {
  const { code, detail, errors } = describeProblem(problem, language, '').body;
  return { code, detail, ...(errors && { errors: errors.map((each) => ({ ...each })) }) };
};

export const completeTasks = endpoint({
  method: 'post', path: '/tasks/complete', id: 'completeTasks', tag: 'tasks', command: true,
  summary: 'Complete up to 500 tasks, with an answer for each',
  description: 'The tasks of a phase are completed in the order given, by one command: one that waits for another before it in the list can follow it. What '
    + 'can not be completed holds up none of the others. Sent again with the same key, the answer is the same.',
  body, answers: { 200: { description: 'What became of each, in the order given.', schema: z.strictObject({ items: z.array(result) }).meta({ id: 'CompletedTasks' }) } },
  async handle(call, deps) {
    const groups = new Map<string, Given[]>();
    call.body.tasks.forEach((task, place) => {
      const phase = JSON.stringify([task.project, task.phase]);
      groups.set(phase, [...(groups.get(phase) ?? []), { ...task, place }]);
    });
    const items: Result[] = [];
    const note = ({ project, phase, task, place }: Given, outcome: Result['outcome'], problem?: Problem): void => {
      items[place] = { project, phase, task, outcome, problem: problem ? problemOf(problem, call) : null };
    };
    const waiting = [...groups.values()];
    await Promise.all(Array.from({ length: Math.min(WIDTH, waiting.length) }, async () => {
      for (let group = waiting.shift(); group; group = waiting.shift()) await completeGroup(call, deps, group, note);
    }));
    return { body: { items } };
  },
});

type Note = (given: Given, outcome: Result['outcome'], problem?: Problem) => void;

/** Completes the tasks of one phase. */
async function completeGroup(call: Call, deps: Deps, group: readonly Given[], note: Note): Promise<void> {
  const [{ project, phase }] = group as [Given];
  let sent: readonly Given[] = [];
  try {
    const access = await deps.enter(call.caller, project);
    const stream = await deps.phaseStream(project, phase);
    if (stream === undefined) throw new Problem('unknown-phase', { facts: { phase } });
    if (stream === null) throw new Problem('task-not-ready', { facts: { waitingFor: [`phase:${phase}`] } });
    const template = await readTemplate(deps, access.template, access.templateVersion);
    const fields = (task: string) => fieldsOf(template, phase, task, isConditionKey(task));
    const claims = group.map((each, place) => fileClaims(each.evidence, `/${place}/evidence`));
    const missing = await fileProblems(deps, project, claims.flat());
    sent = group.filter((each, place) => {
      const files = missing.filter(({ pointer }) => pointer.startsWith(`/${place}/`)).map((field) => ({ ...field, pointer: field.pointer.slice(`/${place}`.length) }));
      const problems = [...linkProblems(fields(each.task), each.evidence), ...files];
      if (problems.length > 0) note(each, 'refused', new Problem('evidence-invalid', { fields: problems, facts: { task: each.task } }));
      return problems.length === 0;
    });
    if (sent.length === 0) return;
    const id = partId('b', call.command.id, project, phase);
    const outcome = await deps.gateway.send({
      stream, earlier: earlierRounds(stream), id, hash: call.command.hash, signal: call.signal,
      authority: authorityOf(call, access),
      command: async () => {
        const keeper = new TextKeeper(deps, project);
        const tasks = await Promise.all(sent.map(async ({ task, evidence }): Promise<{ task: string; evidence: Evidence }> => (
          { task, evidence: await withReferences(fields(task), evidence, (texts) => keeper.keep(texts)) })));
        return { type: 'complete-many', tasks };
      },
    });
    if (outcome.pending) for (const each of sent) note(each, 'pending');
    else tell(sent, await deps.reads.refusedAmong(outcome.stream, outcome.events.map(({ seq }) => seq)), note);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const whole = sent.length > 0 ? sent : group;
    if (error.code !== 'nothing-completed') for (const each of whole) note(each, 'refused', error);
    else tell(whole, refusalsOf(error), note);
  }
}

/** The reasons of a command that completed nothing. */
function refusalsOf({ options: { facts = {}, fields = [] } }: Problem): RefusedTask[] {
  const { refused } = facts;
  return (Array.isArray(refused) ? refused as readonly string[] : []).map((each) => {
    const [place = '', task = '', code = ''] = each.split(' ');
    const at = `/tasks/${place}`;
    const wrong = fields.filter(({ pointer }) => pointer.startsWith(`${at}/`)).map((field) => ({ ...field, pointer: field.pointer.slice(at.length) }));
    return { task, place: Number(place), code: code as RefusedTask['code'], ...(wrong.length > 0 && { fields: wrong }) };
  });
}

/** Gives each task its answer: those that are not among the refused ones were completed. */
function tell(sent: readonly Given[], refused: readonly RefusedTask[], note: Note): void {
  const reasons = new Map(refused.map((each) => [each.place, each]));
  for (const [place, each] of sent.entries()) {
    const refusal = reasons.get(place);
    if (!refusal) note(each, 'completed');
    else note(each, 'refused', new Problem(refusal.code, { facts: { task: each.task }, ...(refusal.fields && { fields: refusal.fields }) }));
  }
}
