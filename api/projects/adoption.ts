/** A project that ran elsewhere before, as a client tells of it and as its start command does: free text goes to the kept texts. */
import { z } from 'zod';
import type { FieldProblem } from '../../domain/errors';
import { isDate } from '../../domain/date';
import type { TextRef } from '../../domain/evidence-types';
import { itemTaskKey, ITEM_ID } from '../../domain/inventory';
import type { Plan } from '../../domain/plan';
import { type Adoption, judgeAdoption, MAX_ADOPTED_TASKS, type TaskElsewhere } from '../../domain/project/adoption';
import { taskOf } from '../../domain/stage/tasks';
import type { Deps } from '../deps';
import { Problem } from '../problem';
import { freeText, key } from '../schemas';
import { evidenceInput, linkProblems, withReferences } from '../tasks/evidence';

const TIME = /^T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;

const isMoment = (value: string): boolean =>
  isDate(value.slice(0, 10)) && (value.length === 10 || (TIME.test(value.slice(10)) && !Number.isNaN(Date.parse(value))));

const moment = z.string().max(40).refine(isMoment).meta({ description: 'A day, or a moment with its offset; not in the future.', example: '2026-11-02' });
const person = freeText(200).meta({ description: 'Who, as it is told: free text.', example: 'Steering committee of 2 November' });

const gateInput = z.strictObject({ gate: key, passedAt: moment.optional(), by: person.optional(), note: freeText(2000).optional() }).meta({ id: 'AdoptedGateInput' });
const taskInput = z.strictObject({
  phase: key, task: key,
  item: z.string().regex(ITEM_ID).optional().meta({ description: 'The inventory item, for a task that is done for each.' }),
  status: z.enum(['done', 'open', 'dropped']), doneAt: moment.optional(), by: person.optional(), evidence: evidenceInput.optional(),
}).meta({ id: 'AdoptedTaskInput' });

export const adoptionInput = z.strictObject({
  source: freeText(500).meta({ description: 'Where the facts come from.', example: 'MS Project plan of 2026-11-02' }),
  gates: z.array(gateInput).max(200).default([])
    .meta({ description: 'Gates that were passed elsewhere. What comes before them must be behind as well; tasks of their phases that are not told of count as done.' }),
  tasks: z.array(taskInput).max(MAX_ADOPTED_TASKS).default([])
    .meta({ description: 'Tasks that were done or dropped elsewhere. Evidence is needed in phases that go on here.' }),
}).meta({ id: 'AdoptionInput', description: 'A project that already runs elsewhere: its phases open until the first that was not passed.' });
type AdoptionInput = z.output<typeof adoptionInput>;
type TaskInput = AdoptionInput['tasks'][number];

const fieldsOf = (plan: Plan, { phase: wanted, task, item }: TaskInput) => {
  const phase = plan.phases.find((each) => each.key === wanted);
  return (phase && taskOf(phase, item === undefined ? task : itemTaskKey(task, item)))?.evidence ?? [];
};

const at = (value: string | undefined) => (value === undefined ? undefined : Date.parse(value));

/** The adoption with a reference for each text; `ref` gives it. */
async function withRefs(plan: Plan, { source, gates, tasks }: AdoptionInput, ref: (text: string) => TextRef): Promise<Adoption> {
  const optional = (name: 'by' | 'note', text: string | undefined) => (text === undefined ? {} : { [name]: ref(text) });
  const moved: TaskElsewhere[] = [];
  for (const row of tasks) {
    const { phase, task, item, status, by, evidence } = row;
    const doneAt = at(row.doneAt);
    moved.push({
      phase, task, status, ...(item !== undefined && { item }), ...(doneAt !== undefined && { at: doneAt }), ...optional('by', by),
      ...(evidence && { evidence: await withReferences(fieldsOf(plan, row), evidence, async (texts) => texts.map(ref)) }),
    });
  }
  return {
    source: ref(source), tasks: moved,
    gates: gates.map(({ gate, passedAt, by, note }) => ({ gate, ...(passedAt !== undefined && { at: at(passedAt) as number }), ...optional('by', by), ...optional('note', note) })),
  };
}

/** What stands in place of a reference until the texts are kept. */
const PLACE: TextRef = { text: '0'.repeat(64) };

/** All that is wrong with an adoption, and the texts to keep for it: each once, as the same name stands in thousands of rows. */
export async function judgeAdoptionInput(plan: Plan, input: AdoptionInput, now: number): Promise<{ fields: readonly FieldProblem[]; texts: ReadonlySet<string> }> {
  const texts = new Set<string>();
  const draft = await withRefs(plan, input, (text) => {
    texts.add(text);
    return PLACE;
  });
  const links = input.tasks.flatMap((row, index) => (row.evidence ? linkProblems(fieldsOf(plan, row), row.evidence, `/adoption/tasks/${index}/evidence`) : []));
  const judged = judgeAdoption(plan, draft, now);
  return { fields: [...links, ...(judged.ok ? [] : judged.fields)], texts };
}

/**
 * Judges an adoption and keeps its texts.
 * @throws Problem `invalid-request` with what is wrong, the first `most` of it; then nothing is kept.
 */
export async function keepAdoption(deps: Deps, project: string, plan: Plan, input: AdoptionInput, most: number): Promise<Adoption> {
  const { fields, texts } = await judgeAdoptionInput(plan, input, Date.now());
  if (fields.length > 0) throw Problem.fields(fields.slice(0, most));
  const list = [...texts];
  const refs = await deps.keepTexts(project, list);
  const kept = new Map(list.map((text, index) => [text, refs[index] as TextRef]));
  return withRefs(plan, input, (text) => kept.get(text) as TextRef);
}
