/** Where the things that a project names can be opened. */
import { RoomButton, RoomLink } from '../../parts/link';
import type { Sentence } from './record-words';
import type { Links } from '../../parts/waterway/next-locks';

/** A gate, or the decision on a change, as it was known at a moment; read only. @param at ISO 8601 */
export function ApprovalThen({ approval, at, children }: { readonly approval: string; readonly at: string; readonly children: React.ReactNode }): React.JSX.Element {
  return <RoomLink inherit to="/approvals/$" params={{ _splat: approval }} search={{ asOf: at }}>{children}</RoomLink>;
}

/** The page of a backlog, or of a service that is handed over. */
export function RoomOf({ project, room: { of, phase, service }, children }: { readonly project: string; readonly room: NonNullable<Sentence['room']>; readonly children: React.ReactNode }): React.JSX.Element {
  const params = { project, phase };
  return of === 'agile' ? <RoomLink inherit to="/projects/$project/phases/$phase/agile" params={params}>{children}</RoomLink>
    : <RoomLink inherit to="/projects/$project/phases/$phase/handover" params={params} search={service === '' ? {} : { service }}>{children}</RoomLink>;
}

/** Links to the tasks of a phase and to approvals. */
export function useLinks(project: string): (phase: string) => Links {
  return (phase) => ({
    task: (task, name) => <RoomLink inherit to="/projects/$project/tasks/$phase/$task" params={{ project, phase, task }}>{name}</RoomLink>,
    approval: (approval, children, isMine = false) => (isMine ? <RoomButton size="xs" to="/approvals/$" params={{ _splat: approval }}>{children}</RoomButton> : <RoomLink inherit to="/approvals/$" params={{ _splat: approval }}>{children}</RoomLink>),
  });
}
