import { z } from 'zod';
import { DIRECTORY } from '../../domain/directory/types';
import { Problem } from '../problem';
import { endpoint } from '../http/endpoint';
import { bodyOf, replyOf } from './send';
import { commandAnswer, idText, pendingAnswer } from '../schemas';
import { projectOf } from './stream';

export const lookUpCommand = endpoint({
  method: 'get', path: '/commands/{stream}/{id}', id: 'getCommand', tag: 'commands', summary: 'What became of a command',
  description: 'The place that an answer 202 names in `Location`.',
  params: z.object({ stream: idText(500), id: idText(200) }),
  answers: {
    200: { description: 'Carried out: its answer.', schema: commandAnswer },
    202: { description: 'Accepted; ask again.', schema: pendingAnswer },
  },
  async handle({ params, caller }, deps) {
    const project = projectOf(params.stream);
    if (project === undefined && params.stream !== DIRECTORY) throw new Problem('unknown-command-id');
    if (project !== undefined) await deps.enter(caller, project);
    const outcome = await deps.gateway.lookUp(params.stream, params.id);
    if (!outcome) throw new Problem('unknown-command-id');
    return outcome.pending ? { ...replyOf(outcome), headers: { 'Retry-After': '2' } } : { body: bodyOf(outcome) };
  },
});
