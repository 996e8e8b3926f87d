import { handover as process } from '../domain/handover';
import type { HandoverInput, HandoverState } from '../domain/handover/types';
import type { RunArgument } from './shell/carried';
import { runProcess } from './shell/shell';

export async function handover(argument: RunArgument<HandoverInput, HandoverState>): Promise<void> {
  await runProcess(process, argument, (input) => input.project);
}
