/** The commands as shells complete them, read off commander's own tree. */
import type { Argument, Command, Option } from 'commander';

/** What may stand in a place: some words, and maybe a file. */
export interface Values {
  readonly words: readonly string[];
  readonly files: boolean;
}

export interface CompletedOption {
  /** `--status`, `-V`. */
  readonly flags: readonly string[];
  readonly description: string;
  /** Undefined for a flag, which takes no value. */
  readonly values: Values | undefined;
}

export interface CompletedCommand {
  /** Such as `template verify`; empty for the program itself. */
  readonly path: string;
  readonly description: string;
  readonly subcommands: readonly { readonly name: string; readonly description: string }[];
  readonly options: readonly CompletedOption[];
  readonly arguments: readonly Values[];
}

const TAKES_TEMPLATE = new Set(['template', 'before', 'after']);
const TAKES_FILE = new Set(['file', 'inventory']);

/** What a place takes, by what it is called: templates are named by their key or by a file. */
function valuesOf(name: string, choices: readonly string[] | undefined, templates: readonly string[], isOption: boolean): Values {
  if (choices) return { words: choices, files: false };
  if (TAKES_TEMPLATE.has(name) && !isOption) return { words: templates, files: true };
  return { words: name === 'template' ? templates : [], files: TAKES_FILE.has(name) };
}

/** The value of an option is called after what stands between angle brackets. */
const optionOf = (templates: readonly string[]) => (option: Option): CompletedOption => {
  const named = /[<[]([a-z-]+)/.exec(option.flags)?.[1];
  return {
    flags: [option.short, option.long].filter((flag) => flag !== undefined), description: option.description,
    values: named === undefined ? undefined : valuesOf(named, option.argChoices, templates, true),
  };
};

/** All commands, each with what can be typed after it. @param templates Keys of the shipped templates. */
export function readCommands(program: Command, templates: readonly string[]): CompletedCommand[] {
  const visit = (command: Command, path: readonly string[]): CompletedCommand[] => {
    const help = command.createHelp();
    const below = help.visibleCommands(command);
    const own: CompletedCommand = {
      path: path.join(' '), description: command.description(),
      subcommands: below.map((each) => ({ name: each.name(), description: each.description() })),
      options: help.visibleOptions(command).map(optionOf(templates)),
      arguments: command.registeredArguments.map((argument: Argument) => valuesOf(argument.name(), argument.argChoices, templates, false)),
    };
    return [own, ...below.filter((each) => each.name() !== 'help').flatMap((each) => visit(each, [...path, each.name()]))];
  };
  return visit(program, []);
}
