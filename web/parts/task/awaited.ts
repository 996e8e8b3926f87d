/** What a task waits for, in words. */
import { useTranslation } from 'react-i18next';
import type { Schema } from '../../data/api';
import { listOf, quoted } from '../label';

type AwaitedItems = Schema<'AwaitedItems'>;
type Waiting = Pick<Schema<'Task'>, 'waitingForNames' | 'waitingForItems'>;

/** Says for which tasks, phases and items a task waits: items by number, or by kind and label with what of it is left to do. Empty: it waits for nothing. */
export function useAwaited(): (task: Waiting) => string {
  const { t } = useTranslation(['task', 'agile']);
  const said = ({ phase, item, kind, label, accepted, left }: AwaitedItems): string => {
    const numbers = left.map((each) => `#${each}`).join(', ');
    if (item !== null) return t('waits-item', { item, phase: phase.name });
    const what = [kind !== null && t(`agile:kind-${kind}`), label !== null && quoted(label)].filter(Boolean).join(' ') || t('items-of-backlog');
    return left.length > 0 ? t('waits-items', { what, items: numbers, phase: phase.name }) : t('waits-accepted', { what, count: accepted, phase: phase.name });
  };
  return ({ waitingForNames, waitingForItems }) => listOf([...waitingForNames, ...waitingForItems.map(said)]);
}
