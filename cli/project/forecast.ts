/** `sluis project forecast`: when a running project would end, as the running product says. */
import type { Schema } from '../../client';
import type { Config } from '../../config';
import { type ApiOptions, connect } from '../client/api';
import { print, printJson } from '../terminal/print';
import { style } from '../terminal/style';
import { table } from '../terminal/table';

export interface ForecastOptions extends ApiOptions {
  /** As typed: the API judges them. */
  readonly runs?: number;
  readonly seed?: number;
  /** `ROLE=NUMBER` each. */
  readonly people?: readonly string[];
}

type Forecast = Schema<'Forecast'>;

/** @throws ApiProblem when it is refused, NoAnswer when the product is not there. */
export async function runForecast(config: Config, project: string, options: ForecastOptions): Promise<void> {
  const { runs, seed, people, json } = options;
  const answer = await connect(config, options).get(`/projects/${encodeURIComponent(project)}/forecast`,
    { runs, seed, people: people?.map((each) => each.replace('=', ':')).join(',') });
  if (json) printJson(answer);
  else for (const line of sayForecast(answer)) print(line);
}

const date = (instant: string): string => instant.slice(0, 10);
const percent = (share: number): string => `${Math.round(share * 100)} %`;
const block = (head: readonly string[], rows: readonly (readonly string[])[]): string[] => (rows.length > 0 ? ['', table(head, rows)] : []);
const LINES = 10;

/** A forecast for a terminal. */
export function sayForecast(forecast: Forecast): string[] {
  const { end, workingDays, gates, critical, load, waiting, outcomes, stuck, runs, seed, unassigned } = forecast;
  const others = Object.entries(outcomes).filter(([status]) => status !== 'completed');
  return [
    `${style.bold('Now')} ${date(forecast.start)}   ${runs} runs, seed ${seed}`,
    ...forecast.held ? [style.yellow('The project is on hold: forecast as if it were resumed now.')] : [],
    ...unassigned.length > 0 ? [style.yellow(`Nobody holds ${unassigned.map(({ name }) => name).join(', ')}: somebody is supposed to.`)] : [],
    table(['', 'half of the runs', '80 %', '95 %'], [
      ...end ? [['end', date(end.p50), date(end.p80), date(end.p95)]] : [],
      ...workingDays ? [['working days', String(workingDays.p50), String(workingDays.p80), String(workingDays.p95)]] : [],
      ...gates.map(({ gate, p50, p80, p95 }) => [`gate ${gate.name}`, date(p50), date(p80), date(p95)]),
    ]),
    ...block(['tasks that decide on the end', 'in runs'], critical.slice(0, LINES).map(({ phase, task, share }) => [`${phase.name}: ${task.name}`, percent(share)])),
    ...block(['role', 'people', 'busiest week', 'tasks wait, working days'], load.map(({ role, people, peak, waitedDays }) => [role.name, String(people), percent(peak), String(waitedDays)])),
    ...block(['task that waits', 'for', 'working days'], waiting.tasks.slice(0, LINES).map(({ phase, task, role, days }) => [`${phase.name}: ${task.name}`, role.name, String(days)])),
    ...block(['gate that waits', 'for', 'working days'], waiting.gates.map(({ gate, roles, days }) => [gate.name, roles.map(({ name }) => name).join(', '), String(days)])),
    ...others.length > 0 ? ['', style.yellow(`Not completed: ${others.map(([status, count]) => `${count} ${status}`).join(', ')} of ${runs} runs.`)] : [],
    ...stuck.map(({ phase, runs: count }) => style.yellow(`Stuck in ${phase.name}: ${count} runs.`)),
  ];
}
