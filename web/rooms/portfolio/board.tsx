/** The portfolio as a board: by course, the worst first, or by phase. */
import { SegmentedControl, Text, Title } from '@mantine/core';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { Course } from '../../parts/course';
import { reachesIn, SmallWaterway } from '../../parts/waterway';
import { columnsByPhase } from './columns';
import { End, Name, Next, Reasons } from './facts';
import classes from './portfolio.module.css';
import type { Item } from './queries';
import { COURSES, type Grouping, GROUPINGS } from './search';

function Column({ title, items, isByPhase }: { readonly title: string; readonly items: readonly Item[]; readonly isByPhase: boolean }): React.JSX.Element {
  return (
    <section aria-label={title}>
      <Title order={2} size="h3" className="said">{title} <Text span c="dimmed">{items.length}</Text></Title>
      <ul>{items.map((item) => <li key={item.id}><Name item={item} />{isByPhase && <Course course={item.course} />}<SmallWaterway reaches={reachesIn(item.phases)} /><Reasons item={item} /><Next item={item} /><End item={item} /></li>)}</ul>
    </section>
  );
}

interface Props {
  readonly items: readonly Item[];
  readonly by: Grouping;
  readonly group: (by: Grouping) => void;
}

export const PortfolioBoard = memo(function PortfolioBoard({ items, by, group }: Props): React.JSX.Element {
  const { t } = useTranslation('portfolio');
  const { t: common } = useTranslation();
  return (
    <>
      <SegmentedControl mb="md" className="no-print" aria-label={t('by')} value={by} onChange={(next) => group(next as Grouping)} data={GROUPINGS.map((each) => ({ value: each, label: t(`by-${each}`) }))} />
      <div className={classes['board']} tabIndex={0} role="region" aria-label={t('view-board')}>
        {by === 'phase' ? columnsByPhase(items).map(({ name, items: found }) => <Column key={name ?? ''} title={name ?? common('course-ended')} items={found} isByPhase />)
          : COURSES.filter((course) => course !== 'ended' || items.some((each) => each.course === course)).map((course) => <Column key={course} title={common(`course-${course}`)} items={items.filter((each) => each.course === course)} isByPhase={false} />)}
      </div>
    </>
  );
});
