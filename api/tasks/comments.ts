/** Talk about a task: comments, who is mentioned in them, and their erasure by whoever wrote them. */
import { z } from 'zod';
import type { FieldProblem } from '../../domain/errors';
import type { TextRef } from '../../domain/evidence-types';
import { commandAnswers } from '../commands/send';
import { roundOf } from '../commands/stream';
import type { Deps } from '../deps';
import { decodeCursor } from '../http/cursor';
import { endpoint } from '../http/endpoint';
import { toIso } from '../http/instant';
import { pageOf } from '../http/page';
import { Problem } from '../problem';
import { keepText } from '../kept-texts';
import { freeText, instant, listOf, namedPerson, page, personId, taskParams } from '../schemas';
import { roundsOf, sendToTask, TASK_PATH } from './send';

const MENTIONED_AT_MOST = 50;
/** An id of a person as it stands after an `@` in a text. */
const MENTION = /(?<![\p{L}\p{N}_@.-])@([\p{L}\p{N}][\p{L}\p{N}_.-]*)/gu;

/** Ids that a text mentions; a full stop that ends its sentence is none of an id. */
export function mentionsIn(text: string): string[] {
  return [...new Set([...text.matchAll(MENTION)].map(([, id = '']) => id.replace(/[.-]+$/, '')))];
}

/** Who is told of a comment: those named by id must be able to see the project; of those mentioned in the text, whoever can. */
async function mentionsOf(deps: Deps, project: string, text: string, named: readonly string[]): Promise<string[]> {
  const inText = mentionsIn(text);
  const seeing = await deps.reads.whoMaySee(project, [...named, ...inText]);
  const fields = named.flatMap((person, place): FieldProblem[] => (seeing.has(person) ? [] : [{ pointer: `/mentions/${place}`, code: 'choice' }]));
  if (fields.length > 0) throw Problem.fields(fields);
  return [...new Set([...named, ...inText.filter((person) => seeing.has(person))])].slice(0, MENTIONED_AT_MOST);
}

const comment = z.strictObject({
  id: z.string().meta({ description: 'The round of the phase and the number within it.', example: '1-3' }), person: namedPerson, at: instant,
  text: z.string().nullable().meta({ description: 'null: it was erased.' }), mentions: z.array(namedPerson),
}).meta({ id: 'Comment' });

interface Commented {
  readonly comment: number;
  readonly person: string;
  readonly text: TextRef;
  readonly mentions: readonly string[];
}

const commentParams = taskParams.extend({ comment: z.string().regex(/^\d{1,9}-\d{1,9}$/).meta({ example: '1-3' }) });

export const commentEndpoints = [
  endpoint({
    method: 'post', path: `${TASK_PATH}/comments`, id: 'commentTask', tag: 'tasks', command: true, summary: 'Comment on a task',
    description: 'Whoever may see the project may comment, also while it is on hold. `@person-id` in the text mentions a person, as do the ids in `mentions`; they are told, '
      + 'if they may see the project. A task takes 500 comments in each round of its phase.',
    params: taskParams, answers: commandAnswers,
    body: z.strictObject({ text: freeText(4000), mentions: z.array(personId).max(MENTIONED_AT_MOST).optional() }),
    handle: (call, deps) => sendToTask(call, deps, async () => {
      const { project, task } = call.params;
      const { text, mentions: named = [] } = call.body;
      const mentions = await mentionsOf(deps, project, text, named);
      return { type: 'comment', task, text: await keepText(deps, project, text), mentions };
    }),
  }),
  endpoint({
    method: 'get', path: `${TASK_PATH}/comments`, id: 'listComments', tag: 'tasks', summary: 'The comments on a task, the latest first',
    params: taskParams, query: z.strictObject(page),
    answers: { 200: { description: 'Comments of all rounds of the phase.', schema: listOf(comment).meta({ id: 'Comments' }) } },
    async handle({ params: { project, phase, task }, query, caller }, deps) {
      await deps.enter(caller, project);
      const [after] = decodeCursor(query.cursor, ['position']) ?? [];
      const found = await deps.reads.taskEvents(await roundsOf(deps, project, phase), 'task-commented', task, { limit: query.limit + 1, ...(after !== undefined && { after }) });
      const { items, nextCursor } = pageOf(found, query.limit, ({ position }) => [position]);
      const events = items.map(({ event }) => event as unknown as Commented);
      const [texts, people] = await Promise.all([
        deps.reads.texts(events.map(({ text }) => text.text)), deps.reads.names(events.flatMap(({ person, mentions }) => [person, ...mentions])),
      ]);
      const named = (id: string) => ({ id, name: people.get(id) ?? id });
      return { body: { nextCursor, items: items.map(({ stream, at }, index) => {
        const { comment: number, person, text, mentions } = events[index] as Commented;
        return { id: `${roundOf(stream)}-${number}`, person: named(person), at: toIso(at), text: texts.get(text.text) ?? null, mentions: mentions.map(named) };
      }) } };
    },
  }),
  endpoint({
    method: 'post', path: `${TASK_PATH}/comments/{comment}/erase`, id: 'eraseComment', tag: 'tasks', refuses: [403], summary: 'Erase the text of a comment that I wrote',
    description: 'That it was made, when and by whom stays on record. Repeating it changes nothing.',
    params: commentParams, body: z.strictObject({}), answers: { 204: { description: 'Erased.' } },
    async handle({ params: { project, phase, task, comment: id }, caller }, deps) {
      await deps.enter(caller, project);
      const [round, number] = id.split('-').map(Number);
      const stream = (await roundsOf(deps, project, phase)).find((each) => roundOf(each) === round);
      const found = stream === undefined ? null : await deps.reads.comment(stream, task, number ?? 0);
      if (!found) throw new Problem('unknown-comment');
      if (found.person !== caller.id) throw new Problem('not-your-comment');
      await deps.reads.eraseText(project, found.text);
      return { status: 204 };
    },
  }),
];
