/** Programs: projects that are looked at together, and who manages them. */
import { ActionIcon, Button, Group, Select, Stack, Text } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Structure } from '../../app/fallbacks';
import { language } from '../../app/i18n';
import { answerOf, api, type Schema } from '../../data/api';
import { useCommand } from '../../data/command';
import { isOffice, useMe } from '../../data/me';
import { programsQuery } from '../../data/project';
import { Course } from '../../parts/course';
import { Empty } from '../../parts/empty';
import { RoomLink } from '../../parts/link';
import { Page } from '../../parts/page';
import { ProblemAlert } from '../../parts/problem';
import { NamedPeople } from '../people/named-list';
import rows from '../../parts/rows.module.css';
import classes from './programs.module.css';

type Program = Schema<'Program'>;

const route = getRouteApi('/inside/programs');
/** The place of a new one among those that can be open. */
const NEW = ' new';
/** Projects that are listed here; the portfolio has all. */
const LISTED = 200;

/** The open projects that the reader may see; of one program, or all. */
const projectsQuery = (program?: string) => queryOptions({
  queryKey: ['portfolio', 'of-program', program ?? '', language()],
  queryFn: ({ signal }) => answerOf(api.GET('/api/v1/portfolio', { params: { query: { limit: LISTED, ...(program !== undefined && { program }) } }, signal })),
});

function Projects({ program, mayMove }: { readonly program: string; readonly mayMove: boolean }): React.JSX.Element {
  const { t } = useTranslation('programs');
  const query = useQuery(projectsQuery(program));
  const all = useQuery({ ...projectsQuery(), enabled: mayMove });
  const command = useCommand(({ project, to }: { readonly project: string; readonly to: string | null }, header) => answerOf(api.PUT('/api/v1/projects/{project}/program', { params: { path: { project }, header }, body: { program: to } })), [['portfolio'], ['project'], ['people']]);
  const items = query.data?.items ?? [];
  const others = (all.data?.items ?? []).filter((each) => each.program?.key !== program);
  if (query.error) return <ProblemAlert error={query.error} again={() => void query.refetch()} />;
  if (query.isPending) return <Structure />;
  return (
    <Stack gap="sm">
      {items.length === 0 ? <Text size="sm" c="dimmed">{t('no-projects')}</Text> : (
        <ul className={classes['projects']}>
          {items.map((each) => (
            <li key={each.id}>
              <RoomLink to="/projects/$project" params={{ project: each.id }} size="sm" className="said">{each.name ?? each.id}</RoomLink>
              <Group gap="xs" wrap="nowrap">
                <Course course={each.course} />
                {mayMove && <ActionIcon variant="subtle" size={32} loading={command.isPending && command.variables.project === each.id} aria-label={t('take-out', { name: each.name ?? each.id })} onClick={() => command.mutate({ project: each.id, to: null })}><IconX size={16} aria-hidden /></ActionIcon>}
              </Group>
            </li>
          ))}
        </ul>
      )}
      {mayMove && <Select size="sm" w={320} maw="100%" searchable aria-label={t('add-project')} placeholder={t('add-project')} nothingFoundMessage={t('nothing-found')} value={null} disabled={command.isPending}
        data={others.map((each) => ({ value: each.id, label: each.program ? t('now-in', { name: each.name ?? each.id, program: each.program.name }) : (each.name ?? each.id) }))} onChange={(project) => { if (project !== null) command.mutate({ project, to: program }); }} />}
      {command.error && <ProblemAlert error={command.error} />}
    </Stack>
  );
}

function Row({ program, isOpen, toggle, mayEdit, mayMove, edit }: { readonly program: Program; readonly isOpen: boolean; readonly toggle: () => void; readonly mayEdit: boolean; readonly mayMove: boolean; readonly edit: () => void }): React.JSX.Element {
  const { t } = useTranslation('programs');
  const name = program.name ?? program.program;
  return (
    <>
      <div className={rows['row']}>
        <div className={rows['what']}>
          <Text fw={600} className="said">{name} <Text span size="sm" c="dimmed" fw={400}>{program.program}</Text></Text>
          <Text size="sm" className="said">{program.managers.length > 0 ? t('managed-by', { names: program.managers.map((each) => each.name).join(', ') }) : t('no-manager')}</Text>
        </div>
        <Button size="sm" variant="default" aria-expanded={isOpen} onClick={toggle} aria-label={t('projects-of', { name })}>{t('projects')}</Button>
        <RoomLink size="sm" to="/portfolio" search={{ program: program.program }} aria-label={t('portfolio-of', { name })}>{t('portfolio')}</RoomLink>
        {mayEdit && <Button size="sm" variant="default" onClick={edit} aria-label={t('edit-it', { name })}>{t('edit')}</Button>}
      </div>
      {isOpen && <Projects program={program.program} mayMove={mayMove} />}
    </>
  );
}

export function Programs(): React.JSX.Element {
  const { t } = useTranslation('programs');
  const me = useMe();
  const navigate = useNavigate({ from: '/programs' });
  const { open } = route.useSearch();
  const query = useQuery(programsQuery());
  const [edited, setEdited] = useState<string>();
  const close = (): void => setEdited(undefined);
  const command = useCommand(
    ({ key, name, persons }: { readonly key: string; readonly name: string; readonly persons: string[] }, header) => answerOf(api.PUT('/api/v1/programs/{program}', { params: { path: { program: key }, header }, body: { name, managers: persons } })),
    [['people'], ['portfolio'], ['project']], close);
  const edit = (key: string): void => { command.reset(); setEdited(key); };
  const form = { label: t('managers'), effect: t('effect'), most: 20, error: command.error, isPending: command.isPending, save: command.mutate, close };
  return (
    <Page title={t('title')} help="programs" action={isOffice(me) && edited !== NEW && <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => edit(NEW)}>{t('new')}</Button>}>
      {query.error && <ProblemAlert error={query.error} again={() => void query.refetch()} />}
      {query.isPending && <Structure />}
      {edited === NEW && <NamedPeople {...form} />}
      {query.data?.length === 0 && edited !== NEW && <Empty title={t('none')}>{t(isOffice(me) ? 'none-office' : 'none-text')}</Empty>}
      {query.data && query.data.length > 0 && (
        <ul className={rows['list']}>
          {query.data.map((each) => (
            <li key={each.program}>
              {edited === each.program ? <NamedPeople {...form} known={{ key: each.program, name: each.name, persons: each.managers }} />
                : <Row program={each} isOpen={open === each.program} toggle={() => void navigate({ search: open === each.program ? {} : { open: each.program }, replace: true })} mayEdit={isOffice(me)}
                    mayMove={me.globalRoles.some((role) => role === 'project-office' || role === 'program-manager')} edit={() => edit(each.program)} />}
            </li>
          ))}
        </ul>
      )}
    </Page>
  );
}
