import { Readable } from 'node:stream';
import { z } from 'zod';
import type { RefusedFigures } from '../../domain/handover/early-life-types';
import { SIDES } from '../../domain/handover/early-life-types';
import { unpackFigures } from '../../domain/handover/figures';
import type { Deps } from '../deps';
import { commandAnswers } from '../commands/send';
import { type Call, endpoint, type Reply } from '../http/endpoint';
import type { Language } from '../http/language';
import { readNames } from '../naming';
import { describeProblem, Problem } from '../problem';
import { commandAnswer, freeText, key, personId, phaseParams } from '../schemas';
import { keepText } from '../kept-texts';
import { figuresCsv, figuresEntries, type figuresEntry, parseFiguresCsv, toEntries } from './figures-input';
import { enterHandover, HANDOVER_PATH, onBehalfOf, sendToHandover, SERVICE_PATH, serviceParams, shared } from './send';
import { readService } from './read';
import { supporters, supportView, supportViewOf } from './support-view';

const told = z.strictObject({
  service: z.string(), date: z.string(), outcome: z.enum(['recorded', 'corrected', 'unchanged', 'refused']),
  problem: z.strictObject({ code: z.string(), detail: z.string(), errors: z.array(z.strictObject({ pointer: z.string(), code: z.string(), detail: z.string() })).optional() }).nullable(),
}).meta({ id: 'FiguresTold' });
export const figuresAnswer = commandAnswer.extend({ entries: z.array(told).meta({ description: 'What became of each, in the order given.' }) }).meta({ id: 'FiguresAnswer' });

type Told = z.output<typeof told>;
type Given = readonly Pick<z.output<typeof figuresEntry>, 'service' | 'date'>[];

function refusal({ code, fields, service, date }: RefusedFigures, language: Language): Told['problem'] {
  const { detail, errors } = describeProblem(new Problem(code, { facts: { service, date }, ...(fields && { fields }) }), language, '').body;
  return { code, detail, ...(errors && { errors: errors.map((each) => ({ ...each })) }) };
}

/** The answer of a command with what became of each day; as it is, when that can't be read yet. */
export async function withEntries(reply: Reply, given: Given, deps: Deps, language: Language): Promise<Reply> {
  if (reply.status !== undefined) return reply;
  const { stream, events } = reply.body as z.output<typeof commandAnswer>;
  const { recorded, refused } = await deps.reads.figuresOutcome(stream, events.map(({ seq }) => seq));
  const waiting = recorded.map((each) => ({ ...each, taken: false }));
  const entries = given.map(({ service, date }, place): Told => {
    const problem = refused.find((each) => each.place === place);
    if (problem) return { service, date, outcome: 'refused', problem: refusal(problem, language) };
    const found = waiting.find((each) => !each.taken && each.service === service && each.date === date);
    if (found) found.taken = true;
    return { service, date, outcome: found ? (found.correction ? 'corrected' : 'recorded') : 'unchanged', problem: null };
  });
  return { body: { ...reply.body as object, entries } };
}

const answers = { ...commandAnswers, 200: { description: 'Carried out, with an answer for each day.', schema: figuresAnswer } };

async function record(call: Call<z.output<typeof phaseParams>, unknown, { readonly onBehalfOf?: string | undefined }>, deps: Deps, given: readonly z.output<typeof figuresEntry>[], source: 'hand' | 'file'): Promise<Reply> {
  const reply = await sendToHandover(call, deps, async () => ({ type: 'record-figures', source, entries: toEntries(given) }));
  return withEntries(reply, given, deps, call.language);
}

/** A service that has, or had, early-life support, with its days. @throws Problem `unknown-service`, `early-life-closed`. */
async function readSupport(call: Pick<Call<z.output<typeof serviceParams>>, 'caller' | 'params'>, deps: Deps) {
  const { access, handover: stream } = await enterHandover(call, deps);
  const { handover, service } = await readService(deps, stream, call.params.service);
  const { earlyLife } = service;
  if (!earlyLife) throw new Problem('early-life-closed', { facts: { service: service.service } });
  const of = `${stream}/service/${service.service}`;
  return { access, handover, service: { ...service, earlyLife }, days: (await deps.reads.serviceDays([of])).get(of) ?? {} };
}

/** People who may be put on duty: those who see the project. @throws Problem that names the others. */
async function checkPersons(deps: Deps, project: string, days: readonly { readonly persons: readonly string[] }[]): Promise<void> {
  const seen = await deps.reads.whoMaySee(project, [...new Set(days.flatMap(({ persons }) => persons))]);
  const problems = days.flatMap(({ persons }, place) => persons.flatMap((person, index) => (seen.has(person) ? [] : [{ pointer: `/days/${place}/persons/${index}`, code: 'choice' as const }])));
  if (problems.length > 0) throw Problem.fields(problems.slice(0, 100));
}

const contactText = freeText(300);

export const figuresEndpoints = [
  endpoint({
    ...shared, path: `${HANDOVER_PATH}/figures`, id: 'recordFigures', summary: 'Tell figures of days of services in early-life support, up to 500, with an answer for each', params: phaseParams, answers,
    description: 'What can not be taken holds up none of the others. The same figures again change nothing; others of a day that was told are refused unless they say that they correct it.',
    body: z.strictObject({ entries: figuresEntries, onBehalfOf }),
    handle: (call, deps) => record(call, deps, call.body.entries, 'hand'),
  }),
  endpoint({
    ...shared, path: `${HANDOVER_PATH}/figures/import`, id: 'importFigures', summary: 'Tell figures of a table, up to 500 days, with an answer for each', params: phaseParams, answers,
    description: 'The first line names the columns: service, date, p1, p2, p3, p4, service_level, defects, calls, and any of open_p1 … open_p4, time_zone, correction. An empty cell is no zero: the line is refused.',
    body: z.strictObject({ csv: z.string().min(1).max(200_000), onBehalfOf }),
    handle: (call, deps) => record(call, deps, parseFiguresCsv(call.body.csv), 'file'),
  }),
  endpoint({
    method: 'get', path: `${SERVICE_PATH}/support`, id: 'getEarlyLifeSupport', tag: 'handover', summary: 'Early-life support of a service: its days, how its exit criteria stand, who is there', params: serviceParams,
    answers: { 200: { description: 'Support.', schema: supportView } },
    async handle(call, deps) {
      const { access, handover, service, days } = await readSupport(call, deps);
      const names = await readNames(deps, access, call.language, [service], supporters(service, days));
      return { body: supportViewOf(handover, service, days, names, Date.now()) };
    },
  }),
  endpoint({
    method: 'get', path: `${SERVICE_PATH}/figures.csv`, id: 'exportFigures', tag: 'handover', summary: 'The figures of a service as a table for a spreadsheet', params: serviceParams,
    answers: { 200: { description: 'CSV in UTF-8, a line per day.', file: 'text/csv' } },
    async handle(call, deps) {
      const { service, days } = await readSupport(call, deps);
      const text = Buffer.from(figuresCsv(service.service, Object.entries(days).sort(([one], [other]) => one.localeCompare(other)).map(([date, { figures }]) => ({ date, figures: unpackFigures(figures) }))));
      return { file: { name: `figures-${service.service}.csv`, type: 'text/csv; charset=utf-8', size: text.length, stream: Readable.from([text]) } };
    },
  }),
  endpoint({
    ...shared, path: `${SERVICE_PATH}/accept-unmet`, id: 'acceptUnmet', summary: 'Take a service although exit criteria are not met, for a limited time', params: serviceParams,
    description: 'By who receives it, once the agreed period is over. It becomes a condition of the service: it has an owner, and expires.',
    body: z.strictObject({
      criteria: z.array(key).min(1).max(30), defect: freeText(2000).meta({ description: 'What is not as it should be.' }), plan: freeText(2000).meta({ description: 'How it will be mended.' }),
      owner: key.meta({ description: 'The role that sees to it.' }), dueDays: z.int().min(1).max(250).meta({ description: 'Working days from now.' }), onBehalfOf,
    }),
    handle: (call, deps) => sendToHandover(call, deps, async () => {
      const { params: { project, service }, body: { criteria, defect, plan, owner, dueDays } } = call;
      return { type: 'accept-unmet', service, criteria, asked: { defect: await keepText(deps, project, defect), plan: await keepText(deps, project, plan), owner, dueDays } };
    }),
  }),
  endpoint({
    ...shared, path: `${SERVICE_PATH}/duty`, id: 'setDuty', summary: 'Say who is there on which days, of those who built a service and of those who run it', params: serviceParams,
    body: z.strictObject({ days: z.array(z.strictObject({ date: z.iso.date(), side: z.enum(SIDES), persons: z.array(personId).max(20) })).min(1).max(400), onBehalfOf }),
    handle: (call, deps) => sendToHandover(call, deps, async () => {
      await checkPersons(deps, call.params.project, call.body.days);
      return { type: 'set-duty', service: call.params.service, days: call.body.days };
    }),
  }),
  endpoint({
    ...shared, path: `${SERVICE_PATH}/contacts`, id: 'setContacts', summary: 'Say whom to reach when it burns', params: serviceParams,
    description: 'All of them: those that are left out are gone.',
    body: z.strictObject({ contacts: z.array(z.strictObject({ side: z.enum(SIDES), what: contactText.meta({ example: 'War room' }), who: contactText, how: contactText.meta({ example: '+32 2 555 01 23' }) })).max(30), onBehalfOf }),
    handle: (call, deps) => sendToHandover(call, deps, async () => {
      const { params: { project, service }, body: { contacts } } = call;
      const refs = await deps.keepTexts(project, contacts.flatMap(({ what, who, how }) => [what, who, how]));
      return { type: 'set-contacts', service, contacts: contacts.map(({ side }, index) => ({ side, what: refs[index * 3], who: refs[index * 3 + 1], how: refs[index * 3 + 2] })) };
    }),
  }),
];
