/** `sluis workload`. */
import type { Config } from '../../config';
import { type ApiOptions, connect } from '../client/api';
import { print, printJson } from '../terminal/print';
import { style } from '../terminal/style';
import { table, textTable } from '../terminal/table';
import { dayOf } from '../terminal/time';

export interface WorkloadOptions extends ApiOptions {
  readonly weeks: number;
  readonly project?: string;
  readonly person?: string;
}

/** Hours to do of those that there are; more than these in red. */
function cell(load: number, capacity: number): string {
  const said = `${load}/${capacity}`;
  return load > capacity ? style.red(`${said} !`) : said;
}

/** Shows hours to do and hours there, by person and week. @throws ApiProblem */
export async function runWorkload(config: Config, { weeks, project, person, ...options }: WorkloadOptions): Promise<void> {
  const api = connect(config, options);
  const query = { weeks, ...(project !== undefined && { project }), ...(person !== undefined && { person }) };
  const found = await api.get('/workload', query);
  const items = found.nextCursor === null ? found.items : await api.all('/workload', query);
  if (options.json) {
    printJson({ ...found, items, nextCursor: null });
    return;
  }
  print(table(['person', ...found.weeks.map(({ year, week }) => `${year}-W${String(week).padStart(2, '0')}`), 'unknown'], items.map((each) => (
    [each.person.name, ...each.load.map((load, place) => cell(load, each.capacity[place] ?? 0)), each.unknown === 0 ? '' : String(each.unknown)]))));
  const [one] = items;
  if (person === undefined || !one || one.parts.length === 0) return;
  print('');
  print(textTable(['project', 'what', 'hours', 'due'], one.parts.map((each) => [each.projectName ?? each.project, each.name ?? each.key, each.hours === null ? '?' : String(each.hours), each.until === null ? '' : dayOf(each.until)])));
}
