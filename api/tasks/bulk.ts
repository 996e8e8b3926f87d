import { z } from 'zod';
import type { Evidence, TextRef } from '../../domain/evidence-types';
import type { Deps } from '../deps';
import { fileClaims, fileProblems } from '../files/evidence';
import { endpoint } from '../http/endpoint';
import { Problem } from '../problem';
import { personId } from '../schemas';
import { evidenceInput, fieldsOf, isConditionKey, linkProblems, withReferences } from './evidence';
import { AT_MOST, doForMany, resultOf, taskRef } from './many';
import { onBehalfOf } from './send';

const shared = { method: 'post', tag: 'tasks', command: true } as const;
const tasks = z.array(z.strictObject(taskRef)).min(1).max(AT_MOST);
const answer = <D extends string>(done: D, id: string) => (
  { 200: { description: 'What became of each, in the order given.', schema: z.strictObject({ items: z.array(resultOf(done)) }).meta({ id }) } });

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
      return this.deps.keepTexts(this.project, all);
    });
    return (await this.kept).slice(from, from + texts.length);
  }
}

export const bulkCommands = [
  endpoint({
    ...shared, path: '/tasks/complete', id: 'completeTasks', summary: 'Complete up to 500 tasks, with an answer for each',
    description: 'The tasks of a phase are completed in the order given, by one command: one that waits for another before it in the list can follow it. What '
      + 'can not be completed holds up none of the others. Sent again with the same key, the answer is the same.',
    body: z.strictObject({ tasks: z.array(z.strictObject({ ...taskRef, evidence: evidenceInput.default({}) })).min(1).max(AT_MOST), onBehalfOf }),
    answers: answer('completed', 'CompletedTasks'),
    async handle(call, deps) {
      return { body: { items: await doForMany(call, deps, call.body.tasks, {
        done: 'completed', prefix: 'b', absent: call.body.onBehalfOf,
        async check(given, template) {
          const missing = await fileProblems(deps, given[0]?.project ?? '', given.flatMap(({ evidence }, place) => fileClaims(evidence, `/${place}/evidence`)));
          return given.map(({ phase, task, evidence }, place) => {
            const files = missing.filter(({ pointer }) => pointer.startsWith(`/${place}/`)).map((field) => ({ ...field, pointer: field.pointer.slice(`/${place}`.length) }));
            const problems = [...linkProblems(fieldsOf(template, phase, task, isConditionKey(task)), evidence), ...files];
            return problems.length > 0 ? new Problem('evidence-invalid', { fields: problems, facts: { task } }) : undefined;
          });
        },
        async command(sent, template) {
          const keeper = new TextKeeper(deps, sent[0]?.project ?? '');
          return { type: 'complete-many', tasks: await Promise.all(sent.map(async ({ phase, task, evidence }): Promise<{ task: string; evidence: Evidence }> => (
            { task, evidence: await withReferences(fieldsOf(template, phase, task, isConditionKey(task)), evidence, (texts) => keeper.keep(texts)) }))) };
        },
      }) } };
    },
  }),
  endpoint({
    ...shared, path: '/tasks/confirm', id: 'confirmTasks', summary: 'Confirm up to 500 tasks that others delivered, with an answer for each',
    description: 'As each by itself: nobody confirms what they delivered.', body: z.strictObject({ tasks, onBehalfOf }), answers: answer('confirmed', 'ConfirmedTasks'),
    async handle(call, deps) {
      return { body: { items: await doForMany(call, deps, call.body.tasks, {
        done: 'confirmed', prefix: 'c', absent: call.body.onBehalfOf, command: async (sent) => ({ type: 'confirm-many', tasks: sent.map(({ task }) => task) }),
      }) } };
    },
  }),
  endpoint({
    ...shared, path: '/tasks/assign', id: 'assignTasks', summary: 'Assign up to 500 tasks to one person, with an answer for each',
    body: z.strictObject({ person: personId, tasks }), answers: answer('assigned', 'AssignedTasks'),
    async handle(call, deps) {
      const { person } = call.body;
      return { body: { items: await doForMany(call, deps, call.body.tasks, {
        done: 'assigned', prefix: 'a', command: async (sent) => ({ type: 'assign-many', tasks: sent.map(({ task }) => task), person }),
      }) } };
    },
  }),
];
