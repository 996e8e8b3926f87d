import { approval as process } from '../domain/approval';
import type { ApprovalInput, ApprovalState } from '../domain/approval/types';
import type { RunArgument } from './shell/carried';
import { runProcess } from './shell/shell';

export async function approval(argument: RunArgument<ApprovalInput, ApprovalState>): Promise<void> {
  await runProcess(process, argument, (input) => input.project);
}
