/** A completion script for zsh, with descriptions. */
import { descend } from './descend';
import type { CompletedCommand, Values } from './tree';

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
/** A word as `_describe` takes it. */
const described = (word: string, description: string): string => quoted(`${word.replaceAll(':', '\\:')}:${description.replaceAll('\\', '')}`);
const placeOf = ({ words, files }: Values): string => `values=(${words.map(quoted).join(' ')})${files ? ' files=yes' : ''}`;

function caseOf({ path, subcommands, options, arguments: places }: CompletedCommand): string {
  const valued = options.filter(({ values }) => values);
  return [
    `    ${quoted(path)})`,
    `      options=(${options.flatMap(({ flags, description }) => flags.map((flag) => described(flag, description))).join(' ')})`,
    ...(subcommands.length > 0
      ? [`      subcommands=(${subcommands.map(({ name, description }) => described(name, description)).join(' ')})`] : []),
    ...(places.length > 0 ? ['      case $place in', ...places.map((values, place) => `        ${place}) ${placeOf(values)} ;;`), '      esac'] : []),
    ...(valued.length > 0 ? ['      case $prev in',
      ...valued.map(({ flags, values }) => `        ${flags.join('|')}) subcommands=() files='' ${placeOf(values ?? { words: [], files: false })} ;;`), '      esac'] : []),
    '      ;;',
  ].join('\n');
}

/** The function `_sluis`: loaded from a folder of `fpath`, or sourced. */
export function zshScript(commands: readonly CompletedCommand[]): string {
  return `#compdef sluis
# Completion of sluis for zsh. Load it with: source <(sluis completion zsh)
_sluis() {
  local cur="\${words[CURRENT]}" prev="\${words[CURRENT-1]}" at='' place=0 files='' word before='' i
  local -a options subcommands values
  for ((i = 2; i < CURRENT; i++)); do
    word="\${words[i]}"
${descend(commands)}
  done
  case "$at" in
${commands.map(caseOf).join('\n')}
  esac
  if [[ "$cur" == -* ]]; then
    _describe -o option options
    return
  fi
  (( \${#subcommands} )) && _describe command subcommands
  (( \${#values} )) && _describe value values
  [[ -n "$files" ]] && _files
  return 0
}
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
if [[ "\${funcstack[1]}" == _sluis ]]; then _sluis "$@"; else compdef _sluis sluis; fi
`;
}
