/** `sluis people list`. */
import type { Config } from '../../config';
import { type ApiOptions, connect } from '../client/api';
import { count, print, printJson } from '../terminal/print';
import { textTable } from '../terminal/table';
import { dayOf, momentOf } from '../terminal/time';

export interface PeopleOptions extends ApiOptions {
  readonly search?: string;
  readonly left?: boolean;
}

/** All pages of the list, for the project office. @throws ApiProblem */
export async function runPeople(config: Config, { search, left, ...options }: PeopleOptions): Promise<void> {
  const items = await connect(config, options).all('/directory', { q: search, left: left ? 'true' : undefined });
  if (options.json) {
    printJson({ items });
    return;
  }
  if (items.length > 0) {
    print(textTable(['person', 'name', 'line manager', 'groups', 'projects', 'presence'], items.map((each) => [
      each.id, each.name, each.manager?.name ?? '', each.groups.join(', '), String(each.projects),
      each.leftAt !== null ? `left ${dayOf(each.leftAt)}, ${each.successor?.name ?? ''}` : each.absentUntil !== null ? `absent until ${momentOf(each.absentUntil)}` : '',
    ])));
    print('');
  }
  print(`${count(items.length, 'person')}.`);
}
