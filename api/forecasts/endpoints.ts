import { z } from 'zod';
import { splitTaskKey } from '../../domain/inventory';
import type { Plan } from '../../domain/plan';
import type { SimulationResult } from '../../domain/play/simulate';
import type { Key } from '../../domain/process';
import { runWhenFree } from '../apart/run';
import type { Deps } from '../deps';
import { endpoint } from '../http/endpoint';
import { readNames } from '../naming';
import { Problem } from '../problem';
import { idText, projectParams, whole } from '../schemas';
import { KEPT_RUNS, keepForecastOf } from './keep';
import { readPresent } from './present';
import { forecastView, splitTask, toForecastView } from './views';

const RUNS_AT_MOST = 2000;
const PEOPLE_AT_MOST = 1000;
const ROLES_AT_MOST = 100;

const people = idText(5000).regex(/^[a-z0-9-]+:[1-9]\d{0,3}(,[a-z0-9-]+:[1-9]\d{0,3})*$/)
  .transform((text): Readonly<Record<Key, number>> => Object.fromEntries(text.split(',').map((each) => {
    const [role = '', count = ''] = each.split(':');
    return [role, Number(count)];
  })))
  .refine((given) => Object.keys(given).length <= ROLES_AT_MOST && Object.values(given).every((count) => count <= PEOPLE_AT_MOST));

const query = z.strictObject({
  runs: whole(1, RUNS_AT_MOST).default(200)
    .meta({ description: `How often the project is played on to its end, at most ${RUNS_AT_MOST} times. After twenty seconds the runs that are done are enough: \`runs\` of the answer says how many.`, override: { type: 'integer', minimum: 1, maximum: RUNS_AT_MOST, default: 200 } }),
  seed: whole(0, 999_999_999).default(1)
    .meta({ description: 'The same seed gives the same answer for as long as the project stands where it does.', override: { type: 'integer', minimum: 0, maximum: 999_999_999, default: 1 } }),
  people: people.optional().meta({
    description: 'What if so many people held these roles: `role:2,role:1`. Of the others, those who hold them do.', override: { type: 'string', example: 'engineer:2' },
  }),
});

/** Roles that are asked about must be those that people can hold. */
function refuseUnknown({ roles }: Plan, asked: Readonly<Record<Key, number>>): void {
  const known = roles.filter(({ members }) => members.length === 0).map(({ key }) => key);
  if (Object.keys(asked).some((role) => !known.includes(role))) throw Problem.fields([{ pointer: '/query/people', code: 'choice', expected: known.join(', ') }]);
}

async function forecast(deps: Deps, project: string, { runs, seed, people: asked = {} }: z.output<typeof query>): Promise<SimulationResult> {
  const found = await readPresent(deps, project);
  if (!found) throw new Problem('project-ended');
  refuseUnknown(found.plan, asked);
  const result = await runWhenFree('forecastProject', { ...found.present, now: Date.now(), runs, seed, people: asked });
  // As good as one that is made for them: who looks at services sees it too.
  if (runs >= KEPT_RUNS && Object.keys(asked).length === 0) await keepForecastOf(deps, project, found, result);
  return result;
}

export const forecastEndpoints = [
  endpoint({
    method: 'get', path: '/projects/{project}/forecast', id: 'forecastProject', tag: 'projects', summary: 'When the project would end, as it stands',
    description: 'It is played on to its end by the functions that run it, with the people it has, many times. Nothing is changed.',
    params: projectParams, query, refuses: [409], answers: { 200: { description: 'When it would end and pass its gates, which tasks decide on that, and what waits for whom.', schema: forecastView } },
    async handle({ params: { project }, query: asked, caller, language }, deps) {
      const access = await deps.enter(caller, project);
      const result = await forecast(deps, project, asked);
      const named = [...result.critical, ...result.waiting.tasks].map(({ task }) => splitTask(task)[1]);
      const items = new Set(named.flatMap((task) => splitTaskKey(task).item ?? []));
      const rows = (await deps.reads.tasks(project, {})).flatMap(({ phase, task, condition }) => (condition ? [[`${phase}/${task}`, condition] as const] : []));
      const names = await readNames(deps, access, language, rows.map(([, condition]) => condition), [], [...items].map((item) => ({ project, item })));
      return { body: toForecastView(result, { project, people: asked.people ?? {}, conditions: new Map(rows) }, names) };
    },
  }),
];
