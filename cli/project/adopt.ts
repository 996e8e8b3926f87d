/** `sluis project adopt`: starts a project that already runs elsewhere, from tables of the tasks that are done and the gates that were passed there. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { ApiProblem } from '../../client';
import type { Config } from '../../config';
import { connect, given } from '../client/api';
import { readTemplate, resolveVersion } from '../client/templates';
import { parseParameters, parseRoles, parseTemplateRef } from '../terminal/arguments';
import { print, printJson } from '../terminal/print';
import { style } from '../terminal/style';
import { UsageError } from '../terminal/usage-error';
import { EVIDENCE, GATE_COLUMNS, placeIn, readTable, renamed, type Table, TASK_COLUMNS, toTasks } from './adoption-tables';
import { readInventory } from './inventory';
import type { StartOptions } from './start';

export interface AdoptOptions extends Omit<StartOptions, 'key'> {
  readonly tasks: string;
  readonly gates?: string;
  readonly source: string;
}

/** @throws UsageError when it is asked wrongly or a table is wrong, ApiProblem when the API refuses: with the places in the tables. */
export async function runAdopt(config: Config, named: string, options: AdoptOptions): Promise<void> {
  const ref = parseTemplateRef(named);
  const roles = parseRoles(options.role ?? []);
  const read = (file: string | undefined, columns: Table['columns'], required: readonly string[], more?: string): Table => {
    if (file !== undefined && !existsSync(file)) throw new UsageError(`There is no file ${file}.`);
    return { file: file ?? '', columns, lines: file === undefined ? [] : readTable(file, readFileSync(file), columns, required, more) };
  };
  const tables = { tasks: read(options.tasks, TASK_COLUMNS, ['phase', 'task', 'status'], EVIDENCE), gates: read(options.gates, GATE_COLUMNS, ['gate']) };
  const api = connect(config, options);
  const template = await readTemplate(api, await resolveVersion(api, ref));
  const body = {
    name: options.name, template: template.key, version: template.version, roles,
    parameters: parseParameters(options.param ?? [], template.parameters),
    inventory: options.inventory === undefined ? [] : readInventory(options.inventory, template),
    adoption: {
      source: options.source, tasks: toTasks(tables.tasks.file, tables.tasks.lines, template), gates: tables.gates.lines.map(({ cells }) => renamed(cells, GATE_COLUMNS)),
    },
  };
  // The same tables under the same name are the same project, however often they are sent.
  const key = createHash('sha256').update(JSON.stringify(body)).digest('hex');
  const answer = await api.post('/projects', given(body), { key }).catch((error: unknown) => {
    if (!(error instanceof ApiProblem)) throw error;
    const told = (text: string): string => text.replace(/\/adoption\/(?:tasks|gates)\/\d+/g, (pointer) => placeIn(tables, pointer));
    const errors = (error.problem.errors ?? []).map(({ pointer, code, detail }) => ({ pointer: placeIn(tables, pointer), code, detail: told(detail) }));
    throw new ApiProblem({ ...error.problem, errors }, error.status);
  });
  if (options.json) printJson(answer);
  else print(`${style.green('adopted')}  ${answer.id}  ${options.name} (${template.key}@${template.version})\nNext: sluis project show ${answer.id}`);
}
