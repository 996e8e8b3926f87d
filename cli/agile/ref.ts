import { UsageError } from '../terminal/usage-error';

type PhasePath = `/projects/${string}/phases/${string}`;
export type BacklogPath = `${PhasePath}/backlog`;
export type SprintPath = `${PhasePath}/sprints/${string}/${string}`;

const part = '([^/\\s]+)';
const PHASE = new RegExp(`^${part}/${part}$`);
const SPRINT = new RegExp(`^${part}/${part}/${part}/(\\d+)$`);

/** The address of a phase that is typed as `PROJECT/PHASE`. @throws UsageError that says how it is written. */
export function phasePath(text: string): PhasePath {
  const [, project, phase] = PHASE.exec(text) ?? [];
  if (project === undefined || phase === undefined) throw new UsageError(`${JSON.stringify(text)} names no phase: write PROJECT/PHASE, such as p-4f1c/build.`);
  return `/projects/${encodeURIComponent(project)}/phases/${encodeURIComponent(phase)}`;
}

export const backlogPath = (text: string): BacklogPath => `${phasePath(text)}/backlog`;

/** The address of a sprint that is typed as `PROJECT/PHASE/TEAM/NUMBER`. @throws UsageError */
export function sprintPath(text: string): SprintPath {
  const [, project, phase, team, number] = SPRINT.exec(text) ?? [];
  if (project === undefined || phase === undefined || team === undefined || number === undefined) {
    throw new UsageError(`${JSON.stringify(text)} names no sprint: write PROJECT/PHASE/TEAM/NUMBER, such as p-4f1c/build/blue/3.`);
  }
  return `${phasePath(`${project}/${phase}`)}/sprints/${encodeURIComponent(team)}/${number}`;
}
