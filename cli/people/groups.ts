/** `sluis people groups`, `group` and `manager`. */
import { ApiProblem } from '../../client';
import type { Config } from '../../config';
import { type ApiOptions, connect } from '../client/api';
import { count, print, printJson } from '../terminal/print';
import { style } from '../terminal/style';
import { textTable } from '../terminal/table';
import { UsageError } from '../terminal/usage-error';

interface Group {
  readonly group: string;
  readonly name: string | null;
  readonly members: readonly { readonly id: string; readonly name: string }[];
}

const HEAD = ['group', 'name', 'members'];
const rowOf = ({ group, name, members }: Group): string[] => [group, name ?? '', members.map((each) => `${each.name} (${each.id})`).join(', ')];

/** @throws ApiProblem */
export async function runGroups(config: Config, options: ApiOptions): Promise<void> {
  const { items } = await connect(config, options).get('/groups');
  if (options.json) {
    printJson({ items });
    return;
  }
  if (items.length > 0) {
    print(textTable(HEAD, items.map(rowOf)));
    print('');
  }
  print(`${count(items.length, 'group')}.`);
}

export interface GroupOptions extends ApiOptions {
  readonly name?: string;
  readonly member?: readonly string[];
  readonly empty?: boolean;
}

/** Shows a group, or changes what is given of it and leaves the rest. @throws UsageError, ApiProblem */
export async function runGroup(config: Config, key: string, { name, member, empty, ...options }: GroupOptions): Promise<void> {
  if (empty && member !== undefined) throw new UsageError('--empty and --member say different things.');
  const api = connect(config, options);
  const place = `/groups/${encodeURIComponent(key)}` as const;
  const members = empty ? [] : member;
  if (name === undefined && members === undefined) {
    const found = await api.get(place);
    if (options.json) printJson(found);
    else print(textTable(HEAD, [rowOf(found)]));
    return;
  }
  const known = await api.get(place).catch((error: unknown) => {
    if (error instanceof ApiProblem && error.problem.code === 'unknown-group') return undefined;
    throw error;
  });
  const called = name ?? known?.name;
  if (called == null) throw new UsageError(`--name NAME: the group ${key} needs a name.`);
  const answer = await api.put(place, { name: called, members: [...(members ?? known?.members.map(({ id }) => id) ?? [])] });
  if (options.json) printJson(answer);
  else print(`${style.green('group')}  ${key}: ${count((members ?? known?.members ?? []).length, 'member')}.`);
}

/** @throws ApiProblem */
export async function runManager(config: Config, person: string, manager: string | undefined, options: ApiOptions): Promise<void> {
  const answer = await connect(config, options).put(`/people/${encodeURIComponent(person)}/manager`, { manager: manager ?? null });
  if (options.json) printJson(answer);
  else print(`${style.green('manager')}  ${person}: ${manager ?? 'nobody'}`);
}
