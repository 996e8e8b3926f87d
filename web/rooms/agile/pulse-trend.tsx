/** How the pulse of a team went from sprint to sprint: drawn, and as a table. */
import { LineChart } from '@mantine/charts';
import '@mantine/charts/styles.css';
import { Stack, Table, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Schema } from '../../data/api';
import { tenths } from './tenths';

const TINTS = ['blue.7', 'orange.7', 'teal.7', 'grape.6', 'red.7', 'lime.8', 'cyan.7', 'indigo.6', 'pink.7', 'gray.7'];
const STROKES = ['', '6 4', '2 3', '10 4 2 4'];

export function PulseTrend({ items }: { readonly items: Schema<'PulseTrend'>['items'] }): React.JSX.Element {
  const { t } = useTranslation('agile');
  const questions = [...new Map(items.flatMap(({ results }) => results.map(({ question }) => [question.key, question.name] as const))).entries()];
  const averageOf = (item: (typeof items)[number], key: string): number | undefined => item.results.find(({ question }) => question.key === key)?.average;
  const data = items.map((item) => ({ sprint: t('sprint-number', { number: item.number }), ...Object.fromEntries(questions.map(([key]) => [key, averageOf(item, key)])) }));
  return (
    <Stack gap="xs" mt="md">
      <Title order={3} size="h4">{t('pulse-trend')}</Title>
      <div role="img" aria-label={t('pulse-trend-said', { count: items.length })}>
        <LineChart h={260} data={data} dataKey="sprint" curveType="linear" withLegend={false} yAxisProps={{ domain: [1, 5], ticks: [1, 2, 3, 4, 5] }} tickLine="y" xAxisProps={{ padding: { left: 24, right: 24 } }}
          series={questions.map(([key, name], place) => ({ name: key, label: name, color: TINTS[place % TINTS.length] ?? 'gray.7', strokeDasharray: STROKES[place % STROKES.length] ?? '' }))} />
      </div>
      <Table.ScrollContainer minWidth={480}>
        <Table verticalSpacing={4}>
          <Table.Thead><Table.Tr><Table.Th>{t('pulse-statement')}</Table.Th>{items.map(({ number }) => <Table.Th key={number} ta="right">{t('sprint-number', { number })}</Table.Th>)}</Table.Tr></Table.Thead>
          <Table.Tbody>
            {questions.map(([key, name], place) => (
              <Table.Tr key={key}>
                <Table.Td><Text span size="sm"><svg width={28} height={8} aria-hidden style={{ marginInlineEnd: 8 }}><line x1={0} x2={28} y1={4} y2={4} strokeWidth={2.5} stroke={`var(--mantine-color-${(TINTS[place % TINTS.length] ?? 'gray.7').replace('.', '-')})`} strokeDasharray={STROKES[place % STROKES.length] ?? ''} /></svg>{name}</Text></Table.Td>
                {items.map((item) => <Table.Td key={item.number} ta="right">{tenths(averageOf(item, key))}</Table.Td>)}
              </Table.Tr>
            ))}
            <Table.Tr><Table.Td c="dimmed">{t('pulse-answers')}</Table.Td>{items.map(({ number, answers }) => <Table.Td key={number} ta="right" c="dimmed">{answers}</Table.Td>)}</Table.Tr>
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Stack>
  );
}
