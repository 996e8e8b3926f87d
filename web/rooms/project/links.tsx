/** Where the things that a project names can be opened. */
import { RoomLink } from '../../parts/link';
import type { Links } from '../../parts/waterway/next-locks';

/** Links to the tasks of a phase and to approvals. */
export function useLinks(project: string): (phase: string) => Links {
  return (phase) => ({
    task: (_task, name) => <RoomLink inherit to="/projects/$project" params={{ project }} search={{ tab: 'tasks', phase }}>{name}</RoomLink>,
    approval: (_approval, children) => children,
  });
}
