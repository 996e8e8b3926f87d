/** What of backlogs is mine: actions of retrospectives and other items that I see to, and those that I am at in sprints. */
import { Badge, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { answerOf, api, type Schema } from '../../data/api';
import { useCommand } from '../../data/command';
import { joined } from '../../parts/joined';
import { RoomLink } from '../../parts/link';
import { ProblemAlert } from '../../parts/problem';
import { Day, noon } from '../../parts/when';
import { urgencyOf } from './group';
import classes from './my-work.module.css';

type OwnItem = Schema<'OwnItem'>;

const dueAt = ({ due, endsAt }: OwnItem): string | null => (due === null ? endsAt : noon(due));

export function Items({ items }: { readonly items: readonly OwnItem[] }): React.JSX.Element {
  const { t } = useTranslation('my-work');
  const finishing = useCommand<OwnItem, unknown>(
    ({ project, phase, item }, header) => answerOf(api.POST('/api/v1/projects/{project}/phases/{phase}/backlog/items/{item}/finish', { params: { path: { project, phase, item }, header }, body: {} })), [['tasks'], ['backlog']],
  );
  return (
    <Stack component="section" gap="xs">
      <Title order={2}>{t('items')} <Text span c="dimmed">{items.length}</Text></Title>
      {finishing.error && <ProblemAlert error={finishing.error} />}
      <ul className={classes['list']}>
        {items.map((each) => {
          const { project, phase, item, title, projectName, phaseName, sprint, column, isAction } = each;
          const due = dueAt(each);
          return (
            <li key={`${project} ${phase} ${item}`} className={classes['item']}>
              <div className={classes['what']}>
                <Text fw={600} className="said"><RoomLink to="/projects/$project/phases/$phase/agile" params={{ project, phase }} data-row
                  search={sprint === null ? { view: 'backlog' } : { view: 'board', team: sprint.team.key, number: sprint.number }}>{`#${item} ${title ?? t('erased')}`}</RoomLink></Text>
                <Text size="sm" c="dimmed" className="said">{joined([projectName, phaseName, sprint && t('in-sprint', { team: sprint.team.name, number: sprint.number }), column?.name])}</Text>
              </div>
              <Group gap="xs">
                {isAction && <Badge color="gray">{t('action')}</Badge>}
                {due !== null && <Text size="sm" className={classes['urgency'] ?? ''} data-urgency={urgencyOf(due, Date.now())}>{t('due')} <Day at={due} /></Text>}
                {isAction && sprint === null && <Button size="sm" variant="default" loading={finishing.isPending && finishing.variables === each} aria-label={t('finish-item', { item })} onClick={() => finishing.mutate(each)}>{t('finish')}</Button>}
              </Group>
            </li>
          );
        })}
      </ul>
    </Stack>
  );
}
