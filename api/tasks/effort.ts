import { z } from 'zod';
import { decodeCursor } from '../http/cursor';
import { endpoint } from '../http/endpoint';
import { toIso } from '../http/instant';
import { pageOf } from '../http/page';
import { instant, listOf, namedPerson, page, taskParams } from '../schemas';
import { roundsOf, TASK_PATH } from './send';

const entry = z.strictObject({
  person: namedPerson, at: instant, hours: z.number(), remaining: z.number().nullable().meta({ description: 'What was expected then; null: nothing was said of it.' }),
}).meta({ id: 'EffortEntry' });

interface Logged {
  readonly person: string;
  readonly hours: number;
  readonly remaining?: number;
}

export const listEffort = endpoint({
  method: 'get', path: `${TASK_PATH}/effort`, id: 'listEffort', tag: 'tasks', summary: 'Who said how many hours a task took, the latest first',
  params: taskParams, query: z.strictObject(page),
  answers: { 200: { description: 'Entries of all rounds of the phase.', schema: listOf(entry).meta({ id: 'Effort' }) } },
  async handle({ params: { project, phase, task }, query, caller }, deps) {
    await deps.enter(caller, project);
    const [after] = decodeCursor(query.cursor, ['position']) ?? [];
    const found = await deps.reads.taskEvents(await roundsOf(deps, project, phase), 'effort-logged', task, { limit: query.limit + 1, ...(after !== undefined && { after }) });
    const { items, nextCursor } = pageOf(found, query.limit, ({ position }) => [position]);
    const events = items.map(({ at, event }) => ({ at, ...event as unknown as Logged }));
    const people = await deps.reads.names(events.map(({ person }) => person));
    return { body: { nextCursor, items: events.map(({ at, person, hours, remaining }) => (
      { person: { id: person, name: people.get(person) ?? person }, at: toIso(at), hours, remaining: remaining ?? null })) } };
  },
});
