/** All processes by name, as those need them that fold a log without knowing whose it is. */
import { approval } from './approval';
import { backlog } from './backlog';
import { directory } from './directory';
import { handover } from './handover';
import type { Process, ProcessName } from './process';
import { project } from './project';
import { sprint } from './sprint';
import { stage } from './stage';

/** A process whose types are not known where it is used: its data came from a log or from another workflow. */
export type AnyProcess = Process<never, unknown, never, never>;

export const PROCESSES: Readonly<Record<ProcessName, AnyProcess>> = {
  project: project as unknown as AnyProcess,
  stage: stage as unknown as AnyProcess,
  approval: approval as unknown as AnyProcess,
  directory: directory as unknown as AnyProcess,
  backlog: backlog as unknown as AnyProcess,
  handover: handover as unknown as AnyProcess,
  sprint: sprint as unknown as AnyProcess,
};
