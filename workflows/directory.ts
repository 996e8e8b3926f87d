import { directory as process } from '../domain/directory';
import { DIRECTORY, type DirectoryInput, type DirectoryState } from '../domain/directory/types';
import type { RunArgument } from './shell/carried';
import { runProcess } from './shell/shell';

export async function directory(argument: RunArgument<DirectoryInput, DirectoryState>): Promise<void> {
  await runProcess(process, argument, () => DIRECTORY);
}
