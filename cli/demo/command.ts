/** `sluis demo`: runs the demo against the product that runs on this machine's data folder. */
import type { Config } from '../../config';
import { dataFolder } from '../../embedded/data-folder';
import { readDemoTokens } from '../../embedded/demo-tokens';
import { readRunState } from '../../embedded/run-state';
import { runDemo } from '.';
import { isLanguage, LANGUAGES, languageOf } from '../client/language';
import { UsageError } from '../terminal/usage-error';

export interface DemoChoices {
  /** `nl`, `fr` or `en`; the language of the environment when not given. */
  readonly language?: string | undefined;
  /** Where the API is; the running product of the data folder when not given. */
  readonly url?: string | undefined;
}

/**
 * Runs the demo and prints its timeline.
 * @throws Error when no product runs, its demo people's tokens are not known, or a step goes another way than it should.
 */
export async function runDemoCommand(config: Config, { language, url }: DemoChoices): Promise<void> {
  if (language !== undefined && !isLanguage(language)) throw new UsageError(`The demo speaks ${LANGUAGES.join(', ')}, not "${language}".`);
  const folder = dataFolder(config.dataFolder);
  const state = readRunState(folder.run);
  const target = url ?? state?.url;
  if (target === undefined) throw new Error('No product runs on this data folder. Start it first: npm start');
  const tokens = Object.fromEntries(readDemoTokens(folder.demoTokens).map(({ person, token }) => [person, token]));
  if (Object.keys(tokens).length === 0) throw new Error(`The tokens of the demo people are not in ${folder.demoTokens}.`);
  const say = (line: string): void => { process.stdout.write(`${line}\n`); };
  await runDemo({ url: target, tokens, say, language: language ?? languageOf(process.env) });
}
