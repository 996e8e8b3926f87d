/** Changes of the plan: those asked for, one of them, a new one; and the money of the project. */
import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { changesQuery } from '../../data/project';
import { Empty } from '../../parts/empty';
import { Helped } from '../../parts/help';
import { RoomLink } from '../../parts/link';
import { When } from '../../parts/when';
import { AskChange } from './change-ask';
import { OneChange } from './change-one';
import { Money } from './money';
import { hasEnded, type Parts } from './parts';
import classes from './project.module.css';

/** In the address: a change that is being asked for. */
const NEW = 'new';

const route = getRouteApi('/inside/projects/$project');

export function Changes(parts: Parts): React.JSX.Element {
  const { project, may } = parts;
  const { t } = useTranslation('changes');
  const { change: chosen } = route.useSearch();
  const navigate = useNavigate({ from: '/projects/$project' });
  const { data: changes } = useSuspenseQuery(changesQuery(project.id));
  const close = (): void => void navigate({ search: { tab: 'changes' }, resetScroll: false });
  const one = changes.find(({ id }) => id === chosen);
  const mayAsk = may.askChange && !hasEnded(project);
  if (chosen === NEW && mayAsk) return <AskChange {...parts} close={close} />;
  if (one) return <OneChange {...parts} change={one} close={close} />;
  return (
    <>
      <Stack component="section" gap="sm">
        <Group justify="space-between">
          <Helped topic="changes"><Title order={2}>{t('title')}</Title></Helped>
          {mayAsk && <Button size="xs" className="no-print" onClick={() => void navigate({ search: { tab: 'changes', change: NEW }, resetScroll: false })}>{t('ask')}</Button>}
        </Group>
        {chosen !== undefined && chosen !== NEW && <Text size="sm" c="dimmed" role="status">{t('not-here')}</Text>}
        {changes.length === 0 && <Empty title={t('none')}>{t('none-text')}</Empty>}
        {changes.length > 0 && (
          <ul className={classes['list']}>
            {changes.map((each) => (
              <li key={each.id} className={classes['row']}>
                <div>
                  <RoomLink to="/projects/$project" params={{ project: project.id }} search={{ tab: 'changes', change: each.id }} size="sm" fw={500} className="said">{each.title ?? t('erased')}</RoomLink>
                  <Text size="sm" c="dimmed" className="said">{t('asked-by', { person: each.requestedBy.name })} <When at={each.requestedAt} /></Text>
                </div>
                <Text size="sm">{t(`status-${each.status}`)}</Text>
              </li>
            ))}
          </ul>
        )}
      </Stack>
      <Money {...parts} />
    </>
  );
}
