/** What would move to whom stands in, and what stays: shown before it is confirmed. */
import { Badge, List, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { headed } from '../../parts/label';
import { RoomLink } from '../../parts/link';
import { Day } from '../../parts/when';
import classes from './absence.module.css';
import type { Preview, Scope } from './queries';

/** Projects that are named before they are only counted. */
const NAMED = 6;

interface Props {
  readonly preview: Preview;
  readonly scope: Scope;
  /** Who stands in; nobody is chosen yet when not given. */
  readonly delegate: string | undefined;
  readonly isMine: boolean;
}

export function Moves({ preview, scope, delegate, isMine }: Props): React.JSX.Element {
  const { t } = useTranslation('absence');
  const { approvals, tasks } = preview;
  const later = preview.projects.filter(({ project, program, roles }) => (scope.project ?? project) === project && (scope.program === undefined || program?.key === scope.program)
    && (scope.role === undefined || roles.some(({ key }) => key === scope.role)));
  return (
    <Stack component="section" gap="sm" className={classes['moves']} aria-live="polite">
      <Title order={2} size="h3">{t('what-moves')}</Title>
      {approvals.length === 0 ? <Text size="sm">{t('none-waits')}</Text> : (
        <ul className={classes['approvals']}>
          {approvals.map((each) => (
            <li key={each.id}>
              <div className={classes['what']}>
                <Text size="sm" fw={500} className="said"><RoomLink inherit to="/approvals/$" params={{ _splat: each.id }}>{headed(each.gateName ?? each.change?.title ?? t('change'))}</RoomLink></Text>
                <Text size="xs" c="dimmed" className="said">{each.projectName}{each.dueAt !== null && <> · {t('due')} <Day at={each.dueAt} /></>}</Text>
              </div>
              {delegate !== undefined && <Badge color={each.moves ? 'water' : 'gray'}>{each.moves ? t('to', { name: delegate }) : t('stays')}</Badge>}
            </li>
          ))}
        </ul>
      )}
      {delegate !== undefined && approvals.some((each) => !each.moves) && <Text size="sm" c="dimmed">{t('stays-text', { name: delegate })}</Text>}
      {later.length > 0 && (
        <div>
          <Text size="sm">{t('later')}</Text>
          <List size="sm">{later.slice(0, NAMED).map(({ project, name }) => <List.Item key={project} className="said">{name ?? project}</List.Item>)}</List>
          {later.length > NAMED && <Text size="sm" c="dimmed">{t('more-projects', { count: later.length - NAMED })}</Text>}
        </div>
      )}
      {tasks > 0 && <Text size="sm">{t('tasks-stay', { count: tasks })} {isMine && <RoomLink inherit to="/">{t('to-my-work')}</RoomLink>}</Text>}
    </Stack>
  );
}
