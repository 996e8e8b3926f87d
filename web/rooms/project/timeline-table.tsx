/** The timeline as a table: for who does not see it, for paper, and for who wants the dates. */
import { Table } from '@mantine/core';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { dayText, rangeText } from '../../parts/when';
import { Fold } from './timeline-fold';
import type { TimelineRow } from './timeline-rows';
import { daysBetween, type Span } from './timeline-scale';
import classes from './timeline.module.css';

const INDENT = { phase: 0, task: 16, item: 40 } as const;

const spanText = (span: Span | null): string => (span ? rangeText(span.startAt, span.endAt) : '–');

interface Props {
  readonly rows: readonly TimelineRow[];
  readonly caption: string;
  readonly unfolded: ReadonlySet<string>;
  readonly fold: (key: string) => void;
}

export const TimelineTable = memo(function TimelineTable({ rows, caption, unfolded, fold }: Props): React.JSX.Element {
  const { t } = useTranslation('timeline');
  return (
    <div className={classes['table']} tabIndex={0} role="region" aria-label={caption}>
      <Table stickyHeader verticalSpacing={6} fz="sm" captionSide="top">
        <Table.Caption className={classes['caption']}>{caption}</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col" pl={0}>{t('what')}</Table.Th><Table.Th scope="col">{t('promised')}</Table.Th><Table.Th scope="col">{t('planned')}</Table.Th>
            <Table.Th scope="col" ta="right">{t('later')}</Table.Th><Table.Th scope="col">{t('expected')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => {
            const until = row.plan ?? row.actual;
            const later = row.baseline && until ? daysBetween(row.baseline.endAt, until.endAt) : null;
            return (
              <Table.Tr key={row.key}>
                <Table.Th scope="row" fw={row.kind === 'phase' ? 600 : 400} pl={INDENT[row.kind]} className="said"><Fold row={row} isUnfolded={unfolded.has(row.key)} fold={fold} /></Table.Th>
                <Table.Td>{spanText(row.baseline)}</Table.Td>
                <Table.Td>{spanText(row.actual ?? row.plan)}</Table.Td>
                <Table.Td ta="right">{later === null ? '–' : later === 0 ? '0' : t('days', { count: Math.abs(later), sign: later > 0 ? '+' : '−' })}</Table.Td>
                <Table.Td>{row.forecast ? dayText(row.forecast.p80) : '–'}</Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </div>
  );
});
