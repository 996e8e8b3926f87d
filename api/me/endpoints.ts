import { z } from 'zod';
import { decodeCursor } from '../http/cursor';
import { endpoint } from '../http/endpoint';
import { toIso } from '../http/instant';
import { LANGUAGES } from '../http/language';
import { pageOf } from '../http/page';
import { Problem } from '../problem';
import { flag, idText, instant, key, listOf, page } from '../schemas';

const me = z.strictObject({
  id: z.string(), name: z.string(), language: z.enum(LANGUAGES), globalRoles: z.array(key),
  projects: z.array(z.strictObject({ id: z.string(), name: z.string().nullable(), roles: z.array(key) })),
}).meta({ id: 'Me' });

const notification = z.strictObject({
  id: z.string(), project: z.string(), kind: z.string().meta({ example: 'task-ready' }), at: instant, readAt: instant.nullable(),
  about: z.record(z.string(), z.unknown()),
}).meta({ id: 'Notification' });

export const meEndpoints = [
  endpoint({
    method: 'get', path: '/me', id: 'getMe', tag: 'me', summary: 'Who I am, and where I hold which role',
    answers: { 200: { description: 'You.', schema: me } },
    async handle({ caller }, deps) {
      const projects = await deps.reads.rolesOf(caller.id);
      const names = await deps.reads.texts(projects.map(({ nameRef }) => nameRef));
      return { body: {
        ...caller, globalRoles: [...caller.globalRoles],
        projects: projects.map(({ project, nameRef, roles }) => ({ id: project, name: names.get(nameRef) ?? null, roles: [...roles] })),
      } };
    },
  }),
  endpoint({
    method: 'get', path: '/me/inbox', id: 'listInbox', tag: 'me', summary: 'My notifications, the latest first',
    query: z.strictObject({ unread: flag.optional(), ...page }),
    answers: { 200: { description: 'Notifications.', schema: listOf(notification).meta({ id: 'Inbox' }) } },
    async handle({ query, caller }, deps) {
      const [at, id] = decodeCursor(query.cursor, ['instant', 'string']) ?? [];
      const found = await deps.reads.inbox(caller.id, { unread: query.unread ?? false }, { limit: query.limit + 1, ...(id !== undefined && at !== undefined && { after: { at, id } }) });
      const { items, nextCursor } = pageOf(found, query.limit, (each) => [each.at, each.id]);
      return { body: { items: items.map((each) => ({ ...each, at: toIso(each.at), readAt: toIso(each.readAt) })), nextCursor } };
    },
  }),
  endpoint({
    method: 'post', path: '/me/inbox/{notification}/read', id: 'readNotification', tag: 'me', summary: 'Mark a notification as read',
    description: 'Repeating it changes nothing.',
    params: z.object({ notification: idText(600).meta({ description: 'Id of the notification, URL-encoded.' }) }), body: z.strictObject({}),
    answers: { 204: { description: 'Marked.' } },
    async handle({ params, caller }, deps) {
      if (!await deps.reads.markRead(caller.id, params.notification)) throw new Problem('unknown-notification');
      return { status: 204 };
    },
  }),
];
