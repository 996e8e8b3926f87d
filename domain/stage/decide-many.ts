/** The same done to many tasks of a stage by one command: each is judged by itself, in the order given. */
import { refuse } from '../errors';
import { cascade, foldAll } from '../fold';
import type { Context, Decision, Key } from '../process';
import { RULES, TELLS_FACTS } from '../rules';
import { unreachable } from '../unreachable';
import { advance } from './advance';
import { decideTask, type TaskCommand } from './decide-task';
import { evolve } from './evolve';
import type { RefusedTask, StageCommand, StageEvent, StageState } from './types';

export type ManyCommand = Extract<StageCommand, { type: 'complete-many' | 'confirm-many' | 'assign-many' }>;

function commandsOf(command: ManyCommand): TaskCommand[] {
  switch (command.type) {
    case 'complete-many': return command.tasks.map(({ task, evidence }) => ({ type: 'complete', task, evidence }));
    case 'confirm-many': return command.tasks.map((task) => ({ type: 'confirm', task }));
    case 'assign-many': return command.tasks.map((task) => ({ type: 'assign', task, person: command.person }));
    default: return unreachable(command);
  }
}

/**
 * Does what can be done. What can not is told by an event beside the others, so that a repeat gives the same answer; when nothing can
 * be, the command is refused, with the reason of each as `PLACE TASK CODE`, and the facts of it as JSON where it has any.
 */
export function decideMany(state: StageState, command: ManyCommand, context: Context): Decision<StageEvent> {
  const { rules = RULES } = context;
  const events: StageEvent[] = [];
  const refused: RefusedTask[] = [];
  const roles = new Set<Key | undefined>();
  let current = state;
  for (const [place, each] of commandsOf(command).entries()) {
    const decision = decideTask(current, each, context);
    if (!decision.ok) {
      const { code, facts: { task: _, ...facts } = {}, fields } = decision.rejection;
      const tells = rules >= TELLS_FACTS && Object.keys(facts).length > 0;
      refused.push({ task: each.task, place, code, ...(tells && { facts }), ...(fields && { fields }) });
      continue;
    }
    roles.add(decision.role);
    // A task that waits for one before it in the same list is ready when its turn comes.
    const followed = cascade(current, decision.events, context, evolve, (one) => advance(one, context.now));
    current = foldAll(current, followed, context, evolve);
    events.push(...followed);
  }
  if (events.length === 0 && refused.length > 0) {
    const fields = refused.flatMap(({ place, fields: wrong = [] }) => wrong.map((field) => ({ ...field, pointer: `/tasks/${place}${field.pointer}` })));
    return refuse('nothing-completed', { refused: refused.map(({ place, task, code, facts }) => [place, task, code, ...(facts ? [JSON.stringify(facts)] : [])].join(' ')) }, fields.length > 0 ? fields : undefined);
  }
  const [role] = roles;
  return {
    ok: true, events: refused.length > 0 ? [...events, { type: 'tasks-refused', tasks: refused }] : events,
    ...(roles.size === 1 && role !== undefined && { role }),
  };
}
