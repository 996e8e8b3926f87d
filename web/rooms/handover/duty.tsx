/** Who is there on which day: of those who built the service, and of those who run it. */
import { Button, Group, MultiSelect, Select, Stack, Table, Text, Title } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { projectQuery } from '../../data/project';
import { DateField } from '../../parts/date-field';
import { ProblemAlert } from '../../parts/problem';
import { dayText, noon, today } from '../../parts/when';
import type { Parts } from './board';
import { atService, type Support, useDo } from './queries';

/** Days that are shown at once. */
const SHOWN = 14;

export function Duty({ place, service, may, support, works }: Parts & { readonly support: Support; readonly works: boolean }): React.JSX.Element | null {
  const { t } = useTranslation('handover');
  const { data: view } = useSuspenseQuery(projectQuery(place.project));
  const people = [...new Map(view.roles.flatMap(({ persons: holders }) => holders.map(({ id, name }) => [id, name]))).entries()];
  const [date, setDate] = useState(today());
  const [side, setSide] = useState<string>('project');
  const [persons, setPersons] = useState<string[]>([]);
  const doing = useDo(place, () => setPersons([]));
  const coming = support.duty.filter((each) => each.date >= today()).slice(0, SHOWN);
  if (coming.length === 0 && !(works && may.tell)) return null;
  const named = (all: readonly { readonly name: string }[]): string => all.map(({ name }) => name).join(', ') || '—';
  return (
    <Stack component="section" gap="xs">
      <Title order={3}>{t('duty')}</Title>
      {coming.length === 0 ? <Text size="sm" c="dimmed">{t('no-duty')}</Text> : (
        <Table.ScrollContainer minWidth={420}><Table verticalSpacing={4}>
          <Table.Thead><Table.Tr><Table.Th>{t('day')}</Table.Th><Table.Th>{t('side-project')}</Table.Th><Table.Th>{t('side-operations')}</Table.Th></Table.Tr></Table.Thead>
          <Table.Tbody>{coming.map((each) => <Table.Tr key={each.date}><Table.Td>{dayText(noon(each.date))}</Table.Td><Table.Td>{named(each.project)}</Table.Td><Table.Td>{named(each.operations)}</Table.Td></Table.Tr>)}</Table.Tbody>
        </Table></Table.ScrollContainer>
      )}
      {works && may.tell && (
        <Group component="form" gap="sm" align="flex-end" className="no-print" onSubmit={(event: React.FormEvent) => { event.preventDefault(); doing.mutate({ at: `${atService(service.service)}/duty`, body: { days: [{ date, side, persons }] } }); }}>
          <DateField label={t('day')} min={support.from} value={date} onChange={(event) => setDate(event.currentTarget.value)} />
          <Select label={t('side')} w={160} allowDeselect={false} data={[{ value: 'project', label: t('side-project') }, { value: 'operations', label: t('side-operations') }]} value={side} onChange={(next) => setSide(next ?? 'project')} />
          <MultiSelect label={t('who')} flex="1 1 240px" searchable data={people.map(([value, label]) => ({ value, label }))} value={persons} onChange={setPersons} />
          <Button type="submit" variant="default" loading={doing.isPending}>{t('set')}</Button>
        </Group>
      )}
      {doing.error && <ProblemAlert error={doing.error} />}
    </Stack>
  );
}
