/** Whom to reach when it burns. */
import { Button, Group, Select, Stack, Table, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../../parts/problem';
import type { Parts } from './board';
import { atService, type Support, useDo } from './queries';

export function Contacts({ place, service, may, support, works }: Parts & { readonly support: Support; readonly works: boolean }): React.JSX.Element | null {
  const { t } = useTranslation('handover');
  const [side, setSide] = useState<string>('project');
  const [what, setWhat] = useState('');
  const [who, setWho] = useState('');
  const [how, setHow] = useState('');
  const doing = useDo(place, () => { setWhat(''); setWho(''); setHow(''); });
  const known = support.contacts.flatMap(({ side: of, ...each }) => (each.what === null || each.who === null || each.how === null ? [] : [{ side: of, what: each.what, who: each.who, how: each.how }]));
  const send = (contacts: readonly object[]): void => doing.mutate({ at: `${atService(service.service)}/contacts`, body: { contacts } });
  if (known.length === 0 && !(works && may.tell)) return null;
  return (
    <Stack component="section" gap="xs">
      <Title order={3}>{t('contacts')}</Title>
      {known.length === 0 ? <Text size="sm" c="dimmed">{t('no-contacts')}</Text> : (
        <Table.ScrollContainer minWidth={480}><Table verticalSpacing={4}>
          <Table.Thead><Table.Tr><Table.Th>{t('side')}</Table.Th><Table.Th>{t('what-for')}</Table.Th><Table.Th>{t('who')}</Table.Th><Table.Th>{t('how')}</Table.Th>{works && may.tell && <Table.Th className="no-print" aria-label={t('take-away')} />}</Table.Tr></Table.Thead>
          <Table.Tbody>{known.map((each, place) => (
            // oxlint-disable-next-line react/no-array-index-key -- a contact is what stands in it, at its place
            <Table.Tr key={place}><Table.Td>{t(`side-${each.side}`)}</Table.Td><Table.Td className="said">{each.what}</Table.Td><Table.Td className="said">{each.who}</Table.Td><Table.Td className="said">{each.how}</Table.Td>
              {works && may.tell && <Table.Td className="no-print"><Button size="compact-sm" variant="subtle" aria-label={t('take-away-contact', { who: each.who })} onClick={() => send(known.filter((_, index) => index !== place))}>{t('take-away')}</Button></Table.Td>}</Table.Tr>
          ))}</Table.Tbody>
        </Table></Table.ScrollContainer>
      )}
      {works && may.tell && (
        <Group component="form" gap="sm" align="flex-end" className="no-print" onSubmit={(event: React.FormEvent) => { event.preventDefault(); send([...known, { side, what, who, how }]); }}>
          <Select label={t('side')} w={150} allowDeselect={false} data={[{ value: 'project', label: t('side-project') }, { value: 'operations', label: t('side-operations') }]} value={side} onChange={(next) => setSide(next ?? 'project')} />
          <TextInput label={t('what-for')} maxLength={300} flex="1 1 160px" value={what} onChange={(event) => setWhat(event.currentTarget.value)} />
          <TextInput label={t('who')} maxLength={300} flex="1 1 160px" value={who} onChange={(event) => setWho(event.currentTarget.value)} />
          <TextInput label={t('how')} maxLength={300} flex="1 1 160px" value={how} onChange={(event) => setHow(event.currentTarget.value)} />
          <Button type="submit" variant="default" disabled={[what, who, how].some((each) => each.trim() === '')} loading={doing.isPending}>{t('add')}</Button>
        </Group>
      )}
      {doing.error && <ProblemAlert error={doing.error} />}
    </Stack>
  );
}
