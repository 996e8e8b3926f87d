/** Sprints on a terminal: one request each. */
import type { Config } from '../../config';
import { type ApiOptions, connect, given } from '../client/api';
import { count, print, printJson } from '../terminal/print';
import { style } from '../terminal/style';
import { textTable } from '../terminal/table';
import { momentOf } from '../terminal/time';
import { phasePath, type SprintPath, sprintPath } from './ref';

/** @throws UsageError, ApiProblem */
export async function runSprintList(config: Config, phase: string, options: ApiOptions): Promise<void> {
  const { items } = await connect(config, options).get(`${phasePath(phase)}/sprints`);
  if (options.json) {
    printJson({ items });
    return;
  }
  if (items.length > 0) {
    print(textTable(['sprint', 'status', 'goal', 'ends', 'planned', 'accepted', 'carried'], items.map(({ team, number, status, goal, endsAt, result }) => (
      [`${team.name} ${number}`, status, goal ?? '', momentOf(endsAt), ...(['scope', 'accepted', 'carried'] as const).map((part) => (result ? `${result[part].estimate} (${result[part].items})` : ''))]))));
    print('');
  }
  print(`${count(items.length, 'sprint')}.`);
}

/** @throws UsageError, ApiProblem */
export async function runSprintShow(config: Config, named: string, options: ApiOptions): Promise<void> {
  const sprint = await connect(config, options).get(sprintPath(named));
  if (options.json) {
    printJson(sprint);
    return;
  }
  print(`${style.bold(`${sprint.team.name} ${sprint.number}`)}  ${sprint.status}${sprint.endsAt === null ? '' : `, ends ${momentOf(sprint.endsAt)}`}`);
  if (sprint.goal !== null) print(sprint.goal);
  for (const { event, at, hours } of sprint.events) if (at !== null) print(`${event.padEnd(13)} ${momentOf(at)}, ${hours} h`);
  const cards = sprint.cards.filter(({ left }) => left === null);
  if (cards.length > 0) print(textTable(['item', 'title', 'column', 'person', 'estimate'], cards.map((card) => [card.item, card.title ?? '(erased)', card.acceptedAt === null ? card.column : 'accepted', card.person?.name ?? '', String(card.estimate ?? '')])));
  for (const { by, to, text } of sprint.recognitions) print(`${by.name} thanks ${to.name}: ${text ?? '(erased)'}`);
  for (const each of sprint.impediments) if (each.resolvedAt === null) print(style.red(`Impediment ${each.impediment} since ${momentOf(each.at)}: ${each.text ?? '(erased)'}${each.owner ? ` (${each.owner.name})` : ''}`));
}

/** Shows what a team answered; answers are given on the pages, where no shell remembers them. @throws UsageError, ApiProblem */
export async function runPulse(config: Config, named: string, options: ApiOptions): Promise<void> {
  const pulse = await connect(config, options).get(`${sprintPath(named)}/pulse`);
  if (options.json) {
    printJson(pulse);
    return;
  }
  print(`${pulse.answers} of ${pulse.members} answered; a result is shown from ${pulse.needs} on, once the pulse is closed (now: ${pulse.state}).`);
  if (pulse.results) print(textTable(['average', '1', '2', '3', '4', '5', 'statement'], pulse.results.map(({ question, average, counts }) => [average.toFixed(1), ...counts.map(String), question.name])));
}

/** Begins to plan the next sprint of a team. @throws UsageError, ApiProblem */
export async function runSprintOpen(config: Config, phase: string, team: string, options: ApiOptions): Promise<void> {
  const answer = await connect(config, options).post(`${phasePath(phase)}/sprints`, { team });
  if (options.json) printJson(answer);
  else print(`${style.green('opened')}  ${phase}/${team}`);
}

/** What can be done with a sprint, as it stands in its address. */
export type SprintVerb = `events/${string}` | 'plan' | 'remove' | 'goal' | 'start' | 'cancel' | 'close' | 'impediments' | 'notes' | 'recognitions';

/** Sends one command on a sprint. @param said What is said when it is done. @throws UsageError, ApiProblem */
export async function runSprintCommand(config: Config, named: string, verb: SprintVerb, body: object, said: string, options: ApiOptions): Promise<void> {
  // All of them answer the same; their callers know what each takes.
  const answer = await connect(config, options).post(`${sprintPath(named)}/${verb}` as `${SprintPath}/start`, given(body));
  if (options.json) printJson(answer);
  else print(`${style.green(said)}  ${named}`);
}

/** Adds an action to the retrospective; where somebody or a day is named, it is theirs until then. @throws UsageError, ApiProblem */
export async function runAction(config: Config, named: string, text: string, { owner, due }: { readonly owner?: string | undefined; readonly due?: string | undefined }, options: ApiOptions): Promise<void> {
  const api = connect(config, options);
  const answer = await api.post(`${sprintPath(named)}/notes`, { kind: 'action', text, ...(owner !== undefined && { owner }), ...(due !== undefined && { due }) });
  if (options.json) printJson(answer);
  else print(`${style.green('noted')}  ${named}`);
}

export type CardVerb = 'move' | 'take' | 'tick' | 'accept' | 'return' | 'remaining';

/** Sends one command on an item of a sprint. @throws UsageError, ApiProblem */
export async function runCardCommand(config: Config, named: string, item: string, verb: CardVerb, body: object, said: string, options: ApiOptions): Promise<void> {
  const answer = await connect(config, options).post(`${sprintPath(named)}/cards/${encodeURIComponent(item)}/${verb}` as `${SprintPath}/cards/${string}/accept`, given(body));
  if (options.json) printJson(answer);
  else print(`${style.green(said)}  ${named} ${item}`);
}
