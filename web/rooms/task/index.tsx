/** One task on a page of its own. */
import { Text } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Page } from '../../parts/page';
import { taskQuery } from '../../parts/task/queries';
import { TaskPanel } from '../../parts/task/task-panel';

export function Task(): React.JSX.Element {
  const path = useParams({ from: '/inside/projects/$project/tasks/$phase/$task' });
  const { data } = useSuspenseQuery(taskQuery(path));
  return (
    <Page title={data.name}>
      <Text size="sm" c="dimmed" className="said">{[data.phaseName, data.item?.name].filter(Boolean).join(' · ')}</Text>
      <TaskPanel path={path} titled={false} />
    </Page>
  );
}
