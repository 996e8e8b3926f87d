/** A completion script for bash: all it knows stands in it, so that a press of the key starts no process. */
import { descend } from './descend';
import type { CompletedCommand, Values } from './tree';

const quoted = (words: readonly string[]): string => `'${words.join(' ').replaceAll("'", "'\\''")}'`;
const placeOf = ({ words, files }: Values): string => `words=${quoted(words)}${files ? ' files=yes' : ''}`;

function caseOf({ path, subcommands, options, arguments: places }: CompletedCommand): string {
  const valued = options.filter(({ values }) => values);
  const given = valued.flatMap(({ flags, values }) => (
    values && (values.words.length > 0 || values.files) ? [`        ${flags.join('|')}) ${placeOf(values)} ;;`] : []));
  return [
    `    '${path}')`,
    `      options=${quoted(options.flatMap(({ flags }) => flags))} valued=${quoted(valued.flatMap(({ flags }) => flags))}`,
    ...(subcommands.length > 0 ? [`      words=${quoted(subcommands.map(({ name }) => name))}`] : []),
    ...(places.length > 0 ? ['      case "$place" in', ...places.map((values, place) => `        ${place}) ${placeOf(values)} ;;`), '      esac'] : []),
    ...(valued.length > 0 ? ['      [[ " $valued " == *" $prev "* ]] && words="" files=""'] : []),
    ...(given.length > 0 ? ['      case "$prev" in', ...given, '      esac'] : []),
    '      ;;',
  ].join('\n');
}

/** The function `_sluis`, and its registration. */
export function bashScript(commands: readonly CompletedCommand[]): string {
  return `# Completion of sluis for bash. Load it with: source <(sluis completion bash)
_sluis() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}"
  local at="" place=0 options="" valued="" words="" files="" word before="" i
  for ((i = 1; i < COMP_CWORD; i++)); do
    word="\${COMP_WORDS[i]}"
${descend(commands)}
  done
  case "$at" in
${commands.map(caseOf).join('\n')}
  esac
  COMPREPLY=()
  if [[ "$cur" == -* ]]; then
    COMPREPLY=($(compgen -W "$options" -- "$cur"))
    return
  fi
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
  if [[ -n "$files" ]]; then
    compopt -o filenames 2>/dev/null
    local IFS=$'\\n'
    COMPREPLY+=($(compgen -f -- "$cur"))
  fi
}
complete -F _sluis sluis
`;
}
