import { project } from '../domain/project';
import type { ProjectInput, ProjectState } from '../domain/project/types';
import type { RunArgument } from './shell/carried';
import { runProcess } from './shell/shell';

export async function projectLifecycle(argument: RunArgument<ProjectInput, ProjectState>): Promise<void> {
  await runProcess(project, argument, (input) => input.project);
}
