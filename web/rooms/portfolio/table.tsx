/** The portfolio as a table: what people compare. */
import { Table, Text, UnstyledButton } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { Course } from '../../parts/course';
import { reachesIn, SmallWaterway } from '../../parts/waterway';
import { Cost, End, Name, Next, Reasons } from './facts';
import classes from './portfolio.module.css';
import type { Item } from './queries';
import type { Sort } from './search';

const COLUMNS: readonly { readonly key: 'project' | 'course' | 'where' | 'next' | 'end' | 'overdue' | 'blocked'; readonly sort?: Sort; readonly number?: true }[] = [
  { key: 'project', sort: 'name' }, { key: 'course', sort: 'attention' }, { key: 'where' }, { key: 'next' }, { key: 'end', sort: 'end' }, { key: 'overdue', number: true }, { key: 'blocked', number: true },
];

export const PortfolioTable = memo(function PortfolioTable({ items, sort, setSort }: { readonly items: readonly Item[]; readonly sort: Sort; readonly setSort: (sort: Sort) => void }): React.JSX.Element {
  const { t } = useTranslation('portfolio');
  const hasCost = items.some(({ cost }) => cost !== null);
  const title = (key: (typeof COLUMNS)[number]['key']): string => t(key === 'end' && hasCost ? 'column-end-and-cost' : `column-${key}`);
  return (
    <Table className={classes['table']} verticalSpacing="sm" stickyHeader>
      <Table.Thead>
        <Table.Tr>
          {COLUMNS.map(({ key, sort: by, number }) => (
            <Table.Th key={key} {...(by && { 'aria-sort': by === sort ? 'ascending' : 'none' })} {...(number && { ta: 'right' })}>
              {by ? <UnstyledButton fz="sm" fw={600} onClick={() => setSort(by)}>{title(key)} {by === sort && <IconChevronDown size={14} aria-hidden />}</UnstyledButton> : title(key)}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {items.map((item) => (
          <Table.Tr key={item.id}>
            <Table.Td><Name item={item} /></Table.Td>
            <Table.Td><Course course={item.course} /><Reasons item={item} /></Table.Td>
            <Table.Td miw={140}><SmallWaterway reaches={reachesIn(item.phases)} /></Table.Td>
            <Table.Td className={classes['next']}><Next item={item} /></Table.Td>
            <Table.Td className={classes['end']}><End item={item} /><Cost item={item} /></Table.Td>
            <Table.Td ta="right">{item.overdue === 0 ? <Text span c="dimmed">0</Text> : item.overdue}</Table.Td>
            <Table.Td ta="right">{item.blocked.length === 0 ? <Text span c="dimmed">0</Text> : item.blocked.length}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
});

/** The same, for a phone: each project with what needs attention. */
export function PortfolioList({ items }: { readonly items: readonly Item[] }): React.JSX.Element {
  return (
    <ul className={classes['list']}>
      {items.map((item) => (
        <li key={item.id}>
          <Name item={item} />
          <div><Course course={item.course} /><Reasons item={item} /></div>
          <SmallWaterway reaches={reachesIn(item.phases)} />
          <div className={classes['pair']}><Next item={item} /><div><End item={item} /><Cost item={item} /></div></div>
        </li>
      ))}
    </ul>
  );
}
