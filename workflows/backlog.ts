import { backlog as process } from '../domain/backlog';
import type { BacklogInput, BacklogState } from '../domain/backlog/types';
import type { RunArgument } from './shell/carried';
import { runProcess } from './shell/shell';

export async function backlog(argument: RunArgument<BacklogInput, BacklogState>): Promise<void> {
  await runProcess(process, argument, (input) => input.project);
}
