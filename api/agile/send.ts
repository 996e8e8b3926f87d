/** What the handlers of commands on backlogs and sprints share. */
import { z } from 'zod';
import { sprintStream } from '../../domain/backlog/streams';
import type { StreamId } from '../../domain/process';
import { commandAnswers, send } from '../commands/send';
import { kindOf } from '../commands/stream';
import type { Deps } from '../deps';
import type { Call, Reply } from '../http/endpoint';
import type { Language } from '../http/language';
import { namingFor } from '../naming';
import { type Naming, Problem } from '../problem';
import { phaseParams, idText } from '../schemas';
import type { ProjectAccess } from '../reads';
import { amountIn, dayIn, momentIn } from '../texts/said';

export const BACKLOG_PATH = '/projects/{project}/phases/{phase}/backlog';
export const SPRINT_PATH = '/projects/{project}/phases/{phase}/sprints/{team}/{number}';

const pathKey = idText(100).min(1);
const pathNumber = z.string().regex(/^[1-9]\d{0,5}$/);
export const itemParams = phaseParams.extend({ item: pathNumber });
export const sprintParams = phaseParams.extend({ team: pathKey, number: pathNumber });
export const cardParams = sprintParams.extend({ item: pathNumber });

type PhaseParams = z.output<typeof phaseParams>;
type SprintParams = z.output<typeof sprintParams>;
export type Make = () => Promise<{ readonly type: string; readonly [field: string]: unknown }>;

/** The endpoint of a command, but for its own parts. */
export const shared = { method: 'post', tag: 'agile', command: true, answers: commandAnswers } as const;

/** Lets the caller in, and finds the backlog of a phase. @throws Problem `unknown-phase`, `unknown-backlog`. */
export async function enterBacklog({ caller, params: { project, phase } }: Pick<Call<PhaseParams>, 'caller' | 'params'>, deps: Deps): Promise<{ readonly access: ProjectAccess; readonly backlog: StreamId }> {
  const access = await deps.enter(caller, project);
  const seen = deps.seenBacklog(caller, project, phase);
  const backlog = seen ? seen.stream : await deps.reads.backlogStream(project, phase);
  if (backlog === undefined) throw new Problem('unknown-phase', { facts: { phase } });
  if (backlog === null) throw new Problem('unknown-backlog', { facts: { phase } });
  return { access, backlog };
}

/** What an item is that nothing can be done with any more. */
const OVER: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  done: { nl: 'klaar', fr: 'terminé', en: 'done' }, dropped: { nl: 'geschrapt', fr: 'abandonné', en: 'dropped' },
};

/** How moments, days, amounts and states of a refusal are written. */
const written = (language: Language, naming: Naming): Naming => (fact, id) => {
  if (fact === 'at') return momentIn(language, id);
  if (fact === 'from' || fact === 'until') return dayIn(language, id);
  if (fact === 'status') return OVER[id]?.[language] ?? id;
  return fact === 'scope' || fact === 'limit' ? amountIn(language, Number(id)) : naming(fact, id);
};

const PLACE_WORD: Readonly<Record<Language, string>> = { nl: 'plaats', fr: 'place', en: 'place' };
const IN_ORDER = { statuses: ['open', 'planned'] };
const ITEMS_AT_MOST = 5_000;

/** Where an item stands in the order of its backlog, as people count: the sortable place tells them nothing. */
async function placeIn(deps: Deps, backlog: StreamId, item: unknown): Promise<number> {
  return (await deps.reads.items(backlog, IN_ORDER, { limit: ITEMS_AT_MOST })).findIndex((each) => each.item === item) + 1;
}

async function sendTo(call: Call<PhaseParams>, deps: Deps, access: ProjectAccess, stream: StreamId, make: Make): Promise<Reply> {
  const naming = written(call.language, await namingFor(deps, access, call.language, { phase: call.params.phase }));
  call.name(naming);
  try {
    return await send(call, deps, access, stream, make);
  } catch (error) {
    // Who was first moved it where people count it to be.
    if (error instanceof Problem && error.code === 'item-moved' && kindOf(stream) === 'backlog') {
      const place = await placeIn(deps, stream, error.options.facts?.['item']);
      if (place > 0) call.name((fact, id) => (fact === 'to' ? `${PLACE_WORD[call.language]} ${place}` : naming(fact, id)));
    }
    throw error;
  }
}

/** Sends a command to the backlog of a phase. */
export async function sendToBacklog(call: Call<PhaseParams>, deps: Deps, make: Make): Promise<Reply> {
  const { access, backlog } = await enterBacklog(call, deps);
  return sendTo(call, deps, access, backlog, make);
}

/** Sends a command to a sprint. */
export async function sendToSprint(call: Call<SprintParams>, deps: Deps, make: Make): Promise<Reply> {
  const { access, backlog } = await enterBacklog(call, deps);
  return sendTo(call, deps, access, sprintStream(backlog, call.params.team, Number(call.params.number)), make);
}
