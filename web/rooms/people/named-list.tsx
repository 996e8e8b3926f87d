/** Something of the directory with a key, a name and people: a group with its members, or a program with its managers. */
import { Button, Group, MultiSelect, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { peopleQuery } from '../../data/project';
import { ProblemAlert } from '../../parts/problem';
import { keyFrom } from './queries';

interface Props {
  /** What is there; a new one when not given. */
  readonly known?: { readonly key: string; readonly name: string | null; readonly persons: readonly { readonly id: string; readonly name: string }[] };
  readonly label: string;
  readonly effect: string;
  readonly most: number;
  readonly error: Error | null;
  readonly isPending: boolean;
  readonly save: (given: { readonly key: string; readonly name: string; readonly persons: string[] }) => void;
  readonly close: () => void;
}

export function NamedPeople({ known, label, effect, most, error, isPending, save, close }: Props): React.JSX.Element {
  const { t } = useTranslation('people');
  const people = useQuery(peopleQuery());
  const [name, setName] = useState(known?.name ?? '');
  const [typedKey, setTypedKey] = useState<string>();
  const [persons, setPersons] = useState(known?.persons.map(({ id }) => id) ?? []);
  const key = known?.key ?? typedKey ?? keyFrom(name);
  const names = new Map([...known?.persons ?? [], ...people.data ?? []].map((each) => [each.id, each.name]));
  const isReady = name.trim() !== '' && /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(key);
  const send = (event: React.SyntheticEvent): void => {
    event.preventDefault();
    if (isReady) save({ key, name: name.trim(), persons });
  };
  return (
    <Stack component="form" gap="sm" maw={640} onSubmit={send}>
      <Group gap="sm" align="flex-start" grow>
        <TextInput label={t('called')} required maxLength={200} value={name} onChange={(event) => setName(event.currentTarget.value)} autoFocus={!known} />
        {!known && <TextInput label={t('key')} description={t('key-text')} inputWrapperOrder={['label', 'input', 'description', 'error']} required maxLength={60} value={key} onChange={(event) => setTypedKey(event.currentTarget.value)} />}
      </Group>
      <MultiSelect label={label} searchable hidePickedOptions nothingFoundMessage={t('nobody-found')} maxValues={most} data={[...names].map(([value, text]) => ({ value, label: text }))} value={persons} onChange={setPersons} />
      <Text size="sm" c="dimmed">{effect}</Text>
      {error && <ProblemAlert error={error} />}
      <Group gap="sm"><Button type="submit" disabled={!isReady} loading={isPending}>{t(known ? 'save' : 'make')}</Button><Button variant="default" onClick={close}>{t('not-now')}</Button></Group>
    </Stack>
  );
}
