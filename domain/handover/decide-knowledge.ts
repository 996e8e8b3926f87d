/** Judges what people want to do with knowledge that is passed on: sessions, and articles that a service desk finds by searching. */
import { type FieldProblem, refuse } from '../errors';
import { own } from '../fold';
import type { Decision, Instant } from '../process';
import type { Actor } from './decide';
import { isOver, lastNumber, MAX_ARTICLES, MAX_SESSIONS } from './entries';
import { following } from './going-back';
import type { HandoverEvent, HandoverState, PersonCommand, ServiceState } from './types';

type KnowledgeCommand = Extract<PersonCommand, { type: 'plan-session' | 'hold-session' | 'answer-session' | 'drop-session' | 'write-article' | 'drop-article' }>;
type Of<T extends KnowledgeCommand['type']> = Extract<KnowledgeCommand, { type: T }>;

const MAX_ATTENDED = 100;
const MAX_MATERIAL = 20;
/** What the API found to be past is not to be refused as future because its clock is ahead of the worker's. */
const CLOCKS_MS = 60_000;

const accept = (...events: HandoverEvent[]): Decision<HandoverEvent> => ({ ok: true, events });
const invalid = (pointer: string, code: FieldProblem['code'], expected?: string): Decision<HandoverEvent> =>
  refuse('session-invalid', undefined, [{ pointer, code, ...(expected !== undefined && { expected }) }]);

export function decideKnowledge(state: HandoverState, command: KnowledgeCommand, actor: Actor): Decision<HandoverEvent> {
  const service = own(state.services, command.service);
  if (!service) return refuse('unknown-service', { service: command.service });
  switch (command.type) {
    case 'plan-session': return planSession(service, command);
    case 'hold-session': return holdSession(service, command, actor.now, actor.person);
    case 'answer-session': return answerSession(service, command, actor.person);
    case 'drop-session': return dropSession(service, command);
    case 'write-article': return writeArticle(service, command, actor.person);
    case 'drop-article':
      return own(service.articles, command.article) ? accept({ type: 'article-dropped', service: command.service, article: command.article }) : refuse('unknown-article', { article: command.article });
  }
}

/** A session gets a date, or another one; without its key it is a new one. */
function planSession(service: ServiceState, { service: key, session: name, kind, subject, at, givenBy }: Of<'plan-session'>): Decision<HandoverEvent> {
  const facts = { ...(subject && { subject }), ...(at !== undefined && { at }), ...(givenBy !== undefined && { givenBy }) };
  if (name === undefined) {
    if (!subject) return invalid('/subject', 'required');
    const last = lastNumber(service.sessions, 'session');
    if (last >= MAX_SESSIONS) return refuse('handover-full', { limit: MAX_SESSIONS });
    return accept({ type: 'session-planned', service: key, session: `session-${last + 1}`, kind: kind ?? 'session', ...facts });
  }
  const session = own(service.sessions, name);
  if (!session) return refuse('unknown-session', { session: name });
  if (isOver(session) || session.status === 'held') return refuse('session-settled', { session: name, status: session.status });
  const planned = { kind: kind ?? session.kind, ...(session.at !== undefined && { at: session.at }), ...facts };
  return accept({ type: 'session-planned', service: key, session: name, ...planned });
}

/** It is said who was there, and what was shown; said again, it takes the place of what was said. */
function holdSession(service: ServiceState, { service: key, session: name, heldAt, attended, material = [] }: Of<'hold-session'>, now: Instant, person: string): Decision<HandoverEvent> {
  const session = own(service.sessions, name);
  if (!session) return refuse('unknown-session', { session: name });
  if (isOver(session)) return refuse('session-settled', { session: name, status: session.status });
  if (heldAt > now + CLOCKS_MS) return invalid('/heldAt', 'future');
  if (attended.length === 0) return invalid('/attended', 'required');
  if (attended.length > MAX_ATTENDED) return invalid('/attended', 'range', `1 – ${MAX_ATTENDED}`);
  if (material.length > MAX_MATERIAL) return invalid('/material', 'range', `0 – ${MAX_MATERIAL}`);
  return accept({ type: 'session-held', service: key, session: name, heldAt, attended: [...new Set(attended)], ...(material.length > 0 && { material }), person });
}

/** Who receives the service confirms, or says what is still missing: then another session follows. */
function answerSession(service: ServiceState, { service: key, session: name, missing }: Of<'answer-session'>, person: string): Decision<HandoverEvent> {
  const session = own(service.sessions, name);
  if (!session) return refuse('unknown-session', { session: name });
  if (session.status !== 'held') return refuse(isOver(session) ? 'session-settled' : 'session-not-held', { session: name, status: session.status });
  if (!missing) return accept({ type: 'session-confirmed', service: key, session: name, person });
  const next = `session-${lastNumber(service.sessions, 'session') + 1}`;
  return accept({ type: 'session-incomplete', service: key, session: name, missing, person }, following(service, key, name, next, missing));
}

/** What the template asks for, or who receives the service missed, can't be left out. */
function dropSession(service: ServiceState, { service: key, session: name, reason }: Of<'drop-session'>): Decision<HandoverEvent> {
  const session = own(service.sessions, name);
  if (!session) return refuse('unknown-session', { session: name });
  if (isOver(session)) return refuse('session-settled', { session: name, status: session.status });
  if (session.topic !== undefined || session.follows !== undefined) return refuse('entry-not-own', { entry: name });
  return accept({ type: 'session-dropped', service: key, session: name, reason });
}

function writeArticle(service: ServiceState, { service: key, article, title, text }: Of<'write-article'>, person: string): Decision<HandoverEvent> {
  const known = article === undefined ? undefined : own(service.articles, article);
  if (article !== undefined && !known) return refuse('unknown-article', { article });
  if (!known && Object.keys(service.articles).length >= MAX_ARTICLES) return refuse('handover-full', { limit: MAX_ARTICLES });
  if (known && known.title.text === title.text && known.text.text === text.text) return accept();
  return accept({ type: 'article-written', service: key, article: article ?? `article-${service.lastArticle + 1}`, title, text, person });
}
