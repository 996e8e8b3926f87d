/** What the handlers of commands on handovers share. */
import type { z } from 'zod';
import type { StreamId } from '../../domain/process';
import { authorityOf, commandAnswers, send } from '../commands/send';
import type { Deps } from '../deps';
import type { Call, Reply } from '../http/endpoint';
import { namingFor } from '../naming';
import { Problem } from '../problem';
import { idText, personId, phaseParams } from '../schemas';
import type { ProjectAccess } from '../reads';

export const HANDOVER_PATH = '/projects/{project}/phases/{phase}/handover';
export const SERVICE_PATH = `${HANDOVER_PATH}/services/{service}`;

const pathKey = idText(100).min(1);
export const serviceParams = phaseParams.extend({ service: pathKey.meta({ example: 'service-1' }) });
export const entryParams = serviceParams.extend({ entry: pathKey.meta({ description: 'Key of an acceptance criterion or an item of readiness.' }) });
export const sessionParams = serviceParams.extend({ session: pathKey.meta({ example: 'session-1' }) });
export const articleParams = serviceParams.extend({ article: pathKey.meta({ example: 'article-1' }) });
export const conditionParams = serviceParams.extend({ condition: pathKey.meta({ example: 'condition-1-1' }) });
export const onBehalfOf = personId.optional().meta({ description: 'In whose name, when you stand in for somebody who is absent.' });

type PhaseParams = z.output<typeof phaseParams>;
export type Make = (access: ProjectAccess) => Promise<{ readonly type: string; readonly [field: string]: unknown }>;

/** The endpoint of a command, but for its own parts. */
export const shared = { method: 'post', tag: 'handover', command: true, answers: commandAnswers } as const;

/** Lets the caller in, and finds the handover of a phase. @throws Problem `unknown-phase`, `unknown-handover`. */
export async function enterHandover({ caller, params: { project, phase } }: Pick<Call<PhaseParams>, 'caller' | 'params'>, deps: Deps): Promise<{ readonly access: ProjectAccess; readonly handover: StreamId }> {
  const access = await deps.enter(caller, project);
  const handover = await deps.reads.handoverStream(project, phase);
  if (handover === undefined) throw new Problem('unknown-phase', { facts: { phase } });
  if (handover === null) throw new Problem('unknown-handover', { facts: { phase } });
  return { access, handover };
}

/** Sends a command to the handover of a phase. */
export async function sendToHandover(call: Call<PhaseParams, unknown, { readonly onBehalfOf?: string | undefined }>, deps: Deps, make: Make): Promise<Reply> {
  const { access, handover } = await enterHandover(call, deps);
  const { phase } = call.params;
  const naming = await namingFor(deps, access, call.language, { phase });
  call.name(naming);
  return send(call, deps, access, handover, () => make(access), authorityOf(call, access, call.body.onBehalfOf));
}
