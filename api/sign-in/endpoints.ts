import { z } from 'zod';
import { endpoint } from '../http/endpoint';
import { LANGUAGES } from '../http/language';
import { Problem } from '../problem';
import { idText, key } from '../schemas';

/** How long a session of the demo lasts, in seconds; a token that somebody brings lasts as long as it does. */
const SESSION_SECONDS = 12 * 3600;
/** How long a browser keeps the cookie of a token that somebody brought. */
const KEPT_SECONDS = 30 * 24 * 3600;

const demoPerson = z.strictObject({
  id: z.string(), name: z.string(), language: z.enum(LANGUAGES), role: key.nullable().meta({ description: 'What they do in the demo; null: nothing.' }),
}).meta({ id: 'DemoPerson' });

const ways = z.strictObject({
  demo: z.boolean().meta({ description: 'Whether anybody may sign in as a demo person, without proof: never in production.' }),
  people: z.array(demoPerson).meta({ description: 'The demo people; empty where there is no demo.' }),
}).meta({ id: 'WaysToSignIn' });

const signIn = z.union([
  z.strictObject({ token: z.string().min(1).max(200).meta({ description: 'A sign-in token of yours.' }) }),
  z.strictObject({ demo: idText(200).meta({ description: 'Id of a demo person.' }) }),
]).meta({ id: 'SignIn' });

export const signInEndpoints = [
  endpoint({
    method: 'get', path: '/sign-in', id: 'waysToSignIn', tag: 'me', open: true, summary: 'How one can sign in here',
    answers: { 200: { description: 'The ways.', schema: ways } },
    handle: async (_, { sessions }) => {
      const people = sessions.demoPeople;
      return { body: { demo: people !== undefined, people: (people ?? []).map(({ id, name, language, role }) => ({ id, name, language, role })) } };
    },
  }),
  endpoint({
    method: 'post', path: '/sign-in', id: 'signIn', tag: 'me', open: true, summary: 'Begin a session in a browser',
    description: 'Answers with a cookie that no script can read. Programs send their token with each request instead.',
    body: signIn, answers: { 204: { description: 'Signed in.' } },
    async handle({ body, cookie }, deps) {
      if ('token' in body) {
        await deps.authenticate(`Bearer ${body.token}`);
        return { status: 204, headers: { 'Set-Cookie': cookie(body.token, KEPT_SECONDS) } };
      }
      if (!deps.sessions.demoPeople?.some(({ id }) => id === body.demo)) throw new Problem('unknown-person');
      return { status: 204, headers: { 'Set-Cookie': cookie(await deps.sessions.begin(body.demo, SESSION_SECONDS), SESSION_SECONDS) } };
    },
  }),
  endpoint({
    method: 'post', path: '/sign-out', id: 'signOut', tag: 'me', open: true, summary: 'End the session of a browser',
    description: 'The session that signing in as a demo person began is withdrawn; a token of your own stays valid.',
    body: z.strictObject({}), answers: { 204: { description: 'Signed out, or nobody was signed in.' } },
    async handle({ session, cookie }, { sessions }) {
      if (session !== undefined) await sessions.end(session);
      return { status: 204, headers: { 'Set-Cookie': cookie(undefined) } };
    },
  }),
];
