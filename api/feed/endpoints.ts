import { z } from 'zod';
import { endpoint } from '../http/endpoint';
import { Problem } from '../problem';
import { idText } from '../schemas';
import { placeOf } from './hub';

const id = z.string().max(40);

export const feedEndpoints = [
  endpoint({
    method: 'get', path: '/feed', id: 'feed', tag: 'me', summary: 'What happens in my projects, as it happens',
    description: 'Server-sent events. `change` says that something happened: ids only, in the order in which it can be resumed, by the header `Last-Event-ID` or by `after`, without gaps or repeats. '
      + '`reset` says that what was read before is to be read anew: at first without a place to go on from, and when that place is too far back or not of this log. '
      + '`alive` is a sign of life, without an id; `nextMs` says when the next one comes at the latest: a stream that stays silent for much longer is dead.',
    query: z.strictObject({
      project: z.union([idText(200), z.array(idText(200)).max(50)]).optional().meta({ description: 'Only these projects.' }),
      after: id.optional().meta({ description: 'The id of the last event that was received, where the header can not be sent.' }),
    }),
    answers: { 200: { description: 'The stream.', file: 'text/event-stream' } },
    async handle({ query, caller, lastEventId, check }, deps) {
      const { project, after = lastEventId } = query;
      const place = after === undefined ? undefined : placeOf(after);
      if (after !== undefined && !place) throw new Problem('invalid-cursor');
      const projects = project === undefined ? [] : [project].flat();
      return { live: await deps.feed.listen({ person: caller, projects, after: place, check }) };
    },
  }),
];
