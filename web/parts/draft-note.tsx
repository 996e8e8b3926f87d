/** Says of a form that it holds what was written before and not sent; discarded, it can be put back until something else is written. */
import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Draft } from '../data/draft';

interface Props<Value> {
  readonly draft: Pick<Draft<Value>, 'value' | 'isFound' | 'isWritten'> & { readonly set: (value: Value) => void; readonly clear: () => void };
  /** Said of what is not sent but published. */
  readonly text?: string;
}

export function DraftNote<Value>({ draft: { value, set, clear, isFound, isWritten }, text }: Props<Value>): React.JSX.Element | null {
  const { t } = useTranslation();
  const [dropped, setDropped] = useState<{ readonly value: Value }>();
  const isDropped = dropped !== undefined && !isWritten;
  if (!isFound && !isDropped) return null;
  return (
    <Group gap="xs" className="no-print">
      <Text size="sm" c="dimmed" role="status">{isDropped ? t('draft-dropped') : text ?? t('draft-found')}</Text>
      {isDropped ? <Button size="compact-sm" variant="subtle" onClick={() => { set(dropped.value); setDropped(undefined); }}>{t('draft-put-back')}</Button>
        : <Button size="compact-sm" variant="subtle" onClick={() => { setDropped({ value }); clear(); }}>{t('draft-drop')}</Button>}
    </Group>
  );
}
