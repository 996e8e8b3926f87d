/** Many tasks of a stage completed by one command: each is judged by itself, in the order given. */
import { refuse } from '../errors';
import { cascade, foldAll } from '../fold';
import type { Context, Decision, Key } from '../process';
import { advance } from './advance';
import { evolve } from './evolve';
import type { RefusedTask, StageCommand, StageEvent, StageState } from './types';

type Complete = Extract<StageCommand, { type: 'complete' }>;

/**
 * Completes what can be completed. What can not is told by an event beside the others, so that a repeat gives the same answer; when nothing can
 * be, the command is refused, with the reason of each as `PLACE TASK CODE`.
 * @param judge how one of them is judged.
 */
export function completeMany(
  state: StageState, command: Extract<StageCommand, { type: 'complete-many' }>, context: Context,
  judge: (state: StageState, command: Complete) => Decision<StageEvent>,
): Decision<StageEvent> {
  const events: StageEvent[] = [];
  const refused: RefusedTask[] = [];
  const roles = new Set<Key | undefined>();
  let current = state;
  for (const [place, { task, evidence }] of command.tasks.entries()) {
    const decision = judge(current, { type: 'complete', task, evidence });
    if (!decision.ok) {
      const { code, fields } = decision.rejection;
      refused.push({ task, place, code, ...(fields && { fields }) });
      continue;
    }
    roles.add(decision.role);
    // A task that waits for one before it in the same list is ready when its turn comes.
    const followed = cascade(current, decision.events, context, evolve, (each) => advance(each, context.now));
    current = foldAll(current, followed, context, evolve);
    events.push(...followed);
  }
  if (events.length === 0 && refused.length > 0) {
    const fields = refused.flatMap(({ place, fields: wrong = [] }) => wrong.map((field) => ({ ...field, pointer: `/tasks/${place}${field.pointer}` })));
    return refuse('nothing-completed', { refused: refused.map(({ place, task, code }) => `${place} ${task} ${code}`) }, fields.length > 0 ? fields : undefined);
  }
  const [role] = roles;
  return {
    ok: true, events: refused.length > 0 ? [...events, { type: 'tasks-refused', tasks: refused }] : events,
    ...(roles.size === 1 && role !== undefined && { role }),
  };
}
