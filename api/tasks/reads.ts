import { z } from 'zod';
import type { TaskRow } from '../../domain/rows';
import { decodeCursor } from '../http/cursor';
import { endpoint } from '../http/endpoint';
import { pageOf } from '../http/page';
import { namesForItems, readNames } from '../naming';
import { Problem } from '../problem';
import { inOrder } from '../projects/live';
import type { ProjectRows } from '../projects/rows';
import { asOf, idText, listOf, page, personId, projectParams, taskParams } from '../schemas';
import { earlierView, itemsIn, myTask, personsIn, taskDetails, taskFilter, taskView, taskViewOf, voicesFor } from './views';

/** Whether a task belongs to the latest round of its phase. */
const isOfPresentRound = (task: TaskRow, { phases }: ProjectRows): boolean => phases.find(({ phase }) => phase === task.phase)?.stream === task.stage;

/** As the filter of the read model. */
const isWanted = (task: TaskRow, status: string | undefined, assignee: string | undefined): boolean =>
  (status === undefined || task.status === status || (status === 'blocked' && task.blocked !== undefined)) && (assignee === undefined || task.assignee === assignee);

export const taskReads = [
  endpoint({
    method: 'get', path: '/tasks', id: 'listMyTasks', shared: true, tag: 'tasks', summary: 'My tasks: what I can work on now, the most urgent first',
    query: z.strictObject({ mine: z.literal('true').optional(), status: taskFilter.optional(), ...page }),
    answers: { 200: { description: 'Tasks that are ready for a role I hold and nobody’s yet, or mine, or mine to check; or such tasks of somebody absent for whom I stand in.', schema: listOf(myTask).meta({ id: 'MyTasks' }) } },
    along: ({ cursor, limit, status }) => (cursor === undefined ? { of: 'person', limit: limit + 1, filter: { ...(status && { status }) } } : undefined),
    async handle({ query, caller, language }, deps) {
      const [dueAt, id] = decodeCursor(query.cursor, ['instant?', 'string']) ?? [];
      const found = deps.seenTasks(caller, 'person') ?? await deps.reads.myTasks(caller.id, { ...(query.status && { status: query.status }) }, { limit: query.limit + 1, ...(id !== undefined && { after: { dueAt: dueAt ?? null, id } }) });
      const { items, nextCursor } = pageOf(found, query.limit, ({ row }) => [row.dueAt, row.id]);
      const names = await namesForItems(deps, items, language, [...personsIn(items.map(({ row }) => row)), ...items.flatMap((each) => each.onBehalfOf)], itemsIn(items.map(({ row }) => row)));
      const views = items.map((item) => {
        const own = names(item);
        return Object.assign(taskViewOf(item.row, own), { projectName: own.text({ text: item.nameRef }), onBehalfOf: item.onBehalfOf.map((person) => own.person(person)) });
      });
      return { body: { items: views, nextCursor } };
    },
  }),
  endpoint({
    method: 'get', path: '/projects/{project}/tasks', id: 'listTasks', shared: true, tag: 'tasks', summary: 'The tasks of a project',
    params: projectParams,
    query: z.strictObject({
      phase: idText(80).optional(), status: taskFilter.optional(), assignee: personId.optional().meta({ description: 'Tasks that are this person’s.' }), asOf,
    }),
    answers: { 200: { description: 'In the order of the plan.', schema: z.strictObject({ items: z.array(taskView) }).meta({ id: 'Tasks' }) } },
    along: ({ asOf: then, phase, status, assignee }) => (then === undefined
      ? { of: 'project', filter: { ...(phase !== undefined && { phase }), ...(status && { status }), ...(assignee !== undefined && { assignee }) } } : undefined),
    async handle({ params, query, caller, language }, deps) {
      const access = await deps.enter(caller, params.project);
      const { phase, status, assignee } = query;
      const then = query.asOf === undefined ? undefined : await deps.reads.projectRowsAsOf(params.project, query.asOf);
      if (query.asOf !== undefined && !then) throw new Problem('not-started');
      const rows = then ? inOrder(then.tasks, then).filter((task) => isOfPresentRound(task, then) && (phase ?? task.phase) === task.phase && isWanted(task, status, assignee))
        : deps.seenTasks(caller, 'project') ?? await deps.reads.tasks(params.project, { ...(phase !== undefined && { phase }), ...(status && { status }), ...(assignee !== undefined && { assignee }) });
      const names = await readNames(deps, then ? then.project : access, language, rows, personsIn(rows), itemsIn(rows));
      return { body: { items: rows.map((row) => taskViewOf(row, names)) } };
    },
  }),
  endpoint({
    method: 'get', path: '/projects/{project}/phases/{phase}/tasks/{task}', id: 'getTask', tag: 'tasks', summary: 'One task',
    params: taskParams,
    answers: { 200: { description: 'The task.', schema: taskDetails } },
    async handle({ params, caller, language }, deps) {
      const access = await deps.enter(caller, params.project);
      const row = await deps.reads.task(params.project, params.phase, params.task);
      if (!row) throw new Problem('unknown-task', { facts: { task: params.task } });
      const voices = voicesFor(row, access, caller.id);
      const isOver = row.status === 'done' || row.status === 'dropped';
      const earlier = isOver ? {} : await deps.reads.earlierWork(row.stage, row.task);
      const people = [...personsIn([row]), ...voices, ...[earlier.sentBack?.person, earlier.sentBack?.through].filter((person) => person != null)];
      const names = await readNames(deps, access, language, [row, earlier], people, itemsIn([row]));
      return { body: { ...taskViewOf(row, names), onBehalfOf: voices.map((person) => names.person(person)), ...earlierView(earlier, row, names) } };
    },
  }),
];
