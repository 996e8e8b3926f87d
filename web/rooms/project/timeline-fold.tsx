/** The name of a row of the timeline; of a task that is done per inventory item, a button that shows and hides the items. */
import { UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { TimelineRow } from './timeline-rows';
import classes from './timeline.module.css';

export function Fold({ row, isUnfolded, fold }: { readonly row: TimelineRow; readonly isUnfolded: boolean; readonly fold: (key: string) => void }): React.JSX.Element {
  const { t } = useTranslation('timeline');
  if (row.items === 0) return <span className={classes['called']}>{row.name}</span>;
  const Icon = isUnfolded ? IconChevronDown : IconChevronRight;
  return (
    <UnstyledButton className={classes['fold']} aria-expanded={isUnfolded} onClick={() => fold(row.key)}>
      <Icon size={14} aria-hidden className={classes['chevron'] ?? ''} /><span className={classes['called']}>{row.name}</span> <span className={classes['count']}>{t('items', { count: row.items })}</span>
    </UnstyledButton>
  );
}
