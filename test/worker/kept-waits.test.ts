/** What a run leaves with the SDK that lets go of it only when the run ends. */
import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { RULES } from '../../domain/rules';

const ROOT = join(__dirname, '..', '..');
const COMMANDS = 12;

interface Told {
  /** Waits of the outermost scope after each command. */
  readonly after: readonly number[];
  /** Commands to the server when an operator cancels the run. */
  readonly last: readonly string[];
}

test('no command leaves a wait or its batch behind, and a run that is cancelled at the server still ends', async () => {
  execFileSync(process.execPath, [join(ROOT, 'scripts', 'build.mjs')], { stdio: 'pipe' });
  const child = fork(join(ROOT, 'test', 'support', 'kept-waits.cjs'), [String(COMMANDS), String(RULES)], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const ended = once(child, 'exit').then(() => { throw new Error('the run ended before it told anything'); });
  const [{ after, last }] = await Promise.race([once(child, 'message'), ended]) as [Told];
  expect(after).toHaveLength(COMMANDS);
  expect(new Set(after).size).toBe(1);
  expect(last).toEqual(['cancelWorkflowExecution']);
});
