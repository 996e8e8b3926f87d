import { Argument, type Command } from 'commander';
import { run } from '../run';
import { print } from '../terminal/print';

const SHELLS = ['bash', 'zsh', 'fish'] as const;
type Shell = (typeof SHELLS)[number];

/** To be registered last: it completes what is there. */
export function registerCompletion(program: Command): void {
  program.command('completion').description('print a script with which a shell completes commands, options and names of shipped templates')
    .addArgument(new Argument('<shell>', 'the shell that loads it').choices(SHELLS))
    .addHelpText('after', '\nLoad it with one of:\n  source <(sluis completion bash)\n  source <(sluis completion zsh)\n  sluis completion fish | source')
    .action((shell: Shell) => run(async () => print((await scriptFor(shell, program)).trimEnd())));
}

async function scriptFor(shell: Shell, program: Command): Promise<string> {
  const [{ readCommands }, { listShipped }] = await Promise.all([import('../completion/tree'), import('../../config/library')]);
  const commands = readCommands(program, listShipped());
  switch (shell) {
    case 'bash': return (await import('../completion/bash')).bashScript(commands);
    case 'zsh': return (await import('../completion/zsh')).zshScript(commands);
    case 'fish': return (await import('../completion/fish')).fishScript(commands);
  }
}
