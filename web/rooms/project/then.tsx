/** The project as it was known at a moment. */
import { Group, Stack, Text, Title } from '@mantine/core';
import { useSuspenseQueries } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Schema } from '../../data/api';
import { planQuery, projectQuery, projectTasksQuery } from '../../data/project';
import { labelOf } from '../../parts/label';
import { ProjectStatus } from '../../parts/project-status';
import { reachesOf, Waterway } from '../../parts/waterway';
import { momentText } from '../../parts/when';
import { ApprovalThen } from './links';
import classes from './record.module.css';

const ORDER: readonly Schema<'Task'>['status'][] = ['ready', 'claimed', 'to-check', 'waiting', 'done', 'dropped'];

export function Then({ project: id, at }: { readonly project: string; readonly at: string }): React.JSX.Element {
  const { t } = useTranslation('record');
  const { t: words } = useTranslation('project');
  const [{ data: project }, { data: plan }, { data: tasks }] = useSuspenseQueries({ queries: [projectQuery(id, at), planQuery(id, at), projectTasksQuery(id, at)] });
  const gates = project.phases.flatMap(({ phase, name, gate }) => (gate && gate.approval !== null ? [{ phase, name, gate: { ...gate, approval: gate.approval } }] : []));
  const byStatus = Map.groupBy(tasks, ({ status }) => status);
  return (
    <Stack component="section" gap="md" className={classes['then']} aria-label={t('as-it-was', { at: momentText(at) })}>
      <Group gap="sm"><Title order={2}>{t('as-it-was', { at: momentText(at) })}</Title><ProjectStatus status={project.status} /></Group>
      <Waterway reaches={reachesOf(project.phases, plan)} />
      {gates.length > 0 && (
        <div>
          <Text size="sm" fw={600}>{t('gates-then')}</Text>
          <ul className={classes['gates']}>{gates.map(({ phase, name, gate }) => <li key={phase}><Text size="sm" className="said"><ApprovalThen approval={gate.approval} at={at}>{gate.name}</ApprovalThen> <Text span c="dimmed">{name}</Text></Text></li>)}</ul>
        </div>
      )}
      <div>
        {ORDER.map((status) => {
          const found = byStatus.get(status);
          return found && (
            <details key={status} className={classes['fold']}>
              <summary>{labelOf(words(`task-${status}`))} {words('tasks-shown', { count: found.length })}</summary>
              <ul>{found.map((each) => <li key={`${each.phase}/${each.task}`}><Text size="sm" className="said">{each.name} <Text span c="dimmed">{each.phaseName} · {each.doneBy?.name ?? each.assignee?.name ?? each.role.name}</Text></Text></li>)}</ul>
            </details>
          );
        })}
      </div>
    </Stack>
  );
}
