/** A completion script for fish, with descriptions. */
import { pathsIn } from './descend';
import type { CompletedCommand, Values } from './tree';

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
/** What fish completes by itself are files: `-f` switches that off. */
const valuesOf = ({ words, files }: Values): string => `${files ? ' -F' : ''}${words.length > 0 ? ` -a ${quoted(words.join(' '))}` : ''}`;

function linesOf({ path, subcommands, options, arguments: places }: CompletedCommand): string[] {
  const at = `-n ${quoted(`__sluis_at "${path}"`)}`;
  const optionLines = options.map(({ flags, description, values }) => {
    const names = flags.map((flag) => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`)).join(' ');
    return `complete -c sluis ${at} ${names}${values ? `${values.files ? ' -r' : ' -x'}${valuesOf(values)}` : ''} -d ${quoted(description)}`;
  });
  return [
    ...subcommands.map(({ name, description }) => `complete -c sluis ${at} -a ${quoted(name)} -d ${quoted(description)}`),
    ...optionLines,
    // All of its places take the same here: fish does not count them.
    ...places.slice(0, 1).map(valuesOf).filter((values) => values !== '').map((values) => `complete -c sluis ${at}${values}`),
  ];
}

export function fishScript(commands: readonly CompletedCommand[]): string {
  return `# Completion of sluis for fish. Load it with: sluis completion fish | source
function __sluis_at -d 'Whether the command line is at this command'
    set -l commands ${pathsIn(commands).map(quoted).join(' ')}
    set -l at
    for word in (commandline -opc)[2..]
        contains -- (string join ' ' -- $at $word) $commands; and set -a at $word
    end
    test "$at" = "$argv"
end
complete -c sluis -f
${commands.flatMap(linesOf).join('\n')}
`;
}
