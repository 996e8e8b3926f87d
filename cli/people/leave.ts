/** `sluis people leave`. */
import type { Config } from '../../config';
import { type ApiOptions, connect } from '../client/api';
import type { Leaving, LeftProject } from '../client/views';
import { count, print, printJson } from '../terminal/print';
import { style } from '../terminal/style';
import { textTable } from '../terminal/table';
import { UsageError } from '../terminal/usage-error';

export interface LeaveOptions extends ApiOptions {
  readonly to?: string;
  readonly yes?: boolean;
}

const rowOf = ({ project, name, roles, tasks, approvals }: LeftProject): string[] => [project, name ?? '', roles.join(', '), String(tasks), String(approvals)];
const HEAD = ['project', 'name', 'roles', 'tasks', 'approvals'];

/** Without `--yes` it shows what would change. Exit code 1 while a project has not settled. @throws UsageError, ApiProblem */
export async function runLeave(config: Config, person: string, { to, yes, ...options }: LeaveOptions): Promise<void> {
  const api = connect(config, options);
  const place = `/people/${encodeURIComponent(person)}` as const;
  if (!yes) {
    const leaving = await api.get(`${place}/leaving`);
    if (options.json) printJson(leaving);
    else sayLeaving(leaving, to);
    return;
  }
  if (to === undefined) throw new UsageError('--yes needs --to PERSON, who takes the place.');
  const left = await api.post(`${place}/leave`, { to });
  if (left.projects.some(({ outcome }) => outcome !== 'replaced')) process.exitCode = 1;
  if (options.json) {
    printJson(left);
    return;
  }
  if (left.projects.length > 0) print(textTable([...HEAD, 'outcome'], left.projects.map((each) => [...rowOf(each), each.outcome])));
  print(`${style.green('left')}  ${person}; ${to} takes the place in ${count(left.projects.length, 'project')}.`);
  sayOutliving(left.outliving);
}

function sayOutliving(outliving: Leaving['outliving']): void {
  for (const { project, name, conditions } of outliving) print(`The project office sees to ${count(conditions, 'condition')} of services of ${project}${name === null ? '' : ` (${name})`}, which is over.`);
}

function sayLeaving({ person, projects, outliving, groups, programs, manages, delegations, leftAt }: Leaving, to: string | undefined): void {
  if (projects.length > 0) print(`${textTable(HEAD, projects.map(rowOf))}\n`);
  print(`${person.name} ${leftAt === null ? 'has' : 'has left, and still has'} a part in ${count(projects.length, 'project')}, ${count(groups.length, 'group')}, ${count(programs.length, 'program')} and ${count(delegations, 'delegation')}, `
    + `and is the line manager of ${count(manages, 'person')}.`);
  sayOutliving(outliving);
  if (leftAt === null) print(`Nothing was changed. To go on: sluis people leave ${person.id} --to ${to ?? 'PERSON'} --yes`);
}
