/** `sluis template publish`: sends a template to the running product, which checks and proves it before it publishes it. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import type { Config } from '../../config';
import { print, printJson } from '../terminal/print';
import { style } from '../terminal/style';
import { UsageError } from '../terminal/usage-error';
import { type ApiOptions, connect } from './api';

/** @throws UsageError when there is no such file, ApiProblem when it is refused. */
export async function runPublish(config: Config, file: string, options: ApiOptions): Promise<void> {
  if (!existsSync(file)) throw new UsageError(`There is no file ${file}.`);
  const text = readFileSync(file, 'utf8');
  // The same text is the same publication, however often it is sent.
  const key = createHash('sha256').update(text).digest('hex');
  const { status, body } = await connect(config, options).postForStatus('/templates', { text }, { key });
  if (options.json) printJson(body);
  else print(`${style.green(status === 201 ? 'published' : 'published already')}  ${body.key} ${body.version}`);
}
