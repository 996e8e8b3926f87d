/** What was delivered: documents per phase, and the files of the project. */
import { Anchor, Button, Stack, Text, Title } from '@mantine/core';
import { useSuspenseInfiniteQuery, useSuspenseQuery, infiniteQueryOptions } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answerOf, api, type Schema } from '../../data/api';
import { projectKey, projectTasksQuery } from '../../data/project';
import { Empty } from '../../parts/empty';
import { Helped } from '../../parts/help';
import { sizeText } from '../../parts/size';
import { FilePreview } from '../../parts/task/file-preview';
import { When } from '../../parts/when';
import { useLinks } from './links';
import type { Parts } from './parts';
import classes from './project.module.css';

const filesQuery = (project: string) => infiniteQueryOptions({
  queryKey: [...projectKey(project), 'files'], initialPageParam: undefined as string | undefined,
  queryFn: ({ signal, pageParam }) => answerOf(api.GET('/api/v1/projects/{project}/files', { params: { path: { project }, query: { limit: 100, ...(pageParam !== undefined && { cursor: pageParam }) } }, signal })),
  getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined, select: ({ pages }) => pages.flatMap(({ items }) => items),
});

interface Document {
  readonly field: string;
  readonly name: string | null;
  readonly href: string | null;
}

const isSafe = (url: string): boolean => /^https?:\/\//i.test(url);

/** Documents and links among what a task delivered. */
function documentsOf(task: Schema<'Task'>): Document[] {
  return task.fields.flatMap((field) => {
    const value = task.evidence?.[field.key];
    if (value === null || value === undefined) return [];
    if (field.type === 'link' && typeof value === 'string') return [{ field: field.name, name: value, href: isSafe(value) ? value : null }];
    if (typeof value !== 'object' || 'rows' in value) return [];
    return [{ field: field.name, name: value.name, href: value.file?.href ?? (typeof value.url === 'string' && isSafe(value.url) ? value.url : null) }];
  });
}

export function Evidence({ project }: Parts): React.JSX.Element {
  const { t } = useTranslation('project');
  const { data: tasks } = useSuspenseQuery(projectTasksQuery(project.id));
  const files = useSuspenseInfiniteQuery(filesQuery(project.id));
  const links = useLinks(project.id);
  const found = tasks.flatMap((task) => documentsOf(task).map((document) => ({ task, document })));
  const phases = Map.groupBy(found, ({ task }) => task.phase);
  return (
    <div className={classes['columns']}>
      <Stack gap="xl">
        {found.length === 0 && <Empty title={t('no-evidence')}>{t('no-evidence-text')}</Empty>}
        {[...phases].map(([phase, each]) => (
          <Stack component="section" gap="xs" key={phase}>
            <Title order={2} className="said">{each[0]?.task.phaseName}</Title>
            <ul className={classes['list']}>
              {each.map(({ task, document }) => (
                <li key={`${task.task} ${document.field}`}>
                  <Text size="sm" className="said">{document.href !== null ? <Anchor inherit href={document.href} target="_blank" rel="noreferrer">{document.name ?? t('erased')}</Anchor> : (document.name ?? t('erased'))}</Text>
                  <Text size="sm" c="dimmed" className={`said ${classes['linked']}`}>{document.field} · {links(phase).task(task.task, task.name)}{task.doneBy && ` · ${task.doneBy.name}`}{task.doneAt && <> · <When at={task.doneAt} /></>}</Text>
                </li>
              ))}
            </ul>
          </Stack>
        ))}
      </Stack>
      <Stack component="section" gap="xs">
        <Helped topic="evidence"><Title order={2}>{t('files')}</Title></Helped>
        {files.data.length === 0 && <Text size="sm" c="dimmed">{t('no-files')}</Text>}
        <ul className={classes['list']}>
          {files.data.map((file) => (
            <li key={file.sha256} className={classes['row']}>
              <div>
                <Text size="sm" className="said"><Anchor inherit href={file.href} target="_blank" rel="noreferrer">{file.name}</Anchor></Text>
                <Text size="sm" c="dimmed" className="said">{sizeText(file.size)} · {file.by.name} · <When at={file.at} /></Text>
              </div>
              <FilePreview href={file.href} name={file.name} type={file.type} size={file.size} />
            </li>
          ))}
        </ul>
        {files.hasNextPage && <Button variant="default" loading={files.isFetchingNextPage} onClick={() => void files.fetchNextPage()}>{t('more')}</Button>}
      </Stack>
    </div>
  );
}
