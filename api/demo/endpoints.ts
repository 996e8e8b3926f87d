import { z } from 'zod';
import { makePortfolio, SCENARIOS } from '../../demo/portfolio';
import { mayStartProject, STARTS_PROJECTS } from '../../domain/permissions';
import type { Deps } from '../deps';
import { endpoint } from '../http/endpoint';
import { Problem } from '../problem';

const progress = z.strictObject({
  state: z.enum(['none', 'running', 'done', 'failed']), total: z.int(),
  projects: z.array(z.strictObject({ key: z.string(), project: z.string() })).meta({ description: 'Those that are ready, by the key of their scenario.' }),
}).meta({ id: 'DemoPortfolio' });
type Progress = z.output<typeof progress>;

/** How long the tokens hold with which it is made, in seconds. */
const TOKEN_SECONDS = 900;
const NONE: Progress = { state: 'none', total: SCENARIOS.length, projects: [] };
const made = new WeakMap<Deps['sessions'], Progress>();

/** Makes it in the background; it is made over HTTP, as people would make it. */
function begin({ sessions, log }: Deps, self: string): Progress {
  const running: Progress = { ...NONE, state: 'running', projects: [] };
  made.set(sessions, running);
  const tokens: string[] = [];
  const tokenOf = async (person: string): Promise<string> => {
    const token = await sessions.begin(person, TOKEN_SECONDS);
    tokens.push(token);
    return token;
  };
  void makePortfolio({ url: self, tokenOf }, (each) => running.projects.push(each))
    .then(() => { running.state = 'done'; }, (error: unknown) => {
      running.state = 'failed';
      log.error({ err: error }, 'the demo portfolio could not be made');
    })
    .then(async () => { await Promise.all(tokens.map((token) => sessions.end(token))); })
    .catch((error: unknown) => { log.warn({ err: error }, 'tokens of the demo portfolio stay until they run out'); });
  return running;
}

export const demoEndpoints = [
  endpoint({
    method: 'get', path: '/demo/portfolio', id: 'getDemoPortfolio', tag: 'projects', summary: 'How far the demo portfolio is',
    answers: { 200: { description: 'Its progress.', schema: progress } },
    handle: async (_, { sessions }) => {
      if (!sessions.demoPeople) throw new Problem('no-demo');
      return { body: made.get(sessions) ?? NONE };
    },
  }),
  endpoint({
    method: 'post', path: '/demo/portfolio', id: 'makeDemoPortfolio', tag: 'projects', refuses: [403, 404], summary: 'Make a dozen projects in all states, to look around in',
    description: 'Only where there are demo people. Repeating it makes nothing twice.',
    body: z.strictObject({}), answers: { 202: { description: 'It is being made.', schema: progress } },
    async handle({ caller, self }, deps) {
      if (!deps.sessions.demoPeople) throw new Problem('no-demo');
      if (!mayStartProject(caller.globalRoles)) throw new Problem('not-permitted', { facts: { roles: STARTS_PROJECTS } });
      const present = made.get(deps.sessions);
      return { status: 202, body: present && present.state !== 'failed' ? present : begin(deps, self) };
    },
  }),
];
