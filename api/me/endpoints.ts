import { z } from 'zod';
import { DIRECTORY } from '../../domain/directory/types';
import { splitTaskKey } from '../../domain/inventory';
import { namedIn } from '../directory/views';
import { decodeCursor } from '../http/cursor';
import { endpoint } from '../http/endpoint';
import { toIso } from '../http/instant';
import { LANGUAGES } from '../http/language';
import { pageOf } from '../http/page';
import { namesForItems, readTemplate } from '../naming';
import { Problem } from '../problem';
import { flag, idText, instant, key, listOf, moment, namedPerson, page } from '../schemas';
import { directoryNoticeText, noticeText, peopleInNotice } from './notice-text';

const me = z.strictObject({
  id: z.string(), name: z.string(), language: z.enum(LANGUAGES), globalRoles: z.array(key),
  projects: z.array(z.strictObject({ id: z.string(), name: z.string().nullable(), roles: z.array(key),
    steers: z.boolean().meta({ description: 'I hold the role that manages the project.' }) })),
  reports: z.array(namedPerson).meta({ description: 'People whose line manager I am.' }),
}).meta({ id: 'Me' });

const notification = z.strictObject({
  id: z.string(), project: z.string().nullable().meta({ description: 'null: it is about no project in particular.' }), kind: z.string().meta({ example: 'task-ready' }), at: instant, readAt: instant.nullable(),
  projectName: z.string().nullable(), about: z.record(z.string(), z.unknown()),
  text: z.string().nullable().meta({ description: 'What it says, in the language asked for; null for a kind that this release does not know.' }),
}).meta({ id: 'Notification' });

/** The inventory item of a task that a notice is about. */
function itemOf({ task }: Readonly<Record<string, unknown>>): string[] {
  const item = typeof task === 'string' ? splitTaskKey(task).item : undefined;
  return item === undefined ? [] : [item];
}

export const meEndpoints = [
  endpoint({
    method: 'get', path: '/me', id: 'getMe', shared: true, tag: 'me', summary: 'Who I am, and where I hold which role',
    answers: { 200: { description: 'You.', schema: me } },
    async handle({ caller }, deps) {
      const [projects, reports] = await Promise.all([deps.reads.rolesOf(caller.id), deps.reads.reportsOf(caller.id)]);
      const [names, people, managerRoles] = await Promise.all([
        deps.reads.texts(projects.map(({ nameRef }) => nameRef)), deps.reads.names(reports),
        Promise.all(projects.map(async ({ template, templateVersion }) => (await readTemplate(deps, template, templateVersion)).managerRole)),
      ]);
      return { body: {
        id: caller.id, name: caller.name, language: caller.language, globalRoles: [...caller.globalRoles],
        projects: projects.map(({ project, nameRef, roles }, place) => ({ id: project, name: names.get(nameRef) ?? null, roles: [...roles], steers: roles.includes(managerRoles[place] as string) })),
        reports: reports.map((person) => namedIn(people, person)),
      } };
    },
  }),
  endpoint({
    method: 'get', path: '/me/inbox', id: 'listInbox', shared: true, tag: 'me', summary: 'My notifications, the latest first',
    query: z.strictObject({ unread: flag.optional(), ...page }),
    answers: { 200: { description: 'Notifications.', schema: listOf(notification).extend({ unread: z.int().meta({ description: 'How many I have not read, on all pages.' }) }).meta({ id: 'Inbox' }) } },
    async handle({ query, caller, language }, deps) {
      const [at, id] = decodeCursor(query.cursor, ['instant', 'string']) ?? [];
      const place = { limit: query.limit + 1, ...(id !== undefined && at !== undefined && { after: { at, id } }) };
      const [found, unread] = await Promise.all([deps.reads.inbox(caller.id, { unread: query.unread ?? false }, place), deps.reads.countUnread(caller.id)]);
      const { items, nextCursor } = pageOf(found, query.limit, (each) => [each.at, each.id]);
      const titles = new Map((await deps.reads.titles(items.map(({ project }) => project))).map((title) => [title.id, { ...title, row: items.map(({ about }) => about) }]));
      const inventory = items.flatMap(({ project, about }) => itemOf(about).map((item) => ({ project, item })));
      const [names, people] = await Promise.all([
        namesForItems(deps, [...titles.values()], language, [], inventory), deps.reads.names(items.flatMap(({ about }) => peopleInNotice(about))),
      ]);
      return { body: { nextCursor, unread, items: items.map((each) => {
        const title = titles.get(each.project);
        const isOfDirectory = each.project === DIRECTORY;
        return {
          ...each, ...(isOfDirectory && { project: null }), at: toIso(each.at), readAt: toIso(each.readAt), projectName: title ? names(title).text({ text: title.nameRef }) : null,
          text: isOfDirectory ? directoryNoticeText(each.kind, each.about, people, language) : title ? noticeText(each.kind, each.about, names(title)) : null,
        };
      }) } };
    },
  }),
  endpoint({
    method: 'post', path: '/me/inbox/read', id: 'readInbox', tag: 'me', summary: 'Mark all notifications as read, as far as I have seen them',
    description: 'What came after that moment stays unread.',
    body: z.strictObject({ until: moment.meta({ description: 'When the latest one came that I have seen.', override: { type: 'string', format: 'date-time' } }) }),
    answers: { 204: { description: 'Marked.' } },
    async handle({ body: { until }, caller }, deps) {
      await deps.reads.markAllRead(caller.id, until);
      return { status: 204 };
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
