/** `sluis project list`. */
import type { Config } from '../../config';
import { type ApiOptions, connect } from '../client/api';
import type { ProjectItem } from '../client/views';
import { count, print, printJson } from '../terminal/print';
import { textTable } from '../terminal/table';
import { dayOf } from '../terminal/time';
import { paintStatus } from './words';

export interface ListOptions extends ApiOptions {
  /** As typed: the API judges it. */
  readonly status?: ProjectItem['status'];
  readonly template?: string;
  readonly program?: string;
  readonly search?: string;
}

/** All pages of the list. @throws ApiProblem */
export async function runList(config: Config, { status, template, program, search, ...options }: ListOptions): Promise<void> {
  const items = await connect(config, options).all('/projects', { status, template, program, q: search });
  if (options.json) {
    printJson({ items });
    return;
  }
  if (items.length > 0) {
    print(textTable(['project', 'name', 'status', 'template', 'started', 'ended'], items.map((each) => (
      [each.id, each.name ?? '', paintStatus(each.status), `${each.template.key}@${each.template.version}`, dayOf(each.startedAt), dayOf(each.endedAt)]))));
    print('');
  }
  print(`${count(items.length, 'project')}.`);
}
