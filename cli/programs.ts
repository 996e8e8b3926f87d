/** `sluis program list` and `set`, `sluis project set-program`. */
import type { Config } from '../config';
import { type ApiOptions, connect } from './client/api';
import { count, print, printJson } from './terminal/print';
import { style } from './terminal/style';
import { textTable } from './terminal/table';
import { UsageError } from './terminal/usage-error';

/** @throws ApiProblem */
export async function runPrograms(config: Config, options: ApiOptions): Promise<void> {
  const { items } = await connect(config, options).get('/programs');
  if (options.json) {
    printJson({ items });
    return;
  }
  if (items.length > 0) print(`${textTable(['program', 'name', 'managed by'], items.map(({ program, name, managers }) => [program, name ?? '', managers.map((each) => each.name).join(', ')]))}\n`);
  print(`${count(items.length, 'program')}.`);
}

export interface SetProgramOptions extends ApiOptions {
  readonly name?: string;
  readonly manager?: readonly string[];
}

/** @throws UsageError when a new program has no name, ApiProblem */
export async function runSetProgram(config: Config, program: string, { name, manager, ...options }: SetProgramOptions): Promise<void> {
  const api = connect(config, options);
  const known = (await api.get('/programs')).items.find((each) => each.program === program);
  const called = name ?? known?.name;
  if (called === undefined || called === null) throw new UsageError(`${program} has no name yet: --name`);
  const answer = await api.put(`/programs/${encodeURIComponent(program)}`, { name: called, managers: [...(manager ?? known?.managers.map(({ id }) => id) ?? [])] });
  if (options.json) printJson(answer);
  else print(`${style.green(known ? 'changed' : 'made')}  ${program}  ${called}`);
}

/** @throws ApiProblem */
export async function runSetProjectProgram(config: Config, project: string, program: string | undefined, options: ApiOptions): Promise<void> {
  const answer = await connect(config, options).put(`/projects/${encodeURIComponent(project)}/program`, { program: program ?? null });
  if (options.json) printJson(answer);
  else print(`${style.green('set')}  ${project} belongs to ${program ?? 'no program'}.`);
}
