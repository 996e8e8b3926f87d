/** `sluis project start`. */
import type { Config } from '../../config';
import { type ApiOptions, connect } from '../client/api';
import { readTemplate, resolveVersion } from '../client/templates';
import { print, printJson } from '../terminal/print';
import { style } from '../terminal/style';
import { parseParameters, parseRoles, parseTemplateRef } from '../terminal/arguments';
import { readInventory } from './inventory';

export interface StartOptions extends ApiOptions {
  readonly name: string;
  readonly param?: readonly string[];
  readonly inventory?: string;
  readonly role?: readonly string[];
  readonly program?: string;
  readonly key?: string;
}

/** @throws UsageError when it is asked wrongly, ApiProblem when the API refuses. */
export async function runStart(config: Config, named: string, options: StartOptions): Promise<void> {
  const ref = parseTemplateRef(named);
  const roles = parseRoles(options.role ?? []);
  const api = connect(config, options);
  const template = await readTemplate(api, await resolveVersion(api, ref));
  const parameters = parseParameters(options.param ?? [], template.parameters);
  const inventory = options.inventory === undefined ? [] : readInventory(options.inventory, template);
  // The version stands in the request only where it was typed: the same key is to mean the same request after a newer one is published.
  const answer = await api.post('/projects', { name: options.name, ...ref, parameters, inventory, roles, ...(options.program !== undefined && { program: options.program }) }, { key: options.key });
  if (options.json) printJson(answer);
  else print(`${style.green('started')}  ${answer.id}  ${options.name} (${template.key}@${template.version})\nNext: sluis project show ${answer.id}`);
}
