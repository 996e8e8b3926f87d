/** One task on a page of its own. */
import { Text } from '@mantine/core';
import { useSuspenseQueries } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { projectQuery } from '../../data/project';
import { RoomLink } from '../../parts/link';
import { Page } from '../../parts/page';
import { taskQuery } from '../../parts/task/queries';
import { TaskPanel } from '../../parts/task/task-panel';

export function Task(): React.JSX.Element {
  const path = useParams({ from: '/inside/projects/$project/tasks/$phase/$task' });
  const [{ data }, { data: { name } }] = useSuspenseQueries({ queries: [taskQuery(path), projectQuery(path.project)] });
  return (
    <Page title={data.name}>
      <Text size="sm" c="dimmed" className="said">{name !== null && <><RoomLink inherit underline="always" to="/projects/$project" params={{ project: path.project }}>{name}</RoomLink> · </>}<RoomLink inherit underline="always" to="/projects/$project" params={{ project: path.project }} search={{ tab: 'tasks', phase: path.phase }}>{data.phaseName}</RoomLink>{data.item && ` · ${data.item.name ?? ''}`}</Text>
      <TaskPanel path={path} titled={false} />
    </Page>
  );
}
