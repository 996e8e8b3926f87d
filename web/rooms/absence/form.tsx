/** Says who is away, from when until when, who stands in and for what; and shows what would move. */
import { Button, SegmentedControl, Select, Stack, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api, ApiProblem } from '../../data/api';
import { useCommand } from '../../data/command';
import { useMe } from '../../data/me';
import { peopleQuery } from '../../data/project';
import { DateField } from '../../parts/date-field';
import { ProblemAlert } from '../../parts/problem';
import { beginningOf, today } from '../../parts/when';
import classes from './absence.module.css';
import { Moves } from './moves';
import { type Kind, KINDS, type Preview, previewQuery, type Scope } from './queries';

interface Asked extends Scope {
  readonly to: string;
  readonly from?: string;
  readonly until: string;
}

/** What can be chosen of each kind, each once. */
function choicesOf(preview: Preview | undefined, kind: Kind): { readonly value: string; readonly label: string }[] {
  const projects = preview?.projects ?? [];
  const pairs = kind === 'project' ? projects.map(({ project, name }) => [project, name ?? project] as const)
    : kind === 'role' ? projects.flatMap(({ roles }) => roles.map(({ key, name }) => [key, name] as const))
      : projects.flatMap(({ program }) => (program ? [[program.key, program.name] as const] : []));
  return [...new Map(pairs)].map(([value, label]) => ({ value, label })).sort((one, other) => one.label.localeCompare(other.label));
}

/** @param person somebody else, in whose name it is said; me when not given. */
export function ReportAbsence({ person }: { readonly person: { readonly id: string; readonly name: string } | undefined }): React.JSX.Element {
  const { t } = useTranslation('absence');
  const me = useMe();
  const absent = person?.id ?? me.id;
  const [from, setFrom] = useState(today);
  const [until, setUntil] = useState('');
  const [to, setTo] = useState<string | null>(null);
  const [kind, setKind] = useState<Kind>('all');
  const [value, setValue] = useState<string | null>(null);
  const people = useQuery(peopleQuery());
  const scope: Scope = kind === 'all' || value === null ? {} : { [kind]: value };
  const preview = useQuery(previewQuery(person?.id, { ...scope, ...(to !== null && { to }) }));
  const command = useCommand(
    (body: Asked, header) => (person === undefined ? answerOf(api.POST('/api/v1/me/delegations', { params: { header }, body })) : answerOf(api.POST('/api/v1/people/{person}/delegations', { params: { path: { person: person.id }, header }, body }))),
    [['people'], ['approvals'], ['tasks'], ['project'], ['inbox']], () => {
      notifications.show({ message: t('reported') });
      setUntil('');
      setTo(null);
      setKind('all');
      setValue(null);
    });
  const errorAt = (pointer: string): string | undefined => (command.error instanceof ApiProblem ? command.error.problem.errors?.find((each) => each.pointer === pointer)?.detail : undefined);
  const isElsewhere = command.error && errorAt('/to') === undefined && errorAt('/until') === undefined;
  const edit = (change: () => void): void => { change(); command.reset(); };
  const kinds = KINDS.filter((each) => each === 'all' || choicesOf(preview.data, each).length > 0);
  const isReady = to !== null && until !== '' && from !== '' && until >= from && (kind === 'all' || value !== null);
  const send = (event: React.SyntheticEvent): void => {
    event.preventDefault();
    // From today on is from now on.
    if (isReady) command.mutate({ ...scope, to, ...(from > today() && { from: beginningOf(from) }), until: beginningOf(until, 1) });
  };
  const delegate = people.data?.find(({ id }) => id === to)?.name;
  return (
    <form onSubmit={send} className={classes['halves']}>
      <Stack gap="md">
        <Title order={2}>{person === undefined ? t('report') : t('report-for', { name: person.name })}</Title>
        <div className={classes['days']}>
          <DateField label={t('from')} required min={today()} value={from} onChange={(event) => { const { value: day } = event.currentTarget; edit(() => setFrom(day)); }} />
          <DateField label={t('through')} required min={from} value={until} error={until !== '' && until < from ? t('before-from') : errorAt('/until')} onChange={(event) => { const { value: day } = event.currentTarget; edit(() => setUntil(day)); }} />
        </div>
        <Select label={t('stands-in')} description={t('stands-in-text')} required searchable nothingFoundMessage={t('nobody-found')} error={errorAt('/to')}
          data={(people.data ?? []).filter(({ id }) => id !== absent).map(({ id, name }) => ({ value: id, label: name }))} value={to} onChange={(chosen) => edit(() => setTo(chosen))} />
        {kinds.length > 1 && (
          <div>
            <Text size="sm" fw={500} mb={4} id="absence-kind">{t('for')}</Text>
            <SegmentedControl aria-labelledby="absence-kind" className={classes['kinds'] ?? ''} value={kind} data={kinds.map((each) => ({ value: each, label: t(`kind-${each}`) }))}
              onChange={(next) => edit(() => { setKind(next as Kind); setValue(null); })} />
          </div>
        )}
        {kind !== 'all' && <Select label={t(`which-${kind}`)} required searchable nothingFoundMessage={t('nothing-found')} data={choicesOf(preview.data, kind)} value={value} onChange={(chosen) => edit(() => setValue(chosen))} />}
      </Stack>
      <div className={classes['shown']}>
        {preview.error && <ProblemAlert error={preview.error} again={() => void preview.refetch()} />}
        {preview.data && <Moves preview={preview.data} scope={scope} delegate={delegate} isMine={person === undefined} />}
      </div>
      <Stack gap="md">
        {isElsewhere && command.error && <ProblemAlert error={command.error} />}
        <Button type="submit" w="fit-content" disabled={!isReady} loading={command.isPending}>{t('confirm')}</Button>
      </Stack>
    </form>
  );
}
