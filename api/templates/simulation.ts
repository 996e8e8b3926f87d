import { z } from 'zod';
import { HOME, todayIn } from '../../config/home';
import { mayStartProject, STARTS_PROJECTS } from '../../domain/permissions';
import type { Comparison } from '../../domain/play/compare';
import type { SimulationResult } from '../../domain/play/simulate';
import { sampleInventory } from '../../domain/template/parameters';
import type { Template } from '../../domain/template/schema';
import { runApart } from '../apart/run';
import { forecastView, toForecastView } from '../forecasts/views';
import { endpoint } from '../http/endpoint';
import { toIso } from '../http/instant';
import type { Language } from '../http/language';
import { Names } from '../names';
import { Problem } from '../problem';
import { wrongIn } from '../texts/template';
import { fewKeys, idText, instant, key, namedKey } from '../schemas';
import { untilJudged } from './ask';
import { publishedTarget } from './target';

const RUNS_AT_MOST = 500;
const ITEMS_AT_MOST = 20;

const estimate = z.tuple([z.number().min(0).max(1000), z.number().min(0).max(1000), z.number().min(0).max(1000)])
  .refine(([best, likely, worst]) => best <= likely && likely <= worst, { message: 'best, likely, worst' });
const supposed = {
  people: z.record(z.string().max(80), z.int().min(1).max(1000)).refine(fewKeys).optional().meta({ description: 'How many people hold each role.', example: { engineer: 2 } }),
  rejection: z.number().min(0).max(0.9).optional().meta({ description: 'How often a voter sends back, from 0 to 1.' }),
  parameters: z.record(z.string().max(80), z.union([z.string().max(200), z.number(), z.boolean()])).refine(fewKeys).optional(),
  estimates: z.record(z.string().max(130), estimate).refine(fewKeys).optional().meta({ description: 'Working days at best, most likely and at worst, by `PHASE/TASK`.', example: { 'build/rack': [2, 3, 5] } }),
  items: z.int().min(1).max(ITEMS_AT_MOST).optional().meta({ description: 'How many items of each kind the project has; two when not given.' }),
};

const played = forecastView.omit({ project: true, people: true, held: true, unassigned: true }).extend({
  runs: z.int().meta({ description: 'Fewer than were wanted where these took too long.' }),
  ends: z.array(z.strictObject({ at: instant, runs: z.int() })).readonly().meta({ description: 'In how many runs the end fell on which day; of the runs that come to an end.' }),
}).meta({ id: 'SimulationRuns' });

const comparison = z.strictObject({
  workingDays: z.strictObject({ p50: z.number(), p80: z.number(), p95: z.number() }), ended: z.number().meta({ description: 'Share of the runs that come to an end.' }),
  roles: z.array(z.strictObject({ role: namedKey, people: z.int(), peak: z.number(), waitedDays: z.number(), relieved: z.boolean() })).readonly(),
}).meta({ id: 'SimulationComparison', description: 'Differences: below zero is sooner, or less.' });

const simulation = z.strictObject({
  result: played.nullable(), whatIf: z.strictObject({ result: played, comparison }).nullable(),
  problems: z.array(z.strictObject({ pointer: z.string(), detail: z.string() })).readonly().meta({ description: 'What is wrong with the draft, or with what is supposed; then nothing else is told.' }),
}).meta({ id: 'Simulation' });

function namesOf(template: Template, items: number, language: Language): Names {
  const kinds = new Map(template.inventory.map(({ kind, name }) => [kind, name[language]]));
  const named = sampleInventory(template, items).map(({ id, kind }): [string, string] => [` ${id}`, `${kinds.get(kind)} ${id.slice(kind.length + 1)}`]);
  return new Names(template, language, new Map(), new Map(), new Map(named));
}

function viewOf(result: SimulationResult, names: Names): z.output<typeof played> {
  const { project, people, held, unassigned, ...view } = toForecastView(result, { project: '', people: {}, conditions: new Map() }, names);
  return { ...view, ends: view.end === null ? [] : result.ends.map(({ at, runs }) => ({ at: toIso(at), runs })) };
}

const compared = ({ roles, ...rest }: Comparison, names: Names): z.output<typeof comparison> => ({ ...rest, roles: roles.map((each) => ({ ...each, role: names.role(each.role) })) });

export const simulateEndpoint = endpoint({
  method: 'post', path: '/templates/simulate', id: 'simulateTemplate', tag: 'templates', refuses: [403, 404], summary: 'When projects of a version or a draft would end',
  description: 'It is played many times by the functions that run projects, with a small inventory; what takes too long has fewer runs. `whatIf` is played as often, and compared. Nothing is kept.',
  body: z.strictObject({
    text: z.string().min(1).max(900_000).optional().meta({ description: 'A draft; or name a published version.' }), template: key.optional(), version: idText(60).optional(),
    start: z.iso.date().optional().meta({ description: 'The day on which the project starts; today when not given.' }),
    runs: z.int().min(1).max(RUNS_AT_MOST).default(200), seed: z.int().min(0).max(999_999_999).default(1), ...supposed,
    whatIf: z.strictObject(supposed).optional().meta({ description: 'What is supposed otherwise.' }),
  }).refine(({ text, template }) => (text === undefined) !== (template === undefined), { message: 'text or template', path: ['text'] }),
  answers: { 200: { description: 'When it ends, what decides on that, and who has how much to do.', schema: simulation } },
  async handle({ body, caller, language }, deps) {
    if (!mayStartProject(caller.globalRoles)) throw new Problem('not-permitted', { facts: { roles: STARTS_PROJECTS } });
    const { text, template, version, start = todayIn(HOME.timeZone, Date.now()), runs, seed, whatIf, ...given } = body;
    const target = template === undefined ? { text: text ?? '' } : await publishedTarget(deps, template, version);
    const found = await untilJudged(() => runApart('simulateTemplate', { target, start, runs, seed, supposed: supposedOf(given), ...(whatIf && { whatIf: supposedOf(whatIf) }) }));
    if ('problems' in found) return { body: { result: null, whatIf: null, problems: found.problems.map((each) => wrongIn(each, language)) } };
    const names = namesOf(found.template, ITEMS_AT_MOST, language);
    return { body: {
      result: viewOf(found.result, names), problems: [],
      whatIf: found.whatIf ? { result: viewOf(found.whatIf.result, names), comparison: compared(found.whatIf.comparison, names) } : null,
    } };
  },
});

type Given = { readonly [K in keyof typeof supposed]?: z.output<(typeof supposed)[K]> | undefined };

/** What was given, without what was left out. */
function supposedOf({ people, rejection, parameters, estimates, items }: Given) {
  return { ...(people && { people }), ...(rejection !== undefined && { rejection }), ...(parameters && { parameters }), ...(estimates && { estimates }), ...(items !== undefined && { items }) };
}
