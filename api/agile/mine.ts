/** What of backlogs and sprints is the caller's. */
import { z } from 'zod';
import { ITEM_KINDS } from '../../domain/backlog/types';
import { endpoint } from '../http/endpoint';
import { toIso } from '../http/instant';
import { namesForItems } from '../naming';
import { instant, key, namedKey } from '../schemas';

/** Nobody works on more at once. */
const AT_MOST = 200;

const ownItem = z.strictObject({
  project: z.string(), projectName: z.string().nullable(), phase: key, phaseName: z.string(), item: z.string().meta({ description: 'Its number.', example: '12' }), kind: z.enum(ITEM_KINDS),
  title: z.string().nullable(), due: z.iso.date().nullable().meta({ description: 'The last day by which it is to be done.' }),
  sprint: z.strictObject({ team: namedKey, number: z.int() }).nullable().meta({ description: 'The sprint that has it.' }), endsAt: instant.nullable().meta({ description: 'When that sprint is over, if you are at work on it there.' }),
  column: namedKey.nullable().meta({ description: 'Where it stands on the board, if you are at work on it there.' }), owned: z.boolean().meta({ description: 'You see to it.' }),
  isAction: z.boolean().meta({ description: 'A retrospective gave it to you: you say that it is done (`finish`).' }),
}).meta({ id: 'OwnItem' });

export const ownItemEndpoints = [
  endpoint({
    method: 'get', path: '/me/items', id: 'listOwnItems', tag: 'me', summary: 'Items of backlogs that I see to, and those that I am at in sprints that run',
    description: `What is due first comes first; at most ${AT_MOST}.`,
    answers: { 200: { description: 'Items.', schema: z.strictObject({ items: z.array(ownItem) }).meta({ id: 'OwnItems' }) } },
    async handle({ caller, language }, deps) {
      const found = (await deps.reads.ownItems(caller.id, AT_MOST)).map((each) => ({ ...each, row: each.title }));
      const names = await namesForItems(deps, found, language, []);
      return { body: { items: found.map((each) => {
        const { project, phase, item, kind, title, due, sprint, endsAt, column, owned, action, nameRef } = each;
        const called = names(each);
        const named = (list: string, of: string) => ({ key: of, name: called.at(`${list}:${phase}/${of}`) ?? of });
        return {
          project, projectName: called.text({ text: nameRef }), phase, phaseName: called.phase(phase), item, kind, title: called.text(title), due,
          sprint: sprint && { team: named('team', sprint.team), number: sprint.number }, endsAt: endsAt === null ? null : toIso(endsAt), column: column === null ? null : named('column', column), owned, isAction: action,
        };
      }) } };
    },
  }),
];
