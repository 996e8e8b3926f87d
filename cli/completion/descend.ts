/** What the scripts of bash and zsh have in common: how far the words before the cursor lead into the tree of commands. */
import type { CompletedCommand } from './tree';

/** Paths of commands, but that of the program itself. */
export const pathsIn = (commands: readonly CompletedCommand[]): string[] => commands.map(({ path }) => path).filter((path) => path !== '');

/** Options that take a value, anywhere: what comes after them is no argument. */
const takersIn = (commands: readonly CompletedCommand[]): string[] =>
  [...new Set(commands.flatMap(({ options }) => options.filter(({ values }) => values).flatMap(({ flags }) => flags)))];

/** Takes in `word`: `at` becomes the path of a command, or `place` counts one argument more. */
export const descend = (commands: readonly CompletedCommand[]): string => `    case "\${at:+$at }$word" in
      ${pathsIn(commands).map((path) => `'${path}'`).join('|')}) at="\${at:+$at }$word" ;;
      *)
        case "$word" in
          -*) ;;
          *) case "$before" in ${takersIn(commands).join('|')}) ;; *) place=$((place + 1)) ;; esac ;;
        esac
        ;;
    esac
    before="$word"`;
