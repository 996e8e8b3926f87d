/** Options that commands share. */
import type { Command } from 'commander';

/** `--json`: one document on standard output, and nothing beside it. */
export const withJson = (command: Command): Command => command.option('--json', 'answer as one JSON document');

/** For commands that speak to the API: where it is, and `--json`. */
export const withApi = (command: Command): Command => withJson(command.option('--url <url>', 'where the API is, if not on this data folder'));
