/** The handover document: as it is read, printed, and kept. */
import { Button, Group, Stack, Table, Text, Title } from '@mantine/core';
import { IconDownload, IconPrinter } from '@tabler/icons-react';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Structure } from '../../app/fallbacks';
import { language } from '../../app/i18n';
import { answerOf, api, type Schema } from '../../data/api';
import { ProblemAlert } from '../../parts/problem';
import type { Parts } from './board';
import classes from './handover.module.css';
import type { Place } from './queries';

const documentQuery = (place: Place, service: string) => queryOptions({
  queryKey: ['project', place.project, 'handover', place.phase, 'document', service, language()],
  queryFn: ({ signal }) => answerOf(api.GET('/api/v1/projects/{project}/phases/{phase}/handover/services/{service}/document', { params: { path: { ...place, service } }, signal })),
});

function Facts({ facts }: { readonly facts: Schema<'HandoverDocument'>['content']['facts'] }): React.JSX.Element | null {
  if (facts.length === 0) return null;
  return <dl>{facts.map(({ term, value }) => [<dt key={term}><Text size="sm" c="dimmed">{term}</Text></dt>, <dd key={`${term} =`} className="said"><Text size="sm" style={{ overflowWrap: 'anywhere' }}>{value}</Text></dd>])}</dl>;
}

/** Dates, states and names of one person stay on a line. */
const ON_A_LINE = 18;
const wrapping = (cell: string, column: number, row: readonly string[]): React.CSSProperties['whiteSpace'] => (column > 0 && column < row.length - 1 && cell.length <= ON_A_LINE ? 'nowrap' : 'pre-line');

export function DocumentView({ place, service }: Parts): React.JSX.Element {
  const { t } = useTranslation('handover');
  const query = useQuery(documentQuery(place, service.service));
  if (query.error && !query.data) return <ProblemAlert error={query.error} again={() => void query.refetch()} />;
  if (!query.data) return <Structure />;
  const { content, sealed } = query.data;
  const kept = sealed.find((each) => each.language === language());
  const href = `/api/v1/projects/${encodeURIComponent(place.project)}/phases/${encodeURIComponent(place.phase)}/handover/services/${encodeURIComponent(service.service)}/document.pdf?lang=${language()}`;
  return (
    <Stack gap="lg">
      <Group gap="sm" className="no-print">
        <Button component="a" href={href} download leftSection={<IconDownload size={16} aria-hidden />}>{t('pdf')}</Button>
        <Button variant="default" leftSection={<IconPrinter size={16} aria-hidden />} onClick={() => window.print()}>{t('print')}</Button>
      </Group>
      <article className={classes['paper']}>
        <Stack gap={4}><Title order={3} className="said">{content.title}</Title><Text className="said">{content.state}</Text>{kept && <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>{t('sealed', { sha256: kept.sha256 })}</Text>}</Stack>
        <Facts facts={content.facts} />
        {content.sections.map(({ title, facts, texts, table }) => (
          <Stack key={title} component="section" gap="xs">
            <Title order={4}>{title}</Title>
            <Facts facts={facts} />
            {texts.map((text) => <Text key={text} size="sm" className="said">{text}</Text>)}
            {table && (
              <Table.ScrollContainer minWidth={table.head.length * 110} classNames={{ scrollContainerInner: classes['rows'] ?? '' }}><Table verticalSpacing={4} role="table">
                <Table.Thead role="rowgroup"><Table.Tr role="row">{table.head.map((each, place) => (
                  // oxlint-disable-next-line react/no-array-index-key -- columns are named by their place
                  <Table.Th key={place} role="columnheader">{each}</Table.Th>))}</Table.Tr></Table.Thead>
                <Table.Tbody role="rowgroup">{table.rows.map((row, place) => (
                  // oxlint-disable-next-line react/no-array-index-key -- rows are what stands in them, at their place
                  <Table.Tr key={place} role="row">{row.map((cell, column) => (
                    // oxlint-disable-next-line react/no-array-index-key
                    <Table.Td key={column} role="cell" className="said" data-label={table.head[column]} style={{ whiteSpace: wrapping(cell, column, row), overflowWrap: 'break-word' }}>{cell}</Table.Td>))}</Table.Tr>))}</Table.Tbody>
              </Table></Table.ScrollContainer>
            )}
          </Stack>
        ))}
      </article>
    </Stack>
  );
}
