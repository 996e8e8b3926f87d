/** Somebody leaves: what would change, who takes the place, and what became of each project. */
import { Alert, Badge, Button, Group, List, Modal, Select, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Structure } from '../../app/fallbacks';
import { answerOf, api, type Schema } from '../../data/api';
import { useCommand } from '../../data/command';
import { useMe } from '../../data/me';
import { peopleQuery, programsQuery } from '../../data/project';
import { RoomLink } from '../../parts/link';
import { ProblemAlert } from '../../parts/problem';
import classes from './people.module.css';
import { type Entry, leavingQuery, useGroupNames } from './queries';

type InProject = Schema<'Leaving'>['projects'][number];
type Outcome = 'replaced' | 'pending';

/** How often a project that has not settled is looked at again. */
const LOOK_AGAIN_MS = 2_000;

function Projects({ projects, outcomeOf }: { readonly projects: readonly InProject[]; readonly outcomeOf?: (project: string) => Outcome }): React.JSX.Element {
  const { t } = useTranslation('people');
  return (
    <div className={classes['scroll']} tabIndex={0} role="region" aria-label={t('by-project')}>
      <Table verticalSpacing="xs">
        <Table.Thead><Table.Tr><Table.Th>{t('project')}</Table.Th><Table.Th ta="right">{t('roles')}</Table.Th><Table.Th ta="right">{t('tasks')}</Table.Th><Table.Th ta="right">{t('approvals')}</Table.Th>{outcomeOf && <Table.Th>{t('outcome')}</Table.Th>}</Table.Tr></Table.Thead>
        <Table.Tbody>
          {projects.map(({ project, name, roles, tasks, approvals }) => (
            <Table.Tr key={project}>
              <Table.Td><RoomLink to="/projects/$project" params={{ project }} search={{ tab: 'team' }} size="sm" className="said">{name ?? project}</RoomLink></Table.Td>
              <Table.Td ta="right">{roles.length}</Table.Td><Table.Td ta="right">{tasks}</Table.Td><Table.Td ta="right">{approvals}</Table.Td>
              {outcomeOf && <Table.Td><Badge color={outcomeOf(project) === 'replaced' ? 'green' : 'yellow'}>{t(`outcome-${outcomeOf(project)}`)}</Badge></Table.Td>}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

/** What became of each project; those that have not settled are looked at until they have. */
function Result({ left }: { readonly left: Schema<'Left'> }): React.JSX.Element {
  const { t } = useTranslation('people');
  const query = useQuery(leavingQuery(left.person.id));
  const still = new Set(query.data?.projects.map(({ project }) => project) ?? left.projects.filter(({ outcome }) => outcome === 'pending').map(({ project }) => project));
  const { refetch } = query;
  useEffect(() => {
    if (still.size === 0) return undefined;
    const timer = setInterval(() => void refetch(), LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [still.size, refetch]);
  return (
    <Stack gap="sm">
      <Alert role="status" color={still.size === 0 ? 'green' : 'yellow'} title={t('replaced', { name: left.person.name, to: left.successor.name })}>{still.size === 0 ? t('all-settled') : t('not-settled', { count: still.size })}</Alert>
      <Outliving outliving={left.outliving} />
      {left.projects.length > 0 && <Projects projects={left.projects} outcomeOf={(project) => (still.has(project) ? 'pending' : 'replaced')} />}
    </Stack>
  );
}

/** What nobody takes over: its projects are over. */
function Outliving({ outliving }: { readonly outliving: Schema<'Leaving'>['outliving'] }): React.JSX.Element | null {
  const { t } = useTranslation('people');
  if (outliving.length === 0) return null;
  return (
    <Stack gap={4}>
      <Text size="sm" className="reading">{t('outliving-text')}</Text>
      <List size="sm">{outliving.map(({ project, name, conditions }) => <List.Item key={project} className="said"><RoomLink to="/projects/$project" params={{ project }} size="sm">{name ?? project}</RoomLink> · {t('outliving', { count: conditions })}</List.Item>)}</List>
    </Stack>
  );
}

export function Leaving({ entry }: { readonly entry: Entry }): React.JSX.Element {
  const { t } = useTranslation('people');
  const me = useMe();
  const people = useQuery(peopleQuery());
  const groupNames = useGroupNames();
  const programs = useQuery(programsQuery());
  const query = useQuery(leavingQuery(entry.id));
  const [to, setTo] = useState<string | null>(null);
  const [isAsked, setIsAsked] = useState(false);
  const [left, setLeft] = useState<Schema<'Left'>>();
  const command = useCommand((wanted: { readonly to: string }, header) => answerOf(api.POST('/api/v1/people/{person}/leave', { params: { path: { person: entry.id }, header }, body: wanted })), [['people'], ['project'], ['portfolio'], ['tasks'], ['approvals']], (answer) => {
    setLeft(answer);
    setIsAsked(false);
  });
  const found = query.data;
  if (left) return <Result left={left} />;
  if (query.error) return <ProblemAlert error={query.error} again={() => void query.refetch()} />;
  if (!found) return <Structure />;
  const beside = [
    ...(found.groups.length > 0 ? [t('in-groups', { groups: groupNames(found.groups) })] : []), ...(found.programs.length > 0 ? [t('manages-programs', { programs: found.programs.map((key) => programs.data?.find(({ program }) => program === key)?.name ?? key).join(', ') })] : []),
    ...(found.manages > 0 ? [t('manages', { count: found.manages })] : []), ...(found.delegations > 0 ? [t('delegations', { count: found.delegations })] : []),
  ];
  const hasLeft = found.leftAt !== null;
  const successor = people.data?.find(({ id }) => id === to)?.name ?? '';
  return (
    <Stack gap="md">
      {hasLeft ? <Text size="sm">{found.projects.length === 0 ? t('all-settled') : t('not-settled', { count: found.projects.length })}</Text> : <Text size="sm" className="reading">{t('leaves-text', { name: entry.name })}</Text>}
      {found.projects.length > 0 ? <Projects projects={found.projects} {...(hasLeft && { outcomeOf: () => 'pending' as const })} /> : !hasLeft && <Text size="sm" c="dimmed">{t('in-no-project')}</Text>}
      <Outliving outliving={found.outliving} />
      {beside.length > 0 && !hasLeft && <List size="sm">{beside.map((each) => <List.Item key={each}>{each}</List.Item>)}</List>}
      {!hasLeft && entry.id !== me.id && (
        <Group gap="sm" align="flex-end">
          <Select label={t('successor')} w={280} searchable nothingFoundMessage={t('nobody-found')} data={(people.data ?? []).filter(({ id }) => id !== entry.id).map(({ id, name }) => ({ value: id, label: name }))} value={to} onChange={(chosen) => { setTo(chosen); command.reset(); }} />
          <Button color="#b3261e" disabled={to === null} onClick={() => setIsAsked(true)}>{t('replace')}</Button>
        </Group>
      )}
      <Modal opened={isAsked} onClose={() => setIsAsked(false)} title={t('replace-title', { name: entry.name, to: successor })} closeButtonProps={{ 'aria-label': t('not-now') }}>
        <Stack>
          <Text size="sm">{t('replace-text', { name: entry.name, to: successor, count: found.projects.length })}</Text>
          {command.error && <ProblemAlert error={command.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setIsAsked(false)}>{t('not-now')}</Button>
            <Button color="#b3261e" loading={command.isPending} onClick={() => { if (to !== null) command.mutate({ to }); }}>{t('replace-confirm', { name: entry.name })}</Button>
          </Group>
        </Stack>
      </Modal>
    </Stack>
  );
}
