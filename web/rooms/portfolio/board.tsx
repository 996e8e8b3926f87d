/** The portfolio as a board: by course, the worst first. */
import { Text, Title } from '@mantine/core';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { reachesIn, SmallWaterway } from '../../parts/waterway';
import { End, Name, Next, Reasons } from './facts';
import classes from './portfolio.module.css';
import type { Item } from './queries';
import { COURSES } from './search';

export const PortfolioBoard = memo(function PortfolioBoard({ items }: { readonly items: readonly Item[] }): React.JSX.Element {
  const { t } = useTranslation();
  return (
    <div className={classes['board']}>
      {COURSES.filter((course) => course !== 'ended' || items.some((each) => each.course === course)).map((course) => {
        const found = items.filter((each) => each.course === course);
        return (
          <section key={course} aria-label={t(`course-${course}`)}>
            <Title order={2} size="h3">{t(`course-${course}`)} <Text span c="dimmed">{found.length}</Text></Title>
            <ul>{found.map((item) => <li key={item.id}><Name item={item} /><SmallWaterway reaches={reachesIn(item.phases)} /><Reasons item={item} /><Next item={item} /><End item={item} /></li>)}</ul>
          </section>
        );
      })}
    </div>
  );
});
