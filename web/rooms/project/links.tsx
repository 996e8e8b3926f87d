/** Where the things that a project names can be opened. */
import { RoomButton, RoomLink } from '../../parts/link';
import type { Links } from '../../parts/waterway/next-locks';

/** Links to the tasks of a phase and to approvals. */
export function useLinks(project: string): (phase: string) => Links {
  return (phase) => ({
    task: (task, name) => <RoomLink inherit to="/projects/$project/tasks/$phase/$task" params={{ project, phase, task }}>{name}</RoomLink>,
    approval: (approval, children, isMine = false) => (isMine ? <RoomButton size="xs" to="/approvals/$" params={{ _splat: approval }}>{children}</RoomButton> : <RoomLink inherit to="/approvals/$" params={{ _splat: approval }}>{children}</RoomLink>),
  });
}
