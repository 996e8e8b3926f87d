import { stage as process } from '../domain/stage';
import type { StageInput, StageState } from '../domain/stage/types';
import type { RunArgument } from './shell/carried';
import { runProcess } from './shell/shell';

export async function stage(argument: RunArgument<StageInput, StageState>): Promise<void> {
  await runProcess(process, argument, (input) => input.project);
}
