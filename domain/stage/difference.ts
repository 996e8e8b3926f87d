/** What is different between two states of what approvers are shown: for people who looked at the one and are asked about the other. */
import { digestOf } from '../digest';
import type { Evidence, EvidenceValue } from '../evidence-types';
import { own } from '../fold';
import type { Key, PersonId } from '../process';
import type { GateContent } from './gate';

/** One difference. A task that only one of both has differs in its status alone. */
export type Difference =
  | { readonly kind: 'criterion'; readonly criterion: Key; readonly before: boolean | null; readonly after: boolean | null }
  | { readonly kind: 'status'; readonly task: Key; readonly before: string | null; readonly after: string | null }
  | { readonly kind: 'evidence'; readonly task: Key; readonly field: Key; readonly before: EvidenceValue | null; readonly after: EvidenceValue | null }
  | { readonly kind: 'done-by' | 'checked-by'; readonly task: Key; readonly before: PersonId | null; readonly after: PersonId | null };

const isSame = (one: unknown, other: unknown): boolean => digestOf({ value: one ?? null }) === digestOf({ value: other ?? null });

/** All differences: of criteria first, then task by task in the order of the later state; none when both have the same digest. */
export function differencesBetween(before: GateContent, after: GateContent): Difference[] {
  const criteria = after.criteria.flatMap(({ criterion, met }): Difference[] => {
    const known = before.criteria.find((each) => each.criterion.key === criterion.key);
    return known && known.met === met ? [] : [{ kind: 'criterion', criterion: criterion.key, before: known?.met ?? null, after: met }];
  });
  const keys = [...new Set([...after.tasks, ...before.tasks].map(({ key }) => key))];
  return [...criteria, ...keys.flatMap((key) => taskDifferences(key, before.tasks.find((task) => task.key === key), after.tasks.find((task) => task.key === key)))];
}

type Shown = GateContent['tasks'][number] | undefined;

function taskDifferences(task: Key, before: Shown, after: Shown): Difference[] {
  const found: Difference[] = [];
  if (before?.status !== after?.status) found.push({ kind: 'status', task, before: before?.status ?? null, after: after?.status ?? null });
  const [was, is]: Evidence[] = [before?.evidence ?? {}, after?.evidence ?? {}];
  for (const field of new Set([...Object.keys(is ?? {}), ...Object.keys(was ?? {})])) {
    const [one, other] = [own(was ?? {}, field), own(is ?? {}, field)];
    if (!isSame(one, other)) found.push({ kind: 'evidence', task, field, before: one ?? null, after: other ?? null });
  }
  if (before?.doneBy !== after?.doneBy) found.push({ kind: 'done-by', task, before: before?.doneBy ?? null, after: after?.doneBy ?? null });
  if (before?.checkedBy !== after?.checkedBy) found.push({ kind: 'checked-by', task, before: before?.checkedBy ?? null, after: after?.checkedBy ?? null });
  return found;
}
