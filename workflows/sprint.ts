import { sprint as process } from '../domain/sprint';
import type { SprintInput, SprintState } from '../domain/sprint/types';
import type { RunArgument } from './shell/carried';
import { runProcess } from './shell/shell';

export async function sprint(argument: RunArgument<SprintInput, SprintState>): Promise<void> {
  await runProcess(process, argument, (input) => input.project);
}
