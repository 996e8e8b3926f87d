/** Where the things that a project names can be opened. */
import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Links } from '../../parts/waterway/next-locks';

/** Links to the tasks of a phase and to approvals. */
export function useLinks(project: string): (phase: string) => Links {
  return (phase) => ({
    task: (task, name) => <Anchor inherit component={Link} to="/projects/$project" params={{ project }} search={{ tab: 'tasks', phase }} data-task={task}>{name}</Anchor>,
    approval: (_approval, children) => children,
  });
}
